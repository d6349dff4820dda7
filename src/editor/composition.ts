import { Plugin } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";

/** How long the view on a phone takes to read from the page what Backspace did, in milliseconds, and some more. */
export const READING = 30;

/** How often it is asked, in milliseconds, whether a word is done: not every end of a composition is told. */
const ASKING = 50;

/**
 * What the editor knows of the input methods at work in it. While one is, others' words and marks around the word wait;
 * what the person asks for by other means ends the word first.
 */
export class Composition {
  readonly #rested: () => void;
  #view: EditorView | null = null;
  #asking: ReturnType<typeof setTimeout> | undefined;
  #reading: ReturnType<typeof setTimeout> | undefined;

  /** `rested` is called after each word, when what waited may be shown. */
  constructor(rested: () => void) {
    this.#rested = rested;
  }

  /** True while a word is composed, and while {@link reading}. */
  get atWork(): boolean {
    return this.reading || this.#view?.composing === true;
  }

  /**
   * True while the page holds a deletion that the view has not read: on Android it reads a moment later. Whatever is
   * drawn in between brings the letters back, and a caret that is set may lie beyond what is left.
   */
  get reading(): boolean {
    return this.#reading !== undefined;
  }

  /** The view has read the page: the host calls it when an edit of its own comes. */
  read(): void {
    if (!this.reading) return;
    clearTimeout(this.#reading);
    this.#reading = undefined;
    this.#ask(0);
  }

  /** Ends the word that is composed, as it stands: the input method hears of it by the focus that goes and comes back. */
  end(): void {
    const view = this.#view;
    if (!view?.composing) return;
    view.dom.blur();
    view.focus();
  }

  plugin(): Plugin {
    return new Plugin({
      view: (view) => {
        this.#view = view;
        return {
          destroy: () => {
            clearTimeout(this.#asking);
            clearTimeout(this.#reading);
            this.#view = null;
          },
        };
      },
      props: {
        handleDOMEvents: {
          compositionstart: (view) => {
            makeRoom(view);
            this.#ask(ASKING);
            return false;
          },
          compositionend: () => {
            this.#ask(0);
            return false;
          },
          beforeinput: (_, event) => {
            if (event.inputType === "deleteContentBackward" && ANDROID) {
              clearTimeout(this.#reading);
              // The view's own timer is due before this one, however busy the page is.
              this.#reading = setTimeout(() => this.read(), READING);
            }
            return false;
          },
        },
      },
    });
  }

  #ask(after: number): void {
    clearTimeout(this.#asking);
    this.#asking = setTimeout(() => {
      if (this.atWork) this.#ask(ASKING);
      else this.#rested();
    }, after);
  }
}

const ANDROID = typeof navigator !== "undefined" && /Android/u.test(navigator.userAgent);

/**
 * Gives an input method a place of its own where it begins right before words that are shown in a frame: commented,
 * found, or selected by somebody else. The browser would write into the frame, the view would take the letters out
 * again, and the input method, its word gone, would lose every letter but the first.
 */
function makeRoom(view: EditorView): void {
  const { selection, storedMarks, tr } = view.state;
  // With marks to write in, the view makes room for them at the caret, and there only.
  if (selection.empty && !storedMarks && beginsFrame(view, selection.from))
    view.dispatch(tr.setStoredMarks(selection.$from.marks()));
}

/** True where a decorated stretch begins right after the caret, and no text of its block stands before it. */
function beginsFrame(view: EditorView, pos: number): boolean {
  const $pos = view.state.doc.resolve(pos);
  if (!$pos.parent.isTextblock || $pos.parentOffset > 0) return false;
  const block = view.nodeDOM($pos.before());
  return block instanceof HTMLElement && block.querySelector(":scope > span") !== null;
}
