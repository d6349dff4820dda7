import * as Y from "yjs";
import { OBJECT_SIGN } from "./slot.ts";
import type { SlotAttributes } from "./slot.ts";

/**
 * One step along a slot's text. `attributes` are complete, not a difference: on a retained stretch they are what it
 * bears now, and are given only where they changed.
 */
export type SlotChange =
  | { readonly retain: number; readonly attributes?: SlotAttributes }
  | { readonly insert: string; readonly attributes: SlotAttributes }
  | { readonly delete: number };

// What Yjs writes in place of both halves where it cut a surrogate pair. It does so without an event.
const CUT_SIGN = "\uFFFD";

/**
 * What a transaction did to a slot's text, first to last. Only from within an observer of the text. It reads like
 * `event.delta` but deletes no formats in passing, counts what is no text (see `slotPieces`), and tells of cut
 * surrogate pairs.
 */
export function slotChanges(text: Y.Text, transaction: Y.Transaction): SlotChange[] {
  const changes: SlotChange[] = [];
  // Formats are followed before and after only where some changed: a keystroke costs one look at each item.
  const follows = changesFormats(transaction);
  const before = new Map<string, unknown>();
  const now = new Map<string, unknown>();
  let changed = false;
  let kept = 0;
  const attributes = (): SlotAttributes => Object.fromEntries(now);
  const flush = (): void => {
    if (kept > 0) changes.push({ retain: kept });
    kept = 0;
  };
  const { beforeState, deleteSet } = transaction;
  let client = -1;
  let known = 0;
  let deletes = false;
  for (let item = text._start; item !== null; item = item.right) {
    if (item.id.client !== client) {
      ({ client } = item.id);
      known = beforeState.get(client) ?? 0;
      deletes = deleteSet.clients.has(client);
    }
    const added = item.id.clock >= known;
    const removed = item.deleted && deletes && !added && Y.isDeleted(deleteSet, item.id);
    if (item.deleted && !removed) continue;
    const { content } = item;
    if (content instanceof Y.ContentFormat) {
      if (!removed) set(now, content.key, content.value);
      if (follows) {
        if (!added) set(before, content.key, content.value);
        changed = differs(before, now);
      }
    } else if (!item.countable) {
      continue;
    } else if (removed) {
      flush();
      changes.push({ delete: item.length });
    } else if (added) {
      flush();
      changes.push({ insert: spelled(item), attributes: attributes() });
    } else if (isCut(content)) {
      flush();
      changes.push({ delete: item.length }, { insert: spelled(item), attributes: attributes() });
    } else if (changed) {
      flush();
      changes.push({ retain: item.length, attributes: attributes() });
    } else {
      kept += item.length;
    }
  }
  return changes;
}

function changesFormats(transaction: Y.Transaction): boolean {
  for (const [client, clock] of transaction.afterState) {
    const from = transaction.beforeState.get(client) ?? 0;
    if (clock <= from) continue;
    const structs = transaction.doc.store.clients.get(client) ?? [];
    for (let i = Y.findIndexSS(structs, from); i < structs.length; i++) if (isFormat(structs[i])) return true;
  }
  let found = false;
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    found ||= isFormat(struct);
  });
  return found;
}

function isFormat(struct: Y.AbstractStruct | undefined): boolean {
  return struct instanceof Y.Item && struct.content instanceof Y.ContentFormat;
}

function spelled(item: Y.Item): string {
  return item.content instanceof Y.ContentString ? item.content.str : OBJECT_SIGN.repeat(item.length);
}

function isCut(content: Y.Item["content"]): boolean {
  return content instanceof Y.ContentString && (content.str.startsWith(CUT_SIGN) || content.str.endsWith(CUT_SIGN));
}

function set(map: Map<string, unknown>, key: string, value: unknown): void {
  if (value === null || value === undefined) map.delete(key);
  else map.set(key, value);
}

function differs(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean {
  if (a.size !== b.size) return true;
  for (const [key, value] of a) if (b.get(key) !== value) return true;
  return false;
}
