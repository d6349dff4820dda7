import { FIELDS_ROOT, slotOfRoot, tableOfRoot } from "./layout.ts";
import { LINEAGE_ROOT } from "./lineage.ts";

/** True for a root that the body of a report with these slots has: anything else in it would be out of everybody's sight. */
export function isBodyRoot(root: string, slots: readonly string[]): boolean {
  return (
    root === FIELDS_ROOT ||
    root === LINEAGE_ROOT ||
    slots.includes(slotOfRoot(root) ?? "") ||
    tableOfRoot(root) !== null
  );
}
