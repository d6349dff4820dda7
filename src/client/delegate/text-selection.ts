import type { Stretch } from "./reading.ts";

/** The attributes by which an element of the draft says what it shows: a block's slot, and where its text begins. */
export function blockAttributes(slot: string, start: number): { "data-slot": string; "data-start": number } {
  return { "data-slot": slot, "data-start": start };
}

interface FlatPoint {
  readonly slot: string;
  readonly index: number;
}

/**
 * What the person has selected in the draft, as a stretch of one slot; null for nothing, white space, or a selection
 * outside `draft`. Where it runs over the end of a slot, it is what lies in the slot it began in.
 */
export function selectedStretch(draft: HTMLElement, selection: Selection | null): Stretch | null {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!draft.contains(range.startContainer) && !draft.contains(range.endContainer)) return null;
  const blocks = [...draft.querySelectorAll<HTMLElement>("[data-start]")].filter((block) =>
    range.intersectsNode(block),
  );
  const touched = blocks.map((block) => intersection(block, range)).filter((part) => part !== null);
  const first = touched[0];
  if (!first) return null;
  const last = touched.findLast((part) => part.from.slot === first.from.slot) ?? first;
  return { slot: first.from.slot, from: first.from.index, to: last.to.index };
}

function intersection(block: HTMLElement, range: Range): { from: FlatPoint; to: FlatPoint } | null {
  const inside = range.cloneRange();
  const whole = block.ownerDocument.createRange();
  whole.selectNodeContents(block);
  if (inside.compareBoundaryPoints(Range.START_TO_START, whole) < 0)
    inside.setStart(whole.startContainer, whole.startOffset);
  if (inside.compareBoundaryPoints(Range.END_TO_END, whole) > 0) inside.setEnd(whole.endContainer, whole.endOffset);
  const words = inside.toString();
  if (words.trim() === "") return null;
  const before = whole.cloneRange();
  before.setEnd(inside.startContainer, inside.startOffset);
  const slot = block.dataset["slot"] ?? "";
  // White space at the ends is what a finger takes along; it is not what is meant.
  const from = Number(block.dataset["start"]) + before.toString().length + (words.length - words.trimStart().length);
  return { from: { slot, index: from }, to: { slot, index: from + words.trim().length } };
}
