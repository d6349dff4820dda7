import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

/** Who does something in Word, and when by the clock on the wall. */
export interface Hand {
  readonly author: string;
  readonly date: string;
}

type Item =
  | { readonly type: "raw"; readonly xml: string }
  | { readonly type: "text"; readonly open: string; readonly text: string };

/** A paragraph of a Word file that can be edited as in Word. */
export interface EditedParagraph {
  open: string;
  properties: string;
  items: Item[];
}

type Part = string | EditedParagraph;

const PARAGRAPH = /<w:p(?: [^>]*)?>.*?<\/w:p>|<w:p(?: [^>]*)?\/>/gsu;
const RUN = /<w:r(?: [^>]*)?>(?:<w:rPr>.*?<\/w:rPr>|<w:rPr\/>)?<w:t(?: [^>]*)?>[^<]*<\/w:t><\/w:r>/gsu;
const NAMESPACES =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" ' +
  'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" xmlns:w16cid="http://schemas.microsoft.com/office/word/2016/wordml/cid"';

/** A Word file in somebody's hands: comments, tracked changes and plain edits at the level of its XML. */
export class WordEdit {
  readonly #files: Record<string, Uint8Array>;
  readonly #parts: Part[] = [];
  readonly #comments: string[] = [];
  readonly #extended: string[] = [];
  readonly #ids: string[] = [];
  /** The last paragraph of each comment, by the comment's number. */
  readonly #paragraphIds = new Map<number, string>();
  #next = 5000;

  constructor(bytes: Uint8Array) {
    this.#files = unzipSync(bytes);
    const xml = this.file("word/document.xml");
    let at = 0;
    for (const match of xml.matchAll(PARAGRAPH)) {
      this.#parts.push(xml.slice(at, match.index), readParagraph(match[0]));
      at = match.index + match[0].length;
    }
    this.#parts.push(xml.slice(at));
    for (const [, id = "", inner = ""] of this.file("word/comments.xml").matchAll(
      /<w:comment [^>]*?w:id="(\d+)".*?>(.*?)<\/w:comment>/gsu,
    )) {
      const last = [...inner.matchAll(/w14:paraId="(\w+)"/gu)].at(-1)?.[1];
      if (last !== undefined) this.#paragraphIds.set(Number(id), last);
    }
  }

  file(name: string): string {
    const bytes = this.#files[name];
    return bytes ? strFromU8(bytes) : "";
  }

  /** Changes a part of the package, or removes it. */
  setFile(name: string, xml: string | null): void {
    if (xml === null) delete this.#files[name];
    else this.#files[name] = strToU8(xml);
  }

  get paragraphs(): EditedParagraph[] {
    return this.#parts.filter((part) => typeof part !== "string");
  }

  /** The paragraph under a bookmark. */
  under(bookmark: string): EditedParagraph {
    const found = this.paragraphs.find(({ items }) => items.some((item) => hasBookmark(item, bookmark)));
    if (!found) throw new Error(`no paragraph under ${bookmark}`);
    return found;
  }

  /** The first paragraph with just these words, after another. */
  cellAfter(caption: EditedParagraph, words: string): EditedParagraph {
    const all = this.paragraphs;
    const found = all.slice(all.indexOf(caption) + 1).find((one) => textOf(one) === words);
    if (!found) throw new Error(`no cell with ${words}`);
    return found;
  }

  /** How many signs stand before a bookmark. */
  startOf(paragraph: EditedParagraph, bookmark: string): number {
    let at = 0;
    for (const item of paragraph.items) {
      if (hasBookmark(item, bookmark)) return at;
      at += item.type === "text" ? item.text.length : 0;
    }
    return 0;
  }

  // #region Comments

  /** A comment from a place of one paragraph to a place of another; gives its number. */
  comment(
    [first, from]: readonly [EditedParagraph, number],
    [last, to]: readonly [EditedParagraph, number],
    said: Hand & { readonly text: string; readonly durableId?: string; readonly initials?: string },
  ): number {
    const id = this.#next++;
    put(last, to, `<w:commentRangeEnd w:id="${id}"/><w:r><w:commentReference w:id="${id}"/></w:r>`, "before");
    put(first, from, `<w:commentRangeStart w:id="${id}"/>`, "after");
    this.#write(id, said, null);
    return id;
  }

