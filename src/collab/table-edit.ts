import type * as Y from "yjs";
import { tableGrid } from "#model";
import type { TableCell, TextRun } from "#model";
import { ORIGIN, tableCellText, tableFrameText } from "./layout.ts";
import type { Origin } from "./layout.ts";
import { removeText } from "./slot-write.ts";
import { markAttributes, readMarks, slotPieces } from "./slot.ts";
import { cellKey, COLUMN_KEY, lineId, property, readFrame, ROW_KEY } from "./table-frame.ts";
import type { Align } from "./table-frame.ts";
import { cellId, layTable, MOST_COLUMNS, MOST_ROWS } from "./table.ts";
import type { LaidCell, LaidTable, Spot } from "./table.ts";

/** What {@link writeTable} writes: a table without the ids, which are made. */
export interface TableContent {
  readonly widths: readonly (number | null)[];
  readonly rows: readonly {
    readonly total: boolean;
    readonly cells: readonly Omit<TableCell, "id">[];
  }[];
}

/**
 * The operations on a table's rows, columns and cells, on a body that is alive. None ever removes a text that its
 * caller had not seen. Each is one transaction. What makes no sense, as a row that is not there, does nothing.
 */
export class TableEdit {
  readonly #doc: Y.Doc;
  readonly #table: string;
  readonly #newId: () => string;
  readonly #origin: Origin;

  constructor(doc: Y.Doc, table: string, newId: () => string, origin: Origin = ORIGIN.editor) {
    this.#doc = doc;
    this.#table = table;
    this.#newId = newId;
    this.#origin = origin;
  }

