import type * as Y from "yjs";

/** What became of one key between two states of a map. `after` is undefined where the key was removed. */
export interface KeyChange {
  readonly key: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * The keys whose value was written or removed between two states of one map, the second of which holds every update of
 * the first. Compares the ids of the Yjs items, not the values, so it costs little whatever the records hold.
 */
export function changedKeys(before: Y.Map<unknown>, after: Y.Map<unknown>): KeyChange[] {
  const changes: KeyChange[] = [];
  for (const [key, item] of after._map) {
    const old = before._map.get(key);
    if (item.deleted) {
      if (old && !old.deleted) changes.push({ key, before: before.get(key), after: undefined });
    } else if (!old || old.deleted || old.id.client !== item.id.client || old.id.clock !== item.id.clock) {
      changes.push({ key, before: before.get(key), after: after.get(key) });
    }
  }
  return changes;
}
