import { Fragment, Slice } from "prosemirror-model";
import type { Node } from "prosemirror-model";
import type { EditorState, Transaction } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";
import type * as Y from "yjs";
import { fieldsMap, isStoredId, ORIGIN, readSlot, slotText } from "#collab";
import type { Block, ReportText, TextRun, WordDiff } from "#model";
import { blockNode, blockText, MARKS, nodeBlock, reportSchema, stayingBlocks } from "#model";
import { keepIds } from "./binding/identity.ts";

/** What has to be written so that a report reads as a version did. */
export interface Restoration {
  readonly slots: ReportText["slots"];
  /** Undefined for a field that is to go. */
  readonly fields: ReadonlyMap<string, string | undefined>;
}

/**
 * What makes of what a person was shown what the person asked for. Null where somebody has changed any of it since: what
 * nobody has seen, nobody may take away.
 */
export function restoration(doc: Y.Doc, seen: ReportText, target: ReportText): Restoration | null {
  const slots: Record<string, readonly Block[]> = {};
  for (const [slot, blocks] of Object.entries(target.slots)) {
    if (written(blocks) === written(seen.slots[slot])) continue;
    if (written(readSlot(slotText(doc, slot))) !== written(seen.slots[slot])) return null;
    slots[slot] = blocks;
  }
  const present = fieldsMap(doc);
  const fields = new Map<string, string | undefined>();
  for (const id of new Set([...Object.keys(seen.fields), ...Object.keys(target.fields)])) {
    if (target.fields[id] === seen.fields[id]) continue;
    if (present.get(id) !== seen.fields[id]) return null;
    fields.set(id, target.fields[id]);
  }
  return { slots, fields };
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
 * that `target` does not name stays as it is; where nothing differs, nothing is done.
 */
export function restored(state: EditorState, target: ReportText["slots"], diffWords: WordDiff): Transaction {
  // What leaves one place and comes to another with the same words is moved, and its comments with it.
  const transaction = keepIds(state.tr).setMeta("uiEvent", "move");
  const sections: { slot: string; node: Node; start: number }[] = [];
  state.doc.forEach((node, offset) => sections.push({ slot: String(node.attrs["slot"]), node, start: offset + 1 }));
  const ids = new Set(sections.flatMap(({ slot }) => (target[slot] ?? []).map(({ id }) => id)).filter(isStoredId));
  // From the last to the first, so that each is at its old place when its turn comes.
  for (const { slot, node, start } of sections.toReversed()) {
    const wanted = target[slot];
    if (wanted && wanted.length > 0) restoreSection(transaction, node, start, wanted, ids, diffWords);
  }
  return transaction;
}

function restoreSection(
  transaction: Transaction,
  section: Node,
  start: number,
  wanted: readonly Block[],
  ids: ReadonlySet<string>,
  diffWords: WordDiff,
): void {
  const present = section.children.map(nodeBlock);
  const places: number[] = [];
  section.forEach((_, offset) => places.push(start + offset));
  const end = start + section.content.size;
  // What lies between two blocks that stay is replaced as one piece.
  let [goes, comes] = [present.length, wanted.length];
  const replaceFrom = (before: number, after: number): void => {
    if (before === goes && after === comes) return;
    const content = Fragment.from(wanted.slice(after, comes).map(freshBlock));
    transaction.step(new ReplaceStep(places[before] ?? end, places[goes] ?? end, new Slice(content, 0, 0)));
  };
  for (const { before, after, related } of stayingBlocks(present, wanted).toReversed()) {
    replaceFrom(before + 1, after + 1);
    [goes, comes] = [before, after];
    const [now, then, pos] = [present[before], wanted[after], places[before]];
    if (!now || !then || pos === undefined) continue;
    // A block that had no id of its own then keeps the one it has now, unless that is another's.
    const id = isStoredId(then.id) ? then.id : ids.has(now.id) ? "" : now.id;
    restoreBlock(transaction, pos, now, { ...then, id }, related ? diffWords : wholeLine);
  }
  replaceFrom(0, 0);
}

/** A block as it was. Without an id of its own it gets a new one. */
function freshBlock(block: Block): Node {
  return blockNode({ ...block, id: isStoredId(block.id) ? block.id : "" });
}

function restoreBlock(transaction: Transaction, pos: number, now: Block, then: Block, diffWords: WordDiff): void {
  const [old, wanted] = [blockText(now), blockText(then)];
  if (old !== wanted) {
    for (const { from, to, newFrom, newTo } of replacements(diffWords(old, wanted)).toReversed()) {
      const content = Fragment.from(textNodes(runsBetween(then.runs, newFrom, newTo)));
      transaction.step(new ReplaceStep(pos + 1 + from, pos + 1 + to, new Slice(content, 0, 0)));
    }
  }
  restoreMarks(transaction, pos, then);
  for (const name of ["kind", "level", "id"] as const) {
    if (now[name] !== then[name]) transaction.setNodeAttribute(pos, name, then[name]);
  }
  if (now.table?.id !== then.table?.id) transaction.setNodeAttribute(pos, "table", then.table?.id ?? "");
}

/** Gives the words of a block, which already read as they should, the marks they had. */
function restoreMarks(transaction: Transaction, pos: number, then: Block): void {
  const node = transaction.doc.nodeAt(pos);
  const present = node ? nodeBlock(node).runs : [];
  const cuts = [...new Set([...ends(present), ...ends(then.runs)])].toSorted((a, b) => a - b);
  for (const name of MARKS) {
    const mark = reportSchema.mark(name);
    let from = 0;
    for (const to of cuts) {
      const [has, wants] = [marksAt(present, from).includes(name), marksAt(then.runs, from).includes(name)];
      if (wants && !has) transaction.addMark(pos + 1 + from, pos + 1 + to, mark);
      if (has && !wants) transaction.removeMark(pos + 1 + from, pos + 1 + to, mark);
      from = to;
    }
  }
}

interface Replacement {
  from: number;
  to: number;
  newFrom: number;
  newTo: number;
}

/** The stretches that differ, by their places in both lines. */
function replacements(pieces: ReturnType<WordDiff>): Replacement[] {
  const found: Replacement[] = [];
  let [at, newAt] = [0, 0];
  let open: Replacement | null = null;
  for (const { kind, text } of pieces) {
    if (kind !== "same" && !open) found.push((open = { from: at, to: at, newFrom: newAt, newTo: newAt }));
    if (kind !== "inserted") at += text.length;
    if (kind !== "deleted") newAt += text.length;
    if (kind === "same") open = null;
    else if (open) [open.to, open.newTo] = [at, newAt];
  }
  return found;
}

const wholeLine: WordDiff = (a, b) => [
  { text: a, kind: "deleted" },
  { text: b, kind: "inserted" },
];

function ends(runs: readonly TextRun[]): number[] {
  let at = 0;
  return runs.map(({ text }) => (at += text.length));
}

function marksAt(runs: readonly TextRun[], offset: number): TextRun["marks"] {
  let at = 0;
  for (const { text, marks } of runs) {
    at += text.length;
    if (offset < at) return marks;
  }
  return [];
}

function runsBetween(runs: readonly TextRun[], from: number, to: number): TextRun[] {
  let at = 0;
  return runs.flatMap(({ text, marks }) => {
    const cut = text.slice(Math.max(from - at, 0), Math.max(to - at, 0));
    at += text.length;
    return cut === "" ? [] : [{ text: cut, marks }];
  });
}

function textNodes(runs: readonly TextRun[]): Node[] {
  return runs.map(({ text, marks }) =>
    reportSchema.text(
      text,
      marks.map((mark) => reportSchema.mark(mark)),
    ),
  );
}
