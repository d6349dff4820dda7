import { startTransition, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type * as Y from "yjs";

/**
 * What `read` makes of a document, made anew after its updates: at once with a `lag` of 0, else when there was none for
 * so many milliseconds, and at the latest after five times as many. A reading that lags is drawn when there is time for
 * it, and gives way to whatever the person does meanwhile. `read` must not change between drawings.
 */
export function useReading<T>(doc: Y.Doc, read: (doc: Y.Doc) => T, lag: number): T {
  const reading = useMemo(() => new Reading(doc, read, lag), [doc, read, lag]);
  const now = useSyncExternalStore(lag === 0 ? reading.subscribe : NEVER, reading.get);
  const [later, setLater] = useState(now);
  useEffect(() => {
    if (lag === 0) return undefined;
    const tell = (): void => startTransition(() => setLater(reading.get()));
    const stop = reading.subscribe(tell);
    tell();
    return stop;
  }, [reading, lag]);
  return lag === 0 ? now : later;
}

const NEVER = (): (() => void) => () => undefined;

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
    let timer: ReturnType<typeof setTimeout> | undefined;
    let waitingSince: number | null = null;
    const tell = (): void => {
      waitingSince = null;
      this.value = this.read(this.doc);
      listener();
    };
    const changed = (): void => {
      if (this.lag === 0) {
        tell();
        return;
      }
      clearTimeout(timer);
      waitingSince ??= performance.now();
      const latest = waitingSince + 5 * this.lag - performance.now();
      timer = setTimeout(tell, Math.max(0, Math.min(this.lag, latest)));
    };
    // What came between the drawing and now.
    this.value = this.read(this.doc);
    this.doc.on("update", changed);
    return () => {
      clearTimeout(timer);
      this.doc.off("update", changed);
    };
  };
}
