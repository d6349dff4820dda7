import { TextSelection } from "prosemirror-state";
import type { EditorState } from "prosemirror-state";
import * as Y from "yjs";
import { LINEAGE_ROOT, ORIGIN, recordCopies, slotText } from "#collab";
import { copiesBroughtBack, withoutLiving } from "./restored.ts";
import type { SlotsBinding } from "./slots-binding.ts";

/** Edits that follow each other within so many milliseconds are one undo step. */
const CAPTURE_TIMEOUT = 500;

interface Bookmark {
  readonly anchor: Y.RelativePosition;
  readonly head: Y.RelativePosition;
}

/** A place in one of the body's texts. */
export interface TextPlace {
  readonly text: Y.Text;
  readonly index: number;
}

/** The editors inside the editor, of tables, whose edits are part of the same history. */
export interface InnerEditors {
  /** The selection, where one of them has it. */
  selection(): { readonly anchor: TextPlace; readonly head: TextPlace } | null;
  /** Puts the selection into one of them; false where the texts are none of theirs. */
  select(anchor: TextPlace, head: TextPlace): boolean;
  /** Gives the focus back to the text around them, where one of them has it. */
  leave(): void;
  readonly composing: boolean;
}

/**
 * Undo and redo of one's own edits over all slots and the fields: what others wrote stays. The selection from before a step comes back
 * with it. Text that somebody else has already brought back is not brought back a second time.
 */
export class SlotsHistory {
  readonly #binding: SlotsBinding;
  readonly #manager: Y.UndoManager;
  readonly #captureTimeout: number;
  /** Set by the host, where it has any. */
  inner: InnerEditors | null = null;
  #bookmark: Bookmark | null = null;
  #together = false;
  /** Where the selection was before the step that is being taken back. */
  #popped: Bookmark | null = null;

  /** Edits within `captureTimeout` milliseconds of each other are one step, until {@link stop}. */
  constructor(binding: SlotsBinding, captureTimeout: number = CAPTURE_TIMEOUT) {
    this.#binding = binding;
    this.#captureTimeout = captureTimeout;
    const lineage: unknown = binding.doc.getMap(LINEAGE_ROOT);
    this.#manager = new Y.UndoManager(binding.doc, {
      trackedOrigins: new Set<unknown>([ORIGIN.editor]),
      captureTimeout,
      // What is a copy of what remains true.
      deleteFilter: (item) => item.parent !== lineage,
    });
    this.#manager.on("stack-item-added", ({ stackItem }) => {
      if (this.#bookmark) stackItem.meta.set(this, this.#bookmark);
    });
    this.#manager.on("stack-item-popped", ({ stackItem }) => {
      const bookmark: unknown = stackItem.meta.get(this);
      if (bookmark) this.#popped = bookmark as Bookmark;
    });
    binding.beforeEdit = (before) => this.#before(before);
  }

  /** One of the inner editors, or a command on a table, is about to write. */
  beforeInnerEdit(): void {
    const { state } = this.#binding;
    if (state) this.#before(state);
  }

  #before(state: EditorState): void {
    if (!this.#together && !this.#continues()) this.#bookmark = this.#mark(state);
  }

  /** Takes back the last step. False where there is nothing left of one, and while an input method is at work. */
  undo(): boolean {
    return this.#step(this.#manager.undoStack, "undo");
  }

  /** Does again what was last taken back. */
  redo(): boolean {
    return this.#step(this.#manager.redoStack, "redo");
  }

  get canUndo(): boolean {
    return this.#manager.canUndo();
  }

  get canRedo(): boolean {
    return this.#manager.canRedo();
  }

  /** The next edit begins a new step. */
  stop(): void {
    if (!this.#together) this.#manager.stopCapturing();
  }

  /** Makes one step of all that `edit` does to texts and fields, however long it takes, and of nothing else. */
  together(edit: () => void): void {
    if (this.#together) {
      edit();
      return;
    }
    const { state } = this.#binding;
    this.stop();
    this.#bookmark = state && this.#mark(state);
    this.#together = true;
    this.#manager.captureTimeout = Infinity;
    try {
      edit();
    } finally {
      this.#together = false;
      this.#manager.captureTimeout = this.#captureTimeout;
      this.stop();
    }
  }

  /** The next edit belongs to the last step, however long ago that was, unless {@link stop} came after it. */
  goOn(): void {
    if (this.#manager.lastChange > 0) this.#manager.lastChange = Date.now();
  }

  /** Forgets every step and lets go of the document. */
  destroy(): void {
    this.#binding.beforeEdit = null;
    this.#manager.destroy();
  }

  #step(stack: readonly Y.UndoManager["undoStack"][number][], direction: "undo" | "redo"): boolean {
    const { state, doc } = this.#binding;
    if (this.#binding.composing || this.inner?.composing) return false;
    this.#bookmark = state && this.#mark(state);
    const top = stack.at(-1);
    if (top) withoutLiving(doc, top);
    const steps = [...stack];
    const since = Y.getState(doc.store, doc.clientID);
    const during = direction === "undo" ? "undoing" : "redoing";
    let ran = false;
    this.#popped = null;
    // What comes back and what it is a copy of are one transaction: nobody ever hears of one without the other. Yjs
    // asks in which direction it goes when the transaction ends, which is after its own undo is over.
    doc.transact(() => {
      ran = this.#manager[direction]() !== null;
      const taken = steps.filter((step) => !stack.includes(step));
      recordCopies(doc, copiesBroughtBack(doc, taken, since));
      this.#manager[during] = true;
    }, this.#manager);
    this.#manager[during] = false;
    if (this.#popped) this.#restore(this.#popped);
    return ran;
  }

  /** True where Yjs will add the coming edit to the step before it. */
  #continues(): boolean {
    const { lastChange, undoStack } = this.#manager;
    return undoStack.length > 0 && lastChange > 0 && Date.now() - lastChange < this.#captureTimeout;
  }

  #mark({ doc, selection }: EditorState): Bookmark | null {
    const place = (pos: number): TextPlace | null => {
      const at = this.#binding.textIndex(doc, pos);
      return at && { text: slotText(this.#binding.doc, at.slot), index: at.index };
    };
    const { anchor, head } = this.inner?.selection() ?? {
      anchor: place(selection.anchor),
      head: place(selection.head),
    };
    if (!anchor || !head) return null;
    const relative = ({ text, index }: TextPlace): Y.RelativePosition =>
      Y.createRelativePositionFromTypeIndex(text, index, -1);
    return { anchor: relative(anchor), head: relative(head) };
  }

  #restore({ anchor, head }: Bookmark): void {
    const { doc, slots } = this.#binding;
    const [a, b] = [anchor, head].map((relative) => {
      const place = Y.createAbsolutePositionFromRelativePosition(relative, doc);
      return place?.type instanceof Y.Text ? { text: place.type, index: place.index } : null;
    });
    if (a && b && this.inner?.select(a, b)) return;
    this.inner?.leave();
    const positionOf = (state: EditorState, relative: Y.RelativePosition): number | null => {
      const absolute = Y.createAbsolutePositionFromRelativePosition(relative, doc);
      const slot = slots.find((name) => slotText(doc, name) === absolute?.type);
      return absolute && slot !== undefined ? this.#binding.position(state.doc, slot, absolute.index) : null;
    };
    this.#binding.update((state) => {
      const from = positionOf(state, anchor);
      const to = positionOf(state, head);
      if (from === null || to === null) return state.tr;
      return state.tr.setSelection(TextSelection.create(state.doc, from, to)).scrollIntoView();
    });
  }
}
