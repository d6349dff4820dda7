import type { Piece, Table, TableChange } from "#model";
import { cellText, compareTexts, tableGrid } from "#model";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyTable } from "../support/any-table.ts";
import { replaceMiddle } from "../support/replace-middle.ts";
import { block } from "../support/sample-report.ts";
import { cell, table } from "../support/sample-table.ts";
import { CELL } from "./shipped.ts";

function compare(before: Table, after: Table): TableChange {
  const text = (content: Table) => ({
    slots: { causes: [{ ...block("b", "", "table"), table: content }] },
    fields: {},
  });
  const { slots } = compareTexts(text(before), text(after), CELL, replaceMiddle);
  const change = slots.find((slot) => slot.slot === "causes")?.blocks[0]?.table;
  if (!change) throw new Error("a table is compared");
  return change;
}

/** Each row as its kind and its cells, `-` before what went and `+` before what came. */
function shown({ rows }: TableChange): string[] {
  const sign = { same: "", inserted: "+", deleted: "-" };
  return rows.map(
    ({ kind, cells }) =>
      `${sign[kind]}| ${cells.map(({ pieces }) => pieces.map((piece) => `${sign[piece.kind]}${piece.text}`).join(" ")).join(" | ")}`,
  );
}

/** A table of rows of cells, each named as it says. */
function named(rows: readonly (readonly [id: string, text: string][])[]): Table {
  return {
    id: "t",
    widths: [],
    rows: rows.map((cells) => ({ total: false, cells: cells.map(([id, text]) => cell(id, text)) })),
  };
}

const BEFORE = table([
  ["Nội dung", "2020", "2021"],
  ["Kết nạp", "12", "15"],
  ["Chuyển đến", "3", "4"],
]);

describe("the comparison of a table", () => {
  it("finds nothing between a table and itself", () => {
    const change = compare(BEFORE, BEFORE);
    expect(change).toMatchObject({ changed: false, form: false, columns: ["same", "same", "same"] });
    expect(shown(change)).toEqual(["| Nội dung | 2020 | 2021", "| Kết nạp | 12 | 15", "| Chuyển đến | 3 | 4"]);
  });

  it("shows the words of a cell that came and went", () => {
    const after = table([
      ["Nội dung", "2020", "2021"],
      ["Kết nạp mới", "12", "16"],
      ["Chuyển đến", "3", "4"],
    ]);
    expect(shown(compare(BEFORE, after))[1]).toBe("| Kết nạp +mới | 12 | -15 +16");
  });

  it("shows rows that came and went where they stand", () => {
    const row = (id: string, text: string): [string, string][] => [
      [`${id}-a`, text],
      [`${id}-b`, "1"],
    ];
    const change = compare(
      named([row("1", "một"), row("2", "hai"), row("3", "ba")]),
      named([row("1", "một"), row("9", "mới"), row("3", "ba")]),
    );
    expect(shown(change)).toEqual(["| một | 1", "+| +mới | +1", "-| -hai | -1", "| ba | 1"]);
    expect(change.changed).toBe(true);
  });

  it("shows columns that came and went where they stand", () => {
    const line = (row: string, columns: string): [string, string][] =>
      columns.split("").map((name) => [`${row}-${name}`, `${name}${row}`]);
    const change = compare(named([line("1", "abc"), line("2", "abc")]), named([line("1", "axc"), line("2", "axc")]));
    expect(change.columns).toEqual(["same", "inserted", "deleted", "same"]);
    expect(shown(change)).toEqual(["| a1 | +x1 | -b1 | c1", "| a2 | +x2 | -b2 | c2"]);
  });

  it("knows a row of other ids by its words, and takes one that was moved for deleted and inserted", () => {
    const row = (id: string, text: string): [string, string][] => [
      [id, text],
      [`${id}b`, text],
    ];
    const same = compare(named([row("1", "một"), row("2", "hai")]), named([row("1", "một"), row("7", "hai")]));
    expect(same.changed).toBe(false);
    const moved = compare(named([row("1", "một"), row("2", "hai")]), named([row("2", "hai"), row("1", "một")]));
    expect(moved.rows.map(({ kind }) => kind).toSorted((a, b) => a.localeCompare(b))).toEqual([
      "deleted",
      "inserted",
      "same",
    ]);
  });

  it("calls marks, alignment, headers, totals and merged cells form", () => {
    const one = (change: Partial<ReturnType<typeof cell>>, total = false): Table => ({
      id: "t",
      widths: [],
      rows: [
        { total, cells: [cell("a", "x", change), cell("b", "y")] },
        { total: false, cells: [cell("c", "x"), cell("d", "y")] },
      ],
    });
    const bold = { paragraphs: [[{ text: "x", marks: ["strong"] as const }]] };
    for (const after of [one(bold), one({ align: "center" }), one({ header: true }), one({}, true)]) {
      expect(compare(one({}), after)).toMatchObject({ changed: false, form: true });
    }
    expect(compare(one({}), one({}))).toMatchObject({ changed: false, form: false });
    const merged = table([[{ text: "x", colspan: 2 }]], { headers: 0 });
    expect(compare(table([["x", ""]], { headers: 0 }), merged).form).toBe(true);
  });

  it("gives back both tables, whatever they hold", () => {
    const some = anyTable(fc.constantFrom("một", "hai ba", "4", " "));
    fc.assert(
      fc.property(some, some, (before, after) => {
        const change = compare(before, after);
        const side = (content: Table, gone: Piece["kind"]): void => {
          const told = change.rows
            .filter((row) => row.kind !== gone)
            .map((row) =>
              row.cells
                .filter((_, at) => change.columns[at] !== gone)
                .map(({ pieces }) =>
                  pieces
                    .filter((piece) => piece.kind !== gone)
                    .map((piece) => piece.text)
                    .join(" "),
                ),
            );
          const { columns, rows } = tableGrid(content);
          const texts = rows.map((row) =>
            Array.from({ length: columns }, (_, column) => {
              const at = row.find((each) => each.column === column);
              return at?.cell ? cellText(at.cell) : "";
            }),
          );
          expect(told).toEqual(texts);
        };
        side(before, "inserted");
        side(after, "deleted");
      }),
      { numRuns: 500 },
    );
  });
});
