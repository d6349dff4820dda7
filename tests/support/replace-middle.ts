import type { Piece } from "#model";

/** A plain word diff: what is common at both ends stayed, the middle was replaced. */
export function replaceMiddle(a: string, b: string): Piece[] {
  const [x, y] = [a.split(" "), b.split(" ")];
  let start = 0;
  while (start < Math.min(x.length, y.length) && x[start] === y[start]) start++;
  let end = 0;
  while (end < Math.min(x.length, y.length) - start && x.at(-1 - end) === y.at(-1 - end)) end++;
  const piece = (kind: Piece["kind"], words: string[]): Piece[] =>
    words.length ? [{ text: words.join(" "), kind }] : [];
  return [
    ...piece("same", x.slice(0, start)),
    ...piece("deleted", x.slice(start, x.length - end)),
    ...piece("inserted", y.slice(start, y.length - end)),
    ...piece("same", x.slice(x.length - end)),
  ];
}
