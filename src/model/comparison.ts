import type { Block } from "./block.ts";
import { blockText } from "./block.ts";
import type { BlockOrigin } from "./block-match.ts";
import { longestRise, matchBlocks, RELATED } from "./block-match.ts";
import type { ReportText } from "./report.ts";
import { emptyTable } from "./table.ts";
import type { TableChange } from "./table-comparison.ts";
import { compareTables } from "./table-comparison.ts";
import type { Template } from "./template.ts";
import { fillIn, slotsOf } from "./template.ts";
import type { Piece, WordDiff } from "./word-diff.ts";
import { whole } from "./word-diff.ts";

/** What became of one block. */
export interface BlockChange {
  /**
   * `moved` where it stands in another order or another slot, whether or not its words changed too; `left` is the trace
   * of a block that moved into another slot, at the place where it stood.
   */
  readonly kind: "same" | "changed" | "inserted" | "deleted" | "moved" | "left";
  readonly before: Block | null;
  readonly after: Block | null;
  /** The slot it came from, where that is another one. */
  readonly from?: string;
  /** The slot it went to, of a block that left. */
  readonly to?: string;
  /** True where its kind, level or marks changed, or the form of its table. */
  readonly form: boolean;
  /** Its text; of a table, the caption. */
  readonly pieces: readonly Piece[];
  /** What became of its content, where it is or was a table. Absent where the block left. */
  readonly table?: TableChange;
}

/** What became of one slot: the blocks of the later text in their order, those that are gone where they stood. */
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

/**
 * Two states of a report, slot by slot. Blocks are matched as {@link matchBlocks} says. `diffWords` is called once for
 * each matched block whose words differ; a sentence that was written anew is shown whole beside the old one.
 */
export function compareTexts(
  before: ReportText,
  after: ReportText,
  template: Template,
  diffWords: WordDiff,
): Comparison {
  const slots = slotsOf(template);
  const blocksOf = (text: ReportText) => slots.map(({ id }) => ({ slot: id, blocks: text.slots[id] ?? [] }));
  const origins = matchBlocks(blocksOf(before), blocksOf(after));
  const homes = new Map<Block, string>();
  for (const { slot, blocks } of blocksOf(after)) {
    for (const block of blocks) {
      const origin = origins.get(block);
      if (origin) homes.set(origin.block, slot);
    }
  }
  return {
    slots: slots.map((slot) => {
      const gone = (before.slots[slot.id] ?? []).flatMap((block, at) => {
        const to = homes.get(block);
        return to === slot.id
          ? []
          : [{ at, change: to === undefined ? deletion(block, diffWords) : departure(block, to) }];
      });
      const blocks = slotChanges(slot.id, after.slots[slot.id] ?? [], origins, gone, diffWords);
      const changed = blocks.some((block) => block.kind !== "same" || block.form);
      return { slot: slot.id, title: fillIn(slot.title.vi, after.fields), changed, blocks };
    }),
    fields: changedFields(before.fields, after.fields),
  };
}

function slotChanges(
  slot: string,
  now: readonly Block[],
  origins: ReadonlyMap<Block, BlockOrigin>,
  gone: readonly { readonly at: number; readonly change: BlockChange }[],
  diffWords: WordDiff,
): BlockChange[] {
  const stayed = now.flatMap((block) => {
    const origin = origins.get(block);
    return origin?.slot === slot ? [{ block, at: origin.at }] : [];
  });
  const inOrder = new Set(longestRise(stayed.map(({ at }) => at)).map((index) => stayed[index]?.block));
  const changes: BlockChange[] = [];
  let next = 0;
  const flushBefore = (at: number): void => {
    for (; next < gone.length && (gone[next]?.at ?? at) < at; next++) {
      const departed = gone[next];
      if (departed) changes.push(departed.change);
    }
  };
  for (const block of now) {
    const origin = origins.get(block);
    if (inOrder.has(block) && origin) flushBefore(origin.at);
    changes.push(origin ? changeOf(slot, origin, block, !inOrder.has(block), diffWords) : insertion(block, diffWords));
  }
  flushBefore(Infinity);
  return changes;
}

function deletion(block: Block, diffWords: WordDiff): BlockChange {
  const pieces = whole(blockText(block), "deleted");
  return { kind: "deleted", before: block, after: null, form: false, pieces, ...tableChange(block, null, diffWords) };
}

function departure(block: Block, to: string): BlockChange {
  return { kind: "left", before: block, after: null, to, form: false, pieces: whole(blockText(block), "same") };
}

function insertion(block: Block, diffWords: WordDiff): BlockChange {
  const pieces = whole(blockText(block), "inserted");
  return { kind: "inserted", before: null, after: block, form: false, pieces, ...tableChange(null, block, diffWords) };
}

function changeOf(slot: string, origin: BlockOrigin, after: Block, moved: boolean, diffWords: WordDiff): BlockChange {
  const before = origin.block;
  const [old, current] = [blockText(before), blockText(after)];
  const same = old === current;
  const pieces = same
    ? whole(current, "same")
    : origin.likeness < RELATED
      ? [...whole(old, "deleted"), ...whole(current, "inserted")]
      : diffWords(old, current);
  const content = tableChange(before, after, diffWords);
  const kind = moved ? "moved" : same && !content.table?.changed ? "same" : "changed";
  const form = formDiffers(before, after, same) || content.table?.form === true;
  const change = { kind, before, after, form, pieces, ...content } as const;
  return origin.slot === slot ? change : { ...change, from: origin.slot };
}

function tableChange(before: Block | null, after: Block | null, diffWords: WordDiff): { readonly table?: TableChange } {
  if (!before?.table && !after?.table) return {};
  return { table: compareTables(before?.table ?? emptyTable(""), after?.table ?? emptyTable(""), diffWords) };
}

function formDiffers(before: Block, after: Block, sameText: boolean): boolean {
  if (before.kind !== after.kind || before.level !== after.level) return true;
  // Where words changed, runs differ anyway.
  return sameText && JSON.stringify(before.runs) !== JSON.stringify(after.runs);
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
