import type { CommentTarget, CommentThread, Place, Template } from "#model";
import { slotsOf } from "#model";
import type { SlotMeasure } from "#collab";
import { measureSlot, slotText } from "#collab";
import type * as Y from "yjs";
import { resolveAnchor } from "./anchor.ts";
import { CellFinder } from "./cell-anchor.ts";
import { byTime, compareText } from "./record.ts";

/** Where a thread comes in the order of the draft: smaller numbers first, member by member. */
type Rank = readonly [slot: number, from: number, to: number, cell: number];

/** Among the positions of a slot: a comment on the whole slot comes first, one whose words are gone last. */
const WHOLE = -1;
const GONE = Number.MAX_SAFE_INTEGER;

/**
 * Threads with their present places, in the order of the draft: on the report as a whole, then slot by slot as the
 * template has them, last the slots it does not have; in a slot first those on the whole slot, then those on words by
 * where the words stand, those on cells of a table right after its caption, last those whose words or cells are gone; where that says nothing, by time, id and author. The order in
 * which they are given does not matter.
 */
export function inDraftOrder<T extends Omit<CommentThread, "place">>(
  threads: readonly T[],
  template: Template,
  body: Y.Doc,
): (T & { readonly place: Place | null })[] {
  const order = new Map(slotsOf(template).map((slot, index) => [slot.id, index + 1]));
  const cells = new CellFinder(body);
  const measures = new Map<string, SlotMeasure>();
  // Each slot is measured once for all comments on it.
  const measureOf = (slot: string): SlotMeasure => {
    const measure = measures.get(slot) ?? measureSlot(slotText(body, slot));
    measures.set(slot, measure);
    return measure;
  };
  const standing = (target: CommentTarget): { rank: Rank; place: Place | null } => {
    if (target.scope === "report") return { rank: [0, WHOLE, WHOLE, 0], place: null };
    const slot = order.get(target.slot) ?? order.size + 1;
    if (target.scope === "slot") return { rank: [slot, WHOLE, WHOLE, 0], place: null };
    if (!order.has(target.slot)) return { rank: [slot, GONE, GONE, 0], place: null };
    if (target.scope === "cell") {
      const cell = cells.find(target);
      const own = cell && order.get(cell.place.slot);
      if (!cell || own === undefined || own === null) return { rank: [slot, GONE, GONE, 0], place: null };
      // After what is said of the caption, before what is said of the next block.
      const caption = measureOf(cell.place.slot).indexAt({ ...cell.place.from, offset: GONE }) ?? 0;
      return { rank: [own, caption, caption, cell.number], place: cell.place };
    }
    const range = resolveAnchor(body, target.slot, target.anchor);
    if (!range || !order.has(range.slot)) return { rank: [slot, GONE, GONE, 0], place: null };
    const measure = measureOf(range.slot);
    const place = { slot: range.slot, from: measure.pointAt(range.from), to: measure.pointAt(range.to) };
    return { rank: [order.get(range.slot) ?? slot, range.from, range.to, 0], place };
  };
  return threads
    .map((thread) => ({ thread, ...standing(thread.comment.target) }))
    .sort(
      (a, b) =>
        a.rank[0] - b.rank[0] ||
        a.rank[1] - b.rank[1] ||
        a.rank[2] - b.rank[2] ||
        a.rank[3] - b.rank[3] ||
        byTime(a.thread.comment, b.thread.comment) ||
        compareText(a.thread.comment.author, b.thread.comment.author),
    )
    .map(({ thread, place }) => ({ ...thread, place }));
}
