import { longestRise } from "./block-match.ts";
import type { Table, TableCell } from "./table.ts";
import { cellText, headerRows, tableGrid } from "./table.ts";
import type { Piece, WordDiff } from "./word-diff.ts";
import { whole } from "./word-diff.ts";

/** What became of one row or one column. */
export type LineChange = "same" | "inserted" | "deleted";

/** What became of one place of the grid. Of a merged cell the first place has the words, the others have none. */
export interface CellChange {
  readonly kind: "same" | "changed" | "inserted" | "deleted";
  readonly header: boolean;
  readonly pieces: readonly Piece[];
}

/** What became of a table: the rows and columns of the later one in their order, deleted ones where they stood. */
export interface TableChange {
  /** True where words, rows or columns changed. */
  readonly changed: boolean;
  /** True where marks, alignment, merged cells, headers, totals rows or the widths of columns changed. */
  readonly form: boolean;
  readonly columns: readonly LineChange[];
  readonly rows: readonly {
    readonly kind: LineChange;
    readonly total: boolean;
    readonly cells: readonly CellChange[];
  }[];
}

/** A row or a column with its place in either table. */
interface Line {
  readonly before: number | null;
  readonly after: number | null;
}

/** A table by its places; each cell stands at its first. */
interface Places {
  readonly table: Table;
  readonly columns: number;
  readonly at: (row: number | null, column: number | null) => TableCell | null;
}

/**
 * Two states of one table, cell by cell. Rows and columns are matched by the ids of their cells; a row none of whose
 * ids is left counts as one that has the very same words. What was moved is deleted in one place and inserted in the
 * other. `diffWords` is called once for each cell whose words differ.
 */
export function compareTables(before: Table, after: Table, diffWords: WordDiff): TableChange {
  const [old, now] = [placesOf(before), placesOf(after)];
  const rows = matchLines(rowKeys(old), rowKeys(now));
  const columns = matchLines(columnKeys(old), columnKeys(now));
  const headers = headerRows(after);
  const compared = rows.map((row) => ({
    kind: kindOf(row),
    total: (row.after === null ? before.rows[row.before ?? 0] : after.rows[row.after])?.total ?? false,
    cells: columns.map((column) => {
      const [was, is] = [old.at(row.before, column.before), now.at(row.after, column.after)];
      const header = row.after === null ? (was?.header ?? false) : row.after < headers || (is?.header ?? false);
      return { header, ...changeOfCell(was, is, row, column, diffWords) };
    }),
  }));
  const words = compared.some((row) => row.kind !== "same" || row.cells.some((cell) => cell.kind !== "same"));
  const changed = words || columns.some((column) => kindOf(column) !== "same");
  return { changed, form: formDiffers(old, now, rows, columns), columns: columns.map(kindOf), rows: compared };
}

function kindOf({ before, after }: Line): LineChange {
  if (before === null) return "inserted";
  return after === null ? "deleted" : "same";
}

function changeOfCell(
  was: TableCell | null,
  is: TableCell | null,
  row: Line,
  column: Line,
  diffWords: WordDiff,
): Omit<CellChange, "header"> {
  const [old, now] = [was ? cellText(was) : "", is ? cellText(is) : ""];
  if (row.before === null || column.before === null) return { kind: "inserted", pieces: whole(now, "inserted") };
  if (row.after === null || column.after === null) return { kind: "deleted", pieces: whole(old, "deleted") };
  return old === now ? { kind: "same", pieces: whole(now, "same") } : { kind: "changed", pieces: diffWords(old, now) };
}

function placesOf(table: Table): Places {
  const { columns, rows } = tableGrid(table);
  const cells = rows.map((row) => new Map(row.map((at) => [at.column, at.cell])));
  return { table, columns, at: (row, column) => cells[row ?? -1]?.get(column ?? -1) ?? null };
}

/** By what a line is known again: the ids of its cells, and its words. */
interface LineKey {
  readonly ids: readonly string[];
  readonly words: string;
}

function keyOf(cells: readonly (TableCell | null)[]): LineKey {
  const texts = cells.map((cell) => (cell ? cellText(cell) : ""));
  return {
    ids: cells.flatMap((cell) => cell?.id ?? []),
    words: texts.every((text) => text.trim() === "") ? "" : JSON.stringify(texts),
  };
}

function rowKeys({ table, columns, at }: Places): LineKey[] {
  return table.rows.map((_, row) => keyOf(Array.from({ length: columns }, (_none, column) => at(row, column))));
}

function columnKeys({ table, columns, at }: Places): LineKey[] {
  return Array.from({ length: columns }, (_, column) => keyOf(table.rows.map((_none, row) => at(row, column))));
}

/** The lines of both tables in one order. */
function matchLines(before: readonly LineKey[], after: readonly LineKey[]): Line[] {
  const byId = new Map(before.flatMap(({ ids }, line) => ids.map((id) => [id, line] as const)));
  const used = new Set<number>();
  const origins = after.map(({ ids }): number | null => {
    const votes = new Map<number, number>();
    for (const id of ids) {
      const line = byId.get(id);
      if (line !== undefined && !used.has(line)) votes.set(line, (votes.get(line) ?? 0) + 1);
    }
    const [best] = [...votes].toSorted(([a, m], [b, n]) => n - m || a - b);
    if (!best) return null;
    used.add(best[0]);
    return best[0];
  });
  for (const [line, { words }] of after.entries()) {
    if (origins[line] !== null || words === "") continue;
    const found = before.findIndex((key, i) => !used.has(i) && key.words === words);
    if (found < 0) continue;
    used.add(found);
    origins[line] = found;
  }
  const stayed = origins.flatMap((origin, line) => (origin === null ? [] : [{ origin, line }]));
  const inOrder = new Set(longestRise(stayed.map(({ origin }) => origin)).map((at) => stayed[at]?.line));
  const lines: Line[] = [];
  let next = 0;
  const kept = new Set(stayed.filter(({ line }) => inOrder.has(line)).map(({ origin }) => origin));
  const deletedUpTo = (end: number): void => {
    for (; next < end; next++) if (!kept.has(next)) lines.push({ before: next, after: null });
  };
  for (const [line, origin] of origins.entries()) {
    if (origin === null || !inOrder.has(line)) {
      lines.push({ before: null, after: line });
      continue;
    }
    deletedUpTo(origin);
    lines.push({ before: origin, after: line });
    next = origin + 1;
  }
  deletedUpTo(before.length);
  return lines;
}

function formDiffers(old: Places, now: Places, rows: readonly Line[], columns: readonly Line[]): boolean {
  const width = ({ table }: Places, at: number): number | null => table.widths[at] ?? null;
  for (const { before, after } of columns) {
    if (before !== null && after !== null && width(old, before) !== width(now, after)) return true;
  }
  return rows.some(({ before, after }) => {
    if (before === null || after === null) return false;
    if (old.table.rows[before]?.total !== now.table.rows[after]?.total) return true;
    return columns.some((column) => {
      const [was, is] = [old.at(before, column.before), now.at(after, column.after)];
      if (column.before === null || column.after === null) return false;
      if (!was || !is) return was !== is;
      const shape = ({ header, align }: TableCell): string => JSON.stringify([header, align]);
      const sameWords = cellText(was) === cellText(is);
      return (
        shape(was) !== shape(is) ||
        (was.colspan > 1 || was.rowspan > 1) !== (is.colspan > 1 || is.rowspan > 1) ||
        (sameWords && JSON.stringify(was.paragraphs) !== JSON.stringify(is.paragraphs))
      );
    });
  });
}
