import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Written } from "../editor/body.ts";
import { launchChromium } from "../support/chromium.ts";
import type { During } from "../support/typist.ts";
import { EditorDriver } from "./editor-page/driver.ts";
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

const METHODS: Readonly<Record<string, (text: string, during?: During) => Promise<void>>> = {
  "composing by Telex": (text, during) => they.typist.compose(text, "telex", during),
  "composing by VNI": (text, during) => they.typist.compose(text, "vni", during),
  "retyping by Telex": (text, during) => they.typist.retype(text, "telex", "backspace", during),
  "retyping by VNI": (text, during) => they.typist.retype(text, "vni", "backspace", during),
  "retyping behind an empty sign": (text, during) => they.typist.retype(text, "telex", "empty-sign", during),
  "retyping over a selection": (text, during) => they.typist.retype(text, "telex", "select-left", during),
};

interface Situation {
  readonly slots: Readonly<Record<string, readonly Written[]>>;
  readonly place: () => Promise<unknown>;
  readonly meanwhile?: During;
  /** What stands there then, `nghiệp` having been typed. */
  readonly text: string | RegExp;
  readonly caret?: string | RegExp;
}

const SITUATIONS: Readonly<Record<string, Situation>> = {
  "in the middle of a word": {
    slots: { a: ["công và"] },
    place: () => they.select("a1", 4),
    text: "[a1 p0|côngnghiệp và] // [lead p0|] // [lead p0|]",
    caret: "a1:10",
  },
  "inside the letters of a word": {
    slots: { a: ["toàn"] },
    place: () => they.select("a1", 2),
    text: "[a1 p0|tonghiệpàn] // [lead p0|] // [lead p0|]",
    caret: "a1:8",
  },
  "at the start of an empty slot": {
    slots: { a: ["một"] },
    place: () => they.enter("b"),
    text: /^\[a1 p0\|một\] \/\/ \[n\d+ p0\|nghiệp\] \/\/ \[lead p0\|\]$/,
    caret: /^n\d+:6$/,
  },
  "in an empty block": {
    slots: { a: ["một", "", "hai"] },
    place: () => they.select("a2", 0),
    text: "[a1 p0|một][a2 p0|nghiệp][a3 p0|hai] // [lead p0|] // [lead p0|]",
    caret: "a2:6",
  },
  "at the start of a block": {
    slots: { a: ["một", " hai"] },
    place: () => they.select("a2", 0),
    text: "[a1 p0|một][a2 p0|nghiệp hai] // [lead p0|] // [lead p0|]",
    caret: "a2:6",
  },
  "at the end of a block": {
    slots: { a: ["một ", "hai"] },
    place: () => they.select("a1", -1),
    text: "[a1 p0|một nghiệp][a2 p0|hai] // [lead p0|] // [lead p0|]",
    caret: "a1:10",
  },
  "over a selection in a block": {
    slots: { a: ["một hai ba"] },
    place: () => they.select("a1", 4, "a1", 7),
    text: "[a1 p0|một nghiệp ba] // [lead p0|] // [lead p0|]",
    caret: "a1:10",
  },
  "over a selection that begins alike": {
    slots: { a: ["một nghề ba"] },
    place: () => they.select("a1", 4, "a1", 8),
    text: "[a1 p0|một nghiệp ba] // [lead p0|] // [lead p0|]",
    caret: "a1:10",
  },
  "over a selection of blocks": {
    slots: { a: ["một hai", "ba", "bốn năm"] },
    place: () => they.select("a1", 4, "a3", 4),
    text: "[a1 p0|một nghiệpnăm] // [lead p0|] // [lead p0|]",
    caret: "a1:10",
  },
  "over a selection of slots": {
    slots: { a: ["một hai"], b: ["ba bốn"] },
    place: () => they.select("a1", 4, "b1", 3),
    text: "[a1 p0|một nghiệp] // [b1 p0|bốn] // [lead p0|]",
    caret: "a1:10",
  },
  "right before a remote caret": {
    slots: { a: ["một hai"] },
    place: async () => {
      await they.cursorSeen(5);
      await they.select("a1", 4);
    },
    text: "[a1 p0|một nghiệphai] // [lead p0|] // [lead p0|]",
    caret: "a1:10",
  },
  "beside a remote selection": {
    slots: { a: ["một hai"] },
    place: async () => {
      await they.cursorSeen(1, 5);
      await they.select("a1", 4);
    },
    text: "[a1 p0|một nghiệphai] // [lead p0|] // [lead p0|]",
    caret: "a1:10",
  },
  "at a remote caret in an empty block": {
    slots: { a: [""] },
    place: async () => {
      await they.cursorSeen(1);
      await they.select("a1", 0);
    },
    text: "[a1 p0|nghiệp] // [lead p0|] // [lead p0|]",
    caret: "a1:6",
  },
  "while a remote caret comes and goes": {
    slots: { a: ["một hai"] },
    place: () => they.select("a1", 4),
    meanwhile: {
      1: () => they.cursor(5),
      3: () => they.cursor(7),
      5: () => they.cursor(2),
    },
    text: "[a1 p0|một nghiệphai] // [lead p0|] // [lead p0|]",
    caret: "a1:10",
  },
  "where commented words end": {
    slots: { a: ["một hai ba"] },
    place: async () => {
      await they.comment("hai");
      await they.select("a1", 7);
    },
    text: "[a1 p0|một hainghiệp ba] // [lead p0|] // [lead p0|]",
    caret: "a1:13",
  },
  "where commented words begin": {
    slots: { a: ["một hai ba"] },
    place: async () => {
      await they.comment("hai");
      await they.select("a1", 4);
    },
    text: "[a1 p0|một nghiệphai ba] // [lead p0|] // [lead p0|]",
    caret: "a1:10",
  },
  "where a block of commented words begins": {
    slots: { a: ["một hai ba"] },
    place: async () => {
      await they.comment("một");
      await they.select("a1", 0);
    },
    text: "[a1 p0|nghiệpmột hai ba] // [lead p0|] // [lead p0|]",
    caret: "a1:6",
  },
  "before a remote caret and found words at the start of a block": {
    slots: { a: ["một hai ba"] },
    place: async () => {
      await they.cursorSeen(1);
      await they.find("một");
      await they.select("a1", 0);
    },
    text: "[a1 p0|nghiệpmột hai ba] // [lead p0|] // [lead p0|]",
    caret: "a1:6",
  },
  "between commented words and bold ones": {
    slots: { a: ["mộthai"] },
    place: async () => {
      await they.select("a1", 3, "a1", 6);
      await they.strong();
      await they.comment("một");
      await they.select("a1", 3);
    },
    text: "[a1 p0|mộtnghiệp<s:hai>] // [lead p0|] // [lead p0|]",
    caret: "a1:9",
  },
  "before bold words at the start of a block": {
    slots: { a: ["một hai"] },
    place: async () => {
      await they.select("a1", 0, "a1", 3);
      await they.strong();
      await they.comment("một");
      await they.select("a1", 0);
    },
    text: "[a1 p0|<s:nghiệpmột> hai] // [lead p0|] // [lead p0|]",
    caret: "a1:6",
  },
  "within commented words": {
    slots: { a: ["một hai ba"] },
    place: async () => {
      await they.comment("hai");
      await they.select("a1", 5);
    },
    text: "[a1 p0|một hnghiệpai ba] // [lead p0|] // [lead p0|]",
    caret: "a1:11",
  },
  "over all the commented words": {
    slots: { a: ["một hai ba"] },
    place: async () => {
      await they.comment("hai");
      await they.select("a1", 4, "a1", 7);
    },
    text: "[a1 p0|một nghiệp ba] // [lead p0|] // [lead p0|]",
    caret: "a1:10",
  },
  "while a comment on the words around arrives": {
    slots: { a: ["một hai ba"] },
    place: () => they.select("a1", 5),
    meanwhile: { 2: () => they.comment("h"), 4: () => they.comment("một") },
    text: "[a1 p0|một hnghiệpai ba] // [lead p0|] // [lead p0|]",
    caret: "a1:11",
  },
  "while the word is what is searched for, on its way": {
    slots: { a: ["nghi một", "nghiê"] },
    place: async () => {
      await they.find("nghi");
      await they.select("a1", 8);
    },
    text: "[a1 p0|nghi mộtnghiệp][a2 p0|nghiê] // [lead p0|] // [lead p0|]",
    caret: "a1:14",
  },
  "right after a found word": {
    slots: { a: ["một hai"] },
    place: async () => {
      await they.find("hai");
      await they.select("a1", 7);
    },
    text: "[a1 p0|một hainghiệp] // [lead p0|] // [lead p0|]",
    caret: "a1:13",
  },
  "in bold that was asked for": {
    slots: { a: ["một "] },
    place: async () => {
      await they.select("a1", 4);
      await they.strong();
    },
    text: "[a1 p0|một <s:nghiệp>] // [lead p0|] // [lead p0|]",
    caret: "a1:10",
  },
  "in bold at the start of an empty block": {
    slots: { a: [""] },
    place: async () => {
      await they.select("a1", 0);
      await they.strong();
    },
    text: "[a1 p0|<s:nghiệp>] // [lead p0|] // [lead p0|]",
    caret: "a1:6",
  },
  "in bold at the start of an empty slot": {
    slots: { a: ["một"] },
    place: async () => {
      await they.page.evaluate(() => {
        window.page.editor.focus("b");
        window.page.editor.run("strong");
      });
    },
    text: /\/\/ \[n\d+ p0\|<s:nghiệp>\] \/\//,
  },
  "in bold, another having written elsewhere": {
    slots: { a: ["một "], b: ["hai"] },
    place: async () => {
      await they.select("a1", 4);
      await they.strong();
      await they.insert("b", 1, "x");
    },
    text: "[a1 p0|một <s:nghiệp>] // [b1 p0|xhai] // [lead p0|]",
    caret: "a1:10",
  },
  "after a dash that is a dash": {
    slots: { a: ["- "] },
    place: () => they.select("a1", 2),
    text: "[a1 p0|- nghiệp] // [lead p0|] // [lead p0|]",
    caret: "a1:8",
  },
  "after a number that is a number": {
    slots: { a: ["1. "] },
    place: () => they.select("a1", 3),
    text: "[a1 p0|1. nghiệp] // [lead p0|] // [lead p0|]",
    caret: "a1:9",
  },
  "while others write in the block": {
    slots: { a: ["một hai"], b: ["ba"] },
    place: () => they.select("a1", 4),
    meanwhile: {
      2: () => they.insert("a", 1, "đầu "),
      4: () => they.insert("a", 99, " cuối"),
      6: () => they.insert("b", 1, "x"),
    },
    text: "[a1 p0|đầu một nghiệphai cuối] // [b1 p0|xba] // [lead p0|]",
    caret: "a1:14",
  },
  "while others write in the blocks around": {
    slots: { a: ["một", "hai", "ba"] },
    place: () => they.select("a2", 3),
    meanwhile: {
      2: () => they.insert("a", 1, "đầu "),
      4: () => they.insert("a", 99, " cuối"),
      6: () => they.split("a", 4),
    },
    text: "[a1 p0|đầu][r1 p0| một][a2 p0|hainghiệp][a3 p0|ba cuối] // [lead p0|] // [lead p0|]",
    caret: "a2:9",
  },
  "while others delete around the word": {
    slots: { a: ["một hai ba"] },
    place: () => they.select("a1", 4),
    meanwhile: { 2: () => they.remove("a", 1, 4), 5: () => they.remove("a", 6, 4) },
    text: /^\[a1 p0\|nghiệp.*\]/,
  },
  "while others delete the word": {
    slots: { a: ["một ba"] },
    place: () => they.select("a1", 4),
    meanwhile: { 2: () => they.remove("a", 5, 3) },
    text: "[a1 p0|một iệpba] // [lead p0|] // [lead p0|]",
    caret: "a1:7",
  },
  "while others split the block before the word": {
    slots: { a: ["một hai"] },
    place: () => they.select("a1", 4),
    meanwhile: { 3: () => they.split("a", 3) },
    text: "[a1 p0|mộ][r1 p0|t nghiệphai] // [lead p0|] // [lead p0|]",
    caret: "r1:8",
  },
  "while others split the block in the word": {
    slots: { a: ["một hai"] },
    place: () => they.select("a1", 4),
    meanwhile: { 3: () => they.split("a", 7) },
    text: /^\[a1 p0\|một ng\]\[r1 p0\|hiệphai\] /,
    caret: "r1:4",
  },
  "while others join the block to the one before": {
    slots: { a: ["một", "hai"] },
    place: () => they.select("a2", 3),
    meanwhile: { 3: () => they.remove("a", 4, 1) },
    text: "[a1 p0|mộthainghiệp] // [lead p0|] // [lead p0|]",
    caret: "a1:12",
  },
  "while others join the next block to it": {
    slots: { a: ["một", "hai"] },
    place: () => they.select("a1", 3),
    meanwhile: { 1: () => they.remove("a", 6, 1) },
    text: "[a1 p0|mộtnghiệphai] // [lead p0|] // [lead p0|]",
    caret: "a1:9",
  },
  "while others make the block a heading": {
    slots: { a: ["một "] },
    place: () => they.select("a1", 4),
    meanwhile: { 3: () => they.reshape("a", 0, "a1", "heading", 1) },
    text: "[a1 h1|một nghiệp] // [lead p0|] // [lead p0|]",
    caret: "a1:10",
  },
  "while the connection comes back": {
    slots: { a: ["một hai", "ba"], b: ["bốn"] },
    place: async () => {
      await they.page.evaluate(() => window.page.disconnect());
      await they.insert("a", 1, "đầu ");
      await they.insert("a", 99, " cuối");
      await they.insert("b", 1, "x");
      await they.select("a1", 4);
    },
    meanwhile: { 3: () => they.page.evaluate(() => window.page.connect()) },
    text: "[a1 p0|đầu một nghiệphai][a2 p0|ba cuối] // [b1 p0|xbốn] // [lead p0|]",
    caret: "a1:14",
  },
};

/** Those of a desk's computer, and those that keyboards of phones have. */
const METHODS_ON = {
  desk: Object.keys(METHODS),
  phone: ["composing by Telex", "composing by VNI", "retyping by Telex"],
};

describe.each(["desk", "phone"] as const)("on a %s", (on) => {
  beforeAll(async () => {
    they = await EditorDriver.visit(browser, url, on);
  });

  afterAll(() => they.leave());

  describe.each(METHODS_ON[on])("%s", (name) => {
    test.each(Object.entries(SITUATIONS))("%s", async (_, { slots, place, meanwhile = {}, text, caret }) => {
      await they.open(slots);
      await place();
      await METHODS[name]?.("nghiệp", meanwhile);
      const found = await they.seen();
      if (typeof text === "string") expect(found.text).toBe(text);
      else expect(found.text).toMatch(text);
      if (caret !== undefined) expect(found.caret).toMatch(caret);
      expect(found.browserCaret).toBe(found.caret);
      const times = name.startsWith("composing") ? 1 : 0;
      expect(found.compositions).toEqual({ begun: times, ended: times });
    });
  });
});
