import type { Node } from "prosemirror-model";
import { DOMSerializer } from "prosemirror-model";
import type { EditorState } from "prosemirror-state";
import type { Block, LevelFormat, NumberedSlot, OutlineEntry, RuleSet, Table, TextRun, TextStyle } from "#model";
import { drawTable } from "../table/drawn-table.ts";
import { blockShape, levelFormat, MARKS, nodeBlock, reportSchema } from "#model";
import type { SectionLabels } from "../block-labels.ts";
import { blockKind } from "../commands.ts";
import type { PastedBlock } from "./pasted-html.ts";
import { readPastedTable } from "./pasted-table.ts";

/** What stands around the blocks and is not text, by which a copy looks as it prints. */
export interface CopySurroundings {
  readonly ruleSet: RuleSet;
  readonly labels: SectionLabels;
  readonly slotOf: (slot: string) => NumberedSlot | undefined;
  /** What a table holds, by its id. */
  readonly table: (id: string) => Table;
  readonly newId: () => string;
}

/** A block, or the selected part of one, with its computed number or sign; or a title that stands between. */
type Piece =
  | { readonly title: OutlineEntry }
  | {
      readonly block: Block;
      /** Empty where the beginning is not selected. */
      readonly label: string;
      readonly whole: boolean;
      readonly numbered: NumberedSlot | undefined;
    };

/** The selection in pieces. Titles go along where it runs from one slot into the next. */
function pieces(state: EditorState, { labels, slotOf }: CopySurroundings): Piece[] {
  const found: Piece[] = [];
  const { from, to } = state.selection;
  let sections = 0;
  state.doc.forEach((section, offset) => {
    const start = offset + 1;
    if (to > start && from < start + section.content.size) sections++;
  });
  let tables = 0;
  state.doc.forEach((section, offset) => {
    const start = offset + 1;
    const above = tables;
    tables += section.children.filter((block) => blockKind(block) === "table").length;
    if (to <= start || from >= start + section.content.size) return;
    const numbered = slotOf(String(section.attrs["slot"]));
    if (numbered && sections > 1 && from <= start + 1) {
      const titles = [...numbered.before, numbered.entry].filter(({ format }) => format !== null);
      found.push(...titles.map((title) => ({ title })));
    }
    section.forEach((node, at, i) => {
      const begin = start + at + 1;
      const end = begin + node.content.size;
      if (end < from || begin > to || node.type !== reportSchema.nodes.block) return;
      const part = node.cut(Math.max(from - begin, 0), Math.min(to, end) - begin);
      const label = from <= begin ? (labels.of(section, above)[i] ?? "") : "";
      found.push({ block: nodeBlock(part), label, whole: from <= begin && to >= end, numbered });
    });
  });
  return found;
}

/** The selection as lines of text, numbers and signs before them as they print. Words of one block are words alone. */
export function copiedText(state: EditorState, surroundings: CopySurroundings): string {
  const found = pieces(state, surroundings);
  const [only] = found;
  if (found.length === 1 && only && "block" in only && !only.whole) return textOf(only.block.runs);
  return found
    .map((piece) => {
      if ("block" in piece) return `${piece.label} ${textOf(piece.block.runs)}`.trimStart();
      return printed(piece.title)
        .filter((line) => line !== "")
        .join(" ");
    })
    .join("\n");
}

function textOf(runs: readonly TextRun[]): string {
  return runs.map(({ text }) => text).join("");
}

/** A title's line or two. */
function printed({ label, title, format }: OutlineEntry): string[] {
  const words = format?.capitals ? title.toLocaleUpperCase("vi") : title;
  return format?.labelAbove && label !== "" ? [label, words] : [`${label} ${words}`.trim()];
}

/**
 * Writes the selection as HTML that Word, Google Docs and LibreOffice read as what it is: headings of their printed
 * level with their numbers, lists, marks, in the font and measures of the rule set. {@link readCopied} gets the very
 * blocks back. It looks at the state it was given last, since ProseMirror hands over a fragment without its place.
 */
export class CopySerializer extends DOMSerializer {
  private readonly surroundings: CopySurroundings;
  state: EditorState | null = null;

