import type { Block } from "./block.ts";
import { blockText } from "./block.ts";
import type { ReportText } from "./report.ts";
import type { Template } from "./template.ts";
import { fillIn, slotsOf } from "./template.ts";

/** A stretch of words that stayed, came or went. */
export interface Piece {
  readonly text: string;
  readonly kind: "same" | "inserted" | "deleted";
}

/** Compares two lines of text word by word: all pieces but the inserted ones are `a`, all but the deleted ones `b`. */
export type WordDiff = (a: string, b: string) => readonly Piece[];

/** What became of one block. */
export interface BlockChange {
  /** `moved` where it stands in another order or another slot, whether or not its words changed too. */
  readonly kind: "same" | "changed" | "inserted" | "deleted" | "moved";
  readonly before: Block | null;
  readonly after: Block | null;
  /** The slot it came from, where that is another one. */
  readonly from?: string;
  /** True where its kind, level or marks changed. */
  readonly form: boolean;
  readonly pieces: readonly Piece[];
}

/** What became of one slot: the blocks of the later text in their order, deleted ones where they stood. */
export interface SlotChange {
  readonly slot: string;
  readonly title: string;
  readonly changed: boolean;
  readonly blocks: readonly BlockChange[];
}

export interface Comparison {
  readonly slots: readonly SlotChange[];
  readonly fields: readonly { readonly id: string; readonly before: string; readonly after: string }[];
}

/** A block of the earlier text with the slot it stood in. */
interface Origin {
  readonly slot: string;
  readonly block: Block;
}

/**
 * Two states of a report, slot by slot. Blocks are matched by their ids; where an id is gone, a block of the same slot
 * with the very same words counts as the same block. `diffWords` is called once for each matched block whose words
 * differ.
 */
export function compareTexts(
  before: ReportText,
  after: ReportText,
  template: Template,
  diffWords: WordDiff,
): Comparison {
  const slots = slotsOf(template);
  const origins = matchBlocks(
    slots.map((slot) => slot.id),
    before,
    after,
  );
  const taken = new Set([...origins.values()].map((origin) => origin.block));
  return {
    slots: slots.map((slot) => {
      const gone = (before.slots[slot.id] ?? []).filter((block) => !taken.has(block));
      const blocks = slotChanges(slot.id, before, after.slots[slot.id] ?? [], origins, gone, diffWords);
      const changed = blocks.some((block) => block.kind !== "same" || block.form);
      return { slot: slot.id, title: fillIn(slot.title.vi, after.fields), changed, blocks };
    }),
    fields: changedFields(before.fields, after.fields),
  };
}

/** For each block of the later text that was there before, where it was. No earlier block is used twice. */
function matchBlocks(slots: readonly string[], before: ReportText, after: ReportText): Map<Block, Origin> {
  const origins = new Map<Block, Origin>();
  const used = new Set<Block>();
  const match = (block: Block, origin: Origin | undefined): void => {
    if (!origin || used.has(origin.block) || origins.has(block)) return;
    origins.set(block, origin);
    used.add(origin.block);
  };
  const earlier = (slot: string): Origin[] => (before.slots[slot] ?? []).map((block) => ({ slot, block }));
  // The same slot comes first in each pass, because derived ids may repeat from slot to slot.
  for (const slot of slots) {
    const ids = new Map(earlier(slot).map((origin) => [origin.block.id, origin]));
    for (const block of after.slots[slot] ?? []) match(block, ids.get(block.id));
  }
  const elsewhere = new Map(slots.flatMap(earlier).map((origin) => [origin.block.id, origin]));
  for (const slot of slots) for (const block of after.slots[slot] ?? []) match(block, elsewhere.get(block.id));
  for (const slot of slots) {
    for (const block of after.slots[slot] ?? []) {
      const words = blockText(block);
      if (words.trim() === "" || origins.has(block)) continue;
      match(
        block,
        earlier(slot).find((origin) => !used.has(origin.block) && blockText(origin.block) === words),
      );
    }
  }
  return origins;
}

function slotChanges(
  slot: string,
  before: ReportText,
  now: readonly Block[],
  origins: ReadonlyMap<Block, Origin>,
  gone: readonly Block[],
  diffWords: WordDiff,
): BlockChange[] {
  const earlier = before.slots[slot] ?? [];
  const stayed = now.flatMap((block) => {
    const origin = origins.get(block);
    return origin?.slot === slot ? [{ block, index: earlier.indexOf(origin.block) }] : [];
  });
  const inOrder = new Set(longestRise(stayed.map((entry) => entry.index)).map((at) => stayed[at]?.block));
  const changes: BlockChange[] = [];
  const pending = [...gone];
  const flushBefore = (index: number): void => {
    while (pending[0] && earlier.indexOf(pending[0]) < index) {
      const block = pending.shift();
      if (block) changes.push(deletion(block));
    }
  };
  for (const block of now) {
    const origin = origins.get(block);
    if (inOrder.has(block) && origin) flushBefore(earlier.indexOf(origin.block));
    changes.push(origin ? changeOf(slot, origin, block, !inOrder.has(block), diffWords) : insertion(block));
  }
  flushBefore(Infinity);
  return changes;
}

function deletion(block: Block): BlockChange {
  return { kind: "deleted", before: block, after: null, form: false, pieces: whole(blockText(block), "deleted") };
}

function insertion(block: Block): BlockChange {
  return { kind: "inserted", before: null, after: block, form: false, pieces: whole(blockText(block), "inserted") };
}

function changeOf(slot: string, origin: Origin, after: Block, moved: boolean, diffWords: WordDiff): BlockChange {
  const [old, current] = [blockText(origin.block), blockText(after)];
  const same = old === current;
  const pieces = same ? whole(current, "same") : diffWords(old, current);
  const kind = moved ? "moved" : same ? "same" : "changed";
  const change = { kind, before: origin.block, after, form: formDiffers(origin.block, after, same), pieces } as const;
  return origin.slot === slot ? change : { ...change, from: origin.slot };
}

function whole(text: string, kind: Piece["kind"]): Piece[] {
  return text === "" ? [] : [{ text, kind }];
}

function formDiffers(before: Block, after: Block, sameText: boolean): boolean {
  if (before.kind !== after.kind || before.level !== after.level) return true;
  // Where words changed, runs differ anyway.
  return sameText && JSON.stringify(before.runs) !== JSON.stringify(after.runs);
}

/** The positions of a longest strictly rising selection of `values`, in order. */
function longestRise(values: readonly number[]): number[] {
  const tails: number[] = [];
  const previous: number[] = [];
  for (const [at, value] of values.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    previous.push(low > 0 ? (tails[low - 1] ?? -1) : -1);
    tails[low] = at;
  }
  const rise: number[] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) rise.unshift(at);
  return rise;
}

function changedFields(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): Comparison["fields"] {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return ids
    .map((id) => ({ id, before: before[id] ?? "", after: after[id] ?? "" }))
    .filter((field) => field.before !== field.after);
}
