import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import {
  cellId,
  docFrom,
  inspectUpdate,
  isTextRoot,
  layTable,
  readTable,
  TableEdit,
  tableCellText,
  writeTable,
} from "#collab";
import type { LaidCell, TableContent } from "#collab";
import { cellText, tableGrid } from "#model";
import type { Table } from "#model";
import { numberedIds } from "../support/headless-view.ts";
import { random } from "../support/random.ts";
import { table as written } from "../support/sample-table.ts";

const T = "t1";

/** A table of rows of texts, as it is stored. */
function stored(rows: readonly (readonly string[])[], content: Partial<TableContent> = {}): Y.Doc {
  const doc = new Y.Doc();
  writeTable(doc, T, { ...written(rows), ...content }, numberedIds("s"));
  return docFrom(Y.encodeStateAsUpdate(doc));
}

function editing(doc: Y.Doc): TableEdit {
  return new TableEdit(doc, T, numberedIds(`n${doc.clientID}_`));
}

/** The texts row by row; what is merged stands once. */
function texts(doc: Y.Doc): string[][] {
  return readTable(doc, T).rows.map((row) => row.cells.map(cellText));
}

function at(doc: Y.Doc, row: number, column: number): LaidCell {
  const found = layTable(doc, T)
    .cells.flat()
    .find((cell) => cell.row === row && cell.column === column);
  if (!found) throw new Error(`no cell begins at ${row}, ${column}`);
  return found;
}

function textAt(doc: Y.Doc, row: number, column: number): Y.Text {
  const [spot] = at(doc, row, column).spots;
  if (!spot) throw new Error("a cell shows at least one text");
  return tableCellText(doc, T, spot.row, spot.column);
}

/** What two people do without hearing of each other, and then what both have. */
function apart(base: Y.Doc, one: (doc: Y.Doc) => void, two: (doc: Y.Doc) => void): Y.Doc {
  const a = docFrom(Y.encodeStateAsUpdate(base));
  const b = docFrom(Y.encodeStateAsUpdate(base));
  one(a);
  two(b);
  const [fromA, fromB] = [Y.encodeStateAsUpdate(a), Y.encodeStateAsUpdate(b)];
  Y.applyUpdate(a, fromB);
  Y.applyUpdate(b, fromA);
  expect(readTable(a, T)).toEqual(readTable(b, T));
  expect(readTable(docFrom(fromB, fromA), T)).toEqual(readTable(a, T));
  return a;
}

const FIGURES = [
  ["Đơn vị", "2021", "2022"],
  ["Chi bộ 1", "10", "20"],
  ["Chi bộ 2", "30", "40"],
];

describe("a stored table (S20)", () => {
  it("reads as it was written", () => {
    const content: TableContent = {
      widths: [120, null],
      rows: [
        {
          total: false,
          cells: [
            { header: true, colspan: 2, rowspan: 1, align: "center", paragraphs: [[{ text: "Đầu", marks: ["em"] }]] },
          ],
        },
        {
          total: true,
          cells: [
            { header: false, colspan: 1, rowspan: 1, align: null, paragraphs: [[{ text: "a", marks: [] }], []] },
            { header: false, colspan: 1, rowspan: 1, align: "right", paragraphs: [[]] },
          ],
        },
      ],
    };
    const doc = new Y.Doc();
    writeTable(doc, T, content, numberedIds("s"));
    const read = readTable(docFrom(Y.encodeStateAsUpdate(doc)), T);
    const cells = content.rows.flatMap((row) => row.cells);
    expect(read).toMatchObject({ id: T, ...content });
    expect(read.rows.flatMap((row) => row.cells)).toHaveLength(cells.length);
  });

  it("is a table without rows where nobody wrote, and reading writes nothing", () => {
    const doc = new Y.Doc();
    expect(readTable(doc, T)).toEqual({ id: T, widths: [], rows: [] });
    expect(readTable(doc, "not an id")).toEqual({ id: "", widths: [], rows: [] });
    expect(Y.encodeStateAsUpdate(doc)).toHaveLength(2);
  });

  it("passes the inspection of updates, which knows only text", () => {
    const update = Y.encodeStateAsUpdate(stored(FIGURES));
    const rules = { roots: isTextRoot, text: isTextRoot, maxBytes: 1e6 };
    expect(inspectUpdate(update, new Y.Doc(), rules).refusal).toBeNull();
    for (const root of ["table:", "table:a b", `table:${T}:r`, `table:${T}:r:c:d`, "table:lead/x"]) {
      expect(isTextRoot(root)).toBe(false);
    }
  });
});

