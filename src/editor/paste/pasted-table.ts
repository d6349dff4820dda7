import { MOST_COLUMNS, MOST_ROWS } from "#collab";
import type { TableContent } from "#collab";
import type { TextRun } from "#model";

type Lines = readonly (readonly TextRun[])[];
type Cell = TableContent["rows"][number]["cells"][number];

/**
 * Reads a table of pasted HTML; `linesOf` reads what stands in a cell. A row of nothing but header cells, or a first row
 * all in bold as Word and Excel write one, is a header row. Null where the table has more rows or columns than a table
 * can have, and where it has a single cell, which only holds text in its place.
 */
export function readPastedTable(table: HTMLTableElement, linesOf: (cell: Element) => Lines): TableContent | null {
  const rows = [...table.rows].filter(({ cells }) => cells.length > 0);
  const widest = Math.max(0, ...rows.map(({ cells }) => [...cells].reduce((sum, { colSpan }) => sum + colSpan, 0)));
  const single = rows.length < 2 && (rows[0]?.cells.length ?? 0) < 2;
  if (single || rows.length > MOST_ROWS || widest > MOST_COLUMNS) return null;
  return {
    widths: [],
    rows: rows.map((row, r) => {
      const cells = [...row.cells].map((cell) => pastedCell(cell, linesOf(cell)));
      const written = cells.flatMap((cell) => cell.paragraphs.flat()).filter(({ text }) => text.trim() !== "");
      const bold = r === 0 && written.length > 0 && written.every(({ marks }) => marks.includes("strong"));
      const header = row.closest("thead") !== null || [...row.cells].every(({ tagName }) => tagName === "TH") || bold;
      return { total: false, cells: cells.map((cell) => (header ? headerCell(cell) : cell)) };
    }),
  };
}

function pastedCell(cell: HTMLTableCellElement, lines: Lines): Cell {
  return {
    header: false,
    colspan: cell.colSpan,
    rowspan: Math.max(cell.rowSpan, 1),
    align: null,
    paragraphs: lines.length > 0 ? lines : [[]],
  };
}

/** A header is bold by itself. */
function headerCell(cell: Cell): Cell {
  const plain = ({ text, marks }: TextRun): TextRun => ({ text, marks: marks.filter((mark) => mark !== "strong") });
  return { ...cell, header: true, paragraphs: cell.paragraphs.map((runs) => runs.map(plain)) };
}

/** Text with a tab in it as a table, as spreadsheets copy cells; null for any other. */
export function readTabbedText(text: string): TableContent | null {
  if (!text.includes("\t")) return null;
  const lines = text.replace(/(?:\r\n|[\r\n])$/u, "").split(/\r\n|[\r\n]/u);
  return {
    widths: [],
    rows: lines.map((line) => ({
      total: false,
      cells: line.split("\t").map((words) => ({
        header: false,
        colspan: 1,
        rowspan: 1,
        align: null,
        paragraphs: [words.trim() === "" ? [] : [{ text: words.trim().normalize("NFC"), marks: [] }]],
      })),
    })),
  };
}
