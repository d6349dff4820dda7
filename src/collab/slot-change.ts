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
 * What a transaction did to a slot's text, first to last, ending with the last change. Only from within an observer of
 * the text. It reads like `event.delta` but deletes no formats in passing, counts what is no text (see `slotPieces`),
 * and tells of cut surrogate pairs.
 */
export function slotChanges(text: Y.Text, transaction: Y.Transaction): SlotChange[] {
  const changes: SlotChange[] = [];
  let kept = 0;
  const before = new Map<string, unknown>();
  const now = new Map<string, unknown>();
  let changed = false;
  let attributes: SlotAttributes | null = null;
  const current = (): SlotAttributes => (attributes ??= Object.fromEntries(now));
  const flush = (): void => {
    if (kept > 0) changes.push({ retain: kept });
    kept = 0;
  };
  const retain = (length: number): void => {
    if (!changed) {
      kept += length;
      return;
    }
    flush();
    changes.push({ retain: length, attributes: current() });
  };
  const replace = (string: string): void => {
    flush();
    changes.push({ delete: string.length }, { insert: string, attributes: current() });
  };
  for (let item = text._start; item !== null; item = item.right) {
    const added = item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0);
    const removed = item.deleted && !added && Y.isDeleted(transaction.deleteSet, item.id);
    if (item.deleted && !removed) continue;
    const { content } = item;
    if (content instanceof Y.ContentFormat) {
      if (!added) set(before, content.key, content.value);
      if (!removed) {
        set(now, content.key, content.value);
        attributes = null;
      }
      changed = differs(before, now);
    } else if (!item.countable) {
      continue;
    } else if (removed) {
      flush();
      changes.push({ delete: item.length });
    } else {
      const string = content instanceof Y.ContentString ? content.str : OBJECT_SIGN.repeat(item.length);
      if (added) {
        flush();
        changes.push({ insert: string, attributes: current() });
      } else if (string.startsWith(CUT_SIGN) || string.endsWith(CUT_SIGN)) {
        replace(string);
      } else {
        retain(string.length);
      }
    }
  }
  return changes;
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
