import * as Y from "yjs";

type Step = Y.UndoManager["undoStack"][number];

/**
 * Takes out of an undo step what it would bring back although somebody else has brought it back already: two people
 * deleted the same words at the same time, and both undo. Yjs keeps no link from a restored copy to what it restores,
 * but a copy is put right before its original, so its right origin is the original and it says the same.
 */
export function withoutRestored(doc: Y.Doc, texts: readonly Y.Text[], step: Step): void {
  if (step.deletions.clients.size === 0) return;
  const alive = new Set<string>();
  for (const text of texts) {
    for (let item = text._start; item !== null; item = item.right) {
      if (item.deleted || item.rightOrigin === null || Y.isDeleted(step.insertions, item.id)) continue;
      for (let i = 0; i < item.length; i++) {
        const root = rootOf(doc, item, i);
        if (root !== null) alive.add(root);
      }
    }
  }
  if (alive.size === 0) return;
  const kept = Y.createDeleteSet();
  for (const [client, ranges] of step.deletions.clients) {
    const left: (typeof ranges)[number][] = [];
    for (const range of ranges) {
      for (let clock = range.clock; clock < range.clock + range.len; clock++) {
        if (isAlive(doc, client, clock, alive)) continue;
        const last = left.at(-1);
        if (last && last.clock + last.len === clock) last.len++;
        else left.push(Object.assign(Object.create(Object.getPrototypeOf(range)), { clock, len: 1 }));
      }
    }
    if (left.length > 0) kept.clients.set(client, left);
  }
  step.deletions = kept;
}

function isAlive(doc: Y.Doc, client: number, clock: number, alive: ReadonlySet<string>): boolean {
  const item = Y.getItem(doc.store, Y.createID(client, clock));
  if (!(item instanceof Y.Item) || !item.deleted) return false;
  return alive.has(rootOf(doc, item, clock - item.id.clock) ?? `${client}:${clock}`);
}

/** The id of the unit that a unit restores, through any number of restorations; null for one that restores nothing. */
function rootOf(doc: Y.Doc, item: Y.Item, offset: number): string | null {
  let root: string | null = null;
  let at: Y.Item = item;
  let i = offset;
  while (at.rightOrigin !== null) {
    const clock = at.rightOrigin.clock + i;
    const next = unitAt(doc, at.rightOrigin.client, clock);
    if (!next || !next.deleted || unit(at, i) === null || unit(at, i) !== unit(next, clock - next.id.clock)) break;
    root = `${next.id.client}:${clock}`;
    i = clock - next.id.clock;
    at = next;
  }
  return root;
}

function unitAt(doc: Y.Doc, client: number, clock: number): Y.Item | null {
  if (clock >= Y.getState(doc.store, client)) return null;
  const item = Y.getItem(doc.store, Y.createID(client, clock));
  return item instanceof Y.Item ? item : null;
}

function unit(item: Y.Item, offset: number): string | null {
  const { content } = item;
  if (content instanceof Y.ContentString) return content.str.charAt(offset);
  if (content instanceof Y.ContentFormat) return JSON.stringify([content.key, content.value]);
  return null;
}
