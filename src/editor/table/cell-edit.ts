import type { Node } from "prosemirror-model";
import type * as Y from "yjs";
import { markAttributes, removeText } from "#collab";
import type { MarkName } from "#model";
import { MARKS } from "#model";
import type { Lag } from "../binding/lag.ts";

/** A code point of a cell's text with its marks. */
interface Unit {
  readonly text: string;
  readonly marks: readonly MarkName[];
}

/**
 * Writes into a cell's text what made `after` of `before`: what both begin and end with stays where it is. `lag` says
 * how the text differs from what is shown, while an input method is at work in it.
 */
export function writeCell(text: Y.Text, before: Node, after: Node, lag: Lag | undefined): void {
  const a = unitsOf(before);
  const b = unitsOf(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head]?.text === b[head]?.text) head++;
  let tail = 0;
  const most = Math.min(a.length, b.length) - head;
  while (tail < most && a.at(-1 - tail)?.text === b.at(-1 - tail)?.text) tail++;
  const at = width(a.slice(0, head));
  const removed = spell(a.slice(head, a.length - tail));
  if (removed !== "") remove(text, at, removed, lag);
  let place = at;
  for (const unit of joined(b.slice(head, b.length - tail))) {
    text.insert(lag?.textIndex(place) ?? place, unit.text, markAttributes(unit.marks));
    lag?.edited(place, 0, unit.text.length);
    place += unit.text.length;
  }
  format(text, 0, a.slice(0, head), b.slice(0, head), lag);
  format(text, place, a.slice(a.length - tail), b.slice(b.length - tail), lag);
}

function remove(text: Y.Text, at: number, removed: string, lag: Lag | undefined): void {
  if (!lag) {
    removeText(text, at, removed);
    return;
  }
  for (const part of lag.covered(at, removed.length)) text.delete(part.at, part.length);
  lag.edited(at, removed.length, 0);
}

/** Gives what stays the marks it has now. */
function format(text: Y.Text, from: number, a: readonly Unit[], b: readonly Unit[], lag: Lag | undefined): void {
  let place = from;
  for (const [i, unit] of a.entries()) {
    const wanted = b[i]?.marks ?? unit.marks;
    const change = MARKS.filter((mark) => unit.marks.includes(mark) !== wanted.includes(mark));
    if (change.length > 0) {
      const attributes = Object.fromEntries(change.map((mark) => [mark, wanted.includes(mark) ? true : null]));
      const parts = lag?.covered(place, unit.text.length) ?? [{ at: place, length: unit.text.length }];
      for (const part of parts) text.format(part.at, part.length, attributes);
    }
    place += unit.text.length;
  }
}

function unitsOf(cell: Node): Unit[] {
  return cell.children.flatMap((node) => {
    const marks = MARKS.filter((mark) => node.marks.some((one) => one.type.name === mark));
    // Half a surrogate pair cannot be stored.
    return Array.from(node.text ?? "", (char) => ({ text: char.replace(/\p{Surrogate}/u, "\uFFFD"), marks }));
  });
}

/** Units of the same marks as one. */
function joined(units: readonly Unit[]): Unit[] {
  const runs: Unit[] = [];
  for (const unit of units) {
    const last = runs.at(-1);
    if (last && last.marks.join() === unit.marks.join())
      runs[runs.length - 1] = { ...unit, text: last.text + unit.text };
    else runs.push(unit);
  }
  return runs;
}

function spell(units: readonly Unit[]): string {
  return units.map(({ text }) => text).join("");
}

function width(units: readonly Unit[]): number {
  return spell(units).length;
}
