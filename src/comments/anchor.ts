import type { CommentTarget, Place, Quotation, RangeAnchor } from "#model";
import { Lineage, measureSlot, OBJECT_SIGN, slotOfRoot, slotPieces, slotText } from "#collab";
import type { Run } from "#collab";
import * as buffer from "lib0/buffer";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import { CellFinder } from "./cell-anchor.ts";
import { LIMITS } from "./record.ts";

/** How much of the text on either side a quotation keeps, in UTF-16 units. */
const CONTEXT = 32;

/** How far one word's copies are followed: only a hostile document has longer chains. */
const MOST_COPIES = 1000;

/**
 * Names the stretch from `from` to `to` of a slot's flat text so that it is found again after any edit, and quotes it.
 * The start clings to the first character, the end to the last: what is typed at either end stays outside. The caller
 * owes `0 <= from < to <= text.length` and a text that belongs to a document.
 */
export function anchorRange(text: Y.Text, from: number, to: number): { anchor: RangeAnchor; quote: Quotation } {
  if (!(from >= 0 && from < to && to <= text.length)) {
    throw new RangeError(`no range from ${from} to ${to} in a text of ${text.length}`);
  }
  const words = wordsOf(text);
  const exact = words.slice(from, to);
  const characters = encodeRuns(runsOf(text, from, to));
  return {
    anchor: {
      start: encodeEnd(Y.createRelativePositionFromTypeIndex(text, from, 0)),
      end: encodeEnd(Y.createRelativePositionFromTypeIndex(text, to, -1)),
      ...(characters.length <= LIMITS.characters ? { characters } : {}),
    },
    quote: {
      exact: exact.length > LIMITS.quote ? `${wholeEnd(exact.slice(0, LIMITS.quote - 1))}…` : exact,
      prefix: wholeStart(words.slice(Math.max(0, from - CONTEXT), from)),
      suffix: wholeEnd(words.slice(to, to + CONTEXT)),
    },
  };
}

/** A stretch of a slot's flat text. */
export interface SlotRange {
  readonly slot: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Where the words stand now that an anchor made in `slot` is about, without the marks of blocks at either end; null
 * where nothing of them is left, or where the anchor never was one of this text. Words that were moved or brought back
 * are found where they are, in whatever slot; where they are in several places, it is the place that has most of them.
 * Takes anything and throws nothing.
 */
export function resolveAnchor(body: Y.Doc, slot: string, anchor: RangeAnchor): SlotRange | null {
  const text = slotText(body, slot);
  const first = decodeEnd(text, anchor.start);
  const last = decodeEnd(text, anchor.end);
  if (!first || !last) return null;
  const characters = decodeRuns(anchor.characters);
  const stays: Stand = { slot, from: Infinity, to: 0, count: 0 };
  const gone: Run[] = [];
  let index = indexOf(first.item, 0);
  // The order in which Yjs keeps the characters of a text, deleted ones among them, never changes.
  for (let item: Y.Item | null = first.item; item !== null; item = item.right) {
    const begin = item === first.item ? first.at : 0;
    const end = item === last.item ? last.at + 1 : item.length;
    for (const { from, to } of partsOf(item, begin, end, characters)) {
      if (item.deleted) gone.push({ client: item.id.client, clock: item.id.clock + from, length: to - from });
      else widen(stays, index + from, charsOf(item).slice(from, to));
    }
    if (item === last.item) return bestOf(together(body, [...moved(body, stays, gone), stays]));
    if (item.countable && !item.deleted) index += item.length;
  }
  return null;
}

/**
 * Where the first of an anchor's words stood last, as the index in a slot's text between what stands on either side now;
 * null where the body never had them.
 */
export function stoodAt(body: Y.Doc, slot: string, anchor: RangeAnchor): { slot: string; index: number } | null {
  const first = decodeEnd(slotText(body, slot), anchor.start);
  if (!first) return null;
  const lineage = Lineage.of(body);
  let last: { slot: string; index: number } = { slot, index: indexOf(first.item, first.at) };
  let { client, clock } = { client: first.item.id.client, clock: first.item.id.clock + first.at };
  for (let steps = 0; steps < MOST_COPIES; steps++) {
    const copy = lineage.copiesOf({ client, clock, length: 1 }).at(-1);
    if (!copy) break;
    [client, clock] = [copy.to.client, copy.to.clock + clock - copy.from.clock];
    for (const { item, from } of itemsOf(body, { client, clock, length: 1 })) {
      const now = slotOf(item);
      if (now !== null) last = { slot: now, index: indexOf(item, from) };
    }
  }
  return last;
}

/** The parts of a stretch of an item that an anchor is about: of one that names no characters, all of it. */
function partsOf(
  item: Y.Item,
  begin: number,
  end: number,
  characters: readonly Run[] | null,
): readonly { from: number; to: number }[] {
  // What is deleted may be collected, and is then no longer known to have been text.
  if (!item.countable && !item.deleted) return [];
  const whole = { from: begin, to: end };
  const parts = !characters
    ? [whole]
    : characters
        .filter(({ client }) => client === item.id.client)
        .map(({ clock, length }) => ({
          from: Math.max(begin, clock - item.id.clock),
          to: Math.min(end, clock + length - item.id.clock),
        }));
  return parts.filter(({ from, to }) => from < to);
}

/**
 * True where all characters between two indices of a text are known to have stood there when an anchor was made: who has
 * a character of a client has all that it wrote before. So nothing of it was written in the stead of the anchor's words.
 */
export function stoodBefore(text: Y.Text, from: number, to: number, anchor: RangeAnchor): boolean {
  const known = new Map<number, number>();
  for (const { client, clock, length } of decodeRuns(anchor.characters) ?? []) {
    known.set(client, Math.max(clock + length, known.get(client) ?? 0));
  }
  return runsOf(text, from, to).every(({ client, clock, length }) => clock + length <= (known.get(client) ?? 0));
}

/** The ids of the characters between two indices of a text. */
function runsOf(text: Y.Text, from: number, to: number): Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (let item = text._start; item !== null && at < to; item = item.right) {
    if (item.deleted || !item.countable) continue;
    const begin = Math.max(from - at, 0);
    const length = Math.min(to - at, item.length) - begin;
    at += item.length;
    if (length <= 0) continue;
    const { client } = item.id;
    const clock = item.id.clock + begin;
    const last = runs.at(-1);
    if (last?.client === client && last.clock + last.length === clock)
      runs[runs.length - 1] = { client, clock: last.clock, length: last.length + length };
    else runs.push({ client, clock, length });
  }
  return runs;
}

