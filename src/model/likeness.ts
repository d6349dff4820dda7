/** The words of a text, in small letters. */
export function wordList(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** The neighbouring words of a text and how often each pair stands there, its ends counted as words. */
export function wordPairs(text: string): Map<string, number> {
  const pairs = new Map<string, number>();
  const words = wordList(text);
  if (words.length === 0) return pairs;
  let last = "";
  for (const word of [...words, ""]) {
    const pair = `${last} ${word}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    last = word;
  }
  return pairs;
}

/** How much two texts share of their neighbouring words, from 0 to 1. Capitals and punctuation do not count. */
export function likeness(a: string, b: string): number {
  return pairLikeness(wordPairs(a), wordPairs(b));
}

/** {@link likeness} of texts whose pairs are known. */
export function pairLikeness(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let common = 0;
  let total = 0;
  for (const [pair, count] of a) {
    common += Math.min(count, b.get(pair) ?? 0);
    total += count;
  }
  for (const count of b.values()) total += count;
  return total === 0 ? 0 : (2 * common) / total;
}
