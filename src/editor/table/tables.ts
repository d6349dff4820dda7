import type * as Y from "yjs";
import { changedTables } from "#collab";
import type { InnerEditors, SlotsHistory, TextPlace } from "../binding/slots-history.ts";
import type { EditorLabels } from "../labels.ts";
import type { EditorView } from "prosemirror-view";
import type { MarkName } from "#model";
import type { CellMark } from "./cell-marks.ts";
import type { CellCursor } from "./cursors-in-cells.ts";
import type { TableCommand, TableState } from "./table-commands.ts";
import { TableTexts } from "./table-texts.ts";
import type { FoundInCell } from "./table-texts.ts";

/** What a table in the text needs of the editor around it. */
export interface TableSurroundings {
  readonly doc: Y.Doc;
  readonly labels: EditorLabels;
  readonly newId: () => string;
  readonly editable: () => boolean;
  readonly history: SlotsHistory;
  /** Something that the page shows has changed. */
  readonly tell: () => void;
  /** Somebody has written into a table. */
  readonly written: () => void;
  /** The caret has gone into a table: what is told of the text around is told of the table's place. */
  readonly entered: (table: string) => void;
  /** Puts the focus into the text around the tables. */
  readonly focusText: () => void;
  /** A cell that is commented on was clicked. */
  readonly onThread: (thread: string) => void;
}

/** The editor of a table's cells, as the editor around it knows it. */
export interface CellsEditor {
  readonly table: string;
  readonly view: EditorView;
  /** True while an input method is at work in a cell. */
  readonly composing: boolean;
  /** Does a command to what is selected; the caret stays in the table. */
  run(command: TableCommand): boolean;
  toggle(mark: MarkName | "clearMarks"): boolean;
  /** What the page shows of the selected cells. */
  state(): TableState | null;
  /** The marks that what is typed now would bear. */
  marks(): MarkName[];
  /** The caret into the first cell or the last. */
  enter(side: "first" | "last"): void;
  /** The cell in which the caret is, or in which the selection begins. */
  cell(): string | null;
  selection(): { readonly anchor: TextPlace; readonly head: TextPlace } | null;
  select(anchor: TextPlace, head: TextPlace): boolean;
}

/** A table as it is drawn in the text. */
export interface ShownTable {
  readonly dom: HTMLElement;
  readonly table: string;
  /** The editor of its cells; null for a reader. */
  readonly editor: CellsEditor | null;
  received(transaction: Y.Transaction): void;
  redraw(): void;
  /** Shows these comments on its cells and no others. */
  mark(marks: readonly CellMark[]): void;
  /** Shows that these words were found in its cells, and no others. */
  showFound(found: readonly FoundInCell[], here: FoundInCell | null): void;
  /** Shows these cursors of others in its cells and no others. */
  showCursors(cursors: readonly CellCursor[]): void;
  /** Selects words that were found and brings them before the eyes; the focus stays where it is. */
  goTo(found: FoundInCell): void;
}

/** The tables that one editor shows: tells them what others write, and which of them has the caret. */
export class Tables implements InnerEditors {
  readonly around: TableSurroundings;
  readonly texts: TableTexts;
  /** Called when the caret in a table, or what is around it, may have moved. */
  onMove: (() => void) | null = null;
  readonly #shown = new Set<ShownTable>();
  #active: CellsEditor | null = null;
  #marks: readonly CellMark[] = [];
  #found: readonly FoundInCell[] = [];
  #here: FoundInCell | null = null;
  #cursors: readonly CellCursor[] = [];

