import type { Placing, Spot } from "#model";
import type * as Y from "yjs";
import { isInstant, isRecordId, readSpot } from "./record.ts";

/** How many places one comment can be said not to be at: the oldest give way. */
const MOST_REFUSED = 20;

/** What the committee says about where comments stand, under their ids; plain JSON records that are replaced whole. */
export function placingsMap(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("places");
}

/** The placings by comment. Total: what is none, or stands under another comment's id, is passed over. */
export function readPlacings(doc: Y.Doc): Map<string, Placing> {
  const placings = new Map<string, Placing>();
  for (const [key, value] of placingsMap(doc).entries()) {
    const placing = readPlacing(value);
    if (placing?.comment === key) placings.set(key, placing);
  }
  return placings;
}

/** The placing that a stored value holds; null where it holds none. */
export function readPlacing(value: unknown): Placing | null {
  if (typeof value !== "object" || value === null) return null;
  const fields: { comment?: unknown; here?: unknown; not?: unknown; by?: unknown; at?: unknown } = value;
  const { comment, by, at } = fields;
  if (!isRecordId(comment) || !isRecordId(by) || !isInstant(at)) return null;
  const here = fields.here === null ? null : readSpot(fields.here);
  if (here === null && fields.here !== null) return null;
  if (!Array.isArray(fields.not) || fields.not.length > MOST_REFUSED) return null;
  const not = fields.not.flatMap((spot: unknown) => readSpot(spot) ?? []);
  return not.length === fields.not.length ? { comment, here, not, by, at } : null;
}

/** Records that `person` (an id) finds a comment to be about the words of `spot`. */
export function confirmPlace(doc: Y.Doc, comment: string, spot: Spot, person: string, now: string): void {
  const not = readPlacings(doc).get(comment)?.not ?? [];
  placingsMap(doc).set(comment, { comment, here: spot, not: [...not], by: person, at: now } satisfies Placing);
}

/** Records that `person` (an id) finds a comment not to be about the words of `spot`, nor about any it was said to be at. */
export function refusePlace(doc: Y.Doc, comment: string, spot: Spot, person: string, now: string): void {
  const not = [...(readPlacings(doc).get(comment)?.not ?? []), spot].slice(-MOST_REFUSED);
  placingsMap(doc).set(comment, { comment, here: null, not, by: person, at: now } satisfies Placing);
}

/** Records that `person` (an id) takes back what was said last about a place: it is as `before`, null where nothing was. */
export function takeBackPlace(doc: Y.Doc, comment: string, before: Placing | null, person: string, now: string): void {
  const { here = null, not = [] } = before ?? {};
  placingsMap(doc).set(comment, { comment, here, not: [...not], by: person, at: now } satisfies Placing);
}
