import { likeness } from "#model";
import type { DraftTable, SentDraft } from "./draft-units.ts";
import { cellWords, columnsOf, paragraphsOf, sentText } from "./draft-units.ts";
import { commonSelection, textKey } from "./line-diff.ts";
import type { WordBlock, WordCell, WordFile, WordTable } from "../read/word-file.ts";

/** From this likeness on a table of a copy is one of the draft. */
const ALIKE = 0.5;

/** A table of a copy that was one of the draft, row by row. */
export interface TableMatch {
  readonly draft: DraftTable;
  /** For each row of the copy the row of the draft; null for a new one. */
  readonly rows: readonly (number | null)[];
  /** Rows of the draft that are not in the copy. */
  readonly missing: readonly number[];
  /** The cell of the draft that a cell of the copy is; null for a new one. */
  cell(row: number, cell: WordCell): string | null;
}

/** The tables of a copy that were in the draft: under their caption, or with like words. */
export function matchTables(file: WordFile, draft: SentDraft): Map<WordTable, TableMatch> {
  const found = new Map<WordTable, TableMatch>();
  const taken = new Set<DraftTable>();
  const take = (table: WordTable, known: DraftTable): void => {
    found.set(table, laidOut(table, known));
    taken.add(known);
  };
  const tables = file.blocks.flatMap((block, index) =>
    block.type === "table" ? [{ table: block.table, before: file.blocks[index - 1] }] : [],
  );
  for (const { table, before } of tables) {
    const unit = captionUnit(before, draft);
    const known = draft.tables.find((one) => one.caption === unit && !taken.has(one));
    if (known && (isSameForm(table, known) || likeness(wordsOf(table), wordsOfDraft(known)) > 0)) take(table, known);
  }
  for (const { table } of tables) {
    if (found.has(table)) continue;
    const best = draft.tables
      .filter((one) => !taken.has(one))
      .map((known) => ({ known, score: likeness(wordsOf(table), wordsOfDraft(known)) }))
      .toSorted((a, b) => b.score - a.score)[0];
    if (best && best.score >= ALIKE) take(table, best.known);
  }
  return found;
}

function captionUnit(before: WordBlock | undefined, draft: SentDraft): number | undefined {
  if (before?.type !== "paragraph") return undefined;
  const marked = before.paragraph.bookmarks.flatMap(({ name }) => draft.bookmarks.get(name) ?? [])[0];
  if (marked !== undefined) return marked;
  const words = textKey(sentText(before.paragraph));
  return draft.tables.find(({ caption }) => textKey(draft.units[caption]?.text ?? "") === words)?.caption;
}

function isSameForm(table: WordTable, { rows, columns }: DraftTable): boolean {
  return table.rows.length === rows && columnsOf(table) === columns;
}

function wordsOf(table: WordTable): string {
  return paragraphsOf({ type: "table", table }).map(sentText).join(" ");
}

function wordsOfDraft({ cells }: DraftTable): string {
  return cells.map(({ text }) => text).join(" ");
}

function laidOut(table: WordTable, draft: DraftTable): TableMatch {
  const before = Array.from({ length: draft.rows }, (_, row) =>
    draft.cells.filter((cell) => cell.row === row).map(({ text }) => textKey(text)),
  );
  const after = table.rows.map((row, index) =>
    table.rowChanges[index]?.kind === "inserted" ? null : row.map(({ blocks }) => textKey(cellWords(blocks))),
  );
  const rows = pairs(
    before.map((row) => row.join("\u0001")),
    after.map((row, index) => row?.join("\u0001") ?? `\u0002${index}`),
    (at) => after[at] !== null,
  );
  const width = columnsOf(table);
  const heads = (list: readonly { readonly column: number; readonly text: string }[], count: number): string[] =>
    Array.from({ length: count }, (_, column) => textKey(list.find((cell) => cell.column === column)?.text ?? ""));
  const columns =
    width === draft.columns
      ? Array.from({ length: width }, (_, column): number | null => column)
      : pairs(
          heads(
            draft.cells.filter(({ row }) => row === 0),
            draft.columns,
          ),
          heads(
            (table.rows[0] ?? []).map((cell) => ({ column: cell.column, text: cellWords(cell.blocks) })),
            width,
          ),
          () => true,
        );
  return {
    draft,
    rows,
    missing: before.flatMap((_, row) => (rows.includes(row) ? [] : [row])),
    cell(row, { column }) {
      const [oldRow, oldColumn] = [rows[row] ?? null, columns[column] ?? null];
      if (oldRow === null || oldColumn === null) return null;
      return draft.cells.find((cell) => cell.row === oldRow && cell.column === oldColumn)?.cell ?? null;
    },
  };
}

/** For each of `after` its place in `before`: the same, or, where as many are left between the same neighbours, the next. */
function pairs(before: readonly string[], after: readonly string[], may: (at: number) => boolean): (number | null)[] {
  const found: (number | null)[] = after.map(() => null);
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...commonSelection(before, after), [before.length, after.length] as const]) {
    const free = Array.from({ length: nextJ - j }, (_, at) => j + at).filter(may);
    if (free.length === nextI - i) for (const [at, one] of free.entries()) found[one] = i + at;
    if (nextJ < after.length) found[nextJ] = nextI;
    [i, j] = [nextI + 1, nextJ + 1];
  }
  return found;
}
