import type { CellInput, TableInput, TextInput } from "./report-input.ts";
import type { Table, TableCell } from "./table.ts";
import type { TextRun } from "./text-run.ts";

/**
 * The table that an input describes. Ids of cells are `0-0`, `0-1`, … by row and order; where it is stored it gets ids of
 * its own.
 */
export function tableOfInput(input: TableInput, id: string): Table {
  const headers = input.headerRows ?? 1;
  return {
    id,
    widths: input.widths ?? [],
    rows: input.rows.map((given, row) => {
      const { total = false, cells } = "cells" in given ? given : { cells: given };
      return {
        total: total || (input.totals ?? []).includes(row + 1),
        cells: cells.map((cell, at) => cellOfInput(cell, `${row}-${at}`, row < headers)),
      };
    }),
  };
}

function cellOfInput(input: CellInput, id: string, header: boolean): TableCell {
  const { text, align = null, colspan = 1, rowspan = 1 } = typeof input === "string" ? { text: input } : input;
  return { id, header, align, colspan, rowspan, paragraphs: paragraphsOf(text) };
}

function paragraphsOf(text: TextInput): TextRun[][] {
  const paragraphs: TextRun[][] = [[]];
  for (const { text: words, marks = [] } of typeof text === "string" ? [{ text }] : text) {
    for (const [index, line] of words.split(/\r\n|[\r\n]/).entries()) {
      if (index > 0) paragraphs.push([]);
      if (line !== "") paragraphs.at(-1)?.push({ text: line, marks });
    }
  }
  return paragraphs;
}
