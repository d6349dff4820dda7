import { indexAt, readSlot, readTable, slotText } from "#collab";
import { CellFinder, resolveAnchor } from "#comments";
import type { Block, Comment, NumberedSlot, TextRun } from "#model";
import { blockLabels, blockText, isEmptySlot, numberOutline } from "#model";
import type { ReportInfo } from "#protocol";
import type * as Y from "yjs";

/** A block as it is read: its label, and where its text begins in the slot's flat text. */
export interface ReadingBlock {
  readonly block: Block;
  readonly label: string;
  readonly start: number;
}

/** A slot of a frozen draft as it is read. */
export interface ReadingSlot {
  readonly numbered: NumberedSlot;
  readonly blocks: readonly ReadingBlock[];
  readonly empty: boolean;
}

/** A stretch of a slot's flat text. */
export interface Stretch {
  readonly slot: string;
  readonly from: number;
  readonly to: number;
}

/** Words of one's own comments stand in the text under the comment's id. */
export interface Highlight extends Stretch {
  readonly comment: string;
  /** The wording proposed instead of these words; absent where none is. */
  readonly proposal?: string;
}

/** The frozen draft in reading order. */
export function readDraft(body: Y.Doc, info: Pick<ReportInfo, "template" | "ruleSet" | "fields">): ReadingSlot[] {
  let tables = 0;
  return numberOutline(info.template, info.ruleSet, info.fields).map((numbered) => {
    const text = slotText(body, numbered.slot.id);
    const blocks = readSlot(text).map((block) =>
      block.table ? { ...block, table: readTable(body, block.table.id) } : block,
    );
    const labels = blockLabels(info.ruleSet, numbered.entry.path, blocks, tables);
    tables += blocks.filter((block) => block.kind === "table").length;
    return {
      numbered,
      empty: isEmptySlot(blocks),
      blocks: blocks.map((block, i) => ({
        block,
        label: labels[i] ?? "",
        start: indexAt(text, { block: block.id, offset: 0 }) ?? 0,
      })),
    };
  });
}

/** Number and title of a slot of the draft; its id where the draft has no such slot. */
export function slotTitle(slots: readonly ReadingSlot[], slot: string): string {
  const entry = slots.find(({ numbered }) => numbered.slot.id === slot)?.numbered.entry;
  return entry ? `${entry.label} ${entry.title}`.trim() : slot;
}

/** What is marked in the text: one's own comments, or others'. */
type Marked = Pick<Comment, "id" | "target" | "proposal"> & { readonly withdrawn?: boolean };

/** Where the words of the comments stand in the draft. Withdrawn ones and those whose words are not in it are left out. */
export function highlightsOf(body: Y.Doc, comments: readonly Marked[]): Highlight[] {
  const highlights: Highlight[] = [];
  for (const comment of comments) {
    const { target } = comment;
    if (comment.withdrawn === true || target.scope !== "range") continue;
    for (const [index, { slot, anchor }] of [target, ...(target.also ?? [])].entries()) {
      const range = resolveAnchor(body, slot, anchor);
      const proposal = index === 0 && comment.proposal !== undefined ? { proposal: comment.proposal } : {};
      if (range) highlights.push({ comment: comment.id, ...range, ...proposal });
    }
  }
  return highlights;
}

/** A cell of a table under the id of one's own comment on it. */
export interface CellHighlight {
  readonly slot: string;
  readonly block: string;
  readonly cell: string;
  readonly comment: string;
}

/** The cells of the draft that comments are on. Withdrawn ones and those whose cell is not in it are left out. */
export function cellHighlightsOf(body: Y.Doc, comments: readonly Marked[]): CellHighlight[] {
  const cells = new CellFinder(body);
  return comments.flatMap(({ id, target, withdrawn }) => {
    const place = withdrawn === true || target.scope !== "cell" ? null : (cells.find(target)?.place ?? null);
    if (place?.cell === undefined) return [];
    return [{ slot: place.slot, block: place.from.block, cell: place.cell, comment: id }];
  });
}

/** A piece of a block's text under one set of marks and comments. */
export interface ReadingPiece {
  /** Where it begins in the slot's flat text. */
  readonly from: number;
  readonly text: string;
  readonly marks: TextRun["marks"];
  readonly comments: readonly string[];
  /** The wording proposed instead of it, and of what stands before it under the same comment; null where none is. */
  readonly change: { readonly ends: boolean; readonly proposal: string } | null;
  /** Other delegates' comments. */
  readonly others: readonly string[];
  readonly selected: boolean;
}

/** The runs of a block cut where a highlight or the selection begins or ends. Their texts together are the block's text. */
export function piecesOf(
  { block, start }: ReadingBlock,
  highlights: readonly Highlight[],
  selection: Stretch | null,
  others: readonly Highlight[] = [],
): ReadingPiece[] {
  const end = start + blockText(block).length;
  const touching = highlights.filter((one) => one.from < end && one.to > start);
  const foreign = others.filter((one) => one.from < end && one.to > start);
  const edges = [...touching, ...foreign, ...(selection ? [selection] : [])].flatMap((one) => [one.from, one.to]);
  const pieces: ReadingPiece[] = [];
  let at = start;
  for (const run of block.runs) {
    const stop = at + run.text.length;
    const cuts = [...new Set([at, ...edges.filter((edge) => edge > at && edge < stop), stop])].sort((a, b) => a - b);
    for (const [i, from] of cuts.slice(0, -1).entries()) {
      const to = cuts[i + 1] ?? stop;
      pieces.push({
        from,
        text: run.text.slice(from - at, to - at),
        marks: run.marks,
        comments: touching.filter((one) => one.from <= from && one.to >= to).map((one) => one.comment),
        change: changeOf(touching, from, to),
        others: foreign.filter((one) => one.from <= from && one.to >= to).map((one) => one.comment),
        selected: selection !== null && selection.from <= from && selection.to >= to,
      });
    }
    at = stop;
  }
  return pieces;
}

function changeOf(highlights: readonly Highlight[], from: number, to: number): ReadingPiece["change"] {
  const changed = highlights.find((one) => one.proposal !== undefined && one.from <= from && one.to >= to);
  return changed?.proposal === undefined ? null : { ends: changed.to === to, proposal: changed.proposal };
}

/** The stretch of a whole block, or null where it has no words. */
export function blockStretch(slot: string, { block, start }: ReadingBlock): Stretch | null {
  const text = blockText(block);
  if (text.trim() === "") return null;
  return { slot, from: start, to: start + text.length };
}