  /** A reply to a comment of the file, its own range inside the other's. */
  reply(to: number, said: Hand & { readonly text: string; readonly durableId?: string }): number {
    const id = this.#next++;
    for (const paragraph of this.paragraphs) {
      for (const [at, item] of paragraph.items.entries()) {
        if (item.type === "raw" && item.xml.includes(`<w:commentRangeStart w:id="${to}"`)) {
          paragraph.items[at] = { type: "raw", xml: `${item.xml}<w:commentRangeStart w:id="${id}"/>` };
        } else if (item.type === "raw" && item.xml.includes(`<w:commentReference w:id="${to}"`)) {
          const xml = `${item.xml}<w:commentRangeEnd w:id="${id}"/><w:r><w:commentReference w:id="${id}"/></w:r>`;
          paragraph.items[at] = { type: "raw", xml };
        }
      }
    }
    this.#write(id, said, to);
    return id;
  }

  #write(
    id: number,
    { author, date, text, durableId, initials }: Hand & { text: string; durableId?: string; initials?: string },
    parent: number | null,
  ): void {
    const paraId = (0x20000000 + id).toString(16).toUpperCase();
    this.#paragraphIds.set(id, paraId);
    const when = date === "" ? "" : ` w:date="${date}"`;
    const short = initials === undefined ? "" : ` w:initials="${initials}"`;
    const run = `<w:r><w:t xml:space="preserve">${escape(text)}</w:t></w:r>`;
    this.#comments.push(
      `<w:comment w:id="${id}" w:author="${escape(author)}"${when}${short}><w:p w14:paraId="${paraId}">${run}</w:p></w:comment>`,
    );
    const above = parent === null ? "" : ` w15:paraIdParent="${this.#paragraphIds.get(parent) ?? ""}"`;
    this.#extended.push(`<w15:commentEx w15:paraId="${paraId}"${above} w15:done="0"/>`);
    if (durableId !== undefined)
      this.#ids.push(`<w16cid:commentId w16cid:paraId="${paraId}" w16cid:durableId="${durableId}"/>`);
  }

  // #endregion
  // #region Changes

  /** Words put in at a place, tracked. */
  trackedInsert(paragraph: EditedParagraph, at: number, text: string, hand: Hand): void {
    put(paragraph, at, `<w:ins ${this.#stamp(hand)}><w:r>${textXml(text)}</w:r></w:ins>`, "before");
  }

  /** Words taken out, tracked: they stay in the file. */
  trackedDelete(paragraph: EditedParagraph, from: number, to: number, hand: Hand): void {
    splitAt(paragraph, from);
    splitAt(paragraph, to);
    let at = 0;
    paragraph.items = paragraph.items.map((item): Item => {
      if (item.type !== "text") return item;
      const start = at;
      at += item.text.length;
      if (start < from || at > to || item.text === "") return item;
      const run = `<w:r><w:delText xml:space="preserve">${escape(item.text)}</w:delText></w:r>`;
      return { type: "raw", xml: `<w:del ${this.#stamp(hand)}>${run}</w:del>` };
    });
  }

  /** A paragraph put in behind another, tracked. */
  trackedParagraph(after: EditedParagraph, text: string, hand: Hand): void {
    const mark = `<w:pPr><w:rPr><w:ins ${this.#stamp(hand)}/></w:rPr></w:pPr>`;
    const added: EditedParagraph = { open: "<w:p>", properties: mark, items: [] };
    put(added, 0, `<w:ins ${this.#stamp(hand)}><w:r>${textXml(text)}</w:r></w:ins>`, "before");
    this.#insertAfter(after, added);
  }

  /** A whole paragraph taken out, tracked. */
  trackedRemoval(paragraph: EditedParagraph, hand: Hand): void {
    this.trackedDelete(paragraph, 0, textOf(paragraph).length, hand);
    const mark = `<w:rPr><w:del ${this.#stamp(hand)}/></w:rPr>`;
    paragraph.properties =
      paragraph.properties === ""
        ? `<w:pPr>${mark}</w:pPr>`
        : paragraph.properties.replace("</w:pPr>", `${mark}</w:pPr>`);
  }

  #stamp({ author, date }: Hand): string {
    return `w:id="${this.#next++}" w:author="${escape(author)}"${date === "" ? "" : ` w:date="${date}"`}`;
  }

  /** Words in the place of others, untracked. */
  replace(paragraph: EditedParagraph, from: number, to: number, text: string): void {
    splitAt(paragraph, from);
    splitAt(paragraph, to);
    let at = 0;
    let written = false;
    const items: Item[] = [];
    for (const item of paragraph.items) {
      const start = at;
      if (item.type === "text") at += item.text.length;
      if (!written && item.type === "text" && start >= from) {
        items.push({ ...item, text });
        written = true;
      }
      if (item.type !== "text" || start < from || at > to || start === at) items.push(item);
    }
    if (!written) items.push({ type: "text", open: "", text });
    paragraph.items = items;
  }

  /** A paragraph put in behind another, untracked. */
  addParagraph(after: EditedParagraph, text: string): void {
    const items: Item[] = [{ type: "text", open: "", text }];
    this.#insertAfter(after, { open: "<w:p>", properties: "", items });
  }

  /** A paragraph taken out, untracked. */
  remove(paragraph: EditedParagraph): void {
    this.#parts.splice(this.#parts.indexOf(paragraph), 1);
  }

  /** Paragraphs put behind another. */
  move(moved: readonly EditedParagraph[], after: EditedParagraph): void {
    for (const one of moved) this.remove(one);
    this.#parts.splice(this.#parts.indexOf(after) + 1, 0, ...moved);
  }

  /** A paragraph parted at a place, untracked: Word leaves the bookmark with the first half. */
  part(paragraph: EditedParagraph, at: number): void {
    splitAt(paragraph, at);
    let seen = 0;
    const cut = paragraph.items.findIndex((item) => {
      const start = seen;
      if (item.type === "text") seen += item.text.length;
      return item.type === "text" && start >= at;
    });
    const rest = paragraph.items.splice(cut);
    this.#insertAfter(paragraph, { open: "<w:p>", properties: paragraph.properties, items: rest });
  }

  #insertAfter(after: EditedParagraph, added: EditedParagraph): void {
    this.#parts.splice(this.#parts.indexOf(after) + 1, 0, added);
  }

  // #endregion

  /** The file as it is sent back. */
  save(change: (xml: string) => string = (xml) => xml): Uint8Array {
    this.setFile(
      "word/document.xml",
      change(this.#parts.map((part) => (typeof part === "string" ? part : paragraphXml(part))).join("")),
    );
    if (this.#comments.length > 0) {
      this.#part("comments", "w:comments", this.#comments, "relationships/comments", "wordprocessingml.comments");
      const microsoft = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended";
      this.#part("commentsExtended", "w15:commentsEx", this.#extended, microsoft, "wordprocessingml.commentsExtended");
      const ids = "http://schemas.microsoft.com/office/2016/09/relationships/commentsIds";
      if (this.#ids.length > 0)
        this.#part("commentsIds", "w16cid:commentsIds", this.#ids, ids, "wordprocessingml.commentsIds");
    }
    return zipSync(this.#files, { mtime: new Date(2022, 0, 6) });
  }

  #part(name: string, root: string, entries: readonly string[], relation: string, type: string): void {
    const path = `word/${name}.xml`;
    const known = this.file(path);
    if (known !== "") {
      const end = `</${root}>`;
      const open = known.includes(end) ? known : known.replace(/\/>\s*$/u, `>${end}`);
      this.setFile(path, open.replace(end, `${entries.join("")}${end}`));
    } else
      this.setFile(path, `<?xml version="1.0" encoding="UTF-8"?><${root} ${NAMESPACES}>${entries.join("")}</${root}>`);
    const types = this.file("[Content_Types].xml");
    if (!types.includes(`/${path}`)) {
      const override = `<Override PartName="/${path}" ContentType="application/vnd.openxmlformats-officedocument.${type}+xml"/>`;
      this.setFile("[Content_Types].xml", types.replace("</Types>", `${override}</Types>`));
    }
    const relations = this.file("word/_rels/document.xml.rels");
    if (!relations.includes(`"${name}.xml"`)) {
      const full = relation.startsWith("http")
        ? relation
        : `http://schemas.openxmlformats.org/officeDocument/2006/${relation}`;
      const entry = `<Relationship Id="rId9${name}" Type="${full}" Target="${name}.xml"/>`;
      this.setFile("word/_rels/document.xml.rels", relations.replace("</Relationships>", `${entry}</Relationships>`));
    }
  }
}

/** The words of a paragraph that are neither put in nor taken out. */
export function textOf({ items }: EditedParagraph): string {
  return items.map((item) => (item.type === "text" ? item.text : "")).join("");
}

function hasBookmark(item: Item, bookmark: string): boolean {
  return item.type === "raw" && item.xml.includes(`w:name="${bookmark}"`);
}

function readParagraph(xml: string): EditedParagraph {
  if (xml.endsWith("/>") && !xml.includes("</w:p>"))
    return { open: xml.replace(/\/>$/u, ">"), properties: "", items: [] };
  const open = /^<w:p(?: [^>]*)?>/u.exec(xml)?.[0] ?? "<w:p>";
  let inner = xml.slice(open.length, -"</w:p>".length);
  const properties = /^<w:pPr>.*?<\/w:pPr>|^<w:pPr\/>/su.exec(inner)?.[0] ?? "";
  inner = inner.slice(properties.length);
  const items: Item[] = [];
  let at = 0;
  const raw = (text: string): void => {
    for (const element of text.matchAll(/<(w:\w+)(?: [^>]*)?(?:\/>|>.*?<\/\1>)/gsu))
      items.push({ type: "raw", xml: element[0] });
  };
  for (const match of inner.matchAll(RUN)) {
    raw(inner.slice(at, match.index));
    const properties = /<w:rPr>.*?<\/w:rPr>/su.exec(match[0])?.[0] ?? "";
    const text = /<w:t(?: [^>]*)?>([^<]*)<\/w:t>/su.exec(match[0])?.[1] ?? "";
    items.push({ type: "text", open: properties, text: unescape(text) });
    at = match.index + match[0].length;
  }
  raw(inner.slice(at));
  return { open, properties, items };
}

function paragraphXml({ open, properties, items }: EditedParagraph): string {
  const inner = items.map((item) =>
    item.type === "raw" ? item.xml : item.text === "" ? "" : `<w:r>${item.open}${textXml(item.text)}</w:r>`,
  );
  return `${open}${properties}${inner.join("")}</w:p>`;
}

function textXml(text: string): string {
  return `<w:t xml:space="preserve">${escape(text)}</w:t>`;
}

function splitAt(paragraph: EditedParagraph, place: number): void {
  let at = 0;
  paragraph.items = paragraph.items.flatMap((item): Item[] => {
    if (item.type !== "text") return [item];
    const start = at;
    at += item.text.length;
    if (place <= start || place >= at) return [item];
    return [
      { ...item, text: item.text.slice(0, place - start) },
      { ...item, text: item.text.slice(place - start) },
    ];
  });
}

/** Puts XML at a place of the text: right before what stands there, or right behind what stands before it. */
function put(paragraph: EditedParagraph, place: number, xml: string, side: "before" | "after"): void {
  splitAt(paragraph, place);
  let at = 0;
  let index = paragraph.items.length;
  for (const [number, item] of paragraph.items.entries()) {
    const length = item.type === "text" ? item.text.length : 0;
    if (at >= place && (side === "before" || item.type === "text")) {
      index = number;
      break;
    }
    at += length;
  }
  paragraph.items.splice(index, 0, { type: "raw", xml });
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function unescape(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
}
