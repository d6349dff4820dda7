import type * as Y from "yjs";
import { longestRise, markChanges, replacements, runsBetween, tableGrid } from "#model";
import type { GridCell, Table, TableGrid, TextRun, WordDiff } from "#model";
import { ORIGIN, tableCellText, tableFrameText } from "./layout.ts";
import type { Origin } from "./layout.ts";
import { removeText } from "./slot-write.ts";
import { markAttributes, slotPieces } from "./slot.ts";
import { cellKey, COLUMN_KEY, isLineId, lineId, property, readFrame, ROW_KEY } from "./table-frame.ts";
import type { FrameColumn, FrameRow } from "./table-frame.ts";
import { cellId, layTable, MOST_COLUMNS, readCellLines, spotOf } from "./table.ts";
import type { LaidCell, Spot } from "./table.ts";

/**
 * Makes a table of a body that is alive read as it once did: words, rows, columns, merged cells, headers, totals,
 * alignment and widths, as one transaction. Rows, columns and cells come back under their old ids, and of a cell that
 * changed only the words that `diffWords` tells apart are replaced. What others write into it meanwhile stays (S21).
 */
export function restoreTable(
  doc: Y.Doc,
  target: Table,
  diffWords: WordDiff,
  newId: () => string,
  origin: Origin = ORIGIN.editor,
): void {
  doc.transact(() => new TableRestoration(doc, target, diffWords).run(newId), origin);
}

class TableRestoration {
  readonly #doc: Y.Doc;
  readonly #target: Table;
  readonly #grid: TableGrid;
  readonly #diffWords: WordDiff;
  #rows: readonly string[] = [];
  #columns: readonly string[] = [];

  constructor(doc: Y.Doc, target: Table, diffWords: WordDiff) {
    this.#doc = doc;
    this.#target = target;
    this.#grid = tableGrid(target);
    this.#diffWords = diffWords;
  }

