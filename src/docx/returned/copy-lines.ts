import { paragraphsOf, sentText } from "./draft-units.ts";
import type { WordBlock, WordChange, WordFile, WordParagraph, WordTable } from "../read/word-file.ts";

/** A tracked change, in the words of a line as they went out: `text` stands in place of `from` to `to`. */
export interface TrackedEdit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly by: WordChange;
}

/** A stretch of a paragraph's whole text, and where it begins in the line as it went out. */
interface Piece {
  readonly paragraph: number;
  readonly at: number;
  readonly length: number;
  readonly sent: number;
  readonly isSent: boolean;
}

/** A paragraph of a copy as it went out: several where somebody parted it, which is tracked. */
export interface CopyLine {
  readonly text: string;
  readonly edits: readonly TrackedEdit[];
  readonly bookmarks: readonly string[];
  /** True where the program counts a number or sign for it, which is then not in the text. */
  readonly counted: boolean;
  readonly paragraphs: readonly number[];
  readonly pieces: readonly Piece[];
  /** Who joined it with the next, which is tracked. */
  readonly joined: WordChange | null;
}

/** The paragraphs of a copy, with its tables apart; a table stands behind the line of the number it names. */
export interface CopyLines {
  readonly lines: readonly CopyLine[];
  readonly tables: readonly { readonly after: number; readonly table: WordTable }[];
}

/** The lines of a copy. `isTable` tells the tables that stand by themselves; all others are lines like any. */
export function copyLines(
  file: WordFile,
  isTable: (table: WordTable, before: WordBlock | undefined) => boolean,
): CopyLines {
  const lines: CopyLine[] = [];
  const tables: { after: number; table: WordTable }[] = [];
  let open: WordParagraph[] = [];
  const close = (): void => {
    if (open.length > 0) lines.push(lineOf(open));
    open = [];
  };
  for (const [index, block] of file.blocks.entries()) {
    if (block.type === "table") {
      close();
      if (isTable(block.table, file.blocks[index - 1])) tables.push({ after: lines.length - 1, table: block.table });
      else for (const paragraph of paragraphsOf(block)) lines.push(lineOf([paragraph]));
      continue;
    }
    // Of a paragraph that is new as a whole the break is its own, though it stands before the words of the next.
    const isNew = open.length === 0 && sentText(block.paragraph) === "";
    open.push(block.paragraph);
    if (block.paragraph.mark?.kind !== "inserted" || isNew) close();
  }
  close();
  return { lines, tables };
}

/** Some paragraphs as one line: the break between two of them is new. */
export function lineOf(paragraphs: readonly WordParagraph[]): CopyLine {
  const edits: TrackedEdit[] = [];
  const pieces: Piece[] = [];
  let text = "";
  for (const [index, paragraph] of paragraphs.entries()) {
    let at = 0;
    for (const run of paragraph.runs) {
      const isSent = run.change?.kind !== "inserted";
      const from = text.length;
      pieces.push({ paragraph: paragraph.index, at, length: run.text.length, sent: from, isSent });
      if (isSent) text += run.text;
      if (run.change) edits.push({ from, to: text.length, text: isSent ? "" : run.text, by: run.change });
      at += run.text.length;
    }
    pieces.push({ paragraph: paragraph.index, at, length: 0, sent: text.length, isSent: true });
    if (paragraph.mark?.kind === "inserted" && index < paragraphs.length - 1) {
      edits.push({ from: text.length, to: text.length, text: "\n", by: paragraph.mark });
    }
  }
  const last = paragraphs.at(-1);
  return {
    text,
    edits,
    bookmarks: paragraphs.flatMap((paragraph) => paragraph.bookmarks.map(({ name }) => name)),
    counted: (paragraphs[0]?.list?.label ?? "") !== "",
    paragraphs: paragraphs.map(({ index }) => index),
    pieces,
    joined: last?.mark?.kind === "deleted" ? last.mark : null,
  };
}

/** Where a place of a paragraph's whole text stands in its line as it went out. */
export function sentPlace(line: CopyLine, paragraph: number, at: number): number {
  const own = line.pieces.filter((piece) => piece.paragraph === paragraph);
  const piece = own.findLast((one) => one.at <= at) ?? own[0];
  if (!piece) return 0;
  return piece.isSent ? piece.sent + Math.min(at - piece.at, piece.length) : piece.sent;
}

/** The text of a line with all its changes taken up. */
export function lineAfter(line: CopyLine): string {
  let text = "";
  let at = 0;
  for (const edit of line.edits) {
    text += line.text.slice(at, edit.from) + edit.text;
    at = Math.max(at, edit.to);
  }
  return text + line.text.slice(at);
}
