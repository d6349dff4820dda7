import type { BlockInput, RuleSet, TableInput, TextRun } from "#model";
import { readNumber, textInput, WIDEST_SPAN } from "#model";
import type { FileLine } from "./file-lines.ts";
import {
  cellLines,
  cutRuns,
  elementsOf,
  isAll,
  runsOfLines,
  standingRows,
  tableLines,
  trimRuns,
} from "./file-lines.ts";
import { lineLabel } from "./line-label.ts";
import type { WordCell, WordTable } from "../read/word-file.ts";

/** The longest text of a block and the most rows of a table that a report takes. */
const LONGEST = 20_000;
const MOST_ROWS = 1000;
const MOST_HEADERS = 20;

/** Twentieths of a point in a CSS pixel. */
const PIXEL = 15;

const CAPTION = /^(?:bảng|biểu)(?:\s+(?:số\s+)?\d{1,3}(?:\.\d{1,3})*)?\s*(?:[-–.:]+\s*|$)/iu;
const TOTAL = /^(?:tổng|tổng cộng|tổng số|cộng|toàn chi bộ|toàn đảng bộ)$/iu;

/** The sign of an item, which ours computes; empty where a line is none. */
export function itemSign(line: FileLine): string {
  const label = lineLabel(line);
  return label.sign === null ? "" : label.label;
}

/** The blocks that a line gives: an item where it bears the sign of a list, else a paragraph for each of its lines. */
export function lineBlocks(line: FileLine, ruleSet: RuleSet): BlockInput[] {
  const label = lineLabel(line);
  if (label.sign !== null) {
    const runs = trimRuns(cutRuns(line.runs, label.at, line.text.length));
    return pieces(onOneLine(runs)).map((part) => ({
      kind: "item",
      level: itemLevel(line, label.label, ruleSet),
      text: textInput(part),
    }));
  }
  // A number that Word computed is part of what one reads; in running text nothing else would say it.
  const number: TextRun[] = line.listLabel !== "" && label.at === 0 ? [{ text: `${line.listLabel} `, marks: [] }] : [];
  return runsOfLines(line).flatMap((runs, index) =>
    pieces(index === 0 ? [...number, ...runs] : runs).map((part): BlockInput => {
      const text = textInput(part);
      return typeof text === "string" ? text : { text };
    }),
  );
}

/** A heading inside the text of a slot. */
export function headingBlock(runs: readonly TextRun[], level: number): BlockInput {
  const plain = onOneLine(runs).map((run) => ({ ...run, marks: [] }));
  return { kind: "heading", level: Math.min(Math.max(level, 1), 3), text: textInput(plain) };
}

/** The words of a line that stands above a table and names it, and its number; null where it does not. */
export function captionOf(line: FileLine): { readonly label: string; readonly runs: readonly TextRun[] } | null {
  const text = line.text.trim();
  const found = CAPTION.exec(text)?.[0];
  const isStyle = /caption|tên bảng/iu.test(line.style);
  if (found === undefined && !isStyle) return null;
  if (!isStyle && (!/\d/u.test(found ?? "") || text.length > 300)) return null;
  const lead = line.text.length - line.text.trimStart().length;
  const runs = trimRuns(cutRuns(line.runs, lead + (found?.length ?? 0), line.text.length));
  const all = isAll({ ...line, runs }, "strong");
  const own = onOneLine(runs).map((run) => ({
    ...run,
    marks: all ? run.marks.filter((mark) => mark !== "strong") : run.marks,
  }));
  return { label: found?.trim() ?? "", runs: own };
}

/**
 * A table of the file as ours, in several where it has more rows than one of ours takes. Rows Word repeats on every
 * page are headers; so is a first row all in bold. Nothing for a table without a word in it. What is too long for a cell
 * follows as text.
 */
export function tableBlocks(table: WordTable, caption: readonly TextRun[], own: boolean): BlockInput[] {
  if (tableLines(table).length === 0 && caption.length === 0) return [];
  const rows = fittingRows(table);
  const header = headerCount(table, rows);
  const out: BlockInput[] = [];
  const beyond: string[] = [];
  for (let from = 0; from === 0 || from < rows.length; from += MOST_ROWS) {
    const part = rows.slice(from, from + MOST_ROWS);
    const headers = from === 0 ? header : 0;
    const totals = part.flatMap((row, index) => (index > headers && isTotal(row) ? [index + 1] : []));
    out.push({
      kind: "table",
      text: from === 0 ? textInput(caption) : "",
      headerRows: headers,
      ...(totals.length > 0 ? { totals } : {}),
      ...(table.widths.length > 0 ? { widths: table.widths.slice(0, WIDEST_SPAN).map(pixels) } : {}),
      rows: part.map((row, index) =>
        row.map((cell) =>
          cellInput(
            cell,
            part.length - index,
            { header: index < headers, total: totals.includes(index + 1), own },
            beyond,
          ),
        ),
      ),
    });
  }
  return [
    ...out,
    ...beyond.flatMap((text) => pieces([{ text, marks: [] }]).map((runs) => ({ text: textInput(runs) }))),
  ];
}