  run(newId: () => string): void {
    const { rows, columns } = readFrame(this.#doc, this.#target.id);
    const cells = this.#grid.rows.flat();
    this.#rows = lineIds(votes(this.#grid.rows.length, cells, "row"), rows, newId);
    // Without rows only the widths tell of the columns.
    const width = Math.min(Math.max(this.#grid.columns, this.#target.widths.length), MOST_COLUMNS);
    this.#columns = lineIds(votes(width, cells, "column"), columns, newId);
    this.#putLines();
    const merged = this.#merge();
    this.#emptyOthers(merged);
    this.#sayLines();
    this.#fillCells();
  }

  /** Puts back the markers that the frame lacks; a line that was removed is there again, another is removed. */
  #putLines(): void {
    const text = tableFrameText(this.#doc, this.#target.id);
    const frame = readFrame(this.#doc, this.#target.id);
    const missing = [
      ...missingLines(ROW_KEY, this.#rows, frame.rows, frame.length),
      ...missingLines(COLUMN_KEY, this.#columns, frame.columns, frame.length),
    ];
    // From the last to the first, so that each comes to its old index.
    for (const { index, key, id } of missing.toReversed().toSorted((a, b) => b.index - a.index)) {
      text.insert(index, "\n", { [key]: id });
    }
    const { rows, columns } = readFrame(this.#doc, this.#target.id);
    const wanted = new Set([...this.#rows, ...this.#columns]);
    for (const line of [...rows, ...columns]) this.#say(line, "gone", line.gone, !wanted.has(line.id));
  }

  /** Merges what was merged, and nothing else; the ids of the merged cells. */
  #merge(): ReadonlySet<string> {
    const { rows, columns } = readFrame(this.#doc, this.#target.id);
    const wanted = new Map<string, Spot>();
    for (const at of this.#grid.rows.flat()) {
      if (at.rowspan === 1 && at.colspan === 1) continue;
      const last = this.#spotAt(at.row + at.rowspan - 1, at.column + at.colspan - 1);
      // The row or the column from which it was merged may have been removed by then.
      const origin = at.cell && spotOf(at.cell.id);
      const stands =
        origin && rows.some(({ id }) => id === origin.row) && columns.some(({ id }) => id === origin.column);
      const first = stands ? origin : this.#spotAt(at.row, at.column);
      if (first && last) wanted.set(cellId(first), last);
    }
    for (const row of rows) {
      for (const column of new Set([...row.spans.keys(), ...columns.map(({ id }) => id)])) {
        const [is, was] = [row.spans.get(column), wanted.get(cellId({ row: row.id, column }))];
        if (is?.row === was?.row && is?.column === was?.column) continue;
        this.#format(row, cellKey("span", column), was ? property(row.id, was.row, was.column) : null);
      }
    }
    return new Set(wanted.keys());
  }

  /** Takes out what stands in rows and columns that go. */
  #emptyOthers(merged: ReadonlySet<string>): void {
    const { rows, columns, cells } = layTable(this.#doc, this.#target.id);
    const [wantedRows, wantedColumns] = [new Set(this.#rows), new Set(this.#columns)];
    for (const cell of cells.flat()) {
      const [row, column] = [rows[cell.row]?.id ?? "", columns[cell.column]?.id ?? ""];
      const stays = merged.has(cell.id) || (wantedRows.has(row) && wantedColumns.has(column));
      if (!stays) for (const spot of cell.spots) this.#rewrite(spot, []);
    }
  }

  #sayLines(): void {
    const { rows, columns } = readFrame(this.#doc, this.#target.id);
    const [rowsById, columnsById] = [byId(rows), byId(columns)];
    for (const [i, id] of this.#rows.entries()) {
      const row = rowsById.get(id);
      const cells = this.#target.rows[i]?.cells ?? [];
      if (!row) continue;
      this.#say(row, "total", row.total, this.#target.rows[i]?.total ?? false);
      if (cells.length > 0)
        this.#say(
          row,
          "header",
          row.header,
          cells.every(({ header }) => header),
        );
    }
    for (const [i, id] of this.#columns.entries()) {
      const column = columnsById.get(id);
      const width = this.#target.widths[i] ?? null;
      if (column && column.width !== width) {
        this.#format(column, "width", width === null ? null : property(id, width));
      }
    }
  }

  #fillCells(): void {
    const rows = byId(readFrame(this.#doc, this.#target.id).rows);
    for (const [r, laid] of layTable(this.#doc, this.#target.id).cells.entries()) {
      const line = new Map(this.#grid.rows[r]?.map((at) => [at.column, at]));
      for (const cell of laid) {
        const then = line.get(cell.column)?.cell ?? null;
        this.#fill(cell, then?.paragraphs ?? []);
        const row = rows.get(cell.origin.row);
        const align = then?.align ?? null;
        if (!row || cell.align === align) continue;
        this.#format(row, cellKey("align", cell.origin.column), align === null ? null : property(row.id, align));
      }
    }
  }

  /** A merged cell shows several texts, and nobody knows any more which of them held what: the first gets it all. */
  #fill({ spots }: LaidCell, lines: readonly (readonly TextRun[])[]): void {
    const shown = spots.flatMap((spot) => readCellLines(this.#text(spot)));
    const wanted = lines.length > 0 ? lines : [[]];
    if (JSON.stringify(shown) === JSON.stringify(wanted)) return;
    for (const [i, spot] of spots.entries()) this.#rewrite(spot, i === 0 ? wanted : []);
  }

  #rewrite(spot: Spot, lines: readonly (readonly TextRun[])[]): void {
    rewriteText(this.#text(spot), joined(lines), this.#diffWords);
  }

  #text({ row, column }: Spot): Y.Text {
    return tableCellText(this.#doc, this.#target.id, row, column);
  }

  #spotAt(row: number, column: number): Spot | null {
    const [r, c] = [this.#rows[row], this.#columns[column]];
    return r === undefined || c === undefined ? null : { row: r, column: c };
  }

  #say(line: FrameRow | FrameColumn, name: "gone" | "header" | "total", is: boolean, wanted: boolean): void {
    if (is !== wanted) this.#format(line, name, wanted ? property(line.id, true) : null);
  }

  /** Formats move no marker, so a frame that was read stays true while they are written. */
  #format({ index }: FrameRow | FrameColumn, key: string, value: unknown): void {
    tableFrameText(this.#doc, this.#target.id).format(index, 1, { [key]: value });
  }
}

function byId<T extends { readonly id: string }>(lines: readonly T[]): Map<string, T> {
  return new Map(lines.map((line) => [line.id, line]));
}

/** For each line the ids that its cells say it has, the likeliest first. A merged cell may bear another's. */
function votes(count: number, cells: readonly GridCell[], key: "row" | "column"): string[][] {
  const found = Array.from({ length: count }, () => new Map<string, number>());
  for (const at of cells) {
    const id = at.cell && spotOf(at.cell.id)?.[key];
    const line = found[at[key]];
    if (line && isLineId(id)) line.set(id, (line.get(id) ?? 0) + 1);
  }
  return found.map((line) => [...line].toSorted(([, a], [, b]) => b - a).map(([id]) => id));
}

/**
 * The ids of lines in their order. One that no cell tells of, as it is covered by others from end to end, is the one
 * that stands between its neighbours; one that would stand out of order is a new line.
 */
function lineIds(
  wanted: readonly (readonly string[])[],
  known: readonly { readonly id: string; readonly gone: boolean }[],
  newId: () => string,
): string[] {
  const used = new Set<string>();
  const named = wanted.map((ids) => {
    const id = ids.find((each) => !used.has(each));
    if (id !== undefined) used.add(id);
    return id;
  });
  const places = new Map(known.map(({ id }, place) => [id, place]));
  const placed = named.flatMap((id, line) => {
    const place = id === undefined ? undefined : places.get(id);
    return place === undefined ? [] : [{ line, place }];
  });
  const inOrder = new Set(longestRise(placed.map(({ place }) => place)).map((at) => placed[at]?.line));
  const outOfOrder = new Set(placed.map(({ line }) => line).filter((line) => !inOrder.has(line)));
  let last = -1;
  return named.map((id, line) => {
    if (id !== undefined && !outOfOrder.has(line)) {
      last = places.get(id) ?? last;
      return id;
    }
    const next = placed.find((each) => each.line > line && inOrder.has(each.line))?.place ?? known.length;
    const between = id === undefined ? known.slice(last + 1, next).filter((each) => !used.has(each.id)) : [];
    const found = between.find(({ gone }) => !gone) ?? between[0];
    if (!found) return lineId(newId());
    used.add(found.id);
    last = places.get(found.id) ?? last;
    return found.id;
  });
}

/** The lines that have no marker, with the index at which theirs belongs: behind that of the line before. */
function missingLines(
  key: string,
  wanted: readonly string[],
  known: readonly { readonly id: string; readonly index: number }[],
  end: number,
): { readonly key: string; readonly id: string; readonly index: number }[] {
  const indices = new Map(known.map(({ id, index }) => [id, index]));
  const first = wanted.flatMap((id) => indices.get(id) ?? [])[0] ?? end;
  let index = first;
  return wanted.flatMap((id) => {
    const own = indices.get(id);
    if (own === undefined) return [{ key, id, index }];
    index = own + 1;
    return [];
  });
}

function joined(lines: readonly (readonly TextRun[])[]): TextRun[] {
  return lines.flatMap((runs, i) => (i === 0 ? runs : [{ text: "\n", marks: [] }, ...runs]));
}

/** Makes a cell's text read so, replacing only what differs. */
function rewriteText(text: Y.Text, wanted: readonly TextRun[], diffWords: WordDiff): void {
  const old = slotPieces(text)
    .map((piece) => piece.text)
    .join("");
  const now = spell(wanted);
  if (old !== now) {
    for (const { from, to, newFrom, newTo } of replacements(diffWords(old, now)).toReversed()) {
      removeText(text, from, old.slice(from, to));
      let at = from;
      for (const run of runsBetween(wanted, newFrom, newTo)) {
        const words = run.text.replaceAll(/\p{Surrogate}/gu, "\uFFFD");
        text.insert(at, words, markAttributes(run.marks));
        at += words.length;
      }
    }
  }
  for (const { from, to, name, on } of markChanges(joined(readCellLines(text)), wanted)) {
    text.format(from, to - from, { [name]: on ? true : null });
  }
}

function spell(runs: readonly TextRun[]): string {
  return runs.map(({ text }) => text).join("");
}
