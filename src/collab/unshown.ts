import * as Y from "yjs";
import { blockShape, MARKS, slotsOf } from "#model";
import type { Template, Unshown } from "#model";
import { isBodyRoot } from "./body-root.ts";
import { BLOCK_KEY, FIELDS_ROOT, slotRoot, tableOfRoot } from "./layout.ts";
import { cellKey, COLUMN_KEY, ROW_KEY } from "./table-frame.ts";

/** A root as a document has it: one that nobody has asked for is of no kind yet. */
type Root = Y.Doc["share"] extends Map<string, infer T> ? T : never;

/** The longest name that is told: another program may have made it as long as it liked. */
const LONGEST_NAME = 60;

/** The keys of a marker that have a meaning. */
const MARKER_KEYS: readonly string[] = ["id", "kind", "level", "table"];

/**
 * What a body holds that no report can show, because another program or a later version of this one wrote it: kept
 * where it is, and told of. Of each kind and name once, with how often it stands there, in the order of the skeleton.
 * Reads, never writes: it does not even ask for a root, which would make one.
 */
export function unshownIn(doc: Y.Doc, template: Template): Unshown[] {
  const found = new Found();
  const slots = slotsOf(template).map((slot) => slot.id);
  for (const slot of slots) {
    const root = doc.share.get(slotRoot(slot));
    if (root) lookThrough(root, slot, found);
  }
  const fields = doc.share.get(FIELDS_ROOT);
  if (fields) {
    for (const [key, item] of fields._map) if (!item.deleted && !isWord(item)) found.add("field", null, key);
    if (holdsSequence(fields)) found.add("root", null, FIELDS_ROOT);
  }
  for (const [name, root] of doc.share) {
    if (tableOfRoot(name)) lookThrough(root, null, found);
    else if (!isBodyRoot(name, slots) && !isEmpty(root)) found.add("root", null, name);
  }
  return found.all();
}

class Found {
  readonly #counts = new Map<string, { kind: Unshown["kind"]; slot: string | null; name: string; count: number }>();

  add(kind: Unshown["kind"], slot: string | null, name: string, count = 1): void {
    const told =
      Array.from(name).length > LONGEST_NAME
        ? `${Array.from(name)
            .slice(0, LONGEST_NAME - 1)
            .join("")}…`
        : name;
    const key = JSON.stringify([kind, slot, told]);
    const known = this.#counts.get(key);
    if (known) known.count += count;
    else this.#counts.set(key, { kind, slot, name: told, count });
  }

  all(): Unshown[] {
    return [...this.#counts.values()].map(({ slot, ...rest }) => (slot === null ? rest : { ...rest, slot }));
  }
}

function lookThrough(text: Root, slot: string | null, found: Found): void {
  for (const [key, item] of text._map) if (!item.deleted) found.add("object", slot, key);
  const attributes = new Map<string, unknown>();
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    const { content } = item;
    if (content instanceof Y.ContentFormat) {
      const value: unknown = content.value;
      if (value === null || value === undefined) attributes.delete(content.key);
      else attributes.set(content.key, value);
    } else if (content instanceof Y.ContentString) {
      lookAt(content.str, attributes, slot, found);
    } else if (item.countable) {
      found.add("object", slot, nameOf(content), item.length);
    }
  }
}

function lookAt(chars: string, attributes: ReadonlyMap<string, unknown>, slot: string | null, found: Found): void {
  const marker = attributes.get(BLOCK_KEY);
  for (const [key, value] of attributes) {
    if (key === BLOCK_KEY || isFrameKey(key) || (value === true && MARKS.some((mark) => mark === key))) continue;
    found.add("attribute", slot, key, chars.length);
  }
  for (const [sign] of chars.matchAll(UNPRINTABLE)) {
    found.add("sign", slot, `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`);
  }
  if (marker === undefined || !chars.includes("\n")) return;
  for (const name of strangeInMarker(marker)) found.add("block", slot, name);
}

/** The keys of the markers of a table's frame. */
function isFrameKey(key: string): boolean {
  return FRAME_KEYS.has(key) || key.startsWith(cellKey("align", "")) || key.startsWith(cellKey("span", ""));
}

const FRAME_KEYS: ReadonlySet<string> = new Set([ROW_KEY, COLUMN_KEY, "gone", "header", "total", "width"]);

/** Control characters, halves of surrogate pairs and what Unicode says is no character: no Word file can hold them. */
const UNPRINTABLE = /(?!\n)\p{Cc}|\p{Surrogate}|[\uFFFE\uFFFF]/gu;

/** What a marker says that a block does not: keys of their own, a kind that is none. */
function strangeInMarker(marker: unknown): string[] {
  if (typeof marker !== "object" || marker === null) return [JSON.stringify(marker)];
  const { kind, level } = marker as Readonly<Record<string, unknown>>;
  const keys = Object.keys(marker).filter((key) => !MARKER_KEYS.includes(key));
  return kind === undefined || kind === blockShape(kind, level).kind ? keys : [...keys, JSON.stringify(kind)];
}

function isEmpty(type: Root): boolean {
  return !holdsSequence(type) && [...type._map.values()].every((item) => item.deleted);
}

function holdsSequence(type: Root): boolean {
  for (let item = type._start; item !== null; item = item.right) if (!item.deleted && item.countable) return true;
  return false;
}

function isWord({ content }: Y.Item): boolean {
  return content instanceof Y.ContentAny && content.arr.length === 1 && typeof content.arr[0] === "string";
}

/** What an object in a text is: the kind of a nested type, the keys of an embed. */
function nameOf(content: Y.Item["content"]): string {
  if (content instanceof Y.ContentType) return TYPES.find(([type]) => content.type instanceof type)?.[1] ?? "type";
  if (content instanceof Y.ContentEmbed) {
    const embed: unknown = content.embed;
    return typeof embed === "object" && embed !== null ? Object.keys(embed).join(", ") : JSON.stringify(embed);
  }
  return content instanceof Y.ContentDoc ? "document" : content instanceof Y.ContentBinary ? "binary" : "JSON";
}

/** The types that Yjs nests, those that extend others first. */
const TYPES: readonly (readonly [abstract new (...given: never[]) => unknown, string])[] = [
  [Y.XmlText, "XML text"],
  [Y.XmlElement, "XML element"],
  [Y.XmlFragment, "XML"],
  [Y.Text, "text"],
  [Y.Map, "map"],
  [Y.Array, "list"],
];
