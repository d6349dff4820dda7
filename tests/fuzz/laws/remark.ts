import * as Y from "yjs";
import { slotText } from "#collab";
import { anchorRange, resolveAnchor } from "#comments";
import type { SlotRange } from "#comments";
import type { RangeAnchor } from "#model";
import { SIGNS } from "./ledger.ts";

/** A unit of a slot's text, living or dead, in the order of the text. */
interface Unit {
  readonly id: string;
  readonly char: string;
  /** Its index, or null where it was deleted. */
  readonly index: number | null;
}

/** How a comment stands to its words. */
export type Standing = "whole" | "part" | "moved" | "lost" | "gone" | "unknown";

/**
 * A comment on a stretch of a slot, with what the law about its place needs: the units it was put on, by the ids of
 * their instances and by their characters, which stand nowhere else. So where the words are is known without the anchor.
 */
export class Remark {
  readonly id: string;
  readonly slot: string;
  readonly anchor: RangeAnchor;
  readonly quote: string;
  readonly #units: readonly Unit[];
  readonly #slots: readonly string[];

  constructor(id: string, slot: string, slots: readonly string[], body: Y.Doc, from: number, to: number) {
    const text = slotText(body, slot);
    const { anchor, quote } = anchorRange(text, from, to);
    this.id = id;
    this.slot = slot;
    this.anchor = anchor;
    this.quote = quote.exact;
    this.#slots = slots;
    this.#units = unitsOf(text).filter(({ index }) => index !== null && index >= from && index < to);
  }

  /** Where the anchor's words stand in a body, as its program finds them. */
  resolve(body: Y.Doc): SlotRange | null {
    return resolveAnchor(body, this.slot, this.anchor);
  }

  /**
   * The law. While all the words live in place, the range is from the first of them to the last. A range anywhere
   * begins and ends with one of the words, or with what stands between two of them, living or dead. What lives in place
   * is in it, unless others of its words live elsewhere. Where none of the words stands anywhere, there is no place, or
   * what was typed between them has taken their place. A body that has not heard of the words gives none. Marks of
   * blocks at either end do not count.
   */
  check(body: Y.Doc, charOf: (id: string) => string | undefined): Standing {
    const all = unitsOf(slotText(body, this.slot));
    const found = this.resolve(body);
    const told = `comment ${this.id} on “${this.quote}” stands at ${JSON.stringify(found)}`;
    const place = new Map(all.map((unit, i) => [unit.id, i]));
    const [first, last] = [place.get(this.#units[0]?.id ?? ""), place.get(this.#units.at(-1)?.id ?? "")];
    if (first === undefined || last === undefined) {
      if (found !== null) throw new Error(`${told} in a text that does not have its words`);
      return "unknown";
    }
    const own = new Set(this.#units.map(({ id }) => id));
    const between = all.slice(first, last + 1);
    const living = between.filter(({ id, index }) => own.has(id) && index !== null);
    if (living.length === own.size) {
      // From the first word to the last; where an end is the mark of a block, what was put in there may come in.
      const [least, most] = [trimmed(living), trimmed(between)];
      if (found?.slot === this.slot && isWithin(least, found) && isWithin(found, most)) return "whole";
      throw new Error(`${told}, and its words at ${JSON.stringify(least)}`);
    }
    const units = new Map([...between, ...this.#units].map((unit) => [unit.id, unit]));
    const nameOf = (unit: Unit): string =>
      charOf(unit.id) ?? (isSecondHalf(unit) ? charOf(beside(unit, -1)) : undefined) ?? wholeOf(unit, units);
    const chars = new Set(this.#units.map(nameOf).filter((char) => char !== "\n" && !SIGNS.has(char)));
    const standing = this.#slots
      .flatMap((slot) => unitsOf(slotText(body, slot)))
      .filter((unit) => unit.index !== null && !own.has(unit.id) && chars.has(nameOf(unit)));
    const stretch = trimmed(living);
    if (found === null) {
      if (stretch !== null) throw new Error(`${told}, and what is left of its words at ${JSON.stringify(stretch)}`);
      return standing.length === 0 ? "gone" : "lost";
    }
    // What was typed between the words may have been carried along with them.
    const mayEnd = new Set([...chars, ...between.map(nameOf)]);
    const there = unitsOf(slotText(body, found.slot)).filter(({ index }) => index !== null);
    for (const [end, half] of [
      [there[found.from], there[found.from + 1]],
      [there[found.to - 1], there[found.to - 2]],
    ]) {
      // A sign stands in many places; it may have come along. Of a character of two units both halves name it.
      const char = end && nameOf(end);
      const pair = end && half ? [half.char + end.char, end.char + half.char] : [];
      if ([...(char === undefined ? [] : [char]), ...pair].some((name) => mayEnd.has(name) || SIGNS.has(name)))
        continue;
      throw new Error(`${told}, which ends with ${end?.char ?? "nothing"}`);
    }
    if (standing.length > 0) return "moved";
    if (stretch === null) return "gone";
    if (found.slot === this.slot && found.from <= stretch.from && found.to >= stretch.to) return "part";
    // Signs and spaces are not known by name elsewhere: they are its own that are gone from here, and nothing else.
    const gone = this.#units.filter(({ id }) => !living.some((unit) => unit.id === id)).map(({ char }) => char);
    const others = there.slice(found.from, found.to);
    if (others.every(({ char }) => SIGNS.has(char) && gone.includes(char))) return "moved";
    throw new Error(`${told}, and what is left of its words at ${JSON.stringify(stretch)}`);
  }
}

function isSecondHalf({ char }: Unit): boolean {
  return char === "" || /^[\uDC00-\uDFFF]/.test(char);
}

/** The character of which a unit is one half, where the other stands beside it; else its own sign. */
function wholeOf(unit: Unit, units: ReadonlyMap<string, Unit>): string {
  const [before, after] = [units.get(beside(unit, -1))?.char, units.get(beside(unit, 1))?.char];
  const pair = isSecondHalf(unit) ? `${before}${unit.char}` : `${unit.char}${after}`;
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(pair) ? pair : unit.char;
}

/** The id of the unit that was written right before or after another. */
function beside({ id }: Unit, by: -1 | 1): string {
  const [client = 0, clock = 0] = id.split(":").map(Number);
  return `${client}:${clock + by}`;
}

/** The indices that living units take, without marks of blocks at either end. */
function trimmed(units: readonly Unit[]): { from: number; to: number } | null {
  const living = units.filter(({ index }) => index !== null);
  const from = living.findIndex(({ char }) => char !== "\n");
  const to = living.findLastIndex(({ char }) => char !== "\n");
  const [first, last] = [living[from]?.index, living[to]?.index];
  return typeof first === "number" && typeof last === "number" ? { from: first, to: last + 1 } : null;
}

type Stretch = { readonly from: number; readonly to: number } | null;

function isWithin(inner: Stretch, outer: Stretch): boolean {
  return inner !== null && outer !== null && outer.from <= inner.from && inner.to <= outer.to;
}

function unitsOf(text: Y.Text): Unit[] {
  const units: Unit[] = [];
  let index = 0;
  for (let item = text._start; item !== null; item = item.right) {
    // A format takes no index; what was deleted may have forgotten whether it did.
    if (!item.countable && !item.deleted) continue;
    const { client, clock } = item.id;
    for (let i = 0; i < item.length; i++) {
      const char = item.content instanceof Y.ContentString ? item.content.str.charAt(i) : "";
      units.push({ id: `${client}:${clock + i}`, char, index: item.deleted ? null : index });
      if (!item.deleted) index++;
    }
  }
  return units;
}
