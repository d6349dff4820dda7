import { strToU8, zipSync } from "fflate";

const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

const NAMESPACES = [
  `xmlns:w="${W}"`,
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"',
  'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"',
  'xmlns:w16cid="http://schemas.microsoft.com/office/word/2016/wordml/cid"',
  'xmlns:w16cex="http://schemas.microsoft.com/office/word/2018/wordml/cex"',
  'xmlns:w16du="http://schemas.microsoft.com/office/word/2023/wordml/word16du"',
].join(" ");

/** The parts of a Word file that a test is about, each as what stands inside its root; the rest is put around them. */
export interface WordParts {
  readonly body: string;
  readonly comments?: string;
  readonly commentsExtended?: string;
  readonly commentsIds?: string;
  readonly commentsExtensible?: string;
  readonly styles?: string;
  readonly numbering?: string;
  readonly settings?: string;
  readonly footnotes?: string;
  readonly endnotes?: string;
  readonly header?: string;
  readonly footer?: string;
}

const PARTS: Readonly<Record<keyof WordParts, { root: string; type: string }>> = {
  body: { root: "w:document", type: "officeDocument" },
  comments: { root: "w:comments", type: "comments" },
  commentsExtended: { root: "w15:commentsEx", type: "commentsExtended" },
  commentsIds: { root: "w16cid:commentsIds", type: "commentsIds" },
  commentsExtensible: { root: "w16cex:commentsExtensible", type: "commentsExtensible" },
  styles: { root: "w:styles", type: "styles" },
  numbering: { root: "w:numbering", type: "numbering" },
  settings: { root: "w:settings", type: "settings" },
  footnotes: { root: "w:footnotes", type: "footnotes" },
  endnotes: { root: "w:endnotes", type: "endnotes" },
  header: { root: "w:hdr", type: "header" },
  footer: { root: "w:ftr", type: "footer" },
};

/** A part as text: `inside` within the root of that part, all prefixes bound. */
export function wordPart(part: keyof WordParts, inside: string): string {
  const { root } = PARTS[part];
  const content = part === "body" ? `<w:body>${inside}</w:body>` : inside;
  return `${DECLARATION}<${root} ${NAMESPACES}>${content}</${root}>`;
}

/** The files of a package by name, as text. */
export function wordPackage(parts: WordParts): Record<string, string> {
  const names = Object.keys(parts) as (keyof WordParts)[];
  const files: Record<string, string> = {
    "[Content_Types].xml": contentTypes(names),
    "_rels/.rels": relations([{ type: "officeDocument", target: "word/document.xml" }]),
    "word/_rels/document.xml.rels": relations(
      names.filter((name) => name !== "body").map((name) => ({ type: PARTS[name].type, target: `${name}.xml` })),
    ),
  };
  for (const name of names) {
    files[name === "body" ? "word/document.xml" : `word/${name}.xml`] = wordPart(name, parts[name] ?? "");
  }
  return files;
}

/** What kind each part is, as programs ask before they open any. */
function contentTypes(names: readonly (keyof WordParts)[]): string {
  const types = "http://schemas.openxmlformats.org/package/2006/content-types";
  const kind = "application/vnd.openxmlformats-officedocument.wordprocessingml";
  const overrides = names.map((name) =>
    name === "body"
      ? `<Override PartName="/word/document.xml" ContentType="${kind}.document.main+xml"/>`
      : `<Override PartName="/word/${name}.xml" ContentType="${kind}.${PARTS[name].type}+xml"/>`,
  );
  return `${DECLARATION}<Types xmlns="${types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides.join("")}</Types>`;
}

/** A relationships part. */
export function relations(entries: readonly { type: string; target: string; mode?: string }[]): string {
  const lines = entries.map(
    ({ type, target, mode }, index) =>
      `<Relationship Id="rId${index + 1}" Type="${TYPES}/${type}" Target="${target}"${mode === undefined ? "" : ` TargetMode="${mode}"`}/>`,
  );
  return `${DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${lines.join("")}</Relationships>`;
}

/** Zips text and bytes by name. */
export function zipped(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, data]) => [name, typeof data === "string" ? strToU8(data) : data]),
    ),
  );
}

/** A Word file of these parts. */
export function wordBytes(parts: WordParts): Uint8Array {
  return zipped(wordPackage(parts));
}

/** A paragraph of plain text, or of runs that are already XML. */
export function p(content: string, properties = ""): string {
  const runs = content.startsWith("<") ? content : r(content);
  return `<w:p>${properties === "" ? "" : `<w:pPr>${properties}</w:pPr>`}${content === "" ? "" : runs}</w:p>`;
}

/** A run of text. */
export function r(text: string, properties = ""): string {
  return `<w:r>${properties === "" ? "" : `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
}
