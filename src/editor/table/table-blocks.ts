import type { Node } from "prosemirror-model";
import { Plugin } from "prosemirror-state";
import type { Command, EditorState, Transaction } from "prosemirror-state";
import { TextSelection } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";
import type { EditorView } from "prosemirror-view";
import type * as Y from "yjs";
import { ORIGIN, readTable, writeTable } from "#collab";
import type { TableContent } from "#collab";
import { reportSchema } from "#model";
import { isRemote } from "../binding/guard.ts";
import { blockKind } from "../commands.ts";
import type { Tables } from "./tables.ts";

/** A table that a transaction brings in: with content of its own, or with that of another table of the body. */
export interface MadeTable {
  readonly id: string;
  readonly content: TableContent | { readonly copyOf: string };
}

const MADE = "made-tables";

/** Notes on a transaction what the tables of its blocks hold; it is written together with the blocks. */
export function withTables(transaction: Transaction, tables: readonly MadeTable[]): Transaction {
  return tables.length === 0 ? transaction : transaction.setMeta(MADE, [...madeTables([transaction]), ...tables]);
}

/** The tables that transactions bring in. */
export function madeTables(transactions: readonly Transaction[]): MadeTable[] {
  return transactions.flatMap((transaction) => (transaction.getMeta(MADE) as MadeTable[] | undefined) ?? []);
}

/** Writes what the tables hold that a dispatch brought in, before the blocks that show them. */
export function writeTables(doc: Y.Doc, tables: readonly MadeTable[], newId: () => string): void {
  for (const { id, content } of tables) {
    writeTable(doc, id, "copyOf" in content ? readTable(doc, content.copyOf) : content, newId, ORIGIN.editor);
  }
}

/** A table of empty cells, the first row a header. */
export function emptyContent(rows: number, columns: number): TableContent {
  const cell = { header: false, colspan: 1, rowspan: 1, align: null, paragraphs: [[]] };
  return {
    widths: [],
    rows: Array.from({ length: rows }, (_, row) => ({
      total: false,
      cells: Array.from({ length: columns }, () => ({ ...cell, header: row === 0 && rows > 1 })),
    })),
  };
}

/** Puts a table in place of an empty paragraph, or below the block of the caret; there is always a block below it. */
export function insertTable(id: string, rows: number, columns: number): Command {
  return (state, dispatch) => {
    const { $from } = state.selection;
    if ($from.parent.type !== reportSchema.nodes.block) return false;
    const tr = state.tr;
    const pos = $from.before();
    const attrs = { kind: "table", level: 0, table: id };
    const inPlace = $from.parent.content.size === 0 && blockKind($from.parent) !== "table";
    let at = pos;
    if (inPlace) {
      for (const [name, value] of Object.entries(attrs)) tr.setNodeAttribute(pos, name, value);
    } else {
      at = $from.after();
      tr.insert(at, reportSchema.node("block", attrs));
    }
    const after = at + (tr.doc.nodeAt(at)?.nodeSize ?? 0);
    if (!tr.doc.resolve(after).nodeAfter) tr.insert(after, reportSchema.node("block"));
    tr.setSelection(TextSelection.create(tr.doc, at + 1));
    dispatch?.(withTables(tr, [{ id, content: emptyContent(rows, columns) }]).scrollIntoView());
    return true;
  };
}

/**
 * Gives a copy of a table block a table of its own, with the same content. The block that was there before keeps the
 * table, and so does one that was moved.
 */
export function tableCopies(newId: () => string): Plugin {
  return new Plugin({
    appendTransaction(transactions, before, after) {
      if (!transactions.some((transaction) => !isRemote(transaction) && bringsTables(transaction))) return null;
      const blocks = tableBlocks(after.doc);
      const old = new Map(tableBlocks(before.doc).map(({ node }) => [node.attrs["table"], node.attrs["id"]]));
      const tr = after.tr;
      const made: MadeTable[] = [];
      for (const table of new Set(blocks.map(({ node }) => String(node.attrs["table"])))) {
        const sharing = blocks.filter(({ node }) => node.attrs["table"] === table);
        const owner = sharing.find(({ node }) => node.attrs["id"] === old.get(table)) ?? sharing[0];
        for (const { pos } of sharing.filter((one) => one !== owner)) {
          const id = newId();
          tr.setNodeAttribute(pos, "table", id);
          made.push({ id, content: { copyOf: table } });
        }
      }
      return made.length > 0 ? withTables(tr, made) : null;
    },
  });
}

function bringsTables(transaction: Transaction): boolean {
  return transaction.steps.some((step) => step instanceof ReplaceStep && tableBlocks(step.slice.content).length > 0);
}

/** The blocks that have a table, with their positions. */
function tableBlocks(content: Pick<Node, "descendants">): { node: Node; pos: number }[] {
  const found: { node: Node; pos: number }[] = [];
  content.descendants((node, pos) => {
    if (node.type !== reportSchema.nodes.block) return true;
    if (node.attrs["table"] !== "") found.push({ node, pos });
    return false;
  });
  return found;
}

/** The ways from the text into a table: arrows at its borders, and Delete and Backspace, which never join with one. */
export function tableDoors(tables: Tables): Plugin {
  return new Plugin({
    props: {
      handleDOMEvents: {
        focus: () => {
          tables.activate(null);
          return false;
        },
      },
      handleKeyDown: (view, event) => {
        const { key } = event;
        if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
        const { $head, empty } = view.state.selection;
        if (!empty || $head.parent.type !== reportSchema.nodes.block) return false;
        const atStart = $head.parentOffset === 0;
        const atEnd = $head.parentOffset === $head.parent.content.size;
        const inCaption = blockKind($head.parent) === "table";
        const forward = key === "ArrowDown" || ((key === "ArrowRight" || key === "Delete") && atEnd);
        const backward = key === "ArrowUp" || ((key === "ArrowLeft" || key === "Backspace") && atStart);
        const isVertical = key === "ArrowDown" || key === "ArrowUp";
        if (isVertical && !view.endOfTextblock(key === "ArrowDown" ? "down" : "up")) return false;
        const below = view.state.doc.resolve($head.after()).nodeAfter;
        if (key === "Delete" && atEnd && !inCaption && below && blockKind(below) === "table") {
          view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, $head.after() + 1)));
          return true;
        }
        if (forward && inCaption) return enter(tables, view, $head.before(), "first");
        if (!backward) return inCaption && key === "Backspace" && atStart;
        const above = view.state.doc.resolve($head.before()).nodeBefore;
        if (above && blockKind(above) === "table") return enter(tables, view, $head.before() - above.nodeSize, "last");
        // The caption goes into no other block, nor does the block lose its table.
        return inCaption && key === "Backspace";
      },
    },
  });
}

function enter(tables: Tables, view: EditorView, pos: number, side: "first" | "last"): boolean {
  const editor = tables.editorIn(view.nodeDOM(pos));
  editor?.enter(side);
  return editor !== null;
}

/** The position of the block that shows a table, or null. */
export function positionOfTable(state: EditorState, table: string): number | null {
  return tableBlocks(state.doc).find(({ node }) => node.attrs["table"] === table)?.pos ?? null;
}
