import type { TableContent } from "#collab";
import type { BlockKind, MarkName, TextRun } from "#model";
import { decodeLegacy, DEEPEST, legacyEncoding, MARKS } from "#model";
import { readPastedTable } from "./pasted-table.ts";
import { declared, isListSign, listNumber, wordListLevel, wordNumber } from "./list-number.ts";

/** A block as it was found in pasted text: without an id, for it is new here. */
export interface PastedBlock {
  readonly kind: BlockKind;
  readonly level: number;
  readonly runs: readonly TextRun[];
  /** What a table holds, and the id it had where it was copied; empty where it had none. */
  readonly table?: { readonly id: string; readonly content?: TableContent };
}

/** What was pasted, in our blocks, and what had to be done to it. */
export interface Pasted {
  readonly blocks: readonly PastedBlock[];
  /** Text under a TCVN3 or VNI font was converted: a person should read it over. */
  readonly legacy: boolean;
  /** Rows of a table became paragraphs. */
  readonly table: boolean;
}

interface Style {
  readonly marks: ReadonlySet<MarkName>;
  /** Marks that say nothing here: a heading is bold by itself, a link underlined. */
  readonly idle: ReadonlySet<MarkName>;
  readonly font: string;
}

const PLAIN: Style = { marks: new Set(), idle: new Set(), font: "" };

/** Fonts by the class that a style sheet in the HTML gives them to: Word writes the font of a whole document so. */
type ClassFonts = ReadonlyMap<string, string>;

const SKIPPED = new Set([
  "STYLE",
  "SCRIPT",
  "TITLE",
  "META",
  "LINK",
  "XML",
  "O:P",
  "HEAD",
  "TEMPLATE",
  "IMG",
  "SVG",
  "OBJECT",
]);
const BLOCKS = new Set(
  "P DIV H1 H2 H3 H4 H5 H6 LI UL OL DL DT DD BLOCKQUOTE PRE SECTION ARTICLE HEADER FOOTER MAIN ASIDE NAV FIGURE FIGCAPTION ADDRESS BODY HTML HR".split(
    " ",
  ),
);
const HEADING_LEVEL: Readonly<Record<string, number>> = { H1: 1, H2: 1, H3: 1, H4: 2, H5: 3, H6: 3 };

const UNICODE_LETTER = /[ĂăĐđĨĩŨũƠơƯư\u1EA0-\u1EF9]/u;

/** A sign that a person or a program put before an item; what follows is the item's text. */
const ITEM_SIGN = /^\s*(?<sign>[-–—•·▪*+])\s+/u;

/** The bullets that Word draws by the letters of a sign font; anywhere else they are letters. */
const WORD_SIGN = /^\s*[§oüØvq]\s+/u;

/**
 * Reads pasted HTML, of Word, Google Docs or any page, into our blocks: paragraphs, headings, items with their level,
 * bold, italic and underline; everything else falls away. Text becomes NFC with ordinary spaces, and text under a
 * legacy font is converted. Nothing in the HTML is run or fetched.
 */
export function readPastedHtml(html: string): Pasted {
  const page = new DOMParser().parseFromString(html, "text/html");
  const reader = new Reader(classFonts(page));
  reader.block(page.body, PLAIN, 0);
  return reader.finish();
}

function classFonts(page: Document): ClassFonts {
  const fonts = new Map<string, string>();
  for (const sheet of page.querySelectorAll("style")) {
    for (const rule of (sheet.textContent ?? "").matchAll(/(?<selectors>[^{}]+)\{(?<body>[^{}]*)\}/gu)) {
      const font = declared(rule.groups?.["body"] ?? "", "font-family")?.split(",")[0];
      if (font === undefined) continue;
      for (const found of (rule.groups?.["selectors"] ?? "").matchAll(/\.(?<name>[\w-]+)\s*(?:,|$)/gu)) {
        fonts.set(found.groups?.["name"] ?? "", font);
      }
    }
  }
  return fonts;
}

class Reader {
  private readonly blocks: PastedBlock[] = [];
  private open: { kind: BlockKind; level: number; runs: TextRun[]; byWord: boolean } | null = null;
  private legacy = false;
  private table = false;
  /** The level of the last numbered paragraph of Word: signs below it begin anew. */
  private numbered = 0;
  private readonly fonts: ClassFonts;

  constructor(fonts: ClassFonts) {
    this.fonts = fonts;
  }

  finish(): Pasted {
    this.close();
    return { blocks: this.blocks, legacy: this.legacy, table: this.table };
  }

