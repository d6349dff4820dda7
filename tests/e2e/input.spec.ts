import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Written } from "../editor/body.ts";
import { PARTY_RULES } from "../model/shipped.ts";
import { launchChromium } from "../support/chromium.ts";
import { LABELS } from "../support/editor-labels.ts";
import { Typist } from "../support/typist.ts";
import type { During } from "../support/typist.ts";
import { OUTLINE, PHONE } from "./editor-page/report.ts";
import { serveEditorPage } from "./editor-page/served.ts";
import type { Seen } from "./editor-page/page.ts";

let browser: Browser;
let url = "";
let close: () => Promise<void>;
let context: BrowserContext;
let page: Page;
let devtools: CDPSession;
let typist: Typist;
const errors: string[] = [];

beforeAll(async () => {
  ({ url, close } = await serveEditorPage());
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await close?.();
});

afterEach(() => {
  expect(errors.splice(0)).toEqual([]);
});

async function visit(on: "desk" | "phone"): Promise<void> {
  await context?.close();
  context = await browser.newContext(on === "phone" ? PHONE : { viewport: { width: 1000, height: 800 } });
  page = await context.newPage();
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") errors.push(message.text());
  });
  devtools = await context.newCDPSession(page);
  typist = new Typist(devtools, on === "phone");
  await page.goto(url);
  await page.waitForFunction(() => "page" in window);
}

type Slots = Readonly<Record<string, readonly Written[]>>;

async function open(slots: Slots): Promise<void> {
  await page.evaluate((opened) => window.page.open(opened), {
    outline: OUTLINE,
    ruleSet: PARTY_RULES,
    labels: LABELS,
    slots,
  });
}

/** What the page shows once nothing waits any more: every law holds. */
async function seen(): Promise<Seen> {
  await page.waitForTimeout(90);
  const found = await page.evaluate(() => window.page.seen());
  expect(found.broken).toEqual([]);
  expect(found.text.normalize("NFC")).toBe(found.text);
  return found;
}

async function select(block: string, from: number, toBlock = block, to = from): Promise<void> {
  await page.evaluate(([a, b, c, d]) => window.page.select(a, b, c, d), [block, from, toBlock, to] as const);
}

const into = (slot: string) => (): Promise<void> => page.evaluate((name) => window.page.editor.focus(name), slot);
const at =
  (...place: Parameters<typeof select>) =>
  (): Promise<void> =>
    select(...place);
const written = (slot: string, index: number, words: string) => (): Promise<void> =>
  page.evaluate(([a, b, c]) => window.page.insert(a, b, c), [slot, index, words] as const);
const removed = (slot: string, index: number, length: number) => (): Promise<void> =>
  page.evaluate(([a, b, c]) => window.page.remove(a, b, c), [slot, index, length] as const);
const split = (slot: string, index: number) => (): Promise<void> =>
  page.evaluate(([a, b]) => window.page.split(a, b, "r1"), [slot, index] as const);
const reshaped = (slot: string, index: number, id: string) => (): Promise<void> =>
  page.evaluate(([a, b, c]) => window.page.reshape(a, b, c, "heading", 1), [slot, index, id] as const);
const cursor = (from: number, to = from): Promise<void> =>
  page.evaluate(([a, b]) => window.page.cursor("a", a, b, "Thư ký Mẫu"), [from, to] as const);
const cursorSeen = async (from: number, to = from): Promise<void> => {
  await cursor(from, to);
  await page.locator('.tk-caret-name[data-name="Thư ký Mẫu"]').waitFor({ state: "attached" });
};
const comment = (words: string): Promise<void> => page.evaluate((w) => window.page.comment("a", w), words);

const METHODS: Readonly<Record<string, (text: string, during?: During) => Promise<void>>> = {
  "composing by Telex": (text, during) => typist.compose(text, "telex", during),
  "composing by VNI": (text, during) => typist.compose(text, "vni", during),
  "retyping by Telex": (text, during) => typist.retype(text, "telex", "backspace", during),
  "retyping by VNI": (text, during) => typist.retype(text, "vni", "backspace", during),
  "retyping behind an empty sign": (text, during) => typist.retype(text, "telex", "empty-sign", during),
  "retyping over a selection": (text, during) => typist.retype(text, "telex", "select-left", during),
};

interface Situation {
  readonly slots: Slots;
  readonly place: () => Promise<unknown>;
  readonly meanwhile?: During;
  /** What stands there then, `nghiệp` having been typed. */
  readonly text: string | RegExp;
  readonly caret?: string | RegExp;
}

