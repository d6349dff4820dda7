import { strFromU8, strToU8 } from "fflate";
import type { SaxesAttributeNS, SaxesTagNS } from "saxes";
import { SaxesParser } from "saxes";
import { wordDamaged, wordHostile, wordTooComplex } from "./errors.ts";
import type { WordLimits } from "./limits.ts";

/** An element by a prefix of ours, whatever the file calls its namespace; `?` before what is in none we know. */
export interface XmlElement {
  readonly name: string;
  /** By the same names; those without a namespace bare. Only of elements whose namespace is known. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The text directly in it. */
  readonly text: string;
}

/** The namespaces that are read, as Word writes them and in the strict form of ISO 29500. */
const NAMESPACES: ReadonlyMap<string, string> = new Map([
  ["http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"],
  ["http://purl.oclc.org/ooxml/wordprocessingml/main", "w"],
  ["http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r"],
  ["http://purl.oclc.org/ooxml/officeDocument/relationships", "r"],
  ["http://schemas.openxmlformats.org/officeDocument/2006/math", "m"],
  ["http://purl.oclc.org/ooxml/officeDocument/math", "m"],
  ["http://schemas.openxmlformats.org/officeDocument/2006/custom-properties", "cp"],
  ["http://purl.oclc.org/ooxml/officeDocument/customProperties", "cp"],
  ["http://schemas.openxmlformats.org/officeDocument/2006/extended-properties", "ep"],
  ["http://purl.oclc.org/ooxml/officeDocument/extendedProperties", "ep"],
  ["http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes", "vt"],
  ["http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes", "vt"],
  ["http://schemas.openxmlformats.org/package/2006/relationships", "rel"],
  ["http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"],
  ["http://schemas.microsoft.com/office/word/2010/wordml", "w14"],
  ["http://schemas.microsoft.com/office/word/2012/wordml", "w15"],
  ["http://schemas.microsoft.com/office/word/2010/11/wordml", "w15"],
  ["http://schemas.microsoft.com/office/word/2016/wordml/cid", "w16cid"],
  ["http://schemas.microsoft.com/office/word/2018/wordml/cex", "w16cex"],
  ["http://schemas.microsoft.com/office/word/2023/wordml/word16du", "w16du"],
  ["http://schemas.microsoft.com/office/word/2010/wordprocessingShape", "wps"],
  ["urn:schemas-microsoft-com:vml", "v"],
  ["http://www.w3.org/XML/1998/namespace", "xml"],
]);

/** Attributes of an element, and signs of one: above both no writing program goes. */
const MOST_ATTRIBUTES = 1000;
const LONGEST_ATTRIBUTE = 1 << 16;
/** Text given to the parser at once. */
const STEP = 1 << 16;

/**
 * Reads a part piece by piece: `visit` gets each element that stands `depth` levels below the root (1: its children),
 * whole, and then lets it go; what is above them is told to `enter` without its children. Entities are never resolved,
 * document types refused.
 */
export function readXml(
  bytes: Uint8Array,
  part: string,
  limits: WordLimits,
  depth: number,
  visit: (element: XmlElement, parent: string) => void,
  enter: (name: string) => void = () => undefined,
): void {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const above: string[] = [];
  const open: MutableElement[] = [];
  let elements = 0;
  let attributes = 0;
  parser.on("error", (error) => {
    throw wordDamaged(part, error.message.slice(0, 200), error);
  });
  parser.on("doctype", () => {
    throw wordHostile(part, "a document type (DOCTYPE)");
  });
  parser.on("attribute", () => {
    if (++attributes > MOST_ATTRIBUTES) throw wordTooComplex(part, "attributes", MOST_ATTRIBUTES);
  });
  parser.on("opentag", (tag) => {
    attributes = 0;
    if (++elements > limits.elements) throw wordTooComplex(part, "elements", limits.elements);
    if (above.length + open.length >= limits.depth) throw wordTooComplex(part, "depth", limits.depth);
    const name = elementName(tag);
    if (above.length < depth) {
      above.push(name);
      enter(name);
    } else {
      open.push({ name, attributes: attributesOf(tag, name, part), children: NONE, text: "" });
    }
  });
  parser.on("closetag", () => {
    const element = open.pop();
    if (!element) {
      above.pop();
      return;
    }
    const parent = open.at(-1);
    if (!parent) visit(element, above.at(-1) ?? "");
    else if (parent.children === NONE) parent.children = [element];
    else parent.children.push(element);
  });
  const text = (words: string): void => {
    const element = open.at(-1);
    if (element && (element.children === NONE || words.trim() !== "")) element.text += words;
  };
  parser.on("text", text);
  parser.on("cdata", text);
  const whole = decode(bytes, part);
  for (let at = 0; at < whole.length; at += STEP) parser.write(whole.slice(at, at + STEP));
  parser.close();
}