  private begin(kind: BlockKind, level: number, byWord = false): void {
    this.close();
    this.open = { kind, level: Math.min(level, DEEPEST[kind]), runs: [], byWord };
  }

  private close(): void {
    if (!this.open) return;
    const block = tidy(this.open);
    if (block) this.blocks.push(this.open.byWord ? withoutSign(block, WORD_SIGN) : block);
    this.open = null;
  }

  /** Reads what is inside an element of block kind; `depth` counts the lists around it. */
  block(element: Element, style: Style, depth: number): void {
    for (const child of element.childNodes) {
      if (!(child instanceof Element)) {
        if (child.nodeType === 3) this.text(child.textContent ?? "", style);
        continue;
      }
      const { tagName } = child;
      const name = tagName.toUpperCase();
      if (SKIPPED.has(name) || isHidden(child)) continue;
      const inner = styleOf(child, style, this.fonts);
      if (child instanceof HTMLTableElement) this.tableElement(child, inner);
      else if (name === "BR") this.lineBreak(style);
      else if (BLOCKS.has(name)) this.blockElement(child, name, inner, depth);
      else this.block(child, inner, depth);
    }
  }

  /** A new line is a new paragraph, but a heading or an item goes on: it must not count twice. */
  private lineBreak(style: Style): void {
    if (this.open && this.open.kind !== "paragraph") this.put(" ", style);
    else this.begin("paragraph", 0);
  }

  private blockElement(element: Element, name: string, style: Style, depth: number): void {
    if (name === "UL" || name === "OL") {
      this.close();
      // What is numbered becomes a paragraph, so only lists with signs make their items deeper.
      this.block(element, style, name === "UL" ? depth + 1 : depth);
      this.close();
      return;
    }
    const word = wordListLevel(element);
    const heading = HEADING_LEVEL[name];
    const number = word === null ? listNumber(element) : wordNumber(element);
    if (word !== null) this.numbered = number === null ? Math.min(this.numbered, word - 1) : word;
    if (heading !== undefined) this.begin("heading", heading);
    else if (number !== null) {
      this.begin("paragraph", 0);
      this.put(`${number} `, style);
    } else if (word !== null) this.begin("item", word - this.numbered, true);
    else if (name === "LI") this.begin("item", Math.max(depth, 1));
    // A paragraph inside an item, as Google Docs writes it, is the item.
    else if (!(name === "P" && element.parentElement?.tagName === "LI")) this.begin("paragraph", 0);
    this.block(element, style, depth);
    this.close();
  }

  /** A table becomes a block of its own. One that is too large gives a paragraph for each row, its cells in order. */
  private tableElement(table: HTMLTableElement, style: Style): void {
    this.close();
    const content = readPastedTable(table, (cell) => this.linesOf(cell, style));
    if (content) {
      const runs = table.caption ? this.linesOf(table.caption, style).flat() : [];
      this.blocks.push({ kind: "table", level: 0, runs, table: { id: "", content } });
      return;
    }
    for (const row of table.rows) {
      this.begin("paragraph", 0);
      [...row.cells].forEach((cell, i) => {
        if (i > 0) this.put(" | ", PLAIN);
        this.linesOf(cell, style).forEach((runs, line) => {
          if (line > 0) this.put(" ", style);
          for (const { text, marks } of runs) this.put(text, { ...PLAIN, marks: new Set(marks) });
        });
      });
      this.close();
      this.table = true;
    }
  }

  /** What stands in a cell, a line for each block; a table in it gives a line for each row. */
  private linesOf(cell: Element, style: Style): (readonly TextRun[])[] {
    const inside = new Reader(this.fonts);
    inside.block(cell, styleOf(cell, style, this.fonts), 0);
    const { blocks, legacy } = inside.finish();
    this.legacy ||= legacy;
    return blocks.flatMap(({ kind, level, runs, table }): (readonly TextRun[])[] => {
      if (table?.content) return [runs, ...table.content.rows.map(rowLine)].filter((line) => line.length > 0);
      if (kind !== "item") return [runs];
      return [[{ text: level === 2 ? "+ " : "- ", marks: [] }, ...runs]];
    });
  }

  private text(raw: string, style: Style): void {
    // Letters that no legacy font has were typed as Unicode, whatever font the document names.
    const legacy = UNICODE_LETTER.test(raw) ? null : legacyEncoding(style.font);
    // The soft hyphen is a letter of TCVN3 (ư); anywhere else it is nothing.
    const folded = raw.replaceAll(/[\s\u00A0\u2007\u202F]+/gu, " ");
    if (legacy && /[^\u0020-\u007E]/u.test(folded)) this.legacy = true;
    this.put(legacy ? decodeLegacy(folded, legacy) : plain(folded), style);
  }

