import type { Block } from "./block.ts";
import { blockTexts } from "./block.ts";
import type { CommentThread, Place } from "./comment.ts";
import type { BlockChange, Comparison, SlotChange } from "./comparison.ts";
import type { Finding } from "./completeness.ts";
import { wordsOf as wordsOfComment } from "./completeness.ts";
import type { ReportText } from "./report.ts";
import { cellText } from "./table.ts";
import { threadRows, threadsOfRow } from "./thread-row.ts";

/** The words of one block, or of a cell, then and now; null where it was not there, or is gone. */
export interface WordsChange {
  readonly before: string | null;
  readonly after: string | null;
}

/** A block by the slot it stands in and its id. */
export interface BlockPlace {
  readonly slot: string;
  readonly block: string;
}

/** What became of the text at a comment's place since the draft that the comment was made on. */
export interface PlaceChange {
  /** The version that holds that draft. */
  readonly since: string;
  readonly changed: boolean;
  /** What changed there, in the order of the text; nothing where nothing did. */
  readonly lines: readonly WordsChange[];
  /** The blocks that changed, where they stood in that draft, and where they stand now. */
  readonly before: readonly BlockPlace[];
  readonly after: readonly BlockPlace[];
}

/** How many lines of a change on a whole slot, or on the report, are told. */
const MOST = 40;

/**
 * What became of the text where a comment was made, by a comparison of that draft with the text as it is. `place` is where
 * the comment stood in that draft. It is about the blocks it stood in, with what was put right before or behind them,
 * since that is where people add what they are asked for; a comment on a cell is about the cell, one on a slot about the
 * whole of it. Null where the draft does not tell: the words were not in it.
 */
export function changeAt(
  thread: Pick<CommentThread, "comment">,
  place: Place | null,
  comparison: Comparison,
  draft: ReportText,
): Omit<PlaceChange, "since"> | null {
  const { target } = thread.comment;
  if (target.scope === "report" || target.scope === "slot") {
    const slots = comparison.slots.filter(({ slot }) => target.scope === "report" || slot === target.slot);
    return told(slots.flatMap(({ slot, blocks }) => blocks.map((change) => ({ slot, change }))));
  }
  if (!place) return null;
  const blocks = changesAt(place, comparison, draft);
  if (blocks.length === 0) return null;
  if (target.scope === "range") return told(blocks);
  const [before, after] = [cellIn(blocks, "before", target.cell), cellIn(blocks, "after", target.cell)];
  const changed = before !== after;
  return { changed, lines: changed ? [{ before, after }] : [], ...(changed ? placesOf(blocks) : NOWHERE) };
}

/** What became of a block, and the slot in which it is shown. */
interface ChangeThere {
  readonly slot: string;
  readonly change: BlockChange;
}

function told(blocks: readonly ChangeThere[]): Omit<PlaceChange, "since"> {
  const changed = blocks.filter(({ change: { kind, form, after, before } }) => {
    if (kind === "left") return false;
    // An empty paragraph that came or went is no answer to anybody.
    return (kind !== "same" || form) && (wordsOf(before) ?? "") + (wordsOf(after) ?? "") !== "";
  });
  const lines = changed
    .slice(0, MOST)
    .map(({ change: { before, after } }) => ({ before: wordsOf(before), after: wordsOf(after) }));
  return { changed: changed.length > 0, lines, ...placesOf(changed.slice(0, MOST)) };
}

const NOWHERE: Pick<PlaceChange, "before" | "after"> = { before: [], after: [] };

function placesOf(blocks: readonly ChangeThere[]): Pick<PlaceChange, "before" | "after"> {
  return {
    before: blocks.flatMap(({ slot, change: { before, from } }) =>
      before ? [{ slot: from ?? slot, block: before.id }] : [],
    ),
    after: blocks.flatMap(({ slot, change: { after } }) => (after ? [{ slot, block: after.id }] : [])),
  };
}

function wordsOf(block: Block | null): string | null {
  return (
    block &&
    blockTexts(block)
      .filter((text) => text.trim() !== "")
      .join(" | ")
  );
}

/** What became of the blocks a place is in, and of what was put in right beside them, in the order of the text. */
function changesAt({ slot, from, to }: Place, comparison: Comparison, draft: ReportText): ChangeThere[] {
  const ids = (draft.slots[slot] ?? []).map(({ id }) => id);
  const [first, last] = [ids.indexOf(from.block), ids.indexOf(to.block)];
  if (first < 0 || last < 0) return [];
  const stood = new Set(ids.slice(Math.min(first, last), Math.max(first, last) + 1));
  return (homesOf(comparison).get(slot) ?? []).flatMap(({ slot: home, blocks }) => {
    const there = blocks.map(
      ({ kind, before, from: came }) => kind !== "left" && (came ?? home) === slot && stood.has(before?.id ?? ""),
    );
    return blocks.flatMap((change, at) =>
      there[at] === true || isBeside(blocks, there, at) ? [{ slot: home, change }] : [],
    );
  });
}

const homes = new WeakMap<Comparison, ReadonlyMap<string, readonly SlotChange[]>>();

/** The slots in which blocks of each slot of the earlier text are shown, in order: a thousand comments ask for them. */
function homesOf(comparison: Comparison): ReadonlyMap<string, readonly SlotChange[]> {
  const before = homes.get(comparison);
  if (before) return before;
  const found = new Map<string, SlotChange[]>();
  for (const home of comparison.slots) {
    const origins = new Set(home.blocks.flatMap(({ kind, from }) => (kind === "left" ? [] : [from ?? home.slot])));
    for (const origin of origins) found.set(origin, [...(found.get(origin) ?? []), home]);
  }
  homes.set(comparison, found);
  return found;
}

/** True for a block that was put in where only others that were put in stand between it and one of those meant. */
function isBeside(blocks: readonly BlockChange[], there: readonly boolean[], at: number): boolean {
  return [1, -1].some((step) => {
    let near = at;
    while (blocks[near]?.kind === "inserted") near += step;
    return near !== at && there[near] === true;
  });
}

function cellIn(blocks: readonly ChangeThere[], side: "before" | "after", id: string): string | null {
  for (const { change } of blocks) {
    const cell = change[side]?.table?.rows.flatMap(({ cells }) => cells).find((one) => one.id === id);
    if (cell) return cellText(cell);
  }
  return null;
}

/** True where the committee said that it takes a comment up, and nothing of the text at its place has changed since. */
export function isUnchanged(thread: CommentThread, changes: ReadonlyMap<string, PlaceChange>): boolean {
  const { comment, decision } = thread;
  if (comment.withdrawn || (decision?.outcome !== "accept" && decision?.outcome !== "partly")) return false;
  return changes.get(comment.id)?.changed === false;
}

/** What was taken up without a change of the text, one warning for each row: nothing at the place of any of its comments. */
export function unchangedFindings(
  threads: readonly CommentThread[],
  changes: ReadonlyMap<string, PlaceChange>,
): Finding[] {
  return threadRows(threads).flatMap((row): Finding[] => {
    const all = threadsOfRow(row);
    const known = all.filter(({ comment }) => changes.has(comment.id));
    if (known.length === 0 || !known.every((thread) => isUnchanged(thread, changes))) return [];
    const { comment } = row.leading;
    const slot = comment.target.scope === "report" ? {} : { slot: comment.target.slot };
    return [
      {
        code: "comment-unchanged",
        severity: "warning",
        ...slot,
        comment: comment.id,
        values: { comment: comment.id, ...wordsOfComment(row.leading) },
      },
    ];
  });
}
