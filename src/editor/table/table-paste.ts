import { DOMSerializer } from "prosemirror-model";
import { Plugin, TextSelection } from "prosemirror-state";
import type { Transaction } from "prosemirror-state";
import { CellSelection } from "prosemirror-tables";
import type { EditorView } from "prosemirror-view";
import { MOST_COLUMNS, MOST_ROWS } from "#collab";
import type { TableContent, TableEdit } from "#collab";
import type { TextRun } from "#model";
import { tableGrid } from "#model";
import { readPastedHtml } from "../paste/pasted-html.ts";
import { readTabbedText } from "../paste/pasted-table.ts";
import { readPastedText } from "../paste/pasted-text.ts";
import { rangeOf } from "./table-commands.ts";
import { tableSchema } from "./table-schema.ts";

/** What a paste asks of the editor of a table's cells. */
export interface PasteTarget {
  readonly edit: TableEdit;
  /** Makes one step of undo of what `change` does to the table. */
  together(change: () => void): void;
  /** Empties the selected cells. */
  clearCells(): boolean;
}

/** Pastes cells into cells, from Excel, Word or a table of ours, and anything else as the text of one cell. */
export function tablePaste(editor: PasteTarget): Plugin {
  return new Plugin({
    props: {
      clipboardSerializer: new CellSerializer(),
      clipboardTextSerializer: (slice, view) =>
        copiedText(view) ?? slice.content.textBetween(0, slice.content.size, "\n"),
      handlePaste: (view, event) => {
        const data = event.clipboardData;
        if (!data) return false;
        paste(editor, view, data);
        return true;
      },
      handleDrop: (view, event, slice, moved) => {
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
        if (!at || !view.state.doc.resolve(at.pos).parent.isTextblock) return true;
        const words = slice.content.textBetween(0, slice.content.size, "\n");
        const { tr, selection } = view.state;
        if (moved && selection instanceof TextSelection && selection.$from.sameParent(selection.$to))
          tr.deleteSelection();
        view.dispatch(tr.insertText(words, tr.mapping.map(at.pos)).setMeta("uiEvent", "drop"));
        return true;
      },
    },
  });
}

function paste(editor: PasteTarget, view: EditorView, data: DataTransfer): void {
  const html = data.getData("text/html");
  const text = data.getData("text/plain");
  const blocks = html === "" ? [] : readPastedHtml(html).blocks;
  const cells = blocks.find((block) => block.table?.content)?.table?.content ?? readTabbedText(text);
  const range = rangeOf(view.state);
  if (cells && range && fits(editor, cells, range)) {
    editor.together(() => fill(editor, cells, range));
    return;
  }
  const read = blocks.length > 0 ? blocks : readPastedText(text, true).blocks;
  if (view.state.selection instanceof CellSelection) editor.clearCells();
  insertLines(
    view,
    read.map(({ runs }) => runs),
  );
}

/** False where the table would become larger than tables can be: then no cell of it may be left out. */
function fits(
  { edit }: PasteTarget,
  { rows }: TableContent,
  range: { readonly left: number; readonly top: number },
): boolean {
  const wide = Math.max(...rows.map(({ cells }) => cells.reduce((sum, { colspan }) => sum + colspan, 0)));
  const laid = edit.laid();
  return (
    Math.max(range.top + rows.length, laid.rows.length) <= MOST_ROWS &&
    Math.max(range.left + wide, laid.columns.length) <= MOST_COLUMNS
  );
}

/** Puts cells in place of those from the first selected one on; rows and columns are added where they are missing. */
function fill(
  { edit }: PasteTarget,
  content: TableContent,
  range: { readonly top: number; readonly left: number },
): void {
  const named = content.rows.map((row) => ({ ...row, cells: row.cells.map((cell) => ({ ...cell, id: "" })) }));
  const grid = tableGrid({ id: "", widths: [], rows: named });
  const { rows, columns } = edit.laid();
  if (range.top + grid.rows.length > rows.length)
    edit.insertRows(rows.length, range.top + grid.rows.length - rows.length);
  if (range.left + grid.columns > columns.length)
    edit.insertColumns(columns.length, range.left + grid.columns - columns.length);
  const cells = edit.laid().cells.flat();
  const filled = new Map<string, (readonly TextRun[])[]>();
  for (const { cell, row, column } of grid.rows.flat()) {
    const [r, c] = [range.top + row, range.left + column];
    const target = cells.find(
      (one) => one.row <= r && r < one.row + one.rowspan && one.column <= c && c < one.column + one.colspan,
    );
    if (!cell || !target) continue;
    const lines = cell.paragraphs.filter((runs, _, all) => all.length === 1 || runs.length > 0);
    const known = filled.get(target.id);
    if (!known) filled.set(target.id, [...lines]);
    else known.push(...lines.filter((runs) => runs.length > 0));
  }
  for (const target of cells) {
    const lines = filled.get(target.id);
    if (lines) edit.setText(target.spots, lines);
  }
}

/** Puts lines in place of the selected text of a cell. */
function insertLines(view: EditorView, lines: readonly (readonly TextRun[])[]): void {
  const { state } = view;
  const runs = lines.flatMap((line, i) => (i === 0 ? line : [{ text: "\n", marks: [] }, ...line]));
  const nodes = runs.map(({ text, marks }) =>
    tableSchema.text(
      text,
      marks.map((mark) => tableSchema.mark(mark)),
    ),
  );
  const { from, to, $from, $to } = state.selection;
  if (nodes.length === 0 || !$from.sameParent($to) || !$from.parent.isTextblock) return;
  const transaction: Transaction = state.tr.replaceWith(from, to, nodes);
  view.dispatch(transaction.scrollIntoView().setMeta("paste", true).setMeta("uiEvent", "paste"));
}

/** The selected cells as lines with tabs, as spreadsheets read them; null where no cells are selected. */
function copiedText({ state }: EditorView): string | null {
  const { selection } = state;
  if (!(selection instanceof CellSelection)) return null;
  return selection
    .content()
    .content.content.flatMap((node) => (node.type === tableSchema.nodes.table ? node.children : [node]))
    .map((row) => row.children.map((cell) => cell.textContent.replaceAll(/\s+/gu, " ")).join("\t"))
    .join("\n");
}

/** Writes the lines of a cell so that other programs see them as lines. */
class CellSerializer extends DOMSerializer {
  constructor() {
    const { nodes, marks } = DOMSerializer.fromSchema(tableSchema);
    super(
      {
        ...nodes,
        text: (node) => {
          const words = document.createElement("span");
          (node.text ?? "").split("\n").forEach((line, i) => {
            if (i > 0) words.append(document.createElement("br"));
            words.append(line);
          });
          return words;
        },
      },
      marks,
    );
  }
}
