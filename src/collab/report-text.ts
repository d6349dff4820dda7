import type * as Y from "yjs";
import { slotsOf } from "#model";
import type { Block, ReportText, Template } from "#model";
import { fieldsMap, slotText } from "./layout.ts";
import { RootVersions } from "./root-versions.ts";
import { readSlot } from "./slot.ts";
import { readTable } from "./table.ts";
import { unshownIn } from "./unshown.ts";

/**
 * The words of a report: every slot of the template, each table with what it holds, and every field that is a string,
 * with what else is there and cannot be shown. Reads, never writes.
 */
export function readText(doc: Y.Doc, template: Template): ReportText {
  const unshown = unshownIn(doc, template);
  return {
    slots: Object.fromEntries(slotsOf(template).map((slot) => [slot.id, blocksOf(doc, slot.id)])),
    fields: fieldsOf(doc),
    ...(unshown.length > 0 ? { unshown } : {}),
  };
}

/** Reads a report's words again and again: a slot that has not changed is not read again, and is the very same array. */
export class TextReader {
  readonly #doc: Y.Doc;
  readonly #template: Template;
  readonly #versions: RootVersions;
  readonly #known = new Map<string, { readonly version: string; readonly blocks: readonly Block[] }>();

  constructor(doc: Y.Doc, template: Template) {
    this.#doc = doc;
    this.#template = template;
    this.#versions = RootVersions.of(doc);
  }

  /** What {@link readText} gives, but for what cannot be shown. */
  read(): ReportText {
    return {
      slots: Object.fromEntries(slotsOf(this.#template).map(({ id }) => [id, this.#slot(id)])),
      fields: fieldsOf(this.#doc),
    };
  }

  #slot(slot: string): readonly Block[] {
    const known = this.#known.get(slot);
    const own = `${this.#versions.slot(slot)}`;
    const withTables = `${own} ${this.#versions.others}`;
    if (known && (known.version === own || known.version === withTables)) return known.blocks;
    const blocks = blocksOf(this.#doc, slot);
    this.#known.set(slot, { version: blocks.some((block) => block.table) ? withTables : own, blocks });
    return blocks;
  }
}

function blocksOf(doc: Y.Doc, slot: string): Block[] {
  const whole = (block: Block): Block => (block.table ? { ...block, table: readTable(doc, block.table.id) } : block);
  return readSlot(slotText(doc, slot)).map(whole);
}

function fieldsOf(doc: Y.Doc): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of fieldsMap(doc).entries()) if (typeof value === "string") fields[name] = value;
  return fields;
}
