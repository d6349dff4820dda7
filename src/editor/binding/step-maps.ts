import type { Transaction } from "prosemirror-state";
import type { StepMap } from "prosemirror-transform";

/** Where a position came to, and whether what stood right behind it was deleted on the way. */
export interface Mapped {
  readonly pos: number;
  readonly deletedAfter: boolean;
}

/** Some maps in a row: before `from` they change nothing, behind `to` they shift by `shift`. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly shift: number;
}

const NOTHING: Stretch = { from: Infinity, to: -Infinity, shift: 0 };

/**
 * The maps of the steps of several transactions in a row. Mapping a position through a part of them takes a time that
 * hardly grows with their number where they change other places, as those of an edit of the whole text do.
 */
export class StepMaps {
  readonly #maps: readonly StepMap[];
  /** How many maps there are before each transaction. */
  readonly #starts: readonly number[];
  /** A binary tree over the maps: the stretch at `i` is that of the two at `2i` and `2i + 1`. */
  readonly #tree: Stretch[];
  readonly #leaves: number;

  constructor(transactions: readonly Transaction[]) {
    this.#maps = transactions.flatMap(({ mapping }) => mapping.maps);
    let start = 0;
    this.#starts = transactions.map(({ mapping }) => (start += mapping.maps.length) - mapping.maps.length);
    this.#leaves = 2 ** Math.ceil(Math.log2(Math.max(this.#maps.length, 1)));
    this.#tree = Array.from({ length: 2 * this.#leaves }, () => NOTHING);
    for (const [i, map] of this.#maps.entries()) this.#tree[this.#leaves + i] = stretchOf(map);
    for (let i = this.#leaves - 1; i > 0; i--) this.#tree[i] = joined(this.#at(2 * i), this.#at(2 * i + 1));
  }

  /** The number, among all maps, of the map of a step of a transaction. */
  number(transaction: number, step: number): number {
    return (this.#starts[transaction] ?? 0) + step;
  }

  /** Where a position of the document before the `first` map is after the last. */
  map(first: number, pos: number, side: -1 | 1): Mapped {
    return this.#through(1, 0, this.#leaves, first, { pos, deletedAfter: false }, side);
  }

  #through(node: number, begin: number, end: number, first: number, at: Mapped, side: -1 | 1): Mapped {
    if (end <= first) return at;
    if (begin >= first) {
      const { from, to, shift } = this.#at(node);
      if (at.pos < from) return at;
      if (at.pos > to) return shift === 0 ? at : { pos: at.pos + shift, deletedAfter: at.deletedAfter };
    }
    if (end - begin === 1) {
      const result = this.#maps[begin]?.mapResult(at.pos, side);
      return result ? { pos: result.pos, deletedAfter: at.deletedAfter || result.deletedAfter } : at;
    }
    const middle = (begin + end) / 2;
    const half = this.#through(2 * node, begin, middle, first, at, side);
    return this.#through(2 * node + 1, middle, end, first, half, side);
  }

  #at(node: number): Stretch {
    return this.#tree[node] ?? NOTHING;
  }
}

function stretchOf(map: StepMap): Stretch {
  let { from, to, shift } = NOTHING;
  map.forEach((start, end, newStart, newEnd) => {
    from = Math.min(from, start);
    to = Math.max(to, end);
    shift += newEnd - newStart - (end - start);
  });
  return { from, to, shift };
}

function joined(first: Stretch, second: Stretch): Stretch {
  return {
    from: Math.min(first.from, second.from),
    to: Math.max(first.to, second.to - first.shift),
    shift: first.shift + second.shift,
  };
}
