import { Plugin, TextSelection } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import type * as Y from "yjs";

/**
 * Has the view know where the browser's caret is before a click, a key or a change of `doc` by somebody else does
 * anything. The browser tells of a moved caret a moment later, on a busy page a long moment: the editor, given the focus
 * or such a change, would put its old selection back, and a key would work where the caret was before.
 */
export function browserSelection(doc: Y.Doc): Plugin {
  return new Plugin({
    view: (view) => {
      const arriving = ({ local }: Y.Transaction): void => {
        if (!local) readSelection(view);
      };
      doc.on("beforeTransaction", arriving);
      return { destroy: () => doc.off("beforeTransaction", arriving) };
    },
    props: {
      handleDOMEvents: {
        mousedown: (view, event) => {
          if (
            event.button !== 0 ||
            event.detail > 1 ||
            event.shiftKey ||
            event.ctrlKey ||
            event.metaKey ||
            event.altKey
          )
            return false;
          const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
          const { doc, selection, tr } = view.state;
          if (!at || !doc.resolve(at.pos).parent.isTextblock) return false;
          // A press on selected text may begin to drag it.
          if (at.pos >= selection.from && at.pos <= selection.to) return false;
          view.dispatch(tr.setSelection(TextSelection.create(doc, at.pos)));
          return false;
        },
        keydown: (view, event) => {
          // The view reads the selection when it hears this. In a composed word that would end the word.
          if (!event.isComposing && event.keyCode !== IN_INPUT_METHOD) readSelection(view);
          return false;
        },
      },
    },
  });
}

/**
 * Has the view read the browser's selection, where it has the focus and no word is composed in it. The caller is about to
 * draw something, and builds its transaction after this.
 */
export function readSelection(view: EditorView): void {
  if (view.isDestroyed || view.composing || !view.hasFocus()) return;
  view.dom.ownerDocument.dispatchEvent(new Event("selectionchange"));
}

/** What `keyCode` is for a key that an input method has taken: UI Events, "keyCode and charCode". */
const IN_INPUT_METHOD = 229;
