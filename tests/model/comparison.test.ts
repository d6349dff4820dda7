import type { Block, BlockChange, Piece, ReportText } from "#model";
import { blockText, compareTexts } from "#model";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { block } from "../support/sample-report.ts";
import { CELL } from "./shipped.ts";

/** A plain word diff: what is common at both ends stayed, the middle was replaced. */
function replaceMiddle(a: string, b: string): Piece[] {
  const [x, y] = [a.split(" "), b.split(" ")];
  let start = 0;
  while (start < Math.min(x.length, y.length) && x[start] === y[start]) start++;
  let end = 0;
  while (end < Math.min(x.length, y.length) - start && x.at(-1 - end) === y.at(-1 - end)) end++;
  const piece = (kind: Piece["kind"], words: string[]): Piece[] =>
    words.length ? [{ text: words.join(" "), kind }] : [];
  return [
    ...piece("same", x.slice(0, start)),
    ...piece("deleted", x.slice(start, x.length - end)),
    ...piece("inserted", y.slice(start, y.length - end)),
    ...piece("same", x.slice(x.length - end)),
  ];
}

function text(slots: Readonly<Record<string, readonly Block[]>>, fields: Record<string, string> = {}): ReportText {
  return { slots, fields: { year: "2021", ...fields } };
}

function compare(before: readonly Block[], after: readonly Block[], slot = "causes") {
  const { slots } = compareTexts(text({ [slot]: before }), text({ [slot]: after }), CELL, replaceMiddle);
  const change = slots.find((each) => each.slot === slot);
  if (!change) throw new Error(`no slot ${slot}`);
  return change;
}

const kinds = (blocks: readonly BlockChange[]): string[] =>
  blocks.map(({ kind, before, after }) => `${kind} ${(after ?? before)?.id ?? ""}`);

const [A, B, C, D] = ["a", "b", "c", "d"].map((id) => block(id, `Đoạn ${id} của báo cáo`)) as [
  Block,
  Block,
  Block,
  Block,
];

describe("a comparison", () => {
  it("finds nothing between a text and itself", () => {
    const change = compare([A, B], [A, B]);
    expect(change.changed).toBe(false);
    expect(kinds(change.blocks)).toEqual(["same a", "same b"]);
  });

  it("shows words that came and went in a block that stayed", () => {
    const { blocks, changed } = compare(
      [block("a", "Một số đảng viên nể nang")],
      [block("a", "Một số đồng chí nể nang")],
    );
    expect(changed).toBe(true);
    expect(blocks).toMatchObject([
      {
        kind: "changed",
        pieces: [
          { text: "Một số", kind: "same" },
          { text: "đảng viên", kind: "deleted" },
          { text: "đồng chí", kind: "inserted" },
          { text: "nể nang", kind: "same" },
        ],
      },
    ]);
  });

  it("puts a deleted block where it stood and an inserted one where it stands", () => {
    expect(kinds(compare([A, B, C], [A, D, C]).blocks)).toEqual(["same a", "inserted d", "deleted b", "same c"]);
    expect(kinds(compare([A, B], [B]).blocks)).toEqual(["deleted a", "same b"]);
    expect(kinds(compare([A, B], [A]).blocks)).toEqual(["same a", "deleted b"]);
  });

  it("marks as moved as few blocks as it can", () => {
    expect(kinds(compare([A, B, C, D], [D, A, B, C]).blocks)).toEqual(["moved d", "same a", "same b", "same c"]);
    expect(kinds(compare([A, B, C], [C, B, A]).blocks).filter((kind) => kind.startsWith("moved"))).toHaveLength(2);
  });

  it("follows a block into another slot", () => {
    const { slots } = compareTexts(text({ causes: [A, B] }), text({ causes: [B], tasks: [A] }), CELL, replaceMiddle);
    const of = (slot: string) => slots.find((change) => change.slot === slot)?.blocks ?? [];
    expect(kinds(of("causes"))).toEqual(["same b"]);
    expect(of("tasks")).toMatchObject([{ kind: "moved", from: "causes", before: { id: "a" } }]);
  });

  it("does not mistake equal derived ids of two slots for a move", () => {
    const lead = block("lead", "Đoạn đầu");
    const other = block("lead", "Đoạn khác");
    const state = text({ causes: [lead], tasks: [other] });
    const { slots } = compareTexts(state, state, CELL, replaceMiddle);
    expect(slots.filter((change) => change.changed)).toEqual([]);
  });

  it("knows a block by its words where its id is gone", () => {
    expect(kinds(compare([A, B], [{ ...A, id: "x" }, B]).blocks)).toEqual(["same x", "same b"]);
  });

  it("says where only kind, level or marks changed", () => {
    const strong: Block = { ...A, runs: [{ text: blockText(A), marks: ["strong"] }] };
    for (const other of [strong, { ...A, kind: "item", level: 1 } as const]) {
      const { blocks, changed } = compare([A], [other]);
      expect(changed).toBe(true);
      expect(blocks).toMatchObject([{ kind: "same", form: true }]);
    }
  });

  it("lists the fields that changed and takes titles from the later text", () => {
    const { fields, slots } = compareTexts(
      text({}, { place: "Hà Nội", number: "1" }),
      text({}, { year: "2022", place: "Hà Nội", signerName: "Người Ký Mẫu" }),
      CELL,
      replaceMiddle,
    );
    expect(fields).toEqual([
      { id: "number", before: "1", after: "" },
      { id: "signerName", before: "", after: "Người Ký Mẫu" },
      { id: "year", before: "2021", after: "2022" },
    ]);
    expect(slots.map(({ slot }) => slot)).toHaveLength(14);
    expect(slots.every((slot) => slot.blocks.length === 0)).toBe(true);
  });

  it("accounts for every block of both texts exactly once, in order, and for every word", () => {
    const order = fc.shuffledSubarray(["a", "b", "c", "d", "e", "f", "g"]);
    const state = fc.tuple(order, fc.nat(6)).map(([ids, cut]) => {
      const blocks = ids.map((id, at) => block(id, `Đoạn ${id} ${at % 2}`));
      return { causes: blocks.slice(0, cut), tasks: blocks.slice(cut) };
    });
    fc.assert(
      fc.property(state, state, (before, after) => {
        const { slots } = compareTexts(text(before), text(after), CELL, replaceMiddle);
        const changes = slots.flatMap((slot) => slot.blocks);
        const befores = changes.flatMap((change) => (change.before ? [change.before.id] : []));
        expect(befores.toSorted((a, b) => a.localeCompare(b))).toEqual(
          [...before.causes, ...before.tasks].map(({ id }) => id).toSorted((a, b) => a.localeCompare(b)),
        );
        for (const slot of ["causes", "tasks"] as const) {
          const own = slots.find((change) => change.slot === slot)?.blocks ?? [];
          expect(own.flatMap((change) => change.after ?? [])).toEqual(after[slot]);
        }
        for (const { pieces, before: old, after: now } of changes) {
          const side = (gone: Piece["kind"]): string =>
            pieces
              .filter((piece) => piece.kind !== gone)
              .map((piece) => piece.text)
              .join(" ");
          if (old) expect(side("inserted")).toBe(blockText(old));
          if (now) expect(side("deleted")).toBe(blockText(now));
        }
      }),
      { numRuns: 500 },
    );
  });
});
