import type { Block } from "./block.ts";
import { compareTexts } from "./comparison.ts";
import type { SlotChange } from "./comparison.ts";
import type { ReportText } from "./report.ts";
import type { Template } from "./template.ts";
import { slotsOf } from "./template.ts";

/** How much of a version is brought back: all of it with its fields, one slot, or one block of the version. */
export type RestoreScope =
  | { readonly kind: "report" }
  | { readonly kind: "slot"; readonly slot: string }
  | { readonly kind: "block"; readonly slot: string; readonly block: string };

/**
 * What a report reads like when part of a version is brought back into the present text. What is not in the scope stays
 * as it is; a block that is brought back leaves the slot into which it had moved. A version without fields leaves the
 * present ones. Every slot of the result has a block. A table that is brought back holds what it held.
 */
export function restoredText(
  present: ReportText,
  version: ReportText,
  template: Template,
  scope: RestoreScope,
): ReportText {
  switch (scope.kind) {
    case "report": {
      const slots = Object.fromEntries(slotsOf(template).map(({ id }) => [id, written(version.slots[id] ?? [])]));
      const fields = Object.keys(version.fields).length > 0 ? version.fields : present.fields;
      return { slots: { ...present.slots, ...slots }, fields };
    }
    case "slot":
      return {
        ...present,
        slots: { ...present.slots, [scope.slot]: written(version.slots[scope.slot] ?? []) },
      };
    case "block":
      return { ...present, slots: withBlock(present, version, template, scope) };
  }
}

function withBlock(
  present: ReportText,
  version: ReportText,
  template: Template,
  { slot, block: id }: { readonly slot: string; readonly block: string },
): ReportText["slots"] {
  const block = version.slots[slot]?.find((candidate) => candidate.id === id);
  if (!block) return present.slots;
  const { slots } = compareTexts(version, present, template, () => []);
  const change = slots.flatMap(({ blocks }) => blocks).find(({ before, after }) => before === block && after !== null);
  const home = slots.find((candidate) => candidate.slot === slot);
  const blocks = present.slots[slot] ?? [];
  if (change?.after && blocks.includes(change.after) && change.kind !== "moved") {
    const now = change.after;
    return { ...present.slots, [slot]: blocks.map((candidate) => (candidate === now ? block : candidate)) };
  }
  const gone = change?.after;
  const rest = Object.entries(present.slots).map(
    ([name, all]) => [name, gone && all.includes(gone) ? written(all.filter((each) => each !== gone)) : all] as const,
  );
  const kept = blocks.filter((each) => each !== gone && !isBlank(each));
  kept.splice(home ? placeOf(block, home, version.slots[slot] ?? [], kept) : 0, 0, block);
  return { ...Object.fromEntries(rest), [slot]: kept };
}

/** Where among the blocks of a slot one of the version stood: behind the nearest that stood before it and still does. */
function placeOf(block: Block, { blocks }: SlotChange, version: readonly Block[], kept: readonly Block[]): number {
  for (const earlier of version.slice(0, version.indexOf(block)).toReversed()) {
    const stayed = blocks.find(({ before, kind }) => before === earlier && (kind === "same" || kind === "changed"));
    const at = stayed?.after ? kept.indexOf(stayed.after) : -1;
    if (at >= 0) return at + 1;
  }
  return 0;
}

/** True for the empty paragraph of a slot in which nobody has written. */
function isBlank({ id, runs }: Block): boolean {
  return id === "lead" && runs.length === 0;
}

function written(blocks: readonly Block[]): readonly Block[] {
  return blocks.length > 0 ? blocks : [{ id: "lead", kind: "paragraph", level: 0, runs: [] }];
}
