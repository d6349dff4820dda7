import type { CommentTarget, CommentThread, Place, Template } from "#model";
import { slotsOf } from "#model";
import { pointAt, slotText } from "#collab";
import type * as Y from "yjs";
import { resolveAnchor } from "./anchor.ts";
import { byTime, compareText } from "./record.ts";

/** Where a thread comes in the order of the draft: smaller numbers first, member by member. */
type Rank = readonly [slot: number, from: number, to: number];

/** Among the positions of a slot: a comment on the whole slot comes first, one whose words are gone last. */
const WHOLE = -1;
const GONE = Number.MAX_SAFE_INTEGER;

/**
 * Threads with their present places, in the order of the draft: on the report as a whole, then slot by slot as the
 * template has them, last the slots it does not have; in a slot first those on the whole slot, then those on words by
 * where the words stand, last those whose words are gone; where that says nothing, by time, id and author. The order in
 * which they are given does not matter.
 */
export function inDraftOrder<T extends Omit<CommentThread, "place">>(
  threads: readonly T[],
  template: Template,
  body: Y.Doc,
): (T & { readonly place: Place | null })[] {
  const order = new Map(slotsOf(template).map((slot, index) => [slot.id, index + 1]));
  const standing = (target: CommentTarget): { rank: Rank; place: Place | null } => {
    if (target.scope === "report") return { rank: [0, WHOLE, WHOLE], place: null };
    const slot = order.get(target.slot) ?? order.size + 1;
    if (target.scope === "slot") return { rank: [slot, WHOLE, WHOLE], place: null };
    const text = order.has(target.slot) ? slotText(body, target.slot) : null;
    const range = text && resolveAnchor(text, target.anchor);
    if (!text || !range) return { rank: [slot, GONE, GONE], place: null };
    const place = { slot: target.slot, from: pointAt(text, range.from), to: pointAt(text, range.to) };
    return { rank: [slot, range.from, range.to], place };
  };
  return threads
    .map((thread) => ({ thread, ...standing(thread.comment.target) }))
    .sort(
      (a, b) =>
        a.rank[0] - b.rank[0] ||
        a.rank[1] - b.rank[1] ||
        a.rank[2] - b.rank[2] ||
        byTime(a.thread.comment, b.thread.comment) ||
        compareText(a.thread.comment.author, b.thread.comment.author),
    )
    .map(({ thread, place }) => ({ ...thread, place }));
}
