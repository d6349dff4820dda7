import type * as Y from "yjs";
import { slotsOf } from "#model";
import type { Block, ReportText, Template } from "#model";
import { fieldsMap, slotText } from "./layout.ts";
import { readSlot } from "./slot.ts";
import { readTable } from "./table.ts";
import { unshownIn } from "./unshown.ts";

/**
 * The words of a report: every slot of the template, each table with what it holds, and every field that is a string,
 * with what else is there and cannot be shown. Reads, never writes.
 */
export function readText(doc: Y.Doc, template: Template): ReportText {
  const fields: Record<string, string> = {};
  for (const [name, value] of fieldsMap(doc).entries()) if (typeof value === "string") fields[name] = value;
  const unshown = unshownIn(doc, template);
  const whole = (block: Block): Block => (block.table ? { ...block, table: readTable(doc, block.table.id) } : block);
  return {
    slots: Object.fromEntries(slotsOf(template).map((slot) => [slot.id, readSlot(slotText(doc, slot.id)).map(whole)])),
    fields,
    ...(unshown.length > 0 ? { unshown } : {}),
  };
}
