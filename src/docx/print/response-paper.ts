import {
  BorderStyle,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalMergeType,
  WidthType,
} from "docx";
import type { ISectionOptions, ITableCellOptions } from "docx";
import type { Report, ResponseGroup, ResponseRow, ResponseTable, RuleSet } from "#model";
import { contributorWords, cellPlaceWords, responseTable, say } from "#model";
import { headingBlock } from "./heading-block.ts";
import { points, pointTwips, twips } from "./measure.ts";
import { STYLE } from "./paragraph-style.ts";
import type { LineSource } from "./printed-line.ts";
import { printedLine } from "./printed-line.ts";
import { textRun } from "./printable.ts";
import { answerLines } from "./word-comments.ts";
import type { WordLists } from "./word-lists.ts";
import { lineSource, pageNumberHeaders } from "./report-paper.ts";

/** How many columns the table has: four as the State's form, or five, of which the first numbers the rows. */
export type ResponseColumns = 4 | 5;

/** Up to how many characters a row is kept on one page. */
const WHOLE_ROW = 1500;

/** How many words of either end of a long quotation stand for it. */
const QUOTED = 12;

/**
 * The table of comments, responses and reasons (*bảng tổng hợp, tiếp thu, giải trình*) as one section lying on its side:
 * issued by the drafting body, opened by counts made from the comments themselves, grouped in the order of the draft.
 */
export function responseSection(
  report: Report,
  columns: ResponseColumns,
  lists: WordLists,
  onRow: (done: number) => void,
): ISectionOptions {
  const { ruleSet } = report;
  const { responses, page } = ruleSet;
  const { margin } = responses;
  const table = responseTable(report);
  // It is not signed on the day of the report: its own day is written in by hand.
  const source = issuedByDrafters(lineSource({ ...report, fields: { ...report.fields, date: "" } }));
  const width = points(page.height - margin.left - margin.right);
  const { typeName, subject } = ruleSet.heading;
  const title = { ...typeName, text: say("vi", "print.responses.title") };
  const about = { ...subject, text: say("vi", "print.responses.subject") };
  return {
    properties: {
      titlePage: true,
      page: {
        // The docx library turns the sides itself.
        size: { orientation: PageOrientation.LANDSCAPE, width: twips(page.width), height: twips(page.height) },
        margin: {
          top: twips(margin.top),
          bottom: twips(margin.bottom),
          left: twips(margin.left),
          right: twips(margin.right),
          header: twips(page.pageNumber.fromEdge),
          footer: twips(page.pageNumber.fromEdge),
          gutter: 0,
        },
      },
    },
    headers: pageNumberHeaders(page.pageNumber.onFirstPage),
    children: [
      headingBlock(source, { columns: responses.headingColumns, numbered: false }),
      ...printedLine(title, source, { style: STYLE.typeName, width }),
      ...printedLine(about, source, { style: STYLE.subject, width, inset: points(ruleSet.body.firstLineIndent) }),
      ...opening(table, report).map(
        (text, index, all) =>
          new Paragraph({
            style: STYLE.body,
            ...(index === all.length - 1 ? { spacing: { after: pointTwips(2 * ruleSet.body.spaceBefore) } } : {}),
            children: [textRun(text)],
          }),
      ),
      ...(table.groups.length > 0 ? [tableOf(table, report, { count: columns, lists, onRow }), lastParagraph()] : []),
    ],
  };
}

function lastParagraph(): Paragraph {
  return new Paragraph({ style: STYLE.rule, keepNext: false, spacing: { before: 0, line: 20, lineRule: "exact" } });
}

/** The drafting body stands where the issuing body stands in a report, and the issuing body above it. */
function issuedByDrafters(source: LineSource): LineSource {
  const { organisation = "", draftingBody = "" } = source.fields;
  if (draftingBody.trim() === "") return source;
  return { ...source, fields: { ...source.fields, superior: organisation, organisation: draftingBody } };
}

