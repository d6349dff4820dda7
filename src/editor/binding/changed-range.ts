import type { Node } from "prosemirror-model";
import { AddMarkStep, AttrStep, RemoveMarkStep } from "prosemirror-transform";
import type { Step } from "prosemirror-transform";

/** A stretch that a step replaced, by its ends in the document before and after. */
export interface ChangedRange {
  readonly from: number;
  readonly to: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/** True for a step that changes marks alone. */
export function isMarkStep(step: Step): step is AddMarkStep | RemoveMarkStep {
  return step instanceof AddMarkStep || step instanceof RemoveMarkStep;
}

/** The stretches that a step changed, first to last. What lies between them is untouched. */
export function changedRanges(step: Step, before: Node, after: Node): ChangedRange[] {
  if (isMarkStep(step)) return [{ from: step.from, to: step.to, newFrom: step.from, newTo: step.to }];
  if (step instanceof AttrStep) {
    return [{ from: step.pos, to: step.pos + 1, newFrom: step.pos, newTo: step.pos + 1 }];
  }
  const ranges: ChangedRange[] = [];
  step.getMap().forEach((from, to, newFrom, newTo) => {
    ranges.push(narrowed({ from, to, newFrom, newTo }, before, after));
  });
  if (ranges.length > 0) return ranges;
  // A kind of step that we do not know: what differs is what it changed.
  const start = before.content.findDiffStart(after.content);
  const end = start === null ? null : before.content.findDiffEnd(after.content);
  if (start === null || !end) return [];
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  return [{ from: start, to: end.a + overlap, newFrom: start, newTo: end.b + overlap }];
}

/**
 * The range without the border of a section at either end that stands again in what replaced it: ProseMirror deletes
 * the first block of a section together with the section's opening, and puts the opening back.
 */
function narrowed(range: ChangedRange, before: Node, after: Node): ChangedRange {
  let { from, to, newFrom, newTo } = range;
  if (from < to && newFrom < newTo && before.resolve(from).depth === 0 && after.resolve(newFrom).depth === 0) {
    const old = before.nodeAt(from);
    if (old && after.nodeAt(newFrom)?.hasMarkup(old.type, old.attrs)) {
      from++;
      newFrom++;
    }
  }
  if (from < to && newFrom < newTo && before.resolve(to).depth === 0 && after.resolve(newTo).depth === 0) {
    to--;
    newTo--;
  }
  return { from, to, newFrom, newTo };
}
