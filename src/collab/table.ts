import * as Y from "yjs";
import { emptyTable, WIDEST_SPAN } from "#model";
import type { Table, TableCell, TextRun } from "#model";
import { isStoredId, readMarks, slotPieces } from "./slot.ts";
import { tableCellRoot, tableCellText, tableOfRoot, tableRoot } from "./layout.ts";
import { isLineId, readFrame } from "./table-frame.ts";
import type { Align, FrameColumn, FrameRow } from "./table-frame.ts";

/** A row as it is shown. */
export interface LaidRow {
  readonly id: string;
  readonly header: boolean;
  readonly total: boolean;
}

/** A column as it is shown. */
export interface LaidColumn {
  readonly id: string;
  readonly width: number | null;
}

/** The place in which a row and a column meet, and where a text of its own is stored. */
export interface Spot {
  readonly row: string;
  readonly column: string;
}

/** A cell as it is shown: where it begins on the grid, how far it reaches, and whose texts it shows, at least one. */
export interface LaidCell {
  readonly id: string;
  /** The place where its properties are stored; of a merged cell, the one it was merged from. */
  readonly origin: Spot;
  readonly row: number;
  readonly column: number;
  readonly rowspan: number;
  readonly colspan: number;
  readonly align: Align | null;
  readonly spots: readonly Spot[];
}

/** A table laid out: every place of its grid is covered by exactly one cell. Without rows or columns there are none. */
export interface LaidTable {
  readonly rows: readonly LaidRow[];
  readonly columns: readonly LaidColumn[];
  /** For each row the cells that begin in it, from left to right. */
  readonly cells: readonly (readonly LaidCell[])[];
}

/** The most rows and columns that are shown; Word knows no more columns. */
export const MOST_ROWS = 1000;
export const MOST_COLUMNS = WIDEST_SPAN;

/** The id of the cell in a row and a column. A merged cell has the id of its first. */
export function cellId({ row, column }: Spot): string {
  return `${row}-${column}`;
}

/** The row and the column of a cell's id, or null for what is none. */
export function spotOf(cell: string): Spot | null {
  const [row, column, ...rest] = cell.split("-");
  return row && column && rest.length === 0 ? { row, column } : null;
}

/** The most merged cells of one table: each is compared with the others. */
const MOST_AREAS = 1000;

/**
 * Lays a table out. Total, and it loses no words: a row or a column that was removed stands there as long as a text in
 * it is not empty, because somebody wrote it who had not seen the removal; one that the frame does not know comes last.
 * A merged cell shows the texts of all places between its first and its last, also of rows and columns that were removed;
 * of two that overlap the later is not merged.
 */
export function layTable(doc: Y.Doc, table: string): LaidTable {
  const frame = readFrame(doc, table);
  const written = writtenSpots(doc, table);
  const rows = new Lines(frame.rows, written.keys(), (id) => ({ ...NEW_ROW, id }));
  const columns = new Lines(
    frame.columns,
    [...written.values()].flatMap((ids) => [...ids]),
    (id) => ({ ...NEW_COLUMN, id }),
  );
  const areas = mergedAreas(rows, columns);
  for (const [row, ids] of written) {
    for (const column of ids) {
      if (areas.some((area) => holds(area, rows.place(row), columns.place(column)))) continue;
      rows.keep(row);
      columns.keep(column);
    }
  }
  const shownRows = rows.shown(MOST_ROWS);
  const shownColumns = columns.shown(MOST_COLUMNS);
  const covered: (Area | undefined)[][] = shownRows.map(() => []);
  for (const area of areas) {
    const left = shownColumns.findIndex(({ id }) => columns.place(id) >= area.left);
    for (const [r, { id }] of shownRows.entries()) {
      if (rows.place(id) < area.top || rows.place(id) > area.bottom) continue;
      for (let c = left; c >= 0 && c < shownColumns.length; c++) {
        const column = shownColumns[c];
        if (!column || columns.place(column.id) > area.right) break;
        const line = covered[r];
        if (line) line[c] = area;
      }
    }
  }
  const cells = shownRows.map((row, r): LaidCell[] =>
    shownColumns.flatMap((column, c) => {
      const area = covered[r]?.[c];
      if (!area) {
        const spot = { row: row.id, column: column.id };
        const align = row.aligns.get(column.id) ?? null;
        return [{ id: cellId(spot), origin: spot, row: r, column: c, rowspan: 1, colspan: 1, align, spots: [spot] }];
      }
      if (covered[r - 1]?.[c] === area || covered[r]?.[c - 1] === area) return [];
      const origin = { row: rows.all[area.top]?.id ?? row.id, column: columns.all[area.left]?.id ?? column.id };
      const spots = rows.all.slice(area.top, area.bottom + 1).flatMap(({ id }) => {
        const ids = written.get(id);
        const inside = ids ? columns.all.slice(area.left, area.right + 1).filter((one) => ids.has(one.id)) : [];
        return inside.map((one) => ({ row: id, column: one.id }));
      });
      return [
        {
          id: cellId(origin),
          origin,
          row: r,
          column: c,
          rowspan: covered.filter((line) => line[c] === area).length,
          colspan: covered[r]?.filter((one) => one === area).length ?? 1,
          align: rows.all[area.top]?.aligns.get(origin.column) ?? null,
          spots: spots.length > 0 ? spots : [origin],
        },
      ];
    }),
  );
  return {
    rows: shownRows.map(({ id, header, total }) => ({ id, header, total })),
    columns: shownColumns.map(({ id, width }) => ({ id, width })),
    cells: shownColumns.length === 0 ? [] : cells,
  };
}

