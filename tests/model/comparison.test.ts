import type { Block, BlockChange, Piece, ReportText } from "#model";
import { blockText, compareTexts } from "#model";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { replaceMiddle } from "../support/replace-middle.ts";
import { block } from "../support/sample-report.ts";
import { table } from "../support/sample-table.ts";
import { CELL } from "./shipped.ts";

function text(slots: Readonly<Record<string, readonly Block[]>>, fields: Record<string, string> = {}): ReportText {
  return { slots, fields: { year: "2021", ...fields } };
}

function compare(before: readonly Block[], after: readonly Block[], slot = "causes") {
  const { slots } = compareTexts(text({ [slot]: before }), text({ [slot]: after }), CELL, replaceMiddle);
  const change = slots.find((each) => each.slot === slot);
  if (!change) throw new Error(`no slot ${slot}`);
  return change;
}

function across(before: Record<string, readonly Block[]>, after: Record<string, readonly Block[]>) {
  const { slots } = compareTexts(text(before), text(after), CELL, replaceMiddle);
  return (slot: string) => slots.find((change) => change.slot === slot)?.blocks ?? [];
}

const kinds = (blocks: readonly BlockChange[]): string[] =>
  blocks.map(({ kind, before, after }) => `${kind} ${(after ?? before)?.id ?? ""}`);

