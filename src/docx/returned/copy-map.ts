import type { CopyLine, CopyLines } from "./copy-lines.ts";
import { lineAfter, sentPlace } from "./copy-lines.ts";
import type { DraftUnit, SentDraft } from "./draft-units.ts";
import { labelLead } from "./draft-units.ts";
import type { Alignment } from "./line-diff.ts";
import { align } from "./line-diff.ts";
import type { LineGroup, LineMatch } from "./match-lines.ts";
import { labelOf } from "../skeleton/line-label.ts";
import type { WordChange, WordSpot } from "../read/word-file.ts";

/** A change to the own words of some units: `by` is null where it was made without tracking. */
export interface WordingEdit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly by: WordChange | null;
}

/** A place in the own words of a unit: without its label, and without what is printed behind it. */
export interface UnitPlace {
  readonly unit: number;
  readonly offset: number;
}

/** A group of lines beside the units they were. */
interface LaidGroup {
  readonly group: LineGroup;
  /** The units with their labels, where these are text in the copy. */
  readonly units: readonly Pick<DraftUnit, "text" | "from" | "to">[];
  /** Where the words of each unit begin among all, a line each. */
  readonly starts: readonly number[];
  readonly lineStarts: readonly number[];
  readonly lineText: string;
  readonly alignment: Alignment;
}

/** A copy laid beside the draft that was sent out: from places of the copy to places of the draft. */
export class CopyMap {
  readonly #draft: SentDraft;
  readonly #lines: readonly CopyLine[];
  readonly #match: LineMatch;
  readonly #lineOf = new Map<number, number>();
  readonly #laid = new Map<LineGroup, LaidGroup>();

  constructor(draft: SentDraft, { lines }: CopyLines, match: LineMatch) {
    this.#draft = draft;
    this.#lines = lines;
    this.#match = match;
    for (const [at, line] of lines.entries()) for (const paragraph of line.paragraphs) this.#lineOf.set(paragraph, at);
  }

  /** The line that a paragraph of the copy stands in; null for one in a cell of a table. */
  lineOf(paragraph: number): number | null {
    return this.#lineOf.get(paragraph) ?? null;
  }

  /** Where a place of the copy stands in the draft; null where its line was not in it. */
  place({ paragraph, at }: WordSpot, side: "start" | "end"): UnitPlace | null {
    const line = this.#lineOf.get(paragraph);
    const group = line === undefined ? undefined : this.#match.ofLine.get(line);
    const copy = line === undefined ? undefined : this.#lines[line];
    if (!group || !copy || line === undefined) return null;
    const laid = this.#lay(group);
    const start = laid.lineStarts[group.lines.indexOf(line)] ?? 0;
    return this.#own(laid, laid.alignment.place(start + sentPlace(copy, paragraph, at), side));
  }

