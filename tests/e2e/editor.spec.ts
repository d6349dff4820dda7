import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { numberOutline } from "#model";
import type { Written } from "../editor/body.ts";
import { COMMITTEE, PARTY_RULES } from "../model/shipped.ts";
import { axeFaults } from "../support/axe.ts";
import { launchChromium } from "../support/chromium.ts";
import { LABELS } from "../support/editor-labels.ts";
import { random } from "../support/random.ts";
import { OUTLINE, PHONE } from "./editor-page/report.ts";
import { serveEditorPage } from "./editor-page/served.ts";
import type { Seen } from "./editor-page/page.ts";

const SEEDS = (process.env["EDITOR_SEEDS"] ?? "1").split(",").map(Number);
const STEPS = 60;

const TITLES = ["Phần thứ nhấtKẾT QUẢ", "I- BỐI CẢNH", "II- KẾT QUẢ", "III- HẠN CHẾ"];

let browser: Browser;
let url = "";
let close: () => Promise<void>;
let context: BrowserContext;
let page: Page;
let devtools: CDPSession;
const errors: string[] = [];

beforeAll(async () => {
  const served = await serveEditorPage();
  ({ url, close } = served);
  browser = await launchChromium();
  await visit();
});

afterAll(async () => {
  await browser?.close();
  await close?.();
});

afterEach(() => {
  expect(errors.splice(0)).toEqual([]);
});

async function visit(options: Parameters<Browser["newContext"]>[0] = {}): Promise<void> {
  await context?.close();
  context = await browser.newContext({ viewport: { width: 1000, height: 800 }, ...options });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  page = await context.newPage();
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") errors.push(message.text());
  });
  devtools = await context.newCDPSession(page);
  await page.goto(url);
  await page.waitForFunction(() => "page" in window);
}

async function open(slots: Readonly<Record<string, readonly Written[]>>): Promise<void> {
  await page.evaluate((opened) => window.page.open(opened), {
    outline: OUTLINE,
    ruleSet: PARTY_RULES,
    labels: LABELS,
    slots,
  });
}

/** What the page shows: every law holds, every title is there. */
async function seen(): Promise<Seen> {
  const found = await page.evaluate(() => window.page.seenAtRest());
  expect(found.broken).toEqual([]);
  expect(found.titles).toEqual(TITLES);
  return found;
}

async function text(): Promise<string> {
  return (await seen()).text;
}

async function select(block: string, from: number, toBlock = block, to = from): Promise<void> {
  await page.evaluate(([a, b, c, d]) => window.page.select(a, b, c, d), [block, from, toBlock, to] as const);
}

async function keys(...names: readonly string[]): Promise<void> {
  for (const name of names) await page.keyboard.press(name);
}

/** As Unikey and its like write: letters, then Backspace and the letter with its sign. */
async function telex(...parts: readonly (string | number)[]): Promise<void> {
  for (const part of parts) {
    if (typeof part === "number") for (let i = 0; i < part; i++) await page.keyboard.press("Backspace");
    else await page.keyboard.insertText(part);
  }
}

/** As an input method with a preview writes: each stage of the word, then the word. */
async function compose(stages: readonly string[], during: readonly (() => Promise<void>)[] = []): Promise<void> {
  for (const [i, stage] of stages.entries()) {
    await devtools.send("Input.imeSetComposition", {
      text: stage,
      selectionStart: stage.length,
      selectionEnd: stage.length,
    });
    await during[i]?.();
  }
  await devtools.send("Input.insertText", { text: stages.at(-1) ?? "" });
}

const elsewhere = (name: string, index: number, words: string) => (): Promise<void> =>
  page.evaluate(([a, b, c]) => window.page.insert(a, b, c), [name, index, words] as const);

const elsewhereRemoved = (name: string, index: number, length: number) => (): Promise<void> =>
  page.evaluate(([a, b, c]) => window.page.remove(a, b, c), [name, index, length] as const);

