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
  const lines: PrintedLine[] = [
    { ...power, text: "{signingPower}", align: "center" },
    { ...title, text: "{signerTitle}", align: "center" },
    { ...name, text: "{signerName}", align: "center", spaceBefore: points(space) },
  ];
  const printed = lines.filter((line) => lineText(line.text, source) !== null);
  return printed.flatMap((line, index) =>
    printedLine(
      index === 0 && line.spaceBefore === undefined ? { ...line, spaceBefore: spaceAbove(source) } : line,
      source,
      {
        style: STYLE.signature,
        width: points(width),
      },
    ),
  );
}

/** Points between the text and what closes it: twice what stands between its paragraphs. */
function spaceAbove({ ruleSet }: LineSource): number {
  return 2 * ruleSet.body.spaceBefore;
}
