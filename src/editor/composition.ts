import { Plugin } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";

/**
 * Gives an input method a place of its own where it begins right before words that are shown in a frame: commented,
 * found, or selected by somebody else. The browser would write into the frame, the view would take the letters out
 * again, and the input method, its word gone, would lose every letter but the first.
 */
export function compositionPlace(): Plugin {
  return new Plugin({
    props: {
      handleDOMEvents: {
        compositionstart: (view) => {
          const { selection, storedMarks, tr } = view.state;
          if (selection.empty && !storedMarks && beginsFrame(view, selection.from)) {
            // With marks to write in, the view makes room for them at the caret, and there only.
            view.dispatch(tr.setStoredMarks(selection.$from.marks()));
          }
          return false;
        },
      },
    },
  });
}

/** True where a decorated stretch begins right after the caret, and no text of its block stands before it. */
function beginsFrame(view: EditorView, pos: number): boolean {
  const $pos = view.state.doc.resolve(pos);
  if (!$pos.parent.isTextblock || $pos.parentOffset > 0) return false;
  const block = view.nodeDOM($pos.before());
  return block instanceof HTMLElement && block.querySelector(":scope > span") !== null;
}
