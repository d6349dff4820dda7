import type {
  BlockInput,
  ImportCounts,
  ImportPiece,
  ImportPlan,
  PieceOrigin,
  RuleSet,
  Template,
  TitleWords,
} from "#model";
import { countWords, fieldsOf, inputTexts } from "#model";
import { captionOf, headingBlock, itemSign, lineBlocks, tableBlocks } from "./body-blocks.ts";
import type { FileElement, FileLine } from "./file-lines.ts";
import { contentsLines } from "./contents.ts";
import { fileElements, tableLines } from "./file-lines.ts";
import { readFrame } from "./frame.ts";
import type { FileHeading, FilePart } from "./headings.ts";
import { readHeadings } from "./headings.ts";
import { isAppendixTitle } from "./line-label.ts";
import type { HeadingMatch } from "./match-headings.ts";
import { matchHeadings } from "./match-headings.ts";
import type { Skeleton } from "./skeleton.ts";
import { skeletonOf } from "./skeleton.ts";
import type { WordAside, WordFile } from "../read/word-file.ts";

/** What a file is laid beside. */
export interface ImportGoal {
  readonly template: Template;
  readonly ruleSet: RuleSet;
  /** What headings are called besides the titles of the template. */
  readonly titleWords: readonly TitleWords[];
  /** The year of the report it goes into, where that is known; absent, the file's own. */
  readonly year?: string;
}

/** Fields that belong to one document of one year. */
const OF_ITS_YEAR = new Set(["number", "date", "year"]);

