import { BorderStyle, PageOrientation, Paragraph, Table, TableCell, TableLayoutType, TableRow, WidthType } from "docx";
import type { ISectionOptions } from "docx";
import type { Report, ResponseGroup, ResponseRow, ResponseTable } from "#model";
import { contributorWords, cellPlaceWords, responseTable, say } from "#model";
import { headingBlock } from "./heading-block.ts";
import { points, pointTwips, twips } from "./measure.ts";
import { STYLE } from "./paragraph-style.ts";
import type { LineSource } from "./printed-line.ts";
import { printedLine } from "./printed-line.ts";
import { textRun } from "./printable.ts";
import { answerLines } from "./word-comments.ts";
import { lineSource, pageNumberHeaders } from "./report-paper.ts";

/** Up to how many characters a row is kept on one page. */
const WHOLE_ROW = 1500;

/** How many words of either end of a long quotation stand for it. */
const QUOTED = 12;

/**
 * The table of comments, responses and reasons (*bảng tổng hợp, tiếp thu, giải trình*) as one section lying on its side:
 * issued by the drafting body, opened by counts made from the comments themselves, grouped in the order of the draft.
 */
export function responseSection(report: Report, onRow: (done: number) => void): ISectionOptions {
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
      ...(table.groups.length > 0 ? [tableOf(table, report, onRow), lastParagraph()] : []),
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

function tableOf(table: ResponseTable, { ruleSet }: Report, onRow: (done: number) => void): Table {
  const widths = ruleSet.responses.columns.map(twips);
  const line = { style: BorderStyle.SINGLE, size: 4, color: "000000" };
  const cell = (column: number, children: readonly Paragraph[], span = 1): TableCell =>
    new TableCell({
      width: {
        size: span > 1 ? widths.reduce((sum, each) => sum + each, 0) : (widths[column] ?? 0),
        type: WidthType.DXA,
      },
      ...(span > 1 ? { columnSpan: span } : {}),
      children,
    });
  const heads = ["topic", "contributor", "comment", "response"].map((column) =>
    say("vi", `print.responses.column.${column}`),
  );
  const rows = [
    new TableRow({
      tableHeader: true,
      cantSplit: true,
      children: heads.map((text, column) => cell(column, paragraphs([text], STYLE.tableHead))),
    }),
  ];
  for (const group of table.groups) {
    rows.push(
      new TableRow({
        cantSplit: true,
        children: [cell(0, paragraphs([groupTitle(group)], STYLE.tableGroup), heads.length)],
      }),
    );
    for (const row of group.rows) {
      const columns = [
        [topic(row, group)],
        row.contributors.map((one) => contributorWords("vi", one, ruleSet)),
        comment(row),
        response(row),
      ];
      rows.push(
        new TableRow({
          // A short row stays whole; one that might fill a page must be free to break.
          cantSplit: columns.flat().join("").length <= WHOLE_ROW,
          children: columns.map((texts, column) => cell(column, paragraphs(texts, STYLE.tableCell))),
        }),
      );
      onRow(row.ids.length);
    }
  }
  return new Table({
    width: { size: widths.reduce((sum, each) => sum + each, 0), type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line },
    margins: { left: twips(2), right: twips(2), top: 0, bottom: 0, marginUnitType: WidthType.DXA },
    rows,
  });
}

function paragraphs(texts: readonly string[], style: string): Paragraph[] {
  return texts.map((text) => new Paragraph({ style, children: [textRun(text)] }));
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
function comment({ remarks, kinds }: ResponseRow): string[] {
  const words = remarks.flatMap(({ quote, text, proposal }) => [
    ...(quote === null || quote.trim() === ""
      ? []
      : [say("vi", "print.responses.topic.quote", { quote: shortened(quote) })]),
    ...(text.trim() === "" ? [] : text.split("\n")),
    ...(proposal === null ? [] : [say("vi", "print.responses.proposal", { proposal })]),
  ]);
  const asks = kinds.filter((kind) => kind !== "other").map((kind) => say("vi", `kind.${kind}`));
  if (asks.length > 0) words[0] = [`(${asks.join(", ")})`, words[0] ?? ""].join(" ").trim();
  return words;
}

function response({ outcome, response: words, state }: ResponseRow): string[] {
  if (outcome === null) return [say("vi", "print.responses.open")];
  const lines = answerLines(outcome, words);
  return state === "proposed" ? [...lines, say("vi", "print.responses.proposed")] : lines;
}
