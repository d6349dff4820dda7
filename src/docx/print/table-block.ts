import {
  BorderStyle,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlignTable,
  VerticalMergeType,
  WidthType,
} from "docx";
import type { FileChild, ParagraphChild } from "docx";
import type { GridCell, RuleSet, TableCell as Cell, Table as ModelTable, TextRun } from "#model";
import { cellText, columnTitle, headerRows, readNumber, tableGrid, WIDEST_SPAN } from "#model";
import type { CellThreads } from "./comment-anchors.ts";
import { rangeEnd, rangeStart } from "./comment-anchors.ts";
import { columnWidths, leastWidths } from "./column-widths.ts";
import { points, pointTwips, twips } from "./measure.ts";
import { alignment, STYLE } from "./paragraph-style.ts";
import { markStyle, textRun, wholeRuns } from "./printable.ts";

/** Up to how many characters a row is kept on one page, and the header repeated on each. */
const WHOLE_ROW = 1500;

/** Room between the text of a cell and its border, millimetres. */
const CELL_MARGIN = 1.5;

/**
 * What stands below the caption of a table: its rows in full borders, as wide as the text, and a paragraph that parts it
 * from what follows, since Word makes one of two tables that touch. `comments` are the numbers of the threads on each
 * cell, `room` is the width it has in points. Nothing for a table without columns.
 */
export function tableBody(
  table: ModelTable,
  ruleSet: RuleSet,
  { room, comments, keepNext }: { readonly room: number; readonly comments: CellThreads; readonly keepNext: boolean },
): FileChild[] {
  const { columns } = tableGrid(table);
  if (columns === 0) return [];
  const rows = printedRows(table);
  const count = Math.min(columns, WIDEST_SPAN);
  const widths = columnWidths(rows.flat(), table.widths.slice(0, count), { ...setting(ruleSet), count, room });
  const line = { style: BorderStyle.SINGLE, size: 4, color: "000000" };
  const headers = headerRows(table);
  const counting = widths.map((_, column) => COUNTING.test(columnTitle(table, column)));
  const headerText = rows.slice(0, headers).flat().map(textOf).join("");
  // A header of all rows, or of a page, has nothing to be repeated over.
  const repeated = headers < rows.length && headerText.length <= WHOLE_ROW ? headers : 0;
  return [
    new Table({
      width: { size: sum(widths), type: WidthType.DXA },
      columnWidths: widths,
      layout: TableLayoutType.FIXED,
      borders: { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line },
      margins: {
        left: twips(CELL_MARGIN),
        right: twips(CELL_MARGIN),
        top: 0,
        bottom: 0,
        marginUnitType: WidthType.DXA,
      },
      rows: rows.map((row, index) => {
        const total = table.rows[index]?.total === true;
        return new TableRow({
          ...(index < repeated ? { tableHeader: true } : {}),
          // A row stays whole; one that might fill a page must be free to break.
          cantSplit: row.map(textOf).join("").length <= WHOLE_ROW,
          children: row.map((at) => {
            const kept = index < headers || (keepNext && index === rows.length - 1);
            const inHeader = index < headers;
            const counts = counting[at.column] === true;
            return printedCell(at, index, widths, comments, { total, keepNext: kept, inHeader, counts });
          }),
        });
      }),
    }),
    new Paragraph({
      style: STYLE.rule,
      keepNext,
      spacing: { before: 0, line: Math.max(pointTwips(ruleSet.body.spaceBefore), 20), lineRule: "exact" },
    }),
  ];
}

/** A cell of the file, with the cells whose text was added to its own. */
interface PrintedCell extends GridCell {
  readonly folded: readonly Cell[];
}

/**
 * The cells of each row of the file: those that begin in it, and those of above that reach into it. Word holds no more
 * columns than a cell can span, so of a wider table the last column takes the text of all that are left over.
 */
