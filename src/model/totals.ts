import type { Figure } from "./figure.ts";
import { readNumber } from "./figure.ts";
import type { GridCell, Table } from "./table.ts";
import { cellText, columnTitle, headerRows, tableGrid } from "./table.ts";

/** A declared total that is not the sum of what stands above it. Row and column are counted from 0 on the grid. */
export interface UnbalancedTotal {
  readonly row: number;
  readonly column: number;
  readonly stated: number;
  readonly computed: number;
}

/** Rates are not summed, whether the sign stands with the number or in the header. */
const RATE = /%|t[ỷỉ] lệ|t[ỷỉ] trọng/iu;

/**
 * The totals of a table that do not add up, row by row. A total is the sum of the rows between it and the total before,
 * or the header; one right below another total is the grand total of all totals since the last grand total. Of a
 * column, cells without a digit are passed over, and so are cells over several columns. It is not checked where it is
 * one of rates, where its total is no number, where nothing above is one, or where a cell holds a digit and is no
 * number (`12 đồng chí`, `5/7`): what that counts nobody can know.
 */
export function checkTotals(table: Table): UnbalancedTotal[] {
  if (!table.rows.some((row) => row.total)) return [];
  const { columns, rows } = tableGrid(table);
  const found: UnbalancedTotal[] = [];
  const first = headerRows(table);
  let parts: number[] = [];
  let totals: number[] = [];
  for (const [row, { total }] of table.rows.entries()) {
    if (row < first) continue;
    if (!total) {
      parts.push(row);
      continue;
    }
    const summed = parts.length > 0 ? parts : totals;
    for (let column = 0; column < columns; column++) {
      const at = (of: number): GridCell | undefined => rows[of]?.find((cell) => cell.column === column);
      const unequal = compareTotal(at(row), summed.map(at));
      if (unequal && !RATE.test(columnTitle(table, column).normalize("NFC"))) found.push({ row, column, ...unequal });
    }
    totals = parts.length > 0 ? [...totals, row] : [];
    parts = [];
  }
  return found.toSorted((a, b) => a.row - b.row || a.column - b.column);
}

/** The two figures, where a total is not the sum of the cells; null where it is, or where it cannot be told. */
function compareTotal(
  total: GridCell | undefined,
  above: readonly (GridCell | undefined)[],
): { stated: number; computed: number } | null {
  const stated = figureOf(total);
  const figures = above.map(figureOf).filter((figure) => figure !== "none");
  if (stated === "none" || stated === "unclear" || figures.length === 0) return null;
  const parts = figures.filter((figure) => figure !== "unclear");
  if (parts.length < figures.length || [stated, ...parts].some((figure) => figure.percent)) return null;
  // Rounded to the digits that were written, because binary fractions do not add up exactly.
  const decimals = Math.max(...[stated, ...parts].map((figure) => figure.decimals));
  const computed = Number(parts.reduce((sum, figure) => sum + figure.value, 0).toFixed(decimals));
  return computed === stated.value ? null : { stated: stated.value, computed };
}

function figureOf(at: GridCell | undefined): Figure | "none" | "unclear" {
  if (!at?.cell || at.colspan > 1) return "none";
  const text = cellText(at.cell);
  return readNumber(text) ?? (/\d/u.test(text) ? "unclear" : "none");
}
