import type { MarkName, TextRun } from "./text-run.ts";
import { MARKS } from "./text-run.ts";
import type { WordDiff } from "./word-diff.ts";

/** A stretch of a line that differs from the other line, by its places in both. */
export interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/** The stretches that differ between two lines, by their places in both, in order. */
export function replacements(pieces: ReturnType<WordDiff>): Replacement[] {
  const found: { from: number; to: number; newFrom: number; newTo: number }[] = [];
  let [at, newAt] = [0, 0];
  let open: (typeof found)[number] | null = null;
  for (const { kind, text } of pieces) {
    if (kind !== "same" && !open) found.push((open = { from: at, to: at, newFrom: newAt, newTo: newAt }));
    if (kind !== "inserted") at += text.length;
    if (kind !== "deleted") newAt += text.length;
    if (kind === "same") open = null;
    else if (open) [open.to, open.newTo] = [at, newAt];
  }
  return found;
}

/** A stretch of a line that has to get a mark, or to lose it. */
export interface MarkChange {
  readonly from: number;
  readonly to: number;
  readonly name: MarkName;
  readonly on: boolean;
}

/** What gives a line the marks of another that reads the same. */
export function markChanges(present: readonly TextRun[], wanted: readonly TextRun[]): MarkChange[] {
  const cuts = [...new Set([...ends(present), ...ends(wanted)])].toSorted((a, b) => a - b);
  return MARKS.flatMap((name) => {
    let from = 0;
    return cuts.flatMap((to) => {
      const [has, wants] = [marksAt(present, from).includes(name), marksAt(wanted, from).includes(name)];
      const change = { from, to, name, on: wants };
      from = to;
      return has === wants ? [] : [change];
    });
  });
}

/** A part of a line. */
export function runsBetween(runs: readonly TextRun[], from: number, to: number): TextRun[] {
  let at = 0;
  return runs.flatMap(({ text, marks }) => {
    const cut = text.slice(Math.max(from - at, 0), Math.max(to - at, 0));
    at += text.length;
    return cut === "" ? [] : [{ text: cut, marks }];
  });
}

function ends(runs: readonly TextRun[]): number[] {
  let at = 0;
  return runs.map(({ text }) => (at += text.length));
}

function marksAt(runs: readonly TextRun[], offset: number): TextRun["marks"] {
  let at = 0;
  for (const { text, marks } of runs) {
    at += text.length;
    if (offset < at) return marks;
  }
  return [];
}
