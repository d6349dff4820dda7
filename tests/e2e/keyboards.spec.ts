import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { stagesOf } from "../support/vietnamese-input.ts";
import { EditorDriver } from "./editor-page/driver.ts";
import type { Device } from "./editor-page/driver.ts";
import { serveEditorPage } from "./editor-page/served.ts";

let browser: Browser;
let url = "";
let close: () => Promise<void>;
let they: EditorDriver;

beforeAll(async () => {
  ({ url, close } = await serveEditorPage());
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await close?.();
});

const DEVICES: readonly Device[] = ["desk", "phone"];
const SENTENCE = "Đảng ủy đã lãnh đạo thực hiện tốt nghị quyết, hướng dẫn và kế hoạch được giao";
/** SENTENCE has no such letter: what others write is told from it. */
const NOISE = "w";

const NGHIEP = stagesOf("nghieepj", "telex");

async function previewed(...stages: readonly string[]): Promise<void> {
  for (const stage of stages) await they.typist.preview(stage);
}

describe.each(DEVICES)("on a %s", (on) => {
  beforeAll(async () => {
    they = await EditorDriver.visit(browser, url, on);
  });

  afterAll(() => they.leave());

  describe("a sentence typed as fast as it goes, others writing all the time", () => {
    test.each(["compose", "retype"] as const)("%s", async (method) => {
      await they.open({ a: ["đầu ", "cuối"], b: ["khác"] });
      await they.select("a1", -1);
      await they.noise(NOISE);
      await they.typist[method](SENTENCE, "telex");
      const count = await they.quiet();
      const { text, caret } = await they.seen();
      expect(text.replaceAll(NOISE, "")).toBe(`[a1 p0|đầu ${SENTENCE}][a2 p0|cuối] // [b1 p0|khác] // [lead p0|]`);
      expect(text.split(NOISE).length - 1).toBe(count);
      // How much there is time for depends on the machine.
      expect(count).toBeGreaterThan(3);
      expect(caret).toMatch(/^a1:/);
    });
  });

  test("a word taken back letter by letter and composed anew, in bold as well", async () => {
    await they.open({ a: ["một "] });
    for (const bold of [false, true]) {
      await they.select("a1", -1);
      if (bold) await they.strong();
      await previewed("n", "ng", "n", "", "d", "đ", "đa", "đ", "đo", "đó");
      await they.typist.commit("đó");
    }
    expect(await they.text()).toBe("[a1 p0|một đó<s:đó>] // [lead p0|] // [lead p0|]");
  });

  test("signs keyed twice come out as letters", async () => {
    await they.open({ a: [""] });
    await they.select("a1", 0);
    await previewed(...stagesOf("aaan", "telex"));
    await they.typist.commit("aan");
    await they.typist.retype(" ", "telex");
    await previewed(...stagesOf("d99d", "vni"));
    await they.typist.commit("d9d");
    expect(await they.text()).toBe("[a1 p0|aan d9d] // [lead p0|] // [lead p0|]");
  });

  test("a dash that was asked to stay a dash stays one, whatever is composed and given up behind it", async () => {
    await they.open({ a: [""] });
    await they.select("a1", 0);
    await they.typist.retype("- ", "telex");
    expect(await they.text()).toContain("[a1 i1|]");
    await they.typist.key("Backspace", 8);
    expect(await they.text()).toContain("[a1 p0|- ]");
    await previewed("t", "ti", "");
    await they.typist.commit("");
    expect(await they.text()).toContain("[a1 p0|- ]");
    await they.typist.compose("tin", "telex");
    expect(await they.text()).toContain("[a1 p0|- tin]");
  });

  test("a word is composed whole though the page is scrolled over slots never seen before", async () => {
    const long = "thực hiện nghị quyết của đảng bộ về chất lượng sinh hoạt chi bộ ".repeat(5).trim();
    const many = Array.from({ length: 60 }, () => long);
    await they.open({ a: many, b: [...many, "một "] });
    for (let time = 0; time < 2; time++) {
      await they.select("b61", -1);
      await they.page.evaluate(() => getSelection()?.focusNode?.parentElement?.scrollIntoView());
      for (const [i, stage] of NGHIEP.entries()) {
        await they.typist.preview(stage);
        await they.page.evaluate((to) => {
          const scroller = document.scrollingElement;
          scroller?.scrollTo(0, (to % 3) * 0.5 * scroller.scrollHeight);
        }, time + i);
        await they.page.waitForTimeout(60);
      }
      await they.typist.commit("nghiệp ");
    }
    const text = await they.text();
    expect(text).toContain("|một nghiệp nghiệp ]");
    expect(text.split(`p0|${long}]`)).toHaveLength(121);
  });

  test("the browser never passes over the slot in which one writes, and does over the others", async () => {
    const long = "thực hiện nghị quyết của đảng bộ ".repeat(8).trim();
    const many = Array.from({ length: 40 }, () => long);
    await they.open({ a: many, b: [...many, "một "], c: many });
    /** By slot whether the browser may pass over its text, `auto`, and whether it does now. */
    const passed = (): Promise<Record<string, string>> =>
      they.page.evaluate(() =>
        Object.fromEntries(
          [...document.querySelectorAll<HTMLElement>(".tk-slot")].map((slot) => {
            const text = slot.querySelector(".tk-slot-text");
            if (!text) throw new Error("a slot without text");
            const { contentVisibility } = getComputedStyle(text);
            const stands = [...text.children].every((block) => block.checkVisibility({ contentVisibilityAuto: true }));
            return [slot.dataset["slot"], `${contentVisibility}${stands ? "" : ", not there"}`];
          }),
        ),
      );
    const scrolled = (share: number): Promise<void> =>
      they.page.evaluate((to) => {
        const scroller = document.scrollingElement;
        scroller?.scrollTo(0, to * scroller.scrollHeight);
      }, share);
    const writesInB = async (): Promise<void> => {
      await scrolled(0);
      await expect.poll(passed).toEqual({ a: "auto", b: "visible", c: "auto, not there" });
    };
    await they.select("b41", -1);
    // In the middle of a word, while others write, and though the focus is elsewhere.
    await writesInB();
    await previewed(...NGHIEP.slice(0, 3));
    await writesInB();
    for (const slot of ["a", "b", "c"]) await they.insert(slot, 1, "đầu ");
    await previewed(...NGHIEP.slice(3));
    await writesInB();
    await they.typist.commit("nghiệp ");
    await they.seen();
    await they.page.focus("#after");
    await writesInB();
    // The caret goes to another slot, which stands from then on, and the first no longer.
    await they.select("c40", -1);
    await scrolled(0);
    await expect.poll(passed).toEqual({ a: "auto", b: "auto, not there", c: "visible" });
    await they.insert("c", 1, "lại ");
    expect((await passed())["c"]).toBe("visible");
    expect(await they.text()).toContain("|một nghiệp ]");
  });

  test("figures and signs in the middle of a word are part of it", async () => {
    await they.open({ a: ["", ""] });
    await they.select("a1", 0);
    await they.typist.retype("1.234 tỷ", "telex");
    await they.select("a2", 0);
    await they.typist.compose("1.2 đồng - và + # lẻ a) b", "telex");
    expect(await they.text()).toBe("[a1 p0|1.234 tỷ][a2 p0|1.2 đồng - và + # lẻ a) b] // [lead p0|] // [lead p0|]");
  });

  test("undo takes back a composed word whole, however slowly it was keyed in, and redo brings it back", async () => {
    await they.open({ a: ["một "] });
    await they.select("a1", -1);
    await they.typist.compose("hai", "telex");
    await they.page.waitForTimeout(600);
    for (const stage of ["b", "ba", "bả", "bảy"]) {
      await previewed(stage);
      await they.page.waitForTimeout(550);
    }
    await they.typist.commit("bảy");
    expect(await they.text()).toContain("[a1 p0|một haibảy]");
    await they.undo();
    expect(await they.text()).toContain("[a1 p0|một hai]");
    await they.undo();
    expect((await they.seen()).caret).toBe("a1:4");
    await they.redo();
    await they.redo();
    expect(await they.text()).toContain("[a1 p0|một haibảy]");
  });

  test("undo takes back a retyped word, and what it was typed over comes back", async () => {
    await they.open({ a: ["một hai ba"] });
    await they.select("a1", 4, "a1", 7);
    await they.typist.retype("nghiệp", "telex");
    await they.undo();
    const { text, selected } = await they.seen();
    expect(text).toContain("[a1 p0|một hai ba]");
    expect(selected).toBe("hai");
  });

  test("undo asked for in the middle of a word ends the word and takes it back", async () => {
    await they.open({ a: ["một "] });
    await they.select("a1", -1);
    await previewed(...NGHIEP.slice(0, 5));
    await they.undo();
    expect(await they.text()).toContain("[a1 p0|một ]");
    await they.typist.compose("hai", "telex");
    expect(await they.text()).toContain("[a1 p0|một hai]");
  });

  test("bold asked for in the middle of a word leaves the word whole", async () => {
    await they.open({ a: ["một "] });
    await they.select("a1", -1);
    await previewed(...NGHIEP.slice(0, 5));
    await they.strong();
    await they.typist.compose("hai", "telex");
    expect(await they.text()).toContain("[a1 p0|một nghie<s:hai>]");
  });

  test("Enter that an input method keeps for itself splits nothing; the next one does", async () => {
    await they.open({ a: ["một hai"] });
    await they.select("a1", 4);
    await previewed(...NGHIEP);
    await they.typist.key("Enter", 229);
    expect((await they.seen()).compositions).toEqual({ begun: 1, ended: 0 });
    await they.typist.commit("nghiệp");
    expect(await they.text()).toContain("[a1 p0|một nghiệphai]");
    await they.typist.key("Enter", 13);
    await they.typist.compose("ba", "telex");
    expect(await they.text()).toMatch(/\[a1 p0\|một nghiệp\]\[n\d+ p0\|bahai\]/);
  });

  test("leaving in the middle of a word keeps it, and shows what waited", async () => {
    await they.open({ a: ["một "] });
    await they.select("a1", -1);
    await previewed(...NGHIEP.slice(0, 4));
    await they.insert("a", 1, "đầu ");
    await they.page.focus("#after");
    const { text, compositions } = await they.seen();
    expect(text).toContain("[a1 p0|đầu một nghi]");
    expect(compositions).toEqual({ begun: 1, ended: 1 });
  });

  test("titles and numbers that change, and a report that closes, leave the word whole", async () => {
    await they.open({ a: ["một "] });
    await they.select("a1", -1);
    await previewed(...NGHIEP.slice(0, 3));
    await they.page.evaluate(() => window.page.renumber());
    await previewed(...NGHIEP.slice(3, 6));
    expect((await they.seen()).compositions).toEqual({ begun: 1, ended: 0 });
    await they.page.evaluate(() => window.page.editor.setEditable(false));
    expect(await they.text()).toContain("[a1 p0|một nghiê]");
  });
});

