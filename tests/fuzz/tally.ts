import { WEIGHTS } from "./edits/every.ts";

type EditKind = keyof typeof WEIGHTS;

const COUNTED = [
  "schedules",
  "people",
  /** Rounds in which at least two people edited without hearing of each other. */
  "concurrentRounds",
  "deliveries",
  "held",
  "reordered",
  "repeated",
  "dropped",
  "reconnections",
  "compositions",
  /** Compositions during which something of somebody else had to wait. */
  "waited",
  "reloads",
  "restarts",
  "foreignWrites",
  "comments",
  "placedWhole",
  "placedInPart",
  "placeGone",
  /** Comments that two people, all having all, saw at different places. */
  "placedApart",
  "decisions",
  /** Schedules in which characters stand twice: several people brought them back, not knowing of each other. */
  "restoredTwice",
  "movedTwice",
  "characters",
] as const;

/** What schedules did, so that one can see that they did something. */
export type Tally = Record<(typeof COUNTED)[number], number> & { readonly edits: Record<EditKind, number> };

export function emptyTally(): Tally {
  const edits = Object.fromEntries(Object.keys(WEIGHTS).map((name) => [name, 0])) as Record<EditKind, number>;
  const counts = Object.fromEntries(COUNTED.map((name) => [name, 0])) as Record<(typeof COUNTED)[number], number>;
  return { ...counts, edits };
}

/** Adds one tally to another. */
export function addTally(to: Tally, from: Tally): void {
  for (const name of COUNTED) to[name] += from[name];
  for (const name of Object.keys(to.edits) as EditKind[]) to.edits[name] += from.edits[name];
}
