import * as Y from "yjs";
import { Lineage, readSlot, recordCopies, slotOfRoot, slotText } from "#collab";
import type { Copy } from "#collab";
import type { Block, Piece, StayingBlock, WordDiff } from "#model";
import { blockText, longestRise, stayingBlocks } from "#model";

/** The name of one index of a text. */
interface Sign {
  readonly client: number;
  readonly clock: number;
}

/** A block as its slot's text holds it: the `\n` that begins it, unless it is a lead, and its text index by index. */
interface Line {
  readonly id: string;
  readonly text: string;
  readonly marker: Sign | null;
  readonly signs: readonly Sign[];
}

/**
 * A version of the body, of which some is brought back into it. The two share the names of their characters: so it is
 * known what of a block still stands, and which of the characters that come back was which. For one restoration, made
 * right before it.
 */
export class FormerText {
  readonly #doc: Y.Doc;
  readonly #lineage: Lineage;
  readonly #lines = new Map<string, readonly Line[]>();
  /** The body before anything is brought back into it. */
  readonly #present = new Map<string, readonly Line[]>();
  /** The keys of all that the version says. */
  readonly #known: ReadonlySet<string>;

  constructor(doc: Y.Doc, version: Y.Doc) {
    this.#doc = doc;
    this.#lineage = Lineage.of(doc);
    for (const slot of slotsIn(version)) this.#lines.set(slot, linesOf(version, slot));
    const signs = [...this.#lines.values()].flatMap((lines) => lines.flatMap((line) => line.signs));
    this.#known = new Set(this.#keys(signs));
  }

  /**
   * Which blocks of a slot stay where it is to read as `wanted`: first those that still hold characters of what they are
   * to be, as many characters as can; between them those that `stayingBlocks` finds by what they say.
   */
  staying(slot: string, present: readonly Block[], wanted: readonly Block[]): StayingBlock[] {
    const lines = this.#now(slot);
    const home = new Map<string, number>();
    for (const [after, block] of wanted.entries()) {
      for (const key of this.#keys(this.#former(slot, block)?.signs ?? [])) home.set(key, after);
    }
    const shared: { before: number; after: number; count: number }[] = [];
    for (const [before, { signs }] of lines.entries()) {
      const counts = new Map<number, number>();
      for (const key of this.#keys(signs)) {
        const after = home.get(key);
        if (after !== undefined) counts.set(after, (counts.get(after) ?? 0) + 1);
      }
      shared.push(...[...counts].map(([after, count]) => ({ before, after, count })));
    }
    const found: StayingBlock[] = [];
    let [i, j] = [0, 0];
    for (const { before, after } of [...heaviest(shared), { before: present.length, after: wanted.length }]) {
      const between = stayingBlocks(present.slice(i, before), wanted.slice(j, after));
      found.push(...between.map((pair) => ({ ...pair, before: pair.before + i, after: pair.after + j })));
      if (before < present.length) found.push({ before, after, related: true });
      [i, j] = [before + 1, after + 1];
    }
    return found;
  }

  /**
   * What stays, goes and comes where the `at`th block of a slot, which reads `now`, is to read as `then` did. What still
   * stands of `then` stays; `diffWords` compares what cannot be told apart by its names.
   */
  compare(slot: string, at: number, now: Block, then: Block, diffWords: WordDiff): readonly Piece[] {
    const before = this.#now(slot)[at];
    const after = this.#former(slot, then);
    const [old, wanted] = [blockText(now), blockText(then)];
    const byWords = (): readonly Piece[] => (old === wanted ? [{ kind: "same", text: old }] : diffWords(old, wanted));
    if (before?.text !== old || !after) return byWords();
    const keys = this.#keys(before.signs);
    // What nothing of the version is in is not known by its names.
    if (!keys.some((key) => this.#known.has(key))) return byWords();
    const pairs = rising(keys, this.#keys(after.signs));
    const pieces: Piece[] = [];
    let [i, j] = [0, 0];
    for (const [a, b] of [...pairs, [old.length, wanted.length] as const]) {
      if (a > i) pieces.push({ kind: "deleted", text: old.slice(i, a) });
      if (b > j) pieces.push({ kind: "inserted", text: wanted.slice(j, b) });
      if (a < old.length) pieces.push({ kind: "same", text: old.charAt(a) });
      [i, j] = [a + 1, b + 1];
    }
    return pieces;
  }

  /**
   * Writes down, within the transaction that made slots read as `target`, which of its new characters are which that
   * stood in the version and nowhere stand any more.
   */
  record(own: Y.Transaction, target: Readonly<Record<string, readonly Block[]>>): void {
    const copies: Copy[] = [];
    const put = (from: Sign, to: Sign): void => {
      if (to.clock < (own.beforeState.get(to.client) ?? 0) || !this.#isGone(from)) return;
      const { client, clock } = this.#last(from);
      const before = copies.at(-1);
      const length = before?.from.length ?? 0;
      if (
        before?.from.client === client &&
        before.from.clock + length === clock &&
        before.to.client === to.client &&
        before.to.clock + length === to.clock
      ) {
        copies[copies.length - 1] = { ...before, from: { client, clock: before.from.clock, length: length + 1 } };
      } else copies.push({ from: { client, clock, length: 1 }, to, move: null });
    };
    for (const [slot, blocks] of Object.entries(target)) {
      const lines = linesOf(this.#doc, slot);
      for (const [at, block] of blocks.entries()) {
        const line = lines[at];
        const former = this.#former(slot, block);
        if (!line || !former || line.text !== former.text) continue;
        if (line.marker && former.marker) put(former.marker, line.marker);
        for (const [i, sign] of line.signs.entries()) {
          const from = former.signs[i];
          if (from) put(from, sign);
        }
      }
    }
    recordCopies(this.#doc, copies);
  }

  #now(slot: string): readonly Line[] {
    const lines = this.#present.get(slot) ?? linesOf(this.#doc, slot);
    this.#present.set(slot, lines);
    return lines;
  }

  /** The block of the version that one is, if it is one: in its slot before others. */
  #former(slot: string, block: Block): Line | null {
    const text = blockText(block);
    const isIt = (line: Line): boolean => line.id === block.id && line.text === text;
    return this.#lines.get(slot)?.find(isIt) ?? [...this.#lines.values()].flat().find(isIt) ?? null;
  }

  /** What characters were first, through all copies, each by one word. Those that were written together are asked for at once. */
  #keys(signs: readonly Sign[]): string[] {
    const keys: string[] = [];
    for (let at = 0; at < signs.length; at = keys.length) {
      const { client, clock } = signs[at] ?? { client: 0, clock: 0 };
      let end = at + 1;
      while (signs[end]?.client === client && signs[end]?.clock === clock + end - at) end++;
      const origins = this.#lineage.origins({ client, clock, length: end - at });
      const fill = (to: number): void => {
        for (let i = keys.length; i < to; i++) keys.push(`${client}:${clock + i - at}`);
      };
      for (const origin of origins.toSorted((a, b) => a.offset - b.offset)) {
        fill(at + origin.offset);
        // What somebody says to be a copy of two counts once.
        for (let i = keys.length - at - origin.offset; i < origin.length; i++) {
          keys.push(`${origin.client}:${origin.clock + i}`);
        }
      }
      fill(end);
    }
    return keys;
  }

  /** True for a character that the body once had and that stands nowhere, nor any copy of it. */
  #isGone({ client, clock }: Sign): boolean {
    if (clock >= Y.getState(this.#doc.store, client)) return false;
    const origins = this.#lineage.origins({ client, clock, length: 1 });
    return origins.every((origin) => this.#lineage.living(origin).length === 0);
  }

  /** The copy of a character that was made last, so that what was said of any of them is said of what comes back. */
  #last(sign: Sign): Sign {
    let last = sign;
    const seen = new Set<string>();
    for (;;) {
      const key = `${last.client}:${last.clock}`;
      const copy = this.#lineage.copiesOf({ ...last, length: 1 }).at(-1);
      if (!copy || seen.has(key)) return last;
      seen.add(key);
      last = { client: copy.to.client, clock: copy.to.clock + last.clock - copy.from.clock };
    }
  }
}

function slotsIn(doc: Y.Doc): string[] {
  return [...doc.share.keys()].flatMap((root) => slotOfRoot(root) ?? []);
}

/** The blocks of a slot as its text holds them. */
function linesOf(doc: Y.Doc, slot: string): Line[] {
  const text = slotText(doc, slot);
  const markers: (Sign | null)[] = [null];
  const signs: Sign[][] = [[]];
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    const { client, clock } = item.id;
    for (let i = 0; i < item.length; i++) {
      const sign = { client, clock: clock + i };
      const isMarker = item.content instanceof Y.ContentString && item.content.str.charAt(i) === "\n";
      if (isMarker) {
        markers.push(sign);
        signs.push([]);
      } else signs.at(-1)?.push(sign);
    }
  }
  const blocks = readSlot(text);
  // A slot without words before its first block has no lead.
  const skipped = markers.length - blocks.length;
  return blocks.map((block, at) => ({
    id: block.id,
    text: blockText(block),
    marker: markers[at + skipped] ?? null,
    signs: signs[at + skipped] ?? [],
  }));
}

/** The pairs that rise on both sides and weigh most together. */
function heaviest<T extends { before: number; after: number; count: number }>(pairs: readonly T[]): T[] {
  const best: { sum: number; from: number }[] = [];
  let last = -1;
  // They come by `before`, so that what may stand before a pair comes before it.
  for (const [at, pair] of pairs.entries()) {
    let from = -1;
    for (let earlier = 0; earlier < at; earlier++) {
      const other = pairs[earlier];
      if (!other || other.before >= pair.before || other.after >= pair.after) continue;
      if ((best[earlier]?.sum ?? 0) > (best[from]?.sum ?? 0)) from = earlier;
    }
    best.push({ sum: pair.count + (best[from]?.sum ?? 0), from });
    if ((best[at]?.sum ?? 0) > (best[last]?.sum ?? 0)) last = at;
  }
  const row: T[] = [];
  for (let at = last; at >= 0; at = best[at]?.from ?? -1) {
    const pair = pairs[at];
    if (pair) row.push(pair);
  }
  return row.reverse();
}

/** The most pairs of places of equal keys that rise on both sides. */
function rising(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const places = new Map(b.map((key, at) => [key, at]));
  const pairs = a.flatMap((key, at) => {
    const other = places.get(key);
    return other === undefined ? [] : [[at, other] as const];
  });
  const rise = new Set(longestRise(pairs.map(([, other]) => other)));
  return pairs.filter((_, at) => rise.has(at));
}
