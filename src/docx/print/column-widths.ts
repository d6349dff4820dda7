import type { GridCell } from "#model";
import { cellText } from "#model";
import { textWidth } from "./text-width.ts";

/** The least width of a column, points. */
const NARROWEST = 12;
/** The widest that the text of one cell makes its column, as a share of the room. */
const WIDEST_SHARE = 0.4;

/** What the columns of a table are laid out in: their number, the room they share and each loses, points. */
export interface ColumnRoom {
  readonly count: number;
  readonly room: number;
  readonly padding: number;
  /** Of the text. */
  readonly size: number;
}

/**
 * The widths of a table's columns in twentieths of a point; together exactly the room. Columns that have a width, in CSS
 * pixels, keep their shares; the others are as wide as their text asks for, and no narrower than their longest word
 * where there is room for it.
 */
export function columnWidths(
  cells: readonly GridCell[],
  given: readonly (number | null)[],
  { room, ...setting }: ColumnRoom,
): number[] {
  const least = leastWidths(cells, given, setting);
  const { count, padding, size } = setting;
  const wanted = Array.from({ length: count }, () => NARROWEST);
  for (const { cell, column, colspan } of cells) {
    if (!cell || colspan > 1) continue;
    for (const line of cellText(cell).split("\n"))
      raise(wanted, column, Math.min(textWidth(line, { size, bold: true }) + padding, room * WIDEST_SHARE));
  }
  for (let column = 0; column < count; column++) {
    const width = given[column];
    if (typeof width === "number" && width > 0) wanted[column] = Math.max((width * 3) / 4, NARROWEST);
    else raise(wanted, column, least[column] ?? 0);
  }
  return exactly(spread(least, wanted, room), room);
}

/** The width of each column's longest word, in points; of one that was given a width, the least there is. */
export function leastWidths(
  cells: readonly GridCell[],
  given: readonly (number | null)[],
  { count, padding, size }: Omit<ColumnRoom, "room">,
): number[] {
  const least = Array.from({ length: count }, () => NARROWEST);
  for (const { cell, column, colspan } of cells) {
    if (!cell || colspan > 1) continue;
    for (const word of cellText(cell).split(/\s+/u))
      raise(least, column, textWidth(word, { size, bold: true }) + padding);
  }
  return least.map((width, column) => ((given[column] ?? 0) > 0 ? NARROWEST : width));
}

function raise(list: number[], column: number, width: number): void {
  list[column] = Math.max(list[column] ?? 0, width);
}

/** Widths that fill the room: each its least, and what is left by how much more it wants. */
function spread(least: readonly number[], wanted: readonly number[], room: number): number[] {
  const sumOf = (list: readonly number[]): number => list.reduce((sum, each) => sum + each, 0);
  const total = sumOf(wanted);
  if (total <= room) return wanted.map((width) => (width * room) / total);
  const floor = sumOf(least);
  if (floor >= room) return least.map((width) => (width * room) / floor);
  return wanted.map((width, i) => {
    const own = least[i] ?? 0;
    return own + ((width - own) * (room - floor)) / (total - floor);
  });
}

/** Whole twentieths of a point, rounded so that no fraction is lost along the way. */
function exactly(widths: readonly number[], room: number): number[] {
  let end = 0;
  let told = 0;
  return widths.map((width, i) => {
    end = i === widths.length - 1 ? room : end + width;
    const upTo = Math.round(end * 20);
    const own = upTo - told;
    told = upTo;
    return own;
  });
}
