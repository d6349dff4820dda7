import { diffWordsWithSpace } from "diff";
import type { Piece } from "#model";

/** Beyond so many words that came or went, two lines are told as two lines: nobody could read the rest. */
const MOST_EDITS = 2_000;

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

/** A space between two replaced words belongs to both replacements: *nể nang → thẳng thắn*, not word by word. */
function joinReplacements(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  let deleted = "";
  let inserted = "";
  for (const [at, { text, kind }] of pieces.entries()) {
    const replacedNext = pieces[at + 1]?.kind === "deleted" && pieces[at + 2]?.kind === "inserted";
    const between = text.trim() === "" && deleted !== "" && inserted !== "" && replacedNext;
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