  /** The table as it is shown now. */
  laid(): LaidTable {
    return layTable(this.#doc, this.#table);
  }

  /** Puts rows before the row that stands at `at`, or last. The ids of the new ones; none where there is no room. */
  insertRows(at: number, count = 1): string[] {
    const { rows } = this.laid();
    return this.#insertLines(ROW_KEY, rows, at, Math.min(count, MOST_ROWS - rows.length));
  }

  /** Puts columns before the column that stands at `at`, or last. */
  insertColumns(at: number, count = 1): string[] {
    const { columns } = this.laid();
    return this.#insertLines(COLUMN_KEY, columns, at, Math.min(count, MOST_COLUMNS - columns.length));
  }

  /** Removes rows with what stands in them. A merged cell that reaches beyond them keeps its text. */
  removeRows(ids: readonly string[]): void {
    this.#transact(() => {
      const { rows, cells } = this.laid();
      const gone = rows.filter(({ id }) => ids.includes(id));
      for (const { row, rowspan, spots } of cells.flat()) {
        if (rows.slice(row, row + rowspan).every((one) => gone.includes(one))) this.setText(spots, []);
      }
      for (const { id } of gone) this.#set(id, "gone", true);
    });
  }

  /** Removes columns with what stands in them. A merged cell that reaches beyond them keeps its text. */
  removeColumns(ids: readonly string[]): void {
    this.#transact(() => {
      const { columns, cells } = this.laid();
      const gone = columns.filter(({ id }) => ids.includes(id));
      for (const { column, colspan, spots } of cells.flat()) {
        if (columns.slice(column, column + colspan).every((one) => gone.includes(one))) this.setText(spots, []);
      }
      for (const { id } of gone) this.#set(id, "gone", true);
    });
  }

  /** Makes one cell of all from `first` to `last`, by their places on the grid. Every text stays where it is stored. */
  merge(first: { row: number; column: number }, last: { row: number; column: number }): void {
    this.#transact(() => {
      const laid = this.laid();
      const end = spotAt(laid, last.row, last.column);
      const begin = spotAt(laid, first.row, first.column);
      if (!begin || !end) return;
      for (const cell of laid.cells.flat()) {
        const inside =
          cell.row >= first.row && cell.row <= last.row && cell.column >= first.column && cell.column <= last.column;
        if (inside && isMerged(cell)) this.#unmerge(laid, cell);
      }
      this.#set(begin.row, cellKey("span", begin.column), end.row, end.column);
    });
  }

  /** Takes a merged cell apart: each of its texts stands in its own cell again. */
  split(cell: LaidCell): void {
    this.#transact(() => this.#unmerge(this.laid(), cell));
  }

  setRow(id: string, says: "header" | "total", on: boolean): void {
    this.#transact(() => this.#set(id, says, ...(on ? [true] : [])));
  }

  /** A width in CSS pixels; null leaves it to the screen and the paper. */
  setWidth(column: string, width: number | null): void {
    this.#transact(() => this.#set(column, "width", ...(width === null ? [] : [width])));
  }

  /** Null: numbers stand on the right, words on the left. */
  setAlign({ row, column }: Spot, align: Align | null): void {
    this.#transact(() => this.#set(row, cellKey("align", column), ...(align === null ? [] : [align])));
  }

  /** Puts lines of text in place of what a cell holds. */
  setText(spots: readonly Spot[], lines: readonly (readonly TextRun[])[]): void {
    this.#transact(() => {
      for (const spot of spots) {
        empty(this.text(spot));
      }
      const [first] = spots;
      if (first) writeLines(this.text(first), lines);
    });
  }

  /** Puts a figure in place of the one that a cell holds: what both begin and end with stays, with its marks. */
  replaceText(spot: Spot, words: string): void {
    const text = this.text(spot);
    const old = text.toJSON();
    let head = 0;
    while (head < Math.min(old.length, words.length) && old[head] === words[head]) head++;
    let tail = 0;
    while (tail < Math.min(old.length, words.length) - head && old.at(-1 - tail) === words.at(-1 - tail)) tail++;
    this.#transact(() => {
      removeText(text, head, old.slice(head, old.length - tail));
      text.insert(head, words.slice(head, words.length - tail));
    });
  }

  /** Puts a line of words in place of a stretch of a cell's text, under the marks that hold where it begins. */
  replaceRange(spot: Spot, from: number, to: number, words: string): void {
    const text = this.text(spot);
    let at = 0;
    const pieces = slotPieces(text);
    const marked = pieces.find((piece) => (at += piece.text.length) > from);
    const old = pieces.map((piece) => piece.text).join("");
    this.#transact(() => {
      removeText(text, from, old.slice(from, to));
      const line = words.replaceAll(/[\r\n]+/g, " ").replaceAll(/\p{Surrogate}/gu, "\uFFFD");
      if (line !== "") text.insert(from, line, markAttributes(readMarks(marked?.attributes ?? {})));
    });
  }

  /** The text that is stored in a place. */
  text({ row, column }: Spot): Y.Text {
    return tableCellText(this.#doc, this.#table, row, column);
  }

  #transact(change: () => void): void {
    this.#doc.transact(change, this.#origin);
  }

  #insertLines(key: string, lines: readonly { readonly id: string }[], at: number, count: number): string[] {
    const made = Array.from({ length: Math.max(count, 0) }, () => lineId(this.#newId()));
    this.#transact(() => {
      const frame = readFrame(this.#doc, this.#table);
      const known = key === ROW_KEY ? frame.rows : frame.columns;
      const indexOf = (id: string | undefined): number | undefined => known.find((line) => line.id === id)?.index;
      // After the line before, where that has a place: so a row put below another stays below it, whoever writes above.
      const before = indexOf(lines[at - 1]?.id);
      let index = before === undefined ? (indexOf(lines[at]?.id) ?? frame.length) : before + 1;
      for (const id of made) {
        tableFrameText(this.#doc, this.#table).insert(index, "\n", { [key]: id });
        index++;
      }
    });
    return made;
  }

  #set(line: string, key: string, ...values: readonly (string | number | boolean)[]): void {
    const frame = readFrame(this.#doc, this.#table);
    const found = [...frame.rows, ...frame.columns].find(({ id }) => id === line);
    const value = values.length === 0 ? null : property(line, ...values);
    if (found) tableFrameText(this.#doc, this.#table).format(found.index, 1, { [key]: value });
  }

  /** What stands in rows and columns that were removed comes to the first place that is left. */
  #unmerge(laid: LaidTable, cell: LaidCell): void {
    this.#set(cell.origin.row, cellKey("span", cell.origin.column));
    const first = spotAt(laid, cell.row, cell.column);
    for (const spot of cell.spots.toReversed()) {
      const stays = laid.rows.some(({ id }) => id === spot.row) && laid.columns.some(({ id }) => id === spot.column);
      if (!stays && first) moveText(this.text(spot), this.text(first));
    }
  }
}

