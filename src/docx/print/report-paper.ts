import { Header, PageNumber, Paragraph, TextRun } from "docx";
import type { FileChild, ISectionOptions } from "docx";
import type { NumberedSlot, Report, Round, RuleSet } from "#model";
import { fieldsOf, numberOutline, printedFields, tablesBefore } from "#model";
import { slotParagraphs } from "./body-text.ts";
import { Bookmarks } from "./bookmarks.ts";
import { closingBlock } from "./closing-block.ts";
import type { NumberedThread } from "./comment-anchors.ts";
import { anchorComments, underRanges } from "./comment-anchors.ts";
import { headingBlock, titleLines } from "./heading-block.ts";
import { STYLE } from "./paragraph-style.ts";
import { keptAppendices, lastPrinted, printedOrder } from "./printed-order.ts";
import type { LineSource } from "./printed-line.ts";
import { printedLine } from "./printed-line.ts";
import type { Sheet } from "./sheet.ts";
import { lyingSheet, sheetProperties, standingSheet } from "./sheet.ts";
import { tableNeeds } from "./table-block.ts";
import type { TrackedWordings } from "./tracked-wording.ts";
import { revisionNumbers } from "./tracked-wording.ts";
import type { WordLists } from "./word-lists.ts";

/** What the sections of a report are made from. */
export interface PaperOptions {
  /** The threads to anchor, for a draft; none for the final text. */
  readonly threads: readonly NumberedThread[];
  /** The proposed wordings to write into the text. */
  readonly tracked: TrackedWordings;
  /** What numbers titles and items. */
  readonly lists: WordLists;
  /** The round whose draft it is, for the draft mark; null before the first. Absent: no draft. */
  readonly draft?: Round | null;
  /** What stands above the heading of the first page. */
  readonly note?: readonly FileChild[];
  readonly onBlock: () => void;
}

/** What the printed lines of a report are filled from. */
export function lineSource(report: Report): LineSource {
  const { template, ruleSet, fields } = report;
  return { ruleSet, fields: printedFields(template, fields), specs: fieldsOf(template, ruleSet) };
}

/**
 * The report as sections of a Word file: heading block, titles and text, recipients and signature, then each appendix
 * from a new page. Every title of the skeleton is printed, also above an empty slot, so that numbers are those of the
 * screen; only appendices at the end that hold neither words nor comments and need none are left out.
 */
export function reportSections(report: Report, options: PaperOptions): ISectionOptions[] {
  const { ruleSet, slots } = report;
  const source = lineSource(report);
  const outline = numberOutline(report.template, ruleSet, report.fields);
  const anchors = anchorComments(options.threads, outline, slots);
  const body = {
    report,
    anchors,
    tracked: options.tracked,
    lists: options.lists,
    nextRevision: revisionNumbers(),
    bookmarks: new Bookmarks(),
    tables: tablesBefore(outline, slots),
    onBlock: options.onBlock,
  };
  const { text, appendices } = printedOrder(report.template, outline);
  const standing = standingSheet(ruleSet);

  const last = lastPrinted(text, report);
  const main: FileChild[] = [
    ...(options.note ?? []),
    headingBlock(source, {
      columns: ruleSet.heading.columns,
      numbered: true,
      ...(options.draft === undefined ? {} : { draft: options.draft }),
    }),
    ...titleLines(source, standing.room, (children) => underRanges(anchors.report, children)),
    ...text.flatMap((numbered, index) => slotParagraphs(numbered, body, standing.room, index === last)),
    closingBlock(source),
    // Word ends a document with a paragraph; this one takes no room.
    new Paragraph({ style: STYLE.rule, keepNext: false, spacing: { before: 0, line: 20, lineRule: "exact" } }),
  ];
  const kept = keptAppendices(appendices, report, (title) => anchors.titles.has(title));
  for (const group of appendices.slice(kept.length)) {
    for (const numbered of group) for (const _ of slots[numbered.slot.id] ?? []) options.onBlock();
  }
  return [
    section(standing, ruleSet, main, { numberFirst: ruleSet.page.pageNumber.onFirstPage, restart: false }),
    ...kept.map((group) => {
      const { reference } = ruleSet.appendix;
      const sheet = asksToLie(group, report) ? lyingSheet(ruleSet) : standing;
      const [first, ...rest] = group.flatMap((numbered) => slotParagraphs(numbered, body, sheet.room, false));
      const line = reference ? printedLine(reference, source, { style: STYLE.headingBlock, width: sheet.room }) : [];
      // Where pages are counted on, the first of an appendix is a page like any other.
      const restart = ruleSet.appendix.restartPages;
      const numberFirst = ruleSet.page.pageNumber.onFirstPage || !restart;
      return section(sheet, ruleSet, first ? [first, ...line, ...rest] : line, { numberFirst, restart });
    }),
  ];
}

/** True of an appendix with a table of too many columns, or too wide ones, for a standing sheet. */
function asksToLie(group: readonly NumberedSlot[], { ruleSet, slots }: Report): boolean {
  const { lyingFrom = Infinity } = ruleSet.appendix;
  return group
    .flatMap(({ slot }) => slots[slot.id] ?? [])
    .some(({ table }) => {
      if (!table) return false;
      const { columns, width } = tableNeeds(table, ruleSet);
      return columns >= lyingFrom || width > standingSheet(ruleSet).room;
    });
}

function section(
  sheet: Sheet,
  { page }: RuleSet,
  children: readonly FileChild[],
  { numberFirst, restart }: { readonly numberFirst: boolean; readonly restart: boolean },
): ISectionOptions {
  return {
    properties: {
      titlePage: true,
      page: {
        ...sheetProperties(sheet, page.pageNumber.fromEdge),
        ...(restart ? { pageNumbers: { start: 1 } } : {}),
      },
    },
    headers: pageNumberHeaders(numberFirst),
    children,
  };
}

/**
 * The page number alone in the upper margin; a first page without it keeps the room. Both kinds of page have a header of
 * their own in every section, or LibreOffice sets the text of first pages lower.
 */
export function pageNumberHeaders(numberFirst: boolean): { default: Header; first: Header } {
  const header = (numbered: boolean): Header =>
    new Header({
      children: [
        new Paragraph({
          style: STYLE.pageNumber,
          children: numbered ? [new TextRun({ children: [PageNumber.CURRENT] })] : [],
        }),
      ],
    });
  return { default: header(true), first: header(numberFirst) };
}
