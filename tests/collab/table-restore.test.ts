import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { docFrom, layTable, ORIGIN, readTable, restoreTable, TableEdit, tableCellText, writeTable } from "#collab";
import type { Align } from "#collab";
import { cellText } from "#model";
import type { MarkName, Table } from "#model";
import { diffWords } from "../../src/client/workspace/compare/word-diff.ts";
import { numberedIds } from "../support/headless-view.ts";
import { table as written } from "../support/sample-table.ts";

const T = "t1";

const FIGURES = [
  ["Đơn vị", "2021", "2022"],
  ["Chi bộ 1", "10", "20"],
  ["Chi bộ 2", "30", "40"],
];

function stored(): Y.Doc {
  const doc = new Y.Doc();
  writeTable(doc, T, written(FIGURES), numberedIds("s"));
  return docFrom(Y.encodeStateAsUpdate(doc));
}

/** One act of a person on a table, by numbers. */
type Act = readonly [what: string, a: number, b: number, c: number];

const acts = (most: number): fc.Arbitrary<Act[]> =>
  fc.array(
    fc.tuple(
      fc.constantFrom(
        "rows",
        "columns",
        "removeRow",
        "removeColumn",
        "merge",
        "split",
        "type",
        "erase",
        "bold",
        "header",
        "total",
        "width",
        "align",
        "undo",
      ),
      fc.nat(9),
      fc.nat(9),
      fc.nat(9),
    ),
    { maxLength: most },
  );

const WORDS = ["Kết nạp", "12", "1.234", "đạt 98,5%", "𝒳", "tổ\nđội"];

class Person {
  readonly doc: Y.Doc;
  readonly edit: TableEdit;

  constructor(state: Uint8Array, name: string) {
    this.doc = docFrom(state);
    this.edit = new TableEdit(this.doc, T, numberedIds(name));
  }

  act([what, a, b, c]: Act): void {
    const { rows, columns, cells } = this.edit.laid();
    const row = rows[a % Math.max(rows.length, 1)];
    const column = columns[b % Math.max(columns.length, 1)];
    const cell = cells.flat()[c % Math.max(cells.flat().length, 1)];
    const spot = cell?.spots[a % cell.spots.length];
    const text = spot && this.edit.text(spot);
    const word = WORDS[b % WORDS.length] ?? "";
    if (what === "rows") this.edit.insertRows(a % (rows.length + 1), 1 + (b % 2));
    if (what === "columns" && columns.length < 8) this.edit.insertColumns(a % (columns.length + 1));
    if (what === "removeRow" && row) this.edit.removeRows([row.id]);
    if (what === "removeColumn" && column) this.edit.removeColumns([column.id]);
    if (what === "merge" && cell) {
      const last = { row: cell.row + (a % 3), column: cell.column + (b % 3) };
      this.edit.merge({ row: cell.row, column: cell.column }, last);
    }
    if (what === "split" && cell) this.edit.split(cell);
    if (what === "type" && text) text.insert(a % (text.length + 1) === 1 ? 0 : text.length, word, {});
    if (what === "erase" && text) text.delete(0, text.length);
    if (what === "bold" && text) text.format(0, Math.ceil(text.length / 2), { strong: true } satisfies Marks);
    if (what === "header" && row) this.edit.setRow(row.id, "header", b % 2 === 0);
    if (what === "total" && row) this.edit.setRow(row.id, "total", b % 2 === 0);
    if (what === "width" && column) this.edit.setWidth(column.id, c < 3 ? null : 40 + c * 10);
    if (what === "align" && cell)
      this.edit.setAlign(cell.origin, ([null, "left", "center", "right"] as (Align | null)[])[a % 4] ?? null);
    if (what === "undo") {
      // A row that is put in and taken back leaves no marker, only what others wrote.
      const made = new Y.UndoManager(this.doc, { trackedOrigins: new Set([ORIGIN.migration]) });
      const edit = new TableEdit(this.doc, T, numberedIds(`u${a}${b}${c}_`), ORIGIN.migration);
      const [id] = edit.insertRows(a % (rows.length + 1));
      if (id !== undefined && column) this.edit.text({ row: id, column: column.id }).insert(0, "mồ côi", {});
      made.undo();
      made.destroy();
    }
  }
}

type Marks = Partial<Record<MarkName, true>>;

function restored(doc: Y.Doc, target: Table): void {
  restoreTable(doc, target, diffWords, numberedIds("r"));
}

