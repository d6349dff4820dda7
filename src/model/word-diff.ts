/** A stretch of words that stayed, came or went. */
export interface Piece {
  readonly text: string;
  readonly kind: "same" | "inserted" | "deleted";
}

/** Compares two lines of text word by word: all pieces but the inserted ones are `a`, all but the deleted ones `b`. */
export type WordDiff = (a: string, b: string) => readonly Piece[];

/** A text as one piece; nothing as none. */
export function whole(text: string, kind: Piece["kind"]): Piece[] {
  return text === "" ? [] : [{ text, kind }];
}