function opening({ counts, agreeing, groups }: ResponseTable, { ruleSet }: Report): string[] {
  const { asked, commented, comments, agreed, silent, open, proposed, answered, byOutcome } = counts;
  const lines = [say("vi", "print.responses.asked", { asked, commented, comments })];
  if (groups.length === 0 && agreed === 0) return [...lines, say("vi", "print.responses.none")];
  const decided = answered + proposed;
  return [
    ...lines,
    say("vi", "print.responses.results"),
    agreed > 0
      ? say("vi", "print.responses.agreed", { agreed, silent })
      : say("vi", "print.responses.silent", { silent }),
    ...(agreeing.length > 0
      ? [
          say("vi", "print.responses.agreeing", {
            names: agreeing.map((one) => contributorWords("vi", one, ruleSet)).join("; "),
          }),
        ]
      : []),
    say("vi", "print.responses.outcomes", { decided, answered, proposed, open, ...byOutcome }),
  ];
}

type Column = "number" | "topic" | "contributor" | "comment" | "response";

/** Of a table of five columns the first, millimetres. */
const NUMBER_WIDTH = 12;

/** The columns with their widths in millimetres. The number of a row takes its room from the comments. */
function columnsOf(count: ResponseColumns, { responses }: RuleSet): readonly (readonly [Column, number])[] {
  const [topic, contributor, comment, response] = responses.columns;
  if (count === 4) {
    return [
      ["topic", topic],
      ["contributor", contributor],
      ["comment", comment],
      ["response", response],
    ];
  }
  return [
    ["number", NUMBER_WIDTH],
    ["topic", topic],
    ["comment", comment - NUMBER_WIDTH],
    ["contributor", contributor],
    ["response", response],
  ];
}

interface TableOptions {
  readonly count: ResponseColumns;
  /** What numbers the rows. */
  readonly lists: WordLists;
  readonly onRow: (done: number) => void;
}

function tableOf(table: ResponseTable, report: Report, { count, lists, onRow }: TableOptions): Table {
  const { ruleSet } = report;
  const columns = columnsOf(count, ruleSet);
  const widths = columns.map(([, width]) => twips(width));
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const line = { style: BorderStyle.SINGLE, size: 4, color: "000000" };
  const cell = (width: number, children: readonly Paragraph[], more: Partial<ITableCellOptions> = {}): TableCell =>
    new TableCell({ width: { size: width, type: WidthType.DXA }, ...more, children });
  const rows = [
    new TableRow({
      tableHeader: true,
      cantSplit: true,
      children: columns.map(([column], at) =>
        cell(widths[at] ?? 0, paragraphs([say("vi", headKey(column, count))], STYLE.tableHead)),
      ),
    }),
  ];
  const places = new Map(report.threads.map(({ comment: { id }, place }) => [id, place]));
  let number = 0;
  for (const group of table.groups) {
    rows.push(
      new TableRow({
        cantSplit: true,
        children: [cell(whole, paragraphs([groupTitle(group)], STYLE.tableGroup), { columnSpan: columns.length })],
      }),
    );
    const spots = group.rows.map((row) => JSON.stringify([topic(row, group), places.get(row.ids[0] ?? "") ?? null]));
    for (const [index, row] of group.rows.entries()) {
      number++;
      const texts: Readonly<Record<Column, readonly string[]>> = {
        number: [],
        topic: [topic(row, group)],
        contributor: row.contributors.map((one) => contributorWords("vi", one, ruleSet)),
        comment: comment(row),
        response: response(row),
      };
      // Rows on one place have one cell for it.
      const goesOn = spots[index] === spots[index - 1];
      const begins = !goesOn && spots[index] === spots[index + 1];
      rows.push(
        new TableRow({
          // A short row stays whole; one that might fill a page must be free to break.
          cantSplit: Object.values(texts).flat().join("").length <= WHOLE_ROW,
          children: columns.map(([column], at) => {
            const merge = goesOn ? VerticalMergeType.CONTINUE : begins ? VerticalMergeType.RESTART : null;
            const shown = column === "topic" && goesOn ? [""] : texts[column];
            const merged = column === "topic" && merge !== null ? { verticalMerge: merge } : {};
            if (column === "number") return cell(widths[at] ?? 0, [rowNumber(lists, number)]);
            return cell(widths[at] ?? 0, paragraphs(shown, STYLE.tableCell), merged);
          }),
        }),
      );
      onRow(row.ids.length);
    }
  }
  return new Table({
    width: { size: whole, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line },
    margins: { left: twips(2), right: twips(2), top: 0, bottom: 0, marginUnitType: WidthType.DXA },
    rows,
  });
}

