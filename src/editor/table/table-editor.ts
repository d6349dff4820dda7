import { EditorState, TextSelection } from "prosemirror-state";
import type { Transaction } from "prosemirror-state";
import { CellSelection, columnResizing, tableEditing, TableMap } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import type * as Y from "yjs";
import { TableEdit } from "#collab";
import type { MarkName } from "#model";
import { MARKS } from "#model";
import { isRemote } from "../binding/guard.ts";
import { browserSelection } from "../browser-selection.ts";
import type { TextPlace } from "../binding/slots-history.ts";
import { Composition } from "../composition.ts";
import { frames } from "../frames.ts";
import { bringIntoView } from "../scrolling.ts";
import type { CellMark } from "./cell-marks.ts";
import { cellMarks, showCellMarks } from "./cell-marks.ts";
import { cellCursorMarks, cursorsInCells, showCursors } from "./cursors-in-cells.ts";
import type { CellCursor } from "./cursors-in-cells.ts";
import { figures } from "./figures.ts";
import { foundCellMarks, foundInCells, showFound } from "./found-in-cells.ts";
import { TableBinding } from "./table-binding.ts";
import { changeTable, tableState, textOf } from "./table-commands.ts";
import type { TableCommand, TableState } from "./table-commands.ts";
import { clearMarks, tableKeys, toggleIn } from "./table-keys.ts";
import { tablePaste } from "./table-paste.ts";
import type { PasteTarget } from "./table-paste.ts";
import { cellTexts, sameLayout, tableSchema } from "./table-schema.ts";
import type { FoundInCell } from "./table-texts.ts";
import type { CellsEditor, Tables } from "./tables.ts";

/** The narrowest a column is drawn, in CSS pixels. */
const NARROWEST = 40;

/** What stands around one table in the text. */
export interface TablePlace {
  /** Puts the caret into the text above (-1) or below (1). */
  leave(side: -1 | 1): boolean;
  /** Takes the table with its caption out of the text. */
  remove(): boolean;
}

/** The editor of a table's cells. It lives as long as the table is drawn and one may write. */
export class TableEditor implements CellsEditor, PasteTarget {
  readonly view: EditorView;
  readonly table: string;
  readonly edit: TableEdit;
  readonly #doc: Y.Doc;
  readonly #tables: Tables;
  readonly #place: TablePlace;
  readonly #binding: TableBinding;
  readonly #composition: Composition = new Composition(() => this.#binding.refresh());
  #lastWord: unknown;