  constructor(surroundings: CopySurroundings) {
    const { nodes, marks } = DOMSerializer.fromSchema(reportSchema);
    super(nodes, marks);
    this.surroundings = surroundings;
  }

  override serializeFragment(
    _: Node["content"],
    options: { document?: Document } = {},
    target?: HTMLElement | DocumentFragment,
  ): HTMLElement | DocumentFragment {
    const page = options.document ?? document;
    const into = target ?? page.createDocumentFragment();
    if (this.state) new Copy(page, this.surroundings, into).write(pieces(this.state, this.surroundings));
    return into;
  }
}

class Copy {
  private readonly page: Document;
  private readonly surroundings: CopySurroundings;
  private readonly ruleSet: RuleSet;
  private readonly into: ParentNode;
  /** The lists that are open, outermost first. */
  private readonly lists: HTMLElement[] = [];

  constructor(page: Document, surroundings: CopySurroundings, into: ParentNode) {
    this.page = page;
    this.surroundings = surroundings;
    this.ruleSet = surroundings.ruleSet;
    this.into = into;
  }

  write(found: readonly Piece[]): void {
    const [only] = found;
    if (found.length === 1 && only && "block" in only && (!only.whole || only.block.kind === "table")) {
      const words = this.element("span", { kind: "paragraph", level: 0 }, this.font(this.ruleSet.body.text));
      this.runs(words, only.block.runs);
      this.into.append(words);
      return;
    }
    for (const piece of found) {
      if ("title" in piece) this.title(piece.title);
      else this.block(piece);
    }
  }

  private title(entry: OutlineEntry): void {
    this.lists.length = 0;
    const title = this.page.createElement(headingTag(entry.depth));
    title.setAttribute("style", this.paragraph(entry.format ?? {}, true));
    printed(entry).forEach((line, i) => {
      if (i > 0) title.append(this.page.createElement("br"));
      this.runs(title, [{ text: line, marks: [] }], entry.format ?? {});
    });
    this.into.append(title);
  }

  private block({ block, label, numbered }: Extract<Piece, { block: Block }>): void {
    if (block.kind === "item") {
      const item = this.element("li", block, this.paragraph({}));
      this.runs(item, block.runs);
      this.list(block.level, label).append(item);
      return;
    }
    this.lists.length = 0;
    if (block.kind !== "heading") {
      const paragraph = this.element("p", block, this.paragraph({}, true));
      this.runs(paragraph, block.runs);
      this.into.append(paragraph);
      if (block.table) this.table(paragraph, block.table.id);
      return;
    }
    const path = numbered?.entry.path.length ?? 0;
    const format = levelFormat(this.ruleSet, path + block.level - 1);
    const heading = this.element(
      headingTag((numbered?.entry.depth ?? 0) + block.level),
      block,
      this.paragraph(format, true),
    );
    if (label !== "") {
      const number = this.page.createElement("span");
      number.dataset["label"] = "";
      number.textContent = `${label} `;
      heading.append(number);
    }
    this.runs(heading, block.runs, format);
    this.into.append(heading);
  }

  private table(caption: HTMLElement, id: string): void {
    caption.dataset["table"] = id;
    const drawn = drawTable(this.page, this.surroundings.table(id), (line, runs, header) =>
      this.runs(line, runs, { bold: header }),
    );
    drawn.setAttribute("style", "border-collapse:collapse");
    for (const cell of drawn.querySelectorAll<HTMLElement>("td, th")) cell.style.border = "1px solid #000000";
    this.into.append(drawn);
  }

  /** The list for an item, inside those of the levels above it. */
  private list(level: number, sign: string): HTMLElement {
    this.lists.length = Math.min(this.lists.length, level);
    while (this.lists.length < level) {
      const list = this.page.createElement("ul");
      list.setAttribute("style", `margin-top:0;margin-bottom:0;list-style-type:"${sign === "" ? "-" : sign} "`);
      (this.lists.at(-1) ?? this.into).append(list);
      this.lists.push(list);
    }
    return this.lists[level - 1] ?? this.page.createElement("ul");
  }

