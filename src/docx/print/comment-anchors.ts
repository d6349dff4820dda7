import { CommentRangeEnd, CommentRangeStart, CommentReference, TextRun } from "docx";
import type { ParagraphChild } from "docx";
import type { Block, CommentThread, NumberedSlot, Place, Point } from "#model";
import { blockText, placeOfPart } from "#model";
import { isBlank, wholeCharacter } from "./printable.ts";

/** A comment with its replies as the numbers they bear in the file; all share one range. */
export interface NumberedThread {
  readonly thread: CommentThread;
  readonly numbers: readonly number[];
  /** Of a further place that the comment is about, which of its ranges that is; 0 for the comment itself. */
  readonly part: number;
}

/** What begins or ends at one point of a block's text. */
export interface Mark {
  readonly offset: number;
  readonly side: "start" | "end" | "whole";
  readonly numbers: readonly number[];
}

/** The threads on each cell of one table, by the cell's id. */
export type CellThreads = ReadonlyMap<string, readonly (readonly number[])[]>;

/** Where every comment of a draft stands. Each thread is in exactly one of these, so that none is ever left out. */
export interface CommentAnchors {
  /** By slot, then by the block's place in it. */
  readonly blocks: ReadonlyMap<string, ReadonlyMap<number, readonly Mark[]>>;
  /** On a cell of a table, by slot, the block's place in it, and the cell's id. */
  readonly cells: ReadonlyMap<string, ReadonlyMap<number, CellThreads>>;
  /** On the title of an outline node, by its id. */
  readonly titles: ReadonlyMap<string, readonly (readonly number[])[]>;
  /** On the type name, for the whole report. */
  readonly report: readonly (readonly number[])[];
}

/**
 * Finds each thread its place in the file: on its words, or on its cell; else on the title of its slot; for a slot that prints no
 * title on its first words; for an empty one on the title printed above it; else on the type name.
 */
export function anchorComments(
  threads: readonly NumberedThread[],
  outline: readonly NumberedSlot[],
  slots: Readonly<Record<string, readonly Block[]>>,
): CommentAnchors {
  const blocks = new Map<string, Map<number, Mark[]>>();
  const cells = new Map<string, Map<number, Map<string, (readonly number[])[]>>>();
  const titles = new Map<string, (readonly number[])[]>();
  const report: (readonly number[])[] = [];
  const byId = new Map(outline.map((numbered) => [numbered.slot.id, numbered]));

  const mark = (slot: string, index: number, entry: Mark): void => {
    const ofSlot = blocks.get(slot) ?? new Map<number, Mark[]>();
    blocks.set(slot, ofSlot);
    ofSlot.set(index, [...(ofSlot.get(index) ?? []), entry]);
  };
  const markRange = (slot: string, [from, to]: SpotRange, numbers: readonly number[]): void => {
    if (from.index === to.index && from.offset === to.offset) {
      mark(slot, from.index, { offset: from.offset, side: "whole", numbers });
      return;
    }
    mark(slot, from.index, { offset: from.offset, side: "start", numbers });
    mark(slot, to.index, { offset: to.offset, side: "end", numbers });
  };
  const onCell = (slot: string, index: number, cell: string, numbers: readonly number[]): void => {
    const ofSlot = cells.get(slot) ?? new Map<number, Map<string, (readonly number[])[]>>();
    cells.set(slot, ofSlot);
    const ofTable = ofSlot.get(index) ?? new Map<string, (readonly number[])[]>();
    ofSlot.set(index, ofTable);
    ofTable.set(cell, [...(ofTable.get(cell) ?? []), numbers]);
  };
  const onTitle = (id: string, numbers: readonly number[]): void => {
    titles.set(id, [...(titles.get(id) ?? []), numbers]);
  };
  const onSlot = (numbered: NumberedSlot, numbers: readonly number[]): void => {
    if (numbered.entry.format) {
      onTitle(numbered.slot.id, numbers);
      return;
    }
    const content = slots[numbered.slot.id] ?? [];
    const first = content.findIndex((block) => !isBlank(blockText(block)));
    const words = content[first];
    const above = numbered.before.at(-1);
    if (words) {
      const end = { index: first, offset: blockText(words).length };
      markRange(numbered.slot.id, [{ index: first, offset: 0 }, end], numbers);
    } else if (above) onTitle(above.node.id, numbers);
    else report.push(numbers);
  };

  for (const { thread, numbers, part } of threads) {
    const { target } = thread.comment;
    const stands = placeOfPart(thread, part);
    // On paper a comment is at words that it is surely about, or at none.
    const place = stands?.uncertain ? null : stands;
    const slot = target.scope === "report" ? undefined : (place?.slot ?? target.slot);
    const numbered = slot === undefined ? undefined : byId.get(slot);
    const content = numbered ? (slots[numbered.slot.id] ?? []) : [];
    const table = place?.cell === undefined ? -1 : content.findIndex((block) => holdsCell(block, place));
    const range = place ? printedRange(content, place.from, place.to) : null;
    if (!numbered) report.push(numbers);
    else if (place?.cell !== undefined && table >= 0) onCell(numbered.slot.id, table, place.cell, numbers);
    else if (range) markRange(numbered.slot.id, range, numbers);
    else onSlot(numbered, numbers);
  }
  return { blocks, cells, titles, report };
}