function printedRows(table: ModelTable): PrintedCell[][] {
  const { columns, rows } = tableGrid(table);
  if (columns > WIDEST_SPAN) return table.rows.map(({ cells }, row) => foldedRow(cells, row));
  const out: PrintedCell[][] = rows.map(() => []);
  for (const at of rows.flat()) {
    for (let row = at.row; row < at.row + at.rowspan; row++) out[row]?.push({ ...at, folded: [] });
  }
  return out.map((row) => row.toSorted((a, b) => a.column - b.column));
}

/** How many columns a table has, and the least width in points in which every word stands on one line. */
export function tableNeeds(table: ModelTable, ruleSet: RuleSet): { columns: number; width: number } {
  const { columns } = tableGrid(table);
  const count = Math.min(columns, WIDEST_SPAN);
  const needs = leastWidths(printedRows(table).flat(), table.widths.slice(0, count), { ...setting(ruleSet), count });
  return { columns, width: sum(needs) };
}

function setting({ tables, body }: RuleSet): { padding: number; size: number } {
  return { padding: 2 * points(CELL_MARGIN), size: tables?.cells?.size ?? body.text.size };
}

function foldedRow(cells: readonly Cell[], row: number): PrintedCell[] {
  return Array.from({ length: WIDEST_SPAN }, (_, column): PrintedCell => {
    const own = cells[column];
    const rest = column === WIDEST_SPAN - 1 ? cells.slice(WIDEST_SPAN) : [];
    const cell = own ? { ...own, paragraphs: [own, ...rest].flatMap(({ paragraphs }) => paragraphs) } : null;
    return { cell, row, column, rowspan: 1, colspan: 1, folded: rest };
  });
}

/** What heads a column that counts the rows. */
const COUNTING = /^(S ?TT|TT|Số TT|Số thứ tự)\.?$/iu;

/** How the row of a cell is set. */
interface RowSetting {
  readonly total: boolean;
  readonly keepNext: boolean;
  readonly inHeader: boolean;
  /** True in a column that counts the rows. */
  readonly counts: boolean;
}

function printedCell(
  at: PrintedCell,
  row: number,
  widths: readonly number[],
  comments: CellThreads,
  { total, keepNext, inHeader, counts }: RowSetting,
): TableCell {
  const { cell, column, colspan, rowspan } = at;
  const begins = at.row === row;
  const style = cell?.header ? STYLE.cellHead : STYLE.cell;
  const threads = begins ? [cell, ...at.folded].flatMap((each) => (each ? (comments.get(each.id) ?? []) : [])) : [];
  const paragraphs = cell && begins && cell.paragraphs.length > 0 ? cell.paragraphs : [[]];
  return new TableCell({
    width: { size: sum(widths.slice(column, column + colspan)), type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    ...(colspan > 1 ? { columnSpan: colspan } : {}),
    ...(rowspan > 1 ? { verticalMerge: begins ? VerticalMergeType.RESTART : VerticalMergeType.CONTINUE } : {}),
    children: paragraphs.map(
      (runs, index) =>
        new Paragraph({
          style,
          ...(keepNext ? { keepNext } : {}),
          ...cellAlignment(cell, inHeader, counts),
          children: [
            ...(index === 0 ? threads.flatMap(rangeStart) : []),
            ...cellRuns(runs, total),
            ...(index === paragraphs.length - 1 ? threads.toReversed().flatMap(rangeEnd) : []),
          ],
        }),
    ),
  });
}

/** As the cell says; else numbers stand at the right, those of rows in the middle, the names of rows at the left, everything as its style has it. */
function cellAlignment(cell: Cell | null, inHeader: boolean, counts: boolean): ReturnType<typeof alignment> {
  if (!cell) return {};
  if (cell.align !== null) return alignment({ align: cell.align });
  if (inHeader) return {};
  if (readNumber(cellText(cell))) return alignment({ align: counts ? "center" : "right" });
  return cell.header ? alignment({ align: "left" }) : {};
}

function cellRuns(runs: readonly TextRun[], total: boolean): ParagraphChild[] {
  return wholeRuns(runs).map((run) => textRun(run.text, { ...markStyle(run.marks), ...(total ? { bold: true } : {}) }));
}

function textOf({ cell }: GridCell): string {
  return cell ? cellText(cell) : "";
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
