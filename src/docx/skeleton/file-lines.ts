import type { MarkName, TextRun } from "#model";
import type { WordBlock, WordFile, WordParagraph, WordTable } from "../read/word-file.ts";

/** A paragraph of a Word file as it reads once its changes are accepted. Line breaks in it are `\n`. */
export interface FileLine {
  /** The number of its paragraph in the file. */
  readonly index: number;
  /** The label that Word computes for it, as `I-` or `a)`; empty where its words are all there is. */
  readonly listLabel: string;
  readonly listLevel: number | null;
  readonly style: string;
  readonly outlineLevel: number | null;
  readonly centred: boolean;
  readonly bookmarks: readonly string[];
  readonly runs: readonly TextRun[];
  readonly text: string;
}

/** What stands in a file in its order: a line, or a table. */
export type FileElement =
  | { readonly type: "line"; readonly line: FileLine }
  | { readonly type: "table"; readonly index: number; readonly table: WordTable };

/** The body of a file with every change accepted. Empty lines are left away; they space paragraphs. */
export function fileElements(file: WordFile): FileElement[] {
  return elementsOf(file.blocks);
}

/** The elements of a cell, or of any list of blocks. */
export function elementsOf(blocks: readonly WordBlock[]): FileElement[] {
  const out: FileElement[] = [];
  let pending: FileLine | null = null;
  const flush = (): void => {
    if (pending && pending.text.trim() !== "") out.push({ type: "line", line: pending });
    pending = null;
  };
  for (const block of blocks) {
    if (block.type === "table") {
      flush();
      out.push({ type: "table", index: firstIndex(block.table), table: block.table });
      continue;
    }
    const line = lineOf(block.paragraph);
    pending = pending ? joined(pending, line) : line;
    // A mark that was taken out joins its paragraph with the next.
    if (block.paragraph.mark?.kind !== "deleted") flush();
  }
  flush();
  return out;
}

/** The rows of a table that stand once its changes are accepted. */
export function standingRows(table: WordTable): WordTable["rows"] {
  return table.rows.filter((_, row) => table.rowChanges[row]?.kind !== "deleted");
}

/** The lines of a table, cell by cell. */
export function tableLines(table: WordTable): FileLine[] {
  return standingRows(table).flatMap((row) => row.flatMap((cell) => cellLines(cell.blocks)));
}

/** The lines of a cell; a table in it gives the lines of its cells. */
export function cellLines(blocks: readonly WordBlock[]): FileLine[] {
  return elementsOf(blocks).flatMap((element) =>
    element.type === "line" ? [element.line] : tableLines(element.table),
  );
}

/** True where every letter is marked so, and there is one. */
export function isAll(line: FileLine, mark: MarkName): boolean {
  const written = line.runs.filter((run) => run.text.trim() !== "");
  return written.length > 0 && written.every((run) => run.marks.includes(mark));
}

/** True where the letters are capitals, and are enough to tell. */
export function isCapitals(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  return letters.length >= 4 && letters.every((letter) => letter === letter.toLocaleUpperCase("vi"));
}

/** A stretch of runs by places in their text. */
export function cutRuns(runs: readonly TextRun[], from: number, to: number): TextRun[] {
  const out: TextRun[] = [];
  let at = 0;
  for (const run of runs) {
    const text = run.text.slice(Math.max(from - at, 0), Math.max(to - at, 0));
    if (text !== "") out.push({ text, marks: run.marks });
    at += run.text.length;
  }
  return out;
}

/** Runs without white space at either end. */
export function trimRuns(runs: readonly TextRun[]): TextRun[] {
  const text = runs.map((run) => run.text).join("");
  const from = text.length - text.trimStart().length;
  return cutRuns(runs, from, Math.max(text.trimEnd().length, from));
}

/** The runs of each line of a paragraph that holds line breaks; blank ones are left away. */
export function runsOfLines(line: FileLine): TextRun[][] {
  const out: TextRun[][] = [];
  let at = 0;
  for (const part of line.text.split("\n")) {
    const runs = trimRuns(cutRuns(line.runs, at, at + part.length));
    if (runs.length > 0) out.push(runs);
    at += part.length + 1;
  }
  return out;
}

function lineOf(paragraph: WordParagraph): FileLine {
  const runs: TextRun[] = [];
  for (const run of paragraph.runs) {
    if (run.change?.kind === "deleted") continue;
    const text = cleanText(run.text);
    if (text === "") continue;
    const marks: MarkName[] = [
      ...(run.bold ? (["strong"] as const) : []),
      ...(run.italic ? (["em"] as const) : []),
      ...(run.underline ? (["underline"] as const) : []),
    ];
    const last = runs.at(-1);
    if (last && last.marks.join() === marks.join()) runs[runs.length - 1] = { text: last.text + text, marks };
    else runs.push({ text, marks });
  }
  return {
    index: paragraph.index,
    listLabel: paragraph.list?.label.trim() ?? "",
    listLevel: paragraph.list?.level ?? null,
    style: paragraph.style.name,
    outlineLevel: paragraph.style.outlineLevel ?? levelOfName(paragraph.style),
    centred: paragraph.align === "center",
    bookmarks: paragraph.bookmarks.map((bookmark) => bookmark.name),
    runs,
    text: runs.map((run) => run.text).join(""),
  };
}

/** The level of Word's own heading styles, which some programs write without saying it. */
function levelOfName({ id, name }: WordParagraph["style"]): number | null {
  const number = /^(?:heading|tiêu đề|đề mục)\s*(?<level>[1-9])$/iu.exec(name) ?? /^heading(?<level>[1-9])$/iu.exec(id);
  return number ? Number(number.groups?.["level"]) - 1 : null;
}

/** Text as a report may hold it, with line breaks as `\n`. Letters are composed run by run: a mark of its own run stays. */
function cleanText(text: string): string {
  return (
    text
      .normalize("NFC")
      .replaceAll(/\r\n|[\r\v\f\u2028\u2029]/gu, "\n")
      // What no report can hold; soft hyphens only say where a word may break.
      .replaceAll(/(?![\t\n])\p{Cc}|[\u00ad\ufffe\uffff]/gu, "")
  );
}

function joined(first: FileLine, second: FileLine): FileLine {
  if (first.text.trim() === "") return { ...second, bookmarks: [...first.bookmarks, ...second.bookmarks] };
  const runs = [...first.runs, ...second.runs];
  return { ...first, bookmarks: [...first.bookmarks, ...second.bookmarks], runs, text: first.text + second.text };
}

function firstIndex(table: WordTable): number {
  for (const cell of table.rows.flat()) {
    for (const block of cell.blocks) {
      return block.type === "paragraph" ? block.paragraph.index : firstIndex(block.table);
    }
  }
  return 0;
}
