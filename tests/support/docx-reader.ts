import { strFromU8, unzipSync } from "fflate";
import type { SaxesTagNS } from "saxes";
import { SaxesParser } from "saxes";
import { listLabels } from "./list-labels.ts";

const PREFIXES: Readonly<Record<string, string>> = {
  "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
  "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
  "http://schemas.microsoft.com/office/word/2012/wordml": "w15",
  "http://schemas.microsoft.com/office/word/2016/wordml/cid": "w16cid",
  "http://schemas.microsoft.com/office/word/2018/wordml/cex": "w16cex",
};

/** A stretch of text under one setting. */
export interface ReadRun {
  readonly text: string;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
}

/** A paragraph of the body, of a table cell, or of the header. */
export interface ReadParagraph {
  /** All its text; tabs and line ends as `\t` and `\n`. */
  readonly text: string;
  /** The text with the number or sign before it that its list gives. */
  readonly shown: string;
  readonly style: string | null;
  readonly runs: readonly ReadRun[];
  readonly bookmarks: readonly string[];
  readonly inTable: boolean;
  /** Attributes of its own properties, as `spacing.before` or `ind.left`; `keepNext` is `true`. */
  readonly properties: Readonly<Record<string, string>>;
}

/** A comment or a reply. */
export interface ReadComment {
  readonly id: string;
  readonly author: string;
  readonly initials: string;
  /** As Word shows it: the local clock. */
  readonly date: string;
  readonly dateUtc: string | null;
  readonly text: string;
  /** The id of the comment it answers. */
  readonly parent: string | null;
  readonly done: boolean;
  readonly durableId: string | null;
  /** The words between its range's ends; those of several paragraphs are joined by `\n`. */
  readonly range: string;
  /** True where it has a range and a reference in the body. */
  readonly anchored: boolean;
}

export interface ReadDocx {
  /** Every paragraph in order, those of table cells included. */
  readonly paragraphs: readonly ReadParagraph[];
  readonly comments: readonly ReadComment[];
  readonly people: readonly string[];
  /** The parts as text, by name. */
  readonly parts: Readonly<Record<string, string>>;
}

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

interface Handlers {
  readonly open?: (element: Element, path: readonly string[]) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string, path: readonly string[]) => void;
}

/** Reads a Word file as a reader sees it. Throws where a part is not well formed. */
export function readDocx(bytes: Uint8Array): ReadDocx {
  const parts = Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, data]) => [name, strFromU8(data)]));
  const comments = readComments(parts);
  const body = readBody(parts["word/document.xml"] ?? "");
  const labels = listLabels(parts);
  const people: string[] = [];
  walk(parts["word/people.xml"], {
    open: ({ name, attributes }) => {
      if (name === "w15:person") people.push(attributes["w15:author"] ?? "");
    },
  });
  return {
    paragraphs: body.paragraphs.map((paragraph) => {
      const { "numId.val": instance, "ilvl.val": level } = paragraph.properties;
      const own = instance === undefined ? null : { instance, level: level === undefined ? null : Number(level) };
      return { ...paragraph, shown: labels.next(paragraph.style, own) + paragraph.text };
    }),
    comments: comments.map((comment) => ({
      ...comment,
      range: body.ranges.get(comment.id)?.join("\n") ?? "",
      anchored: body.ended.has(comment.id) && body.references.has(comment.id),
    })),
    people,
    parts,
  };
}

/** Parses every XML part; throws at the first that is not well formed. */
export function checkWellFormed(parts: Readonly<Record<string, string>>): void {
  for (const [name, xml] of Object.entries(parts)) if (/\.(xml|rels)$/.test(name)) walk(xml, {});
}

function walk(xml: string | undefined, handlers: Handlers): void {
  if (xml === undefined) return;
  const parser = new SaxesParser({ xmlns: true });
  const path: string[] = [];
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", (tag) => {
    const element = elementOf(tag);
    handlers.open?.(element, path);
    path.push(element.name);
  });
  parser.on("closetag", () => {
    const name = path.pop();
    if (name !== undefined) handlers.close?.(name);
  });
  parser.on("text", (text) => handlers.text?.(text, path));
  parser.write(xml).close();
}

function elementOf(tag: SaxesTagNS): Element {
  const attributes: Record<string, string> = {};
  for (const attribute of Object.values(tag.attributes)) {
    const prefix = PREFIXES[attribute.uri];
    attributes[prefix ? `${prefix}:${attribute.local}` : attribute.local] = attribute.value;
  }
  return { name: `${PREFIXES[tag.uri] ?? "?"}:${tag.local}`, attributes };
}

type BareComment = Omit<ReadComment, "range" | "anchored">;

