import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { readDocx } from "../support/docx-reader.ts";
import { convertWithOffice } from "../support/office.ts";
import { EditorDriver } from "./editor-page/driver.ts";
import { serveEditorPage } from "./editor-page/served.ts";

/** What hands do by themselves after years of Word and Google Docs: keys, dragging, copying, in a real browser. */

let browser: Browser;
let close: () => Promise<void>;
let they: EditorDriver;
let page: Page;

beforeAll(async () => {
  const served = await serveEditorPage();
  ({ close } = served);
  browser = await launchChromium();
  they = await EditorDriver.visit(browser, served.url, "desk");
  ({ page } = they);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
});

afterAll(async () => {
  await they?.leave();
  await browser?.close();
  await close?.();
});

async function keys(...names: readonly string[]): Promise<void> {
  for (const name of names) await page.keyboard.press(name);
}

/** The middle of a block on the screen, or a part of it from its top. */
async function place(id: string, share = 0.5): Promise<{ x: number; y: number }> {
  const box = await page.locator(`[data-block="${id}"]`).boundingBox();
  if (!box) throw new Error(`no block ${id}`);
  return { x: box.x + 80, y: box.y + box.height * share };
}

const handle = () => page.locator(".tk-handle");

/** Takes a block by its handle and holds it over a part of another; the button stays down. */
async function hold(id: string, over: string, share: number): Promise<void> {
  const from = await place(id);
  await page.mouse.move(from.x, from.y);
  await handle().hover();
  await page.mouse.down();
  const to = await place(over, share);
  await page.mouse.move(to.x, to.y, { steps: 6 });
}

