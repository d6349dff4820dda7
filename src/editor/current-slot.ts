import { Plugin, PluginKey } from "prosemirror-state";
import type { EditorState } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";

const key = new PluginKey<{ index: number; set: DecorationSet }>("current-slot");

/** Marks the slot that the caret is in with the class `tk-slot-here`; the selection of everything marks none. */
export function currentSlot(): Plugin {
  return new Plugin<{ index: number; set: DecorationSet }>({
    key,
    state: {
      init: (_, state) => marked(state),
      apply: (transaction, old, _, state) => {
        if (!transaction.docChanged && indexOf(state) === old.index) return old;
        return marked(state);
      },
    },
    props: { decorations: (state) => key.getState(state)?.set },
  });
}

function indexOf(state: EditorState): number {
  const { $head } = state.selection;
  return $head.depth === 0 ? -1 : $head.index(0);
}

function marked(state: EditorState): { index: number; set: DecorationSet } {
  const { $head } = state.selection;
  const index = indexOf(state);
  if (index < 0) return { index, set: DecorationSet.empty };
  const here = Decoration.node($head.before(1), $head.after(1), { class: "tk-slot-here" });
  return { index, set: DecorationSet.create(state.doc, [here]) };
}