/** How a row of a table is set, and whether the file is one that we wrote. */
interface RowSetting {
  readonly header: boolean;
  readonly total: boolean;
  readonly own: boolean;
}

function cellInput(
  cell: WordCell,
  rowsLeft: number,
  setting: RowSetting,
  beyond: string[],
): Exclude<TableInput["rows"][number], { readonly cells: unknown }>[number] {
  const lines = cellLines(cell.blocks).flatMap((line) => {
    const own = runsOfLines(line);
    const [first = [], ...rest] = own;
    return line.listLabel === "" ? own : [[{ text: `${line.listLabel} `, marks: [] }, ...first], ...rest];
  });
  const runs = lines.map((line) =>
    // Headers and totals are bold by themselves.
    line.map((run) => ({
      ...run,
      marks: setting.header || setting.total ? run.marks.filter((mark) => mark !== "strong") : run.marks,
    })),
  );
  const all = linesAsRuns(runs);
  const text = all.map((run) => run.text).join("");
  const align = cellAlign(cell, text, setting);
  const colspan = Math.min(cell.columns, WIDEST_SPAN);
  const rowspan = Math.min(cell.rows, rowsLeft);
  if (text.length > LONGEST) beyond.push(text.slice(LONGEST).replaceAll(/\s*\n\s*/gu, " "));
  const input = textInput(text.length > LONGEST ? cutRuns(all, 0, LONGEST) : all);
  if (typeof input === "string" && align === null && colspan === 1 && rowspan === 1) return input;
  return {
    text: input,
    ...(align === null ? {} : { align }),
    ...(colspan > 1 ? { colspan } : {}),
    ...(rowspan > 1 ? { rowspan } : {}),
  };
}

/** The lines of a cell one after another, with `\n` between them. */
function linesAsRuns(lines: readonly (readonly TextRun[])[]): TextRun[] {
  return lines.flatMap((line, index): readonly TextRun[] =>
    index === 0 ? line : [{ text: "\n", marks: [] }, ...line],
  );
}

/** The alignment of a cell where it is not what ours has by itself. Word sets all at the left that nobody set. */
function cellAlign(cell: WordCell, text: string, { header, own }: RowSetting): "left" | "center" | "right" | null {
  const [first] = elementsOf(cell.blocks);
  const block = cell.blocks[0];
  const said = first && block?.type === "paragraph" ? block.paragraph.align : "left";
  const align = said === "justify" ? "left" : said;
  if (text.trim() === "") return null;
  const usual = header ? "center" : readNumber(text) ? "right" : "left";
  return align === usual || (align === "left" && !own) ? null : align;
}

/** Rows whose cells fit a table of ours; what stands beyond the widest goes into the last cell. */
function fittingRows(table: WordTable): readonly (readonly WordCell[])[] {
  return standingRows(table)
    .filter((row) => row.length > 0)
    .map((row) => {
      const kept = row.filter((cell) => cell.column < WIDEST_SPAN);
      const beyond = row.slice(kept.length);
      const last = kept.at(-1);
      if (beyond.length === 0 || !last) return row;
      return [...kept.slice(0, -1), { ...last, blocks: [...last.blocks, ...beyond.flatMap((cell) => cell.blocks)] }];
    });
}

function headerCount(table: WordTable, rows: readonly (readonly WordCell[])[]): number {
  if (table.header > 0) return Math.min(table.header, rows.length, MOST_HEADERS);
  const lines = (rows[0] ?? []).flatMap((cell) => cellLines(cell.blocks));
  return rows.length > 1 && lines.length > 0 && lines.every((line) => isAll(line, "strong")) ? 1 : 0;
}

function isTotal(row: readonly WordCell[]): boolean {
  const [first] = row.flatMap((cell) => cellLines(cell.blocks));
  return first !== undefined && TOTAL.test(first.text.trim());
}

function pixels(width: number): number | null {
  const value = Math.round(width / PIXEL);
  return value >= 10 && value <= 5000 ? value : null;
}

function itemLevel(line: FileLine, label: string, ruleSet: RuleSet): number {
  const sign = ruleSet.body.items.findIndex((item) => item === label);
  if (sign >= 0) return sign + 1;
  if (label === "+") return 2;
  return (line.listLevel ?? 0) > 0 ? 2 : 1;
}

function onOneLine(runs: readonly TextRun[]): TextRun[] {
  return runs.map((run) => ({ ...run, text: run.text.replaceAll(/\s*\n\s*/gu, " ") }));
}

/** A text longer than a block holds, cut between words. */
function pieces(runs: readonly TextRun[]): TextRun[][] {
  const text = runs.map((run) => run.text).join("");
  if (text.length <= LONGEST) return text === "" ? [] : [[...runs]];
  const out: TextRun[][] = [];
  for (let at = 0; at < text.length;) {
    const space = text.lastIndexOf(" ", at + LONGEST);
    const end = at + LONGEST >= text.length ? text.length : space > at ? space : at + LONGEST;
    out.push(trimRuns(cutRuns(runs, at, end)));
    at = end;
  }
  return out.filter((part) => part.length > 0);
}
