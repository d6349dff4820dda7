import { readSlot, readTable, readText, slotText, TableEdit } from "#collab";
import type { Comment, TableInput } from "#model";
import { cellPlace, cellPlaceWords } from "#model";
import { CellFinder, cellTarget, placeOf, placeRecords } from "#comments";
import { describe, expect, it } from "vitest";
import type * as Y from "yjs";
import { bodyOf, commentOf, commentOn, counting, later, templateOf } from "./sample.ts";

const TABLE: TableInput = {
  kind: "table",
  text: "Kết quả kết nạp",
  totals: [4],
  rows: [
    ["Nội dung", "2020", "2021"],
    ["Kết nạp", "12", "15"],
    ["Chuyển đến", "3", ""],
    ["Cộng", "15", "15"],
  ],
};
const TEMPLATE = templateOf("s", "t");

/** A body with a table between two paragraphs, and what tests do with it. */
function tableBody() {
  const body = bodyOf({ s: ["một hai", TABLE, "ba bốn"], t: ["năm"] });
  const id = tableIn(body, "s");
  const cellAt = (row: number, column: number): string => readTable(body, id).rows[row]?.cells[column]?.id ?? "";
  const on = (row: number, column: number, name: string, over: Partial<Comment> = {}): Comment => {
    const target = cellTarget("s", readTable(body, id), cellAt(row, column));
    if (!target) throw new Error(`no cell ${row} ${column}`);
    return commentOf(name, { target, ...over });
  };
  return { body, id, cellAt, on, edit: new TableEdit(body, id, counting("n")) };
}

function tableIn(body: Y.Doc, slot: string): string {
  const [table] = readSlot(slotText(body, slot)).flatMap((block) => block.table ?? []);
  if (!table) throw new Error("no table");
  return table.id;
}

const wordsOf = (body: Y.Doc, comment: Comment): string | null => {
  const place = cellPlace(readText(body, TEMPLATE), TEMPLATE, placeOf(body, comment.target));
  return place && cellPlaceWords(place, "vi");
};

describe("a comment on a cell", () => {
  it("quotes the cell, its row and its column", () => {
    const { on } = tableBody();
    expect(on(1, 2, "a").target).toMatchObject({ quote: { exact: "15", prefix: "Kết nạp", suffix: "2021" } });
    expect(on(2, 2, "a").target).toMatchObject({ quote: { exact: "", prefix: "Chuyển đến", suffix: "2021" } });
    expect(on(1, 0, "a").target).toMatchObject({ quote: { exact: "Kết nạp", prefix: "", suffix: "Nội dung" } });
    expect(on(0, 1, "a").target).toMatchObject({ quote: { exact: "2020", prefix: "Nội dung", suffix: "" } });
  });

  it("is about no cell that the table has not", () => {
    const { body, id } = tableBody();
    expect(cellTarget("s", readTable(body, id), "none")).toBeNull();
  });

  it("stays with its cell whatever rows and columns come before it, and whatever is written in it", () => {
    const { body, on, edit } = tableBody();
    const comment = on(1, 2, "a");
    expect(wordsOf(body, comment)).toBe("Bảng 1, hàng 2, cột “2021”");
    edit.insertRows(1);
    edit.insertColumns(0);
    const [spot] = edit.laid().cells[2]?.[3]?.spots ?? [];
    if (spot) edit.setText([spot], [[{ text: "16", marks: [] }]]);
    expect(wordsOf(body, comment)).toBe("Bảng 1, hàng 3, cột “2021”");
  });

  it("goes along with its table into another section", () => {
    const { body, id, on } = tableBody();
    const comment = on(1, 1, "a");
    const from = slotText(body, "s");
    from.delete(8, 1);
    slotText(body, "t").insert(4, "\n", { b: { id: "moved", kind: "table", level: 0, table: id } });
    expect(placeOf(body, comment.target)).toMatchObject({
      slot: "t",
      from: { block: "moved" },
      cell: expect.any(String),
    });
    expect(wordsOf(body, comment)).toBe("Bảng 1, hàng 2, cột “2020”");
  });

  it("stands in the cell its own was merged into", () => {
    const { body, cellAt, on, edit } = tableBody();
    const comment = on(2, 2, "a");
    edit.merge({ row: 1, column: 1 }, { row: 2, column: 2 });
    expect(placeOf(body, comment.target)?.cell).toBe(cellAt(1, 1));
  });

  it("has no place once its row, its column or its table is gone, and has it again when they are back", () => {
    const row = tableBody();
    const comment = row.on(1, 2, "a");
    row.edit.removeRows([row.edit.laid().rows[1]?.id ?? ""]);
    expect(placeOf(row.body, comment.target)).toBeNull();
    const table = tableBody();
    const other = table.on(1, 2, "a");
    slotText(table.body, "s").delete(8, 1 + TABLE.text.length);
    expect(placeOf(table.body, other.target)).toBeNull();
    slotText(table.body, "s").insert(8, "\n", { b: { id: "back", kind: "table", level: 0, table: table.id } });
    expect(placeOf(table.body, other.target)).not.toBeNull();
  });

  it("has no place for a target nobody could have made", () => {
    const { body, id, on } = tableBody();
    const { target } = on(1, 1, "a");
    if (target.scope !== "cell") throw new Error("a cell");
    for (const odd of [{ table: "none" }, { cell: "x" }, { cell: "x-y" }, { cell: `${target.cell}-z` }, { cell: "" }]) {
      expect(new CellFinder(body).find({ ...target, ...odd })).toBeNull();
    }
    expect(new CellFinder(body).find({ ...target, slot: "t" })?.place.slot).toBe("s");
    expect(readTable(body, id).rows).toHaveLength(4);
  });

  it("comes after those on the caption, row by row, and before those on the next block", () => {
    const { body, on } = tableBody();
    const comments = [
      commentOn(body, "s", "ba", "after"),
      on(3, 0, "total"),
      on(1, 2, "right"),
      on(1, 1, "left-late", { createdAt: later(9) }),
      on(1, 1, "left"),
      commentOn(body, "s", "Kết quả", "caption"),
      commentOn(body, "s", "hai", "before"),
      commentOf("gone", {
        target: { scope: "cell", slot: "s", table: "none", cell: "a-b", quote: { exact: "", prefix: "", suffix: "" } },
      }),
      commentOf("slot", { target: { scope: "slot", slot: "s" } }),
    ];
    const records = comments.map((comment) => ({
      comment,
      author: { id: "binh", name: "", unit: "", role: "delegate" as const },
      replies: [],
      decision: null,
    }));
    const ordered = placeRecords(records, TEMPLATE, body);
    expect(ordered.map(({ comment }) => comment.id)).toEqual([
      "slot",
      "before",
      "caption",
      "left",
      "left-late",
      "right",
      "total",
      "after",
      "gone",
    ]);
    expect(ordered.map(({ place }) => place !== null)).toEqual([
      false,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
  });
});
