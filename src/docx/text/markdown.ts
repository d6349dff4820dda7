import type { Report, Table, TextRun } from "#model";
import { cellText, headerRows, readNumber, tableGrid } from "#model";
import { printable, wholeRuns } from "../print/printable.ts";
import type { FinalText, TextPiece } from "./final-text.ts";
import { finalText } from "./final-text.ts";

/**
 * The final text as Markdown (CommonMark with pipe tables): titles and headings with their numbers, items with their
 * signs, no comments. What spans several cells of a table stands in the first of them.
 */
export function reportMarkdown(report: Report): string {
  const text = finalText(report);
  const { addressee, recipients, signature, signer } = text;
  const parts = [
    ...text.head.map((lines) => hardLines(lines.map((line) => line.text))),
    headingLine(1, inline(`${text.typeName} ${text.subject}`)),
    ...(addressee ? [listed(addressee)] : []),
    ...pieceBlocks(text.text),
    ...(recipients ? [listed(recipients)] : []),
    hardLines([...signature, ...signer].map((line) => line.trim())),
    ...text.appendices.flatMap((pieces) => ["---", ...pieceBlocks(pieces)]),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function hardLines(lines: readonly string[]): string {
  return lines
    .map((line) => atStart(inline(line)))
    .filter((line) => line !== "")
    .join("\\\n");
}

function listed({ words, names }: NonNullable<FinalText["recipients"]>): string {
  return [atStart(inline(words)), "", ...names.map((name) => `- ${atStart(inline(name))}`)].join("\n");
}

function pieceBlocks(pieces: readonly TextPiece[]): string[] {
  const out: string[] = [];
  // The levels of the lists that are open, each in an item of the one before. One that begins at a deeper level is none of
  // another list.
  let open: number[] = [];
  for (const piece of pieces) {
    if (piece.type !== "item") {
      open = [];
      out.push(pieceBlock(piece));
      continue;
    }
    const inList = open.length > 0;
    open = [...open.filter((level) => level < piece.level), piece.level];
    const block = itemBlock(piece, open.length - 1);
    out.push(inList ? `${out.pop() ?? ""}\n${block}` : block);
  }
  return out;
}

/** The bullets of Markdown by level: lists beside each other are told apart by them. */
const BULLETS = ["-", "+", "*"];

function itemBlock({ level, sign, runs }: Extract<TextPiece, { type: "item" }>, depth: number): string {
  const bullet = BULLETS[(level - 1) % BULLETS.length] ?? "-";
  const own = bullet === sign ? "" : `${inline(sign)} `;
  const indent = "  ".repeat(depth);
  return `${indent}${bullet} ${atStart(own + runsMarkdown(runs)).replaceAll("\n", `\n${indent}  `)}`;
}

function pieceBlock(piece: Exclude<TextPiece, { type: "item" }>): string {
  switch (piece.type) {
    case "heading": {
      const words = runsMarkdown(piece.runs);
      const label = piece.format.labelAbove && piece.label !== "" ? `${piece.label}:` : piece.label;
      const line = [inline(label), words].filter((part) => part !== "").join(" ");
      return headingLine(piece.level + 1, line);
    }
    case "paragraph":
      return atStart(runsMarkdown(piece.runs));
    case "table": {
      const caption = [inline(piece.label), runsMarkdown(piece.runs)].filter((part) => part !== "").join(" ");
      const table = piece.table ? tableMarkdown(piece.table) : "";
      return [atStart(caption), table].filter((part) => part !== "").join("\n\n");
    }
  }
}

/** A heading is of one line, and a closing row of # would be taken for a part of the mark-up. */
function headingLine(level: number, words: string): string {
  const line = words.replaceAll("\\\n", " ").trim().replace(/#+$/, "\\$&");
  return `${"#".repeat(Math.min(level, 6))} ${line}`.trimEnd();
}

function tableMarkdown(table: Table): string {
  const { columns, rows } = tableGrid(table);
  if (columns === 0) return "";
  const headers = headerRows(table);
  const lines = rows.map((row, index) => {
    const cells: string[] = Array.from({ length: columns }, () => "");
    const total = table.rows[index]?.total === true;
    for (const { cell, column } of row) {
      if (!cell) continue;
      const words = cell.paragraphs.map(runsMarkdown).join("<br>").replaceAll("\\\n", "<br>");
      cells[column] = total && words.trim() !== "" ? `<strong>${words}</strong>` : words;
    }
    return `| ${cells.join(" | ")} |`;
  });
  const numeric = Array.from({ length: columns }, (_, column) => {
    const body = rows.slice(headers).flatMap((row) => row.filter((at) => at.column === column && at.cell !== null));
    const texts = body.map(({ cell }) => (cell ? cellText(cell) : "")).filter((text) => text.trim() !== "");
    return texts.length > 0 && texts.every((text) => readNumber(text));
  });
  const [first] = headers > 0 ? lines : [`|${" |".repeat(columns)}`];
  const rule = `|${numeric.map((right) => (right ? " ---: |" : " --- |")).join("")}`;
  return [first ?? "", rule, ...lines.slice(headers > 0 ? 1 : 0)].join("\n");
}

/** A paragraph of which no sign at the beginning of a line makes something else; a line without words would end it. */
function atStart(text: string): string {
  return text
    .split("\\\n")
    .map((line) =>
      line
        .trim()
        .replace(/^(\d{1,9})([.)])(?=\s|$)/, "$1\\$2")
        .replace(/^([+\-=#]|:(?=-))/, "\\$1"),
    )
    .filter((line) => line !== "")
    .join("\\\n");
}

const SIGNS = { strong: "**", em: "*" } as const;
const TAGS = { strong: "strong", em: "em", underline: "u" } as const;

function runsMarkdown(cut: readonly TextRun[]): string {
  const runs = wholeRuns(cut);
  return runs
    .map(({ text, marks }, index) => {
      if (marks.length === 0 || text.trim() === "") return inline(text);
      const [, lead = "", words = "", trail = ""] = /^(\s*)(.*?)(\s*)$/su.exec(text) ?? [];
      // Stars set something off only between a space and a letter; anywhere else it takes tags.
      const before = lead !== "" || index === 0 || /\s$/u.test(runs[index - 1]?.text ?? "");
      const after = trail !== "" || index === runs.length - 1 || /^\s/u.test(runs[index + 1]?.text ?? "");
      const plain = before && after && /^[\p{L}\p{N}]/u.test(words) && /[\p{L}\p{N}]$/u.test(words);
      const [mark] = marks;
      const sign = marks.length === 1 && mark !== undefined && mark !== "underline" && plain ? SIGNS[mark] : null;
      const set =
        sign === null
          ? marks.reduceRight((inner, each) => `<${TAGS[each]}>${inner}</${TAGS[each]}>`, inline(words))
          : `${sign}${inline(words)}${sign}`;
      return `${inline(lead)}${set}${inline(trail)}`;
    })
    .join("");
}

/** Text whose signs mean themselves, on one line but for hard breaks. */
function inline(text: string): string {
  return printable(text)
    .replaceAll(/[\\`*_[\]<>|~&$]/g, "\\$&")
    .replaceAll(/[^\S\n\r\v\f\u2028\u2029\u00a0]+/gu, " ")
    .replaceAll(/\r\n|[\n\v\f\r\u2028\u2029]/g, "\\\n");
}
