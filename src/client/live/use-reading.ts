import { useMemo, useSyncExternalStore } from "react";
import type * as Y from "yjs";

/**
 * What `read` makes of a document, made anew after its updates: at once with a `lag` of 0, else at most once in so many
 * milliseconds. `read` must not change between drawings.
 */
export function useReading<T>(doc: Y.Doc, read: (doc: Y.Doc) => T, lag: number): T {
  const reading = useMemo(() => new Reading(doc, read, lag), [doc, read, lag]);
  return useSyncExternalStore(reading.subscribe, reading.get);
}

/** The latest reading of a document, for those who listen. */
class Reading<T> {
  private readonly doc: Y.Doc;
  private readonly read: (doc: Y.Doc) => T;
  private readonly lag: number;
  private value: T;

  constructor(doc: Y.Doc, read: (doc: Y.Doc) => T, lag: number) {
    this.doc = doc;
    this.read = read;
    this.lag = lag;
    this.value = read(doc);
  }

  readonly get = (): T => this.value;

  readonly subscribe = (listener: () => void): (() => void) => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const tell = (): void => {
      timer = null;
      this.value = this.read(this.doc);
      listener();
    };
    const changed = (): void => {
      if (this.lag === 0) tell();
      else timer ??= setTimeout(tell, this.lag);
    };
    // What came between the drawing and now.
    this.value = this.read(this.doc);
    this.doc.on("update", changed);
    return () => {
      if (timer !== null) clearTimeout(timer);
      this.doc.off("update", changed);
    };
  };
}