const REFERENCE = /^\(?\s*(?:kèm theo|ban hành kèm theo)\s/iu;
const CLOSING = /^trên đây là/iu;
const END_MARK = /\s*\.\/\.?$/u;

/**
 * Lays a Word file beside a skeleton: which heading is which title, where the text goes, which fields it gives. Nothing
 * is left out: every word of the file is in a piece, in a field's source, or in `frame`. Tracked changes are taken as
 * accepted; what a person has to settle has no slot. Pure, and total for every file that was read.
 */
export function planImport(file: WordFile, { template, ruleSet, titleWords, year }: ImportGoal): ImportPlan {
  const skeleton = skeletonOf(template, ruleSet, titleWords);
  const elements = fileElements(file);
  const frame = readFrame(elements, fieldsOf(template, ruleSet), template.typeName);
  const fixed = [...frame.fixed];
  const contents = contentsLines(elements);
  const body = frame.body.filter((each) => {
    if (each.type !== "line" || !(contents.has(each.line) || REFERENCE.test(each.line.text.trim()))) return true;
    fixed.push(each.line.text);
    return false;
  });
  const parts = readHeadings(body, skeleton);
  const matches = matchHeadings(
    parts.filter((part) => part.type === "heading"),
    skeleton,
  );
  const pieces = new PieceBuilder(
    skeleton,
    file.properties["TongketReport"] !== undefined,
    parts.findLastIndex((part) => part.type !== "heading"),
  );
  for (const [index, part] of parts.entries()) pieces.add(part, index, parts, matches);
  const text = pieces.done();
  const fileYear = frame.year ?? commonYear(body);
  const former = year !== undefined && fileYear !== null && year !== fileYear;
  return {
    template: template.id,
    year: fileYear,
    pieces: numbered([
      ...frame.unknown.map((line) => loosePiece("frame", line.index, lineBlocks(line, ruleSet), [itemSign(line)])),
      ...text,
      ...asidePieces(file.asides, text),
    ]),
    fields: [
      ...frame.fields,
      ...(frame.fields.some((field) => field.id === "year") || fileYear === null
        ? []
        : [{ id: "year", value: fileYear, source: [] }]),
    ].map((field) => ({ ...field, former: former && OF_ITS_YEAR.has(field.id) })),
    frame: [...fixed, ...margins(file.asides)].filter((line) => line.trim() !== ""),
    counts: countsOf(file, elements),
  };
}

/** A piece in the making. */
interface Draft {
  readonly piece: Omit<ImportPiece, "blocks" | "computed" | "words">;
  readonly blocks: BlockInput[];
  readonly computed: string[];
  /** The ranks of the headings open in it, outermost first. */
  readonly ranks: number[];
}

/** Gathers the parts of a file into pieces: one for each heading that has a place of its own. */
class PieceBuilder {
  readonly #skeleton: Skeleton;
  readonly #own: boolean;
  readonly #drafts: Draft[] = [];
  /** The headings open at this place, outermost first, with the piece each stands in. */
  #open: { rank: number; draft: Draft }[] = [];
  #caption: FileLine | null = null;
  readonly #lastText: number;

  /** `own` for a file that we wrote; `lastText` is the number of the last part that is no heading. */
  constructor(skeleton: Skeleton, own: boolean, lastText: number) {
    this.#lastText = lastText;
    this.#skeleton = skeleton;
    this.#own = own;
  }

  add(
    part: FilePart,
    index: number,
    parts: readonly FilePart[],
    matches: ReadonlyMap<FileHeading, HeadingMatch>,
  ): void {
    if (part.type === "heading") {
      const match = matches.get(part);
      if (match) this.#heading(part, match);
      return;
    }
    const closing = part.type === "line" && CLOSING.test(part.line.text.trim()) ? parts.slice(index + 1) : null;
    const draft = this.#place(part, closing, matches);
    if (part.type === "table") {
      const caption = this.#caption && captionOf(this.#caption);
      this.#caption = null;
      if (caption) draft.computed.push(caption.label);
      draft.blocks.push(...tableBlocks(part.table, caption?.runs ?? [], this.#own));
      return;
    }
    const next = parts[index + 1];
    if (next?.type === "table" && tableLines(next.table).length > 0 && captionOf(part.line) !== null) {
      this.#caption = part.line;
      return;
    }
    const last = index === this.#lastText;
    const line = endsText(parts, index, matches) || last ? withoutEndMark(part.line) : part.line;
    draft.computed.push(itemSign(line));
    draft.blocks.push(...lineBlocks(line, this.#skeleton.ruleSet));
  }

  done(): ImportPiece[] {
    return this.#drafts.map(({ piece, blocks, computed }, index) => {
      // A heading that only stands over others, which have their places, is no text.
      const next = this.#drafts[index + 1]?.piece;
      const over = piece.slot === null && blocks.length === 0 && next !== undefined && next.depth > piece.depth;
      const group = piece.group || over;
      return { ...piece, group, blocks, computed: computed.filter((label) => label !== ""), words: wordsOf(blocks) };
    });
  }

  #heading(heading: FileHeading, match: HeadingMatch): void {
    this.#open = this.#open.filter((each) => each.rank < heading.rank);
    const outer = this.#open.at(-1)?.draft ?? null;
    // What has no place of its own belongs to what it stands in, unless that is a title of the skeleton for many slots.
    const inside = match.inside !== null || (match.node === null && outer !== null && outer.piece.node === null);
    const elsewhere = match.inside !== null && outer?.piece.slot !== match.inside.id;
    if (inside && outer && match.scope === null && !elsewhere) {
      while (outer.ranks.length > 0 && (outer.ranks.at(-1) ?? 0) >= heading.rank) outer.ranks.pop();
      outer.ranks.push(heading.rank);
      outer.computed.push(heading.label);
      outer.blocks.push(headingBlock(heading.runs, outer.ranks.length));
      this.#open.push({ rank: heading.rank, draft: outer });
      return;
    }
    const draft = this.#begin(heading, match);
    this.#open.push({ rank: heading.rank, draft });
  }

  #begin(heading: FileHeading, match: HeadingMatch): Draft {
    const { node } = match;
    const slot = node === null ? (match.inside?.id ?? null) : slotOf(node, this.#skeleton);
    return this.#push({
      id: `p${heading.index}`,
      origin: "text",
      label: heading.label,
      title: heading.title,
      depth: this.#open.length,
      node: node?.id ?? null,
      group: node !== null && node.type !== "slot",
      slot,
      certainty: match.certainty,
      reason: match.reason,
      suggestions: slot === null ? suggestionsFor(match) : [],
    });
  }

  /** The piece that text at this place belongs to. */
  #place(part: FileElement, rest: readonly FilePart[] | null, matches: ReadonlyMap<FileHeading, HeadingMatch>): Draft {
    const index = part.type === "line" ? part.line.index : part.index;
    const { opening, closing } = this.#skeleton;
    const appendix = rest?.findIndex((each) => isAppendix(each, matches)) ?? -1;
    const above = appendix < 0 ? rest : rest?.slice(0, appendix);
    const ends = above?.some((each) => each.type === "heading") === false;
    if (closing !== null && ends) {
      this.#open = [];
      return this.#untitled(index, closing);
    }
    const current = this.#open.at(-1)?.draft ?? this.#drafts.at(-1);
    if (current) return current;
    return this.#untitled(index, opening);
  }

  #untitled(index: number, slot: string | null): Draft {
    return this.#push({
      id: `p${index}`,
      origin: "text",
      label: "",
      title: "",
      depth: 0,
      node: slot,
      group: false,
      slot,
      certainty: slot === null ? "none" : "likely",
      reason: slot === null ? "none" : "position",
      suggestions: [],
    });
  }

  #push(piece: Draft["piece"]): Draft {
    const draft: Draft = { piece, blocks: [], computed: [], ranks: [] };
    this.#drafts.push(draft);
    return draft;
  }
}

/** Where the text right below a title goes: its slot, the only one in it, or the untitled one that begins it. */
function slotOf(node: Skeleton["nodes"][number], { nodes }: Skeleton): string | null {
  if (node.type === "slot") return node.id;
  const [first] = nodes.filter((each) => each.parent === node);
  if (node.slots.length === 1 || (first && !first.titled)) return node.slots[0]?.id ?? null;
  return null;
}

function suggestionsFor({ node, suggestions }: HeadingMatch): readonly string[] {
  return node ? node.slots.map((slot) => slot.id).slice(0, 5) : suggestions;
}

