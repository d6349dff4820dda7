import { measureSlot, readSlot, slotText } from "#collab";
import type { Comment, CommentThread, Place, Spot } from "#model";
import type * as Y from "yjs";
import { anchorRange, resolveAnchor, stoodAt } from "./anchor.ts";

/** The words at a place, named so that they are found again; null where the place is none any more. */
export function spotAt(body: Y.Doc, { slot, from, to }: Place): Spot | null {
  const text = slotText(body, slot);
  const measure = measureSlot(text);
  const [begin, end] = [measure.indexAt(from), measure.indexAt(to)];
  if (begin === null || end === null || begin >= end) return null;
  return { slot, anchor: anchorRange(text, begin, end).anchor };
}

/**
 * The words at which a comment on words stands: its own, else those the committee says, else those it is supposed to be
 * at; where it is nowhere its own, so that they are found when they come back. Null for any other comment.
 */
export function standingSpot(
  body: Y.Doc,
  { comment, place, placing }: Pick<CommentThread, "comment" | "place" | "placing">,
): Spot | null {
  const { target } = comment;
  if (target.scope !== "range") return null;
  const own = { slot: target.slot, anchor: target.anchor };
  if (place?.uncertain) return spotAt(body, place) ?? own;
  if (!place || !placing?.here || resolveAnchor(body, target.slot, target.anchor)) return own;
  return placing.here;
}

/** Where words that are gone stood last: the blocks before and after, by their ids; the same one where it was inside it. */
export interface Former {
  readonly slot: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Where the words of a comment stood last; null for a comment on anything else, and where the body never had them. */
export function whereItStood(body: Y.Doc, { target }: Pick<Comment, "target">): Former | null {
  const stood = target.scope === "range" ? stoodAt(body, target.slot, target.anchor) : null;
  if (!stood) return null;
  const text = slotText(body, stood.slot);
  const blocks = readSlot(text);
  const { block, offset } = measureSlot(text).pointAt(stood.index);
  const at = blocks.findIndex(({ id }) => id === block);
  const length = blocks[at]?.runs.reduce((sum, run) => sum + run.text.length, 0) ?? 0;
  const before = offset === 0 && length > 0 ? blocks[at - 1] : blocks[at];
  const after = offset === length && length > 0 ? blocks[at + 1] : blocks[at];
  return { slot: stood.slot, before: before?.id ?? null, after: after?.id ?? null };
}
