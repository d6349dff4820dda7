import type { CommentThread, Place } from "./comment.ts";
import type { ThreadRow } from "./thread-row.ts";
import { threadsOfRow } from "./thread-row.ts";

/** From which likeness on two comments on one slot are offered to be merged; where they are about the same words, less will do. */
const ALIKE = 0.5;
const ALIKE_IN_PLACE = 0.34;

/** A comment of fewer words says too little for being a part of another to mean anything. */
const FEWEST = 4;

/** The marks of tone, and the vowels after which they are also written one letter later: hòa, hoà. */
const TONE_LATE = /([ou])([aey])([\u0300\u0301\u0303\u0309\u0323])(?!\p{L})/gu;

/**
 * The words of a Vietnamese text as they are compared: composed, in small letters, without signs; `hoà` is `hòa`.
 * Diacritics stay, for without them most words would be others.
 */
export function comparedWords(text: string): string[] {
  const spread = text.normalize("NFD").toLocaleLowerCase("vi");
  const joined = spread.replaceAll(TONE_LATE, (all, first: string, second: string, tone: string, at: number) =>
    // Quý has no other way, and neither have vowels that stand for something else.
    `${first}${second}` === "oy" ||
    `${first}${second}` === "ua" ||
    `${first}${second}` === "ue" ||
    spread[at - 1] === "q"
      ? all
      : `${first}${tone}${second}`,
  );
  return joined.normalize("NFC").match(/[\p{L}\p{M}\p{N}]+(?:[.,%][\p{N}]+)*/gu) ?? [];
}

/** What a comment asks for: words and pairs of neighbouring words, by their numbers, least first, with their weights. */
interface Said {
  readonly numbers: Int32Array;
  readonly weights: Float64Array;
  readonly sum: number;
  readonly words: number;
}

/**
 * Tells how much alike comments are. Words that most of them use, such as *đề nghị*, count little; the words that few use
 * count most. Made for one set of threads.
 */
export class Similarity {
  readonly #counts = new Map<string, number>();
  readonly #total: number;
  readonly #numbers = new Map<string, number>();
  readonly #said = new Map<CommentThread, Said>();

  constructor(threads: readonly CommentThread[]) {
    this.#total = threads.length;
    for (const { comment } of threads) {
      for (const word of new Set(wordsOf(comment))) this.#counts.set(word, (this.#counts.get(word) ?? 0) + 1);
    }
  }

  /** From 0, nothing in common, to 1, the same words. */
  likeness(a: CommentThread, b: CommentThread): number {
    const one = this.#saidIn(a);
    const other = this.#saidIn(b);
    if (one.sum === 0 || other.sum === 0) return 0;
    const shared = sharedWeight(one, other);
    const both = (2 * shared) / (one.sum + other.sum);
    if (Math.min(one.words, other.words) < FEWEST) return both;
    // A short comment that is all in a long one asks for the same, with fewer words.
    return (both + shared / Math.min(one.sum, other.sum)) / 2;
  }

  /** True where the committee is offered to merge the two: on one slot, and alike enough for where they stand. */
  isOffered(a: CommentThread, b: CommentThread): boolean {
    if (slotOf(a) !== slotOf(b)) return false;
    return this.likeness(a, b) >= (overlaps(a.place, b.place) ? ALIKE_IN_PLACE : ALIKE);
  }

  #saidIn(thread: CommentThread): Said {
    const known = this.#said.get(thread);
    if (known) return known;
    const words = wordsOf(thread.comment);
    const weights = new Map<number, number>();
    for (const [at, word] of words.entries()) {
      const weight = this.#weight(word);
      weights.set(this.#number(word), weight);
      const next = words[at + 1];
      if (next !== undefined) weights.set(this.#number(`${word} ${next}`), (weight + this.#weight(next)) / 2);
    }
    const sorted = [...weights].toSorted(([x], [y]) => x - y);
    const said: Said = {
      numbers: Int32Array.from(sorted, ([number]) => number),
      weights: Float64Array.from(sorted, ([, weight]) => weight),
      sum: sorted.reduce((sum, [, weight]) => sum + weight, 0),
      words: words.length,
    };
    this.#said.set(thread, said);
    return said;
  }

  #number(word: string): number {
    const known = this.#numbers.get(word) ?? this.#numbers.size;
    this.#numbers.set(word, known);
    return known;
  }

  #weight(word: string): number {
    return Math.log(1 + this.#total / (this.#counts.get(word) ?? 1));
  }
}

/** The weight of what two comments both say. */
function sharedWeight(a: Said, b: Said): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.numbers.length && j < b.numbers.length;) {
    const step = (a.numbers[i] ?? 0) - (b.numbers[j] ?? 0);
    if (step === 0) shared += a.weights[i] ?? 0;
    if (step <= 0) i++;
    if (step >= 0) j++;
  }
  return shared;
}

function wordsOf({ text, proposal }: CommentThread["comment"]): string[] {
  return comparedWords(`${text}\n${proposal ?? ""}`);
}

function slotOf({ comment: { target }, place }: CommentThread): string | null {
  return place?.slot ?? (target.scope === "report" ? null : target.slot);
}

/** True where two places share words, or a cell. Of places over several blocks, where they share a block. */
function overlaps(a: Place | null, b: Place | null): boolean {
  if (!a || !b || a.slot !== b.slot) return false;
  if (a.cell !== undefined || b.cell !== undefined) return a.cell === b.cell && a.from.block === b.from.block;
  const single = a.from.block === a.to.block && b.from.block === b.to.block;
  if (!single) return [a.from.block, a.to.block].some((block) => block === b.from.block || block === b.to.block);
  return a.from.block === b.from.block && a.from.offset < b.to.offset && b.from.offset < a.to.offset;
}

/**
 * The rows that may be merged with `row`, the most alike first. Rows of withdrawn comments are nobody's match. A row is
 * as much alike as the most alike of its comments.
 */
export function similarRows(row: ThreadRow, rows: readonly ThreadRow[], similarity: Similarity): ThreadRow[] {
  const own = threadsOfRow(row);
  if (row.leading.comment.withdrawn) return [];
  const found = rows.flatMap((other) => {
    if (other.leading === row.leading || other.leading.comment.withdrawn) return [];
    const offered = threadsOfRow(other).flatMap((b) =>
      own.flatMap((a) => (similarity.isOffered(a, b) ? [similarity.likeness(a, b)] : [])),
    );
    return offered.length > 0 ? [{ other, likeness: Math.max(...offered) }] : [];
  });
  return found.toSorted((a, b) => b.likeness - a.likeness).map(({ other }) => other);
}

/**
 * Rows that may become one, each in at most one group, in the order they come: the first of a group is the one that all
 * others of it are alike.
 */
export function similarGroups(rows: readonly ThreadRow[], similarity: Similarity): ThreadRow[][] {
  const groups: ThreadRow[][] = [];
  const bySlot = new Map<string | null, ThreadRow[][]>();
  for (const row of rows) {
    if (row.leading.comment.withdrawn) continue;
    const slot = slotOf(row.leading);
    const here = bySlot.get(slot) ?? [];
    bySlot.set(slot, here);
    const home = here.find(([first]) => first && similarRows(first, [row], similarity).length > 0);
    if (home) home.push(row);
    else {
      const group = [row];
      here.push(group);
      groups.push(group);
    }
  }
  return groups.filter((group) => group.length > 1);
}
