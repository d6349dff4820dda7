import * as Y from "yjs";
import type { Transaction } from "prosemirror-state";
import { Lineage, recordCopies } from "#collab";
import type { Copy, Run } from "#collab";
import type { Block } from "#model";
import type { FormerText } from "./former-text.ts";

/** A line of text that was taken out or put in: what follows one `\n`, with the ids of its characters. */
interface Line {
  /** The `\n` that begins it, or null where it begins inside a block. */
  readonly marker: Run | null;
  readonly runs: Run[];
  text: string;
  /** What stands right behind it and stays, where it is the last of a stretch. */
  next?: { readonly client: number; readonly clock: number };
}

const RESTORED = "restoredFrom";

interface Restored {
  readonly former: FormerText;
  readonly target: Readonly<Record<string, readonly Block[]>>;
}

/** Says of a transaction that it makes slots read as `target` does, of which blocks come from a version. */
export function markRestored(transaction: Transaction, former: FormerText, target: Restored["target"]): void {
  transaction.setMeta(RESTORED, { former, target } satisfies Restored);
}

/**
 * Follows words that one person takes out in one place and puts in another, by dragging, by a command, or by cut and
 * paste, and writes down in the body that the new characters are the old ones.
 */
export class MovedText {
  readonly #texts: readonly Y.Text[];
  /** What was last cut. A second paste of it is a copy, not a move. */
  #cut: readonly Line[] = [];

  constructor(texts: readonly Y.Text[]) {
    this.#texts = texts;
  }

  /** Takes note of what one dispatch did, at the end of the Yjs transaction that wrote it. */
  follow(own: Y.Transaction, transactions: readonly Transaction[]): void {
    const restored: unknown = transactions.find((one) => one.getMeta(RESTORED) !== undefined)?.getMeta(RESTORED);
    if (restored) {
      const { former, target } = restored as Restored;
      former.record(own, target);
      return;
    }
    const event: unknown = transactions.find((one) => one.getMeta("uiEvent") !== undefined)?.getMeta("uiEvent");
    if (event === "cut") this.#cut = this.#removed(own);
    else if (event === "paste") this.#record(own, this.#cut, true);
    else if (event === "drop" || event === "move") this.#record(own, this.#removed(own), false);
  }

  #removed(own: Y.Transaction): Line[] {
    // Until the transaction ends its own deletions are not in order, and cannot be asked.
    const deletions = Y.mergeDeleteSets([own.deleteSet]);
    return this.#lines(
      (item) => item.deleted && !isNew(item, own) && Y.isDeleted(deletions, item.id),
      (item) => isNew(item, own),
    );
  }

  #record(own: Y.Transaction, removed: readonly Line[], isPaste: boolean): void {
    if (removed.length === 0) return;
    const waiting = new Map<string, number[]>();
    for (const [i, { text }] of removed.entries()) waiting.set(text, [...(waiting.get(text) ?? []), i]);
    const taken = new Set<number>();
    const move = own.beforeState.get(own.doc.clientID) ?? 0;
    const copies: Copy[] = [];
    let before = -2;
    for (const line of this.#lines((item) => !item.deleted && isNew(item, own))) {
      // What followed a line that was moved follows it. By itself a line without words is like any other such.
      const follows = removed[before + 1]?.text === line.text && !taken.has(before + 1);
      const found = line.text === "" ? undefined : waiting.get(line.text)?.find((i) => !taken.has(i));
      before = follows ? before + 1 : (found ?? -2);
      const source = removed[before];
      if (!source) continue;
      taken.add(before);
      const marker = source.marker && line.marker ? aligned([source.marker], [line.marker], move) : [];
      const moved = [...marker, ...aligned(source.runs, line.runs, move)];
      const last = moved.pop();
      copies.push(...moved);
      if (last) copies.push(source.next ? { ...last, next: source.next } : last);
    }
    recordCopies(own.doc, isPaste ? copies.flatMap((copy) => withoutStanding(own.doc, copy)) : copies);
  }

  /** The lines that some items make. What is `between` them and what was deleted long ago does not part what stood together. */
  #lines(isPart: (item: Y.Item) => boolean, between: (item: Y.Item) => boolean = () => false): Line[] {
    const lines: Line[] = [];
    for (const text of this.#texts) {
      let open: Line | null = null;
      for (let item = text._start; item !== null; item = item.right) {
        if (!item.countable || between(item)) continue;
        const { content } = item;
        if (!(content instanceof Y.ContentString) || !isPart(item)) {
          if (!item.deleted) {
            if (open) open.next = item.id;
            open = null;
          }
          continue;
        }
        const { client } = item.id;
        let { clock } = item.id;
        for (const [i, part] of content.str.split("\n").entries()) {
          if (i > 0 || !open) {
            open = { marker: i > 0 ? { client, clock: clock - 1, length: 1 } : null, runs: [], text: "" };
            lines.push(open);
          }
          open.text += part;
          if (part !== "") open.runs.push({ client, clock, length: part.length });
          clock += part.length + 1;
        }
      }
    }
    return lines;
  }
}

/**
 * What of a copy is one of characters that stand nowhere. What was cut and has come back meanwhile, or was carried elsewhere,
 * is there twice because the person wants it twice.
 */
function withoutStanding(doc: Y.Doc, { from, to, move, next }: Copy): Copy[] {
  const stands = new Set(
    Lineage.of(doc)
      .living(from)
      .flatMap(({ offset, length }) => Array.from({ length }, (_, i) => offset + i)),
  );
  const parts: Copy[] = [];
  for (let at = 0; at < from.length; at++) {
    if (stands.has(at)) continue;
    const begin = at;
    while (at + 1 < from.length && !stands.has(at + 1)) at++;
    parts.push({
      from: { client: from.client, clock: from.clock + begin, length: at + 1 - begin },
      to: { client: to.client, clock: to.clock + begin },
      move,
      ...(next && at + 1 === from.length ? { next } : {}),
    });
  }
  return parts;
}

function isNew({ id }: Y.Item, own: Y.Transaction): boolean {
  return id.clock >= (own.beforeState.get(id.client) ?? 0);
}

/** The copies that make `to` of `from`, which say the same: cut where either is. */
function aligned(from: readonly Run[], to: readonly Run[], move: number): Copy[] {
  const copies: Copy[] = [];
  let [i, j, a, b] = [0, 0, 0, 0];
  for (;;) {
    const [source, target] = [from[i], to[j]];
    if (!source || !target) return copies;
    const length = Math.min(source.length - a, target.length - b);
    copies.push({
      from: { client: source.client, clock: source.clock + a, length },
      to: { client: target.client, clock: target.clock + b },
      move,
    });
    a += length;
    b += length;
    if (a === source.length) [i, a] = [i + 1, 0];
    if (b === target.length) [j, b] = [j + 1, 0];
  }
}
