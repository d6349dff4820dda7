import type { DraftStretch, OutlineNode, RemarkTarget, Template } from "#model";
import { slotsOf } from "#model";
import type { CopyLines } from "./copy-lines.ts";
import type { CopyMap, UnitPlace } from "./copy-map.ts";
import type { SentDraft } from "./draft-units.ts";
import type { LineGroup, LineMatch } from "./match-lines.ts";
import { nearestWord, trimmed, wholeEnd, wholeStart } from "./wordings.ts";

/** A part of the own words of one unit. */
export interface UnitPiece {
  readonly unit: number;
  readonly from: number;
  readonly to: number;
}

/** A target, and whether it names the words themselves: a line of the heading, say, is named by nothing. */
export interface Found {
  readonly target: RemarkTarget;
  readonly named: boolean;
}

/** The most further places that a comment can name. */
const MOST_PLACES = 20;

/** Makes targets of places of the draft. */
export class Targets {
  readonly #draft: SentDraft;
  readonly #lines: CopyLines;
  readonly #match: LineMatch;
  readonly #map: CopyMap;
  readonly #slotOfNode: ReadonlyMap<string, { readonly slot: string; readonly own: boolean }>;
  /** The units of each slot that have words, in order. */
  readonly #ofSlot = new Map<string, number[]>();

  constructor(template: Template, draft: SentDraft, lines: CopyLines, match: LineMatch, map: CopyMap) {
    this.#draft = draft;
    this.#lines = lines;
    this.#match = match;
    this.#map = map;
    this.#slotOfNode = slotsOfNodes(template);
    for (const [index, { subject }] of draft.units.entries()) {
      if (subject.type !== "block") continue;
      const list = this.#ofSlot.get(subject.slot);
      if (list) list.push(index);
      else this.#ofSlot.set(subject.slot, [index]);
    }
  }

  /** The own words of a unit. */
  words(unit: number): string {
    const { text, from, to } = this.#draft.units[unit] ?? { text: "", from: 0, to: 0 };
    return text.slice(from, to);
  }

  /** What some parts of units are, in order: the words of blocks, or else a title, or a line. */
  of(pieces: readonly UnitPiece[]): Found | null {
    const sorted = pieces.toSorted((a, b) => a.unit - b.unit || a.from - b.from);
    const full = sorted.flatMap((piece) => {
      const [from, to] = trimmed(this.words(piece.unit), piece.from, piece.to);
      return from < to ? [{ unit: piece.unit, from, to }] : [];
    });
    const blocks = full.filter(({ unit }) => this.#draft.units[unit]?.subject.type === "block");
    const [first, ...also] = this.#stretches(blocks);
    if (first) return { target: { scope: "range", stretch: first, also: also.slice(0, MOST_PLACES) }, named: true };
    const one = full[0] ?? sorted[0];
    const subject = one && this.#draft.units[one.unit]?.subject;
    if (!one || !subject) return null;
    if (subject.type === "block") return this.#around(one);
    if (subject.type !== "title") return { target: { scope: "report" }, named: false };
    const slot = this.#slotOfNode.get(subject.node);
    return slot
      ? { target: { scope: "slot", slot: slot.slot }, named: slot.own }
      : { target: { scope: "report" }, named: false };
  }

  /** The word at a place of a block, where nothing of it is chosen. */
  #around({ unit, from }: UnitPiece): Found | null {
    const words = this.words(unit);
    const inWord: [number, number] = [wholeStart(words, from), wholeEnd(words, from)];
    const [start, end] = inWord[0] < inWord[1] ? inWord : nearestWord(words, from);
    const [first] = start < end ? this.#stretches([{ unit, from: start, to: end }]) : [];
    if (first) return { target: { scope: "range", stretch: first, also: [] }, named: true };
    const subject = this.#draft.units[unit]?.subject;
    return subject?.type === "block" ? { target: { scope: "slot", slot: subject.slot }, named: true } : null;
  }

  /** What stands between two places of the copy, line by line; lines that were not in the draft are given apart. */
  between(
    from: { readonly line: number; readonly place: UnitPlace | null },
    to: { readonly line: number; readonly place: UnitPlace | null },
  ): { pieces: UnitPiece[]; added: number[] } {
    const pieces: UnitPiece[] = [];
    const added: number[] = [];
    for (let line = from.line; line <= to.line; line++) {
      const group = this.#match.ofLine.get(line);
      const copy = this.#lines.lines[line];
      if (!copy) continue;
      if (!group) {
        if (this.#map.after(line).trim() !== "") added.push(line);
        continue;
      }
      const ends = { paragraph: copy.paragraphs.at(-1) ?? 0, at: Number.MAX_SAFE_INTEGER };
      const start =
        line === from.line ? from.place : this.#map.place({ paragraph: copy.paragraphs[0] ?? 0, at: 0 }, "start");
      const end = line === to.line ? to.place : this.#map.place(ends, "end");
      if (start && end) pieces.push(...this.#spread(group, start, end));
    }
    return { pieces, added };
  }

  /** The parts of units from one place to another of one group. */
  #spread(group: LineGroup, start: UnitPlace, end: UnitPlace): UnitPiece[] {
    const [first, last] = [group.units.indexOf(start.unit), group.units.indexOf(end.unit)];
    if (first === last) return [{ unit: start.unit, from: start.offset, to: Math.max(start.offset, end.offset) }];
    return group.units.slice(first, last + 1).map((unit, index, all) => ({
      unit,
      from: index === 0 ? start.offset : 0,
      to: index === all.length - 1 ? end.offset : this.words(unit).length,
    }));
  }

  /** Parts of blocks as stretches: those that follow one another in one slot are one. */
  #stretches(pieces: readonly UnitPiece[]): DraftStretch[] {
    const out: { slot: string; from: UnitPlace; to: UnitPlace }[] = [];
    for (const piece of pieces) {
      const subject = this.#draft.units[piece.unit]?.subject;
      if (subject?.type !== "block") continue;
      const last = out.at(-1);
      const follows =
        last?.slot === subject.slot &&
        (last.to.unit === piece.unit || this.#next(subject.slot, last.to.unit) === piece.unit);
      const to = { unit: piece.unit, offset: piece.to };
      if (last && follows) last.to = to;
      else out.push({ slot: subject.slot, from: { unit: piece.unit, offset: piece.from }, to });
    }
    return out.map(({ slot, from, to }) => ({ slot, from: this.#point(from), to: this.#point(to) }));
  }

  #next(slot: string, unit: number): number | undefined {
    return this.#ofSlot.get(slot)?.find((one) => one > unit);
  }

  #point({ unit, offset }: UnitPlace): DraftStretch["from"] {
    const subject = this.#draft.units[unit]?.subject;
    return { block: subject?.type === "block" ? subject.block : "", offset };
  }
}

/** For each outline node the slot that its title stands for: its own, or the first below it. */
function slotsOfNodes(template: Template): Map<string, { slot: string; own: boolean }> {
  const found = new Map<string, { slot: string; own: boolean }>();
  const known = new Set(slotsOf(template).map(({ id }) => id));
  const visit = (node: OutlineNode): string | null => {
    if (node.type === "slot") {
      if (known.has(node.id)) found.set(node.id, { slot: node.id, own: true });
      return node.id;
    }
    const below = node.children.map(visit);
    const first = below.find((slot) => slot !== null) ?? null;
    if (first !== null) found.set(node.id, { slot: first, own: false });
    return first;
  };
  for (const node of template.outline) visit(node);
  return found;
}
