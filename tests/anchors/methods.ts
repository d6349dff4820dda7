import * as Y from "yjs";
import { slotPieces, slotText } from "#collab";
import { anchorRange, resolveAnchor } from "#comments";
import type { Quotation, RangeAnchor } from "#model";
import { SLOTS } from "./prose.ts";
import { findQuote } from "./quote-search.ts";
import type { Stretch } from "./verdict.ts";

/** Ways to find the words of a comment again. */
export type Method = "ours" | "plain" | "marks" | "quote";

export const METHODS: readonly Method[] = ["ours", "plain", "marks", "quote"];

/** A comment on a stretch, held in each of the ways at once. */
export interface Held {
  readonly slot: string;
  readonly anchor: RangeAnchor;
  readonly quote: Quotation;
  readonly ends: readonly [Y.RelativePosition, Y.RelativePosition];
}

/**
 * The format that stands for a comment's mark in the text. It is one of the marks that editors carry along anyway, in
 * every copy, slice and undo; no edit of the trials sets or clears it.
 */
const MARK = "underline";

export function hold(body: Y.Doc, { slot, from, to }: Stretch): Held {
  const text = slotText(body, slot);
  for (const { 0: line, index } of text.toJSON().matchAll(/[^\n]+/gu)) {
    const [begin, end] = [Math.max(from, index), Math.min(to, index + line.length)];
    if (begin < end) text.format(begin, end - begin, { [MARK]: true });
  }
  return {
    slot,
    ...anchorRange(text, from, to),
    ends: [Y.createRelativePositionFromTypeIndex(text, from, 0), Y.createRelativePositionFromTypeIndex(text, to, -1)],
  };
}

export const ANSWERS: Readonly<Record<Method, (body: Y.Doc, held: Held) => Stretch | null>> = {
  ours: (body, { slot, anchor }) => resolveAnchor(body, slot, anchor),
  plain: (body, { slot, ends }) => {
    const [from, to] = ends.map((end) => Y.createAbsolutePositionFromRelativePosition(end, body)?.index);
    return from === undefined || to === undefined || from >= to ? null : withoutMarkers(body, { slot, from, to });
  },
  marks: (body) => {
    // Marked words that stand together, over borders of blocks; the longest.
    let best: Stretch | null = null;
    for (const slot of SLOTS) {
      let index = 0;
      let open: { slot: string; from: number; to: number } | null = null;
      for (const { text, attributes } of slotPieces(slotText(body, slot))) {
        if (text !== "\n") {
          if (attributes?.[MARK] !== true) open = null;
          else if (open) open.to = index + text.length;
          else open = { slot, from: index, to: index + text.length };
        }
        if (open && (!best || open.to - open.from > best.to - best.from)) best = { ...open };
        index += text.length;
      }
    }
    return best;
  },
  quote: (body, { quote }) => {
    let best: (Stretch & { score: number }) | null = null;
    for (const slot of SLOTS) {
      const found = findQuote(slotText(body, slot).toJSON(), quote.exact, quote.prefix, quote.suffix);
      if (found && (!best || found.score > best.score)) best = { slot, ...found };
    }
    return best && withoutMarkers(body, best);
  },
};

/** A stretch without beginnings of blocks at either end. */
function withoutMarkers(body: Y.Doc, { slot, from, to }: Stretch): Stretch | null {
  const words = slotText(body, slot).toJSON().slice(from, to);
  const bare = words.replace(/^\n+/u, "");
  const begin = from + words.length - bare.length;
  const end = begin + bare.replace(/\n+$/u, "").length;
  return begin < end ? { slot, from: begin, to: end } : null;
}