  constructor(mount: HTMLElement, table: string, tables: Tables, place: TablePlace) {
    const { doc, labels, newId, history, onThread } = tables.around;
    this.table = table;
    this.#doc = doc;
    this.#tables = tables;
    this.#place = place;
    this.edit = new TableEdit(doc, table, newId);
    this.#binding = new TableBinding(doc, table);
    this.view = new EditorView(mount, {
      state: EditorState.create({
        schema: tableSchema,
        doc: this.#binding.initialDoc(),
        plugins: [
          this.#binding.guard(),
          browserSelection(doc),
          this.#composition.plugin(),
          tablePaste(this),
          ...tableKeys({
            run: (command) => this.run(command),
            undo: () => history.undo() || true,
            redo: () => history.redo() || true,
            leave: (side) => place.leave(side),
            clearCells: () => this.clearCells(),
          }),
          figures(labels.table.unbalanced),
          cellMarks(onThread),
          foundInCells(),
          frames(foundCellMarks, () => this.composing),
          cursorsInCells(doc),
          frames(cellCursorMarks, () => this.composing),
          columnResizing({ cellMinWidth: NARROWEST, defaultCellMinWidth: NARROWEST }),
          tableEditing(),
        ],
      }),
      attributes: { class: "tk-cells", role: "group", "aria-label": labels.table.cells, spellcheck: "true" },
      dispatchTransaction: (transaction) => this.#dispatch(transaction),
      handleDOMEvents: {
        focus: () => {
          tables.activate(this);
          return false;
        },
      },
    });
    this.#binding.attach({
      state: () => this.view.state,
      apply: (transaction) => this.view.updateState(this.view.state.apply(transaction)),
      composing: () => this.composing,
    });
  }

  get composing(): boolean {
    return this.#composition.atWork;
  }

  received(transaction: Y.Transaction): void {
    this.#binding.received(transaction);
  }

  /** Does a command to what is selected; the caret stays in the table. One step of undo. */
  run(command: TableCommand): boolean {
    const { history } = this.#tables.around;
    this.#composition.end();
    if (command === "removeTable" || this.#isAllOf(command)) return this.#place.remove();
    let ran = false;
    history.together(() => {
      ran = changeTable(command, this.view, this.edit);
    });
    this.#tables.tell();
    return ran;
  }

  toggle(mark: MarkName | "clearMarks"): boolean {
    return (mark === "clearMarks" ? clearMarks : toggleIn(mark))(this.view.state, this.view.dispatch, this.view);
  }

  state(): TableState | null {
    return tableState(this.view.state, this.edit);
  }

  /** The marks that what is typed now would bear. */
  marks(): MarkName[] {
    const { storedMarks, selection } = this.view.state;
    const { $from, from, to, empty } = selection;
    return MARKS.filter((name) => {
      const type = tableSchema.marks[name];
      if (empty) return type.isInSet(storedMarks ?? $from.marks()) !== undefined;
      return this.view.state.doc.rangeHasMark(from, to, type);
    });
  }

  /** The caret into the first cell or the last. */
  enter(side: "first" | "last"): void {
    const texts = cellTexts(this.view.state.doc);
    const text = side === "first" ? texts[0] : texts.at(-1);
    if (text) {
      const pos = side === "first" ? text.start : text.start + text.node.content.size;
      this.view.dispatch(
        this.view.state.tr.setSelection(TextSelection.create(this.view.state.doc, pos)).scrollIntoView(),
      );
    }
    this.view.focus();
  }

  cell(): string | null {
    const { selection } = this.view.state;
    if (selection instanceof CellSelection) return String(selection.$anchorCell.nodeAfter?.attrs["id"] ?? "") || null;
    const { $from } = selection;
    for (let depth = $from.depth; depth > 0; depth--) {
      const node = $from.node(depth);
      if (node.type === tableSchema.nodes.table_cell) return String(node.attrs["id"]);
    }
    return null;
  }

  mark(marks: readonly CellMark[]): void {
    this.view.updateState(this.view.state.apply(showCellMarks(this.view.state, marks)));
  }

  showFound(found: readonly FoundInCell[], here: FoundInCell | null): void {
    this.view.updateState(this.view.state.apply(showFound(this.view.state, found, here)));
  }

  showCursors(cursors: readonly CellCursor[]): void {
    this.view.updateState(this.view.state.apply(showCursors(this.view.state, cursors)));
  }

  /** Selects words in a cell and brings them before the eyes; the focus stays where it is. */
  goTo({ cell, from, to }: FoundInCell): void {
    const { doc, tr } = this.view.state;
    const text = cellTexts(doc).find((one) => one.cell === cell);
    if (!text || to > text.node.content.size) return;
    this.view.dispatch(tr.setSelection(TextSelection.create(doc, text.start + from, text.start + to)));
    const { node } = this.view.domAtPos(text.start + from);
    bringIntoView(node instanceof HTMLElement ? node : node.parentElement);
  }

  /** Empties the selected cells, as one step of undo. */
  clearCells(): boolean {
    const { selection } = this.view.state;
    if (!(selection instanceof CellSelection)) return false;
    const ids: string[] = [];
    selection.forEachCell((cell) => ids.push(String(cell.attrs["id"])));
    this.#tables.around.history.together(() => {
      for (const cell of this.edit.laid().cells.flat()) if (ids.includes(cell.id)) this.edit.setText(cell.spots, []);
    });
    return true;
  }

  /** Makes one step of undo of what `change` does to the table. */
  together(change: () => void): void {
    this.#tables.around.history.together(change);
  }

  selection(): { anchor: TextPlace; head: TextPlace } | null {
    const { selection } = this.view.state;
    // Of cells that are selected, the texts of the first and the last.
    const [$anchor, $head] =
      selection instanceof CellSelection
        ? [selection.$anchorCell, selection.$headCell].map(({ doc, pos }) => doc.resolve(pos + 2))
        : [selection.$anchor, selection.$head];
    const [anchor, head] = [$anchor, $head].map(($pos) => {
      if (!$pos) return null;
      const text = textOf(this.#doc, this.table, String($pos.parent.attrs["cell"] ?? ""));
      return text && { text, index: Math.min($pos.parentOffset, text.length) };
    });
    return anchor && head ? { anchor, head } : null;
  }

  select(anchor: TextPlace, head: TextPlace): boolean {
    const { doc, tr } = this.view.state;
    const [from, to] = [anchor, head].map(({ text, index }) => {
      const found = cellTexts(doc).find(({ cell }) => textOf(this.#doc, this.table, cell) === text);
      return found && found.start + Math.min(index, found.node.content.size);
    });
    if (from === undefined || to === undefined) return false;
    this.view.dispatch(tr.setSelection(TextSelection.create(doc, from, to)).scrollIntoView());
    this.view.focus();
    return true;
  }

  destroy(): void {
    this.#binding.detach();
    this.view.destroy();
  }

  /** True for the removal of all rows or all columns: nothing of the table would be left. */
  #isAllOf(command: TableCommand): boolean {
    const { selection, doc } = this.view.state;
    if (command === "removeRow") {
      if (doc.firstChild?.childCount === 1) return true;
      return selection instanceof CellSelection && selection.isColSelection();
    }
    if (command !== "removeColumn") return false;
    if (doc.firstChild && TableMap.get(doc.firstChild).width === 1) return true;
    return selection instanceof CellSelection && selection.isRowSelection();
  }

  #dispatch(transaction: Transaction): void {
    if (this.view.isDestroyed) return;
    const before = this.view.state;
    if (transaction.docChanged && !isRemote(transaction) && !sameLayout(transaction.before, transaction.doc)) {
      this.#structural(transaction);
      return;
    }
    const { state: after, transactions } = before.applyTransaction(transaction);
    this.view.updateState(after);
    if (transactions.some(({ docChanged }) => docChanged)) {
      const { history } = this.#tables.around;
      const apart = transaction.getMeta("uiEvent") !== undefined;
      if (apart || !before.selection.empty) history.stop();
      const word: unknown = transaction.getMeta("composition");
      if (word !== undefined && word === this.#lastWord) history.goOn();
      this.#lastWord = word;
      history.beforeInnerEdit();
      this.#binding.local(transactions, before, after);
      if (apart) history.stop();
    }
    this.#tables.tell();
  }

  /** What others' commands would do to rows, columns and cells: a width is taken over, a cut empties, nothing else. */
  #structural(transaction: Transaction): void {
    if (transaction.getMeta("uiEvent") === "cut") {
      this.clearCells();
      return;
    }
    const [old, now] = [transaction.before.firstChild, transaction.doc.firstChild];
    if (!old || !now || old.childCount !== now.childCount) return;
    const { columns } = this.edit.laid();
    const [before, after] = [widthsOf(old), widthsOf(now)];
    if (before.length !== columns.length || after.length !== columns.length) return;
    this.together(() => {
      for (const [i, { id }] of columns.entries()) {
        const width = after[i];
        if (width !== undefined && width !== before[i]) this.edit.setWidth(id, width);
      }
    });
  }
}

/** The width of each column as its cells tell it; 0 where none does. */
function widthsOf(table: EditorState["doc"]): number[] {
  const map = TableMap.get(table);
  const widths = Array.from({ length: map.width }, () => 0);
  for (const at of new Set(map.map)) {
    const { left } = map.findCell(at);
    const colwidth: unknown = table.nodeAt(at)?.attrs["colwidth"];
    if (!Array.isArray(colwidth)) continue;
    for (const [i, width] of colwidth.entries()) if (Number(width) > 0) widths[left + i] = Number(width);
  }
  return widths;
}