describe("a phone's keyboard", () => {
  beforeAll(async () => {
    they = await EditorDriver.visit(browser, url, "phone");
  });

  afterAll(() => they.leave());

  /**
   * Opens the report, and finds where a keyboard that counts signs from the editor's beginning, those of the titles
   * among them, has a word: which no script is told, so some places are tried.
   */
  async function openAt(
    word: string,
    slots: Parameters<EditorDriver["open"]>[0],
  ): Promise<{ from: number; to: number }> {
    for (const shift of [0, -1, -2, -3, 1, 2]) {
      await they.open(slots);
      await they.enter("a");
      const shown = await they.page.evaluate(() => window.page.editor.view.dom.innerText);
      const from = shown.indexOf(word) + shift;
      const range = { from, to: from + word.length };
      await they.typist.preview("?", range);
      if ((await they.page.evaluate(() => window.page.composed)) !== word) continue;
      await they.open(slots);
      await they.enter("a");
      return range;
    }
    throw new Error(`no composition takes up ${word}`);
  }

  test("takes up a written word again and goes on with it", async () => {
    const range = await openAt("viet", { a: ["bốn", "tieng viet"], b: ["cuối"] });
    await they.typist.preview("việt", range);
    await previewed("việ", "việc");
    await they.typist.commit("việc");
    const { text, caret, compositions } = await they.seen();
    expect(text).toBe("[a1 p0|bốn][a2 p0|tieng việc] // [b1 p0|cuối] // [lead p0|]");
    expect(caret).toBe("a2:10");
    expect(compositions).toEqual({ begun: 1, ended: 1 });
  });

  test("puts a suggestion in place of the word before, beside a remote caret, in a comment, while others write", async () => {
    const range = await openAt("tieng", { a: ["bốn", "tieng viet"], b: ["cuối"] });
    await they.comment("tieng viet");
    await they.cursorSeen(10);
    await they.insert("b", 1, "x");
    await they.typist.preview("tiếng", range);
    await they.insert("a", 99, "!");
    await they.typist.commit("tiếng");
    const { text, compositions } = await they.seen();
    expect(text).toBe("[a1 p0|bốn][a2 p0|tiếng viet!] // [b1 p0|xcuối] // [lead p0|]");
    expect(compositions).toEqual({ begun: 1, ended: 1 });
  });

  test("takes up a word that a remote caret stands in", async () => {
    const range = await openAt("tieng", { a: ["tieng viet"] });
    await they.cursorSeen(3);
    await they.typist.preview("tiếng", range);
    await they.typist.commit("tiếng");
    const { text, compositions } = await they.seen();
    expect(text).toContain("[a1 p0|tiếng viet]");
    expect(compositions).toEqual({ begun: 1, ended: 1 });
  });

  test.each([
    ["a comment", () => they.comment("ng vi")],
    ["what is searched for", () => they.find("eng")],
    ["what another selects", () => they.cursorSeen(2, 4)],
  ])("takes up a word that %s cuts", async (_, cut) => {
    const range = await openAt("tieng", { a: ["tieng viet"] });
    await cut();
    await they.select("a1", 5);
    await they.typist.preview("tiêng", range);
    await previewed("tiếng");
    await they.typist.commit("tiếng");
    const { text, compositions } = await they.seen();
    expect(text).toContain("[a1 p0|tiếng viet]");
    expect(compositions).toEqual({ begun: 1, ended: 1 });
  });

  test("deletes around the caret without a key", async () => {
    await they.open({ a: ["một hai"], b: ["ba"] });
    await they.select("a1", -1);
    await they.deleteBefore(3);
    expect(await they.text()).toContain("[a1 p0|một ]");
    await they.insert("a", 1, "x");
    await they.typist.compose("bốn", "telex");
    expect(await they.text()).toContain("[a1 p0|xmột bốn]");
  });

  test("deletes by Backspace, others writing in the same moment: nothing comes back and nothing else goes", async () => {
    await they.open({ a: ["một hai"], b: ["ba"] });
    await they.select("a1", -1);
    const meanwhile = they.page.evaluate(() =>
      window.page.atEach("beforeinput", () => window.page.insert("a", 1, "w")),
    );
    await meanwhile;
    for (let i = 0; i < 3; i++) await they.typist.key("Backspace", 8);
    const { text, caret } = await they.seen();
    expect(text).toContain("[a1 p0|wwwmột ]");
    expect(caret).toBe("a1:7");
  });

  test("pauses within a word: after a while others' words are shown, and what was typed is kept", async () => {
    await they.open({ a: ["một "], b: ["ba"] });
    await they.select("a1", -1);
    await previewed(...NGHIEP.slice(0, 4));
    await they.insert("a", 1, "đầu ");
    const shown = they.page.locator("[data-block=a1]");
    expect(await shown.textContent()).toBe("một nghi");
    // Android need not say that a word is done; the view waits five seconds for a key.
    await expect.poll(() => shown.textContent(), { timeout: 8000 }).toBe("đầu một nghi");
    expect(await they.text()).toContain("[a1 p0|đầu một nghi]");
    await they.typist.commit("nghi");
    await they.select("a1", -1);
    await they.typist.compose("ệp", "telex");
    expect((await they.text()).endsWith("ệp] // [b1 p0|ba] // [lead p0|]")).toBe(true);
  });

  test("begins a sentence with a capital", async () => {
    await they.open({ a: ["Một. "] });
    await they.select("a1", -1);
    await they.typist.compose("Đảng", "telex");
    expect(await they.text()).toContain("[a1 p0|Một. Đảng]");
  });
});
