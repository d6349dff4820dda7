import { Paragraph, TextRun } from "docx";
import type { FileChild, ParagraphChild } from "docx";
import type { Block, LevelFormat, NumberedSlot, OutlineEntry, Report, RuleSet } from "#model";
import { blockLabels, blockText } from "#model";
import type { Bookmarks } from "./bookmarks.ts";
import { BLOCK_BOOKMARK, TITLE_BOOKMARK } from "./bookmarks.ts";
import type { CommentAnchors, Mark } from "./comment-anchors.ts";
import { isPrinted, rangeEnd, rangeStart, underRanges } from "./comment-anchors.ts";
import { points } from "./measure.ts";
import { itemStyle, levelStyle, STYLE } from "./paragraph-style.ts";
import { isBlank, markStyle, textRun, wholeCharacter } from "./printable.ts";
import { tableBody } from "./table-block.ts";
import { balancedWidth } from "./text-width.ts";

/** The words of a report on their way to paragraphs. */
export interface BodySource {
  readonly report: Report;
  readonly anchors: CommentAnchors;
  /** Names what can be found again in the file: blocks and titles. */
  readonly bookmarks: Bookmarks;
  /** How many tables stand above each slot. */
  readonly tables: ReadonlyMap<string, number>;
  /** Called after each block. */
  readonly onBlock: () => void;
}

/**
 * The titles that stand above a slot, its own title, and its blocks. An empty slot prints its titles alone: the numbers
 * are those of the screen, and a gap is seen before it is signed. `last` where no more words follow before the
 * signature.
 */
export function slotParagraphs(numbered: NumberedSlot, source: BodySource, last: boolean): FileChild[] {
  const { ruleSet, slots } = source.report;
  const content = slots[numbered.slot.id] ?? [];
  const labels = blockLabels(ruleSet, numbered.entry.path, content, source.tables.get(numbered.slot.id) ?? 0);
  const marks = source.anchors.blocks.get(numbered.slot.id);
  const cells = source.anchors.cells.get(numbered.slot.id);
  const out: FileChild[] = [...numbered.before, numbered.entry].flatMap((entry) => titleParagraph(entry, source));
  const final = last ? content.findLastIndex(isPrinted) : -1;
  for (const [index, block] of content.entries()) {
    if (isPrinted(block)) {
      const runs = blockRuns(block, marks?.get(index) ?? []);
      const end = index === final && block.kind !== "table" ? endMark(block, ruleSet) : "";
      out.push(
        new Paragraph({
          style: blockStyle(ruleSet, numbered, block),
          // The last words stay on the page of the signature below them.
          ...(index === final ? { keepNext: true } : {}),
          children: [
            ...labelRun(labels[index] ?? ""),
            ...source.bookmarks.around(BLOCK_BOOKMARK, block.id, runs),
            ...(end === "" ? [] : [new TextRun(end)]),
          ],
        }),
      );
      if (block.table) out.push(...tableBody(block.table, ruleSet, cells?.get(index) ?? new Map(), index === final));
    }
    source.onBlock();
  }
  return out;
}

/** One title: a label of its own line stays in the paragraph, so that the navigation pane shows both as one. */
function titleParagraph(entry: OutlineEntry, source: BodySource): Paragraph[] {
  const { format, node, label, title } = entry;
  if (!format) return [];
  const words = underRanges(source.anchors.titles.get(node.id), [textRun(title)]);
  const above = format.labelAbove === true && label !== "";
  const shown = above || label === "" ? title : `${label} ${title}`;
  const side = format.align === "center" ? balance(shown, format, source.report.ruleSet) : 0;
  return [
    new Paragraph({
      ...(side > 0 ? { indent: { left: side, right: side } } : {}),
      style: titleStyle(source.report.ruleSet, entry),
      children: [
        ...(above ? [textRun(label, { allCaps: false }), new TextRun({ break: 1 })] : labelRun(label)),
        ...source.bookmarks.around(TITLE_BOOKMARK, node.id, words),
      ],
    }),
  ];
}

/** How far a centred title is drawn in on either side, in twentieths of a point, to fall into lines of like length. */
function balance(title: string, { size, bold, italic, capitals }: LevelFormat, { body, page }: RuleSet): number {
  const width = points(page.width - page.margin.left - page.margin.right);
  const setting = { size: size ?? body.text.size, bold, italic, capitals };
  return Math.floor((width - balancedWidth(title, setting, width)) * 10);
}

function labelRun(label: string): TextRun[] {
  return label === "" ? [] : [textRun(`${label} `)];
}

function titleStyle(ruleSet: RuleSet, entry: OutlineEntry): string {
  if (entry.node.type === "part") return STYLE.part;
  if (entry.node.type === "appendices") return STYLE.appendix;
  return levelStyle(ruleSet, entry.path.length - 1);
}

function blockStyle(ruleSet: RuleSet, numbered: NumberedSlot, block: Block): string {
  if (block.kind === "heading") return levelStyle(ruleSet, numbered.entry.path.length + block.level - 1);
  if (block.kind === "item") return itemStyle(ruleSet, block.level);
  return block.kind === "table" ? STYLE.caption : STYLE.body;
}

/** What a rule set prints after the last word, less what the words already end with. */
function endMark(block: Block, ruleSet: RuleSet): string {
  const mark = ruleSet.body.endMark;
  const text = blockText(block).trimEnd();
  if (mark === "" || isBlank(text) || text.endsWith(mark)) return "";
  return text.endsWith(".") && mark.startsWith(".") ? mark.slice(1) : mark;
}

/** The runs of a block, cut where comments begin and end. */
function blockRuns(block: Block, marks: readonly Mark[]): ParagraphChild[] {
  const text = blockText(block);
  const out: ParagraphChild[] = [];
  const events = marks.toSorted((a, b) => a.offset - b.offset || order(a) - order(b));
  let next = 0;
  let at = 0;
  const flush = (upTo: number): void => {
    while (next < events.length && (events[next]?.offset ?? 0) <= upTo) {
      const event = events[next++];
      if (event && event.side !== "end") out.push(...rangeStart(event.numbers));
      if (event && event.side !== "start") out.push(...rangeEnd(event.numbers));
    }
  };
  flush(0);
  let runEnd = 0;
  for (const run of block.runs) {
    runEnd += run.text.length;
    // A run never ends within a character: its second half goes with the first.
    const end = wholeCharacter(text, runEnd);
    while (at < end) {
      const cut = Math.min(events[next]?.offset ?? end, end);
      if (cut > at) out.push(textRun(text.slice(at, cut), markStyle(run.marks)));
      at = cut;
      flush(at);
    }
  }
  return out;
}

// Ranges that end at a point end before those that begin there, or they would be told to share words.
function order(mark: Mark): number {
  return mark.side === "end" ? 0 : 1;
}