const A = block("a", "Công tác giáo dục chính trị, tư tưởng được coi trọng");
const B = block("b", "Một số đảng viên còn nể nang, né tránh");
const C = block("c", "Sinh hoạt chi bộ giữ được nề nếp");
const D = block("d", "Thu, nộp đảng phí đầy đủ, đúng kỳ hạn");

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

  it("follows a block into another slot, and says in both where it went and whence it came", () => {
    const of = across({ causes: [A, B] }, { causes: [B], tasks: [A] });
    expect(of("causes")).toMatchObject([
      { kind: "left", to: "tasks", before: { id: "a" }, after: null },
      { kind: "same", after: { id: "b" } },
    ]);
    expect(of("tasks")).toMatchObject([{ kind: "moved", from: "causes", before: { id: "a" } }]);
  });

  it("follows a block that was cut and pasted, and so has another id", () => {
    const pasted = { ...A, id: "x" };
    expect(kinds(compare([A, B, C], [B, C, pasted]).blocks)).toEqual(["same b", "same c", "moved x"]);
    const of = across({ causes: [A, B] }, { causes: [B], tasks: [pasted] });
    expect(of("tasks")).toMatchObject([{ kind: "moved", from: "causes", before: { id: "a" }, after: { id: "x" } }]);
    expect(kinds(of("causes"))).toEqual(["left a", "same b"]);
  });

  it("reads a block that was pasted elsewhere with small edits as moved and changed", () => {
    const edited = block("x", "Công tác giáo dục chính trị, tư tưởng luôn được coi trọng");
    for (const of of [
      across({ causes: [A, B] }, { causes: [B], tasks: [C, edited] }),
      across({ causes: [A, B], tasks: [C] }, { causes: [B], tasks: [edited, C] }),
    ]) {
      expect(of("tasks").find(({ kind }) => kind === "moved")).toMatchObject({
        from: "causes",
        before: { id: "a" },
        pieces: [{ kind: "same" }, { kind: "inserted", text: "luôn" }, { kind: "same" }],
      });
      expect(kinds(of("causes"))).toEqual(["left a", "same b"]);
    }
    expect(kinds(compare([A, B, C], [B, C, edited]).blocks)).toEqual(["same b", "same c", "moved x"]);
  });

  it("takes the most alike of several, and does not match blocks that only share common words", () => {
    const near = block("x", "Một số đảng viên còn nể nang, ngại va chạm");
    const nearer = block("y", "Một số đảng viên còn nể nang và né tránh");
    const { blocks } = compare([B, C], [near, nearer, C]);
    expect(kinds(blocks)).toEqual(["inserted x", "changed y", "same c"]);
    const other = block("z", "Một số chỉ tiêu về kinh tế chưa đạt kế hoạch");
    expect(kinds(compare([B], [other]).blocks)).toEqual(["inserted z", "deleted b"]);
  });

  it("does not look for short lines in other slots", () => {
    const none = block("a", "Không có.");
    const of = across({ causes: [none, B] }, { causes: [B], tasks: [{ ...none, id: "x" }] });
    expect(kinds(of("causes"))).toEqual(["deleted a", "same b"]);
    expect(kinds(of("tasks"))).toEqual(["inserted x"]);
  });

  it("knows a paragraph by its words where Enter before it left its id on the empty line", () => {
    const empty = block("a", "");
    expect(kinds(compare([A, B], [empty, { ...A, id: "x" }, B]).blocks)).toEqual(["inserted a", "same x", "same b"]);
    // Where nothing bears its words, an emptied or rewritten paragraph is still itself.
    expect(kinds(compare([A, B], [empty, B]).blocks)).toEqual(["changed a", "same b"]);
    expect(kinds(compare([A, B], [{ ...D, id: "a" }, B]).blocks)).toEqual(["changed a", "same b"]);
  });

  it("shows both sentences whole where two people rewrote one", () => {
    const [mine, yours] = ["Nhiều đồng chí ngại va chạm.", "Công tác phê bình chưa nghiêm."];
    const { blocks } = compare([B], [block("b", `${mine} ${yours}`)]);
    const inserted = blocks.flatMap(({ pieces }) => pieces.filter(({ kind }) => kind === "inserted"));
    expect(inserted.map((piece) => piece.text)).toEqual([`${mine} ${yours}`]);
    expect(blocks.flatMap(({ pieces }) => pieces.filter(({ kind }) => kind === "deleted"))).toHaveLength(1);
  });

  it("does not take the derived id of another slot for a block that came from there", () => {
    const lead = block("lead", blockText(A));
    const of = across({ causes: [lead], tasks: [B] }, { causes: [{ ...A, id: "n" }], tasks: [block("lead", "")] });
    expect(kinds(of("causes"))).toEqual(["same n"]);
    expect(kinds(of("tasks"))).toEqual(["inserted lead", "deleted b"]);
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
      const blocks = ids.map((id, at) => block(id, `Đoạn ${id} ${at % 2} ${at % 2 ? "về phương hướng năm sau" : ""}`));
      return { causes: blocks.slice(0, cut), tasks: blocks.slice(cut) };
    });
    fc.assert(
      fc.property(state, state, (before, after) => {
        const { slots } = compareTexts(text(before), text(after), CELL, replaceMiddle);
        // A trace of what left for another slot stands there beside the block itself.
        const changes = slots.flatMap((slot) => slot.blocks.filter(({ kind }) => kind !== "left"));
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

  it("looks into tables, whose caption is their text", () => {
    const at = (caption: string, figure: string): Block => ({
      ...block("b", caption, "table"),
      table: table([
        ["Nội dung", "Số"],
        ["Kết nạp", figure],
      ]),
    });
    expect(compare([at("Bảng", "12")], [at("Bảng", "12")])).toMatchObject({
      changed: false,
      blocks: [{ kind: "same" }],
    });
    const { changed, blocks } = compare([at("Bảng", "12")], [at("Bảng", "13")]);
    expect(changed).toBe(true);
    expect(blocks).toMatchObject([
      { kind: "changed", pieces: [{ text: "Bảng", kind: "same" }], table: { changed: true } },
    ]);
    expect(compare([], [at("Bảng", "12")]).blocks[0]?.table?.rows.map((row) => row.kind)).toEqual([
      "inserted",
      "inserted",
    ]);
    expect(compare([at("Bảng", "12")], []).blocks[0]?.table?.rows.map((row) => row.kind)).toEqual([
      "deleted",
      "deleted",
    ]);
    const total = {
      ...at("Bảng", "12"),
      table: table(
        [
          ["Nội dung", "Số"],
          ["Kết nạp", "12"],
        ],
        { totals: [1] },
      ),
    };
    expect(compare([at("Bảng", "12")], [total])).toMatchObject({
      changed: true,
      blocks: [{ kind: "same", form: true }],
    });
  });
});
