import type { Block } from "./block.ts";
import { blockText } from "./block.ts";
import { pairLikeness, wordPairs } from "./likeness.ts";

/** The blocks of some slots, slot by slot in the order of the skeleton. */
type SlotBlocks = readonly { readonly slot: string; readonly blocks: readonly Block[] }[];

/** A block with the slot it stands in and its place there. */
interface PlacedBlock {
  readonly slot: string;
  readonly at: number;
  readonly block: Block;
}

/** What a block was before, and how much of it is still there. */
export interface BlockOrigin extends PlacedBlock {
  /** From 0 to 1, the very same words. */
  readonly likeness: number;
}

/** From this likeness on two blocks are one block that was rewritten; 1 is the very same words. */
const ALIKE = 0.5;

/** Below this likeness two blocks share nothing worth telling: one was emptied, or another written into it. */
export const RELATED = 0.15;

/** A block of fewer words is not looked for in other slots: “Không có.” stands everywhere. */
const TELLING = 4;

/** Pairs of words that stand in more blocks than this tell nothing about which block is which. */
const COMMON = 40;

/** How many blocks are looked at closely for each that is looked for. */
const CANDIDATES = 8;

/**
 * For each block of the later text that was there before, the block it was; no earlier block is used twice. First the
 * same id, in the same slot before others; then the very same words; then similar words, so that a paragraph that was
 * pasted elsewhere and edited is still itself. An id that shares no words with its block comes last: Enter before a
 * paragraph leaves the id on the empty line. A table is matched with tables only. The time grows with the number of
 * blocks, not with its square.
 */
export function matchBlocks(before: SlotBlocks, after: SlotBlocks): Map<Block, BlockOrigin> {
  return new Matching(before, after).run();
}

/** A block that stays in its place while those around it come and go. */
export interface StayingBlock {
  readonly before: number;
  readonly after: number;
  /** False where none of its words stay worth keeping. */
  readonly related: boolean;
}

/**
 * Which blocks of a slot stay, as few as it can moved, where `before` becomes `after`: their numbers on both sides, in
 * rising order. Every other earlier block goes and every other later one comes.
 */
export function stayingBlocks(before: readonly Block[], after: readonly Block[]): StayingBlock[] {
  const origins = matchBlocks([{ slot: "", blocks: before }], [{ slot: "", blocks: after }]);
  const matched = after.flatMap((block, at) => {
    const origin = origins.get(block);
    return origin ? [{ before: origin.at, after: at, related: origin.likeness >= RELATED }] : [];
  });
  return longestRise(matched.map((pair) => pair.before)).flatMap((index) => matched[index] ?? []);
}

/** A block that is matched, with what the passes ask of it again and again. */
interface Candidate extends PlacedBlock {
  readonly words: string;
  taken: boolean;
}

class Matching {
  readonly #before: readonly Candidate[];
  readonly #after: readonly Candidate[];
  readonly #origins = new Map<Block, BlockOrigin>();
  readonly #pairs = new Map<Candidate, ReadonlyMap<string, number>>();

  constructor(before: SlotBlocks, after: SlotBlocks) {
    this.#before = placed(before);
    this.#after = placed(after);
  }

  run(): Map<Block, BlockOrigin> {
    const here = ({ slot, block }: Candidate): string => JSON.stringify([slot, block.id]);
    // Derived ids (`lead`, `~1`) are the same in every slot and name nothing outside their own.
    const anywhere = ({ block }: Candidate): string | null =>
      /^[\w-]+$/.test(block.id) && block.id !== "lead" ? block.id : null;
    this.#matchBy(here, RELATED);
    this.#matchBy(anywhere, RELATED);
    this.#matchBy(({ slot, words }) => (words === "" ? null : JSON.stringify([slot, words])));
    this.#matchBy(({ words }) => (isTelling(words) ? words : null));
    this.#matchAlike();
    this.#matchBy(here);
    this.#matchBy(anywhere);
    return this.#origins;
  }

