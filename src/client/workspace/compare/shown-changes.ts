import type { BlockChange, Comparison, SlotChange } from "#model";

/** How many paragraphs came, went, changed or moved, and in how many slots. One that moved and changed counts as moved. */
export interface ChangeCounts {
  readonly inserted: number;
  readonly deleted: number;
  readonly changed: number;
  readonly moved: number;
  /** Those that went to another slot: they are counted as moved there. */
  readonly left: number;
  readonly slots: number;
}

/** A comparison without empty paragraphs and tables without rows and caption: one that came or went is nothing a reader would look for. */
export function shownChanges({ slots }: Comparison): SlotChange[] {
  return slots.map((slot) => {
    const blocks = slot.blocks.filter(
      ({ pieces, table }) => pieces.some(({ text }) => text.trim() !== "") || (table && table.rows.length > 0),
    );
    return { ...slot, blocks, changed: blocks.some(isChange) };
  });
}

/** True for a paragraph that is not there exactly as before. */
export function isChange({ kind, form }: BlockChange): boolean {
  return kind !== "same" || form;
}

export function countChanges(slots: readonly SlotChange[]): ChangeCounts {
  const blocks = slots.flatMap((slot) => slot.blocks);
  const of = (kind: BlockChange["kind"]): number => blocks.filter((block) => block.kind === kind).length;
  return {
    inserted: of("inserted"),
    deleted: of("deleted"),
    changed: of("changed") + blocks.filter(({ kind, form }) => kind === "same" && form).length,
    moved: of("moved"),
    left: of("left"),
    slots: slots.filter((slot) => slot.changed).length,
  };
}
