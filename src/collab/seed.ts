import type * as Y from "yjs";
import { blockShape, slotsOf, tableOfInput } from "#model";
import type { BlockInput, Template } from "#model";
import { fieldsMap, ORIGIN, slotText } from "./layout.ts";
import { markAttributes, markerAttributes } from "./slot.ts";
import { writeTable } from "./table-edit.ts";

/**
 * Writes the first words of a new report: the fields, and the blocks of each slot of the template, one empty paragraph
 * where `slots` gives none, and what its tables hold. Line breaks inside a block become spaces. Only for a document that nobody else has:
 * seeding twice doubles the text.
 */
export function seedBody(
  doc: Y.Doc,
  template: Template,
  fields: Readonly<Record<string, string>>,
  slots: Readonly<Record<string, readonly BlockInput[]>>,
  newId: () => string,
): void {
  const tableOf = (input: BlockInput): string => {
    if (typeof input === "string" || !("rows" in input)) return "";
    const id = newId();
    writeTable(doc, id, tableOfInput(input, id), newId);
    return id;
  };
  doc.transact(() => {
    for (const [name, value] of Object.entries(fields)) fieldsMap(doc).set(name, value);
    for (const slot of slotsOf(template)) {
      const given = slots[slot.id] ?? [];
      const inputs = given.length === 0 ? [""] : given;
      // Without `sanitize` Yjs drops a `\n` at the end of a text, which here would drop an empty last block.
      slotText(doc, slot.id).applyDelta(
        inputs.flatMap((input) => blockDelta(input, newId(), tableOf(input))),
        { sanitize: true },
      );
    }
  }, ORIGIN.import);
}

function blockDelta(
  input: BlockInput,
  id: string,
  table: string,
): { insert: string; attributes: Record<string, unknown> }[] {
  const block = typeof input === "string" ? { text: input } : input;
  const { kind, level } = blockShape(block.kind ?? "paragraph", "level" in block ? block.level : undefined);
  const runs = typeof block.text === "string" ? [{ text: block.text }] : block.text;
  return [
    { insert: "\n", attributes: markerAttributes(id, kind, level, table) },
    ...runs
      .filter((run) => run.text !== "")
      .map((run) => ({
        insert: run.text.replaceAll(/\r\n|[\r\n]/g, " "),
        attributes: markAttributes(run.marks ?? []),
      })),
  ];
}