  #match(after: Candidate, before: Candidate, likeness: number): void {
    before.taken = true;
    after.taken = true;
    const { slot, at, block } = before;
    this.#origins.set(after.block, { slot, at, block, likeness });
  }

  /** Matches, in order, blocks that have the same key, where they are alike enough; null is no key. */
  #matchBy(key: (of: Candidate) => string | null, atLeast = 0): void {
    const free = new Map<string, Candidate[]>();
    for (const candidate of this.#before.toReversed()) {
      const name = candidate.taken ? null : key(candidate);
      if (name === null) continue;
      const others = free.get(name);
      if (others) others.push(candidate);
      else free.set(name, [candidate]);
    }
    for (const candidate of this.#after) {
      const name = candidate.taken ? null : key(candidate);
      const found = name === null ? undefined : free.get(name)?.at(-1);
      if (!found || isTable(found) !== isTable(candidate)) continue;
      const likeness = this.#likeness(found, candidate);
      if (likeness < atLeast) continue;
      this.#match(candidate, found, likeness);
      free.get(name ?? "")?.pop();
    }
  }

  /** Matches what is left by similar words, the most alike first. */
  #matchAlike(): void {
    const pairs: { before: Candidate; after: Candidate; likeness: number; score: number }[] = [];
    const index = this.#index();
    for (const after of this.#after) {
      if (after.taken || after.words === "") continue;
      for (const before of this.#nearest(after, index)) {
        if (isTable(before) !== isTable(after)) continue;
        const same = before.slot === after.slot;
        if (!same && !(isTelling(before.words) && isTelling(after.words))) continue;
        const likeness = this.#likeness(before, after);
        if (likeness >= ALIKE) pairs.push({ before, after, likeness, score: likeness + (same ? 0.1 : 0) });
      }
    }
    for (const { before, after, likeness } of pairs.toSorted((a, b) => b.score - a.score)) {
      if (!before.taken && !after.taken) this.#match(after, before, likeness);
    }
  }

  /** For each telling pair of words the unmatched earlier blocks that have it. */
  #index(): Map<string, Candidate[]> {
    const index = new Map<string, Candidate[]>();
    for (const candidate of this.#before) {
      if (candidate.taken) continue;
      for (const pair of this.#pairsOf(candidate).keys()) {
        const list = index.get(pair);
        if (list) list.push(candidate);
        else index.set(pair, [candidate]);
      }
    }
    return index;
  }

  #nearest(after: Candidate, index: ReadonlyMap<string, readonly Candidate[]>): Candidate[] {
    const shared = new Map<Candidate, number>();
    for (const pair of this.#pairsOf(after).keys()) {
      const having = index.get(pair) ?? [];
      if (having.length > COMMON) continue;
      for (const candidate of having) shared.set(candidate, (shared.get(candidate) ?? 0) + 1);
    }
    return [...shared]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, CANDIDATES)
      .map(([candidate]) => candidate);
  }

  /** How much two blocks share of their neighbouring words, from 0 to 1. Capitals and punctuation do not count. */
  #likeness(a: Candidate, b: Candidate): number {
    if (a.words === b.words) return 1;
    return pairLikeness(this.#pairsOf(a), this.#pairsOf(b));
  }

  #pairsOf(candidate: Candidate): ReadonlyMap<string, number> {
    const known = this.#pairs.get(candidate);
    if (known) return known;
    const pairs = wordPairs(candidate.words);
    this.#pairs.set(candidate, pairs);
    return pairs;
  }
}

function placed(slots: SlotBlocks): Candidate[] {
  return slots.flatMap(({ slot, blocks }) =>
    blocks.map((block, at) => ({ slot, at, block, words: blockText(block).trim(), taken: false })),
  );
}

function isTable({ block }: Candidate): boolean {
  return block.kind === "table";
}

function isTelling(words: string): boolean {
  return (words.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) >= TELLING;
}

/** The positions of a longest strictly rising selection of `values`, in order. */
export function longestRise(values: readonly number[]): number[] {
  const tails: number[] = [];
  const previous: number[] = [];
  for (const [at, value] of values.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    previous.push(low > 0 ? (tails[low - 1] ?? -1) : -1);
    tails[low] = at;
  }
  const rise: number[] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) rise.push(at);
  return rise.reverse();
}
