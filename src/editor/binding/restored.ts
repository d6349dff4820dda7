import * as Y from "yjs";
import { Lineage } from "#collab";
import type { Copy } from "#collab";

type Step = Y.UndoManager["undoStack"][number];

/**
 * Takes out of an undo step what it would bring back although it lives on elsewhere: somebody else has brought it back
 * already, or has carried it to another place. What the step itself is about to take away counts for nothing.
 */
export function withoutLiving(doc: Y.Doc, step: Step): void {
  const lineage = Lineage.of(doc);
  if (step.deletions.clients.size === 0 || lineage.isEmpty) return;
  const kept = Y.createDeleteSet();
  for (const [client, ranges] of step.deletions.clients) {
    const left: (typeof ranges)[number][] = [];
    for (const range of ranges) {
      const alive = new Set<number>();
      for (const living of lineage.living({ client, clock: range.clock, length: range.len })) {
        for (let i = 0; i < living.length; i++) {
          if (Y.isDeleted(step.insertions, Y.createID(living.client, living.clock + i))) continue;
          alive.add(range.clock + living.offset + i);
        }
      }
      for (let clock = range.clock; clock < range.clock + range.len; clock++) {
        if (alive.has(clock)) continue;
        const last = left.at(-1);
        if (last && last.clock + last.len === clock) last.len++;
        else left.push(Object.assign(Object.create(Object.getPrototypeOf(range)), { clock, len: 1 }));
      }
    }
    if (left.length > 0) kept.clients.set(client, left);
  }
  step.deletions = kept;
}

/** What one undo or redo brought back, by the items of the steps it took: Yjs knows it, but only here. */
export function copiesBroughtBack(doc: Y.Doc, steps: readonly Step[], since: number): Copy[] {
  const copies: Copy[] = [];
  for (const { deletions } of steps) {
    for (const [client, ranges] of deletions.clients) {
      const structs = doc.store.clients.get(client) ?? [];
      for (const { clock, len } of ranges) {
        for (let i = Y.findIndexSS(structs, clock); i < structs.length; i++) {
          const item = structs[i];
          if (!item || item.id.clock >= clock + len) break;
          if (!(item instanceof Y.Item) || !item.countable || item.redone === null) continue;
          if (item.redone.client !== doc.clientID || item.redone.clock < since) continue;
          copies.push({ from: { client, clock: item.id.clock, length: item.length }, to: item.redone, move: null });
        }
      }
    }
  }
  return copies;
}