describe("edits at the same time (S21)", () => {
  it("keeps every figure in its column where one adds a column and another a row", () => {
    const merged = apart(
      stored(FIGURES),
      (a) => {
        editing(a).insertColumns(1);
        textAt(a, 1, 1).insert(0, "mới");
      },
      (b) => {
        editing(b).insertRows(2);
        ["Chi bộ 3", "50", "60"].forEach((words, column) => textAt(b, 2, column).insert(0, words));
      },
    );
    expect(texts(merged)).toEqual([
      ["Đơn vị", "", "2021", "2022"],
      ["Chi bộ 1", "mới", "10", "20"],
      ["Chi bộ 3", "", "50", "60"],
      ["Chi bộ 2", "", "30", "40"],
    ]);
  });

  it("keeps what is typed into a row that another removes", () => {
    const merged = apart(
      stored(FIGURES),
      (a) => editing(a).removeRows([layTable(a, T).rows[1]?.id ?? ""]),
      (b) => textAt(b, 1, 2).insert(2, " (ước)"),
    );
    expect(texts(merged)).toEqual([
      ["Đơn vị", "2021", "2022"],
      ["", "", " (ước)"],
      ["Chi bộ 2", "30", "40"],
    ]);
  });

  it("keeps what is typed into a column that another removes", () => {
    const merged = apart(
      stored(FIGURES),
      (a) => editing(a).removeColumns([layTable(a, T).columns[1]?.id ?? ""]),
      (b) => {
        editing(b).insertRows(3);
        textAt(b, 3, 1).insert(0, "70");
      },
    );
    expect(texts(merged).map((row) => row[1])).toEqual(["", "", "", "70"]);
  });

  it("keeps what is typed into a row that its maker takes back", () => {
    const doc = stored(FIGURES);
    const manager = new Y.UndoManager(doc, { trackedOrigins: new Set([null]) });
    const other = docFrom(Y.encodeStateAsUpdate(doc));
    new TableEdit(doc, T, numberedIds("own"), null as never).insertRows(1);
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    textAt(other, 1, 0).insert(0, "của người khác");
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), "network");
    manager.undo();
    expect(texts(doc).at(-1)).toEqual(["của người khác", "", ""]);
    manager.redo();
    expect(texts(doc)[1]).toEqual(["của người khác", "", ""]);
  });

  it("loses nothing when one merges cells and another types in one of them", () => {
    const merged = apart(
      stored(FIGURES),
      (a) => editing(a).merge({ row: 1, column: 1 }, { row: 2, column: 2 }),
      (b) => textAt(b, 2, 2).insert(0, "!"),
    );
    expect(texts(merged)).toEqual([["Đơn vị", "2021", "2022"], ["Chi bộ 1", "10\n20\n30\n!40"], ["Chi bộ 2"]]);
  });

  it("merges once where two merge the same cells", () => {
    const merge = (doc: Y.Doc): void => editing(doc).merge({ row: 1, column: 0 }, { row: 2, column: 0 });
    expect(texts(apart(stored(FIGURES), merge, merge)).map((row) => row[0])).toEqual([
      "Đơn vị",
      "Chi bộ 1\nChi bộ 2",
      "30",
    ]);
  });

  it("says the same of a header row to all, and loses no word of it", () => {
    const merged = apart(
      stored(FIGURES),
      (a) => editing(a).setRow(layTable(a, T).rows[0]?.id ?? "", "header", false),
      (b) => textAt(b, 0, 0).insert(0, "Tên "),
    );
    expect(texts(merged)[0]?.[0]).toBe("Tên Đơn vị");
    expect(readTable(merged, T).rows[0]?.cells[0]?.header).toBe(false);
  });
});

