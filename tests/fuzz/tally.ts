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
  /** What was done in tables. */
  "cells",
  "comments",
  /** Comments in the end: all words in place; some in place, none elsewhere; some elsewhere; none anywhere. */
  "whole",
  "part",
  "moved",
  "gone",
  /** Comments without a place though some of their words stand elsewhere, in a way that nobody followed. */
  "lost",
  "decisions",
  /** Characters that stood twice, for two people had brought them, and of which one went. */
  "spared",
  /** Characters written anew in a way that nobody follows, as by a wording that changes both ends of a stretch. */
  "rewritten",
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
