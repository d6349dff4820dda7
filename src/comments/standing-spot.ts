import { measureSlot, readSlot, slotText } from "#collab";
import type { CellSpot, CommentThread, Place, Spot } from "#model";
import { placeOfPart } from "#model";
import type * as Y from "yjs";
import { anchorRange, resolveAnchor, stoodAt } from "./anchor.ts";
import { saidOf } from "./placing.ts";

/** The words at a place, named so that they are found again; null where the place is none any more. */
export function spotAt(body: Y.Doc, { slot, from, to }: Place): Spot | null {
  const text = slotText(body, slot);
  const measure = measureSlot(text);
  const [begin, end] = [measure.indexAt(from), measure.indexAt(to)];
  if (begin === null || end === null || begin >= end) return null;
  return { slot, anchor: anchorRange(text, begin, end).anchor };
}

/** The cell at a place, named so that it is found again; null for a place that is none of a cell. */
export function cellSpotAt(body: Y.Doc, { slot, from, cell }: Place): CellSpot | null {
  const block = cell === undefined ? undefined : readSlot(slotText(body, slot)).find(({ id }) => id === from.block);
  return block?.table && cell !== undefined ? { slot, table: block.table.id, cell } : null;
}

/**
 * The words at which a comment on words stands: its own, else those the committee says, else those it is supposed to be
 * at; where it is nowhere its own, so that they are found when they come back. `part` is the number of the range that is
 * asked about, from 0. Null for any other comment, and for a range it has not.
 */
export function standingSpot(
  body: Y.Doc,
  thread: Pick<CommentThread, "comment" | "place" | "places" | "placing">,
  part = 0,
): Spot | null {
  const { target } = thread.comment;
  const range = target.scope !== "range" ? undefined : part === 0 ? target : target.also?.[part - 1];
  if (!range) return null;
  const own = { slot: range.slot, anchor: range.anchor };
  const place = placeOfPart(thread, part);
  if (place?.uncertain) return spotAt(body, place) ?? own;
  const { here } = saidOf(thread.placing, part);
  if (!place || !here || resolveAnchor(body, range.slot, range.anchor)) return own;
  return here;
}

/** Where words that are gone stood last: the blocks before and after, by their ids; the same one where it was inside it. */
export interface Former {
  readonly slot: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Where the words of a range stood last; null where the body never had them. */
export function whereItStood(body: Y.Doc, { slot, anchor }: Spot): Former | null {
  const stood = stoodAt(body, slot, anchor);
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
