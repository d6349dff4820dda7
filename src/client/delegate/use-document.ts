import { useMemo, useSyncExternalStore } from "react";
import type * as Y from "yjs";

/** What `read` makes of a document, made anew after each of its updates. `read` must not change between drawings. */
export function useDocument<T>(doc: Y.Doc, read: (doc: Y.Doc) => T): T {
  const reading = useMemo(() => new Reading(doc, read), [doc, read]);
  return useSyncExternalStore(reading.subscribe, reading.get);
}

/** The latest reading of a document, for those who listen. */
class Reading<T> {
  private readonly doc: Y.Doc;
  private readonly read: (doc: Y.Doc) => T;
  private value: T;

  constructor(doc: Y.Doc, read: (doc: Y.Doc) => T) {
    this.doc = doc;
    this.read = read;
    this.value = read(doc);
  }

  readonly get = (): T => this.value;

  readonly subscribe = (listener: () => void): (() => void) => {
    const changed = (): void => {
      this.value = this.read(this.doc);
      listener();
    };
    // What came between the drawing and now.
    this.value = this.read(this.doc);
    this.doc.on("update", changed);
    return () => this.doc.off("update", changed);
  };
}
