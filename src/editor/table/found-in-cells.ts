import type { Node } from "prosemirror-model";
import { Plugin, PluginKey } from "prosemirror-state";
import type { EditorState, Transaction } from "prosemirror-state";
import { DecorationSet } from "prosemirror-view";
import { isRemote } from "../binding/guard.ts";
import { frame } from "../frames.ts";
import { FOUND, FOUND_HERE } from "../search.ts";
import { cellTexts } from "./table-schema.ts";
import { isSame } from "./table-texts.ts";
import type { FoundInCell } from "./table-texts.ts";

interface Found {
  readonly found: readonly FoundInCell[];
  readonly here: FoundInCell | null;
  readonly set: DecorationSet;
}

const key = new PluginKey<Found>("found-in-cells");

/** Knows which words were found in the cells of a table. */
export function foundInCells(): Plugin {
  return new Plugin<Found>({
    key,
    state: {
      init: () => ({ found: [], here: null, set: DecorationSet.empty }),
      apply: (transaction, old, _, { doc }) => {
        const given = transaction.getMeta(key) as Pick<Found, "found" | "here"> | undefined;
        const { found, here } = given ?? old;
        if (given || (transaction.docChanged && isRemote(transaction)))
          return { found, here, set: framed(doc, found, here) };
        return transaction.docChanged ? { ...old, set: old.set.map(transaction.mapping, transaction.doc) } : old;
      },
    },
  });
}

/** The transaction that shows these words as found and no others. */
export function showFound(state: EditorState, found: readonly FoundInCell[], here: FoundInCell | null): Transaction {
  return state.tr.setMeta(key, { found, here });
}

/** What {@link foundInCells} would show, for `frames` to draw. */
export function foundCellMarks(state: EditorState): DecorationSet | undefined {
  return key.getState(state)?.set;
}

function framed(doc: Node, found: readonly FoundInCell[], here: FoundInCell | null): DecorationSet {
  if (found.length === 0) return DecorationSet.empty;
  const texts = new Map(cellTexts(doc).map((text) => [text.cell, text]));
  return DecorationSet.create(
    doc,
    found.flatMap((one) => {
      const text = texts.get(one.cell);
      if (!text || one.to > text.node.content.size) return [];
      return frame(text.start + one.from, text.start + one.to, { class: isSame(one, here) ? FOUND_HERE : FOUND });
    }),
  );
}
