import { Packer } from "docx";
import type { Document } from "docx";
import { strToU8, zipSync } from "fflate";
import type { Zippable } from "fflate";
import type { WordComment } from "./word-comments.ts";
import type { WordLists } from "./word-lists.ts";
import { withInstances } from "./word-lists.ts";
import { xmlAttribute } from "./xml-attribute.ts";

const W15 = "http://schemas.microsoft.com/office/word/2012/wordml";
const CEX = "http://schemas.microsoft.com/office/word/2018/wordml/cex";
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** A part that the docx library does not write. */
interface ExtraPart {
  readonly path: string;
  readonly contentType: string;
  readonly relation: string;
  readonly xml: string;
}

/** What the docx library makes of a document before it packs it, by path. */
interface Compiler {
  compile(document: Document): ReadonlyMap<string, string | Uint8Array>;
}

// The library shows its parts packed alone. To unpack and pack them again takes half as long as to make them; so they are
// taken before, from what its own `pack` begins with. The version of the library is pinned.
const { compiler } = Packer as unknown as { readonly compiler: Compiler };

/**
 * The bytes of a document's package, the same every time: entries in one order, one fixed time for all, `time` as the
 * dates of the document, its lists in place of those the docx library brings along, and the parts about comments that it
 * leaves out.
 */
export function packageBytes(
  document: Document,
  time: number,
  lists: WordLists,
  comments: readonly WordComment[],
): Uint8Array {
  const parts = new Map(compiler.compile(document));
  parts.set("word/numbering.xml", lists.part());
  for (const name of ["word/document.xml", "word/styles.xml"]) edit(parts, name, withInstances);
  const extra = comments.length > 0 ? [people(comments), utcDates(comments)] : [];
  edit(parts, "docProps/core.xml", (xml) =>
    xml.replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${new Date(time).toISOString().slice(0, 19)}Z`),
  );
  if (extra.length > 0) {
    const overrides = extra.map(
      ({ path, contentType }) => `<Override PartName="/${path}" ContentType="${contentType}"/>`,
    );
    edit(parts, "[Content_Types].xml", (xml) => xml.replace("</Types>", () => `${overrides.join("")}</Types>`));
    const relations = extra.map(
      ({ path, relation }, index) =>
        `<Relationship Id="rIdTk${index + 1}" Type="${relation}" Target="${path.slice("word/".length)}"/>`,
    );
    edit(parts, "word/_rels/document.xml.rels", (xml) =>
      xml.replace("</Relationships>", () => `${relations.join("")}</Relationships>`),
    );
    for (const { path, xml } of extra) parts.set(path, xml);
  }
  const first = ["[Content_Types].xml", "_rels/.rels"];
  const names = [...first, ...[...parts.keys()].filter((name) => !first.includes(name)).toSorted()];
  const entries: Zippable = {};
  for (const name of names) {
    const data = parts.get(name);
    const bytes = typeof data === "string" ? strToU8(data) : data;
    // The zip format keeps local time, so a local date is the same bytes in every zone.
    if (bytes) entries[name] = [bytes, { mtime: new Date(1980, 0, 1), level: 6, os: 3, attrs: 0 }];
  }
  return zipSync(entries);
}

function edit(parts: Map<string, string | Uint8Array>, name: string, change: (xml: string) => string): void {
  const part = parts.get(name);
  if (typeof part === "string") parts.set(name, change(part));
}

function people(comments: readonly WordComment[]): ExtraPart {
  const authors = [...new Set(comments.map(({ author }) => author))];
  const entries = authors.map((author) => {
    const name = xmlAttribute(author);
    return `<w15:person w15:author="${name}"><w15:presenceInfo w15:providerId="None" w15:userId="${name}"/></w15:person>`;
  });
  return {
    path: "word/people.xml",
    contentType: "application/vnd.openxmlformats-officedocument.wordprocessingml.people+xml",
    relation: "http://schemas.microsoft.com/office/2011/relationships/people",
    xml: `${DECLARATION}<w15:people xmlns:w15="${W15}">${entries.join("")}</w15:people>`,
  };
}

function utcDates(comments: readonly WordComment[]): ExtraPart {
  const entries = comments.map(({ durableId, time }) => {
    const date = `${new Date(time).toISOString().slice(0, 19)}Z`;
    return `<w16cex:commentExtensible w16cex:durableId="${durableId}" w16cex:dateUtc="${date}"/>`;
  });
  return {
    path: "word/commentsExtensible.xml",
    contentType: "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtensible+xml",
    relation: "http://schemas.microsoft.com/office/2018/08/relationships/commentsExtensible",
    xml: `${DECLARATION}<w16cex:commentsExtensible xmlns:w16cex="${CEX}">${entries.join("")}</w16cex:commentsExtensible>`,
  };
}