describe("Vietnamese that is typed", () => {
  test("by taking letters back and writing them anew, at a slot's beginning, in a word, over a selection", async () => {
    await open({ a: ["Bối nh"], b: ["một hai"] });
    await page.evaluate(() => window.page.editor.focus("c"));
    await telex("d", 1, "đ", "a", "n", "g", 3, "ảng");
    expect(await text()).toMatch(/\[n\d p0\|đảng\]$/);
    await select("a1", 4);
    await telex("ca", 1, "ả");
    expect(await text()).toContain("[a1 p0|Bối cảnh]");
    await select("b1", 4, "b1", 7);
    await telex("ba", 1, "à");
    await elsewhere("b", 1, "đầu ")();
    await telex("i", 2, "ài");
    expect(await text()).toContain("[b1 p0|đầu một bài]");
  });

  test("by composing, at a slot's beginning while others write there and elsewhere", async () => {
    await open({ a: ["một hai"], b: ["khác"] });
    await page.evaluate(() => window.page.editor.focus("c"));
    await compose(["d", "đ", "đa", "đan", "đang", "đảng"], [elsewhere("c", 0, "ở đây "), elsewhere("a", 1, "x")]);
    expect(await text()).toMatch(
      /^\[a1 p0\|xmột hai\] \/\/ \[b1 p0\|khác\] \/\/ \[lead p0\|ở đây \]\[n\d+ p0\|đảng\]$/,
    );
    await select("a1", 0);
    await compose(["t", "ti", "tiê", "tiến"], [elsewhere("b", 1, "y"), elsewhere("a", 9, "!"), elsewhere("a", 1, "?")]);
    expect(await text()).toMatch(/\[a1 p0\|(?:\?tiến|tiến\?)xm!?ột!? h!?ai\]/);
  });

  test("by composing inside a word, while others delete and write around it", async () => {
    await open({ a: ["một hi ba", "bốn"] });
    await select("a1", 5);
    await compose(["a", "à"], [elsewhereRemoved("a", 1, 4), elsewhere("a", 3, "…")]);
    expect(await text()).toMatch(/^\[a1 p0\|.*h.*à.* ba\]\[a2 p0\|bốn\]/);
    await keys("Enter");
    await compose(["x", "xa", "xã"]);
    expect((await text()).match(/xã/g)).toHaveLength(1);
  });

  test("by composing over a selection in a block, over blocks and over slots", async () => {
    await open({ a: ["một hai", "ba bốn"], b: ["năm sáu"] });
    await select("a1", 4, "a1", 7);
    await compose(["b", "bả", "bảy"], [elsewhere("b", 1, "x")]);
    expect(await text()).toContain("[a1 p0|một bảy][a2 p0|ba bốn] // [b1 p0|xnăm sáu]");
    await select("a1", 4, "a2", 3);
    await compose(["t", "tá", "tám"]);
    expect(await text()).toContain("[a1 p0|một támbốn] // [b1 p0|xnăm sáu]");
    await select("a1", 4, "b1", 5);
    await compose(["c", "ch", "chí", "chín"]);
    expect(await text()).toMatch(/^\[a1 p0\|một chín\] \/\/ \[b1 p0\|sáu\] \/\/ \[lead/);
    await keys("Control+a", "Control+a");
    await compose(["m", "mư", "mười"]);
    expect(await text()).toMatch(/^\[a1 p0\|mười\] \/\/ \[b1 p0\|\] \/\/ \[lead/);
  });

  test("signs at the beginning stay signs of the word while one composes", async () => {
    await open({ a: [""] });
    await select("a1", 0);
    await compose(["-"]);
    await compose([" "]);
    await page.keyboard.type("x");
    expect(await text()).toMatch(/^\[a1 (?:p0\|- x|i1\|x)\]/);
  });
});

describe("the whole report", () => {
  test("deleted, typed over, cut and pasted, it keeps its slots, and undo brings it back", async () => {
    const slots = { a: ["một", "hai"], b: [["item", 1, "ba"] as const], c: ["bốn"] };
    await open(slots);
    const before = await text();
    await select("b1", 1);
    for (const act of ["Delete", "Backspace", "Enter", "Control+x", "Control+Backspace", "Control+Delete"]) {
      await keys("Control+a", "Control+a", act);
      expect(await text(), act).toBe("[a1 p0|] // [b1 i1|] // [c1 p0|]");
      await keys("Control+z");
      expect(await text(), act).toBe(before);
    }
    await keys("Control+a", "Control+a");
    await page.keyboard.type("mới ");
    expect(await text()).toBe("[a1 p0|mới ] // [b1 i1|] // [c1 p0|]");
    await keys("Control+a", "Control+a");
    await page.keyboard.insertText("lại");
    expect(await text()).toBe("[a1 p0|lại] // [b1 i1|] // [c1 p0|]");
    await keys("Control+z", "Control+z", "Control+z");
    await keys("Control+a", "Control+a", "Control+c", "Control+v");
    expect(await text()).toMatch(
      /^\[a1 p0\|một\]\[n\d+ p0\|hai\]\[n\d+ i1\|ba\]\[n\d+ p0\|bốn\] \/\/ \[b1 i1\|\] \/\/ \[c1 p0\|\]$/,
    );
  });

  test("no key at a slot's border reaches over it", async () => {
    await open({ a: ["một "], b: ["hai "], c: ["ba"] });
    for (const key of ["Backspace", "Control+Backspace", "Shift+Backspace"]) {
      await select("b1", 0);
      await keys(key);
      expect(await text(), key).toBe("[a1 p0|một ] // [b1 p0|hai ] // [c1 p0|ba]");
    }
    for (const key of ["Delete", "Control+Delete", "Shift+Delete"]) {
      await select("b1", -1);
      await keys(key);
      expect(await text(), key).toBe("[a1 p0|một ] // [b1 p0|hai ] // [c1 p0|ba]");
    }
    await select("b1", 3);
    await keys("Control+Delete", "Control+Delete");
    expect(await text()).toMatch(/^\[a1 p0\|một \] \/\/ \[b1 p0\|hai ?\] \/\/ \[c1 p0\|ba\]$/);
    await select("b1", 0);
    await keys("ArrowUp", "End");
    await page.keyboard.type("x");
    await keys("ArrowDown", "ArrowDown", "Home");
    await page.keyboard.type("y");
    expect(await text()).toMatch(/^\[a1 p0\|một x\] \/\/ \[b1 p0\|hai ?\] \/\/ \[c1 p0\|yba\]$/);
  });
});

const lockOpacity = (): Promise<string> =>
  page.locator("[data-slot=b] .tk-lock").evaluate((lock) => getComputedStyle(lock).opacity);

describe("the mouse", () => {
  test("drags words into another slot, and over slots", async () => {
    await open({ a: ["một hai ba"], b: ["bốn"], c: [""] });
    await select("a1", 4, "a1", 7);
    await dragSelection("[data-block=b1]");
    expect(await text()).toMatch(/^\[a1 p0\|một +ba\] \/\/ \[b1 p0\|.*hai.*\] \/\/ /);
    await select("a1", 3, "b1", 2);
    await dragSelection("[data-slot=c] .tk-slot-text > *");
    await seen();
  });

  test("a click on a title goes into the text below it, and the title says that it is fixed", async () => {
    await open({ a: ["một"], b: ["hai"] });
    await select("a1", 1);
    await page.click("[data-slot=b] .tk-slot-title");
    await page.keyboard.type("x");
    expect(await text()).toBe("[a1 p0|một] // [b1 p0|xhai] // [lead p0|]");
    await expect.poll(lockOpacity).toBe("1");
    expect(await page.locator("[role=status]").textContent()).toBe(LABELS.titleFixed);
    await page.dblclick(".tk-part");
    await keys("Delete");
    await seen();
  });

  test("a click on what belongs in an empty slot begins to write there", async () => {
    await open({ a: ["một"] });
    await page.click("#guidance-b");
    await page.keyboard.type("hai");
    expect(await text()).toMatch(/^\[a1 p0\|một\] \/\/ \[n\d+ p0\|hai\] /);
  });
});

/** Drags what is selected to the middle of an element. */
async function dragSelection(to: string): Promise<void> {
  const from = await page.evaluate(() => {
    const rects = window.getSelection()?.getRangeAt(0).getClientRects();
    const rect = rects?.[0];
    return rect ? { x: rect.left + Math.min(rect.width / 2, 20), y: rect.top + rect.height / 2 } : { x: 0, y: 0 };
  });
  const target = await page.locator(to).first().boundingBox();
  if (!target) throw new Error(`no ${to}`);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(target.x + 40, target.y + target.height / 2, { steps: 4 });
  await page.mouse.move(target.x + 45, target.y + target.height / 2, { steps: 2 });
  await page.mouse.up();
}

describe("the clipboard", () => {
  test("takes Word's and its own copies, and leaves words elsewhere", async () => {
    await open({ a: ["một", ["heading", 1, "hai"], ["item", 2, "ba"]], b: [""] });
    await select("a1", 0, "a3", -1);
    await keys("Control+b", "Control+c");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("một\n1. hai\n+ ba");
    await select("b1", 0);
    await keys("Control+v");
    expect(await text()).toMatch(/\/\/ \[b1 p0\|<s:một>\]\[n\d+ h1\|<s:hai>\]\[n\d+ i2\|<s:ba>\] \/\/ /);
    await page.evaluate(async () => {
      const html = new Blob(["<p class=MsoNormal style='mso-list:l0 level1'>Từ <b>Word</b><o:p></o:p></p>"], {
        type: "text/html",
      });
      await navigator.clipboard.write([new ClipboardItem({ "text/html": html })]);
      window.page.editor.focus("c");
    });
    await keys("Control+v");
    expect(await text()).toMatch(/\[n\d+ i1\|Từ <s:Word>\]$/);
  });
});

describe("the menu", () => {
  test("opens on a slash, is filtered while one composes, and takes a choice by key and by touch", async () => {
    await open({ a: ["", ""] });
    await select("a1", 0);
    await page.keyboard.type("/");
    const menu = page.getByRole("listbox", { name: LABELS.menu });
    await menu.waitFor();
    await compose(["d", "đ", "đề"]);
    expect(await menu.getByRole("option").allTextContents()).toEqual(["Đề mục cấp 1", "Đề mục cấp 2", "Đề mục cấp 3"]);
    const place = await menu.boundingBox();
    const line = await page.locator("[data-block=a1]").boundingBox();
    expect(Math.abs((place?.y ?? 0) - (line?.y ?? 0) - (line?.height ?? 0))).toBeLessThan(20);
    await keys("ArrowDown", "Enter");
    expect(await text()).toContain("[a1 h2|][a2 p0|]");
    await select("a2", 0);
    await page.keyboard.type("/");
    await menu.getByRole("option", { name: "Gạch đầu dòng" }).click();
    await page.keyboard.type("x");
    expect(await text()).toContain("[a2 i1|x]");
    expect(await menu.isVisible()).toBe(false);
  });
});

describe("reaching it", () => {
  test("Tab comes into the text and stays in it, Escape and a way out remain", async () => {
    await open({ a: ["một"] });
    await page.focus("#before");
    await keys("Tab");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("textbox");
    await keys("Tab");
    expect(await text()).toContain("[a1 i1|một]");
    await keys("Escape", "Tab");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("after");
    await keys("Shift+Tab");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("textbox");
  });

  test("others' words leave focus, selection and scroll where they were", async () => {
    await open({ a: ["một hai", ...Array.from({ length: 60 }, (_, i) => `đoạn ${i}`)], b: ["ba"] });
    await select("a40", 1, "a40", 3);
    await page.evaluate(() => document.querySelector("[data-block=a40]")?.scrollIntoView({ block: "center" }));
    const at = () => page.evaluate(() => document.querySelector("[data-block=a40]")?.getBoundingClientRect().top ?? 0);
    const before = await at();
    await elsewhere("b", 1, "x")();
    await elsewhere("a", 1, "y ".repeat(200))();
    expect((await seen()).selected).toBe("oạ");
    expect(Math.abs((await at()) - before)).toBeLessThan(2);
    expect(await page.evaluate(() => document.activeElement?.className)).toContain("tk-editor");
  });

  test("axe finds nothing, with a menu open, with comments, and where it may only be read", async () => {
    const slots = { a: ["một", ["heading", 1, "hai"] as const, ["item", 1, "ba"] as const] };
    await open(slots);
    await page.evaluate(() => {
      window.page.comment("a", "một");
      window.page.cursor("a", 1, 3, "Thư ký Mẫu");
    });
    await page.locator('.tk-caret-name[data-name="Thư ký Mẫu"]').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await select("a1", -1);
    await page.keyboard.type(" /");
    await page.getByRole("listbox", { name: LABELS.menu }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.evaluate(() => window.page.editor.setEditable(false));
    expect(await axeFaults(page)).toEqual([]);
  });
});

describe("a phone", () => {
  test("shows the text without sideways scrolling, its locks always, and composes over slots", async () => {
    await visit(PHONE);
    await open({ a: ["một hai ".repeat(20), ["item", 2, "ba"]], b: ["bốn"] });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.tap("[data-slot=b] .tk-slot-title");
    await expect.poll(lockOpacity).toBe("1");
    await page.tap("[data-block=b1]");
    await compose(["m", "mớ", "mới"]);
    expect(await text()).toMatch(/\[b1 p0\|.*mới.*\]/);
    await select("a1", 4, "b1", 2);
    await compose(["s", "sá", "sáu"]);
    expect(await text()).toMatch(/^\[a1 p0\|một sáu\] \/\/ \[b1 p0\|.*\] \/\/ /);
    await keys("Enter");
    await page.keyboard.type("/");
    const menu = page.getByRole("listbox", { name: LABELS.menu });
    const box = await menu.getByRole("option").first().boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    await menu.getByRole("option", { name: "Dấu cộng" }).tap();
    expect(await text()).toMatch(/\[n\d+ i2\|/);
  });
});

describe("anything at all", () => {
  const KEYS = ["Enter", "Backspace", "Delete", "Tab", "Shift+Tab", "Control+b", "Control+z", "Control+y"];
  const MOVES = [
    "ArrowLeft",
    "ArrowRight",
    "ArrowUp",
    "ArrowDown",
    "Home",
    "End",
    "Control+a",
    "Shift+ArrowDown",
    "Alt+ArrowDown",
  ];

  const runs = SEEDS.flatMap((seed) => [
    { seed, on: "a desk" },
    { seed, on: "a phone" },
  ]);
  test.each(runs)(
    "keys, words composed, pastes and others' words keep every law on $on (seed $seed)",
    async ({ seed, on }) => {
      const phone = on === "a phone";
      await visit(phone ? PHONE : {});
      const r = random(seed);
      await open({ a: ["một hai ba", ["heading", 1, "bốn"]], b: [["item", 1, "năm sáu"], ""] });
      await select("a1", 3);
      const done: string[] = [];
      const written = (): (() => Promise<void>) => elsewhere(r.pick(["a", "b", "c"]), r.int(3), r.pick(["x", "yz "]));
      const removed = (): (() => Promise<void>) => elsewhereRemoved(r.pick(["a", "b", "c"]), r.int(3), 1);
      for (let step = 0; step < STEPS; step++) {
        const act = r.weighted({ key: 5, move: 6, type: 5, compose: 5, telex: 3, other: 3, all: 1, paste: 1 });
        let word = "";
        if (act === "key") await keys((word = r.pick(KEYS)));
        else if (act === "move") await keys((word = r.pick(MOVES)));
        else if (act === "type") await page.keyboard.type((word = r.pick(["ab", "- ", "1. ", "c ", "/d"])));
        else if (act === "telex") await telex("duo", 2, "ươ");
        else if (act === "other") await r.pick([written, removed])()();
        else if (act === "all") await keys("Control+a", "Control+a", (word = r.pick(["Backspace", "k", "Control+x"])));
        else if (act === "paste") await keys("Control+c", "ArrowRight", "Control+v");
        else {
          // Nothing else says this word: no paste of another run, no deletion while it is composed.
          word = `w${seed}${phone ? "p" : "d"}${step}ế`;
          await compose([word.slice(0, 1), word.slice(0, -1), word], [written(), written()]);
        }
        done.push(`${act} ${word}`.trim());
        if (phone) await page.waitForTimeout(40);
        const { text: now, broken, titles } = await page.evaluate(() => window.page.seen());
        if (act === "compose") {
          // What was composed is there, once, whatever others wrote into it.
          const found = (await seen()).letters.replaceAll(/[xyz ]/g, "").split(word).length - 1;
          expect(found, `${done.join(", ")}: ${now}`).toBe(1);
        } else {
          expect(broken, done.join(", ")).toEqual([]);
        }
        expect(titles).toEqual(TITLES);
      }
    },
  );
});

describe("speed", () => {
  test("a keystroke in a report of 1,000 paragraphs is drawn within a frame", async () => {
    await visit();
    const outline = numberOutline(COMMITTEE, PARTY_RULES, { year: "2021" });
    const words = "thực hiện nghị quyết của đảng bộ kế hoạch phát triển chất lượng sinh hoạt ".repeat(4).trim();
    const each = Math.ceil(1000 / outline.length);
    const slots = Object.fromEntries(
      outline.map(({ slot: { id } }) => [
        id,
        Array.from({ length: each }, (_, i): Written => (i % 5 === 4 ? ["heading", 1, words.slice(0, 60)] : words)),
      ]),
    );
    const middle = outline[outline.length >> 1]?.slot.id ?? "";
    await page.evaluate((opened) => window.page.open(opened), { outline, ruleSet: PARTY_RULES, labels: LABELS, slots });
    const times = await page.evaluate((block) => window.page.keystrokes(220, block), `${middle}3`);
    const sorted = times.slice(20).toSorted((a, b) => a - b);
    const [p50, p95] = [sorted[sorted.length >> 1] ?? 0, sorted[Math.floor(sorted.length * 0.95)] ?? 0];
    console.log(
      `keystroke with layout in ${each * outline.length} paragraphs: p50 ${p50.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms`,
    );
    expect(p50).toBeLessThan(16);
  });
});
