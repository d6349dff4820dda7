import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countChanges, shownChanges } from "../../src/client/workspace/compare/shown-changes.ts";
import { newestFirst } from "../../src/client/workspace/compare/version-order.ts";
import { diffWords } from "../../src/client/workspace/compare/word-diff.ts";
import type { ResponseFilter } from "../../src/client/workspace/panel/response-filter.ts";
import { ALL_RESPONSES, groupsWith } from "../../src/client/workspace/panel/response-filter.ts";
import type { Block, Piece, ResponseRow } from "../../src/model/index.ts";
import { compareTexts, slotsOf } from "../../src/model/index.ts";
import { CELL } from "../model/shipped.ts";
import { block } from "../support/sample-report.ts";
import { table } from "../support/sample-table.ts";

const marked = (pieces: readonly Piece[]): string =>
  pieces.map(({ text, kind }) => (kind === "same" ? text : kind === "deleted" ? `[-${text}]` : `[+${text}]`)).join("");

const side = (pieces: readonly Piece[], without: Piece["kind"]): string =>
  pieces
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join("");

describe("a word diff", () => {
  it("keeps Vietnamese words whole", () => {
    expect(marked(diffWords("Đảng viên giữ nề nếp", "Đảng viên giữ nền nếp"))).toBe("Đảng viên giữ [-nề][+nền] nếp");
  });

  it("tells neighbouring replaced words as one replacement", () => {
    expect(marked(diffWords("còn nể nang, né tránh", "còn ngại va chạm, né tránh"))).toBe(
      "còn [-nể nang][+ngại va chạm], né tránh",
    );
  });

  it("tells words that came beside a replacement with it", () => {
    expect(marked(diffWords("triển khai việc.", "triển khai  Câu mới."))).toBe("triển khai[- việc][+  Câu mới].");
  });

  it("leaves spaces alone beside words that only came", () => {
    expect(marked(diffWords("chi bộ tốt", "chi bộ rất là tốt"))).toBe("chi bộ [+rất là ]tốt");
    expect(marked(diffWords("a b", "x a y b z"))).toBe("[+x ]a [+y ]b[+ z]");
  });

  it("says nothing of a line that stayed, and only one thing of a line that came or went", () => {
    expect(marked(diffWords("chi bộ", "chi bộ"))).toBe("chi bộ");
    expect(marked(diffWords("", "chi bộ"))).toBe("[+chi bộ]");
    expect(marked(diffWords("chi bộ", ""))).toBe("[-chi bộ]");
    expect(diffWords("", "")).toEqual([]);
  });

  it("tells two long lines with nothing in common as two lines", () => {
    const line = (word: string): string => Array.from({ length: 2_000 }, (_, i) => `${word}${i}`).join(" ");
    expect(diffWords(line("a"), line("b"))).toEqual([
      { text: line("a"), kind: "deleted" },
      { text: line("b"), kind: "inserted" },
    ]);
  });

  it("holds both lines, whatever they say", () => {
    const words = fc
      .array(fc.constantFrom("chi", "bộ", "đã", "nể", " ", "  ", ",", ".", "\u0301", "98,5%"))
      .map((w) => w.join(""));
    fc.assert(
      fc.property(words, words, (a, b) => {
        const pieces = diffWords(a, b);
        expect(side(pieces, "inserted")).toBe(a);
        expect(side(pieces, "deleted")).toBe(b);
        expect(pieces.every(({ text }) => text !== "")).toBe(true);
      }),
    );
  });
});

const [FIRST, SECOND] = slotsOf(CELL).map(({ id }) => id) as [string, string];

function changes(before: Record<string, readonly Block[]>, after: Record<string, readonly Block[]>) {
  const fields = { year: "2021" };
  return shownChanges(compareTexts({ slots: before, fields }, { slots: after, fields }, CELL, diffWords));
}