  /** The own words of the units of a group, a line each. */
  words(group: LineGroup): string {
    return group.units.map((unit) => this.#ownWords(unit)).join("\n");
  }

  /** The place in {@link words} as one of a unit. */
  placeIn(group: LineGroup, at: number): UnitPlace {
    let start = 0;
    for (const unit of group.units) {
      const { length } = this.#ownWords(unit);
      if (at <= start + length) return { unit, offset: at - start };
      start += length + 1;
    }
    const unit = group.units.at(-1) ?? 0;
    return { unit, offset: this.#ownWords(unit).length };
  }

  /** What was changed in the units of a group, by places in {@link words}; labels and what is printed behind are not. */
  edits(group: LineGroup): WordingEdit[] {
    const laid = this.#lay(group);
    const found: WordingEdit[] = [];
    for (const { from, to, newFrom, newTo } of laid.alignment.hunks) {
      const text = laid.lineText.slice(newFrom, newTo);
      const gone = laid.group.units.length > 1 || from < to;
      if (!gone && text.trim() === "" && !text.includes("\n")) continue;
      found.push(...this.#ownEdit(laid, { from, to, text, by: null }));
    }
    for (const [index, number] of group.lines.entries()) {
      const start = laid.lineStarts[index] ?? 0;
      for (const edit of this.#lines[number]?.edits ?? []) {
        const to = laid.alignment.place(start + edit.to, "end");
        const from = edit.from === edit.to ? to : laid.alignment.place(start + edit.from, "start");
        found.push(...this.#ownEdit(laid, { from: Math.min(from, to), to, text: edit.text, by: edit.by }));
      }
    }
    return found.toSorted((a, b) => a.from - b.from);
  }

  /** The text of a line with its changes taken up. */
  after(line: number): string {
    const copy = this.#lines[line];
    return copy ? lineAfter(copy) : "";
  }

  #ownWords(unit: number): string {
    const { text, from, to } = this.#draft.units[unit] ?? { text: "", from: 0, to: 0 };
    return text.slice(from, to);
  }

  /** The unit at a place in the printed words, and how far into it that is. */
  #unitAt(laid: LaidGroup, at: number): { index: number; offset: number } {
    const index = Math.max(
      laid.starts.findLastIndex((start) => start <= at),
      0,
    );
    return { index, offset: at - (laid.starts[index] ?? 0) };
  }

  #own(laid: LaidGroup, at: number): UnitPlace {
    const { index, offset } = this.#unitAt(laid, at);
    const { from, to } = laid.units[index] ?? { from: 0, to: 0 };
    return { unit: laid.group.units[index] ?? 0, offset: Math.min(Math.max(offset, from), to) - from };
  }

  #ownPlace(laid: LaidGroup, at: number): number {
    const { unit, offset } = this.#own(laid, at);
    let start = 0;
    for (const one of laid.group.units) {
      if (one === unit) return start + offset;
      start += this.#ownWords(one).length + 1;
    }
    return start;
  }

  #ownEdit(laid: LaidGroup, edit: WordingEdit): WordingEdit[] {
    const begin = this.#unitAt(laid, edit.from);
    const unit = laid.units[begin.index];
    const end = this.#unitAt(laid, edit.to);
    const within = begin.index === end.index;
    const isLabel = unit && within && begin.offset < unit.from && end.offset <= unit.from;
    if (isLabel && !edit.text.includes("\n")) return [];
    const isTail = unit && within && unit.to < unit.text.length && begin.offset >= unit.to;
    if (isTail && (end.offset > begin.offset || !/[\p{L}\p{N}]/u.test(edit.text))) return [];
    const [from, to] = [this.#ownPlace(laid, edit.from), this.#ownPlace(laid, edit.to)];
    return from === to && edit.text === "" ? [] : [{ ...edit, from, to }];
  }

  #lay(group: LineGroup): LaidGroup {
    const known = this.#laid.get(group);
    if (known) return known;
    const first = this.#lines[group.lines[0] ?? -1];
    const units = group.units.map((number, index) => {
      const unit = this.#draft.units[number] ?? { label: "", text: "", from: 0, to: 0 };
      const lead = first ? typedLead(unit, first, index === 0) : "";
      return { text: lead + unit.text, from: lead.length + unit.from, to: lead.length + unit.to };
    });
    const texts = units.map(({ text }) => text);
    const lines = group.lines.map((line) => this.#lines[line]?.text ?? "");
    const lineText = lines.join("\n");
    const laid: LaidGroup = {
      group,
      units,
      starts: startsOf(texts),
      lineStarts: startsOf(lines),
      lineText,
      alignment: align(texts.join("\n"), lineText),
    };
    this.#laid.set(group, laid);
    return laid;
  }
}

/**
 * What stands before the words of a unit in a copy that has its label as text: the label there, which may be another. So
 * what was put in right behind it is told from the label.
 */
function typedLead(unit: Pick<DraftUnit, "label" | "text">, { text, counted }: CopyLine, isFirst: boolean): string {
  if (unit.label === "" || counted) return "";
  const typed = labelOf(text);
  const lead = labelLead(unit);
  // Words that begin like a label are no label.
  if (typed.label === "" || typed.label === labelOf(unit.text).label) return "";
  const own = labelOf(`${unit.label} x`);
  if (!isFirst || typed.kind !== own.kind || typed.sign !== own.sign) return lead;
  return unit.text.startsWith("\n") ? typed.label : text.slice(0, typed.at);
}

function startsOf(texts: readonly string[]): number[] {
  let at = 0;
  return texts.map((text) => {
    const start = at;
    at += text.length + 1;
    return start;
  });
}
