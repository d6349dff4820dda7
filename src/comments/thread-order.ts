import type { CellSpot, CommentTarget, CommentThread, Place, Placing, QuotedRange, Said, Spot, Template } from "#model";
import { slotsOf } from "#model";
import type { SlotMeasure } from "#collab";
import { measureSlot, RootVersions, slotText } from "#collab";
import type * as Y from "yjs";
import type { SlotRange } from "./anchor.ts";
import { resolveAnchor } from "./anchor.ts";
import type { CellStand, CellTarget } from "./cell-anchor.ts";
import { CellFinder } from "./cell-anchor.ts";
import { saidOf } from "./placing.ts";
import { byTime, compareText } from "./record.ts";
import { SameCells } from "./same-cells.ts";
import { SameWords } from "./same-words.ts";

/** Where a thread comes in the order of the draft: smaller numbers first, member by member. */
type Rank = readonly [slot: number, from: number, to: number, cell: number];

/** Among the positions of a slot: a comment on the whole slot comes first, one whose words are gone last. */
const WHOLE = -1;
const GONE = Number.MAX_SAFE_INTEGER;
const NOWHERE: Standing = { rank: [0, WHOLE, WHOLE, 0], place: null };

/**
 * Threads with their present places, in the order of the draft: on the report as a whole, then slot by slot as the
 * template has them, last the slots it does not have; in a slot first those on the whole slot, then those on words by
 * where the words stand (of several ranges the first that has a place), those on cells of a table right after its caption, last those whose words or cells are gone;
 * where that says nothing, by time, id and author. The order in which they are given does not matter.
 */
export function inDraftOrder<T extends Omit<CommentThread, "place" | "places">>(
  threads: readonly T[],
  template: Template,
  body: Y.Doc,
): (T & Placed)[] {
  return new DraftOrder<T>(template, body).of(threads);
}

interface Known<T> {
  readonly version: string;
  readonly rank: Rank;
  readonly placed: T & Placed;
}

interface Standing {
  readonly rank: Rank;
  readonly place: Place | null;
}

/**
 * Puts threads into the order of the draft again and again. Where neither a thread nor what it is about has changed, its
 * place is not looked for again, and the very same object is given.
 */
export class DraftOrder<T extends Omit<CommentThread, "place" | "places">> {
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
  of(threads: readonly T[]): (T & Placed)[] {
    const finder = new PlaceFinder(this.#body, this.#order);
    const all = [...this.#order.keys()].map((slot) => this.#versions.slot(slot)).join(" ");
    const known = new Map<T, Known<T>>();
    for (const thread of threads) {
      const before = this.#known.get(thread);
      if (before && before.version === this.#version(thread, before.placed, all)) {
        known.set(thread, before);
        continue;
      }
      const standings = finder.standings(thread.comment.target, thread.placing);
      const { rank, place } = firstOf(standings);
      const placed = {
        ...thread,
        place,
        ...(standings.length > 1 ? { places: standings.map((each) => each.place) } : {}),
      };
      const same = before && samePlaces(before.placed, placed) ? before.placed : placed;
      known.set(thread, { version: this.#version(thread, same, all), rank, placed: same });
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
   * they are gone, or were, all slots.
   */
  #version({ comment: { target }, placing }: T, { place, places }: Placed, all: string): string {
    if (target.scope === "report" || target.scope === "slot") return "";
    const standing = places ?? [place];
    if (placing || standing.some((each) => !each || each.uncertain)) return `${all} ${this.#versions.others}`;
    const slots = [target.slot, ...standing.flatMap((each) => each?.slot ?? [])];
    return [...slots.map((slot) => this.#versions.slot(slot)), this.#versions.others].join(" ");
  }
}

type Placed = Pick<CommentThread, "place" | "places">;

function samePlaces(a: Placed, b: Placed): boolean {
  return JSON.stringify([a.place, a.places]) === JSON.stringify([b.place, b.places]);
}

/** Of several ranges the first that has a place, before any that is only supposed to have one. */
function firstOf(standings: readonly Standing[]): Standing {
  const known = (isCertain: boolean) => standings.find(({ place }) => place && (!isCertain || !place.uncertain));
  return known(true) ?? known(false) ?? standings[0] ?? NOWHERE;
}

/** Where targets stand in the body as it is: each slot is measured once for all comments on it. */
class PlaceFinder {
  readonly #body: Y.Doc;
  readonly #order: ReadonlyMap<string, number>;
  readonly #cells: CellFinder;
  readonly #words: SameWords;
  readonly #sameCells: SameCells;
  readonly #measures = new Map<string, SlotMeasure>();

  constructor(body: Y.Doc, order: ReadonlyMap<string, number>) {
    this.#body = body;
    this.#order = order;
    this.#cells = new CellFinder(body);
    this.#words = new SameWords(body, [...order.keys()]);
    this.#sameCells = new SameCells(body, [...order.keys()]);
  }

  #measureOf(slot: string): SlotMeasure {
    const measure = this.#measures.get(slot) ?? measureSlot(slotText(this.#body, slot));
    this.#measures.set(slot, measure);
    return measure;
  }

  /** Where each of a comment's ranges stands; of a comment on anything else the one place it has. */
  standings(target: CommentTarget, placing: Placing | undefined): readonly Standing[] {
    if (target.scope === "report") return [NOWHERE];
    const slot = this.#order.get(target.slot) ?? this.#order.size + 1;
    if (target.scope === "slot") return [{ rank: [slot, WHOLE, WHOLE, 0], place: null }];
    if (target.scope === "cell") return [this.#cell(target, slot, placing)];
    return [target, ...(target.also ?? [])].map((range, part) => this.#range(range, saidOf(placing, part)));
  }

  #cell(target: CellTarget, slot: number, placing: Placing | undefined): Standing {
    const { here = null, not = [] } = placing?.cell ?? {};
    const certain = this.#cellAt(target) ?? (here && this.#cellAt(here));
    const guess = certain || !this.#order.has(target.slot) ? null : this.#sameCells.find(target.quote, not);
    const stand = certain ?? (guess && this.#cellAt(guess));
    if (!stand) return { rank: [slot, GONE, GONE, 0], place: null };
    const { place, number } = stand;
    // After what is said of the caption, before what is said of the next block.
    const caption = this.#measureOf(place.slot).indexAt({ ...place.from, offset: GONE }) ?? 0;
    return {
      rank: [this.#order.get(place.slot) ?? slot, caption, caption, number],
      place: certain ? place : { ...place, uncertain: true },
    };
  }

  #cellAt(spot: CellSpot): CellStand | null {
    const stand = this.#cells.find(spot);
    return stand && this.#order.has(stand.place.slot) ? stand : null;
  }

  #range(target: QuotedRange, said: Said<Spot>): Standing {
    const slot = this.#order.get(target.slot) ?? this.#order.size + 1;
    if (!this.#order.has(target.slot)) return { rank: [slot, GONE, GONE, 0], place: null };
    const certain = this.#rangeOf(target) ?? (said.here && this.#rangeOf(said.here));
    const range = certain ?? this.#guess(target, said);
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
  #guess(target: QuotedRange, { not }: Said<Spot>): SlotRange | null {
    const refused = not.flatMap((spot) => this.#rangeOf(spot) ?? []);
    return this.#words.find(target, refused);
  }
}
