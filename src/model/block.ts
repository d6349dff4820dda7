import type { Table } from "./table.ts";
import { cellText } from "./table.ts";
import type { TextRun } from "./text-run.ts";

/** What a block is: running text, a heading inside its slot, an item of a list, or a table. */
export type BlockKind = "paragraph" | "heading" | "item" | "table";

/** Every kind of block. */
export const BLOCK_KINDS: readonly BlockKind[] = ["paragraph", "heading", "item", "table"];

/** The deepest level of each kind. Levels start at 1 for headings and items; where this is 0 there are no levels. */
export const DEEPEST: Readonly<Record<BlockKind, number>> = { paragraph: 0, heading: 3, item: 2, table: 0 };

/**
 * One paragraph of a slot. Its `id` is stable: it survives editing, storage and export, a split gives the new half
 * a new one, and no two blocks of a report share one. Numbers and bullets are computed from the place, never stored.
 * The text of a table is its caption.
 */
export interface Block {
  readonly id: string;
  readonly kind: BlockKind;
  readonly level: number;
  readonly runs: readonly TextRun[];
  /** What the table holds; only on a table. Absent or without an id, the block is a table that has no content yet. */
  readonly table?: Table;
}

/** The text of a block without its marks: of a table, its caption. */
export function blockText(block: Block): string {
  return block.runs.map((run) => run.text).join("");
}

/** Every text of a block: its own, and of a table that of each cell, row by row. */
export function blockTexts(block: Block): string[] {
  return [blockText(block), ...(block.table?.rows ?? []).flatMap((row) => row.cells.map(cellText))];
}

/** A kind and a level brought into range: an unknown kind becomes a paragraph, a level is cut to what the kind allows. */
export function blockShape(kind: unknown, level: unknown): { kind: BlockKind; level: number } {
  const known = BLOCK_KINDS.find((name) => name === kind) ?? "paragraph";
  if (DEEPEST[known] === 0) return { kind: known, level: 0 };
  const number = typeof level === "number" && Number.isFinite(level) ? Math.trunc(level) : 1;
  return { kind: known, level: Math.min(Math.max(number, 1), DEEPEST[known]) };
}
