import { Fragment, Slice } from "prosemirror-model";
import type { Node } from "prosemirror-model";
import type { Transaction } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";
import type * as Y from "yjs";
import { deriveIds, isStoredId, LEAD, readMarker, readMarks, readSlot, slotPieces } from "#collab";
import type { SlotAttributes, SlotChange } from "#collab";
import { blockNode, MARKS, reportSchema } from "#model";
import { isLead, sectionOf, textLength, tokenOffset } from "./flat.ts";
import type { Section } from "./flat.ts";

type InsertChange = Extract<SlotChange, { insert: string }>;

/**
 * Adds to `transaction` the steps that do to a section what `changes` did to its slot's text, touching nothing else.
 * After it the section is what parsing `text` would give; where it is not, it is parsed, which only text that no
 * program of ours writes can cause.
 */
export function applyChanges(
  transaction: Transaction,
  slot: string,
  changes: readonly SlotChange[],
  text: Y.Text,
): void {
  const first = changes[0];
  if (!first) return;
  // While the beginning of the text changes, a lead stands before the first block to take what comes before any `\n`.
  if (!isLead(section(transaction, slot).node) && !("retain" in first)) {
    const { start } = section(transaction, slot);
    step(transaction, start, start, new Slice(Fragment.from(leadNode()), 0, 0));
  }
  let at = isLead(section(transaction, slot).node) ? 1 : 0;
  let structural = false;
  for (let i = 0; i < changes.length; i++) {
    const change = changes[i];
    if (!change) break;
    if ("retain" in change) {
      if (change.attributes && setAttributes(transaction, slot, at, change.retain, change.attributes))
        structural = true;
      at += change.retain;
    } else if ("delete" in change) {
      const { node, start } = section(transaction, slot);
      const from = start + tokenOffset(node, at);
      const to = start + tokenOffset(node, at + change.delete);
      structural ||= !transaction.doc.resolve(from).sameParent(transaction.doc.resolve(to));
      step(transaction, from, to, Slice.empty);
    } else {
      const run: InsertChange[] = [];
      for (let next: SlotChange | undefined = change; next && "insert" in next; next = changes[i + run.length])
        run.push(next);
      i += run.length - 1;
      const { node, start } = section(transaction, slot);
      const pos = start + tokenOffset(node, at);
      const slice = sliceOf(run);
      structural ||= slice.openStart > 0;
      step(transaction, pos, pos, slice);
      at += run.reduce((sum, { insert }) => sum + insert.length, 0);
    }
  }
  const { node, start } = section(transaction, slot);
  if (isLead(node) && node.childCount > 1 && node.firstChild?.content.size === 0) {
    step(transaction, start, start + 2, Slice.empty);
  }
  settleSection(transaction, slot, text, structural);
}

/**
 * Sees to it that a section is what its text says after a change: the ids, where blocks were changed, and the length,
 * which can differ only where somebody else's program put into the text what Yjs's own operations pass over.
 */
export function settleSection(transaction: Transaction, slot: string, text: Y.Text, structural = true): void {
  if (textLength(section(transaction, slot).node) !== text.length) parseSection(transaction, slot, text);
  else if (structural) settleIds(transaction, slot, text);
}

/**
 * Gives each block of a section the id that a parse of `text` gives it. Costs a look at each block, and a parse only
 * where ids are missing, repeated or derived.
 */
function settleIds(transaction: Transaction, slot: string, text: Y.Text): void {
  const { node, start } = section(transaction, slot);
  const ids = node.children.map((block) => String(block.attrs["id"]));
  const stored = isLead(node) ? ids.slice(1) : ids;
  if (new Set(stored).size === stored.length && stored.every(isStoredId)) return;
  const markers: (string | null)[] = [];
  for (const piece of slotPieces(text)) {
    for (let n = piece.text.split("\n").length - 1; n > 0; n--) markers.push(readMarker(piece.attributes).id);
  }
  const wanted = [...(isLead(node) ? [LEAD] : []), ...deriveIds(markers)];
  node.forEach((block, offset, i) => {
    const id = wanted[i];
    if (id !== undefined && block.attrs["id"] !== id) transaction.setNodeAttribute(start + offset, "id", id);
  });
}

