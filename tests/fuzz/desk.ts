import "./dom.ts";
import type { Slice } from "prosemirror-model";
import type { EditorState, Plugin, Transaction } from "prosemirror-state";
import { TextSelection } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import type * as Y from "yjs";
import { readTable } from "#collab";
import { blockInputRules, editorKeys } from "../../src/editor/keys.ts";
import { clipboard } from "../../src/editor/paste/clipboard.ts";
import type { CopySurroundings } from "../../src/editor/paste/copied.ts";
import { search } from "../../src/editor/search.ts";
import { HeadlessView } from "../support/headless-view.ts";

/** What is on a clipboard, or dragged. */
export interface Carried {
  readonly html: string;
  readonly text: string;
  /** What ProseMirror read from it, for its own copies. */
  readonly slice: Slice;
}

/**
 * A person's editor without a screen, with the plugins of the real one that change the text: keys, input rules,
 * clipboard, search. Their handlers are called as ProseMirror's view calls them, on a stand-in for the view.
 */
export class Desk extends HeadlessView {
  readonly #view: EditorView;
  readonly #plugins: readonly Plugin[];
  #listener: ((transaction: Transaction) => void) | null = null;

  constructor(doc: Y.Doc, slots: readonly string[], newId: () => string) {
    const plugins = [
      // It pastes; what is copied is made by the schedules.
      clipboard({ table: (id: string) => readTable(doc, id), newId } as unknown as CopySurroundings, () => undefined),
      blockInputRules(),
      ...editorKeys({ undo: () => this.history.undo() || true, redo: () => this.history.redo() || true }),
      search(),
    ];
    super(doc, slots, newId, plugins);
    this.#plugins = plugins;
    this.#view = new StandIn(this) as unknown as EditorView;
  }

  /** Tells of everything that is dispatched, as it was asked for. */
  listen(listener: ((transaction: Transaction) => void) | null): void {
    this.#listener = listener;
  }

  override dispatch(transaction: Transaction): boolean {
    this.#listener?.(transaction);
    return super.dispatch(transaction);
  }

  /** Sets the caret or selects, as a click does. */
  select(anchor: number, head = anchor): void {
    this.dispatch(this.state.tr.setSelection(TextSelection.create(this.state.doc, anchor, head)));
  }

  /** Presses a key, named as `Shift-Tab`. What no plugin takes the browser does by itself: it takes one character away. */
  press(name: string): void {
    const parts = name.split(/-(?=.)/);
    const key = parts.at(-1) ?? "";
    const event = {
      key,
      keyCode: 0,
      ctrlKey: parts.includes("Mod"),
      shiftKey: parts.includes("Shift"),
      altKey: parts.includes("Alt"),
      metaKey: false,
      getModifierState: () => false,
      preventDefault: () => undefined,
    } as unknown as KeyboardEvent;
    for (const plugin of this.#plugins) {
      if (plugin.props.handleKeyDown?.call(plugin, this.#view, event)) return;
    }
    const range = this.nativeRange(name);
    if (range) this.dispatch(this.state.tr.delete(range.from, range.to));
  }

  /** What Backspace or Delete takes away where the browser does it by itself: a character beside a caret in a block. */
  nativeRange(name: string): { from: number; to: number } | null {
    const { $from, empty } = this.state.selection;
    if (!empty || !$from.parent.isTextblock) return null;
    const { textContent } = $from.parent;
    if (name.endsWith("Backspace")) {
      const char = Array.from(textContent.slice(0, $from.parentOffset)).at(-1);
      return char === undefined ? null : { from: $from.pos - char.length, to: $from.pos };
    }
    const char = Array.from(textContent.slice($from.parentOffset))[0];
    return char === undefined || !name.endsWith("Delete") ? null : { from: $from.pos, to: $from.pos + char.length };
  }

  /** Types sign by sign; input rules and a selection over slots are dealt with by the plugins. */
  type(text: string): void {
    for (const char of text) {
      const { from, to } = this.state.selection;
      const plain = (): Transaction => this.state.tr.insertText(char, from, to);
      const taken = this.#plugins.some((plugin) =>
        plugin.props.handleTextInput?.call(plugin, this.#view, from, to, char, plain),
      );
      if (!taken) this.dispatch(plain());
    }
  }

  paste(carried: Carried): void {
    const event = { clipboardData: { getData: (type: string) => given(carried, type) } } as unknown as ClipboardEvent;
    const slice = this.#cleaned(carried.slice);
    for (const plugin of this.#plugins) {
      if (plugin.props.handlePaste?.call(plugin, this.#view, event, slice)) return;
    }
  }

  /** Drops at a position: what was dragged from the selection (`moved`), or from elsewhere. */
  drop(pos: number, carried: Carried, moved: boolean): void {
    const event = {
      dataTransfer: { getData: (type: string) => given(carried, type) },
      clientX: pos,
      clientY: 0,
      preventDefault: () => undefined,
    } as unknown as DragEvent;
    const slice = this.#cleaned(carried.slice);
    for (const plugin of this.#plugins) {
      if (plugin.props.handleDrop?.call(plugin, this.#view, event, slice, moved)) return;
    }
    // What ProseMirror does by itself.
    const tr = this.state.tr;
    if (moved) tr.deleteSelection();
    const at = tr.mapping.map(pos);
    const before = tr.doc;
    tr.replaceRange(at, at, slice);
    if (!tr.doc.eq(before)) this.dispatch(tr.setMeta("uiEvent", "drop"));
  }

  #cleaned(slice: Slice): Slice {
    return this.#plugins.reduce(
      (now, plugin) => plugin.props.transformPasted?.call(plugin, now, this.#view, false) ?? now,
      slice,
    );
  }
}

/** What the handlers of plugins ask of a view. */
class StandIn {
  readonly dispatch: (transaction: Transaction) => void;
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
    // Commands take it by itself.
    this.dispatch = (transaction) => desk.dispatch(transaction);
  }

  get state(): EditorState {
    return this.#desk.state;
  }

  get composing(): boolean {
    return this.#desk.composing();
  }

  /** Drops bear their position where a mouse has its place. */
  posAtCoords({ left }: { left: number }): { pos: number; inside: number } {
    return { pos: left, inside: -1 };
  }

  focus(): void {}

  endOfTextblock(direction: string): boolean {
    const { $head } = this.#desk.state.selection;
    return $head.parentOffset === (direction === "backward" ? 0 : $head.parent.content.size);
  }
}

function given({ html, text }: Carried, type: string): string {
  return type === "text/html" ? html : text;
}
