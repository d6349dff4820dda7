import { Slice } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import type { EditorState, Transaction } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";

/**
 * Deletes a range that may span sections, each section's share by itself: what is left of a section keeps its place,
 * and a section that loses everything keeps its first block, empty. The caret goes to `from`. Within one section it is
 * the plain deletion.
 */
export function deleteAcross(state: EditorState, from: number, to: number): Transaction {
  const tr = state.tr;
  const shares: { from: number; to: number }[] = [];
  state.doc.forEach((section, offset) => {
    // The first and the last place of a section where text can stand.
    const first = offset + 2;
    const last = offset + section.nodeSize - 2;
    const share = { from: inside(state, Math.max(from, first), 1), to: inside(state, Math.min(to, last), -1) };
    if (share.from < share.to) shares.push(share);
  });
  for (const share of shares.reverse()) tr.step(new ReplaceStep(share.from, share.to, Slice.empty));
  const caret = tr.mapping.map(Math.max(from, 2), -1);
  return tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(caret, tr.doc.content.size))));
}

/** `pos` itself where text can stand there, else the next such place in the given direction. */
function inside(state: EditorState, pos: number, direction: 1 | -1): number {
  return state.doc.resolve(pos).parent.isTextblock ? pos : pos + direction;
}
