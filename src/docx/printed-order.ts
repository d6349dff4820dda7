import type { NumberedSlot, OutlineNode, Template } from "#model";

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