function encodeRuns(runs: readonly Run[]): string {
  const encoder = encoding.createEncoder();
  for (const { client, clock, length } of runs) {
    for (const number of [client, clock, length]) encoding.writeVarUint(encoder, number);
  }
  return buffer.toBase64(encoding.toUint8Array(encoder));
}

function decodeRuns(characters: string | undefined): Run[] | null {
  if (characters === undefined || characters.length > LIMITS.characters) return null;
  try {
    const decoder = decoding.createDecoder(buffer.fromBase64(characters));
    const runs: Run[] = [];
    while (decoding.hasContent(decoder)) {
      const [client, clock, length] = [0, 0, 0].map(() => decoding.readVarUint(decoder));
      runs.push({ client: client ?? 0, clock: clock ?? 0, length: length ?? 0 });
    }
    return runs;
  } catch {
    return null;
  }
}

/** Words of an anchor that stand together. */
interface Stand {
  readonly slot: string;
  from: number;
  to: number;
  /** How many of its characters stand here. */
  count: number;
}

/** Where deleted characters of an anchor live on, each move by itself; what came back to its old place widens `stays`. */
function moved(body: Y.Doc, stays: Stand, gone: readonly Run[]): Stand[] {
  if (gone.length === 0) return [];
  const lineage = Lineage.of(body);
  if (lineage.isEmpty) return [];
  const stands = new Map<string, Stand>();
  for (const run of gone) {
    for (const living of lineage.living(run)) {
      for (const { item, from, to } of itemsOf(body, living)) {
        const slot = slotOf(item);
        if (slot === null) continue;
        const key = living.move === null ? "" : `${living.move} ${slot}`;
        const stand = living.move === null && slot === stays.slot ? stays : (stands.get(key) ?? newStand(slot));
        if (stand !== stays) stands.set(key, stand);
        widen(stand, indexOf(item, from), charsOf(item).slice(from, to));
      }
    }
  }
  return [...stands].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, stand]) => stand);
}

function newStand(slot: string): Stand {
  return { slot, from: Infinity, to: 0, count: 0 };
}

/** Takes in characters at an index, but for the marks of blocks, which no comment is about. */
function widen(stand: Stand, index: number, chars: string): void {
  const words = chars.replaceAll("\n", "").length;
  if (words === 0) return;
  stand.from = Math.min(stand.from, index + chars.search(/[^\n]/));
  stand.to = Math.max(stand.to, index + chars.replace(/\n+$/, "").length);
  stand.count += words;
}

