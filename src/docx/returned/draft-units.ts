import type { Block, GridCell, Report } from "#model";
import { blockText, tableGrid } from "#model";
import { bookmarkTargets } from "../print/bookmarks.ts";
import { STYLE } from "../print/paragraph-style.ts";
import type { WordBlock, WordFile, WordParagraph, WordTable } from "../read/word-file.ts";

/** What a paragraph of the file that was sent out shows: `line` is one of the heading or the signature, `note` one of what the file says of itself. */
export type UnitSubject =
  | { readonly type: "block"; readonly slot: string; readonly block: string }
  | { readonly type: "title"; readonly node: string }
  | { readonly type: "line" }
  | { readonly type: "note" };

/** One paragraph of the file that was sent out. Its own words stand between `from` and `to`, after a label that is text. */
export interface DraftUnit {
  readonly subject: UnitSubject;
  /** The number or sign that Word counts, which is not in the text; empty where it counts none. */
  readonly label: string;
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** A cell of a table that was sent out, in its place on the grid. */
export interface DraftCell {
  readonly cell: string;
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

/** A table that was sent out; `caption` is the place of its caption among the units. */
export interface DraftTable {
  readonly slot: string;
  readonly block: string;
  readonly table: string;
  readonly caption: number;
  readonly rows: number;
  readonly columns: number;
  readonly cells: readonly DraftCell[];
}

/** The frozen draft of a round as it was sent out, paragraph by paragraph. */
export interface SentDraft {
  readonly units: readonly DraftUnit[];
  readonly tables: readonly DraftTable[];
  /** The unit that a bookmark of the file names. */
  readonly bookmarks: ReadonlyMap<string, number>;
  readonly blocks: ReadonlyMap<string, ReadonlyMap<string, Block>>;
}

/** The words of a draft: what its file is made of. */
export type DraftText = Pick<Report, "template" | "ruleSet" | "fields" | "slots">;

/** Lays a draft beside the file that was made of it; `file` is that file, read back. */
export function sentDraft(draft: DraftText, file: WordFile): SentDraft {
  const targets = bookmarkTargets(draft);
  const blocks = new Map(
    Object.entries(draft.slots).map(([slot, list]) => [slot, new Map(list.map((block) => [block.id, block]))]),
  );
  const units: DraftUnit[] = [];
  const tables: DraftTable[] = [];
  const bookmarks = new Map<string, number>();
  const put = (paragraph: WordParagraph): void => {
    const text = wholeText(paragraph);
    const label = paragraph.list?.label ?? "";
    const mark = paragraph.bookmarks.find(({ name }) => targets.has(name));
    const target = mark && targets.get(mark.name);
    if (!mark || !target) {
      const type = paragraph.style.id === STYLE.note ? "note" : "line";
      units.push({ subject: { type }, label, text, from: 0, to: text.length });
      return;
    }
    bookmarks.set(mark.name, units.length);
    if (target.type === "title") {
      units.push({ subject: { type: "title", node: target.node }, label, text, from: mark.at, to: text.length });
      return;
    }
    const block = blocks.get(target.slot)?.get(target.block);
    const to = Math.min(mark.at + (block ? blockText(block).length : 0), text.length);
    const { slot, block: id } = target;
    units.push({ subject: { type: "block", slot, block: id }, label, text, from: mark.at, to });
  };
  for (const block of file.blocks) {
    if (block.type === "paragraph") {
      put(block.paragraph);
      continue;
    }
    const table = tableAfter(units, blocks, block.table);
    if (table) tables.push(table);
    else for (const paragraph of paragraphsOf(block)) put(paragraph);
  }
  return { units, tables, bookmarks, blocks };
}

function tableAfter(units: readonly DraftUnit[], blocks: SentDraft["blocks"], printed: WordTable): DraftTable | null {
  const subject = units.at(-1)?.subject;
  if (subject?.type !== "block") return null;
  const table = blocks.get(subject.slot)?.get(subject.block)?.table;
  if (!table) return null;
  const places = new Map(tableGrid(table).rows.flatMap((row) => row.map((at) => [placeKey(at), at] as const)));
  const cells = printed.rows.flatMap((row, number) =>
    row.flatMap((cell) => {
      const id = places.get(placeKey({ row: number, column: cell.column }))?.cell?.id;
      return id === undefined ? [] : [{ cell: id, row: number, column: cell.column, text: cellWords(cell.blocks) }];
    }),
  );
  return {
    slot: subject.slot,
    block: subject.block,
    table: table.id,
    caption: units.length - 1,
    rows: printed.rows.length,
    columns: columnsOf(printed),
    cells,
  };
}

function placeKey({ row, column }: Pick<GridCell, "row" | "column">): string {
  return `${row} ${column}`;
}

/** How many columns a table of a file has. */
export function columnsOf(table: WordTable): number {
  return Math.max(0, ...table.rows.flatMap((row) => row.map((cell) => cell.column + cell.columns)));
}

/** What stands before the text of a unit where its label is text too: in files of programs, and of ours before, that do not count it. */
export function labelLead({ label, text }: Pick<DraftUnit, "label" | "text">): string {
  return label === "" || text.startsWith("\n") ? label : `${label} `;
}

/** All text of a paragraph, what was put in and what was taken out alike. */
export function wholeText(paragraph: WordParagraph): string {
  return paragraph.runs.map(({ text }) => text).join("");
}

/** The text of a paragraph as it went out: without what was put in. */
export function sentText(paragraph: WordParagraph): string {
  return paragraph.runs.map(({ text, change }) => (change?.kind === "inserted" ? "" : text)).join("");
}

/** The text of a paragraph with all its changes taken up. */
export function newText(paragraph: WordParagraph): string {
  return paragraph.runs.map(({ text, change }) => (change?.kind === "deleted" ? "" : text)).join("");
}

/** The words of a cell as they went out, its paragraphs on a line each. */
export function cellWords(blocks: readonly WordBlock[]): string {
  return blocks.flatMap(paragraphsOf).map(sentText).join("\n");
}

/** The paragraphs of a block of a file, in reading order. */
export function paragraphsOf(block: WordBlock): WordParagraph[] {
  if (block.type === "paragraph") return [block.paragraph];
  return block.table.rows.flatMap((row) => row.flatMap((cell) => cell.blocks.flatMap(paragraphsOf)));
}
