import * as Y from "yjs";
import type { Run } from "./run.ts";
import { joinedRuns } from "./run.ts";

/** The name of the root that says which characters are copies of which: see {@link recordCopies}. */
export const LINEAGE_ROOT = "lineage";

/**
 * Characters that were written again: `from` was deleted, and `to`, as many under consecutive clocks, says the same in
 * its stead. `move` names the move that carried them, the same for all that went together; null where they came back to
 * where they had stood, as undo brings them.
 */
export interface Copy {
  readonly from: Run;
  readonly to: { readonly client: number; readonly clock: number };
  readonly move: number | null;
  /** Of the last characters of a stretch that was moved: what stood right behind them, if anything did. */
  readonly next?: { readonly client: number; readonly clock: number };
}

/** Where characters live now: those from `offset` on of the run that was asked for. */
export interface Living extends Run {
  readonly offset: number;
  /** The last move on the way there, or null where they are in their old place. */
  readonly move: string | null;
}

/** How far chains of copies are followed for one question: only a hostile document has longer ones. */
const PATIENCE = 20_000;

/**
 * Writes down, within the transaction that wrote them, what is a copy of what. Every copy is written down once, by the
 * client that made it, so no two people ever write the same entry.
 */
export function recordCopies(doc: Y.Doc, copies: readonly Copy[]): void {
  const map = lineageMap(doc);
  for (const { from, to, move, next } of copies) {
    const value = [from.client, from.clock, from.length];
    if (move !== null) value.push(move);
    if (move !== null && next) value.push(next.client, next.clock);
    map.set(`${to.client}:${to.clock}`, value);
  }
}

/**
 * What the lineage of a body says. Total: entries that make no sense, or tell of what the document does not have, count
 * for nothing. It follows the document from the first question on.
 */
export class Lineage {
  static readonly #known = new WeakMap<Y.Doc, Lineage>();
  readonly #doc: Y.Doc;
  readonly #bySource = new Index();
  readonly #byCopy = new Index();

  private constructor(doc: Y.Doc) {
    this.#doc = doc;
    const map = lineageMap(doc);
    for (const key of map.keys()) this.#add(key);
    map.observe((event) => {
      for (const key of event.keysChanged) this.#add(key);
    });
  }

  /** The lineage of a document, the same object each time. */
  static of(doc: Y.Doc): Lineage {
    const known = Lineage.#known.get(doc);
    if (known) return known;
    const lineage = new Lineage(doc);
    Lineage.#known.set(doc, lineage);
    return lineage;
  }

  /** True where nothing was ever moved or brought back. */
  get isEmpty(): boolean {
    return this.#bySource.isEmpty;
  }

