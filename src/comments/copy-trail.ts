import type * as Y from "yjs";
import { idOf } from "./record-id.ts";
import { compareText, isInstant, isRecordId } from "./record.ts";

/** How old a copy is, as far as the file tells. */
export interface CopyAge {
  /** When it says that it was saved last (UTC); empty where it does not, or says what cannot be. */
  readonly saved: string;
  /** The latest time of a remark in it (UTC): it was saved no earlier. Empty where none has a time. */
  readonly newest: string;
  /** How often it says that it was saved; 0 where it does not. */
  readonly revision: number;
}

/** That something stood in a copy in these words. */
export interface Sighting extends CopyAge {
  readonly words: string;
}

/** In which copies a record stood, and how, oldest first: so that an older copy does not take back what a later one said. */
export interface Trail {
  readonly id: string;
  readonly sightings: readonly Sighting[];
  /** Under which ids Word knows it. */
  readonly durableIds: readonly string[];
  /** Present where it is a change of the text, not a comment. */
  readonly change?: true;
  /** The copy in which another wording had taken its place, when it is withdrawn for that alone. */
  readonly replaced?: CopyAge;
}

/** How many sightings and ids are kept of one record. */
const MOST = 60;

/** The key under which the trail of a record is kept. */
export function trailKey(id: string): string {
  return `w:${id}`;
}

/** True for a key under which only a trail may stand. */
export function isTrailKey(key: string): boolean {
  return key.startsWith("w:");
}

/** What two wordings are compared by: the same words have the same. */
export function wordsKey(text: string, proposal: string | undefined): string {
  return idOf("", [text, proposal ?? 0]).slice(0, 14);
}

/** The trail that a stored value holds; null where it holds none. */
export function readTrail(value: unknown): Trail | null {
  if (typeof value !== "object" || value === null) return null;
  const found: Partial<Record<keyof Trail, unknown>> = value;
  const { id, sightings, durableIds, change, replaced } = found;
  if (!isRecordId(id) || !Array.isArray(sightings) || sightings.length === 0 || sightings.length > MOST) return null;
  const seen = sightings.flatMap((each: unknown) => readSighting(each) ?? []);
  if (seen.length < sightings.length || !Array.isArray(durableIds) || durableIds.length > MOST) return null;
  const ids = durableIds.filter((each): each is string => typeof each === "string" && each.length <= 64);
  if (ids.length < durableIds.length || (change !== undefined && change !== true)) return null;
  const age = replaced === undefined ? undefined : readAge(replaced);
  if (age === null) return null;
  return {
    id,
    sightings: seen,
    durableIds: ids,
    ...(change === undefined ? {} : { change }),
    ...(age === undefined ? {} : { replaced: age }),
  };
}

/** The trails in a person's notes. Total: what is none, or stands under another record's key, is passed over. */
export function readTrails(notes: Y.Map<unknown>): Trail[] {
  return [...notes.entries()].flatMap(([key, value]) => {
    const trail = isTrailKey(key) ? readTrail(value) : null;
    return trail && key === trailKey(trail.id) ? [trail] : [];
  });
}

function readSighting(value: unknown): Sighting | null {
  const age = readAge(value);
  if (!age || typeof value !== "object" || value === null || !("words" in value)) return null;
  const { words } = value;
  return typeof words === "string" && words.length <= 64 ? { ...age, words } : null;
}

function readAge(value: unknown): CopyAge | null {
  if (typeof value !== "object" || value === null) return null;
  const found: Partial<Record<keyof CopyAge, unknown>> = value;
  const { saved, newest, revision } = found;
  if (!isTime(saved) || !isTime(newest)) return null;
  if (typeof revision !== "number" || !Number.isInteger(revision) || revision < 0) return null;
  return { saved, newest, revision };
}

function isTime(value: unknown): value is string {
  return value === "" || isInstant(value);
}

/** When a copy was saved, or the time after which it was. */
export function ageTime({ saved, newest }: CopyAge): string {
  return isDated({ saved, newest }) ? saved : newest;
}

/** True where a copy tells when it was saved: a program may leave there what stood there before. */
function isDated({ saved, newest }: Pick<CopyAge, "saved" | "newest">): boolean {
  return saved !== "" && saved >= newest;
}

/** Negative where `a` is the older copy, as far as the files tell; 0 where they tell nothing. */
export function compareAges(a: CopyAge, b: CopyAge): number {
  const [first, second] = [isDated(a), isDated(b)];
  const revisions = first && second ? a.revision - b.revision : 0;
  return compareText(ageTime(a), ageTime(b)) || Number(first) - Number(second) || revisions;
}

/** A trail with one sighting more; the same trail where it has that already. */
export function withSighting(trail: Trail, sighting: Sighting, durableId: string): Trail {
  const seen = trail.sightings.some(
    (one) => one.words === sighting.words && compareAges(one, sighting) === 0 && one.newest === sighting.newest,
  );
  const named = durableId === "" || trail.durableIds.includes(durableId);
  if (seen && named) return trail;
  const sightings = seen ? trail.sightings : [...trail.sightings, sighting].toSorted(compareSightings).slice(-MOST);
  return { ...trail, sightings, durableIds: named ? trail.durableIds : [...trail.durableIds, durableId].slice(-MOST) };
}

function compareSightings(a: Sighting, b: Sighting): number {
  return compareAges(a, b) || compareText(a.words, b.words) || compareText(a.newest, b.newest);
}

/** The words that stood in the latest copy. */
export function latestWords({ sightings }: Trail): string {
  return sightings.at(-1)?.words ?? "";
}

/** The latest copy that it stood in. */
export function latestAge({ sightings }: Trail): CopyAge {
  return sightings.at(-1) ?? { saved: "", newest: "", revision: 0 };
}

/** From when on the latest words stood there, where there were others before. */
export function rewordedAt({ sightings }: Trail): string | null {
  const latest = sightings.at(-1)?.words;
  const last = sightings.findLastIndex(({ words }) => words !== latest);
  const first = sightings[last + 1];
  return last >= 0 && first ? ageTime(first) : null;
}

/**
 * True where a wording is an earlier one than the latest for sure: it stood in a copy that tells of itself that it is
 * older, or lacks a remark that the latest has. Of all others nobody knows which of the two holds.
 */
export function isEarlier({ sightings }: Trail, words: string): boolean {
  const latest = sightings.at(-1);
  const own = sightings.filter((one) => one.words === words);
  if (!latest || latest.words === words) return false;
  return own.some((one) => (isDated(one) ? compareAges(one, latest) < 0 : one.newest < latest.newest));
}