  constructor(around: TableSurroundings) {
    this.around = around;
    this.texts = new TableTexts(around.doc);
    around.doc.on("afterTransaction", this.#received);
  }

  /** The editor of the table in which the caret is, or null. */
  get active(): CellsEditor | null {
    return this.#active;
  }

  /** The caret has gone into a table, or back into the text. What is typed before and after are two steps of undo. */
  activate(editor: CellsEditor | null): void {
    if (this.#active === editor) return;
    this.around.history.stop();
    this.#active = editor;
    if (editor) this.around.entered(editor.table);
    this.tell();
  }

  add(shown: ShownTable): void {
    this.#shown.add(shown);
    shown.mark(this.#marks.filter(({ table }) => table === shown.table));
    if (this.#found.length > 0) this.#showFoundIn(shown);
    if (this.#cursors.length > 0) this.#showCursorsIn(shown);
  }

  /** Something that the page shows of a table has changed. */
  tell(): void {
    this.onMove?.();
    this.around.tell();
  }

  /** Shows these cursors of others in cells, and no others. */
  showCursors(cursors: readonly CellCursor[]): void {
    if (cursors.length === 0 && this.#cursors.length === 0) return;
    this.#cursors = cursors;
    for (const shown of this.#shown) this.#showCursorsIn(shown);
  }

  #showCursorsIn(shown: ShownTable): void {
    shown.showCursors(this.#cursors.filter(({ table }) => table === shown.table));
  }

  /** Shows that these words were found in cells, and no others. */
  showFound(found: readonly FoundInCell[], here: FoundInCell | null): void {
    this.#found = found;
    this.#here = here;
    for (const shown of this.#shown) this.#showFoundIn(shown);
  }

  #showFoundIn(shown: ShownTable): void {
    const here = this.#here?.table === shown.table ? this.#here : null;
    shown.showFound(
      this.#found.filter(({ table }) => table === shown.table),
      here,
    );
  }

  /** Selects words that were found in a cell, and brings them before the eyes. */
  goTo(found: FoundInCell): void {
    for (const shown of this.#shown) if (shown.table === found.table) shown.goTo(found);
  }

  /** Puts the focus into a table; false where it stands nowhere, or may not be written. */
  focus(table: string): boolean {
    const editor = [...this.#shown].find((shown) => shown.table === table)?.editor;
    editor?.view.focus();
    return editor !== undefined && editor !== null;
  }

  /** Shows these comments on cells and no others. */
  mark(marks: readonly CellMark[]): void {
    this.#marks = marks;
    for (const shown of this.#shown) shown.mark(marks.filter(({ table }) => table === shown.table));
  }

  /** The elements of the cells that comments stand in, by the comment. */
  markedCells(): Map<string, Element> {
    const found = new Map<string, Element>();
    for (const { dom, table } of this.#shown) {
      const own = this.#marks.filter((mark) => mark.table === table);
      if (own.length === 0) continue;
      const cells = new Map(
        [...dom.querySelectorAll<HTMLElement>("[data-cell]")].map((at) => [at.dataset["cell"], at]),
      );
      for (const { id, cell } of own) {
        const element = cells.get(cell);
        if (element) found.set(id, element);
      }
    }
    return found;
  }

  remove(shown: ShownTable): void {
    this.#shown.delete(shown);
    if (shown.editor && shown.editor === this.#active) this.activate(null);
  }

  /** The editor of the table that an element of the text shows, or null. */
  editorIn(dom: unknown): CellsEditor | null {
    return [...this.#shown].find((shown) => shown.dom === dom)?.editor ?? null;
  }

  /** Draws every table anew: whoever looks may write now, or no more. */
  redraw(): void {
    for (const shown of this.#shown) shown.redraw();
  }

  destroy(): void {
    this.around.doc.off("afterTransaction", this.#received);
    this.#active = null;
  }

  selection(): { anchor: TextPlace; head: TextPlace } | null {
    return this.#active?.selection() ?? null;
  }

  select(anchor: TextPlace, head: TextPlace): boolean {
    for (const { editor } of this.#shown) if (editor?.select(anchor, head)) return true;
    return false;
  }

  leave(): void {
    if (this.#active) this.around.focusText();
  }

  get composing(): boolean {
    return [...this.#shown].some(({ editor }) => editor?.composing === true);
  }

  readonly #received = (transaction: Y.Transaction): void => {
    const tables = changedTables(transaction);
    if (tables.size === 0) return;
    this.texts.changed(tables);
    for (const shown of this.#shown) if (tables.has(shown.table)) shown.received(transaction);
    this.around.written();
    this.tell();
  };
}
