import type { Node } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import type { Decoration, EditorView, NodeView, ViewMutationRecord } from "prosemirror-view";
import type * as Y from "yjs";
import { isStoredId, readTable } from "#collab";
import { reportSchema } from "#model";
import type { CellMark } from "./cell-marks.ts";
import { markDrawn, threadAt } from "./cell-marks.ts";
import { drawTable, writeRuns } from "./drawn-table.ts";
import { totalWarnings } from "./figures.ts";
import { caretElement } from "../cursor-signs.ts";
import { bringIntoView } from "../scrolling.ts";
import { FOUND, FOUND_HERE } from "../search.ts";
import { cursorIn } from "./cursors-in-cells.ts";
import type { CellCursor } from "./cursors-in-cells.ts";
import { DrawnWords } from "./drawn-words.ts";
import { TableEditor } from "./table-editor.ts";
import type { FoundInCell } from "./table-texts.ts";
import { isSame } from "./table-texts.ts";
import type { ShownTable, Tables } from "./tables.ts";

/**
 * A table in the text: its caption, which is the block's own text, and below it the cells, in an editor of their own.
 * For a reader the cells are only drawn: nothing that only looks ever writes.
 */
export class TableView implements NodeView, ShownTable {
  readonly dom: HTMLElement;
  readonly contentDOM: HTMLElement;
  readonly #cells: HTMLElement;
  readonly #outer: EditorView;
  readonly #getPos: () => number | undefined;
  readonly #tables: Tables;
  #node: Node;
  #marks: readonly CellMark[] = [];
  #editor: TableEditor | null = null;
  #found: readonly FoundInCell[] = [];
  #here: FoundInCell | null = null;
  #cursors: readonly CellCursor[] = [];

