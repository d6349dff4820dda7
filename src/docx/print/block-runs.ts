import type { IParagraphOptions, ParagraphChild } from "docx";
import type { Block } from "#model";
import { blockText } from "#model";
import type { Mark } from "./comment-anchors.ts";
import { rangeEnd, rangeStart } from "./comment-anchors.ts";
import { markStyle, textRun, wholeCharacter } from "./printable.ts";
import type { TrackedWording } from "./tracked-wording.ts";
import { deletedRun, insertedRun } from "./tracked-wording.ts";

/** The runs of a block, cut where comments begin and end and where words are taken out and put in. */
export function blockRuns(
  block: Block,
  marks: readonly Mark[],
  wordings: readonly TrackedWording[],
  nextRevision: () => number,
): ParagraphChild[] {
  const text = blockText(block);
  const out: ParagraphChild[] = [];
  const events = marks.toSorted((a, b) => a.offset - b.offset || order(a) - order(b));
  const bounds = wordings.flatMap(({ from, to }) => [from, to]).toSorted((a, b) => a - b);
  let next = 0;
  let at = 0;
  const flush = (upTo: number): void => {
    while (next < events.length && (events[next]?.offset ?? 0) <= upTo) {
      const event = events[next++];
      if (event && event.side !== "end") out.push(...rangeStart(event.numbers));
      if (event && event.side !== "start") out.push(...rangeEnd(event.numbers));
    }
  };
  flush(0);
  let runEnd = 0;
  for (const run of block.runs) {
    runEnd += run.text.length;
    // A run never ends within a character: its second half goes with the first.
    const end = wholeCharacter(text, runEnd);
    const style = markStyle(run.marks);
    while (at < end) {
      const bound = bounds.find((each) => each > at) ?? end;
      const cut = Math.min(events[next]?.offset ?? end, bound, end);
      const wording = wordings.find(({ from, to }) => from <= at && at < to);
      if (cut > at) {
        const words = text.slice(at, cut);
        out.push(wording ? deletedRun(words, style, wording, nextRevision()) : textRun(words, style));
      }
      at = cut;
      // Within the range of its comment, which ends here too.
      if (wording && wording.to === at && wording.insert !== "") out.push(insertedRun(style, wording, nextRevision()));
      flush(at);
    }
  }
  return out;
}

/** What is taken out of a paragraph besides its words: its end, where it goes on in the next one. */
export function trackedEnd(
  wordings: readonly TrackedWording[],
  nextRevision: () => number,
): Pick<IParagraphOptions, "run"> {
  const joins = wordings.find((wording) => wording.joins);
  if (!joins) return {};
  const { author, date } = joins;
  return { run: { deletion: { id: nextRevision(), author, date } } };
}

/** The label of a block that is joined to the one before goes with it. */
export function labelRuns(
  label: string,
  wordings: readonly TrackedWording[],
  nextRevision: () => number,
): ParagraphChild[] {
  if (label === "") return [];
  const joined = wordings.find((wording) => wording.joined);
  return [joined ? deletedRun(`${label} `, {}, joined, nextRevision()) : textRun(`${label} `)];
}

// Ranges that end at a point end before those that begin there, or they would be told to share words.
function order(mark: Mark): number {
  return mark.side === "end" ? 0 : 1;
}