/** A table without the ids of its cells. */
const bare = ({ rows, widths }: Table) => ({
  widths,
  rows: rows.map(({ total, cells }) => ({ total, cells: cells.map((cell) => ({ ...cell, id: "" })) })),
});

describe("a table that is restored", () => {
  it("reads as it did, whatever was done to it since, and is the same after a fresh load", () => {
    let kept = 0;
    let cells = 0;
    fc.assert(
      fc.property(acts(12), acts(12), (before, after) => {
        const person = new Person(Y.encodeStateAsUpdate(stored()), "p");
        for (const act of before) person.act(act);
        const version = readTable(person.doc, T);
        for (const act of after) person.act(act);
        restored(person.doc, version);
        const now = readTable(person.doc, T);
        expect(bare(now)).toEqual(bare(version));
        expect(readTable(docFrom(Y.encodeStateAsUpdate(person.doc)), T)).toEqual(now);
        const ids = new Set(now.rows.flatMap((row) => row.cells.map(({ id }) => id)));
        for (const { id } of version.rows.flatMap((row) => row.cells)) {
          cells++;
          if (ids.has(id)) kept++;
        }
        // Done again it changes nothing.
        const state = Y.encodeStateVector(person.doc);
        restored(person.doc, version);
        expect(Y.encodeStateVector(person.doc)).toEqual(state);
      }),
      { numRuns: 150 },
    );
    // Of a merged cell whose first row or column is gone the id may be another.
    expect(kept / cells).toBeGreaterThan(0.95);
  });

  it("loses nothing that somebody else writes at the same time", () => {
    fc.assert(
      fc.property(acts(8), acts(8), acts(6), (before, after, theirs) => {
        const mine = new Person(Y.encodeStateAsUpdate(stored()), "p");
        for (const act of before) mine.act(act);
        const version = readTable(mine.doc, T);
        for (const act of after) mine.act(act);
        const other = new Person(Y.encodeStateAsUpdate(mine.doc), "q");
        restored(mine.doc, version);
        let typed = 0;
        for (const [, a, , c] of theirs) {
          const all = other.edit.laid().cells.flat();
          const spot = all[c % Math.max(all.length, 1)]?.spots[0];
          if (spot)
            other.edit.text(spot).insert(0, String.fromCharCode(0x2460 + typed++), a < 5 ? {} : { strong: true });
        }
        Y.applyUpdate(mine.doc, Y.encodeStateAsUpdate(other.doc));
        Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(mine.doc));
        expect(readTable(mine.doc, T)).toEqual(readTable(other.doc, T));
        const said = readTable(mine.doc, T)
          .rows.flatMap((row) => row.cells.map(cellText))
          .join("|");
        for (let i = 0; i < typed; i++) expect(said.split(String.fromCharCode(0x2460 + i))).toHaveLength(2);
      }),
      { numRuns: 80 },
    );
  });

  it("replaces only the words that differ", () => {
    const doc = stored();
    const edit = new TableEdit(doc, T, numberedIds("n"));
    const spot = edit.laid().cells[1]?.[0]?.spots[0];
    if (!spot) throw new Error("a cell");
    const text = tableCellText(doc, T, spot.row, spot.column);
    text.insert(text.length, " đạt loại tốt", {});
    const version = readTable(doc, T);
    text.delete(text.length - 3, 3);
    text.insert(text.length, "khá", {});
    let deleted = 0;
    text.observe(({ delta }) => {
      for (const { delete: length = 0 } of delta) deleted += length;
    });
    restored(doc, version);
    expect(text.toJSON()).toBe("Chi bộ 1 đạt loại tốt");
    expect(deleted).toBe(3);
  });

  it("brings back removed rows and columns with the ids of their cells", () => {
    const doc = stored();
    const edit = new TableEdit(doc, T, numberedIds("n"));
    const { rows, columns } = layTable(doc, T);
    edit.setRow(rows[2]?.id ?? "", "total", true);
    edit.setWidth(columns[0]?.id ?? "", 120);
    const version = readTable(doc, T);
    edit.removeRows([rows[1]?.id ?? "", rows[2]?.id ?? ""]);
    edit.removeColumns([columns[0]?.id ?? ""]);
    edit.insertRows(1, 2);
    restored(doc, version);
    expect(readTable(doc, T)).toEqual(version);
  });
});
