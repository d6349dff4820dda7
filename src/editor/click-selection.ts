import { Plugin, TextSelection } from "prosemirror-state";

/**
 * Takes the place of a click as the selection at once. The browser tells of it a moment later; in that moment the
 * editor, given the focus or a change by somebody else, would put its old selection back, and what is typed next would
 * land there.
 */
export function clickSelection(): Plugin {
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
      },
    },
  });
}