interface MutableElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  children: XmlElement[];
  text: string;
}

/** Shared by all elements that have none, so that a flood of empty ones stays small. */
const NONE: XmlElement[] = [];
const NO_ATTRIBUTES: Readonly<Record<string, string>> = {};

function elementName(tag: SaxesTagNS): string {
  return `${NAMESPACES.get(tag.uri) ?? "?"}:${tag.local}`;
}

function attributesOf(tag: SaxesTagNS, name: string, part: string): Readonly<Record<string, string>> {
  if (name.startsWith("?:") || name.startsWith("v:")) return NO_ATTRIBUTES;
  let attributes: Record<string, string> | null = null;
  for (const key of Object.keys(tag.attributes)) {
    const attribute: SaxesAttributeNS | undefined = tag.attributes[key];
    if (!attribute || attribute.prefix === "xmlns" || attribute.name === "xmlns") continue;
    const prefix = NAMESPACES.get(attribute.uri);
    if (attribute.uri !== "" && prefix === undefined) continue;
    if (attribute.value.length > LONGEST_ATTRIBUTE) {
      throw wordHostile(part, `an attribute of ${attribute.value.length} signs`);
    }
    attributes ??= {};
    attributes[prefix === undefined ? attribute.local : `${prefix}:${attribute.local}`] = attribute.value;
  }
  return attributes ?? NO_ATTRIBUTES;
}

/** Text in UTF-8, or UTF-16 where its first bytes say so. What is neither is refused, not mended. */
function decode(bytes: Uint8Array, part: string): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(bytes, true);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(bytes, false);
  const text = strFromU8(bytes);
  // The decoder puts U+FFFD in the place of what it cannot read; a file may also simply hold that sign.
  if (text.includes("\uFFFD") && !sameBytes(strToU8(text), bytes)) throw wordDamaged(part, "not in UTF-8");
  return text;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  const skipped = b[0] === 0xef && b[1] === 0xbb && b[2] === 0xbf && a[0] !== 0xef ? 3 : 0;
  return a.length === b.length - skipped && a.every((byte, index) => byte === b[index + skipped]);
}

function utf16(bytes: Uint8Array, little: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: string[] = [];
  for (let at = 2; at < bytes.length - 1; at += STEP) {
    const units: number[] = [];
    for (let i = at; i < Math.min(at + STEP, bytes.length - 1); i += 2) units.push(view.getUint16(i, little));
    for (let i = 0; i < units.length; i += 4096) pieces.push(String.fromCharCode(...units.slice(i, i + 4096)));
  }
  return pieces.join("");
}

/** The first child of that name. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((entry) => entry.name === name);
}

/** `w:val` of the child of that name; undefined where there is no such child, "" where it says nothing. */
export function value(element: XmlElement | undefined, name: string): string | undefined {
  const found = child(element, name);
  return found && (found.attributes["w:val"] ?? "");
}

/** A switch such as `w:b`: true where it is on, undefined where nothing is said. */
export function isOn(element: XmlElement | undefined, name: string): boolean | undefined {
  const said = value(element, name);
  return said === undefined ? undefined : !/^(?:0|false|off|none)$/.test(said);
}

/** A whole number said by an attribute or by {@link value}; null where it says none. */
export function whole(text: string | undefined): number | null {
  return text !== undefined && /^-?\d{1,9}$/.test(text) ? Number(text) : null;
}
