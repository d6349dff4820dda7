import { EditorState } from "prosemirror-state";
import type { Plugin, Transaction } from "prosemirror-state";
import type * as Y from "yjs";
import { SlotsBinding } from "../../src/editor/binding/slots-binding.ts";
import type { BindingHost } from "../../src/editor/binding/slots-binding.ts";
import { SlotsHistory } from "../../src/editor/binding/slots-history.ts";

/** An editor without a screen: a state, a dispatch as the real one's, the binding and the undo history. */
export class HeadlessView implements BindingHost {
  readonly doc: Y.Doc;
  readonly binding: SlotsBinding;
  readonly history: SlotsHistory;
  state: EditorState;
  #composing = false;
  #reading = false;

  constructor(doc: Y.Doc, slots: readonly string[], newId: () => string, plugins: readonly Plugin[] = []) {
    this.doc = doc;
    this.binding = new SlotsBinding(doc, slots, newId);
    this.state = EditorState.create({
      doc: this.binding.initialDoc(),
      plugins: [...this.binding.plugins(), ...plugins],
    });
    this.binding.attach(this);
    // No clock: all edits are one step until `history.stop()`.
    this.history = new SlotsHistory(this.binding, Infinity);
  }

  apply(transaction: Transaction): void {
    this.state = this.state.apply(transaction);
  }

  composing(): boolean {
    return this.#composing || this.#reading;
  }

  reading(): boolean {
    return this.#reading;
  }

  /** True where the transaction was let through. */
  dispatch(transaction: Transaction): boolean {
    const before = this.state;
    const { state, transactions } = before.applyTransaction(transaction);
    this.state = state;
    this.binding.local(transactions, before, state);
    return transactions.length > 0;
  }

  beginComposition(): void {
    this.#composing = true;
  }

  /** Ends a composition as the browser does. */
  endComposition(): void {
    this.#composing = false;
    this.binding.settle();
  }

  /** The page holds a deletion that the view has not read. */
  beginReading(): void {
    this.#reading = true;
  }

  endReading(): void {
    this.#reading = false;
    this.binding.settle();
  }

  destroy(): void {
    this.history.destroy();
    this.binding.detach();
  }
}

/** Ids that tell who made them, in order. */
export function numberedIds(prefix: string): () => string {
  let n = 0;
  return () => `${prefix}${++n}`;
}