function isAppendix(part: FilePart, matches: ReadonlyMap<FileHeading, HeadingMatch>): boolean {
  if (part.type !== "heading") return false;
  return matches.get(part)?.node?.type === "appendices" || isAppendixTitle(part.label, part.title);
}

/** True for the last line before the appendices. */
function endsText(parts: readonly FilePart[], index: number, matches: ReadonlyMap<FileHeading, HeadingMatch>): boolean {
  const next = parts[index + 1];
  return next !== undefined && isAppendix(next, matches);
}

function withoutEndMark(line: FileLine): FileLine {
  const mark = END_MARK.exec(line.text);
  if (!mark) return line;
  const text = `${line.text.slice(0, mark.index)}.`.replace(/\.\.$/u, ".");
  let at = 0;
  const runs = line.runs.flatMap((run) => {
    const rest = run.text.slice(0, Math.max(mark.index - at, 0));
    at += run.text.length;
    return rest === "" ? [] : [{ ...run, text: rest }];
  });
  const last = runs.at(-1);
  if (last && !last.text.endsWith(".")) runs[runs.length - 1] = { ...last, text: `${last.text}.` };
  return { ...line, text, runs };
}

/** A piece that stands under no heading and has no place. */
function loosePiece(
  origin: PieceOrigin,
  index: number,
  blocks: readonly BlockInput[],
  computed: readonly string[] = [],
  suggestions: readonly string[] = [],
): ImportPiece {
  return {
    id: `p${index}`,
    origin,
    label: "",
    title: "",
    depth: 0,
    node: null,
    group: false,
    slot: null,
    certainty: "none",
    reason: "none",
    suggestions,
    blocks,
    computed: computed.filter((label) => label !== ""),
    words: wordsOf(blocks),
  };
}

/** Notes and text boxes: their words are told with the slot of the paragraph they hang on. */
function asidePieces(asides: readonly WordAside[], text: readonly ImportPiece[]): ImportPiece[] {
  return asides.flatMap(({ kind, text: words, paragraph }) => {
    if (kind === "header" || kind === "footer") return [];
    const blocks = words
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
    const home = text.findLast((piece) => paragraph !== null && Number(piece.id.slice(1)) <= paragraph);
    const near = home?.slot ? [home.slot] : (home?.suggestions ?? []);
    return blocks.length === 0 ? [] : [loosePiece(kind, paragraph ?? 0, blocks, [], near)];
  });
}

/** What the headers and footers of the pages say, each line once. */
function margins(asides: readonly WordAside[]): string[] {
  const lines = asides.filter(({ kind }) => kind === "header" || kind === "footer").map(({ text }) => text);
  return [...new Set(lines.flatMap((text) => text.split("\n")).map((line) => line.trim()))];
}

/** Pieces with ids of their own: two may come from one paragraph. */
function numbered(pieces: readonly ImportPiece[]): ImportPiece[] {
  const seen = new Map<string, number>();
  return pieces.map((piece) => {
    const count = (seen.get(piece.id) ?? 0) + 1;
    seen.set(piece.id, count);
    return count === 1 ? piece : { ...piece, id: `${piece.id}-${count}` };
  });
}

function wordsOf(blocks: readonly BlockInput[]): number {
  return blocks.flatMap(inputTexts).reduce((sum, text) => sum + countWords(text), 0);
}

/** The year that the text names most often, where the subject names none. */
function commonYear(elements: readonly FileElement[]): string | null {
  const counts = new Map<string, number>();
  for (const element of elements) {
    const lines = element.type === "line" ? [element.line] : tableLines(element.table);
    for (const line of lines) {
      for (const found of line.text.matchAll(/năm\s+(?<year>(?:19|20)\d{2})(?!\d)/giu)) {
        const year = found.groups?.["year"] ?? "";
        counts.set(year, (counts.get(year) ?? 0) + 1);
      }
    }
  }
  const [most] = [...counts].toSorted(([a, n], [b, m]) => m - n || a.localeCompare(b));
  return most?.[0] ?? null;
}

function countsOf(file: WordFile, elements: readonly FileElement[]): ImportCounts {
  const lines = elements.flatMap((each) => (each.type === "line" ? [each.line] : tableLines(each.table)));
  const tables = elements.flatMap((each) => (each.type === "table" ? [each.table] : []));
  const changes = [
    ...file.paragraphs.flatMap(({ runs, mark }) => [...runs.map((run) => run.change), mark]),
    ...tables.flatMap((table) => table.rowChanges),
  ];
  const { pictures, formulas, objects, symbols, hidden, prompts } = file.leftOut;
  const lost = { pictures, formulas, objects, symbols, hidden, prompts };
  return {
    paragraphs: lines.length,
    tables: tables.length,
    words: lines.reduce((sum, line) => sum + countWords(line.text), 0),
    comments: file.comments.length,
    inserted: changes.filter((change) => change?.kind === "inserted").length,
    deleted: changes.filter((change) => change?.kind === "deleted").length,
    converted: file.converted,
    leftOut: Object.fromEntries(Object.entries(lost).filter(([, count]) => (count ?? 0) > 0)),
  };
}