const SITUATIONS: Readonly<Record<string, Situation>> = {
  "in the middle of a word": {
    slots: { a: ["công và"] },
    place: at("a1", 4),
    text: "[a1 p0|côngnghiệp và] // [lead p0|] // [lead p0|]",
    caret: "a1:10",
  },
  "inside the letters of a word": {
    slots: { a: ["toàn"] },
    place: at("a1", 2),
    text: "[a1 p0|tonghiệpàn] // [lead p0|] // [lead p0|]",
    caret: "a1:8",
  },
  "at the start of an empty slot": {
    slots: { a: ["một"] },
    place: into("b"),
    text: /^\[a1 p0\|một\] \/\/ \[n\d+ p0\|nghiệp\] \/\/ \[lead p0\|\]$/,
    caret: /^n\d+:6$/,
  },
  "in an empty block": {
    slots: { a: ["một", "", "hai"] },
    place: at("a2", 0),
    text: "[a1 p0|một][a2 p0|nghiệp][a3 p0|hai] // [lead p0|] // [lead p0|]",
    caret: "a2:6",
  },
  "at the start of a block": {
    slots: { a: ["một", " hai"] },
    place: at("a2", 0),
    text: "[a1 p0|một][a2 p0|nghiệp hai] // [lead p0|] // [lead p0|]",
    caret: "a2:6",
  },
  "at the end of a block": {
    slots: { a: ["một ", "hai"] },
    place: at("a1", -1),
    text: "[a1 p0|một nghiệp][a2 p0|hai] // [lead p0|] // [lead p0|]",
    caret: "a1:10",
  },
  "over a selection in a block": {
    slots: { a: ["một hai ba"] },
    place: at("a1", 4, "a1", 7),
    text: "[a1 p0|một nghiệp ba] // [lead p0|] // [lead p0|]",
    caret: "a1:10",
  },
  "over a selection that begins alike": {
    slots: { a: ["một nghề ba"] },
    place: at("a1", 4, "a1", 8),
    text: "[a1 p0|một nghiệp ba] // [lead p0|] // [lead p0|]",
    caret: "a1:10",
  },
  "over a selection of blocks": {
    slots: { a: ["một hai", "ba", "bốn năm"] },
    place: at("a1", 4, "a3", 4),
    text: "[a1 p0|một nghiệpnăm] // [lead p0|] // [lead p0|]",
    caret: "a1:10",
  },
  "over a selection of slots": {
    slots: { a: ["một hai"], b: ["ba bốn"] },
    place: at("a1", 4, "b1", 3),
    text: "[a1 p0|một nghiệp] // [b1 p0|bốn] // [lead p0|]",
    caret: "a1:10",
  },
  "right before a remote caret": {
    slots: { a: ["một hai"] },
    place: async () => {
      await cursorSeen(5);
      await select("a1", 4);
    },
    text: "[a1 p0|một nghiệphai] // [lead p0|] // [lead p0|]",
    caret: "a1:10",
  },
  "beside a remote selection": {
    slots: { a: ["một hai"] },
    place: async () => {
      await cursorSeen(1, 5);
      await select("a1", 4);
    },
    text: "[a1 p0|một nghiệphai] // [lead p0|] // [lead p0|]",
    caret: "a1:10",
  },
  "at a remote caret in an empty block": {
    slots: { a: [""] },
    place: async () => {
      await cursorSeen(1);
      await select("a1", 0);
    },
    text: "[a1 p0|nghiệp] // [lead p0|] // [lead p0|]",
    caret: "a1:6",
  },
  "while a remote caret comes and goes": {
    slots: { a: ["một hai"] },
    place: at("a1", 4),
    meanwhile: {
      1: () => cursor(5),
      3: () => cursor(7),
      5: () => cursor(2),
    },
    text: "[a1 p0|một nghiệphai] // [lead p0|] // [lead p0|]",
    caret: "a1:10",
  },
  "where commented words end": {
    slots: { a: ["một hai ba"] },
    place: async () => {
      await comment("hai");
      await select("a1", 7);
    },
    text: "[a1 p0|một hainghiệp ba] // [lead p0|] // [lead p0|]",
    caret: "a1:13",
  },
  "where commented words begin": {
    slots: { a: ["một hai ba"] },
    place: async () => {
      await comment("hai");
      await select("a1", 4);
    },
    text: "[a1 p0|một nghiệphai ba] // [lead p0|] // [lead p0|]",
    caret: "a1:10",
  },
  "where a block of commented words begins": {
    slots: { a: ["một hai ba"] },
    place: async () => {
      await comment("một");
      await select("a1", 0);
    },
    text: "[a1 p0|nghiệpmột hai ba] // [lead p0|] // [lead p0|]",
    caret: "a1:6",
  },
  "before a remote caret and found words at the start of a block": {
    slots: { a: ["một hai ba"] },
    place: async () => {
      await cursorSeen(1);
      await page.evaluate(() => window.page.editor.find("một"));
      await select("a1", 0);
    },
    text: "[a1 p0|nghiệpmột hai ba] // [lead p0|] // [lead p0|]",
    caret: "a1:6",
  },
  "between commented words and bold ones": {
    slots: { a: ["mộthai"] },
    place: async () => {
      await select("a1", 3, "a1", 6);
      await page.evaluate(() => window.page.editor.run("strong"));
      await comment("một");
      await select("a1", 3);
    },
    text: "[a1 p0|mộtnghiệp<s:hai>] // [lead p0|] // [lead p0|]",
    caret: "a1:9",
  },
  "before bold words at the start of a block": {
    slots: { a: ["một hai"] },
    place: async () => {
      await select("a1", 0, "a1", 3);
      await page.evaluate(() => window.page.editor.run("strong"));
      await comment("một");
      await select("a1", 0);
    },
    text: "[a1 p0|<s:nghiệpmột> hai] // [lead p0|] // [lead p0|]",
    caret: "a1:6",
  },
  "within commented words": {
    slots: { a: ["một hai ba"] },
    place: async () => {
      await comment("hai");
      await select("a1", 5);
    },
    text: "[a1 p0|một hnghiệpai ba] // [lead p0|] // [lead p0|]",
    caret: "a1:11",
  },
  "over all the commented words": {
    slots: { a: ["một hai ba"] },
    place: async () => {
      await comment("hai");
      await select("a1", 4, "a1", 7);
    },
    text: "[a1 p0|một nghiệp ba] // [lead p0|] // [lead p0|]",
    caret: "a1:10",
  },
  "while a comment on the words around arrives": {
    slots: { a: ["một hai ba"] },
    place: at("a1", 5),
    meanwhile: { 2: () => comment("h"), 4: () => comment("một") },
    text: "[a1 p0|một hnghiệpai ba] // [lead p0|] // [lead p0|]",
    caret: "a1:11",
  },
  "while the word is what is searched for, on its way": {
    slots: { a: ["nghi một", "nghiê"] },
    place: async () => {
      await page.evaluate(() => window.page.editor.find("nghi"));
      await select("a1", 8);
    },
    text: "[a1 p0|nghi mộtnghiệp][a2 p0|nghiê] // [lead p0|] // [lead p0|]",
    caret: "a1:14",
  },
  "right after a found word": {
    slots: { a: ["một hai"] },
    place: async () => {
      await page.evaluate(() => window.page.editor.find("hai"));
      await select("a1", 7);
    },
    text: "[a1 p0|một hainghiệp] // [lead p0|] // [lead p0|]",
    caret: "a1:13",
  },
  "in bold that was asked for": {
    slots: { a: ["một "] },
    place: async () => {
      await select("a1", 4);
      await page.evaluate(() => window.page.editor.run("strong"));
    },
    text: "[a1 p0|một <s:nghiệp>] // [lead p0|] // [lead p0|]",
    caret: "a1:10",
  },
  "in bold at the start of an empty block": {
    slots: { a: [""] },
    place: async () => {
      await select("a1", 0);
      await page.evaluate(() => window.page.editor.run("strong"));
    },
    text: "[a1 p0|<s:nghiệp>] // [lead p0|] // [lead p0|]",
    caret: "a1:6",
  },
  "in bold at the start of an empty slot": {
    slots: { a: ["một"] },
    place: async () => {
      await page.evaluate(() => {
        window.page.editor.focus("b");
        window.page.editor.run("strong");
      });
    },
    text: /\/\/ \[n\d+ p0\|<s:nghiệp>\] \/\//,
  },
  "in bold, another having written elsewhere": {
    slots: { a: ["một "], b: ["hai"] },
    place: async () => {
      await select("a1", 4);
      await page.evaluate(() => window.page.editor.run("strong"));
      await written("b", 1, "x")();
    },
    text: "[a1 p0|một <s:nghiệp>] // [b1 p0|xhai] // [lead p0|]",
    caret: "a1:10",
  },
  "after a dash that is a dash": {
    slots: { a: ["- "] },
    place: at("a1", 2),
    text: "[a1 p0|- nghiệp] // [lead p0|] // [lead p0|]",
    caret: "a1:8",
  },
  "after a number that is a number": {
    slots: { a: ["1. "] },
    place: at("a1", 3),
    text: "[a1 p0|1. nghiệp] // [lead p0|] // [lead p0|]",
    caret: "a1:9",
  },
  "while others write in the block": {
    slots: { a: ["một hai"], b: ["ba"] },
    place: at("a1", 4),
    meanwhile: { 2: written("a", 1, "đầu "), 4: written("a", 99, " cuối"), 6: written("b", 1, "x") },
    text: "[a1 p0|đầu một nghiệphai cuối] // [b1 p0|xba] // [lead p0|]",
    caret: "a1:14",
  },
  "while others write in the blocks around": {
    slots: { a: ["một", "hai", "ba"] },
    place: at("a2", 3),
    meanwhile: { 2: written("a", 1, "đầu "), 4: written("a", 99, " cuối"), 6: split("a", 4) },
    text: "[a1 p0|đầu][r1 p0| một][a2 p0|hainghiệp][a3 p0|ba cuối] // [lead p0|] // [lead p0|]",
    caret: "a2:9",
  },
  "while others delete around the word": {
    slots: { a: ["một hai ba"] },
    place: at("a1", 4),
    meanwhile: { 2: removed("a", 1, 4), 5: removed("a", 6, 4) },
    text: /^\[a1 p0\|nghiệp.*\]/,
  },
  "while others delete the word": {
    slots: { a: ["một ba"] },
    place: at("a1", 4),
    meanwhile: { 2: removed("a", 5, 3) },
    text: "[a1 p0|một iệpba] // [lead p0|] // [lead p0|]",
    caret: "a1:7",
  },
  "while others split the block before the word": {
    slots: { a: ["một hai"] },
    place: at("a1", 4),
    meanwhile: { 3: split("a", 3) },
    text: "[a1 p0|mộ][r1 p0|t nghiệphai] // [lead p0|] // [lead p0|]",
    caret: "r1:8",
  },
  "while others split the block in the word": {
    slots: { a: ["một hai"] },
    place: at("a1", 4),
    meanwhile: { 3: split("a", 7) },
    text: /^\[a1 p0\|một ng\]\[r1 p0\|hiệphai\] /,
    caret: "r1:4",
  },
  "while others join the block to the one before": {
    slots: { a: ["một", "hai"] },
    place: at("a2", 3),
    meanwhile: { 3: removed("a", 4, 1) },
    text: "[a1 p0|mộthainghiệp] // [lead p0|] // [lead p0|]",
    caret: "a1:12",
  },
  "while others join the next block to it": {
    slots: { a: ["một", "hai"] },
    place: at("a1", 3),
    meanwhile: { 1: removed("a", 6, 1) },
    text: "[a1 p0|mộtnghiệphai] // [lead p0|] // [lead p0|]",
    caret: "a1:9",
  },
  "while others make the block a heading": {
    slots: { a: ["một "] },
    place: at("a1", 4),
    meanwhile: { 3: reshaped("a", 0, "a1") },
    text: "[a1 h1|một nghiệp] // [lead p0|] // [lead p0|]",
    caret: "a1:10",
  },
  "while the connection comes back": {
    slots: { a: ["một hai", "ba"], b: ["bốn"] },
    place: async () => {
      await page.evaluate(() => window.page.disconnect());
      await written("a", 1, "đầu ")();
      await written("a", 99, " cuối")();
      await written("b", 1, "x")();
      await select("a1", 4);
    },
    meanwhile: { 3: () => page.evaluate(() => window.page.connect()) },
    text: "[a1 p0|đầu một nghiệphai][a2 p0|ba cuối] // [b1 p0|xbốn] // [lead p0|]",
    caret: "a1:14",
  },
};

describe.each(["desk", "phone"] as const)("on a %s", (on) => {
  beforeAll(() => visit(on));

  describe.each(Object.keys(METHODS))("%s", (name) => {
    test.each(Object.entries(SITUATIONS))("%s", async (_, { slots, place, meanwhile = {}, text, caret }) => {
      await open(slots);
      await place();
      await METHODS[name]?.("nghiệp", meanwhile);
      const found = await seen();
      if (typeof text === "string") expect(found.text).toBe(text);
      else expect(found.text).toMatch(text);
      if (caret !== undefined) expect(found.caret).toMatch(caret);
      expect(found.browserCaret).toBe(found.caret);
      const times = name.startsWith("composing") ? 1 : 0;
      expect(found.compositions).toEqual({ begun: times, ended: times });
    });
  });
});