describe("a block dragged by its handle", () => {
  const slots = { a: ["một", "hai", "ba"], b: ["bốn"] };

  test("goes to where the line shows, in its slot and into others, and comes back by one undo", async () => {
    await they.open(slots);
    await hold("a1", "a2", 0.9);
    expect(await page.locator(".tk-drop-line").isVisible()).toBe(true);
    await page.mouse.up();
    expect(await they.text()).toBe("[a2 p0|hai][a1 p0|một][a3 p0|ba] // [b1 p0|bốn] // [lead p0|]");
    expect(await page.locator(".tk-drop-line").isVisible()).toBe(false);
    await hold("a1", "b1", 0.1);
    await page.mouse.up();
    expect(await they.text()).toBe("[a2 p0|hai][a3 p0|ba] // [a1 p0|một][b1 p0|bốn] // [lead p0|]");
    await expect.poll(() => page.locator("[role=status]").textContent()).toBe("Đã chuyển đến vị trí 1/2, Kết quả");
    await page.keyboard.type("x");
    expect(await they.text()).toContain("[a1 p0|xmột]");
    await keys("Control+z", "Control+z");
    expect(await they.text()).toBe("[a2 p0|hai][a1 p0|một][a3 p0|ba] // [b1 p0|bốn] // [lead p0|]");
  });

  test("goes into an empty slot over its guidance or its title", async () => {
    await they.open(slots);
    await hold("b1", "a1", 0.5);
    const guidance = await page.locator("#guidance-c").boundingBox();
    if (!guidance) throw new Error("no guidance");
    await page.mouse.move(guidance.x + 50, guidance.y + 8, { steps: 3 });
    await page.mouse.up();
    expect(await they.text()).toMatch(
      /^\[a1 p0\|một\]\[a2 p0\|hai\]\[a3 p0\|ba\] \/\/ \[n\d p0\|\] \/\/ \[b1 p0\|bốn\]$/u,
    );
  });

  test("stays where it was on Escape, and where it is dropped on itself", async () => {
    await they.open(slots);
    const before = await they.text();
    await hold("a1", "b1", 0.9);
    await keys("Escape");
    expect(await page.locator(".tk-drop-line").isVisible()).toBe(false);
    await page.mouse.up();
    expect(await they.text()).toBe(before);
    await hold("a2", "a2", 0.9);
    await page.mouse.up();
    expect(await they.text()).toBe(before);
    expect(await page.locator(".tk-dragged").count()).toBe(0);
  });

  test("takes the other selected blocks along", async () => {
    await they.open(slots);
    await they.select("a1", 1, "a2", 1);
    await hold("a2", "b1", 0.9);
    expect(await page.locator(".tk-dragged").count()).toBe(2);
    await page.mouse.up();
    expect(await they.text()).toBe("[a3 p0|ba] // [b1 p0|bốn][a1 p0|một][a2 p0|hai] // [lead p0|]");
    expect((await they.seen()).selected).toBe("ột\nh");
  });

  test("is the block that it was though others write and delete meanwhile", async () => {
    await they.open(slots);
    await hold("a3", "b1", 0.9);
    await they.insert("a", 1, "xx");
    await they.insert("b", 1, "yy");
    await page.mouse.up();
    expect(await they.text()).toBe("[a1 p0|xxmột][a2 p0|hai] // [b1 p0|yybốn][a3 p0|ba] // [lead p0|]");
    await hold("a1", "b1", 0.9);
    // Its marker and its words go: nothing is left to move.
    await they.remove("a", 0, 6);
    expect(await page.locator(".tk-drop-line").isVisible()).toBe(false);
    await page.mouse.up();
    expect(await they.text()).toBe("[a2 p0|hai] // [b1 p0|yybốn][a3 p0|ba] // [lead p0|]");
  });

  test("is selected by a click on its handle, and the page scrolls where it is held at the edge", async () => {
    const many = Array.from({ length: 60 }, (_, i) => `đoạn ${i}`);
    await they.open({ a: many, b: ["cuối"] });
    const from = await place("a2");
    await page.mouse.move(from.x, from.y);
    await handle().click();
    expect((await they.seen()).selected).toBe("đoạn 1");
    await handle().hover();
    await page.mouse.down();
    await page.mouse.move(from.x, 795, { steps: 5 });
    await expect
      .poll(
        () => page.evaluate(() => window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 1),
        {
          timeout: 20_000,
        },
      )
      .toBe(true);
    const last = await place("b1", 0.9);
    await page.mouse.move(last.x, last.y);
    await page.mouse.up();
    expect(await they.text()).toContain("// [b1 p0|cuối][a2 p0|đoạn 1] //");
    await page.evaluate(() => window.scrollTo(0, 0));
  });

  test("leaves a selection of words to be dragged as ever", async () => {
    await they.open({ a: ["một hai", "ba"] });
    await they.select("a1", 4, "a1", 7);
    const box = await page.evaluate(() => {
      const range = getSelection()?.getRangeAt(0).getBoundingClientRect();
      return range ? { x: range.x + range.width / 2, y: range.y + range.height / 2 } : null;
    });
    if (!box) throw new Error("nothing is selected");
    const target = await page.locator("[data-block=a2]").boundingBox();
    if (!target) throw new Error("no block");
    await page.mouse.move(box.x, box.y);
    await page.mouse.down();
    await page.mouse.move(target.x + 100, target.y + target.height / 2, { steps: 8 });
    await page.mouse.up();
    expect(await they.text()).toMatch(/^\[a1 p0\|một \]\[a2 p0\|ba ?hai\]/u);
  });
});