  private element(name: string, { kind, level }: Pick<Block, "kind" | "level">, style: string): HTMLElement {
    const made = this.page.createElement(name);
    made.dataset["kind"] = kind;
    made.dataset["level"] = String(level);
    made.lang = this.ruleSet.page.language;
    made.setAttribute("style", style);
    return made;
  }

  private runs(into: HTMLElement, runs: readonly TextRun[], around: TextStyle = {}): void {
    for (const { text, marks } of runs) {
      const words = this.page.createElement("span");
      words.setAttribute("style", this.font({ size: this.ruleSet.body.text.size, ...around }));
      words.textContent = text;
      let outer: HTMLElement = words;
      for (const mark of [...MARKS].reverse()) {
        if (!marks.includes(mark)) continue;
        const made = this.page.createElement(TAGS[mark]);
        made.append(outer);
        outer = made;
      }
      into.append(outer);
    }
    // Word leaves out a paragraph without anything in it.
    if (runs.length === 0) into.append(this.page.createElement("br"));
  }

  private font({ size, bold, italic, underline, capitals }: TextStyle): string {
    return [
      `font-family:"${this.ruleSet.page.font}"`,
      `font-size:${size ?? this.ruleSet.body.text.size}pt`,
      "color:#000000",
      ...(bold === undefined ? [] : [`font-weight:${bold ? "bold" : "normal"}`]),
      ...(italic === undefined ? [] : [`font-style:${italic ? "italic" : "normal"}`]),
      ...(underline ? ["text-decoration:underline"] : []),
      ...(capitals ? ["text-transform:uppercase"] : []),
    ].join(";");
  }

  private paragraph(format: TextStyle | LevelFormat, indented = false): string {
    const { body } = this.ruleSet;
    const align = format.align ?? body.text.align;
    return [
      `margin:${body.spaceBefore}pt 0 ${body.spaceAfter}pt 0`,
      `text-align:${align}`,
      ...(indented && align !== "center" ? [`text-indent:${body.firstLineIndent}mm`] : []),
      body.line.rule === "exact"
        ? `line-height:${body.line.points}pt;mso-line-height-rule:exactly`
        : `line-height:${body.line.lines * 100}%`,
      this.font({ ...format, bold: format.bold ?? false, italic: format.italic ?? false }),
    ].join(";");
  }
}

const TAGS = { strong: "b", em: "i", underline: "u" } as const;

function headingTag(depth: number): string {
  return `h${Math.min(depth + 1, 6)}`;
}

/** The blocks of a copy that a {@link CopySerializer} made, here or in another window; null where it is none. */
export function readCopied(html: string): PastedBlock[] | null {
  if (!html.includes("data-pm-slice")) return null;
  const page = new DOMParser().parseFromString(html, "text/html");
  const blocks = [...page.querySelectorAll<HTMLElement>("[data-kind]")].map((element): PastedBlock => {
    const { kind, level } = element.dataset;
    const block = { ...blockShape(kind, Number(level ?? 0)), runs: runsOf(element) };
    if (block.kind !== "table") return block;
    const drawn = element.nextElementSibling;
    const content = drawn instanceof HTMLTableElement ? readPastedTable(drawn, (cell) => linesOfCopy(cell)) : null;
    return { ...block, table: { id: element.dataset["table"] ?? "", ...(content ? { content } : {}) } };
  });
  return blocks.length > 0 ? blocks : null;
}

function linesOfCopy(cell: Element): TextRun[][] {
  const paragraphs = [...cell.querySelectorAll<HTMLElement>("p")];
  return paragraphs.map((line) => runsOf(line));
}

function runsOf(element: HTMLElement): TextRun[] {
  const runs: TextRun[] = [];
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const around = node.parentElement;
    if (!around || around.closest("[data-label]")) continue;
    const text = (node.textContent ?? "").replaceAll(/[\s\u00A0]/gu, " ").normalize("NFC");
    // Blocks never stand in one another, so what is found around the words is inside the block.
    if (text !== "") runs.push({ text, marks: MARKS.filter((mark) => around.closest(`${TAGS[mark]}, ${mark}`)) });
  }
  return runs;
}