  constructor(
    node: Node,
    outer: EditorView,
    getPos: () => number | undefined,
    decorations: readonly Decoration[],
    tables: Tables,
  ) {
    this.#node = node;
    this.#outer = outer;
    this.#getPos = getPos;
    this.#tables = tables;
    this.dom = document.createElement("div");
    this.contentDOM = this.dom.appendChild(document.createElement("p"));
    this.contentDOM.className = "tk-caption";
    this.#cells = this.dom.appendChild(document.createElement("div"));
    this.#cells.className = "tk-table";
    this.#cells.contentEditable = "false";
    this.#cells.addEventListener("click", ({ target }) => {
      const thread = this.#editor ? null : threadAt(target);
      if (thread !== null) tables.around.onThread(thread);
    });
    this.#describe(decorations);
    this.redraw();
    tables.add(this);
  }

  get table(): string {
    return String(this.#node.attrs["table"]);
  }

  get editor(): TableEditor | null {
    return this.#editor;
  }

  update(node: Node, decorations: readonly Decoration[]): boolean {
    if (node.type !== this.#node.type || node.attrs["kind"] !== "table") return false;
    const other = node.attrs["table"] !== this.#node.attrs["table"];
    this.#node = node;
    this.#describe(decorations);
    if (other) this.redraw();
    return true;
  }

  /** Draws the cells anew: for somebody who may write now or no more, or of another table. */
  redraw(): void {
    this.#editor?.destroy();
    this.#editor = null;
    this.#cells.replaceChildren();
    const { editable, labels } = this.#tables.around;
    if (!isStoredId(this.table)) {
      this.#cells.textContent = labels.table.missing;
    } else if (editable()) {
      this.#editor = new TableEditor(this.#cells, this.table, this.#tables, {
        leave: (side) => this.#leave(side),
        remove: () => this.#remove(),
      });
    } else {
      this.#draw();
    }
    this.#showMarks();
    if (this.#found.length > 0) this.showFound(this.#found, this.#here);
    if (this.#cursors.length > 0) this.showCursors(this.#cursors);
  }

  mark(marks: readonly CellMark[]): void {
    // Most calls change nothing here, and an editor that is left alone keeps what somebody composes in it.
    if (marks.length === 0 && this.#marks.length === 0) return;
    this.#marks = marks;
    this.#showMarks();
  }

  showFound(found: readonly FoundInCell[], here: FoundInCell | null): void {
    const nothing = found.length === 0 && this.#found.length === 0;
    this.#found = found;
    this.#here = here;
    if (nothing) return;
    if (this.#editor) this.#editor.showFound(found, here);
    else this.#draw();
  }

  showCursors(cursors: readonly CellCursor[]): void {
    const nobody = cursors.length === 0 && this.#cursors.length === 0;
    this.#cursors = cursors;
    if (nobody) return;
    if (this.#editor) this.#editor.showCursors(cursors);
    else this.#draw();
  }

  goTo(found: FoundInCell): void {
    if (this.#editor) this.#editor.goTo(found);
    else bringIntoView(this.#cells.querySelector(".tk-found-here"));
  }

  #showMarks(): void {
    if (this.#editor) this.#editor.mark(this.#marks);
    else markDrawn(this.#cells, this.#marks);
  }

  received(transaction: Y.Transaction): void {
    if (this.#editor) {
      this.#editor.received(transaction);
    } else {
      this.#draw();
    }
  }

  stopEvent(event: Event): boolean {
    return event.target instanceof globalThis.Node && this.#cells.contains(event.target);
  }

  ignoreMutation(mutation: ViewMutationRecord): boolean {
    return !this.contentDOM.contains(mutation.target);
  }

  destroy(): void {
    this.#tables.remove(this);
    this.#editor?.destroy();
  }

  #draw(): void {
    const table = readTable(this.#tables.around.doc, this.table);
    const warnings = totalWarnings(table, this.#tables.around.labels.table.unbalanced);
    const around = document.createElement("div");
    around.className = "tableWrapper";
    around.tabIndex = 0;
    around.setAttribute("role", "group");
    around.setAttribute("aria-label", this.#tables.around.labels.table.cells);
    around.append(drawTable(document, table, writeRuns, warnings));
    this.#cells.replaceChildren(around);
    this.#frameFound(around);
    this.#putCursors(around);
    markDrawn(this.#cells, this.#marks);
  }

  #putCursors(drawn: HTMLElement): void {
    if (this.#cursors.length === 0) return;
    const { texts, around } = this.#tables;
    for (const cursor of this.#cursors) {
      const at = cursorIn(around.doc, cursor);
      if (!at) continue;
      // Each parts the text it stands in.
      const words = new DrawnWords(drawn, texts.of(this.table));
      words.put(caretElement(cursor.name, cursor.colour), cursor.cell, at.head);
    }
  }

  #frameFound(drawn: HTMLElement): void {
    if (this.#found.length === 0) return;
    const { texts } = this.#tables;
    const words = new DrawnWords(drawn, texts.of(this.table));
    // From the last to the first: what is framed parts the text before it from what follows.
    for (const found of this.#found.toReversed()) {
      for (const range of words.rangesOf(found)) {
        const frame = document.createElement("span");
        frame.className = isSame(found, this.#here) ? FOUND_HERE : FOUND;
        range.surroundContents(frame);
      }
    }
  }

  #describe(decorations: readonly Decoration[]): void {
    const { attrs, content } = this.#node;
    this.dom.className = "tk-table-block";
    this.dom.dataset["block"] = String(attrs["id"]);
    this.dom.dataset["kind"] = "table";
    this.dom.dataset["level"] = "0";
    this.contentDOM.classList.toggle("tk-caption-empty", content.size === 0);
    this.contentDOM.dataset["placeholder"] = this.#tables.around.labels.table.caption;
    const label = decorations.map(({ spec }): unknown => spec["label"]).find((one) => typeof one === "string");
    this.contentDOM.dataset["label"] = label ?? "";
  }

  #leave(side: -1 | 1): boolean {
    const pos = this.#getPos();
    if (pos === undefined) return false;
    const { state } = this.#outer;
    const tr = state.tr;
    const after = pos + this.#node.nodeSize;
    if (side === 1 && !state.doc.resolve(after).nodeAfter) tr.insert(after, reportSchema.node("block"));
    tr.setSelection(TextSelection.create(tr.doc, side === -1 ? after - 1 : after + 1));
    this.#outer.dispatch(tr.scrollIntoView());
    this.#outer.focus();
    return true;
  }

  /** The block goes; what the table holds stays in the body, where undo finds it again. */
  #remove(): boolean {
    const pos = this.#getPos();
    if (pos === undefined) return false;
    const { tr, doc } = this.#outer.state;
    this.#tables.activate(null);
    const only = doc.resolve(pos).parent.childCount === 1;
    if (only) {
      tr.delete(pos + 1, pos + this.#node.nodeSize - 1);
      tr.setNodeAttribute(pos, "kind", "paragraph").setNodeAttribute(pos, "table", "");
    } else {
      tr.delete(pos, pos + this.#node.nodeSize);
    }
    tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(pos + 1, tr.doc.content.size))));
    this.#outer.dispatch(tr.setMeta("uiEvent", "table").scrollIntoView());
    this.#outer.focus();
    return true;
  }
}