/** A table with numbered rows names its columns as congresses do. */
function headKey(column: Column, count: ResponseColumns): string {
  return `print.responses.column.${column}${count === 5 ? ".five" : ""}`;
}

function paragraphs(texts: readonly string[], style: string): Paragraph[] {
  return texts.map((text) => new Paragraph({ style, children: [textRun(text)] }));
}

function rowNumber(lists: WordLists, number: number): Paragraph {
  const { paragraph, text } = lists.row(number, STYLE.tableCell);
  return new Paragraph({ style: STYLE.tableCell, ...paragraph, children: text === "" ? [] : [textRun(text)] });
}

function groupTitle({ slot, title, above }: ResponseGroup): string {
  return slot === null ? say("vi", "print.responses.group.report") : [...above, title].join(" / ");
}

function topic(row: ResponseRow, group: ResponseGroup): string {
  if (row.quote !== null) {
    const quote = shortened(row.quote);
    if (row.scope === "cell") {
      if (!row.cell) return say("vi", "print.responses.topic.cellGone", { quote });
      const place = cellPlaceWords(row.cell, "vi");
      return say("vi", `print.responses.topic.${quote.trim() === "" ? "cellEmpty" : "cell"}`, { place, quote });
    }
    return say("vi", `print.responses.topic.${row.unplaced ? "unplaced" : "quote"}`, { quote });
  }
  return say("vi", `print.responses.topic.${group.slot === null ? "report" : "slot"}`);
}

/** A long quotation by its first and last words: enough to find the place in the draft. */
function shortened(quote: string): string {
  const words = quote.split(/\s+/u);
  if (words.length <= QUOTED * 2) return quote;
  return `${words.slice(0, QUOTED).join(" ")} […] ${words.slice(-QUOTED).join(" ")}`;
}

/** What was said, each wording once; where they differ in place, with the words each is about. */
function comment({ remarks, kinds, quote: row }: ResponseRow): string[] {
  const words = remarks.flatMap(({ quote, text, proposal, replaces }) => [
    ...(quote === null || quote.trim() === ""
      ? []
      : [say("vi", "print.responses.topic.quote", { quote: shortened(quote) })]),
    ...(text.trim() === "" ? [] : text.split("\n")),
    ...(proposal === null ? [] : [proposalLine(proposal, replaces, quote ?? row)]),
  ]);
  const asks = kinds.filter((kind) => kind !== "other").map((kind) => say("vi", `kind.${kind}`));
  if (asks.length > 0) words[0] = [`(${asks.join(", ")})`, words[0] ?? ""].join(" ").trim();
  return words;
}

/** A proposed wording, with the words it is for where those shown beside it are others, or more. */
function proposalLine(proposal: string, replaces: string | null, shown: string | null): string {
  if (replaces === null || replaces === shown) return say("vi", "print.responses.proposal", { proposal });
  return say("vi", "print.responses.proposalFor", { words: shortened(replaces), proposal });
}

function response({ outcome, response: words, state }: ResponseRow): string[] {
  if (outcome === null) return [say("vi", "print.responses.open")];
  const lines = answerLines(outcome, words);
  return state === "proposed" ? [...lines, say("vi", "print.responses.proposed")] : lines;
}
