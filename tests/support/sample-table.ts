import type { Table, TableCell } from "#model";

/** A cell as tests write it: its text, or its text with what is particular about it. */
export type WrittenCell = string | (Partial<Omit<TableCell, "paragraphs" | "id">> & { readonly text: string });

/** A cell of one paragraph. */
export function cell(id: string, text = "", change: Partial<TableCell> = {}): TableCell {
  const paragraphs = [text === "" ? [] : [{ text, marks: [] }]];
  return { id, header: false, colspan: 1, rowspan: 1, align: null, paragraphs, ...change };
}

/** A table of rows of texts, the first of them headers; cells are named `r0c0` by their row and their order in it. */
export function table(
  rows: readonly (readonly WrittenCell[])[],
  {
    id = "t1",
    headers = 1,
    totals = [],
  }: { readonly id?: string; readonly headers?: number; readonly totals?: readonly number[] } = {},
): Table {
  return {
    id,
    widths: [],
    rows: rows.map((cells, row) => ({
      total: totals.includes(row),
      cells: cells.map((written, at) => {
        const { text, ...change } = typeof written === "string" ? { text: written } : written;
        return cell(`r${row}c${at}`, text, { header: row < headers, ...change });
      }),
    })),
  };
}
