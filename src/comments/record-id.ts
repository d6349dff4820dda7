/** 128 bits of a text as 26 signs: the same text has the same everywhere, and no two of a report ever meet. */
export function idOf(prefix: string, parts: readonly (string | number)[]): string {
  const text = JSON.stringify(parts);
  const words = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    for (const [at, word] of words.entries()) words[at] = mixed(word ^ (code + at * 0x10001), at);
  }
  const spread = words.map((word, at) => mixed(word ^ (words[(at + 1) % 4] ?? 0) ^ text.length, at));
  return prefix + spread.map((word) => (word >>> 0).toString(36).padStart(7, "0")).join("");
}

/** A number of 32 bits made from a text, never 0. */
export function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0 || 1;
}

function mixed(word: number, at: number): number {
  const turned = Math.imul(word ^ (word >>> 15), [0x2c1b3c6d, 0x297a2d39, 0x01000193, 0x27d4eb2f][at] ?? 1);
  return turned ^ (turned >>> 13);
}
