import { baseKeymap } from "prosemirror-commands";
import { keymap } from "prosemirror-keymap";
import { EditorState, Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet, EditorView } from "prosemirror-view";
import {
  initProseMirrorDoc,
  redo,
  relativePositionToAbsolutePosition,
  undo,
  yCursorPlugin,
  ySyncPlugin,
  ySyncPluginKey,
  yUndoPlugin,
} from "y-prosemirror";
import * as Y from "yjs";
import { reportSchema } from "#model";
import type { PeerRange } from "../history.ts";
import type { Open } from "./mounted.ts";

/** Plain y-prosemirror: its three plugins, the keys of its documentation, and comments held by relative positions. */
export const open: Open = ({ doc, awareness, mount, company }) => {
  const fragment = doc.getXmlFragment("doc");
  const { doc: node, mapping } = initProseMirrorDoc(fragment, reportSchema);
  const ranges = company.anchors.flatMap((one) => ("slot" in one ? [] : [one]));
  return new EditorView(mount, {
    state: EditorState.create({
      doc: node,
      plugins: [
        ySyncPlugin(fragment, { mapping }),
        yCursorPlugin(awareness),
        yUndoPlugin(),
        comments(ranges),
        keymap({ "Mod-z": undo, "Mod-y": redo }),
        keymap(baseKeymap),
      ],
    }),
    attributes: { class: "plain", lang: "vi", spellcheck: "true", translate: "no" },
  });
};

const key = new PluginKey<DecorationSet>("comments");

/**
 * One's own edits carry the decorations along. An edit of somebody else replaces the whole document in y-prosemirror, so
 * every place has to be asked of its relative positions again.
 */
function comments(ranges: readonly PeerRange[]): Plugin<DecorationSet> {
  const parsed = ranges.map(({ anchor, head }) => ({
    anchor: Y.createRelativePositionFromJSON(anchor),
    head: Y.createRelativePositionFromJSON(head),
  }));
  const placed = (state: EditorState): DecorationSet => {
    const { doc, type, binding } = ySyncPluginKey.getState(state);
    const decorations = parsed.flatMap(({ anchor, head }, n) => {
      const from = relativePositionToAbsolutePosition(doc, type, anchor, binding.mapping);
      const to = relativePositionToAbsolutePosition(doc, type, head, binding.mapping);
      if (from === null || to === null || from >= to) return [];
      return [Decoration.inline(from, to, { class: "tk-comment tk-comment-open", "data-thread": `c${n}` })];
    });
    return DecorationSet.create(state.doc, decorations);
  };
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: (_, state) => placed(state),
      apply: (transaction, old, _, state) => {
        if (!transaction.docChanged) return old;
        const change: { isChangeOrigin?: boolean } | undefined = transaction.getMeta(ySyncPluginKey);
        return change?.isChangeOrigin === true ? placed(state) : old.map(transaction.mapping, transaction.doc);
      },
    },
    props: { decorations: (state) => key.getState(state) },
  });
}
