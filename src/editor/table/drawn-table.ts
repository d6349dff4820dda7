import type { Table, TextRun } from "#model";
import { tableGrid } from "#model";
import { isFigure } from "./figures.ts";

/**
 * A table as elements of a page, for those who only read, and for the clipboard. `write` puts the runs of a line into
 * its paragraph.
 */
export function drawTable(
  page: Document,
  table: Table,
  write: (line: HTMLElement, runs: readonly TextRun[], header: boolean) => void,
  warnings: ReadonlyMap<string, string> = new Map(),
): HTMLTableElement {
  const drawn = page.createElement("table");
  if (table.widths.some((width) => width !== null)) {
    const columns = drawn.appendChild(page.createElement("colgroup"));
    for (const width of table.widths) {
      const column = columns.appendChild(page.createElement("col"));
      if (width !== null) column.style.width = `${width}px`;
    }
  }
  const body = drawn.appendChild(page.createElement("tbody"));
  for (const [r, cells] of tableGrid(table).rows.entries()) {
    const row = body.insertRow();
    if (table.rows[r]?.total) row.className = "tk-total";
    for (const { cell, rowspan, colspan } of cells) {
      const made = row.appendChild(page.createElement(cell?.header ? "th" : "td"));
      if (cell?.header) made.scope = "col";
      if (rowspan > 1) made.rowSpan = rowspan;
      if (colspan > 1) made.colSpan = colspan;
      if (!cell) continue;
      made.dataset["cell"] = cell.id;
      if (cell.align !== null) made.style.textAlign = cell.align;
      if (isFigure(cell)) made.className = "tk-figure";
      const warning = warnings.get(cell.id);
      if (warning !== undefined) {
        made.classList.add("tk-unbalanced");
        made.dataset["warning"] = warning;
        made.setAttribute("aria-description", warning);
      }
      for (const runs of cell.paragraphs) write(made.appendChild(page.createElement("p")), runs, cell.header);
    }
  }
  return drawn;
}

/** Writes the runs of a line with their marks as elements. */
export function writeRuns(line: HTMLElement, runs: readonly TextRun[]): void {
  const tags = { strong: "strong", em: "em", underline: "u" } as const;
  for (const { text, marks } of runs) {
    let words: Node = line.ownerDocument.createTextNode(text);
    for (const mark of marks) {
      const around = line.ownerDocument.createElement(tags[mark]);
      around.append(words);
      words = around;
    }
    line.append(words);
  }
}
