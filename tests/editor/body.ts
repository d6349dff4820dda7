import * as Y from "yjs";
import { docFrom, markerAttributes, readSlot, slotText } from "#collab";
import type { Block, BlockKind } from "#model";

/** `"text"`, or the text with its kind: `["item", 1, "text"]`. */
export type Written = string | readonly [kind: BlockKind, level: number, text: string];

/** A body whose slots hold these blocks, with the ids a1, a2, b1 … A slot that is not named is empty. */
export function bodyOf(slots: Readonly<Record<string, readonly Written[]>>): Y.Doc {
  const doc = new Y.Doc();
  for (const [name, blocks] of Object.entries(slots)) {
    const text = slotText(doc, name);
    blocks.forEach((written, i) => {
      const [kind, level, words] = typeof written === "string" ? (["paragraph", 0, written] as const) : written;
      text.insert(text.length, "\n", markerAttributes(`${name}${i + 1}`, kind, level));
      if (words !== "") text.insert(text.length, words, {});
    });
  }
  return docFrom(Y.encodeStateAsUpdate(doc));
}

/** What the slots of a body hold, block by block. */
export function slotsOf(doc: Y.Doc, slots: readonly string[]): Record<string, Block[]> {
  return Object.fromEntries(slots.map((slot) => [slot, readSlot(slotText(doc, slot))]));
}
