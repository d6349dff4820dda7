import * as Y from "yjs";

type Step = Y.UndoManager["undoStack"][number];

/**
 * Takes out of an undo step what it would bring back although somebody else has brought it back already: two people
 * deleted the same words at the same time, and both undo. Yjs keeps no link from a restored copy to what it restores,
 * but it puts a copy right before its original: its right origin is the original, and it says the same.
 */
export function withoutRestored(doc: Y.Doc, texts: readonly Y.Text[], step: Step): void {
  if (step.deletions.clients.size === 0) return;
  const alive = new Set<string>();
  for (const text of texts) {
    for (let item = text._start; item !== null; item = item.right) {
      if (item.deleted || item.rightOrigin === null || Y.isDeleted(step.insertions, item.id)) continue;
      if (!itemAt(doc, item.rightOrigin.client, item.rightOrigin.clock)?.deleted) continue;
      for (let i = 0; i < item.length; i++) for (const id of originalsOf(doc, item, item.id.clock + i)) alive.add(id);
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

/** True where a living copy restores the same as this unit, which may itself be a copy that was deleted again. */
function isAlive(doc: Y.Doc, client: number, clock: number, alive: ReadonlySet<string>): boolean {
  const item = itemAt(doc, client, clock);
  if (!item?.deleted) return false;
  return alive.has(`${client}:${clock}`) || originalsOf(doc, item, clock).some((id) => alive.has(id));
}

/** The units that a unit restores: its original, what that one restored, and so on. */
function originalsOf(doc: Y.Doc, item: Y.Item, clock: number): string[] {
  const said = unit(item, clock);
  const ids: string[] = [];
  let at = item;
  let n = clock;
  while (at.rightOrigin !== null) {
    const { client } = at.rightOrigin;
    const next: number = at.rightOrigin.clock + n - runStart(doc, at);
    const original = itemAt(doc, client, next);
    if (!original?.deleted || next < at.rightOrigin.clock) break;
    // What others deleted may be collected: then nobody knows what it said, and only the chain leads on.
    const says = unit(original, next);
    if (says !== null && says !== said) break;
    if (says !== null) ids.push(`${client}:${next}`);
    at = original;
    n = next;
  }
  return ids;
}

/** The clock at which the run begins that an item was cut from: what was put in one go before one right origin. */
function runStart(doc: Y.Doc, item: Y.Item): number {
  let first = item;
  for (;;) {
    const { id, origin } = first;
    if (origin === null || origin.client !== id.client || origin.clock !== id.clock - 1) return id.clock;
    const before = itemAt(doc, id.client, id.clock - 1);
    if (!before || !Y.compareIDs(before.rightOrigin, first.rightOrigin)) return id.clock;
    first = before;
  }
}

function itemAt(doc: Y.Doc, client: number, clock: number): Y.Item | null {
  if (clock >= Y.getState(doc.store, client)) return null;
  const item = Y.getItem(doc.store, Y.createID(client, clock));
  return item instanceof Y.Item ? item : null;
}

/** What a unit says; half a surrogate pair says the pair, so that no pair is ever taken apart. */
function unit(item: Y.Item, clock: number): string | null {
  const { content } = item;
  if (content instanceof Y.ContentString) {
    const i = clock - item.id.clock;
    const char = content.str.charAt(i);
    if (/[\uD800-\uDBFF]/.test(char)) return content.str.slice(i, i + 2);
    return /[\uDC00-\uDFFF]/.test(char) ? `${content.str.slice(Math.max(i - 1, 0), i + 1)}<` : char;
  }
  if (content instanceof Y.ContentFormat) return JSON.stringify([content.key, content.value]);
  return null;
}
