import type { Block } from "./block.ts";
import { blockShape } from "./block.ts";
import type { BlockInput, TextInput } from "./report-input.ts";
import { tableOfInput } from "./table-input.ts";
import type { TextRun } from "./text-run.ts";

/**
 * How sure a place is: `exact` says the same words as the skeleton, `likely` means the same by what is known of such
 * reports, `none` is for a person to settle.
 */
export type Certainty = "exact" | "likely" | "none";

/** By what a heading was known: its words, what such headings mean, a bookmark of our own, its place in the file. */
export type PlaceReason = "title" | "meaning" | "bookmark" | "position" | "none";

/**
 * Where in the file a piece stands: in its text; in its head or end, as a line that is no field; or beside the text, in a
 * note or a text box.
 */
export type PieceOrigin = "text" | "frame" | "footnote" | "endnote" | "textBox";

/** A heading of the file with the text below it, down to the next heading that has a place of its own. */
export interface ImportPiece {
  /** Unique in the plan, and the same whenever the same file is read. */
  readonly id: string;
  readonly origin: PieceOrigin;
  /** The number or sign as it stands in the file; empty where there is none. */
  readonly label: string;
  /** The heading without its number; empty for text that stands under none. */
  readonly title: string;
  /** How deep it stands in the file, from 0. */
  readonly depth: number;
  /** The node of the skeleton whose title it is; the heading itself is then printed by the skeleton. */
  readonly node: string | null;
  /** True for a title over several slots, which prints wherever its text goes, and for a heading that only stands over others. */
  readonly group: boolean;
  /** Where its text goes; null is for a person to settle, or nothing is to be placed. */
  readonly slot: string | null;
  readonly certainty: Certainty;
  readonly reason: PlaceReason;
  /** Slots that come into question, the best first. */
  readonly suggestions: readonly string[];
  readonly blocks: readonly BlockInput[];
  /** Numbers and signs that stood before its headings, items and tables: ours are computed. */
  readonly computed: readonly string[];
  readonly words: number;
}

/** A value read from the heading, the recipients or the signature. */
export interface ImportField {
  readonly id: string;
  readonly value: string;
  /** The lines of the file it was read from. */
  readonly source: readonly string[];
  /** True for what belongs to the file's own year where the report is of another: its number and date. */
  readonly former: boolean;
}

/** What a file may hold that is no text of a report. */
export type ImportLoss = "pictures" | "formulas" | "objects" | "symbols" | "hidden" | "prompts";

/** How much a file holds, and what of it no report takes. */
export interface ImportCounts {
  readonly paragraphs: number;
  readonly tables: number;
  readonly words: number;
  readonly comments: number;
  /** Stretches, paragraphs and rows put in or taken out with tracking; all are taken as accepted. */
  readonly inserted: number;
  readonly deleted: number;
  /** Paragraphs in a legacy font that were made Unicode: to be proof-read. */
  readonly converted: number;
  /** What cannot be taken over, by kind. */
  readonly leftOut: Readonly<Partial<Record<ImportLoss, number>>>;
}

/** A Word file laid beside a skeleton: nothing of its text is missing here. */
export interface ImportPlan {
  readonly template: string;
  /** The year the file is about, as its subject says; null where it says none. */
  readonly year: string | null;
  /** In the order of the file. */
  readonly pieces: readonly ImportPiece[];
  readonly fields: readonly ImportField[];
  /**
   * Lines that every such file has and the rule set prints by itself: motto, type name, subject, signs; and those of the
   * headers and footers of its pages.
   */
  readonly frame: readonly string[];
  readonly counts: ImportCounts;
}

/** A year of the file that stands in the text as it is taken over. */
export interface StandingYear {
  readonly slot: string;
  /** The block it stands in, from 1. */
  readonly block: number;
  readonly year: string;
  /** The words around it. */
  readonly words: string;
}

/** How many words stand around a year that is told. */
const AROUND = 5;

/** True where a piece has text, or a heading that the skeleton does not print. */
export function hasText(piece: ImportPiece): boolean {
  return piece.blocks.length > 0 || (piece.node === null && !piece.group);
}

/** True where a piece has something to place, and nobody has said where it goes, nor that it stays out. */
export function isUnsettled(piece: ImportPiece, places: Readonly<Record<string, string>> = {}): boolean {
  return hasText(piece) && piece.slot === null && !Object.hasOwn(places, piece.id);
}

