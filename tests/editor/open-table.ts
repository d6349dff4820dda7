import { TextSelection } from "prosemirror-state";
import { CellSelection } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import { expect } from "vitest";
import * as Y from "yjs";
import { docFrom, layTable, readTable, TableEdit, tableCellText } from "#collab";
import type { Spot } from "#collab";
import { cellText } from "#model";
import { numberedIds } from "../support/headless-view.ts";
import { OpenEditor } from "./open-editor.ts";

// The editors of cells are nobody's business outside; here they are noticed as they are made.
const views = new Set<EditorView>();
const someProp = EditorView.prototype.someProp;
EditorView.prototype.someProp = function noticed(this: EditorView, ...asked: Parameters<typeof someProp>) {
  views.add(this);
  return someProp.apply(this, asked);
};

/** The words of a small table, its header first. */
export const FIGURES = [
  ["Đơn vị", "2021"],
  ["Một", "10"],
  ["Hai", "20"],
];

/** A real editor with its tables, driven in their cells as {@link OpenEditor} is in its text. */
export class TableEditor extends OpenEditor {
  /** The ids of the tables in the text, in order. */
  tables(): string[] {
    const found: string[] = [];
    this.shown.descendants((node) => {
      if (node.attrs["kind"] === "table") found.push(String(node.attrs["table"]));
    });
    return found;
  }

  /** The id of the first table. */
  get table(): string {
    const [id] = this.tables();
    if (id === undefined) throw new Error("no table");
    return id;
  }

  /** The texts of a table as the body has them; the editor shows the same, and the laws hold. */
  texts(id = this.table): string[][] {
    const read = readTable(this.doc, id).rows.map((row) => row.cells.map(cellText));
    const drawn = [...this.mount.querySelectorAll<HTMLElement>(".tk-table")][this.tables().indexOf(id)];
    const shown = [...(drawn?.querySelectorAll("tr") ?? [])].map((row) =>
      [...row.querySelectorAll("td, th")].map((cell) =>
        [...cell.querySelectorAll("p")].map((line) => line.textContent).join("\n"),
      ),
    );
    expect(shown).toEqual(read);
    expect(readTable(docFrom(Y.encodeStateAsUpdate(this.doc)), id)).toEqual(readTable(this.doc, id));
    this.spell();
    return read;
  }

  /** The view of the cells of the n-th table. */
  cells(n = 0): EditorView {
    const dom = this.mount.querySelectorAll(".tk-cells")[n];
    const view = [...views].find((one) => !one.isDestroyed && one.dom === dom);
    if (!view) throw new Error("no cells");
    return view;
  }

  /** The caret into a cell of the first table, by its place among the cells. */
  caretIn(n: number, offset = 0): void {
    const view = this.cells();
    view.focus();
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, this.#start(n) + offset)));
  }

  selectCells(from: number, to: number): void {
    const view = this.cells();
    view.focus();
    const range = CellSelection.create(view.state.doc, this.#start(from) - 2, this.#start(to) - 2);
    view.dispatch(view.state.tr.setSelection(range));
  }

  /** Where the text of a cell begins. */
  #start(n: number): number {
    const starts: number[] = [];
    this.cells().state.doc.descendants((node, pos) => {
      if (node.type.name === "table_cell") starts.push(pos + 2);
    });
    const found = starts[n];
    if (found === undefined) throw new Error(`no cell ${n}`);
    return found;
  }

  typeInCell(text: string): void {
    const view = this.cells();
    for (const letter of text) {
      const { from, to } = view.state.selection;
      const plain = () => view.state.tr.insertText(letter, from, to).scrollIntoView();
      if (!view.someProp("handleTextInput", (handle) => handle(view, from, to, letter, plain))) view.dispatch(plain());
    }
  }

  /** True where the cells took the key. */
  pressInCell(key: string, modifiers: Partial<KeyboardEventInit> = {}): boolean {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...modifiers });
    return !this.cells().dom.dispatchEvent(event);
  }

  pasteInCell(data: { readonly html?: string; readonly text?: string }): void {
    const clipboardData = {
      getData: (format: string) => (format === "text/html" ? data.html : data.text) ?? "",
      files: [],
    };
    const event = Object.assign(new Event("paste", { bubbles: true, cancelable: true }), { clipboardData });
    this.cells().dom.dispatchEvent(event);
  }

  /** Somebody else works on the first table, hearing of what is here first. */
  elsewhereInTable(change: (edit: TableEdit, doc: Y.Doc, at: (row: number, column: number) => Y.Text) => void): void {
    const other = docFrom(Y.encodeStateAsUpdate(this.doc));
    const id = this.table;
    const at = (row: number, column: number): Y.Text => {
      const { rows, columns } = layTable(other, id);
      const spot: Spot = { row: rows[row]?.id ?? "", column: columns[column]?.id ?? "" };
      return tableCellText(other, id, spot.row, spot.column);
    };
    change(new TableEdit(other, id, numberedIds(`o${other.clientID}`)), other, at);
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(this.doc)), "network");
  }

  /** Puts in a table with these words below a1, cell by cell. */
  filled(rows: readonly (readonly string[])[]): void {
    this.select("a1", -1);
    expect(this.editor.insertTable(rows.length, rows[0]?.length ?? 1)).toBe(true);
    let n = 0;
    for (const words of rows.flat()) {
      this.caretIn(n++);
      this.typeInCell(words);
    }
  }
}
