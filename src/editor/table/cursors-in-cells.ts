import type { Node } from "prosemirror-model";
import { Plugin, PluginKey } from "prosemirror-state";
import type { EditorState, Transaction } from "prosemirror-state";
import { DecorationSet } from "prosemirror-view";
import * as Y from "yjs";
import { isRemote } from "../binding/guard.ts";
import { cursorSigns } from "../cursor-signs.ts";
import type { Present } from "../cursor-signs.ts";
import { cellTexts } from "./table-schema.ts";

/** The cursor of somebody else in a text of a table: both ends cling to the characters of that text. */
export interface CellCursor extends Present {
  readonly table: string;
  readonly cell: string;
  readonly anchor: Y.RelativePosition;
  readonly head: Y.RelativePosition;
}

/** Where a cursor stands in its text now; null where it stands there no more. */
export function cursorIn(doc: Y.Doc, { anchor, head }: CellCursor): { anchor: number; head: number } | null {
  const [a, b] = [anchor, head].map((end) => Y.createAbsolutePositionFromRelativePosition(end, doc)?.index);
  return a === undefined || b === undefined ? null : { anchor: a, head: b };
}

interface Shown {
  readonly cursors: readonly CellCursor[];
  readonly set: DecorationSet;
}

const key = new PluginKey<Shown>("cursors-in-cells");

/** Knows where others are in the cells of a table. */
export function cursorsInCells(doc: Y.Doc): Plugin {
  return new Plugin<Shown>({
    key,
    state: {
      init: () => ({ cursors: [], set: DecorationSet.empty }),
      apply: (transaction, old, _, state) => {
        const given = transaction.getMeta(key) as readonly CellCursor[] | undefined;
        const cursors = given ?? old.cursors;
        if (given || (transaction.docChanged && isRemote(transaction)))
          return { cursors, set: signed(doc, state.doc, cursors) };
        return transaction.docChanged ? { cursors, set: old.set.map(transaction.mapping, transaction.doc) } : old;
      },
    },
  });
}

/** The transaction that shows these cursors and no others. */
export function showCursors(state: EditorState, cursors: readonly CellCursor[]): Transaction {
  return state.tr.setMeta(key, cursors);
}

/** What {@link cursorsInCells} would show, for `frames` to draw. */
export function cellCursorMarks(state: EditorState): DecorationSet | undefined {
  return key.getState(state)?.set;
}

function signed(body: Y.Doc, doc: Node, cursors: readonly CellCursor[]): DecorationSet {
  if (cursors.length === 0) return DecorationSet.empty;
  const texts = new Map(cellTexts(doc).map((text) => [text.cell, text]));
  return DecorationSet.create(
    doc,
    cursors.flatMap((cursor) => {
      const text = texts.get(cursor.cell);
      const at = text && cursorIn(body, cursor);
      if (!at) return [];
      const position = (index: number): number => text.start + Math.min(index, text.node.content.size);
      return cursorSigns(cursor, position(at.anchor), position(at.head));
    }),
  );
}
