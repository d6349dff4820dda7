import { newId } from "../tokens.ts";
import type { ReadCopy } from "./copy-reading.ts";

/** How long a copy is kept that was read, in milliseconds, and how many of all reports. */
const KEPT_FOR = 60 * 60 * 1000;
const MOST_KEPT = 500;

/** Returned copies that were read and wait to be taken: in memory alone, for a while. */
export class CopyShelf {
  readonly #kept = new Map<string, { readonly report: string; readonly read: ReadCopy; readonly until: number }>();

  /** Keeps a copy; gives the name by which it is found. */
  put(report: string, read: ReadCopy): string {
    const time = Date.now();
    for (const [name, { until }] of this.#kept) {
      if (until <= time || this.#kept.size >= MOST_KEPT) this.#kept.delete(name);
    }
    const name = newId();
    this.#kept.set(name, { report, read, until: time + KEPT_FOR });
    return name;
  }

  /** The copy of a report under a name; null where it is kept no longer. */
  find(report: string, name: string): ReadCopy | null {
    const kept = this.#kept.get(name);
    return kept?.report === report && kept.until > Date.now() ? kept.read : null;
  }
}