  private put(text: string, style: Style): void {
    if (text === "" || (!this.open && text.trim() === "")) return;
    this.open ??= { kind: "paragraph", level: 0, runs: [], byWord: false };
    const marks = MARKS.filter((mark) => style.marks.has(mark) && !style.idle.has(mark));
    const last = this.open.runs.at(-1);
    if (last && last.marks.join() === marks.join()) {
      this.open.runs[this.open.runs.length - 1] = { text: last.text + text, marks };
    } else {
      this.open.runs.push({ text, marks });
    }
  }
}

/** A row of a table as one line. */
function rowLine({ cells }: TableContent["rows"][number]): TextRun[] {
  return cells.flatMap(({ paragraphs }, i) => [...(i > 0 ? [{ text: " | ", marks: [] }] : []), ...paragraphs.flat()]);
}

/** Text in the form that is stored: NFC, without what cannot be seen. */
function plain(text: string): string {
  return text.replaceAll(/[\u00AD\u200B-\u200D\u2060\uFEFF]/gu, "").normalize("NFC");
}

/** A block without white space at its ends or doubled inside, an item without its typed sign; null where nothing is left. */
function tidy({ kind, level, runs }: { kind: BlockKind; level: number; runs: readonly TextRun[] }): PastedBlock | null {
  const clean: TextRun[] = [];
  let spaced = true;
  for (const run of runs) {
    let text = run.text.replaceAll(/ {2,}/g, " ");
    if (spaced) text = text.trimStart();
    if (text === "") continue;
    spaced = text.endsWith(" ");
    clean.push({ ...run, text });
  }
  const last = clean.at(-1);
  if (last) {
    const text = last.text.trimEnd();
    if (text === "") clean.pop();
    else clean[clean.length - 1] = { ...last, text };
  }
  if (clean.length === 0) return null;
  return withoutSign({ kind, level, runs: clean });
}

/** A paragraph that begins with a dash, a plus or a bullet is an item: its sign is computed here, never typed. */
export function withoutSign(block: PastedBlock, pattern: RegExp = ITEM_SIGN): PastedBlock {
  const [first, ...rest] = block.runs;
  const found = first?.text.match(pattern);
  if (!first || !found || block.kind === "heading") return block;
  const sign = found.groups?.["sign"];
  const text = first.text.replace(pattern, "");
  const level = block.kind === "item" ? block.level : sign === "+" ? 2 : 1;
  const runs = text === "" ? rest : [{ ...first, text }, ...rest];
  return runs.length === 0 ? block : { kind: "item", level, runs };
}

/** The sign before a list paragraph of Word is read by itself; what is hidden was not copied by anybody. */
function isHidden(element: Element): boolean {
  const style = element.getAttribute("style") ?? "";
  return isListSign(element) || /display:\s*none/iu.test(style) || /mso-hide:\s*all/iu.test(style);
}

function styleOf(element: Element, around: Style, fonts: ClassFonts): Style {
  const marks = new Set(around.marks);
  const style = element.getAttribute("style") ?? "";
  const name = element.tagName.toUpperCase();
  const set = (mark: MarkName, on: boolean): void => {
    if (on) marks.add(mark);
    else marks.delete(mark);
  };
  if (name === "B" || name === "STRONG") set("strong", true);
  if (name === "I" || name === "EM") set("em", true);
  if (name === "U" || name === "INS") set("underline", true);
  const weight = declared(style, "font-weight");
  if (weight !== null) set("strong", /^(?:bold|bolder|[6-9]\d\d)$/u.test(weight));
  const slant = declared(style, "font-style");
  if (slant !== null) set("em", /^(?:italic|oblique)/u.test(slant));
  const line = declared(style, "text-decoration") ?? declared(style, "text-decoration-line");
  if (line !== null) set("underline", line.includes("underline"));
  const idle = new Set(around.idle);
  if (name in HEADING_LEVEL) idle.add("strong");
  if (name === "A") idle.add("underline");
  const ofClass = [...element.classList].map((one) => fonts.get(one)).find((one) => one !== undefined);
  const font = declared(style, "font-family")?.split(",")[0] ?? element.getAttribute("face") ?? ofClass ?? around.font;
  return { marks, idle, font };
}