/** Makes a section what its slot's text says, replacing only the blocks from the first to the last that differ. */
export function parseSection(transaction: Transaction, slot: string, text: Y.Text): void {
  const { node, start } = section(transaction, slot);
  const old = node.children;
  const wanted = readSlot(text).map(blockNode);
  const isSame = (a: Node | undefined, b: Node | undefined): boolean => a !== undefined && b !== undefined && a.eq(b);
  let head = 0;
  while (isSame(old[head], wanted[head])) head++;
  if (head === old.length && head === wanted.length) return;
  let tail = 0;
  const most = Math.min(old.length, wanted.length) - head;
  while (tail < most && isSame(old.at(-1 - tail), wanted.at(-1 - tail))) tail++;
  const from = size(old.slice(0, head));
  const to = from + size(old.slice(head, old.length - tail));
  const middle = Fragment.fromArray(wanted.slice(head, wanted.length - tail));
  step(transaction, start + from, start + to, new Slice(middle, 0, 0));
}

function size(blocks: readonly Node[]): number {
  return blocks.reduce((sum, block) => sum + block.nodeSize, 0);
}

function section(transaction: Transaction, slot: string): Section {
  const found = sectionOf(transaction.doc, slot);
  if (!found) throw new RangeError(`the document has no section for the slot ${slot}`);
  return found;
}

function step(transaction: Transaction, from: number, to: number, slice: Slice): void {
  transaction.step(new ReplaceStep(from, to, slice));
}

function leadNode(): Node {
  return reportSchema.node("block", { id: LEAD });
}

/** The inserted text as a slice: plain where it begins no block, else open at both ends. */
function sliceOf(inserts: readonly InsertChange[]): Slice {
  const blocks: { attrs: Record<string, unknown>; nodes: Node[] }[] = [{ attrs: {}, nodes: [] }];
  for (const { insert, attributes } of inserts) {
    const marks = readMarks(attributes).map((mark) => reportSchema.mark(mark));
    insert.split("\n").forEach((part, i) => {
      if (i > 0) {
        const marker = readMarker(attributes);
        blocks.push({ attrs: { ...marker, id: marker.id ?? "" }, nodes: [] });
      }
      if (part !== "") blocks.at(-1)?.nodes.push(reportSchema.text(part, marks));
    });
  }
  const [only] = blocks;
  if (blocks.length === 1 && only) return new Slice(Fragment.fromArray(only.nodes), 0, 0);
  return new Slice(
    Fragment.fromArray(blocks.map(({ attrs, nodes }) => reportSchema.node("block", attrs, Fragment.fromArray(nodes)))),
    1,
    1,
  );
}

/** Sets marks and block attributes of the tokens from `at` on. True where a block's id changed. */
function setAttributes(
  transaction: Transaction,
  slot: string,
  at: number,
  length: number,
  attributes: SlotAttributes,
): boolean {
  const { node, start } = section(transaction, slot);
  const from = start + tokenOffset(node, at);
  const to = start + tokenOffset(node, at + length);
  const wanted = readMarks(attributes);
  for (const mark of MARKS) {
    if (wanted.includes(mark)) transaction.addMark(from, to, reportSchema.mark(mark));
    else transaction.removeMark(from, to, reportSchema.marks[mark]);
  }
  const marker = readMarker(attributes);
  const attrs: Readonly<Record<string, unknown>> = { ...marker, id: marker.id ?? "" };
  let renamed = false;
  let index = 0;
  node.forEach((block, offset) => {
    if (index >= at && index < at + length) {
      for (const [name, value] of Object.entries(attrs)) {
        if (block.attrs[name] === value) continue;
        transaction.setNodeAttribute(start + offset, name, value);
        renamed ||= name === "id";
      }
    }
    index += 1 + block.content.size;
  });
  return renamed;
}