describe("merged cells (S22)", () => {
  it("come apart with each text where it was", () => {
    const doc = stored(FIGURES);
    editing(doc).merge({ row: 1, column: 0 }, { row: 2, column: 1 });
    expect(at(doc, 1, 0)).toMatchObject({ rowspan: 2, colspan: 2 });
    editing(doc).split(at(doc, 1, 0));
    expect(texts(doc)).toEqual(FIGURES);
  });

  it("grow with a row put inside them, and keep their text when the first row goes", () => {
    const doc = stored(FIGURES);
    const edit = editing(doc);
    edit.merge({ row: 1, column: 0 }, { row: 2, column: 0 });
    const { id } = at(doc, 1, 0);
    edit.insertRows(2);
    expect(at(doc, 1, 0)).toMatchObject({ rowspan: 3, id });
    edit.removeRows([layTable(doc, T).rows[1]?.id ?? ""]);
    expect(at(doc, 1, 0)).toMatchObject({ rowspan: 2, id });
    expect(texts(doc)[1]).toEqual(["Chi bộ 1\nChi bộ 2", "", ""]);
    edit.split(at(doc, 1, 0));
    expect(texts(doc).map((row) => row[0])).toEqual(["Đơn vị", "Chi bộ 1", "Chi bộ 2"]);
  });

  it("go with the last of their rows", () => {
    const doc = stored(FIGURES);
    const edit = editing(doc);
    edit.merge({ row: 1, column: 0 }, { row: 2, column: 0 });
    edit.removeRows([layTable(doc, T).rows[1]?.id ?? ""]);
    edit.removeRows([layTable(doc, T).rows[1]?.id ?? ""]);
    expect(texts(doc)).toEqual([["Đơn vị", "2021", "2022"]]);
  });
});

/** Every place of the grid is covered once, and reading agrees with the model's own grid. */
function assertGrid(doc: Y.Doc): Table {
  const read = readTable(doc, T);
  const { columns, cells } = layTable(doc, T);
  const grid = tableGrid(read);
  const spell = (
    id: string | undefined,
    at: Readonly<Record<"row" | "column" | "rowspan" | "colspan", number>>,
  ): string => `${id} ${at.row} ${at.column} ${at.rowspan} ${at.colspan}`;
  const places = grid.rows.flat().map((at) => spell(at.cell?.id, at));
  const shown = cells.flat().map((cell) => spell(cell.id, cell));
  if (places.join() !== shown.join()) throw new Error(`the grids differ: ${places.join()} and ${shown.join()}`);
  expect(read.rows.length === 0 ? 0 : grid.columns).toBe(read.rows.length === 0 ? 0 : columns.length);
  const ids = cells.flat().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  return read;
}

/** Random people at work on one table, some of them long without a network; a character is lost only by its deleter. */
function runTable(seed: number): { typed: number } {
  const r = random(seed);
  const server = stored(FIGURES);
  const people = Array.from({ length: 2 + r.int(2) }, (_, i) => {
    const doc = docFrom(Y.encodeStateAsUpdate(server));
    doc.clientID = 10 + i;
    const undo = new Y.UndoManager(doc, { trackedOrigins: new Set(["self"]), captureTimeout: 0 });
    return { doc, undo, edit: new TableEdit(doc, T, numberedIds(`p${i}_`), "self" as never) };
  });
  const typed = new Set<string>();
  const deleted = new Set<string>();
  const charsOf = (doc: Y.Doc): string[] => {
    const read = readTable(doc, T);
    return read.rows
      .flatMap((row) => row.cells.flatMap((cell) => Array.from(cellText(cell))))
      .filter((char) => char >= "\u4e00");
  };
  const sync = (doc: Y.Doc): void => {
    Y.applyUpdate(server, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server)), "network");
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(server, Y.encodeStateVector(doc)), "network");
  };
  const undoes = r() < 0.5;
  for (let step = 0; step < 30; step++) {
    const { doc, edit, undo } = r.pick(people);
    const { rows, columns, cells } = edit.laid();
    const before = charsOf(doc);
    const cell = cells.flat().length > 0 ? r.pick(cells.flat()) : null;
    const act = r.weighted({
      type: 8,
      erase: 2,
      row: 2,
      column: 2,
      dropRow: 1,
      dropColumn: 1,
      merge: 2,
      split: 1,
      row_: 1,
      undo: undoes ? 2 : 0,
      redo: undoes ? 1 : 0,
    });
    const spot = cell ? r.pick(cell.spots) : null;
    const text = spot ? tableCellText(doc, T, spot.row, spot.column) : null;
    if (act === "type" && text) {
      const char = String.fromCodePoint(0x4e00 + typed.size);
      typed.add(char);
      doc.transact(() => text.insert(r.int(text.length + 1), char, {}), "self");
    } else if (act === "erase" && text && text.length > 0) {
      doc.transact(() => text.delete(r.int(text.length), 1), "self");
    } else if (act === "row") edit.insertRows(r.int(rows.length + 1), 1 + r.int(2));
    else if (act === "column") edit.insertColumns(r.int(columns.length + 1));
    else if (act === "dropRow" && rows.length > 1) edit.removeRows([r.pick(rows).id]);
    else if (act === "dropColumn" && columns.length > 1) edit.removeColumns([r.pick(columns).id]);
    else if (act === "merge" && cell) {
      edit.merge(cell, {
        row: r.int(rows.length - cell.row) + cell.row,
        column: r.int(columns.length - cell.column) + cell.column,
      });
    } else if (act === "split" && cell) edit.split(cell);
    else if (act === "row_" && rows.length > 0) edit.setRow(r.pick(rows).id, r.pick(["header", "total"]), r() < 0.7);
    else if (act === "undo") undo.undo();
    else if (act === "redo") undo.redo();
    assertGrid(doc);
    const after = new Set(charsOf(doc));
    for (const char of before) if (!after.has(char)) deleted.add(char);
    if (r() < 0.3) sync(doc);
  }
  for (const { doc } of [...people, ...people]) sync(doc);
  const final = charsOf(server);
  for (const char of typed) {
    const count = final.filter((one) => one === char).length;
    if (count === 0 && !deleted.has(char)) throw new Error(`seed ${seed}: ${char} is lost`);
    if (count > 1 && !undoes) throw new Error(`seed ${seed}: ${char} stands there ${count} times`);
  }
  for (const { doc } of people) expect(readTable(doc, T)).toEqual(readTable(server, T));
  expect(assertGrid(docFrom(Y.encodeStateAsUpdate(server)))).toEqual(readTable(server, T));
  return { typed: typed.size };
}

