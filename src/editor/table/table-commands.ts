import { CellSelection, isInTable, selectedRect, TableMap } from "prosemirror-tables";
import type { EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import type * as Y from "yjs";
import { spotOf, tableCellText } from "#collab";
import type { Align, LaidCell, TableEdit } from "#collab";
import { inVietnamese } from "./figures.ts";

/** What can be done to the rows, columns and cells of the table that the caret is in. */
export const TABLE_COMMANDS = [
  "rowBefore",
  "rowAfter",
  "columnBefore",
  "columnAfter",
  "removeRow",
  "removeColumn",
  "mergeCells",
  "splitCell",
  "headerRow",
  "totalRow",
  "alignLeft",
  "alignCenter",
  "alignRight",
  "columnNarrower",
  "columnWider",
  "formatNumbers",
  "removeTable",
] as const;

/** One of {@link TABLE_COMMANDS}. */
export type TableCommand = (typeof TABLE_COMMANDS)[number];

/** What the page shows of the table that the caret is in. */
export interface TableState {
  readonly header: boolean;
  readonly total: boolean;
  readonly align: Align | null;
  readonly canMerge: boolean;
  readonly canSplit: boolean;
}

/** By how much a column is made wider or narrower with a key, in CSS pixels. */
const WIDTH_STEP = 20;

interface Range {
  readonly top: number;
  readonly left: number;
  /** One past the last. */
  readonly bottom: number;
  readonly right: number;
}

/** The rows and columns that a selection touches; null outside of cells. */
export function rangeOf(state: EditorState): Range | null {
  if (!isInTable(state)) return null;
  const { top, left, bottom, right } = selectedRect(state);
  return { top, left, bottom, right };
}

/** The cells that begin or reach into a range. */
function cellsIn(edit: TableEdit, range: Range): LaidCell[] {
  return edit
    .laid()
    .cells.flat()
    .filter(
      ({ row, column, rowspan, colspan }) =>
        row < range.bottom && row + rowspan > range.top && column < range.right && column + colspan > range.left,
    );
}

export function tableState(state: EditorState, edit: TableEdit): TableState | null {
  const range = rangeOf(state);
  if (!range) return null;
  const rows = edit.laid().rows.slice(range.top, range.bottom);
  const cells = cellsIn(edit, range);
  const [first] = cells;
  return {
    header: rows.every(({ header }) => header),
    total: rows.every(({ total }) => total),
    align: first && cells.every(({ align }) => align === first.align) ? first.align : null,
    canMerge: cells.length > 1,
    canSplit: cells.length === 1 && first !== undefined && first.rowspan * first.colspan > 1,
  };
}

/** Does a command to what is selected, in the body. False where it makes no sense. */
export function changeTable(command: Exclude<TableCommand, "removeTable">, view: EditorView, edit: TableEdit): boolean {
  const range = rangeOf(view.state);
  if (!range) return false;
  const { rows, columns } = edit.laid();
  const chosenRows = rows.slice(range.top, range.bottom);
  const chosenColumns = columns.slice(range.left, range.right);
  const cells = cellsIn(edit, range);
  const toggleRows = (says: "header" | "total"): boolean => {
    const on = !chosenRows.every((row) => row[says]);
    for (const { id } of chosenRows) edit.setRow(id, says, on);
    return true;
  };
  const align = (side: Align): boolean => {
    const all = cells.every((cell) => cell.align === side);
    for (const { origin } of cells) edit.setAlign(origin, all ? null : side);
    return true;
  };
  switch (command) {
    case "rowBefore":
      return edit.insertRows(range.top, chosenRows.length).length > 0;
    case "rowAfter":
      return edit.insertRows(range.bottom, chosenRows.length).length > 0;
    case "columnBefore":
      return edit.insertColumns(range.left, chosenColumns.length).length > 0;
    case "columnAfter":
      return edit.insertColumns(range.right, chosenColumns.length).length > 0;
    case "removeRow":
      edit.removeRows(chosenRows.map(({ id }) => id));
      return true;
    case "removeColumn":
      edit.removeColumns(chosenColumns.map(({ id }) => id));
      return true;
    case "mergeCells":
      if (cells.length < 2) return false;
      edit.merge({ row: range.top, column: range.left }, { row: range.bottom - 1, column: range.right - 1 });
      return true;
    case "splitCell": {
      const merged = cells.filter(({ rowspan, colspan }) => rowspan * colspan > 1);
      for (const cell of merged) edit.split(cell);
      return merged.length > 0;
    }
    case "headerRow":
      return toggleRows("header");
    case "totalRow":
      return toggleRows("total");
    case "alignLeft":
      return align("left");
    case "alignCenter":
      return align("center");
    case "alignRight":
      return align("right");
    case "columnNarrower":
    case "columnWider": {
      const shown = shownWidths(view);
      for (const [i, { id, width }] of chosenColumns.entries()) {
        const now = width ?? shown[range.left + i] ?? 100;
        edit.setWidth(id, Math.max(now + (command === "columnWider" ? WIDTH_STEP : -WIDTH_STEP), 2 * WIDTH_STEP));
      }
      return true;
    }
    case "formatNumbers": {
      const one =
        view.state.selection instanceof CellSelection
          ? cells
          : cellsIn(edit, { ...range, top: 0, bottom: rows.length });
      return formatNumbers(one, edit);
    }
  }
}

/** Writes each number of these cells as Vietnamese write it; header rows are left alone. */
function formatNumbers(cells: readonly LaidCell[], edit: TableEdit): boolean {
  const { rows } = edit.laid();
  let any = false;
  for (const { row, spots } of cells) {
    if (rows[row]?.header) continue;
    for (const spot of spots) {
      const text = edit.text(spot);
      const said = text.toJSON();
      const wanted = inVietnamese(said);
      if (wanted === null || wanted === said) continue;
      edit.replaceText(spot, wanted);
      any = true;
    }
  }
  return any;
}

/** The widths of the columns as they are on the screen. */
function shownWidths(view: EditorView): number[] {
  const table = view.state.doc.firstChild;
  if (!table) return [];
  const map = TableMap.get(table);
  return Array.from({ length: map.width }, (_, column) => {
    for (let row = 0; row < map.height; row++) {
      const at = map.map[row * map.width + column] ?? 0;
      const node = table.nodeAt(at);
      const dom = node?.attrs["colspan"] === 1 ? view.nodeDOM(at + 1) : null;
      if (dom instanceof HTMLElement) return Math.round(dom.getBoundingClientRect().width);
    }
    return 0;
  });
}

/** The texts that a cell of the table's document shows, by the id of one of them. */
export function textOf(doc: Y.Doc, table: string, cell: string): Y.Text | null {
  const spot = spotOf(cell);
  return spot && tableCellText(doc, table, spot.row, spot.column);
}
