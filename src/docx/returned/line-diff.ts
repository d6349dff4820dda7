/** A stretch in which two texts differ: `from` to `to` of the first stands as `newFrom` to `newTo` in the second. */
export interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly newFrom: number;
  readonly newTo: number;
}

interface Token {
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

/** Beyond so many tokens that came or went two texts are told as two texts. */
const MOST_EDITS = 1500;

/** Ways to write a sign that a word processor changes by itself. */
const SAME_SIGNS: Readonly<Record<string, string>> = {
  "\u2018": "'",
  "\u2019": "'",
  "\u201c": '"',
  "\u201d": '"',
  "\u201e": '"',
  "\u2010": "-",
  "\u2011": "-",
  "\u2012": "-",
  "\u2013": "-",
  "\u2014": "-",
  "\u2212": "-",
};

/** Signs that nobody sees. */
const UNSEEN = /^[\u00ad\u200b-\u200f\u2060\ufeff]$/u;

/** Words, spaces and single signs of a text, each under what it is compared by. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}]+|\n|[^\S\n]+|[^\s\p{L}\p{M}\p{N}]/gu)) {
    const [sign] = match;
    if (UNSEEN.test(sign)) continue;
    const key = sign === "\n" ? sign : sign.trim() === "" ? " " : (SAME_SIGNS[sign] ?? sign.normalize("NFC"));
    const last = tokens.at(-1);
    if (key === "…") for (const _ of "...") tokens.push({ key: ".", from: match.index, to: match.index + 1 });
    else if (key === " " && last?.key === " ") tokens[tokens.length - 1] = { ...last, to: match.index + sign.length };
    else tokens.push({ key, from: match.index, to: match.index + sign.length });
  }
  return tokens;
}

/** A text as it is compared: two texts with the same key differ in nothing that a person wrote. */
export function textKey(text: string): string {
  return tokensOf(text.trim())
    .map(({ key }) => key)
    .join("\u0000");
}

/** Two texts laid beside each other, word by word. */
export interface Alignment {
  /** Where they differ, in order. */
  readonly hunks: readonly Hunk[];
  /**
   * Where a place of the second text stands in the first. In words that differ it is the beginning of what stands there
   * for the beginning of a stretch (`start`), and the end of it for its end.
   */
  place(at: number, side: "start" | "end"): number;
}

/** Lays two texts beside each other. What a word processor changes by itself is no difference. */
export function align(before: string, after: string): Alignment {
  if (before === after) return { hunks: [], place: (at) => at };
  const [a, b] = [tokensOf(before), tokensOf(after)];
  const kept = commonSelection(
    a.map(({ key }) => key),
    b.map(({ key }) => key),
  );
  const hunks: Hunk[] = [];
  const pairs: { readonly old: Token; readonly young: Token }[] = [];
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...kept, [a.length, b.length] as const]) {
    if (nextI > i || nextJ > j) {
      const from = i < nextI ? (a[i]?.from ?? 0) : (a[i - 1]?.to ?? 0);
      const newFrom = j < nextJ ? (b[j]?.from ?? 0) : (b[j - 1]?.to ?? 0);
      const to = i < nextI ? (a[nextI - 1]?.to ?? from) : from;
      const newTo = j < nextJ ? (b[nextJ - 1]?.to ?? newFrom) : newFrom;
      hunks.push({ from, to, newFrom, newTo });
    }
    const [old, young] = [a[nextI], b[nextJ]];
    if (old && young) pairs.push({ old, young });
    [i, j] = [nextI + 1, nextJ + 1];
  }
  const place = (at: number, side: "start" | "end"): number => {
    let [low, high] = [0, pairs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const { young } = pairs[middle] ?? { young: { from: 0, to: 0 } };
      if (side === "start" ? young.to <= at : young.to < at) low = middle + 1;
      else high = middle;
    }
    const next = pairs[low];
    const last = pairs[low - 1];
    if (next && (side === "start" ? next.young.from <= at : next.young.from < at)) {
      return next.old.from + Math.min(at - next.young.from, next.old.to - next.old.from);
    }
    return side === "start" ? (last?.old.to ?? 0) : (next?.old.from ?? before.length);
  };
  return { hunks, place };
}

/** The pairs of places of a longest common selection of two lists, in order. */
export function commonSelection(a: readonly string[], b: readonly string[]): [number, number][] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const middle = shortestEdit(a.slice(start, a.length - end), b.slice(start, b.length - end));
  return [
    ...Array.from({ length: start }, (_, at): [number, number] => [at, at]),
    ...middle.map(([x, y]): [number, number] => [x + start, y + start]),
    ...Array.from({ length: end }, (_, at): [number, number] => [a.length - end + at, b.length - end + at]),
  ];
}

/** Myers' algorithm: the places that stay. */
function shortestEdit(a: readonly string[], b: readonly string[]): [number, number][] {
  if (a.length === 0 || b.length === 0) return [];
  const most = Math.min(a.length + b.length, MOST_EDITS);
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let d = 0; d <= most; d++) {
    trace.push(new Map(furthest));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
      let x = down ? (furthest.get(k + 1) ?? 0) : (furthest.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      furthest.set(k, x);
      if (x >= a.length && x - k >= b.length) return walkBack(trace, a, b);
    }
  }
  return [];
}

function walkBack(
  trace: readonly Map<number, number>[],
  a: readonly string[],
  b: readonly string[],
): [number, number][] {
  const kept: [number, number][] = [];
  let [x, y] = [a.length, b.length];
  for (let d = trace.length - 1; d >= 0; d--) {
    const furthest = trace[d] ?? new Map<number, number>();
    const k = x - y;
    const down = k === -d || (k !== d && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
    const before = down ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : (furthest.get(before) ?? 0);
    const fromY = d === 0 ? 0 : fromX - before;
    while (x > fromX && y > fromY && a[x - 1] === b[y - 1]) {
      x--;
      y--;
      kept.push([x, y]);
    }
    [x, y] = [fromX, fromY];
  }
  return kept.reverse();
}
