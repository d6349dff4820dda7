import type { Version } from "#model";

/** Versions by the time they were made, the newest first; of two of the same time the one made later in the list. */
export function newestFirst(versions: readonly Version[]): Version[] {
  return versions.toReversed().sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
}
