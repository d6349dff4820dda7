import type { CellSpot, Placing, Said, Spot } from "#model";
import type * as Y from "yjs";
import { isInstant, isRecordId, LIMITS, readCellSpot, readSpot } from "./record.ts";

/** How many places one comment can be said not to be at: the oldest give way. */
const MOST_REFUSED = 20;

const NOTHING: Said<Spot> = { here: null, not: [] };

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
  const fields: { comment?: unknown; also?: unknown; cell?: unknown; by?: unknown; at?: unknown } = value;
  const { comment, by, at } = fields;
  if (!isRecordId(comment) || !isRecordId(by) || !isInstant(at)) return null;
  const said = readSaid(value, readSpot);
  const also = fields.also === undefined ? undefined : readAlso(fields.also);
  const cell = fields.cell === undefined ? undefined : readSaid(fields.cell, readCellSpot);
  if (said === null || also === null || cell === null) return null;
  return { comment, ...said, ...(also ? { also } : {}), ...(cell ? { cell } : {}), by, at };
}

function readSaid<T>(value: unknown, read: (value: unknown) => T | null): Said<T> | null {
  if (typeof value !== "object" || value === null) return null;
  const fields: { here?: unknown; not?: unknown } = value;
  const here = fields.here === null ? null : read(fields.here);
  if (here === null && fields.here !== null) return null;
  if (!Array.isArray(fields.not) || fields.not.length > MOST_REFUSED) return null;
  const not = fields.not.flatMap((spot: unknown) => read(spot) ?? []);
  return not.length === fields.not.length ? { here, not } : null;
}

function readAlso(value: unknown): Placing["also"] | null {
  if (!Array.isArray(value) || value.length > LIMITS.also) return null;
  const also = value.flatMap((entry: unknown) => {
    const said = readSaid(entry, readSpot);
    const part = said ? (entry as { readonly part?: unknown }).part : null;
    const counts = typeof part === "number" && Number.isInteger(part) && part >= 1 && part <= LIMITS.also;
    return said && counts ? [{ part, ...said }] : [];
  });
  const parts = new Set(also.map(({ part }) => part));
  return parts.size === value.length ? also : null;
}

/** What is said of one of a comment's ranges, by its number from 0. */
export function saidOf(placing: Placing | undefined, part: number): Said<Spot> {
  if (part === 0) return placing ?? NOTHING;
  return placing?.also?.find((each) => each.part === part) ?? NOTHING;
}

/** Every spot and cell that a placing names. */
export function spotsOf({ also, cell, ...first }: Placing): (Spot | CellSpot)[] {
  const all: readonly Said<Spot | CellSpot>[] = [first, ...(also ?? []), ...(cell ? [cell] : [])];
  return all.flatMap(({ here, not }) => (here ? [here, ...not] : [...not]));
}

/**
 * Records that `person` (an id) finds a comment to be about the words or the cell of `spot`; `part` is the number of the
 * range that is meant, where it has several.
 */
export function confirmPlace(
  doc: Y.Doc,
  comment: string,
  spot: Spot | CellSpot,
  person: string,
  now: string,
  part = 0,
): void {
  write(doc, comment, spot, part, { by: person, at: now }, (old, one) => ({ here: one, not: [...old.not] }));
}

/** Records that `person` (an id) finds a comment not to be at `spot`, nor at any it was said to be at. */
export function refusePlace(
  doc: Y.Doc,
  comment: string,
  spot: Spot | CellSpot,
  person: string,
  now: string,
  part = 0,
): void {
  write(doc, comment, spot, part, { by: person, at: now }, (old, one) => ({
    here: null,
    not: [...old.not, one].slice(-MOST_REFUSED),
  }));
}

function write(
  doc: Y.Doc,
  comment: string,
  spot: Spot | CellSpot,
  part: number,
  said: Pick<Placing, "by" | "at">,
  say: <T>(old: Said<T>, one: T) => Said<T>,
): void {
  const before: Omit<Placing, "by" | "at"> = readPlacings(doc).get(comment) ?? { comment, here: null, not: [] };
  const others = (before.also ?? []).filter((each) => each.part !== part);
  const changed =
    "cell" in spot
      ? { cell: say(before.cell ?? { here: null, not: [] }, spot) }
      : part === 0
        ? say(before, spot)
        : { also: [...others, { part, ...say(saidOf({ ...before, ...said }, part), spot) }] };
  placingsMap(doc).set(comment, { ...before, ...changed, ...said } satisfies Placing);
}

/** Records that `person` (an id) takes back what was said last about a place: it is as `before`, null where nothing was. */
export function takeBackPlace(doc: Y.Doc, comment: string, before: Placing | null, person: string, now: string): void {
  const said = before ?? { comment, here: null, not: [] };
  placingsMap(doc).set(comment, { ...said, by: person, at: now } satisfies Placing);
}
