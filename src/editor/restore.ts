import { Fragment, Slice } from "prosemirror-model";
import type { Node } from "prosemirror-model";
import type { EditorState, Transaction } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";
import type * as Y from "yjs";
import { fieldsMap, isStoredId, ORIGIN, readSlot, readTable, restoreTable, slotText } from "#collab";
import type { Block, ReportText, StayingBlock, Table, TextRun, WordDiff } from "#model";
import {
  blockNode,
  blockText,
  markChanges,
  nodeBlock,
  replacements,
  reportSchema,
  runsBetween,
  stayingBlocks,
} from "#model";
import type { FormerText } from "./binding/former-text.ts";
import { keepIds } from "./binding/identity.ts";
import { markRestored } from "./binding/moved-text.ts";
import { ReplaceManyStep } from "./replace-many.ts";
import type { TextReplacement } from "./replace-many.ts";
import type { MadeTable } from "./table/table-blocks.ts";

/** What has to be written so that a report reads as a version did. */
export interface Restoration {
  readonly slots: ReportText["slots"];
  /** Undefined for a field that is to go. */
  readonly fields: ReadonlyMap<string, string | undefined>;
  /** Tables that are to hold what they once held. */
  readonly tables: readonly Table[];
  /** New tables with what others once held: those of blocks that come back while theirs stand elsewhere by now. */
  readonly made: readonly MadeTable[];
}

/**
 * What makes of what a person was shown what the person asked for. Null where somebody has changed any of it since: what
 * nobody has seen, nobody may take away. A table whose block stands nowhere shows nobody anything, and may be written.
 */
export function restoration(doc: Y.Doc, seen: ReportText, target: ReportText, newId: () => string): Restoration | null {
  const slots: Record<string, readonly Block[]> = {};
  for (const [slot, blocks] of Object.entries(target.slots)) {
    if (written(blocks) === written(seen.slots[slot])) continue;
    if (written(readSlot(slotText(doc, slot))) !== written(seen.slots[slot])) return null;
    slots[slot] = blocks;
  }
  const made = madeApart(slots, seen, target, newId);
  const fields = restoredFields(doc, seen, target);
  const tables = restoredTables(doc, seen, { ...target.slots, ...slots }, made);
  return fields && tables && { slots, fields, tables, made };
}

function restoredFields(doc: Y.Doc, seen: ReportText, target: ReportText): Restoration["fields"] | null {
  const present = fieldsMap(doc);
  const fields = new Map<string, string | undefined>();
  for (const id of new Set([...Object.keys(seen.fields), ...Object.keys(target.fields)])) {
    if (target.fields[id] === seen.fields[id]) continue;
    if (present.get(id) !== seen.fields[id]) return null;
    fields.set(id, target.fields[id]);
  }
  return fields;
}

function restoredTables(
  doc: Y.Doc,
  seen: ReportText,
  slots: ReportText["slots"],
  made: readonly MadeTable[],
): Table[] | null {
  const shown = new Map(tablesIn(seen.slots).map((table) => [table.id, JSON.stringify(table)]));
  const tables: Table[] = [];
  for (const table of tablesIn(slots)) {
    const wanted = JSON.stringify(table);
    if (wanted === shown.get(table.id) || made.some(({ id }) => id === table.id)) continue;
    const now = JSON.stringify(readTable(doc, table.id));
    if (now !== (shown.get(table.id) ?? now)) return null;
    if (now !== wanted) tables.push(table);
  }
  return tables;
}

/** Gives blocks of `slots` tables of their own where the ones they had stand in slots that stay as they are. */
function madeApart(
  slots: Record<string, readonly Block[]>,
  seen: ReportText,
  target: ReportText,
  newId: () => string,
): MadeTable[] {
  const made: MadeTable[] = [];
  const kept = Object.fromEntries(Object.entries(target.slots).filter(([slot]) => !(slot in slots)));
  const elsewhere = new Set(tablesIn(kept).map(({ id }) => id));
  for (const [slot, blocks] of Object.entries(slots)) {
    const here = new Set(tablesIn({ [slot]: seen.slots[slot] ?? [] }).map(({ id }) => id));
    slots[slot] = blocks.map((block) => {
      if (!block.table || !elsewhere.has(block.table.id) || here.has(block.table.id)) return block;
      const id = newId();
      made.push({ id, content: block.table });
      return { ...block, table: { ...block.table, id } };
    });
  }
  return made;
}

