import { Plugin, TextSelection } from "prosemirror-state";

/**
 * Has the view know where the browser's caret is before a click or a key does anything. The browser tells of a moved
 * caret a moment later, on a busy page a long moment: the editor, given the focus or a change by somebody else, would
 * put its old selection back, and a key would work where the caret was before.
 */
export function browserSelection(): Plugin {
  return new Plugin({
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
          if (!view.composing && !event.isComposing && event.keyCode !== IN_INPUT_METHOD)
            view.dom.ownerDocument.dispatchEvent(new Event("selectionchange"));
          return false;
        },
      },
    },
  });
}

/** What `keyCode` is for a key that an input method has taken: UI Events, "keyCode and charCode". */
const IN_INPUT_METHOD = 229;