describe("keys that hands know", () => {
  test("delete a word before and after the caret, and at a block's edge the border", async () => {
    await they.open({ a: ["một hai ba", "bốn"] });
    await they.select("a1", 7);
    await keys("Control+Backspace");
    expect(await they.text()).toContain("[a1 p0|một  ba][a2 p0|bốn]");
    await keys("Control+Delete");
    expect(await they.text()).toMatch(/^\[a1 p0\|một ?\]\[a2 p0\|bốn\]/u);
    await keys("Control+Delete");
    expect(await they.text()).toMatch(/^\[a1 p0\|một ?bốn\]/u);
  });

  test("go to the edges of the line and of the report, and select up to there", async () => {
    await they.open({ a: ["một hai", "ba"], b: ["bốn năm"], c: ["sáu"] });
    const caret = async (): Promise<string> => {
      await keys("Shift+ArrowRight");
      const { selected } = await they.seen();
      await keys("ArrowLeft");
      return selected;
    };
    await they.select("b1", 4);
    await keys("Home");
    expect(await caret()).toBe("b");
    await keys("End", "ArrowLeft");
    expect(await caret()).toBe("m");
    await keys("Control+Home");
    expect(await caret()).toBe("m");
    await keys("Control+End", "ArrowLeft");
    expect(await caret()).toBe("u");
    await they.select("a2", 1);
    await keys("Control+Shift+Home");
    expect((await they.seen()).selected).toBe("một hai\nb");
    await they.select("b1", 4);
    await keys("Shift+End");
    expect((await they.seen()).selected).toBe("năm");
  });

  test("move paragraphs, change their kind and their levels, and leave the browser's menu alone", async () => {
    await they.open({ a: ["một", "hai"], b: ["ba"] });
    await they.select("a1", 1);
    await keys("Alt+Shift+ArrowDown");
    expect(await they.text()).toContain("[a2 p0|hai][a1 p0|một]");
    await keys("Alt+Shift+ArrowRight");
    expect(await they.text()).toContain("[a1 i1|một]");
    await keys("Alt+Shift+ArrowRight", "Alt+Shift+ArrowLeft", "Control+Shift+L");
    expect(await they.text()).toContain("[a1 p0|một]");
    await keys("Control+Alt+2");
    expect(await they.text()).toContain("[a1 h2|một]");
    await keys("Control+Alt+0", "Control+Shift+Digit8");
    expect(await they.text()).toContain("[a1 i1|một]");
    await page.keyboard.type("x");
    expect(await they.text()).toContain("[a1 i1|mxột]");
  });

  test("copy with structure and paste it back, or as words only", async () => {
    await they.open({ a: [["heading", 1, "Đề mục"], ["item", 1, "một"], "hai"], b: [""] });
    await they.select("a1", 0, "a3", 3);
    await keys("Control+c");
    const html = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      return (await item?.getType("text/html"))?.text() ?? "";
    });
    expect(html).toMatch(/<h\d[^>]*>.*Đề mục.*<ul[^>]*><li[^>]*>.*một.*<p[^>]*>.*hai/su);
    await they.select("b1", 0);
    await keys("Control+v");
    expect(await they.text()).toMatch(/\/\/ \[b1 h1\|Đề mục\]\[n\d i1\|một\]\[n\d p0\|hai\] \/\//u);
    await keys("Control+z");
    await keys("Control+Shift+v");
    expect(await they.text()).toMatch(/\/\/ \[b1 p0\|\d\. Đề mục\]\[n\d i1\|một\]\[n\d p0\|hai\] \/\//u);
  });

  // Word itself is not at hand; LibreOffice reads the same HTML.
  test("copy into an office program as headings, lists and marks of the right level and font", async () => {
    await they.open({
      a: [["heading", 1, "Đề mục"], ["heading", 2, "Sâu hơn"], ["item", 1, "một"], ["item", 2, "cộng"], "hai đậm"],
      b: ["ba"],
    });
    await they.select("a5", 4, "a5", 7);
    await keys("Control+b", "Control+a", "Control+a", "Control+c");
    const html = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      return (await item?.getType("text/html"))?.text() ?? "";
    });
    const copied = new TextEncoder().encode(`<meta charset="utf-8">${html}`);
    const [word = new Uint8Array()] = await convertWithOffice([copied], "docx", "html");
    const { paragraphs } = readDocx(word);
    expect(paragraphs.slice(0, 9).map(({ style, text, properties }) => [style, text, "numPr" in properties])).toEqual([
      ["Heading1", "Phần thứ nhất\nKẾT QUẢ", false],
      ["Heading2", "I- BỐI CẢNH", false],
      ["Heading3", "1. Đề mục", false],
      ["Heading4", "1.1. Sâu hơn", false],
      ["TextBody", "một", true],
      ["TextBody", "cộng", true],
      ["TextBody", "hai đậm", false],
      ["Heading2", "II- KẾT QUẢ", false],
      ["TextBody", "ba", false],
    ]);
    expect(paragraphs[6]?.runs.map(({ text, bold }) => [text, bold])).toEqual([
      ["hai ", false],
      ["đậm", true],
    ]);
    expect(paragraphs[6]?.properties).toMatchObject({
      "jc.val": "both",
      "ind.firstLine": "567",
      "spacing.before": "120",
    });
  });
});