/** What the tables of some blocks hold, each once. */
function tablesIn(slots: ReportText["slots"]): Table[] {
  const tables = new Map<string, Table>();
  for (const { table } of Object.values(slots).flat()) {
    if (table && isStoredId(table.id) && !tables.has(table.id)) tables.set(table.id, table);
  }
  return [...tables.values()];
}

/** Makes tables hold what they once held, as an edit of this person. */
export function restoreTables(doc: Y.Doc, tables: readonly Table[], diffWords: WordDiff, newId: () => string): void {
  if (tables.length === 0) return;
  doc.transact(() => {
    for (const table of tables) restoreTable(doc, table, diffWords, newId);
  }, ORIGIN.editor);
}

/** All that a slot's own text says. What a table holds is not part of it. */
function written(blocks: readonly Block[] = []): string {
  return JSON.stringify(blocks.map(({ id, kind, level, runs, table }) => [id, kind, level, runs, table?.id]));
}

/** Writes fields as they were, as an edit of this person. */
export function restoreFields(doc: Y.Doc, fields: Restoration["fields"]): void {
  if (fields.size === 0) return;
  doc.transact(() => {
    for (const [id, value] of fields) {
      if (value === undefined) fieldsMap(doc).delete(id);
      else fieldsMap(doc).set(id, value);
    }
  }, ORIGIN.editor);
}

/**
 * One transaction that makes the slots read as they do in `target`: words, marks, kinds, levels, and ids where they are
 * free. It is an edit like any other. What stays is not touched: blocks keep their place where they can, and of a block
 * that changed only the words that `diffWords` tells apart are replaced, so that comments on the others hold. A slot
 * that `target` does not name stays as it is; where nothing differs, nothing is done. `former` is the version that
 * blocks of `target` come from: of them exactly the characters that still stand stay, and the others come back as what
 * they were, with their comments.
 */
export function restored(
  state: EditorState,
  target: ReportText["slots"],
  diffWords: WordDiff,
  former: FormerText | null = null,
): Transaction {
  // What leaves one place and comes to another with the same words is moved, and its comments with it.
  const transaction = keepIds(state.tr).setMeta("uiEvent", "move");
  if (former) markRestored(transaction, former, target);
  const sections: { slot: string; node: Node; start: number }[] = [];
  state.doc.forEach((node, offset) => sections.push({ slot: String(node.attrs["slot"]), node, start: offset + 1 }));
  const ids = new Set(sections.flatMap(({ slot }) => (target[slot] ?? []).map(({ id }) => id)).filter(isStoredId));
  // From the last to the first, so that each is at its old place when its turn comes.
  for (const { slot, node, start } of sections.toReversed()) {
    const wanted = target[slot];
    if (!wanted || wanted.length === 0) continue;
    const comparison = former ? comparedWith(former, slot, diffWords) : comparedBy(diffWords);
    restoreSection(transaction, node, start, wanted, ids, comparison);
  }
  return transaction;
}

/** How what a slot reads now is told from what it is to read. */
interface Comparison {
  readonly staying: (present: readonly Block[], wanted: readonly Block[]) => readonly StayingBlock[];
  /** The words of the `at`th block; of one that is `related` some are to stay. */
  readonly words: (at: number, now: Block, then: Block, related: boolean) => ReturnType<WordDiff>;
  /** True where the same words are not the same: then what a step takes away must not come back in that step. */
  readonly apart: boolean;
}

function comparedBy(diffWords: WordDiff): Comparison {
  return {
    staying: stayingBlocks,
    words: (_, now, then, related) => compareLines(blockText(now), blockText(then), related ? diffWords : wholeLine),
    apart: false,
  };
}

function comparedWith(former: FormerText, slot: string, diffWords: WordDiff): Comparison {
  return {
    staying: (present, wanted) => former.staying(slot, present, wanted),
    words: (at, now, then, related) => former.compare(slot, at, now, then, related ? diffWords : wholeLine),
    apart: true,
  };
}

