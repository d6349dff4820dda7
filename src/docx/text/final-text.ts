import type { Block, LevelFormat, NumberedSlot, OutlineEntry, PrintedLine, Report, Table, TextRun } from "#model";
import { blockLabels, fillIn, levelFormat, numberOutline, tablesBefore } from "#model";
import { endMark } from "../print/body-text.ts";
import { isPrinted } from "../print/comment-anchors.ts";
import { fieldLines } from "../print/heading-block.ts";
import type { LineSource } from "../print/printed-line.ts";
import { lineText } from "../print/printed-line.ts";
import { keptAppendices, lastPrinted, printedOrder } from "../print/printed-order.ts";
import { lineSource } from "../print/report-paper.ts";

/** One piece of the text in reading order. Levels of headings are from 1, which is the first below the title. */
export type TextPiece =
  | {
      readonly type: "heading";
      readonly level: number;
      readonly label: string;
      readonly runs: readonly TextRun[];
      /** How its depth is set. */
      readonly format: LevelFormat;
    }
  | { readonly type: "paragraph"; readonly runs: readonly TextRun[] }
  | { readonly type: "item"; readonly level: number; readonly sign: string; readonly runs: readonly TextRun[] }
  | { readonly type: "table"; readonly label: string; readonly runs: readonly TextRun[]; readonly table: Table | null };

/** A line of the head with its words filled in. */
export interface HeadLine {
  readonly text: string;
  readonly line: PrintedLine;
}

/** The final text as one reads it, without sizes and places: what HTML and Markdown are made from. */
export interface FinalText {
  readonly title: string;
  /** What stands at the head: the bodies, the number, and on the other side motto or Party title, place and date. */
  readonly head: readonly [readonly HeadLine[], readonly HeadLine[]];
  readonly typeName: string;
  readonly subject: string;
  readonly addressee: { readonly words: string; readonly names: readonly string[] } | null;
  readonly text: readonly TextPiece[];
  readonly recipients: { readonly words: string; readonly names: readonly string[] } | null;
  /** In whose place or name somebody signs. */
  readonly signature: readonly string[];
  /** The office and the name of who signs, as far as they are there. */
  readonly signer: readonly string[];
  /** Each with its own title first. */
  readonly appendices: readonly (readonly TextPiece[])[];
}

/** The words of the final file, in its order and with its labels. */
export function finalText(report: Report): FinalText {
  const { template, ruleSet, fields } = report;
  const source = lineSource(report);
  const outline = numberOutline(template, ruleSet, fields);
  const { text, appendices } = printedOrder(template, outline);
  const tables = tablesBefore(outline, report.slots);
  const last = text[lastPrinted(text, report)];
  const pieces = (slots: readonly NumberedSlot[]): TextPiece[] =>
    slots.flatMap((slot) => slotPieces(slot, report, tables.get(slot.slot.id) ?? 0, slot === last));
  const { heading, closing } = ruleSet;
  const typeName = lineText(heading.typeName.text, source) ?? "";
  const subject = lineText(heading.subject.text, source) ?? fillIn(template.subject, fields);
  const addressees = heading.addressee ? fieldLines(source, "addressee") : [];
  const filed = lineText(closing.recipients.last, source)?.replace(/\.+$/, "") ?? null;
  const names = [...fieldLines(source, "recipients").map(bare), ...(filed === null ? [] : [filed])];
  return {
    title: [typeName, subject].join(" "),
    head: [
      [...linesOf(heading.left, source), ...linesOf([heading.number], source)],
      [...linesOf(heading.right, source), ...linesOf([heading.placeAndDate], source)],
    ],
    typeName,
    subject,
    addressee:
      heading.addressee && addressees.length > 0
        ? { words: heading.addressee.text, names: addressees.map(bare) }
        : null,
    text: pieces(text),
    recipients: names.length > 0 ? { words: lineText(closing.recipients.title.text, source) ?? "", names } : null,
    signature: fieldLines(source, "signingPower"),
    signer: ["{signerTitle}", "{signerName}"].flatMap((line) => lineText(line, source) ?? []),
    appendices: keptAppendices(appendices, report, () => false).map(pieces),
  };
}

function linesOf(lines: readonly PrintedLine[], source: LineSource): HeadLine[] {
  return lines.flatMap((line) => {
    const text = lineText(line.text, source);
    if (text === null || text.trim() === "") return [];
    return [{ text: line.capitals ? text.toLocaleUpperCase("vi") : text, line }];
  });
}

function bare(name: string): string {
  return name.replace(/[.;]$/, "");
}

function slotPieces(numbered: NumberedSlot, report: Report, tables: number, last: boolean): TextPiece[] {
  const { ruleSet, slots } = report;
  const content = slots[numbered.slot.id] ?? [];
  const labels = blockLabels(ruleSet, numbered.entry.path, content, tables);
  const outer = depthOf(numbered.entry);
  const final = last ? content.findLastIndex(isPrinted) : -1;
  const blocks = content.flatMap((block, index): TextPiece[] => {
    if (!isPrinted(block)) return [];
    const label = labels[index] ?? "";
    const end = index === final && block.kind !== "table" ? endMark(block, ruleSet) : "";
    const runs: readonly TextRun[] = end === "" ? block.runs : [...block.runs, { text: end, marks: [] }];
    const format = levelFormat(ruleSet, numbered.entry.path.length + Math.max(block.level - 1, 0));
    return [piece(block, { label, runs, outer, format })];
  });
  return [...[...numbered.before, numbered.entry].flatMap(titlePiece), ...blocks];
}

/** What a block is printed with. */
interface BlockSetting {
  readonly label: string;
  readonly runs: readonly TextRun[];
  readonly outer: number;
  readonly format: LevelFormat;
}

function piece({ kind, level, table }: Block, { label, runs, outer, format }: BlockSetting): TextPiece {
  switch (kind) {
    case "paragraph":
      return { type: "paragraph", runs };
    case "heading":
      return { type: "heading", level: outer + level, label, runs, format };
    case "item":
      return { type: "item", level, sign: label, runs };
    case "table":
      return { type: "table", label, runs, table: table ?? null };
  }
}

function titlePiece(entry: OutlineEntry): TextPiece[] {
  if (!entry.format) return [];
  const { format, label, title } = entry;
  return [{ type: "heading", level: depthOf(entry), label, runs: [{ text: title, marks: [] }], format }];
}

/** How deep a title stands, from 1; of an untitled slot the depth of what it stands under. */
function depthOf({ depth, format }: OutlineEntry): number {
  return format ? depth + 1 : depth;
}
