import * as Y from "yjs";
import { slotOfRoot } from "./layout.ts";

/**
 * Counts the changes of a body's roots, so that what was read of one is read again only where it must be. It follows
 * the document from the first question on.
 */
export class RootVersions {
  static readonly #known = new WeakMap<Y.Doc, RootVersions>();
  readonly #slots = new Map<string, number>();
  #others = 0;

  private constructor(doc: Y.Doc) {
    doc.on("afterTransaction", ({ changed }: Y.Transaction) => {
      for (const type of changed.keys()) {
        const slot = type._item === null ? slotOfRoot(Y.findRootTypeKey(type)) : null;
        if (slot === null) this.#others++;
        else this.#slots.set(slot, this.slot(slot) + 1);
      }
    });
  }

  /** The versions of a document, the same object each time. */
  static of(doc: Y.Doc): RootVersions {
    const known = RootVersions.#known.get(doc) ?? new RootVersions(doc);
    RootVersions.#known.set(doc, known);
    return known;
  }

  /** Grows with every change of a slot's text. */
  slot(slot: string): number {
    return this.#slots.get(slot) ?? 0;
  }

  /** Grows with every change of anything that is no slot's text: tables, fields, what is known to have been moved. */
  get others(): number {
    return this.#others;
  }
}
