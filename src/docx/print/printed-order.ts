import type { NumberedSlot, OutlineNode, Report, Template } from "#model";
import { isEmptySlot } from "#model";
import { isPrinted } from "./comment-anchors.ts";

/** The slots before the signature, and those of each appendix after it: the order in which a report is printed. */
export function printedOrder(
  template: Template,
  outline: readonly NumberedSlot[],
): { text: NumberedSlot[]; appendices: NumberedSlot[][] } {
  const appendixOf = new Map<string, string>();
  const visit = (nodes: readonly OutlineNode[], appendix: string | null): void => {
    for (const node of nodes) {
      if (node.type !== "slot") visit(node.children, node.type === "appendices" ? node.id : appendix);
      else if (appendix !== null) appendixOf.set(node.id, appendix);
    }
  };
  visit(template.outline, null);
  const groups = new Map<string, NumberedSlot[]>();
  const text: NumberedSlot[] = [];
  for (const numbered of outline) {
    const appendix = appendixOf.get(numbered.slot.id);
    if (appendix === undefined) text.push(numbered);
    else groups.set(appendix, [...(groups.get(appendix) ?? []), numbered]);
  }
  return { text, appendices: [...groups.values()] };
}

/** The last slot before the signature that prints a title or words, by its place; -1 where none does. */
export function lastPrinted(text: readonly NumberedSlot[], { slots }: Pick<Report, "slots">): number {
  return text.findLastIndex(({ slot, entry, before }) => {
    const titled = entry.format !== null || before.length > 0;
    return titled || (slots[slot.id] ?? []).some(isPrinted);
  });
}

/** The appendices without those at the end that hold neither words nor comments and need none. */
export function keptAppendices(
  appendices: readonly NumberedSlot[][],
  { slots }: Pick<Report, "slots">,
  isCommented: (title: string) => boolean,
): readonly NumberedSlot[][] {
  const holds = ({ slot, before, entry }: NumberedSlot): boolean =>
    slot.required || !isEmptySlot(slots[slot.id]) || [...before, entry].some(({ node }) => isCommented(node.id));
  return appendices.slice(0, appendices.findLastIndex((group) => group.some(holds)) + 1);
}
