import { Paragraph, TextRun } from "docx";
import type { FileChild, ParagraphChild } from "docx";
import type { Block, LevelFormat, NumberedSlot, OutlineEntry, Report, RuleSet } from "#model";
import { blockLabels, blockText, headingPaths } from "#model";
import { balancedWidth } from "./balanced-lines.ts";
import { BlockSettings } from "./block-settings.ts";
import { blockRuns, labelRuns, trackedEnd } from "./block-runs.ts";
import type { Bookmarks } from "./bookmarks.ts";
import { BLOCK_BOOKMARK, TITLE_BOOKMARK } from "./bookmarks.ts";
import type { CellThreads, CommentAnchors } from "./comment-anchors.ts";
import { isPrinted, underRanges } from "./comment-anchors.ts";
import { isCountedAbove } from "./counted-list.ts";
import { itemStyle, levelStyle, STYLE } from "./paragraph-style.ts";
import { isBlank, textRun } from "./printable.ts";
import { tableBody } from "./table-block.ts";
import type { TrackedWordings } from "./tracked-wording.ts";
import type { WordLists } from "./word-lists.ts";

/** The words of a report on their way to paragraphs. */
export interface BodySource {
  readonly report: Report;
  readonly anchors: CommentAnchors;
  readonly tracked: TrackedWordings;
  readonly nextRevision: () => number;
  /** What numbers titles and items, asked in the order of the file. */
  readonly lists: WordLists;
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
 * signature. `room` is the width they have, in points.
 */
export function slotParagraphs(numbered: NumberedSlot, source: BodySource, room: number, last: boolean): FileChild[] {
  const { ruleSet, slots } = source.report;
  const content = slots[numbered.slot.id] ?? [];
  const labels = blockLabels(ruleSet, numbered.entry.path, content, source.tables.get(numbered.slot.id) ?? 0);
  const paths = headingPaths(numbered.entry.path, content);
  const marks = source.anchors.blocks.get(numbered.slot.id);
  const tracked = source.tracked.blocks.get(numbered.slot.id);
  const cells = source.anchors.cells.get(numbered.slot.id);
  const settings = new BlockSettings(numbered.slot.id, source.lists, source.nextRevision);
  const out: FileChild[] = [...numbered.before, numbered.entry].flatMap((entry) => titleParagraph(entry, source, room));
  const final = last ? content.findLastIndex(isPrinted) : -1;
  for (const [index, block] of content.entries()) {
    if (isPrinted(block)) {
      const wordings = tracked?.get(index) ?? [];
      const runs = blockRuns(block, marks?.get(index) ?? [], wordings, source.nextRevision);
      const style = blockStyle(ruleSet, numbered, block);
      const label = labels[index] ?? "";
      const { paragraph, text } = settings.next({ block, style, label, path: paths[index] ?? null, wordings });
      const end = index === final && block.kind !== "table" ? endMark(block, ruleSet) : "";
      out.push(
        new Paragraph({
          ...paragraph,
          // The last words stay on the page of the signature below them.
          ...(index === final ? { keepNext: true } : {}),
          ...trackedEnd(wordings, source.nextRevision),
          children: [
            ...labelRuns(text, wordings, source.nextRevision),
            ...source.bookmarks.around(BLOCK_BOOKMARK, block.id, runs),
            ...(end === "" ? [] : [new TextRun(end)]),
          ],
        }),
      );
      if (block.table) {
        const comments: CellThreads = cells?.get(index) ?? new Map();
        out.push(...tableBody(block.table, ruleSet, { room, comments, keepNext: index === final }));
      }
    }
    source.onBlock();
  }
  return out;
}

/** One title: a label of its own line stays in the paragraph, so that the navigation pane shows both as one. */
function titleParagraph(entry: OutlineEntry, source: BodySource, room: number): Paragraph[] {
  const { format, node, label, title } = entry;
  if (!format) return [];
  const setting = isCountedAbove(format) && format.capitals === true ? { allCaps: true } : {};
  const words = underRanges(source.anchors.titles.get(node.id), [textRun(title, setting)]);
  const above = format.labelAbove === true && label !== "";
  const shown = above || label === "" ? title : `${label} ${title}`;
  const side = format.align === "center" ? balance(shown, format, source.report.ruleSet, room) : 0;
  const style = titleStyle(source.report.ruleSet, entry);
  const written = source.lists.title(entry, style);
  return [
    new Paragraph({
      ...(side > 0 ? { indent: { left: side, right: side } } : {}),
      style,
      ...written.paragraph,
      children: [
        ...(above ? labelAbove(written.text) : labelRuns(written.text, [], source.nextRevision)),
        ...source.bookmarks.around(TITLE_BOOKMARK, node.id, words),
      ],
    }),
  ];
}

function labelAbove(label: string): ParagraphChild[] {
  return [...(label === "" ? [] : [textRun(label, { allCaps: false })]), new TextRun({ break: 1 })];
}

/** How far a centred title is drawn in on either side, in twentieths of a point, to fall into lines of like length. */
function balance(
  title: string,
  { size, bold, italic, capitals }: LevelFormat,
  { body }: RuleSet,
  width: number,
): number {
  const setting = { size: size ?? body.text.size, bold, italic, capitals };
  return Math.floor((width - balancedWidth(title, setting, width)) * 10);
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
export function endMark(block: Block, ruleSet: RuleSet): string {
  const mark = ruleSet.body.endMark;
  const text = blockText(block).trimEnd();
  if (mark === "" || isBlank(text) || text.endsWith(mark)) return "";
  return text.endsWith(".") && mark.startsWith(".") ? mark.slice(1) : mark;
}
