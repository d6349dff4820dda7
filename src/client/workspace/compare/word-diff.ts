import { diffWordsWithSpace } from "diff";
import type { Piece } from "#model";

/** Beyond so many words that came or went, two lines are told as two lines: nobody could read the rest. */
const MOST_EDITS = 1_000;

/** The words two lines share and those they do not. Neighbouring replaced words are told as one replacement. */
export function diffWords(a: string, b: string): readonly Piece[] {
  const changes = diffWordsWithSpace(a, b, { maxEditLength: MOST_EDITS });
  if (!changes) return replacement(a, b);
  return joinReplacements(
    changes.map(({ value, added, removed }) => ({
      text: value,
      kind: added ? "inserted" : removed ? "deleted" : "same",
    })),
  );
}

function replacement(deleted: string, inserted: string): Piece[] {
  const both: Piece[] = [
    { text: deleted, kind: "deleted" },
    { text: inserted, kind: "inserted" },
  ];
  return both.filter(({ text }) => text !== "");
}

/**
 * A space between words that were replaced belongs to the replacement: *nể nang → thẳng thắn*, not word by word. A space
 * between words that only came, or only went, stays.
 */
function joinReplacements(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  let deleted = "";
  let inserted = "";
  for (const [at, { text, kind }] of pieces.entries()) {
    const next = changesFrom(pieces, at + 1);
    const between =
      text.trim() === "" &&
      next.length > 0 &&
      deleted + inserted !== "" &&
      (deleted !== "" || next.includes("deleted")) &&
      (inserted !== "" || next.includes("inserted"));
    if (kind === "same" && !between) {
      joined.push(...replacement(deleted, inserted), { text, kind });
      deleted = inserted = "";
    } else {
      if (kind !== "inserted") deleted += text;
      if (kind !== "deleted") inserted += text;
    }
  }
  return [...joined, ...replacement(deleted, inserted)];
}

/** What came and went from `at` on, up to the next words that stayed. */
function changesFrom(pieces: readonly Piece[], at: number): Piece["kind"][] {
  return [pieces[at], pieces[at]?.kind === "same" ? undefined : pieces[at + 1]].flatMap((piece) =>
    piece && piece.kind !== "same" ? [piece.kind] : [],
  );
}
