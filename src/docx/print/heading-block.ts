import { Paragraph, Table, TableCell, TableLayoutType, TableRow, VerticalAlignTable, WidthType } from "docx";
import type { FileChild, ParagraphChild } from "docx";
import type { PrintedLine, Round } from "#model";
import { points, pointTwips, twips } from "./measure.ts";
import { runStyle, STYLE } from "./paragraph-style.ts";
import type { LineSource } from "./printed-line.ts";
import { NO_BORDERS, printedLine } from "./printed-line.ts";
import { textRun } from "./printable.ts";
import { textWidth } from "./text-width.ts";

/** What stands at the head of the first page, and what varies in it. */
export interface HeadingOptions {
  readonly columns: readonly [number, number];
  /** False for a paper that bears no number. */
  readonly numbered: boolean;
  /** The round whose draft it is; null before the first. Absent: no draft. */
  readonly draft?: Round | null;
}

/** The two-column block: bodies and number on the left, motto or Party title, place and date on the right. */
export function headingBlock(source: LineSource, options: HeadingOptions): Table {
  const { heading } = source.ruleSet;
  const [left, right] = options.columns;
  const lines = (list: readonly PrintedLine[], width: number): Paragraph[] =>
    list.flatMap((line) => printedLine(line, source, { style: STYLE.headingBlock, width: points(width) }));
  const rows: (readonly [Paragraph[], Paragraph[]])[] = [
    [lines(heading.left, left), lines(heading.right, right)],
    [options.numbered ? lines([heading.number], left) : [], lines([heading.placeAndDate], right)],
  ];
  if (options.draft !== undefined) {
    const { draftMark } = heading;
    const text = options.draft ? draftMark.text.replace("{round}", String(options.draft.number)) : draftMark.unnumbered;
    const mark = lines([{ ...draftMark, text }], draftMark.column === "left" ? left : right);
    rows.push(draftMark.column === "left" ? [mark, []] : [[], mark]);
  }
  return placingTable(
    options.columns,
    rows.map((cells, index) => ({
      cells,
      // Number and date stand on one line however large each is.
      bottom: index === 1,
    })),
  );
}

/** A table without borders that sets paragraphs side by side. A cell without any gets an empty one: Word asks for it. */
export function placingTable(
  columns: readonly [number, number],
  rows: readonly { readonly cells: readonly [Paragraph[], Paragraph[]]; readonly bottom: boolean }[],
): Table {
  const widths = columns.map(twips);
  return new Table({
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: { ...NO_BORDERS, insideHorizontal: NO_BORDERS.top, insideVertical: NO_BORDERS.top },
    margins: { left: 0, right: 0, top: 0, bottom: 0, marginUnitType: WidthType.DXA },
    rows: rows.map(
      ({ cells, bottom }) =>
        new TableRow({
          cantSplit: true,
          children: cells.map(
            (children, column) =>
              new TableCell({
                width: { size: widths[column] ?? 0, type: WidthType.DXA },
                borders: NO_BORDERS,
                ...(bottom ? { verticalAlign: VerticalAlignTable.BOTTOM } : {}),
                children: children.length > 0 ? children : [new Paragraph({ style: STYLE.headingBlock })],
              }),
          ),
        }),
    ),
  });
}

/** Type name, subject and addressee, each with the comments that stand on it. */
export function titleLines(
  source: LineSource,
  width: number,
  wrap: (children: readonly ParagraphChild[]) => ParagraphChild[],
): FileChild[] {
  const { heading, body } = source.ruleSet;
  return [
    ...printedLine(heading.typeName, source, { style: STYLE.typeName, width, wrap }),
    // A subject as wide as the text below it reads as part of it.
    ...printedLine(heading.subject, source, { style: STYLE.subject, width, inset: points(body.firstLineIndent) }),
    ...(heading.addressee ? addressee(heading.addressee, source) : []),
  ];
}

/** *Kính gửi*: one addressee on the same line; several on lines of their own, dashes under each other. */
function addressee(line: PrintedLine, source: LineSource): Paragraph[] {
  const names = fieldLines(source, "addressee");
  if (names.length === 0) return [];
  const style = runStyle(line);
  const before = pointTwips(line.spaceBefore ?? 0);
  const after = pointTwips(line.spaceAfter ?? 0);
  if (names.length === 1) {
    return [
      new Paragraph({
        style: STYLE.addressee,
        alignment: "center",
        spacing: { before, after },
        children: [textRun(`${line.text} ${names[0]?.replace(/[.;]$/, "") ?? ""}`, style)],
      }),
    ];
  }
  const { page, body } = source.ruleSet;
  const room = points(page.width - page.margin.left - page.margin.right);
  const setting = { size: line.size ?? body.text.size, bold: line.bold, italic: line.italic };
  const items = names.map((name, index) => `- ${name.replace(/[.;]$/, "")}${index === names.length - 1 ? "." : ";"}`);
  const indent = room / 4;
  const dash = indent + textWidth(`${line.text} `, setting);
  return [
    new Paragraph({
      style: STYLE.addressee,
      keepNext: true,
      indent: { left: Math.round(indent * 20) },
      spacing: { before },
      children: [textRun(line.text, style)],
    }),
    ...items.map(
      (item, index) =>
        new Paragraph({
          style: STYLE.addressee,
          indent: { left: Math.round(dash * 20) },
          spacing: { after: index === items.length - 1 ? after : 0 },
          children: [textRun(item, style)],
        }),
    ),
  ];
}

/** The lines of a field of several lines, without blanks and without a dash typed by habit. */
export function fieldLines(source: LineSource, field: string): string[] {
  return (source.fields[field] ?? "")
    .split(/\r?\n/)
    .map((text) => text.replace(/^\s*[-–•]\s*/, "").trim())
    .filter((text) => text !== "");
}
