import type { Node } from "prosemirror-model";
import { Plugin, Selection, TextSelection } from "prosemirror-state";
import type { EditorState, Transaction } from "prosemirror-state";
import { CellSelection } from "prosemirror-tables";
import * as Y from "yjs";
import { layTable, ORIGIN, slotChanges, spotOf, tableCellText } from "#collab";
import { Lag } from "../binding/lag.ts";
import { isRemote, markRemote } from "../binding/guard.ts";
import { writeCell } from "./cell-edit.ts";
import { cellTexts, sameLayout, tableDoc } from "./table-schema.ts";

/** What the binding needs of an editor: its state, a way to change it, and whether an input method is at work. */
export interface TableHost {
  state(): EditorState;
  /** Applies to the state alone: it must not come back as a local edit. */
  apply(transaction: Transaction): void;
  composing(): boolean;
}

/**
 * Ties one editor to a table of a body. The editor changes the texts of cells only, and hands each dispatch to
 * {@link local}; rows, columns and what is said of cells are changed in the body, by `TableEdit`, and shown from there.
 * At any time the document shown is what a fresh reading of the table gives, but while an input method is at work.
 */
export class TableBinding {
  readonly doc: Y.Doc;
  readonly table: string;
  #host: TableHost | null = null;
  #own: Y.Transaction | null = null;
  readonly #lags = new Map<string, Lag>();

  constructor(doc: Y.Doc, table: string) {
    this.doc = doc;
    this.table = table;
  }

  initialDoc(): Node {
    return tableDoc(this.doc, this.table, layTable(this.doc, this.table));
  }

  /** Refuses what would change more than the texts of cells. The editor's state must have it. */
  guard(): Plugin {
    return new Plugin({
      filterTransaction: (transaction) =>
        !transaction.docChanged || isRemote(transaction) || sameLayout(transaction.before, transaction.doc),
    });
  }

  attach(host: TableHost): void {
    this.#host = host;
    this.refresh();
  }

  detach(): void {
    this.#host = null;
  }

  /** Writes what one dispatch did to the texts, in one Yjs transaction, and shows what the table then is. */
  local(transactions: readonly Transaction[], before: EditorState, after: EditorState): void {
    if (!transactions.some((transaction) => transaction.docChanged && !isRemote(transaction))) return;
    const shown = cellTexts(after.doc);
    this.doc.transact((own) => {
      this.#own = own;
      for (const [i, { node, cell }] of cellTexts(before.doc).entries()) {
        const now = shown[i]?.node;
        const spot = spotOf(cell);
        if (!spot || !now || now.eq(node)) continue;
        writeCell(tableCellText(this.doc, this.table, spot.row, spot.column), node, now, this.#lags.get(cell));
      }
    }, ORIGIN.editor);
    this.#own = null;
    this.refresh();
  }

  /** The table was changed from elsewhere, or by a command; called from within the transaction's end. */
  received(transaction: Y.Transaction): void {
    const host = this.#host;
    if (transaction === this.#own || !host) return;
    if (host.composing()) {
      for (const { cell } of cellTexts(host.state().doc)) {
        const spot = spotOf(cell);
        const text = spot && tableCellText(this.doc, this.table, spot.row, spot.column);
        if (!text || !hasChanged(transaction, text)) continue;
        const lag = this.#lags.get(cell) ?? new Lag();
        lag.receive(slotChanges(text, transaction));
        this.#lags.set(cell, lag);
      }
    }
    this.refresh();
  }

  /** Shows the table as it is, unless an input method is at work: then it is made up for when that ends. */
  refresh(): void {
    const host = this.#host;
    if (!host || host.composing()) return;
    this.#lags.clear();
    const state = host.state();
    const wanted = this.initialDoc();
    if (state.doc.eq(wanted)) return;
    const transaction = markRemote(state.tr);
    if (sameLayout(state.doc, wanted)) {
      const texts = cellTexts(wanted);
      for (const [i, { node, start }] of cellTexts(state.doc).entries()) {
        const now = texts[i]?.node;
        if (now && !now.eq(node)) replaceText(transaction, transaction.mapping.map(start, -1), node, now);
      }
    } else {
      const restore = placeOf(state.selection);
      transaction.replaceWith(0, state.doc.content.size, wanted.content);
      const selection = restore(transaction.doc);
      if (selection) transaction.setSelection(selection);
    }
    host.apply(transaction);
  }
}

function hasChanged(transaction: Y.Transaction, text: Y.Text): boolean {
  return [...transaction.changed.keys()].some((type) => (type as unknown) === text);
}

/** Replaces what differs between two texts of a cell. */
function replaceText(transaction: Transaction, start: number, old: Node, now: Node): void {
  const from = old.content.findDiffStart(now.content);
  const end = old.content.findDiffEnd(now.content);
  if (from === null || !end) return;
  const overlap = Math.max(0, from - Math.min(end.a, end.b));
  transaction.replace(start + from, start + end.a + overlap, now.slice(from, end.b + overlap));
}

/** Where a selection stands by the ids of its cells, to be found again in another document of the table. */
function placeOf(selection: Selection): (doc: Node) => Selection | null {
  if (selection instanceof CellSelection) {
    const ids = [selection.$anchorCell, selection.$headCell].map(($cell) => $cell.nodeAfter?.attrs["id"] as unknown);
    return (doc) => {
      const [anchor, head] = ids.map((id) => cellPosition(doc, String(id)));
      if (anchor != null && head != null) return CellSelection.create(doc, anchor, head);
      // Merged: the caret goes into the cell that they are now.
      const left = anchor ?? head;
      return left == null ? near(doc, selection.from) : Selection.near(doc.resolve(left + 1));
    };
  }
  const ends = [selection.$anchor, selection.$head].map(($pos) => ({
    cell: String($pos.parent.attrs["cell"] ?? ""),
    offset: $pos.parentOffset,
  }));
  return (doc) => {
    const texts = cellTexts(doc);
    const [anchor, head] = ends.map(({ cell, offset }) => {
      const found = texts.find((text) => text.cell === cell);
      return found && found.start + Math.min(offset, found.node.content.size);
    });
    return anchor == null || head == null ? near(doc, selection.from) : TextSelection.create(doc, anchor, head);
  };
}

function near(doc: Node, pos: number): Selection {
  return TextSelection.near(doc.resolve(Math.min(pos, doc.content.size)), -1);
}

/** Where a cell stands in a document, or null. */
export function cellPosition(doc: Node, id: string): number | null {
  let found: number | null = null;
  doc.descendants((node, pos) => {
    if (node.attrs["id"] === id && node.type.name === "table_cell") found = pos;
    return found === null && node.type.name !== "table_cell";
  });
  return found;
}
