import type { Node } from "prosemirror-model";
import type { NumberedSlot, OutlineEntry } from "#model";
import { titlesAbove } from "#model";
import type { SlotSurroundings } from "./section-view.ts";
import { SectionView } from "./section-view.ts";

/** The slots as they are numbered and titled now, and the views that show them. */
export class Sections {
  #outline: ReadonlyMap<string, NumberedSlot> = new Map();
  #above: ReadonlyMap<string, readonly OutlineEntry[]> = new Map();
  readonly #shown = new Set<SectionView>();
  readonly #around: Pick<SlotSurroundings, "labels" | "announce" | "enter">;

  constructor(outline: readonly NumberedSlot[], around: Pick<SlotSurroundings, "labels" | "announce" | "enter">) {
    this.#around = around;
    this.setOutline(outline);
  }

  slotOf(slot: string): NumberedSlot | undefined {
    return this.#outline.get(slot);
  }

  /** Numbers and titles have changed: what is shown is drawn anew. */
  setOutline(outline: readonly NumberedSlot[]): void {
    this.#outline = new Map(outline.map((numbered) => [numbered.slot.id, numbered]));
    this.#above = titlesAbove(outline);
    for (const section of this.#shown) section.draw();
  }

  view(node: Node): SectionView {
    const made = new SectionView(node, {
      ...this.#around,
      slotOf: (slot) => this.#outline.get(slot),
      above: (slot) => this.#above.get(slot) ?? [],
      isAmbiguous: (slot) => {
        const title = this.#outline.get(slot)?.entry;
        return title !== undefined && [...this.#outline.values()].some((other) => isNamesake(other.entry, title));
      },
      gone: (section) => this.#shown.delete(section),
    });
    this.#shown.add(made);
    return made;
  }
}

function isNamesake(a: OutlineEntry, b: OutlineEntry): boolean {
  return a.node !== b.node && a.label === b.label && a.title === b.title;
}