describe("the laws (S20 to S22)", () => {
  it("hold for people who type, add, remove, merge and undo at once", () => {
    let typed = 0;
    for (let seed = 1; seed <= 80; seed++) typed += runTable(seed).typed;
    expect(typed).toBeGreaterThan(400);
  });

  it("are total: any content of the roots is a table, and rows can be put into it", () => {
    const nonsense: readonly unknown[] = [
      null,
      true,
      7,
      "r1",
      "",
      "a b",
      [],
      {},
      ["r1"],
      ["r1", true],
      ["r1", "r2", "c2"],
      ["r2", "r1", "c1"],
      ["c1", -5],
      ["c1", 1e9],
    ];
    const keys = [
      "row",
      "column",
      "gone",
      "header",
      "total",
      "width",
      "align:c1",
      "span:c1",
      "span:c2",
      "b",
      "__proto__",
    ];
    for (let seed = 1; seed <= 150; seed++) {
      const r = random(seed);
      const doc = r() < 0.5 ? stored(FIGURES) : new Y.Doc();
      for (let step = 0; step < 12; step++) {
        const roots = [`table:${T}`, `table:${T}:r1:c1`, `table:${T}:r2:c2`, `table:${T}:r1:c2`, `table:${T}:-:c1`];
        const text = doc.getText(r.pick(roots));
        const place = r.int(text.length + 1);
        const attributes = { [r.pick(keys)]: r.pick(nonsense), [r.pick(keys)]: r.pick(["r1", "r2", "c1", "c2"]) };
        const act = r.int(5);
        if (act === 0) text.insert(place, r.pick(["\n", "\n\n\n", "x", "\uD83D\uDE00"]), attributes);
        else if (act === 1) text.insertEmbed(place, r.pick([{ image: "x" }, {}, new Y.Map(), new Y.Text("inner")]));
        else if (act === 2 && text.length > place) text.format(place, 1, attributes);
        else if (act === 3 && text.length > place) text.delete(place, 1);
        else text.setAttribute("row", r.pick(nonsense));
      }
      assertGrid(doc);
      const edit = editing(doc);
      const [row] = edit.insertRows(r.int(4));
      const [column] = edit.insertColumns(r.int(4));
      edit.merge({ row: 0, column: 0 }, { row: 9, column: 0 });
      expect(row && column && layTable(doc, T).rows.some(({ id }) => id === row)).toBe(true);
      assertGrid(doc);
      expect(cellId({ row: row ?? "", column: column ?? "" })).toMatch(/^[A-Za-z0-9_-]{3,63}$/);
    }
  });
});
