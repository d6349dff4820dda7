import * as Y from "yjs";
import { slotText } from "#collab";
import { anchorRange, resolveAnchor } from "#comments";
import type { RangeAnchor } from "#model";

/** A unit of a slot's text, living or dead, in the order of the text. */
interface Unit {
  readonly id: string;
  readonly char: string;
  /** Its index, or null where it was deleted. */
  readonly index: number | null;
}

/**
 * A comment on a stretch of a slot, with what the law about its place needs: the units it was put on. Each is named by
 * the id of its instance, so that where the words stand is known without the anchor.
 */
export class Remark {
  readonly id: string;
  readonly slot: string;
  readonly anchor: RangeAnchor;
  readonly quote: string;
  readonly #units: readonly string[];

  constructor(id: string, slot: string, body: Y.Doc, from: number, to: number) {
    const text = slotText(body, slot);
    const { anchor, quote } = anchorRange(text, from, to);
    this.id = id;
    this.slot = slot;
    this.anchor = anchor;
    this.quote = quote.exact;
    this.#units = unitsOf(text)
      .filter(({ index }) => index !== null && index >= from && index < to)
      .map((unit) => unit.id);
  }

  /** Where the anchor's words stand in a body, as its program finds them. */
  resolve(body: Y.Doc): { from: number; to: number } | null {
    return resolveAnchor(slotText(body, this.slot), this.anchor);
  }

  /**
   * The law. While all the words live in place, the range is from the first of them to the last. While some do, it
   * holds all that live, and besides them only what stands between two of them, living or dead. When none does, there
   * is no place, or what was typed between them has taken their place. A body that has not heard of the words gives
   * no place. Marks of blocks at either end do not count.
   */
  check(body: Y.Doc): "whole" | "part" | "gone" | "unknown" {
    const text = slotText(body, this.slot);
    const found = this.resolve(body);
    const all = unitsOf(text);
    const place = new Map(all.map((unit, i) => [unit.id, i]));
    const first = place.get(this.#units[0] ?? "");
    const last = place.get(this.#units.at(-1) ?? "");
    if (first === undefined || last === undefined) {
      if (found !== null) throw new Error(`comment ${this.id} has a place in a text that does not have its words`);
      return "unknown";
    }
    const own = new Set(this.#units);
    const living = all.filter((unit) => own.has(unit.id) && unit.index !== null);
    const words = living.filter(({ char }) => char !== "\n");
    const told = `comment ${this.id} on “${this.quote}” stands at ${JSON.stringify(found)}`;
    if (living.length === own.size) {
      const stretch = trimmed(all.slice(first, last + 1));
      if (!isSame(found, stretch)) throw new Error(`${told}, and its words at ${JSON.stringify(stretch)}`);
      return "whole";
    }
    const between = trimmed(all.slice(first, last + 1));
    if (found !== null && (between === null || found.from < between.from || found.to > between.to)) {
      throw new Error(`${told}, beyond its words at ${JSON.stringify(between)}`);
    }
    if (words.length === 0) return "gone";
    const stretch = trimmed(words);
    if (found === null || stretch === null || found.from > stretch.from || found.to < stretch.to) {
      throw new Error(`${told}, and what is left of its words at ${JSON.stringify(stretch)}`);
    }
    return "part";
  }
}

/** The indices that living units take, without marks of blocks at either end. */
function trimmed(units: readonly Unit[]): { from: number; to: number } | null {
  const living = units.filter(({ index }) => index !== null);
  const from = living.findIndex(({ char }) => char !== "\n");
  const to = living.findLastIndex(({ char }) => char !== "\n");
  const [first, last] = [living[from]?.index, living[to]?.index];
  return typeof first === "number" && typeof last === "number" ? { from: first, to: last + 1 } : null;
}

function isSame(a: { from: number; to: number } | null, b: { from: number; to: number } | null): boolean {
  return a === null || b === null ? a === b : a.from === b.from && a.to === b.to;
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
