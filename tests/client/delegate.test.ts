/** @vitest-environment jsdom */
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { anchorRange, cellTarget } from "../../src/comments/index.ts";
import type { ReadingBlock } from "../../src/client/delegate/reading.ts";
import {
  blockStretch,
  cellHighlightsOf,
  highlightsOf,
  piecesOf,
  readDraft,
} from "../../src/client/delegate/reading.ts";
import { selectedStretch } from "../../src/client/delegate/text-selection.ts";
import { quoteOf } from "../../src/client/delegate/writing.ts";
import { seedBody, slotText } from "../../src/collab/index.ts";
import { templateOf } from "../comments/sample.ts";
import { PARTY_RULES } from "../model/shipped.ts";
import type { Comment, TableInput } from "../../src/model/index.ts";
import { cellText } from "../../src/model/index.ts";

const BLOCK: ReadingBlock = {
  block: {
    id: "b1",
    kind: "paragraph",
    level: 0,
    runs: [
      { text: "Một số đảng viên ", marks: [] },
      { text: "còn nể nang", marks: ["strong"] },
      { text: ".", marks: [] },
    ],
  },
  label: "",
  start: 10,
};

describe("the pieces of a block", () => {
  it("are its runs where nothing is highlighted", () => {
    expect(piecesOf(BLOCK, [], null).map((piece) => piece.text)).toEqual(["Một số đảng viên ", "còn nể nang", "."]);
  });

  it("are cut where a comment or the selection begins or ends, and lose no letter", () => {
    const pieces = piecesOf(
      BLOCK,
      [
        { slot: "s", comment: "c1", from: 14, to: 31 },
        { slot: "s", comment: "c2", from: 30, to: 99 },
      ],
      { slot: "s", from: 27, to: 30 },
    );
    expect(pieces.map((piece) => piece.text).join("")).toBe("Một số đảng viên còn nể nang.");
    expect(pieces.map((piece) => [piece.text, piece.comments.join(), piece.selected])).toEqual([
      ["Một ", "", false],
      ["số đảng viên ", "c1", false],
      ["còn", "c1", true],
      [" ", "c1,c2", false],
      ["nể nang", "c2", false],
      [".", "c2", false],
    ]);
  });

  it("of a block without words are not there to be commented", () => {
    expect(blockStretch("s", { ...BLOCK, block: { ...BLOCK.block, runs: [{ text: "  ", marks: [] }] } })).toBeNull();
  });
});

describe("one's own comments", () => {
  it("stand on their words, but not when they are withdrawn or the words are gone", () => {
    const doc = new Y.Doc();
    const text = slotText(doc, "shortcomings");
    text.insert(0, "Nề nếp có nơi chưa nghiêm");
    const comment = (id: string, from: number, to: number, withdrawn = false): Comment => ({
      id,
      author: "p",
      round: 1,
      target: { scope: "range", slot: "shortcomings", ...anchorRange(text, from, to) },
      kind: "clarify",
      text: "Rõ hơn",
      createdAt: "2021-12-01T00:00:00.000Z",
      withdrawn,
    });
    const comments = [comment("a", 0, 6), comment("b", 7, 13, true), comment("c", 14, 25)];
    text.delete(0, 6);
    expect(highlightsOf(doc, comments)).toEqual([{ slot: "shortcomings", comment: "c", from: 8, to: 19 }]);
  });
});

describe("a selection in the draft", () => {
  const draft = document.createElement("main");
  draft.innerHTML =
    '<h3>Mục một</h3><p data-slot="one" data-start="1">Câu <strong>thứ nhất</strong>.</p><p data-slot="one" data-start="15">Câu thứ hai.</p>' +
    '<h3>Mục hai</h3><p data-slot="two" data-start="1">Câu thứ ba.</p>';
  document.body.append(draft);
  const [first, second, third] = [...draft.querySelectorAll("p")];

  function select(
    from: Node | null | undefined,
    fromOffset: number,
    to: Node | null | undefined,
    toOffset: number,
  ): Selection | null {
    const selection = document.getSelection();
    if (!from || !to) throw new Error("no such text");
    selection?.setBaseAndExtent(from, fromOffset, to, toOffset);
    return selection;
  }

  it("is a stretch of the slot's flat text, marks and white space at the ends aside", () => {
    const selection = select(first?.childNodes[0], 3, first?.childNodes[1]?.firstChild, 3);
    expect(selectedStretch(draft, selection)).toEqual({ slot: "one", from: 5, to: 8 });
  });

  it("may run over blocks of one slot", () => {
    const selection = select(first?.childNodes[0], 0, second?.firstChild, 3);
    expect(selectedStretch(draft, selection)).toEqual({ slot: "one", from: 1, to: 18 });
  });

  it("ends with the slot it began in", () => {
    const selection = select(second?.firstChild, 4, third?.firstChild, 5);
    expect(selectedStretch(draft, selection)).toEqual({ slot: "one", from: 19, to: 27 });
  });

  it("is nothing on a title, or where nothing is selected", () => {
    const title = draft.querySelector("h3")?.firstChild;
    expect(selectedStretch(draft, select(title, 0, title, 3))).toBeNull();
    expect(selectedStretch(draft, select(first?.childNodes[0], 2, first?.childNodes[0], 2))).toBeNull();
  });
});

describe("the tables of a draft", () => {
  const TABLE: TableInput = {
    kind: "table",
    text: "Kết nạp",
    rows: [
      ["Nội dung", "2021"],
      ["Kết nạp", "12"],
    ],
  };

  it("are read with what they hold, numbered, and show one's own comments on their cells", () => {
    const doc = new Y.Doc();
    const template = templateOf("s", "t");
    let n = 0;
    seedBody(doc, template, {}, { s: ["Lời", TABLE], t: [TABLE] }, () => `i${++n}`);
    const slots = readDraft(doc, { template, ruleSet: PARTY_RULES, fields: {} });
    const [second] = slots[1]?.blocks ?? [];
    expect(slots.map(({ blocks }) => blocks.map(({ label }) => label))).toEqual([["", "Bảng 1."], ["Bảng 2."]]);
    const { table } = second?.block ?? {};
    expect(table?.rows.map((row) => row.cells.map(cellText))).toEqual(TABLE.rows);
    const cell = table?.rows[1]?.cells[1]?.id ?? "";
    const target = table && cellTarget("t", table, cell);
    if (!target) throw new Error("a cell");
    const comment = { id: "c1", target, withdrawn: false } as Comment;
    expect(cellHighlightsOf(doc, [comment, { ...comment, id: "c2", withdrawn: true }])).toEqual([
      { slot: "t", block: second?.block.id, cell, comment: "c1" },
    ]);
    expect(highlightsOf(doc, [comment])).toEqual([]);
    expect(quoteOf(target)).toEqual({ cell: "Kết nạp, 2021: 12" });
  });
});
