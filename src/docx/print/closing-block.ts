import { Paragraph } from "docx";
import type { Table } from "docx";
import type { PrintedLine } from "#model";
import { fieldLines, placingTable } from "./heading-block.ts";
import { points } from "./measure.ts";
import { alignment, runStyle, STYLE } from "./paragraph-style.ts";
import type { LineSource } from "./printed-line.ts";
import { lineText, printedLine } from "./printed-line.ts";
import { textRun } from "./printable.ts";

/** What ends the text: recipients on the left, the signature on the right, on one page with the words before it. */
export function closingBlock(source: LineSource): Table {
  const { columns } = source.ruleSet.closing;
  return placingTable(columns, [
    { cells: [recipients(source, columns[0]), signature(source, columns[1])], bottom: false },
  ]);
}

function recipients(source: LineSource, width: number): Paragraph[] {
  const { title, items, sign, last } = source.ruleSet.closing.recipients;
  const names = fieldLines(source, "recipients").map((name) => name.replace(/[.;]$/, ""));
  const filed = lineText(last, source)?.replace(/\.+$/, "") ?? null;
  const lines = filed === null ? names : [...names, filed];
  if (lines.length === 0) return [];
  return [
    ...printedLine({ ...title, spaceBefore: spaceAbove(source) }, source, {
      style: STYLE.recipients,
      width: points(width),
    }),
    ...lines.map(
      (line, index) =>
        new Paragraph({
          style: STYLE.recipients,
          ...alignment(items),
          children: [textRun(`${sign}${line}${index === lines.length - 1 ? "." : ";"}`, runStyle(items))],
        }),
    ),
  ];
}

function signature(source: LineSource, width: number): Paragraph[] {
  const { power, title, name, space } = source.ruleSet.closing.signature;
  // Who signs by one power within another, as KT. below TM., has each on a line of its own.
  const powers = fieldLines(source, "signingPower").map((signingPower): [PrintedLine, LineSource] => [
    { ...power, text: "{signingPower}", align: "center" },
    { ...source, fields: { ...source.fields, signingPower } },
  ]);
  const lines: [PrintedLine, LineSource][] = [
    ...powers,
    [{ ...title, text: "{signerTitle}", align: "center" }, source],
    [{ ...name, text: "{signerName}", align: "center", spaceBefore: points(space) }, source],
  ];
  return lines
    .filter(([line, from]) => lineText(line.text, from) !== null)
    .flatMap(([line, from], index) => {
      const set = index === 0 && line.spaceBefore === undefined ? { ...line, spaceBefore: spaceAbove(source) } : line;
      return printedLine(set, from, { style: STYLE.signature, width: points(width) });
    });
}

/** Points between the text and what closes it: twice what stands between its paragraphs. */
function spaceAbove({ ruleSet }: LineSource): number {
  return 2 * ruleSet.body.spaceBefore;
}