function isMerged({ rowspan, colspan, spots, origin }: LaidCell): boolean {
  return rowspan > 1 || colspan > 1 || spots.some((spot) => cellId(spot) !== cellId(origin));
}

function empty(text: Y.Text): void {
  removeText(
    text,
    0,
    slotPieces(text)
      .map((piece) => piece.text)
      .join(""),
  );
}

function spotAt(laid: LaidTable, row: number, column: number): Spot | null {
  const r = laid.rows[row]?.id;
  const c = laid.columns[column]?.id;
  return r === undefined || c === undefined ? null : { row: r, column: c };
}

function moveText(from: Y.Text, to: Y.Text): void {
  let at = 0;
  for (const { text, attributes } of slotPieces(from)) {
    to.insert(at, text, { ...attributes });
    at += text.length;
  }
  if (at > 0 && to.length > at) to.insert(at, "\n", {});
  empty(from);
}

function writeLines(text: Y.Text, lines: readonly (readonly TextRun[])[]): void {
  let at = 0;
  const put = (chars: string, attributes: Record<string, unknown>): void => {
    if (chars === "") return;
    text.insert(at, chars, attributes);
    at += chars.length;
  };
  for (const [i, runs] of lines.entries()) {
    if (i > 0) put("\n", {});
    for (const run of runs) {
      put(run.text.replaceAll(/[\r\n]+/g, " ").replaceAll(/\p{Surrogate}/gu, "\uFFFD"), markAttributes(run.marks));
    }
  }
}

/**
 * Writes the content of a new table under an id that no table has yet, within one transaction. A row whose cells are all
 * headers is a header row. Writing twice under one id doubles the rows.
 */
export function writeTable(
  doc: Y.Doc,
  table: string,
  content: TableContent,
  newId: () => string,
  origin: Origin = ORIGIN.import,
): void {
  doc.transact(() => {
    const named = {
      id: table,
      ...content,
      rows: content.rows.map((row) => ({ ...row, cells: row.cells.map((cell) => ({ ...cell, id: "" })) })),
    };
    const grid = tableGrid(named);
    const edit = new TableEdit(doc, table, newId, origin);
    const columns = edit.insertColumns(0, Math.max(grid.columns, 1));
    const rows = edit.insertRows(0, Math.max(grid.rows.length, 1));
    for (const [i, width] of content.widths.entries()) {
      const column = columns[i];
      if (column !== undefined && width !== null) edit.setWidth(column, width);
    }
    for (const [r, cells] of grid.rows.entries()) {
      const row = rows[r];
      if (row === undefined) continue;
      if (content.rows[r]?.total) edit.setRow(row, "total", true);
      if (cells.length > 0 && cells.every(({ cell }) => cell?.header)) edit.setRow(row, "header", true);
      for (const { cell, column: c, rowspan, colspan } of cells) {
        const column = columns[c];
        if (!cell || column === undefined) continue;
        edit.setText([{ row, column }], cell.paragraphs);
        if (cell.align !== null) edit.setAlign({ row, column }, cell.align);
        if (rowspan > 1 || colspan > 1)
          edit.merge({ row: r, column: c }, { row: r + rowspan - 1, column: c + colspan - 1 });
      }
    }
  }, origin);
}
