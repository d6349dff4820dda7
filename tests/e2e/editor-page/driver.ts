import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import { expect } from "vitest";
import type { BlockKind } from "#model";
import type { Written } from "../../editor/body.ts";
import { PARTY_RULES } from "../../model/shipped.ts";
import { LABELS } from "../../support/editor-labels.ts";
import { Typist } from "../../support/typist.ts";
import type { Seen } from "./page.ts";
import { OUTLINE, PHONE } from "./report.ts";

export type Device = "desk" | "phone";

/** Drives the page of the editor from a test: its own person through the keyboard, others through the page's second body. */
export class EditorDriver {
  readonly page: Page;
  readonly devtools: CDPSession;
  readonly typist: Typist;
  readonly #context: BrowserContext;
  readonly #errors: string[] = [];

  private constructor(page: Page, devtools: CDPSession, on: Device) {
    this.page = page;
    this.devtools = devtools;
    this.typist = new Typist(devtools, on === "phone");
    this.#context = page.context();
    page.on("pageerror", (error) => this.#errors.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.#errors.push(message.text());
    });
  }

  static async visit(browser: Browser, url: string, on: Device): Promise<EditorDriver> {
    const context = await browser.newContext(on === "phone" ? PHONE : { viewport: { width: 1000, height: 800 } });
    const page = await context.newPage();
    const driver = new EditorDriver(page, await context.newCDPSession(page), on);
    await page.goto(url);
    await page.waitForFunction(() => "page" in window);
    return driver;
  }

  async leave(): Promise<void> {
    await this.#context.close();
    expect(this.#errors).toEqual([]);
  }

  async open(slots: Readonly<Record<string, readonly Written[]>>): Promise<void> {
    await this.page.evaluate((opened) => window.page.open(opened), {
      outline: OUTLINE,
      ruleSet: PARTY_RULES,
      labels: LABELS,
      slots,
    });
  }

  /** What the page shows a moment later, when what an input method does behind the last key is done: every law holds. */
  async seen(): Promise<Seen> {
    const found = await this.page.evaluate(() => window.page.seenAtRest());
    expect(found.broken).toEqual([]);
    expect(found.text.normalize("NFC")).toBe(found.text);
    expect(this.#errors.splice(0)).toEqual([]);
    return found;
  }

  async text(): Promise<string> {
    return (await this.seen()).text;
  }

  async select(block: string, from: number, toBlock = block, to = from): Promise<void> {
    await this.page.evaluate(([a, b, c, d]) => window.page.select(a, b, c, d), [block, from, toBlock, to] as const);
  }

  /** The caret into a slot, as a click on it does. */
  async enter(slot: string): Promise<void> {
    await this.page.evaluate((name) => window.page.editor.focus(name), slot);
  }

  async strong(): Promise<void> {
    await this.page.evaluate(() => window.page.editor.run("strong"));
  }

  async find(words: string): Promise<void> {
    await this.page.evaluate((query) => window.page.editor.find(query), words);
  }

  async comment(words: string): Promise<void> {
    await this.page.evaluate((commented) => window.page.comment("a", commented), words);
  }

  /** Somebody else writes. */
  async insert(slot: string, index: number, words: string): Promise<void> {
    await this.page.evaluate(([a, b, c]) => window.page.insert(a, b, c), [slot, index, words] as const);
  }

  /** Somebody else deletes. */
  async remove(slot: string, index: number, length: number): Promise<void> {
    await this.page.evaluate(([a, b, c]) => window.page.remove(a, b, c), [slot, index, length] as const);
  }

  /** Somebody else begins the block r1. */
  async split(slot: string, index: number): Promise<void> {
    await this.page.evaluate(([a, b]) => window.page.split(a, b, "r1"), [slot, index] as const);
  }

  /** Somebody else makes the block whose marker is at an index one of another kind. */
  async reshape(slot: string, index: number, id: string, kind: BlockKind, level: number): Promise<void> {
    await this.page.evaluate(([a, b, c, d, e]) => window.page.reshape(a, b, c, d, e), [
      slot,
      index,
      id,
      kind,
      level,
    ] as const);
  }

  /** Somebody else's cursor goes to a place of the slot a. */
  async cursor(from: number, to = from): Promise<void> {
    await this.page.evaluate(([a, b]) => window.page.cursor("a", a, b, "Thư ký Mẫu"), [from, to] as const);
  }

  /** The same, and it is drawn. */
  async cursorSeen(from: number, to = from): Promise<void> {
    await this.cursor(from, to);
    await this.page.locator('.tk-caret-name[data-name="Thư ký Mẫu"]').waitFor({ state: "attached" });
  }

  /** Others write a letter all the time, before, behind and elsewhere. */
  async noise(letter: string): Promise<void> {
    await this.page.evaluate((written) => window.page.noise(written), letter);
  }

  /** Ends the noise. How many letters there were. */
  async quiet(): Promise<number> {
    return this.page.evaluate(() => window.page.quiet());
  }

  /** By the button, which leaves the focus where it is. */
  async undo(): Promise<void> {
    await this.page.evaluate(() => window.page.editor.run("undo"));
  }

  async redo(): Promise<void> {
    await this.page.evaluate(() => window.page.editor.run("redo"));
  }

  async deleteBefore(count: number): Promise<void> {
    await this.page.evaluate((letters) => window.page.deleteBefore(letters), count);
  }
}
