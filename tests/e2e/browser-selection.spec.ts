import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { EditorDriver } from "./editor-page/driver.ts";
import { serveEditorPage } from "./editor-page/served.ts";

/** The browser tells of a caret that moved a moment later; what happens before that must find the caret where it is. */

let browser: Browser;
let close: () => Promise<void>;
let they: EditorDriver;

beforeAll(async () => {
  const served = await serveEditorPage();
  ({ close } = served);
  browser = await launchChromium();
  they = await EditorDriver.visit(browser, served.url, "desk");
});

afterAll(async () => {
  await they?.leave();
  await browser?.close();
  await close?.();
});

/** The caret goes behind the third letter, and before the browser tells of it, this comes. */
async function meanwhile(comes: "enter" | "words" | "cursor"): Promise<void> {
  await they.open({ a: ["một hai"], b: ["ba"] });
  await they.select("a1", 7);
  // The page's own timers come in their order: behind this one nothing is left to be drawn.
  await they.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
  await they.page.evaluate((what) => {
    const text = document.querySelector("[data-slot=a] .tk-slot-text > *")?.firstChild;
    if (!text) throw new Error("no text");
    const moves = (): void => getSelection()?.collapse(text, 3);
    if (what === "cursor") {
      // It is drawn by a timer of so many milliseconds: the caret moves right before.
      const real = window.setTimeout;
      const early = (call: () => void, after: number): number => {
        if (after !== 40) return real(call, after);
        Object.assign(window, { setTimeout: real });
        return real(() => {
          moves();
          call();
        }, after);
      };
      Object.assign(window, { setTimeout: early });
      window.page.cursor("b", 1, 1, "Thư ký Mẫu");
      return;
    }
    moves();
    if (what === "words") window.page.insert("b", 1, "x");
    const enter = { key: "Enter", code: "Enter", keyCode: 13, bubbles: true, cancelable: true };
    if (what === "enter") text.parentElement?.dispatchEvent(new KeyboardEvent("keydown", enter));
  }, comes);
}

test("a key works where the browser's caret is", async () => {
  await meanwhile("enter");
  expect(await they.text()).toMatch(/^\[a1 p0\|một\]\[n\d+ p0\| hai\] /u);
});

test("a caret that moved is not put back by somebody else's words", async () => {
  await meanwhile("words");
  await they.page.keyboard.type("!");
  expect(await they.text()).toMatch(/^\[a1 p0\|một! hai\] \/\/ \[b1 p0\|xba\] /u);
});

test("a caret that moved is not put back by somebody else's cursor that is drawn", async () => {
  await meanwhile("cursor");
  await they.page.locator('.tk-caret-name[data-name="Thư ký Mẫu"]').waitFor({ state: "attached" });
  await they.page.keyboard.type("!");
  expect(await they.text()).toMatch(/^\[a1 p0\|một! hai\] /u);
});