/** Stands of which one begins in or right behind another are one: nothing was put between their words. */
function together(body: Y.Doc, stands: readonly Stand[]): readonly Stand[] {
  const there = stands.filter(({ count }) => count > 0);
  if (there.length < 2) return there;
  const joined: Stand[] = [];
  for (const stand of there.toSorted((a, b) => a.from - b.from)) {
    const before = joined.find(
      (one) => one.slot === stand.slot && isBlank(slotText(body, one.slot), one.to, stand.from),
    );
    if (!before) joined.push({ ...stand });
    else {
      before.to = Math.max(before.to, stand.to);
      before.count += stand.count;
    }
  }
  // Of equals the last is taken, which is the old place.
  const old = stands.at(-1);
  return joined.toSorted((a, b) => Number(isIn(a, old)) - Number(isIn(b, old)));
}

function isBlank(text: Y.Text, from: number, to: number): boolean {
  return from >= to || wordsOf(text).slice(from, to).trim() === "";
}

function isIn(outer: Stand, inner: Stand | undefined): boolean {
  return inner !== undefined && outer.slot === inner.slot && outer.from <= inner.from && inner.to <= outer.to;
}

/** The stand with the most words; of several the last, which is the old place. */
function bestOf(stands: readonly Stand[]): SlotRange | null {
  let best: Stand | null = null;
  for (const stand of stands) if (stand.count > 0 && (best === null || stand.count >= best.count)) best = stand;
  return best && { slot: best.slot, from: best.from, to: best.to };
}

/** The items of a run, with the part of each that is in it. */
function* itemsOf(body: Y.Doc, run: Run): Iterable<{ item: Y.Item; from: number; to: number }> {
  const end = run.clock + run.length;
  for (let clock = run.clock; clock < end;) {
    const item = Y.getItem(body.store, Y.createID(run.client, clock));
    if (!(item instanceof Y.Item)) return;
    const stop = Math.min(end, item.id.clock + item.length);
    yield { item, from: clock - item.id.clock, to: stop - item.id.clock };
    clock = stop;
  }
}

/** The slot whose text an item stands in, or null for one in anything else. */
function slotOf(item: Y.Item): string | null {
  const { parent } = item;
  // In a document just loaded a root that nobody has asked for is no text yet.
  return parent instanceof Y.AbstractType && parent._item === null ? slotOfRoot(Y.findRootTypeKey(parent)) : null;
}

/** The index in its text of the character at an offset of a living item, or where a deleted one stood. */
function indexOf(item: Y.Item, offset: number): number {
  let index = item.deleted ? 0 : offset;
  for (let left = item.left; left !== null; left = left.left) {
    if (left.countable && !left.deleted) index += left.length;
  }
  return index;
}

function charsOf(item: Y.Item): string {
  return item.content instanceof Y.ContentString ? item.content.str : OBJECT_SIGN.repeat(item.length);
}

/** The flat text of a slot, one sign for each index. */
export function wordsOf(text: Y.Text): string {
  return slotPieces(text)
    .map((piece) => piece.text)
    .join("");
}

/** Where what a comment is about stands in `body` for sure; null for a slot or the report as a whole, and for words and cells that are gone. */
export function placeOf(body: Y.Doc, target: CommentTarget): Place | null {
  if (target.scope === "cell") return new CellFinder(body).find(target)?.place ?? null;
  if (target.scope !== "range") return null;
  const range = resolveAnchor(body, target.slot, target.anchor);
  if (!range) return null;
  const measure = measureSlot(slotText(body, range.slot));
  return { slot: range.slot, from: measure.pointAt(range.from), to: measure.pointAt(range.to) };
}

function encodeEnd(position: Y.RelativePosition): string {
  return buffer.toBase64(Y.encodeRelativePosition(position));
}

/** The character that an end of an anchor clings to: its item, which may be deleted, and its offset there. */
function decodeEnd(text: Y.Text, end: string): { item: Y.Item; at: number } | null {
  const { doc } = text;
  if (!doc || end.length > LIMITS.anchor) return null;
  try {
    const { item: id } = Y.decodeRelativePosition(buffer.fromBase64(end));
    // An end without a character names a whole type; one that is ahead of the document is not here yet.
    if (id === null || id.clock >= Y.getState(doc.store, id.client)) return null;
    const item = Y.getItem(doc.store, id);
    return item instanceof Y.Item && item.parent === text ? { item, at: id.clock - item.id.clock } : null;
  } catch {
    return null;
  }
}

function wholeStart(words: string): string {
  return /^[\uDC00-\uDFFF]/.test(words) ? words.slice(1) : words;
}

function wholeEnd(words: string): string {
  return /[\uD800-\uDBFF]$/.test(words) ? words.slice(0, -1) : words;
}
