import { Fragment, Slice } from "prosemirror-model";
import type { Command, EditorState, Transaction } from "prosemirror-state";
import { TextSelection } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";
import { reportSchema } from "#model";
import { sectionAt } from "./binding/flat.ts";
import { selectedBlocks } from "./commands.ts";

/** Whole neighbouring blocks of one section, from before the first to after the last. */
export interface BlockRange {
  readonly from: number;
  readonly to: number;
}

/** The blocks that the selection touches; null where they stand in more than one section. */
export function selectedRange(state: EditorState): BlockRange | null {
  const blocks = selectedBlocks(state);
  const [first] = blocks;
  const last = blocks.at(-1);
  if (!first || !last || !state.doc.resolve(first.pos).sameParent(state.doc.resolve(last.pos))) return null;
  return { from: first.pos, to: last.pos + last.node.nodeSize };
}

/**
 * Moves whole blocks to a place between two blocks, of their own section or another; null where they stand there
 * already. What is moved is deleted and inserted again, as the very nodes it was, in two steps, since no step may
 * touch two sections. A section that loses all its blocks keeps an empty one; an empty one gives way to what comes.
 * The selection goes along; where it was elsewhere, the caret goes to the beginning of what was moved.
 */
export function movedBlocks(state: EditorState, { from, to }: BlockRange, target: number): Transaction | null {
  if (target >= from && target <= to) return null;
  const { doc, selection, tr } = state;
  const $from = doc.resolve(from);
  const moving = $from.parent.children.slice($from.index(), doc.resolve(to).index());
  const emptied = moving.length === $from.parent.childCount;
  const left = emptied ? new Slice(Fragment.from(reportSchema.node("block")), 0, 0) : Slice.empty;
  tr.step(new ReplaceStep(from, to, left));
  const place = tr.mapping.map(target, target > to ? 1 : -1);
  const { parent: goal } = tr.doc.resolve(place);
  const elsewhere = goal.attrs["slot"] !== $from.parent.attrs["slot"];
  const blank = elsewhere && goal.childCount === 1 && goal.firstChild?.content.size === 0;
  const start = blank ? tr.doc.resolve(place).start() : place;
  tr.step(new ReplaceStep(start, blank ? start + goal.content.size : start, new Slice(Fragment.from(moving), 0, 0)));
  const along = selection.from > from && selection.to < to;
  const anchor = along ? start + selection.anchor - from : start + 1;
  const head = along ? start + selection.head - from : anchor;
  tr.setSelection(TextSelection.create(tr.doc, anchor, head));
  return tr.setMeta("uiEvent", "move").scrollIntoView();
}

/**
 * Moves the selected blocks over the block before (`by` -1) or after (1), at the border of a slot into the next slot.
 * The key is taken in any case; nothing moves out of the report, nor from more than one slot at once.
 */
export function moveBlocks(by: 1 | -1): Command {
  return (state, dispatch) => {
    const range = selectedRange(state);
    const target = range ? neighbouringPlace(state, range, by) : null;
    const transaction = range && target !== null ? movedBlocks(state, range, target) : null;
    if (transaction) dispatch?.(transaction);
    return true;
  };
}

/** Where a range goes by one step; null at the ends of the report. */
function neighbouringPlace({ doc }: EditorState, { from, to }: BlockRange, by: 1 | -1): number | null {
  const edge = doc.resolve(by === 1 ? to : from);
  const neighbour = by === 1 ? edge.nodeAfter : edge.nodeBefore;
  if (neighbour) return edge.pos + by * neighbour.nodeSize;
  // The place inside the next section that is nearest.
  const beyond = edge.pos + by * 2;
  return beyond > 0 && beyond < doc.content.size ? beyond : null;
}

/** Where a block stands, as one says it: its number among the blocks of its slot, and how many these are. */
export function placeInSlot(state: EditorState): { slot: string; position: number; of: number } | null {
  const { $from } = state.selection;
  const section = sectionAt(state.doc, $from.pos);
  if (!section || $from.depth === 0) return null;
  return { slot: section.slot, position: $from.index(1) + 1, of: section.node.childCount };
}
