/** What a block is: running text, a heading inside its slot, or an item of a list. */
export type BlockKind = "paragraph" | "heading" | "item";

/** The marks a character can carry; also their names in the stored text and in the schema. */
export type MarkName = "strong" | "em" | "underline";

/** Every mark, in the order in which marks are always listed. */
export const MARKS: readonly MarkName[] = ["strong", "em", "underline"];

/** The deepest level of each kind. Levels start at 1 for headings and items; a paragraph's is always 0. */
export const DEEPEST: Readonly<Record<BlockKind, number>> = { paragraph: 0, heading: 3, item: 2 };

/** A stretch of text under one set of marks. Never empty inside a block; `marks` follow the order of {@link MARKS}. */
export interface TextRun {
  readonly text: string;
  readonly marks: readonly MarkName[];
}

/**
 * One paragraph of a slot. Its `id` is stable: it survives editing, storage and export, a split gives the new half
 * a new one, and no two blocks of a report share one. Numbers and bullets are computed from the place, never stored.
 */
export interface Block {
  readonly id: string;
  readonly kind: BlockKind;
  readonly level: number;
  readonly runs: readonly TextRun[];
}

/** The text of a block without its marks. */
export function blockText(block: Block): string {
  return block.runs.map((run) => run.text).join("");
}

/** A kind and a level brought into range: an unknown kind becomes a paragraph, a level is cut to what the kind allows. */
export function blockShape(kind: unknown, level: unknown): { kind: BlockKind; level: number } {
  const known: BlockKind = kind === "heading" || kind === "item" ? kind : "paragraph";
  if (known === "paragraph") return { kind: known, level: 0 };
  const number = typeof level === "number" && Number.isFinite(level) ? Math.trunc(level) : 1;
  return { kind: known, level: Math.min(Math.max(number, 1), DEEPEST[known]) };
}
