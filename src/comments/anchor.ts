import type { CommentTarget, Place, Quotation, RangeAnchor } from "#model";
import { measureSlot, slotPieces, slotText } from "#collab";
import * as buffer from "lib0/buffer";
import * as Y from "yjs";
import { LIMITS } from "./record.ts";

/** How much of the text on either side a quotation keeps, in UTF-16 units. */
const CONTEXT = 32;

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
  return {
    anchor: {
      start: encodeEnd(Y.createRelativePositionFromTypeIndex(text, from, 0)),
      end: encodeEnd(Y.createRelativePositionFromTypeIndex(text, to, -1)),
    },
    quote: {
      exact: exact.length > LIMITS.quote ? `${wholeEnd(exact.slice(0, LIMITS.quote - 1))}…` : exact,
      prefix: wholeStart(words.slice(Math.max(0, from - CONTEXT), from)),
      suffix: wholeEnd(words.slice(to, to + CONTEXT)),
    },
  };
}

/**
 * Where an anchor's words stand now, as indices of the slot's flat text without the marks of blocks at either end; null
 * where nothing of them is left, or where the anchor never was one of this text. Takes anything and throws nothing.
 */
export function resolveAnchor(text: Y.Text, anchor: RangeAnchor): { from: number; to: number } | null {
  return resolveIn(text, wordsOf(text), anchor);
}

/** {@link resolveAnchor} for a text whose {@link wordsOf} are known. */
export function resolveIn(text: Y.Text, words: string, anchor: RangeAnchor): { from: number; to: number } | null {
  const start = decodeEnd(text, anchor.start);
  const end = decodeEnd(text, anchor.end);
  if (start === null || end === null) return null;
  let from = start;
  let to = Math.min(end, words.length);
  while (from < to && words[from] === "\n") from++;
  while (to > from && words[to - 1] === "\n") to--;
  return from < to ? { from, to } : null;
}

/** The flat text of a slot, one sign for each index. */
export function wordsOf(text: Y.Text): string {
  return slotPieces(text)
    .map((piece) => piece.text)
    .join("");
}

/** Where what a comment is about stands in `body`; null for a slot or the report as a whole, and for words that are gone. */
export function placeOf(body: Y.Doc, target: CommentTarget): Place | null {
  if (target.scope !== "range") return null;
  const text = slotText(body, target.slot);
  const range = resolveAnchor(text, target.anchor);
  if (!range) return null;
  const measure = measureSlot(text);
  return { slot: target.slot, from: measure.pointAt(range.from), to: measure.pointAt(range.to) };
}

function encodeEnd(position: Y.RelativePosition): string {
  return buffer.toBase64(Y.encodeRelativePosition(position));
}

function decodeEnd(text: Y.Text, end: string): number | null {
  const { doc } = text;
  if (!doc || end.length > LIMITS.anchor) return null;
  try {
    const position = Y.decodeRelativePosition(buffer.fromBase64(end));
    // An end without a character names a whole type, which Yjs would create if there is none of that name.
    if (position.item === null) return null;
    const found = Y.createAbsolutePositionFromRelativePosition(position, doc);
    return found?.type === text ? found.index : null;
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
