import type * as Y from "yjs";
import { tableFrameText } from "./layout.ts";
import { slotPieces } from "./slot.ts";
import type { SlotAttributes } from "./slot.ts";

/** What a marker of a table's frame may say of its row, of its column, or of one cell of its row. */
export interface FrameRow {
  readonly id: string;
  /** Where its marker stands in the frame. */
  readonly index: number;
  readonly gone: boolean;
  readonly header: boolean;
  readonly total: boolean;
  /** What is said of the row's cells, by the id of their column. */
  readonly aligns: ReadonlyMap<string, Align>;
  /** To which row and column a merged cell reaches, by the id of the column in which it begins. */
  readonly spans: ReadonlyMap<string, { readonly row: string; readonly column: string }>;
}

export interface FrameColumn {
  readonly id: string;
  readonly index: number;
  readonly gone: boolean;
  readonly width: number | null;
}

/** The rows and columns of a table as its frame has them, each in its order, those that were removed included. */
export interface Frame {
  readonly rows: readonly FrameRow[];
  readonly columns: readonly FrameColumn[];
  readonly length: number;
}

export type Align = "left" | "center" | "right";

const ALIGNS: readonly Align[] = ["left", "center", "right"];

/** The narrowest and the widest a column may be, in CSS pixels. */
const NARROWEST = 24;
const WIDEST = 2000;

/** The attribute that makes a `\n` of a frame the marker of a row or of a column; its value is the id. */
export const ROW_KEY = "row";
export const COLUMN_KEY = "column";

/** The attribute of a row's marker that speaks of its cell in a column. */
export function cellKey(name: "align" | "span", column: string): string {
  return `${name}:${column}`;
}

const LINE_ID = /^[A-Za-z0-9_]{1,31}$/;

/** True for an id that a row or a column may have. It has no hyphen, so that two of them make the id of a cell. */
export function isLineId(id: unknown): id is string {
  return typeof id === "string" && LINE_ID.test(id);
}

/** The id of a new row or column, from one for a block: short, for every cell's root is named by two of them. */
export function lineId(id: string): string {
  return id.replaceAll(/[^A-Za-z0-9_]/g, "_").slice(-12);
}

/**
 * Reads a frame. Total: what is no marker is passed over, and so is one that repeats an id. A property counts only where
 * it names the id of its own marker, so that Yjs can never let the format of one run on into the next.
 */
export function readFrame(doc: Y.Doc, table: string): Frame {
  const rows = new Map<string, FrameRow>();
  const columns = new Map<string, FrameColumn>();
  let index = 0;
  for (const { text, attributes } of slotPieces(tableFrameText(doc, table))) {
    for (const char of text.split("")) {
      if (char === "\n") {
        const row = attributes[ROW_KEY];
        const column = attributes[COLUMN_KEY];
        if (isLineId(row) && !rows.has(row)) rows.set(row, frameRow(row, index, attributes));
        else if (isLineId(column) && !isLineId(row) && !columns.has(column))
          columns.set(column, frameColumn(column, index, attributes));
      }
      index++;
    }
  }
  return { rows: [...rows.values()], columns: [...columns.values()], length: index };
}

function frameRow(id: string, index: number, attributes: SlotAttributes): FrameRow {
  const aligns = new Map<string, Align>();
  const spans = new Map<string, { row: string; column: string }>();
  for (const key of Object.keys(attributes)) {
    const [name, column] = key.split(":");
    if (column === undefined) continue;
    const [value, other] = valueOf(attributes, key, id);
    const align = ALIGNS.find((known) => known === value);
    if (name === "align" && align !== undefined) aligns.set(column, align);
    if (name === "span" && isLineId(value) && isLineId(other)) spans.set(column, { row: value, column: other });
  }
  const says = (name: string): boolean => valueOf(attributes, name, id)[0] === true;
  return { id, index, gone: says("gone"), header: says("header"), total: says("total"), aligns, spans };
}

function frameColumn(id: string, index: number, attributes: SlotAttributes): FrameColumn {
  const [width] = valueOf(attributes, "width", id);
  return {
    id,
    index,
    gone: valueOf(attributes, "gone", id)[0] === true,
    width: typeof width === "number" && width >= NARROWEST && width <= WIDEST ? Math.round(width) : null,
  };
}

function valueOf(attributes: SlotAttributes, key: string, id: string): readonly unknown[] {
  const value = attributes[key];
  return Array.isArray(value) && value[0] === id ? value.slice(1) : [];
}

/** A property as it is stored on the marker of the row or column with this id; null takes it away. */
export function property(id: string, ...values: readonly (string | number | boolean)[]): unknown[] {
  return [id, ...values];
}