describe("the changes that are shown", () => {
  it("leave out empty paragraphs, and a slot where nothing else changed", () => {
    const slots = changes(
      { [FIRST]: [block("a", "Giữ nguyên")] },
      { [FIRST]: [block("a", "Giữ nguyên"), block("b", ""), block("c", "  ")] },
    );
    expect(slots[0]).toMatchObject({ slot: FIRST, changed: false });
    expect(slots[0]?.blocks.map(({ after }) => after?.id)).toEqual(["a"]);
    expect(countChanges(slots)).toEqual({ inserted: 0, deleted: 0, changed: 0, moved: 0, left: 0, slots: 0 });
  });

  it("keep a table without a caption, and leave out one that has no rows either", () => {
    const at = (id: string, figure: string) => ({ ...block(id, "", "table"), table: table([["Số", figure]]) });
    const empty = { ...block("e", "", "table"), table: table([]) };
    const slots = changes({ [FIRST]: [at("a", "12"), empty] }, { [FIRST]: [at("a", "13"), empty] });
    expect(slots[0]?.blocks).toMatchObject([{ kind: "changed", table: { changed: true } }]);
    expect(countChanges(slots)).toMatchObject({ changed: 1, slots: 1 });
  });

  it("keep a paragraph that lost all its words", () => {
    const slots = changes({ [FIRST]: [block("a", "Xóa hết")] }, { [FIRST]: [block("a", "")] });
    expect(slots[0]?.blocks).toMatchObject([{ kind: "changed", pieces: [{ text: "Xóa hết", kind: "deleted" }] }]);
    expect(countChanges(slots)).toMatchObject({ changed: 1, slots: 1 });
  });

  it("are counted by what happened, a moved and changed paragraph once", () => {
    const slots = changes(
      {
        [FIRST]: [block("a", "Một"), block("b", "Hai ba"), block("c", "Bốn"), block("e", "Kiểu")],
        [SECOND]: [block("d", "Năm sáu")],
      },
      {
        [FIRST]: [block("b", "Hai bảy"), block("d", "Năm tám"), block("n", "Mới"), block("e", "Kiểu", "item", 1)],
        [SECOND]: [block("c", "Bốn")],
      },
    );
    expect(countChanges(slots)).toEqual({ inserted: 1, deleted: 1, changed: 2, moved: 2, left: 2, slots: 2 });
  });
});

describe("the list of versions", () => {
  const version = (id: string, createdAt: string) => ({ id, name: id, createdAt, createdBy: "chair" });

  it("begins with the newest, and of two of one moment with the one made later", () => {
    const versions = [
      version("old", "2021-11-01T08:00:00.000Z"),
      version("twin-1", "2021-11-03T08:00:00.000Z"),
      version("twin-2", "2021-11-03T08:00:00.000Z"),
      version("offset", "2021-11-02T20:00:00.000-05:00"),
      version("middle", "2021-11-02T08:00:00.000Z"),
    ];
    expect(newestFirst(versions).map(({ id }) => id)).toEqual(["twin-2", "twin-1", "offset", "middle", "old"]);
    expect(versions[0]?.id).toBe("old");
  });
});

describe("the filter of the response table", () => {
  const row = (id: string, outcome: ResponseRow["outcome"]): ResponseRow => ({
    ids: [id],
    scope: "slot",
    quote: null,
    cell: null,
    unplaced: false,
    remarks: [],
    contributors: [{ name: id, unit: `Chi bộ ${id}`, voice: null, late: false }],
    kinds: [id === "a" ? "add" : "other"],
    rounds: [id === "c" ? 2 : 1],
    state: outcome === null ? "open" : "validated",
    outcome,
    response: "",
  });
  const groups = [
    { slot: null, title: "", above: [], rows: [row("a", "accept"), row("b", null)] },
    { slot: FIRST, title: "I- Mục", above: [], rows: [row("c", "later")] },
  ];
  const ids = (filter: Partial<ResponseFilter>): string[][] =>
    groupsWith(groups, { ...ALL_RESPONSES, ...filter }).map(({ rows }) => rows.flatMap((each) => each.ids));

  it("shows all, one outcome, or what is not decided, without empty groups", () => {
    expect(ids({})).toEqual([["a", "b"], ["c"]]);
    expect(ids({ outcome: "open" })).toEqual([["b"]]);
    expect(ids({ outcome: "later" })).toEqual([["c"]]);
    expect(ids({ outcome: "keep" })).toEqual([]);
  });

  it("asks for a slot, a unit, a kind, a round and a state, and for all of them at once", () => {
    expect(ids({ slot: FIRST })).toEqual([["c"]]);
    expect(ids({ unit: "Chi bộ b" })).toEqual([["b"]]);
    expect(ids({ kind: "other" })).toEqual([["b"], ["c"]]);
    expect(ids({ round: 2 })).toEqual([["c"]]);
    expect(ids({ state: "validated", round: 1, kind: "add" })).toEqual([["a"]]);
    expect(ids({ state: "open", slot: FIRST })).toEqual([]);
  });
});
