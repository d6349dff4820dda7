import * as Y from "yjs";
import { blockShape, emptyTable, MARKS } from "#model";
import type { Block, BlockKind, MarkName, Point, TextRun } from "#model";
import { BLOCK_KEY, LEAD } from "./layout.ts";

/** What stands for anything in a slot's text that is not text, so that every index of the text is one character. */
export const OBJECT_SIGN = "\uFFFC";

/** The attributes of a stretch of a slot's text, as Yjs keeps them. Nothing about their values is certain. */
export type SlotAttributes = Readonly<Record<string, unknown>>;

/** A stretch of a slot's text under one set of attributes. Its length is the number of indices it takes. */
export interface SlotPiece {
  readonly text: string;
  readonly attributes: SlotAttributes;
}

/** A block as its marker tells it, before the slot has decided on its id: null where the marker names no valid one. */
export interface Marker {
  readonly id: string | null;
  readonly kind: BlockKind;
  readonly level: number;
  /** The id of the table whose caption the block is; empty where it is none, or names none. */
  readonly table: string;
}

const STORED_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** True for an id that a marker may carry. A derived id never is one, so the two can never be taken for each other. */
export function isStoredId(id: unknown): id is string {
  return typeof id === "string" && STORED_ID.test(id) && id !== LEAD;
}

/** The marker that a `\n` with these attributes is. Total: what makes no sense is a plain paragraph without an id. */
export function readMarker(attributes: SlotAttributes): Marker {
  const value = attributes[BLOCK_KEY];
  if (typeof value !== "object" || value === null) return { id: null, kind: "paragraph", level: 0, table: "" };
  const { id, kind, level, table } = value as Readonly<Record<string, unknown>>;
  const shape = blockShape(kind, level);
  return { id: isStoredId(id) ? id : null, ...shape, table: shape.kind === "table" && isStoredId(table) ? table : "" };
}

/** The marks that text with these attributes bears: only `true` sets one. */
export function readMarks(attributes: SlotAttributes): MarkName[] {
  return MARKS.filter((mark) => attributes[mark] === true);
}

/** The attributes under which text with these marks is inserted. Explicit, so that it inherits nothing. */
export function markAttributes(marks: readonly MarkName[]): Record<string, unknown> {
  return Object.fromEntries(marks.map((mark) => [mark, true]));
}

/** The attributes under which the `\n` of a block is inserted; `table` is the id of a table, empty without one. */
export function markerAttributes(id: string, kind: BlockKind, level: number, table = ""): Record<string, unknown> {
  return { [BLOCK_KEY]: kind === "table" && table !== "" ? { id, kind, level, table } : { id, kind, level } };
}

/**
 * The ids of a slot's blocks, from what their markers say, in order. A missing id becomes `~n`, the n-th use of one
 * that is taken `id~n`: the same on every machine, and no stored id looks like either.
 */
export function deriveIds(markers: readonly (string | null)[]): string[] {
  const used = new Map<string, number>();
  return markers.map((id) => {
    const base = id ?? "";
    const nth = (used.get(base) ?? 0) + 1;
    used.set(base, nth);
    return id !== null && nth === 1 ? id : `${base}~${nth}`;
  });
}

/**
 * A slot's text as pieces. Unlike `toDelta`, every index is accounted for, whatever a hostile update put there: what is
 * no text is one {@link OBJECT_SIGN} for each index it takes.
 */
export function slotPieces(text: Y.Text): SlotPiece[] {
  const pieces: SlotPiece[] = [];
  let attributes: Record<string, unknown> = {};
  let run = "";
  const close = (): void => {
    if (run !== "") pieces.push({ text: run, attributes });
    run = "";
  };
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    const { content } = item;
    if (content instanceof Y.ContentFormat) {
      close();
      const { [content.key]: _, ...others } = attributes;
      const value: unknown = content.value;
      attributes = value === null || value === undefined ? others : { ...others, [content.key]: value };
    } else if (content instanceof Y.ContentString) {
      run += content.str;
    } else if (item.countable) {
      run += OBJECT_SIGN.repeat(item.length);
    }
  }
  close();
  return pieces;
}

/**
 * The blocks of a slot. Total: any content of the text gives at least one block. A `\n` begins a block; text before
 * any is a paragraph whose id is {@link LEAD}. Ids are unique within the slot. Of a table it gives the caption and the
 * id; what the table holds is elsewhere in the body.
 */
export function readSlot(text: Y.Text): Block[] {
  const open: { marker: Marker; runs: TextRun[] }[] = [];
  let lead: TextRun[] | null = null;
  const put = (chars: string, attributes: SlotAttributes): void => {
    if (chars === "") return;
    const runs = open.at(-1)?.runs ?? (lead ??= []);
    const marks = readMarks(attributes);
    const last = runs.at(-1);
    if (last && last.marks.join() === marks.join()) runs[runs.length - 1] = { text: last.text + chars, marks };
    else runs.push({ text: chars, marks });
  };
  for (const piece of slotPieces(text)) {
    const [first = "", ...rest] = piece.text.split("\n");
    put(first, piece.attributes);
    for (const chars of rest) {
      open.push({ marker: readMarker(piece.attributes), runs: [] });
      put(chars, piece.attributes);
    }
  }
  const ids = deriveIds(open.map(({ marker }) => marker.id));
  const blocks: Block[] = open.map(({ marker: { kind, level, table }, runs }, i) => {
    const block = { id: ids[i] ?? "", kind, level, runs };
    return table === "" ? block : { ...block, table: emptyTable(table) };
  });
  if (lead !== null || blocks.length === 0) blocks.unshift({ id: LEAD, kind: "paragraph", level: 0, runs: lead ?? [] });
  return blocks;
}

/** Where the blocks of a slot stand in its text, measured once for many questions. Stale after the next change. */
export interface SlotMeasure {
  /** The number of indices of the text. */
  readonly length: number;
  /** The point at an index: on a block's `\n` it is the end of the block before. Indices out of range are cut. */
  pointAt(index: number): Point;
  /** The index of a point, its offset cut to the block's length; null where the slot has no such block. */
  indexAt(point: Point): number | null;
}

export function measureSlot(text: Y.Text): SlotMeasure {
  const starts: { id: string; from: number; to: number }[] = [];
  let at = 0;
  for (const block of readSlot(text)) {
    const from = block.id === LEAD ? at : at + 1;
    at = from + block.runs.reduce((sum, run) => sum + run.text.length, 0);
    starts.push({ id: block.id, from, to: at });
  }
  return {
    length: at,
    pointAt(index) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle]?.from ?? 0) <= index) low = middle;
        else high = middle - 1;
      }
      const block = starts[low];
      if (!block) throw new RangeError("a slot has at least one block");
      return { block: block.id, offset: Math.min(Math.max(index - block.from, 0), block.to - block.from) };
    },
    indexAt(point) {
      const block = starts.find((start) => start.id === point.block);
      return block ? Math.min(block.from + Math.max(point.offset, 0), block.to) : null;
    },
  };
}

/** The point at an index of a slot's text. For many questions to one text, {@link measureSlot} once. */
export function pointAt(text: Y.Text, index: number): Point {
  return measureSlot(text).pointAt(index);
}

/** The index of a point in a slot's text, or null where the slot has no such block. */
export function indexAt(text: Y.Text, point: Point): number | null {
  return measureSlot(text).indexAt(point);
}