function restoreSection(
  transaction: Transaction,
  section: Node,
  start: number,
  wanted: readonly Block[],
  ids: ReadonlySet<string>,
  { staying, words, apart }: Comparison,
): void {
  const present = section.children.map(nodeBlock);
  const old = placesIn(section, start);
  const pairs = staying(present, wanted).flatMap(({ before, after, related }) => {
    const [now, was, pos] = [present[before], wanted[after], old[before]];
    return now && was && pos !== undefined ? [{ before, after, now, was, pos, related }] : [];
  });
  replaceWords(
    transaction,
    pairs.flatMap(({ before, now, was, pos, related }) => rewordings(pos, was, words(before, now, was, related))),
    apart,
  );
  const reworded = transaction.doc.resolve(start).parent;
  const places = placesIn(reworded, start);
  const end = start + reworded.content.size;
  // What lies between two blocks that stay is replaced as one piece.
  let [goes, comes] = [present.length, wanted.length];
  const replaceFrom = (before: number, after: number): void => {
    if (before === goes && after === comes) return;
    const content = Fragment.from(wanted.slice(after, comes).map(freshBlock));
    replaceBlocks(transaction, places[before] ?? end, places[goes] ?? end, content, apart);
  };
  for (const { before, after, now, was } of pairs.toReversed()) {
    replaceFrom(before + 1, after + 1);
    [goes, comes] = [before, after];
    // A block that had no id of its own then keeps the one it has now, unless that is another's.
    const id = isStoredId(was.id) ? was.id : ids.has(now.id) ? "" : now.id;
    restoreShape(transaction, places[before] ?? start, now, { ...was, id });
  }
  replaceFrom(0, 0);
}

/** The positions of a section's blocks. */
function placesIn(section: Node, start: number): number[] {
  const places: number[] = [];
  section.forEach((_, offset) => places.push(start + offset));
  return places;
}

/** What has to be replaced so that the block at `pos` reads as it did. */
function rewordings(pos: number, was: Block, pieces: ReturnType<WordDiff>): TextReplacement[] {
  return replacements(pieces).map(({ from, to, newFrom, newTo }) => ({
    from: pos + 1 + from,
    to: pos + 1 + to,
    content: Fragment.from(textNodes(runsBetween(was.runs, newFrom, newTo))),
  }));
}

function replaceWords(transaction: Transaction, words: readonly TextReplacement[], apart: boolean): void {
  const put = (all: readonly TextReplacement[]): void => {
    if (all.length > 0) transaction.step(new ReplaceManyStep(all));
  };
  if (!apart) {
    put(words);
    return;
  }
  put(words.filter(({ content }) => content.size > 0).map((word) => ({ ...word, to: word.from })));
  let shift = 0;
  const rest = words.map(({ from, to, content }) => {
    shift += content.size;
    return { from: from + shift, to: to + shift, content: Fragment.empty };
  });
  put(rest.filter(({ from, to }) => from < to));
}

function replaceBlocks(transaction: Transaction, from: number, to: number, content: Fragment, apart: boolean): void {
  if (!apart) {
    transaction.step(new ReplaceStep(from, to, new Slice(content, 0, 0)));
    return;
  }
  transaction.step(new ReplaceStep(from, from, new Slice(content, 0, 0)));
  transaction.step(new ReplaceStep(from + content.size, to + content.size, Slice.empty));
}

/** A block as it was. Without an id of its own it gets a new one. */
function freshBlock(block: Block): Node {
  return blockNode({ ...block, id: isStoredId(block.id) ? block.id : "" });
}

/** Gives a block, whose words already read as they should, its marks, kind, level, id and table. */
function restoreShape(transaction: Transaction, pos: number, now: Block, then: Block): void {
  restoreMarks(transaction, pos, then);
  for (const name of ["kind", "level", "id"] as const) {
    if (now[name] !== then[name]) transaction.setNodeAttribute(pos, name, then[name]);
  }
  if (now.table?.id !== then.table?.id) transaction.setNodeAttribute(pos, "table", then.table?.id ?? "");
}

/** Gives the words of a block, which already read as they should, the marks they had. */
function restoreMarks(transaction: Transaction, pos: number, then: Block): void {
  const node = transaction.doc.nodeAt(pos);
  for (const { from, to, name, on } of markChanges(node ? nodeBlock(node).runs : [], then.runs)) {
    const mark = reportSchema.mark(name);
    if (on) transaction.addMark(pos + 1 + from, pos + 1 + to, mark);
    else transaction.removeMark(pos + 1 + from, pos + 1 + to, mark);
  }
}

function compareLines(now: string, then: string, diff: WordDiff): ReturnType<WordDiff> {
  return now === then ? [{ text: now, kind: "same" }] : diff(now, then);
}

const wholeLine: WordDiff = (a, b) => [
  { text: a, kind: "deleted" },
  { text: b, kind: "inserted" },
];

function textNodes(runs: readonly TextRun[]): Node[] {
  return runs.map(({ text, marks }) =>
    reportSchema.text(
      text,
      marks.map((mark) => reportSchema.mark(mark)),
    ),
  );
}
