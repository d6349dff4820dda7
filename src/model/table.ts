import type { TextRun } from "./text-run.ts";

/** One cell of a table. Its `id` is stable and unique in its table; `align` is null where the content decides. */
export interface TableCell {
  readonly id: string;
  readonly header: boolean;
  readonly colspan: number;
  readonly rowspan: number;
  readonly align: "left" | "center" | "right" | null;
  readonly paragraphs: readonly (readonly TextRun[])[];
}

/** The cells that begin in one row. `total` is true where somebody declared it the sum of the rows above. */
export interface TableRow {
  readonly total: boolean;
  readonly cells: readonly TableCell[];
}

/**
 * What a table holds, as it is stored: nothing is certain about its spans. {@link tableGrid} lays it out. `widths` has
 * one entry for each column of the grid, in CSS pixels, null where nobody set one; it may be shorter or longer.
 */
export interface Table {
  readonly id: string;
  readonly widths: readonly (number | null)[];
  readonly rows: readonly TableRow[];
}

/** A cell in its place. `cell` is null where nothing was stored for this place: it is shown empty. */
export interface GridCell {
  readonly cell: TableCell | null;
  readonly row: number;
  readonly column: number;
  readonly rowspan: number;
  readonly colspan: number;
}

/** A table laid out: for each row the cells that begin in it, from left to right. */
export interface TableGrid {
  readonly columns: number;
  readonly rows: readonly (readonly GridCell[])[];
}

/** The most columns one cell can span, which is the most that Word knows. */
export const WIDEST_SPAN = 63;

/** A table without rows. */
export function emptyTable(id: string): Table {
  return { id, widths: [], rows: [] };
}

/**
 * The cells of a table on a grid. Total: whatever the spans say, every place of the grid is covered exactly once, and
 * every cell stands once, in the row and the order it is stored in. A cell takes the first free place of its row; a
 * span that would cover another cell, or reach below the last row, is cut; a place left over gets a cell of null.
 */
export function tableGrid(table: Table): TableGrid {
  const height = table.rows.length;
  const taken: boolean[][] = table.rows.map(() => []);
  const placed: GridCell[][] = table.rows.map(() => []);
  let columns = 0;
  for (const [row, { cells }] of table.rows.entries()) {
    let column = 0;
    for (const cell of cells) {
      while (taken[row]?.[column]) column++;
      const wanted = span(cell.colspan, WIDEST_SPAN);
      let colspan = 1;
      while (colspan < wanted && !taken[row]?.[column + colspan]) colspan++;
      const rowspan = span(cell.rowspan, height - row);
      for (const line of taken.slice(row, row + rowspan)) line.length = Math.max(line.length, column + colspan);
      for (const line of taken.slice(row, row + rowspan)) line.fill(true, column, column + colspan);
      placed[row]?.push({ cell, row, column, rowspan, colspan });
      column += colspan;
      columns = Math.max(columns, column);
    }
  }
  const rows = placed.map((list, row) => {
    const gaps = Array.from({ length: columns }, (_, column) => column).filter((column) => !taken[row]?.[column]);
    const filled = [...list, ...gaps.map((column) => ({ cell: null, row, column, rowspan: 1, colspan: 1 }))];
    return filled.toSorted((a, b) => a.column - b.column);
  });
  return { columns, rows };
}

function span(stored: number, most: number): number {
  return Number.isFinite(stored) ? Math.min(Math.max(Math.trunc(stored), 1), most) : 1;
}

/** The text of a cell without its marks, its paragraphs on a line each. */
export function cellText(cell: TableCell): string {
  return cell.paragraphs.map((runs) => runs.map((run) => run.text).join("")).join("\n");
}

/** How many rows at the top are headers: those of nothing but header cells. They are repeated on every page. */
export function headerRows(table: Table): number {
  const first = table.rows.findIndex(({ cells }) => cells.length === 0 || cells.some((cell) => !cell.header));
  return first === -1 ? table.rows.length : first;
}

/** What the header says of a column, from the top down; empty where it says nothing. */
export function columnTitle(table: Table, column: number): string {
  const above = tableGrid(table)
    .rows.slice(0, headerRows(table))
    .flatMap((row) => row.filter((at) => at.column <= column && column < at.column + at.colspan));
  return above
    .map(({ cell }) => (cell ? line(cellText(cell)) : ""))
    .filter((title) => title !== "")
    .join(" – ");
}

/** By what a cell is known: the first words of its row, unless it holds them itself, and the header of its column. */
export function titlesOfCell(table: Table, at: GridCell): { readonly row: string; readonly column: string } {
  const before = (tableGrid(table).rows[at.row] ?? []).filter((each) => each.column < at.column);
  const words = before.map(({ cell }) => (cell ? line(cellText(cell)) : ""));
  const headed = at.row < headerRows(table);
  return { row: words.find((text) => /\p{L}/u.test(text)) ?? "", column: headed ? "" : columnTitle(table, at.column) };
}

function line(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}