/**
 * The blocks of each slot that a plan gives, in the order of the file. `places` says slots by ids of pieces, and wins
 * over the plan; an empty string leaves a piece out. A heading that is not the title of where it goes stays in the text.
 */
export function placedSlots(
  plan: ImportPlan,
  places: Readonly<Record<string, string>> = {},
): Record<string, BlockInput[]> {
  const slots: Record<string, BlockInput[]> = {};
  for (const piece of plan.pieces) {
    const slot = Object.hasOwn(places, piece.id) ? places[piece.id] : piece.slot;
    if (!slot) continue;
    const own = headingStays(piece, slot);
    const blocks = own
      ? [{ kind: "heading", level: 1, text: piece.title } as const, ...piece.blocks.map(deeper)]
      : piece.blocks;
    slots[slot] = [...(slots[slot] ?? []), ...blocks];
  }
  return slots;
}

// The title of a slot that is placed elsewhere is none any more.
function headingStays({ title, node, group, slot: own }: ImportPiece, slot: string): boolean {
  return title !== "" && (node === null || (!group && slot !== node && slot !== own));
}

function deeper(block: BlockInput): BlockInput {
  if (typeof block === "string" || block.kind !== "heading") return block;
  return { ...block, level: Math.min((block.level ?? 1) + 1, 3) };
}

/** Blocks as they stand in a report, each with an id of its own. */
export function blocksOfInput(inputs: readonly BlockInput[], newId: () => string): Block[] {
  return inputs.map((input) => {
    const given = typeof input === "string" ? { text: input } : input;
    const shape = blockShape(given.kind ?? "paragraph", "level" in given ? given.level : undefined);
    const runs = typeof given.text === "string" ? [{ text: given.text, marks: [] }] : given.text;
    const block = {
      ...shape,
      id: newId(),
      runs: runs.filter((run) => run.text !== "").map(({ text, marks }) => ({ text, marks: marks ?? [] })),
    };
    if (!("rows" in given)) return block;
    return { ...block, table: tableOfInput(given, newId()) };
  });
}

/** The text of what a plan or a person gives for a block. */
export function inputText(text: TextInput): string {
  return typeof text === "string" ? text : text.map((run) => run.text).join("");
}

/** Every text of a block: its own, and of a table that of each cell. */
export function inputTexts(block: BlockInput): string[] {
  if (typeof block === "string") return [block];
  const own = inputText(block.text);
  if (!("rows" in block)) return [own];
  const cells = block.rows.flatMap((row) => ("cells" in row ? row.cells : row));
  return [own, ...cells.map((cell) => inputText(typeof cell === "string" ? cell : cell.text))];
}

/**
 * Where the year of the file, or the one after it, stands in text that is taken over into a report of another year.
 * Nothing of it is changed by itself: whether a year is the old one or meant is for people to say.
 */
export function standingYears(
  slots: Readonly<Record<string, readonly BlockInput[]>>,
  fileYear: string | null,
  reportYear: string,
): StandingYear[] {
  if (fileYear === null || fileYear === reportYear) return [];
  const years = [fileYear, String(Number(fileYear) + 1)];
  return Object.entries(slots).flatMap(([slot, blocks]) =>
    blocks.flatMap((block, index) =>
      inputTexts(block).flatMap((text) =>
        [...text.matchAll(/(?<!\d)\d{4}(?!\d)/gu)]
          .filter(([year]) => years.includes(year))
          .map(({ 0: year, index: at }) => ({ slot, block: index + 1, year, words: wordsAround(text, at, year) })),
      ),
    ),
  );
}

function wordsAround(text: string, at: number, year: string): string {
  const before = text.slice(0, at).split(/\s+/u);
  const after = text.slice(at + year.length).split(/\s+/u);
  const head = before.slice(-AROUND - 1).join(" ");
  const tail = after.slice(0, AROUND + 1).join(" ");
  const open = before.length > AROUND + 1 ? "…" : "";
  return `${open}${head}${year}${tail}${after.length > AROUND + 1 ? "…" : ""}`.trim();
}

/** Runs as an input writes them: a plain string where nothing is marked. */
export function textInput(runs: readonly TextRun[]): TextInput {
  const marked = runs.some((run) => run.marks.length > 0);
  return marked ? runs.filter((run) => run.text !== "") : runs.map((run) => run.text).join("");
}
