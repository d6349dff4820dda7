import type { CommentTarget, CommentThread, Place, Placing, QuotedRange, Spot, Template } from "#model";
import { slotsOf } from "#model";
import type { SlotMeasure } from "#collab";
import { measureSlot, RootVersions, slotText } from "#collab";
import type * as Y from "yjs";
import type { SlotRange } from "./anchor.ts";
import { resolveAnchor } from "./anchor.ts";
import { CellFinder } from "./cell-anchor.ts";
import { byTime, compareText } from "./record.ts";
import { SameWords } from "./same-words.ts";

/** Where a thread comes in the order of the draft: smaller numbers first, member by member. */
type Rank = readonly [slot: number, from: number, to: number, cell: number];

/** Among the positions of a slot: a comment on the whole slot comes first, one whose words are gone last. */
const WHOLE = -1;
const GONE = Number.MAX_SAFE_INTEGER;

/**
 * Threads with their present places, in the order of the draft: on the report as a whole, then slot by slot as the
 * template has them, last the slots it does not have; in a slot first those on the whole slot, then those on words by
 * where the words stand (of several ranges the first that has a place), those on cells of a table right after its caption, last those whose words or cells are gone;
 * where that says nothing, by time, id and author. The order in which they are given does not matter.
 */
export function inDraftOrder<T extends Omit<CommentThread, "place">>(
  threads: readonly T[],
  template: Template,
  body: Y.Doc,
): (T & { readonly place: Place | null })[] {
  return new DraftOrder<T>(template, body).of(threads);
}

interface Known<T> {
  readonly version: string;
  readonly rank: Rank;
  readonly placed: T & { readonly place: Place | null };
}

interface Standing {
  readonly rank: Rank;
  readonly place: Place | null;
}

/**
 * Puts threads into the order of the draft again and again. Where neither a thread nor what it is about has changed, its
 * place is not looked for again, and the very same object is given.
 */
export class DraftOrder<T extends Omit<CommentThread, "place">> {
  readonly #body: Y.Doc;
  readonly #order: ReadonlyMap<string, number>;
  readonly #versions: RootVersions;
  #known = new Map<T, Known<T>>();

  constructor(template: Template, body: Y.Doc) {
    this.#body = body;
    this.#order = new Map(slotsOf(template).map((slot, index) => [slot.id, index + 1]));
    this.#versions = RootVersions.of(body);
  }

  /** What {@link inDraftOrder} gives. */
  of(threads: readonly T[]): (T & { readonly place: Place | null })[] {
    const finder = new PlaceFinder(this.#body, this.#order);
    const all = [...this.#order.keys()].map((slot) => this.#versions.slot(slot)).join(" ");
    const known = new Map<T, Known<T>>();
    for (const thread of threads) {
      const before = this.#known.get(thread);
      if (before && before.version === this.#version(thread, before.placed.place, all)) {
        known.set(thread, before);
        continue;
      }
      const { rank, place } = finder.firstStanding(thread.comment.target, thread.placing);
      const same = before && samePlace(before.placed.place, place) ? before.placed : { ...thread, place };
      known.set(thread, { version: this.#version(thread, place, all), rank, placed: same });
    }
    this.#known = known;
    return [...known.values()]
      .sort(
        ({ rank: a, placed: { comment } }, { rank: b, placed: { comment: other } }) =>
          a[0] - b[0] ||
          a[1] - b[1] ||
          a[2] - b[2] ||
          a[3] - b[3] ||
          byTime(comment, other) ||
          compareText(comment.author, other.author),
      )
      .map(({ placed }) => placed);
  }

  /**
   * What has to stay for a place to stay: the slot of the target, that where its words are now, tables and moves; where
   * they are gone, all slots.
   */
  #version({ comment: { target } }: T, place: Place | null, all: string): string {
    if (target.scope === "report" || target.scope === "slot") return "";
    if (target.scope === "range" && (!place || place.uncertain)) return `${all} ${this.#versions.others}`;
    const { slot: own } = target;
    const now = place?.slot ?? own;
    const also = target.scope === "range" ? (target.also ?? []) : [];
    const slots = [own, now, ...also.map(({ slot }) => slot)].map((slot) => this.#versions.slot(slot));
    return [...slots, this.#versions.others].join(" ");
  }
}

function samePlace(a: Place | null, b: Place | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Where targets stand in the body as it is: each slot is measured once for all comments on it. */
class PlaceFinder {
  readonly #body: Y.Doc;
  readonly #order: ReadonlyMap<string, number>;
  readonly #cells: CellFinder;
  readonly #words: SameWords;
  readonly #measures = new Map<string, SlotMeasure>();

  constructor(body: Y.Doc, order: ReadonlyMap<string, number>) {
    this.#body = body;
    this.#order = order;
    this.#cells = new CellFinder(body);
    this.#words = new SameWords(body, [...order.keys()]);
  }

  #measureOf(slot: string): SlotMeasure {
    const measure = this.#measures.get(slot) ?? measureSlot(slotText(this.#body, slot));
    this.#measures.set(slot, measure);
    return measure;
  }

  /** Where a comment stands: of several ranges the first that has a place, before any that is only supposed. */
  firstStanding(target: CommentTarget, placing?: Placing): Standing {
    const first = this.standing(target, placing);
    if (target.scope !== "range" || (first.place && !first.place.uncertain)) return first;
    for (const { slot, anchor, quote } of target.also ?? []) {
      const other = this.standing({ scope: "range", slot, anchor, quote });
      if (other.place && !other.place.uncertain) return other;
    }
    return first;
  }

  standing(target: CommentTarget, placing?: Placing): Standing {
    if (target.scope === "report") return { rank: [0, WHOLE, WHOLE, 0], place: null };
    const slot = this.#order.get(target.slot) ?? this.#order.size + 1;
    if (target.scope === "slot") return { rank: [slot, WHOLE, WHOLE, 0], place: null };
    if (!this.#order.has(target.slot)) return { rank: [slot, GONE, GONE, 0], place: null };
    if (target.scope === "cell") {
      const cell = this.#cells.find(target);
      const own = cell && this.#order.get(cell.place.slot);
      if (!cell || own === undefined || own === null) return { rank: [slot, GONE, GONE, 0], place: null };
      // After what is said of the caption, before what is said of the next block.
      const caption = this.#measureOf(cell.place.slot).indexAt({ ...cell.place.from, offset: GONE }) ?? 0;
      return { rank: [own, caption, caption, cell.number], place: cell.place };
    }
    const certain = this.#rangeOf(target) ?? (placing?.here ? this.#rangeOf(placing.here) : null);
    const range = certain ?? this.#guess(target, placing);
    if (!range) return { rank: [slot, GONE, GONE, 0], place: null };
    const measure = this.#measureOf(range.slot);
    const [from, to] = [measure.pointAt(range.from), measure.pointAt(range.to)];
    const place = { slot: range.slot, from, to, ...(certain ? {} : { uncertain: true as const }) };
    return { rank: [this.#order.get(range.slot) ?? slot, range.from, range.to, 0], place };
  }

  #rangeOf({ slot, anchor }: Spot): SlotRange | null {
    const range = resolveAnchor(this.#body, slot, anchor);
    return range && this.#order.has(range.slot) ? range : null;
  }

  /** Where words that are gone stand again, as far as one can tell by what they say. */
  #guess(target: QuotedRange, placing: Placing | undefined): SlotRange | null {
    const refused = (placing?.not ?? []).flatMap((spot) => this.#rangeOf(spot) ?? []);
    return this.#words.find(target, refused);
  }
}