function readComments(parts: Readonly<Record<string, string>>): BareComment[] {
  const comments: (BareComment & { paraId: string })[] = [];
  let current: { -readonly [K in keyof BareComment]: BareComment[K] } & { paraId: string; paragraphs: number };
  walk(parts["word/comments.xml"], {
    open: ({ name, attributes }) => {
      if (name === "w:comment") {
        current = {
          id: attributes["w:id"] ?? "",
          author: attributes["w:author"] ?? "",
          initials: attributes["w:initials"] ?? "",
          date: attributes["w:date"] ?? "",
          dateUtc: null,
          text: "",
          parent: null,
          done: false,
          durableId: null,
          paraId: "",
          paragraphs: 0,
        };
        comments.push(current);
      } else if (name === "w:p") {
        if (current.paragraphs++ > 0) current.text += "\n";
        current.paraId = attributes["w14:paraId"] ?? current.paraId;
      } else if (name === "w:cr" || name === "w:br") current.text += "\n";
      else if (name === "w:tab") current.text += "\t";
    },
    text: (text, path) => {
      if (path.at(-1) === "w:t") current.text += text;
    },
  });
  const byParagraph = new Map(comments.map((comment) => [comment.paraId, comment]));
  const threads = new Map<string, { parent: string | null; done: boolean }>();
  walk(parts["word/commentsExtended.xml"], {
    open: ({ name, attributes }) => {
      if (name !== "w15:commentEx") return;
      const parent = byParagraph.get(attributes["w15:paraIdParent"] ?? "")?.id ?? null;
      threads.set(attributes["w15:paraId"] ?? "", { parent, done: attributes["w15:done"] === "1" });
    },
  });
  const durable = new Map<string, string>();
  walk(parts["word/commentsIds.xml"], {
    open: ({ attributes }) => durable.set(attributes["w16cid:paraId"] ?? "", attributes["w16cid:durableId"] ?? ""),
  });
  const utc = new Map<string, string>();
  walk(parts["word/commentsExtensible.xml"], {
    open: ({ attributes }) => utc.set(attributes["w16cex:durableId"] ?? "", attributes["w16cex:dateUtc"] ?? ""),
  });
  return comments.map(({ paraId, ...comment }) => {
    const durableId = durable.get(paraId) ?? null;
    return { ...comment, ...threads.get(paraId), durableId, dateUtc: utc.get(durableId ?? "") ?? null };
  });
}

interface Body {
  readonly paragraphs: Omit<ReadParagraph, "shown">[];
  readonly ranges: Map<string, string[]>;
  readonly ended: Set<string>;
  readonly references: Set<string>;
}

function readBody(xml: string): Body {
  const body: Body = { paragraphs: [], ranges: new Map(), ended: new Set(), references: new Set() };
  const open = new Set<string>();
  let paragraph: { text: string; style: string | null; runs: ReadRun[]; bookmarks: string[]; inTable: boolean } & {
    properties: Record<string, string>;
  };
  let setting = { bold: false, italic: false, underline: false };
  let fresh = new Set<string>();
  const put = (text: string): void => {
    paragraph.text += text;
    const last = paragraph.runs.at(-1);
    const same =
      last && last.bold === setting.bold && last.italic === setting.italic && last.underline === setting.underline;
    if (last && same) paragraph.runs[paragraph.runs.length - 1] = { ...last, text: last.text + text };
    else paragraph.runs.push({ ...setting, text });
    for (const id of open) {
      const words = body.ranges.get(id) ?? [];
      body.ranges.set(id, words);
      if (fresh.has(id) && words.length > 0) words[words.length - 1] += text;
      else words.push(text);
      fresh.add(id);
    }
  };
  walk(xml, {
    open: ({ name, attributes }, path) => {
      const parent = path.at(-1);
      if (name === "w:p") {
        paragraph = { text: "", style: null, runs: [], bookmarks: [], inTable: path.includes("w:tbl"), properties: {} };
        body.paragraphs.push(paragraph);
        fresh = new Set();
      } else if (name === "w:r") setting = { bold: false, italic: false, underline: false };
      else if (name === "w:commentRangeStart") open.add(attributes["w:id"] ?? "");
      else if (name === "w:commentRangeEnd") {
        if (open.delete(attributes["w:id"] ?? "")) body.ended.add(attributes["w:id"] ?? "");
      } else if (name === "w:commentReference") body.references.add(attributes["w:id"] ?? "");
      else if (name === "w:bookmarkStart") paragraph.bookmarks.push(attributes["w:name"] ?? "");
      else if (name === "w:pStyle") paragraph.style = attributes["w:val"] ?? null;
      else if (parent === "w:pPr") {
        const key = name.slice(2);
        if (Object.keys(attributes).length === 0) paragraph.properties[key] = "true";
        for (const [attribute, value] of Object.entries(attributes)) {
          paragraph.properties[`${key}.${attribute.slice(2)}`] = value;
        }
      } else if (parent === "w:numPr" && path.at(-2) === "w:pPr" && path.at(-3) === "w:p") {
        paragraph.properties[`${name.slice(2)}.val`] = attributes["w:val"] ?? "";
      } else if (parent === "w:rPr" && path.at(-2) === "w:r") {
        const on = attributes["w:val"] !== "false" && attributes["w:val"] !== "0";
        if (name === "w:b") setting.bold = on;
        if (name === "w:i") setting.italic = on;
        if (name === "w:u") setting.underline = attributes["w:val"] !== "none";
      } else if (parent === "w:r" && name === "w:tab") put("\t");
      else if (parent === "w:r" && (name === "w:br" || name === "w:cr")) put("\n");
    },
    text: (text, path) => {
      if (path.at(-1) === "w:t") put(text);
    },
  });
  return body;
}