const NEW_ROW: FrameRow = {
  id: "",
  index: 0,
  gone: true,
  header: false,
  total: false,
  aligns: new Map(),
  spans: new Map(),
};
const NEW_COLUMN: FrameColumn = { id: "", index: 0, gone: true, width: null };

/**
 * The rows or the columns of a table in their order, shown or not. Last come those that are written in but have no
 * marker: whoever put one there took it back, not knowing that others wrote in it.
 */
class Lines<T extends { readonly id: string; readonly gone: boolean }> {
  readonly all: readonly T[];
  readonly #places: ReadonlyMap<string, number>;
  readonly #kept = new Set<string>();

  constructor(known: readonly T[], written: Iterable<string>, made: (id: string) => T) {
    const ids = new Set(known.map(({ id }) => id));
    const orphans = [...new Set(written)].filter((id) => !ids.has(id)).toSorted();
    this.all = [...known, ...orphans.map(made)];
    this.#places = new Map(this.all.map(({ id }, i) => [id, i]));
  }

  place(id: string): number {
    return this.#places.get(id) ?? -1;
  }

  keep(id: string): void {
    this.#kept.add(id);
  }

  shown(most: number): T[] {
    return this.all.filter((line) => !line.gone || this.#kept.has(line.id)).slice(0, most);
  }
}

/** A merged cell by the places of its first and last row and column among all that there are. */
interface Area {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

function holds({ top, left, bottom, right }: Area, row: number, column: number): boolean {
  return row >= top && row <= bottom && column >= left && column <= right;
}

/** The merged cells of which at least one row and one column are still there. */
function mergedAreas(rows: Lines<FrameRow>, columns: Lines<FrameColumn>): Area[] {
  const areas: Area[] = [];
  for (const [top, row] of rows.all.entries()) {
    if (row.spans.size === 0) continue;
    for (const [left, column] of columns.all.entries()) {
      const span = row.spans.get(column.id);
      if (!span || areas.length >= MOST_AREAS) continue;
      const area = { top, left, bottom: rows.place(span.row), right: columns.place(span.column) };
      const stands =
        rows.all.slice(top, area.bottom + 1).some(({ gone }) => !gone) &&
        columns.all.slice(left, area.right + 1).some(({ gone }) => !gone);
      const overlaps = areas.some(
        (other) => other.top <= area.bottom && other.bottom >= top && other.left <= area.right && other.right >= left,
      );
      if (stands && !overlaps) areas.push(area);
    }
  }
  return areas;
}

/** The columns that hold a text which is not empty, by row. */
function writtenSpots(doc: Y.Doc, table: string): Map<string, Set<string>> {
  const prefix = `${tableRoot(table)}:`;
  const written = new Map<string, Set<string>>();
  for (const [root, type] of doc.share) {
    if (type._length === 0 || !root.startsWith(prefix)) continue;
    const [row, column] = root.slice(prefix.length).split(":");
    if (!isLineId(row) || !isLineId(column) || root !== tableCellRoot(table, row, column)) continue;
    const columns = written.get(row);
    if (columns) columns.add(column);
    else written.set(row, new Set([column]));
  }
  return written;
}

/** The lines of a cell's text: a `\n` in it begins a new one. */
export function readCellLines(text: Y.Text): TextRun[][] {
  const lines: TextRun[][] = [[]];
  for (const { text: chars, attributes } of slotPieces(text)) {
    const marks = readMarks(attributes);
    for (const [i, part] of chars.split("\n").entries()) {
      if (i > 0) lines.push([]);
      const line = lines.at(-1);
      const last = line?.at(-1);
      if (part === "" || !line) continue;
      if (last && last.marks.join() === marks.join()) line[line.length - 1] = { text: last.text + part, marks };
      else line.push({ text: part, marks });
    }
  }
  return lines;
}

/**
 * The content of a table as plain data. Total: any state of the document gives a table, for any id; one that nobody
 * wrote, or an id that is none, gives a table without rows. Reads, never writes.
 */
export function readTable(doc: Y.Doc, table: string): Table {
  if (!isStoredId(table)) return emptyTable("");
  const { rows, columns, cells } = layTable(doc, table);
  const plain = (row: LaidRow, { id, rowspan, colspan, align, spots }: LaidCell): TableCell => ({
    id,
    header: row.header,
    rowspan,
    colspan,
    align,
    paragraphs: spots.flatMap((spot) => readCellLines(tableCellText(doc, table, spot.row, spot.column))),
  });
  return {
    id: table,
    widths: columns.map(({ width }) => width),
    rows: rows.flatMap((row, r) => {
      const begin = cells[r];
      return begin ? [{ total: row.total, cells: begin.map((cell) => plain(row, cell)) }] : [];
    }),
  };
}

/** The tables of which a transaction changed anything. Only from within an observer of the document. */
export function changedTables(transaction: Y.Transaction): Set<string> {
  const tables = new Set<string>();
  for (const type of transaction.changed.keys()) {
    const table = type._item === null ? tableOfRoot(Y.findRootTypeKey(type)) : null;
    if (table) tables.add(table.table);
  }
  return tables;
}
