import type { Node } from "prosemirror-model";
import { Plugin } from "prosemirror-state";
import type { EditorState, Transaction } from "prosemirror-state";
import { isStoredId } from "#collab";
import { blockShape, reportSchema } from "#model";
import { changedRanges, isMarkStep } from "./changed-range.ts";
import { isLead, sectionAt } from "./flat.ts";
import { isRemote } from "./guard.ts";
import { plainText } from "./local-edit.ts";
import { StepMaps } from "./step-maps.ts";

const KEEP_IDS = "slots-keep-ids";

/** Marks a transaction that brings blocks back: they keep their old ids where no other block bears them by now. */
export function keepIds(transaction: Transaction): Transaction {
  return transaction.setMeta(KEEP_IDS, true);
}

/**
 * Gives every block that a local transaction made (the second half of a split, what was pasted, a copy) an id of its
 * own, while the block that was there keeps its id wherever the copy landed. A block that was taken out and put in
 * elsewhere by one transaction is moved, and keeps its id. A lead that was written in becomes a block
 * with an id. It also brings level and kind into range, and takes out of the text what no slot can hold.
 */
export function blockIdentity(newId: () => string): Plugin {
  return new Plugin({
    appendTransaction(transactions, before, after) {
      if (!transactions.some((transaction) => transaction.docChanged && !isRemote(transaction))) return null;
      const maps = new StepMaps(transactions);
      const changes = touchedStretches(transactions, maps);
      if (changes.length === 0) return null;
      const tr = after.tr;
      const old = new OldBlocks(maps, before);
      const free = transactions.some((transaction) => transaction.getMeta(KEEP_IDS) === true)
        ? idsBorneOnce(after.doc)
        : NO_IDS;
      for (const { from, to, marksOnly } of changes) {
        const section = sectionAt(after.doc, from);
        if (section && isLead(section.node)) tr.setNodeAttribute(section.start, "id", newId());
        if (!marksOnly) settle(tr, after.doc, from, to, old, free, newId);
      }
      return tr.docChanged ? tr : null;
    },
  });
}

const NO_IDS: ReadonlySet<string> = new Set();

function idsBorneOnce(doc: Node): ReadonlySet<string> {
  const once = new Set<string>();
  const seen = new Set<string>();
  doc.descendants((node) => {
    if (node.type !== reportSchema.nodes.block) return true;
    const id = String(node.attrs["id"]);
    if (seen.has(id)) once.delete(id);
    else once.add(id);
    seen.add(id);
    return false;
  });
  return once;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly marksOnly: boolean;
}

/** What local steps touched, by its place in the end. */
function touchedStretches(transactions: readonly Transaction[], maps: StepMaps): Stretch[] {
  const stretches: Stretch[] = [];
  transactions.forEach((transaction, t) => {
    if (isRemote(transaction)) return;
    transaction.steps.forEach((step, s) => {
      const before = transaction.docs[s] ?? transaction.doc;
      const after = transaction.docs[s + 1] ?? transaction.doc;
      const map = (pos: number, side: -1 | 1): number => maps.map(maps.number(t, s + 1), pos, side).pos;
      for (const range of changedRanges(step, before, after)) {
        stretches.push({ from: map(range.newFrom, -1), to: map(range.newTo, 1), marksOnly: isMarkStep(step) });
      }
    });
  });
  return stretches;
}

/** The blocks that stood before, by their ids: where each stands now, or that it was taken out. */
class OldBlocks {
  readonly #maps: StepMaps;
  readonly #before: EditorState;
  #places: Map<string, { pos: number; gone: boolean }> | null = null;

  constructor(maps: StepMaps, before: EditorState) {
    this.#maps = maps;
    this.#before = before;
  }

  /** True where the block at `pos` now is the one that had the id before. Of several copies of one that is gone, the first. */
  claims(id: string, pos: number): boolean {
    this.#places ??= this.#measure();
    const place = this.#places.get(id);
    if (place?.gone) this.#places.set(id, { pos, gone: false });
    return place !== undefined && (place.gone || place.pos === pos);
  }

  #measure(): Map<string, { pos: number; gone: boolean }> {
    const places = new Map<string, { pos: number; gone: boolean }>();
    this.#before.doc.descendants((node, pos) => {
      if (node.type !== reportSchema.nodes.block) return true;
      const id = String(node.attrs["id"]);
      if (places.has(id)) return false;
      const { pos: now, deletedAfter } = this.#maps.map(0, pos, 1);
      places.set(id, { pos: now, gone: deletedAfter });
      return false;
    });
    return places;
  }
}

function settle(
  tr: Transaction,
  doc: Node,
  from: number,
  to: number,
  old: OldBlocks,
  free: ReadonlySet<string>,
  newId: () => string,
): void {
  doc.nodesBetween(from, Math.min(to, doc.content.size), (node, pos) => {
    if (node.type === reportSchema.nodes.block && pos >= from && pos < to) {
      const now = tr.doc.nodeAt(pos) ?? node;
      const id: unknown = now.attrs["id"];
      // An id that this very pass gave is in no old place, and is kept: stretches may overlap.
      const kept = isStoredId(id) && (old.claims(id, pos) || id !== node.attrs["id"] || free.has(id));
      if (!kept) tr.setNodeAttribute(pos, "id", newId());
      const shape = blockShape(now.attrs["kind"], now.attrs["level"]);
      if (now.attrs["kind"] !== shape.kind) tr.setNodeAttribute(pos, "kind", shape.kind);
      if (now.attrs["level"] !== shape.level) tr.setNodeAttribute(pos, "level", shape.level);
      const { table } = now.attrs;
      if (table !== "" && (shape.kind !== "table" || !isStoredId(table))) tr.setNodeAttribute(pos, "table", "");
    }
    if (node.text && node.text !== plainText(node.text)) {
      const clean = plainText(node.text);
      for (let i = 0; i < clean.length; i++) {
        if (clean[i] === node.text[i]) continue;
        tr.replaceWith(pos + i, pos + i + 1, reportSchema.text(clean.charAt(i), node.marks));
      }
    }
    return true;
  });
}
