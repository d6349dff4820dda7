import type { Place } from "./comment.ts";
import type { Language } from "./language.ts";
import { say } from "./language.ts";
import { tablesBefore } from "./numbering.ts";
import type { ReportText } from "./report.ts";
import { columnTitle, headerRows, tableGrid } from "./table.ts";
import type { Template } from "./template.ts";
import { slotsOf } from "./template.ts";

/** Where a cell stands as people say it, all counted from 1: tables through the report, rows with the headers. */
export interface CellPlace {
  readonly table: number;
  readonly row: number;
  readonly column: number;
  /** What the header says of the column; empty for a cell of the header itself. */
  readonly title: string;
}

/** Where the cell of a place stands; null for a place that is none of a cell, or of one that the text has not. */
export function cellPlace({ slots }: ReportText, template: Template, place: Place | null): CellPlace | null {
  if (place?.cell === undefined) return null;
  const before = tablesBefore(
    slotsOf(template).map((slot) => ({ slot })),
    slots,
  );
  const tables = (slots[place.slot] ?? []).filter((block) => block.kind === "table");
  const index = tables.findIndex((block) => block.id === place.from.block);
  const table = tables[index]?.table;
  if (!table) return null;
  const at = tableGrid(table)
    .rows.flat()
    .find(({ cell }) => cell?.id === place.cell);
  if (!at) return null;
  const title = at.row < headerRows(table) ? "" : columnTitle(table, at.column);
  return { table: (before.get(place.slot) ?? 0) + index + 1, row: at.row + 1, column: at.column + 1, title };
}

/** A cell's place in words: `Bảng 2, hàng 3, cột “Nữ”`. */
export function cellPlaceWords({ title, ...numbers }: CellPlace, language: Language): string {
  return title === ""
    ? say(language, "place.cell", { ...numbers })
    : say(language, "place.cellTitled", { ...numbers, title });
}