function holdsCell(block: Block, { from, cell }: Place): boolean {
  return block.id === from.block && (block.table?.rows ?? []).some((row) => row.cells.some(({ id }) => id === cell));
}

/** A point in the text of a slot: a block by its place, and how far into its text. */
interface Spot {
  readonly index: number;
  readonly offset: number;
}

/** From a point to another one, which is not before it. */
export type SpotRange = readonly [Spot, Spot];

/** A range drawn in to blocks that are printed, or null where none of it is. */
export function printedRange(content: readonly Block[], from: Point, to: Point): SpotRange | null {
  const first = content.findIndex((block) => block.id === from.block);
  const last = content.findIndex((block) => block.id === to.block);
  if (first < 0 || last < first || (first === last && to.offset < from.offset)) return null;
  let start: Spot | null = null;
  let end: Spot | null = null;
  for (let index = first; index <= last; index++) {
    const block = content[index];
    const text = block ? blockText(block) : "";
    if (!block || !isPrinted(block)) continue;
    start ??= { index, offset: index === first ? clip(text, from.offset) : 0 };
    end = { index, offset: index === last ? clip(text, to.offset) : text.length };
  }
  return start && end ? [start, end] : null;
}

function clip(text: string, offset: number): number {
  return wholeCharacter(text, Math.min(Math.max(offset, 0), text.length));
}

/** True where a block has a paragraph of its own in the file: one without words does only where it is numbered. */
export function isPrinted(block: Block): boolean {
  return block.kind === "heading" || block.kind === "table" || !isBlank(blockText(block));
}

/** What opens the range of a comment and its replies. */
export function rangeStart(numbers: readonly number[]): ParagraphChild[] {
  return numbers.map((number) => new CommentRangeStart(number));
}

/** What closes it: Word finds a reply only where the reply has a range and a reference of its own. */
export function rangeEnd(numbers: readonly number[]): ParagraphChild[] {
  return numbers.flatMap((number) => [
    new CommentRangeEnd(number),
    new TextRun({ children: [new CommentReference(number)] }),
  ]);
}

/** `children` under the ranges of all `threads`, the first outermost. */
export function underRanges(
  threads: readonly (readonly number[])[] | undefined,
  children: readonly ParagraphChild[],
): ParagraphChild[] {
  if (!threads) return [...children];
  return [...threads.flatMap(rangeStart), ...children, ...threads.flatMap(rangeEnd)];
}