  /**
   * Where the characters of a run live now: in their own place, or as copies, as copies of copies, and so on. What has
   * several living copies is named for each; what has none is not named.
   */
  living(run: Run): Living[] {
    const found: Living[] = [];
    const seen = new Set<string>();
    const open: Living[] = [{ ...run, offset: 0, move: null }];
    for (let steps = 0; steps < PATIENCE; steps++) {
      const next = open.pop();
      if (!next) break;
      const key = `${next.client}:${next.clock}:${next.length}:${next.offset}`;
      if (seen.has(key)) continue;
      seen.add(key);
      for (const part of stretches(this.#doc, next)) {
        const offset = next.offset + part.clock - next.clock;
        if (!part.deleted) {
          found.push({ client: part.client, clock: part.clock, length: part.length, offset, move: next.move });
          continue;
        }
        for (const copy of this.#bySource.over(part)) {
          const clock = Math.max(part.clock, copy.from.clock);
          const end = Math.min(part.clock + part.length, copy.from.clock + copy.from.length);
          open.push({
            client: copy.to.client,
            clock: copy.to.clock + clock - copy.from.clock,
            length: end - clock,
            offset: offset + clock - part.clock,
            move: copy.move === null ? next.move : `${copy.to.client}:${copy.move}`,
          });
        }
      }
    }
    return found;
  }

  /** The copies that were made of characters of a run themselves, not of their copies. */
  copiesOf(run: Run): Copy[] {
    return this.#bySource.over(run);
  }

  /** True where any of the characters of a run is a copy. */
  holdsCopies(run: Run): boolean {
    return this.#byCopy.over(run).length > 0;
  }

  /** The runs that the characters of a run were first: what they are copies of, through all copies. */
  origins(run: Run): (Run & { readonly offset: number })[] {
    const found: (Run & { offset: number })[] = [];
    const open: (Run & { offset: number })[] = [{ ...run, offset: 0 }];
    for (let steps = 0; steps < PATIENCE; steps++) {
      const next = open.pop();
      if (!next) break;
      let { clock } = next;
      const end = next.clock + next.length;
      const put = (to: number): void => {
        if (to > clock)
          found.push({ client: next.client, clock, length: to - clock, offset: next.offset + clock - next.clock });
        clock = Math.max(clock, to);
      };
      for (const copy of this.#byCopy.over(next)) {
        const begins = Math.max(clock, copy.to.clock);
        const ends = Math.min(end, copy.to.clock + copy.from.length);
        if (begins >= ends) continue;
        put(begins);
        open.push({
          client: copy.from.client,
          clock: copy.from.clock + begins - copy.to.clock,
          length: ends - begins,
          offset: next.offset + begins - next.clock,
        });
        clock = ends;
      }
      put(end);
    }
    return found;
  }

  /**
   * The characters that say the same as one character, by copies, and do not lie on the way from the first of them to it:
   * what it was copied to, and what became of its forebears elsewhere.
   */
  kin(unit: Run): Run[] {
    const way = new Set<string>();
    let root = unit;
    while (!way.has(idOf(root))) {
      way.add(idOf(root));
      const [made] = this.#byCopy.over(root);
      if (!made) break;
      root = { client: made.from.client, clock: made.from.clock + root.clock - made.to.clock, length: 1 };
    }
    const found = new Map<string, Run>();
    const open = [root];
    for (let steps = 0; steps < PATIENCE; steps++) {
      const next = open.pop();
      if (!next) break;
      for (const { from, to } of this.#bySource.over(next)) {
        const one = { client: to.client, clock: to.clock + next.clock - from.clock, length: 1 };
        if (found.has(idOf(one))) continue;
        found.set(idOf(one), one);
        open.push(one);
      }
    }
    return [...found].filter(([id]) => !way.has(id)).map(([, run]) => run);
  }

  /**
   * The runs that stand although a sibling, a copy of the same characters that goes before them, stands too: one of a
   * lesser client or, of the same client, a later one. Who wrote a later one had seen the earlier one deleted: news of
   * that may still be on its way.
   */
  surplus(copies: readonly Copy[]): Run[] {
    const runs: Run[] = [];
    for (const { from, to } of copies) {
      for (const origin of this.origins({ ...to, length: from.length })) {
        const living = this.living(origin);
        if (living.length < 2) continue;
        for (const one of living) for (const other of living) runs.push(...behind(one, other));
      }
    }
    return runs;
  }

  #add(key: string): void {
    const copy = readCopy(lineageMap(this.#doc), key);
    if (!copy) return;
    this.#bySource.add(copy.from.client, copy.from.clock, copy.from.length, copy);
    this.#byCopy.add(copy.to.client, copy.to.clock, copy.from.length, copy);
  }
}

/**
 * The copies that a transaction wrote down. Only from within an observer, or after the transaction, of a document whose
 * {@link Lineage} was asked for before it.
 */
export function recordedCopies(doc: Y.Doc, transaction: Y.Transaction): Copy[] {
  const map = lineageMap(doc);
  const keys = transaction.changed.get(map as unknown as Parameters<typeof transaction.changed.get>[0]);
  return [...(keys ?? [])].flatMap((key) => (key === null ? [] : (readCopy(map, key) ?? [])));
}

/** Deletes the characters of runs, wherever they stand, within a transaction of the caller. */
export function deleteRuns(doc: Y.Doc, runs: readonly Run[]): void {
  doc.transact((transaction) => {
    // Runs that follow one another are one: between the halves of a character of two units no item may ever be cut.
    for (const run of joinedRuns(runs)) {
      let at = run.clock;
      const end = run.clock + run.length;
      while (at < end && at < Y.getState(doc.store, run.client)) {
        const item = Y.getItemCleanStart(transaction, Y.createID(run.client, at));
        if (!(item instanceof Y.Item)) break;
        if (at + item.length > end) Y.getItemCleanStart(transaction, Y.createID(run.client, end));
        at = item.id.clock + item.length;
        if (item.deleted) continue;
        item.delete(transaction);
      }
    }
  });
}

function idOf({ client, clock }: Run): string {
  return `${client}:${clock}`;
}

/** The part of `one` that says the same as a part of `other`, which goes before it. */
function behind(one: Living, other: Living): Run[] {
  const from = Math.max(one.offset, other.offset);
  const to = Math.min(one.offset + one.length, other.offset + other.length);
  if (from >= to || one === other) return [];
  const mine = one.clock + from - one.offset;
  const theirs = other.clock + from - other.offset;
  if (one.client < other.client || (one.client === other.client && mine >= theirs)) return [];
  return [{ client: one.client, clock: mine, length: to - from }];
}

function lineageMap(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap(LINEAGE_ROOT);
}

/** A run as the document has it: cut where an item ends, as far as there is any, each part living or deleted. */
function* stretches(doc: Y.Doc, run: Run): Iterable<Run & { readonly deleted: boolean }> {
  const end = Math.min(run.clock + run.length, Y.getState(doc.store, run.client));
  const structs = doc.store.clients.get(run.client);
  if (!structs || run.clock >= end) return;
  let clock = run.clock;
  for (let i = Y.findIndexSS(structs, clock); clock < end; i++) {
    const struct = structs[i];
    if (!struct) return;
    const stop = Math.min(end, struct.id.clock + struct.length);
    const deleted = !(struct instanceof Y.Item) || struct.deleted;
    yield { client: run.client, clock, length: stop - clock, deleted };
    clock = stop;
  }
}

/** The entry under a key, or null where it makes no sense: also where somebody else tells of a client's characters. */
function readCopy(map: Y.Map<unknown>, key: string): Copy | null {
  const value = map.get(key);
  const [client, clock, rest] = key.split(":").map(Number);
  if (!isCount(client) || !isCount(clock) || rest !== undefined || !Array.isArray(value)) return null;
  if (map._map.get(key)?.id.client !== client) return null;
  const [fromClient, fromClock, length, move, nextClient, nextClock]: unknown[] = value;
  if (!isCount(fromClient) || !isCount(fromClock) || !isCount(length) || length === 0) return null;
  return {
    from: { client: fromClient, clock: fromClock, length },
    to: { client, clock },
    move: isCount(move) ? move : null,
    ...(isCount(nextClient) && isCount(nextClock) ? { next: { client: nextClient, clock: nextClock } } : {}),
  };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** Copies by the ids of one of their sides. */
class Index {
  readonly #clients = new Map<number, { clock: number; length: number; copy: Copy }[]>();
  readonly #longest = new Map<number, number>();

  get isEmpty(): boolean {
    return this.#clients.size === 0;
  }

  add(client: number, clock: number, length: number, copy: Copy): void {
    const entries = this.#clients.get(client) ?? [];
    this.#clients.set(client, entries);
    entries.splice(firstFrom(entries, clock), 0, { clock, length, copy });
    this.#longest.set(client, Math.max(length, this.#longest.get(client) ?? 0));
  }

  /** The copies whose side overlaps a run, by clock. */
  over({ client, clock, length }: Run): Copy[] {
    const entries = this.#clients.get(client);
    if (!entries) return [];
    const found: Copy[] = [];
    for (let i = firstFrom(entries, clock - (this.#longest.get(client) ?? 0)); i < entries.length; i++) {
      const entry = entries[i];
      if (!entry || entry.clock >= clock + length) break;
      if (entry.clock + entry.length > clock) found.push(entry.copy);
    }
    return found;
  }
}

function firstFrom(entries: readonly { readonly clock: number }[], clock: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.clock ?? 0) < clock) low = middle + 1;
    else high = middle;
  }
  return low;
}
