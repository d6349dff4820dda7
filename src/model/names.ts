/** The syllables of a Vietnamese name as people write it: family name first, given name last. */
function syllables(name: string): string[] {
  return name.normalize("NFC").match(/[\p{L}\p{M}]+/gu) ?? [];
}

/**
 * Up to two capital letters that stand for a person: the first letters of the last two syllables, which are what people
 * are called by (*Thạch Thọ Mộc* is TM). `?` where a name has no letter.
 */
export function initials(name: string): string {
  const letters = syllables(name)
    .slice(-2)
    .map((syllable) => Array.from(syllable)[0] ?? "")
    .join("");
  return letters === "" ? "?" : letters.toLocaleUpperCase("vi");
}

// Given name, family name, what stands between; then the whole, for the figures that a sample name ends with.
function sortKey(name: string): string[] {
  const parts = syllables(name);
  const given = parts.at(-1) ?? "";
  const family = parts.length > 1 ? (parts[0] ?? "") : "";
  return [given, family, parts.slice(1, -1).join(" "), name.normalize("NFC").trim()];
}

const ORDER = new Intl.Collator("vi", { numeric: true });

/**
 * Orders two names as a Vietnamese list of people does: by the last syllable, then the family name, then the rest, in
 * the order of the Vietnamese alphabet and its tones. For `sort`.
 */
export function compareNames(a: string, b: string): number {
  const right = sortKey(b);
  for (const [index, part] of sortKey(a).entries()) {
    const order = ORDER.compare(part, right[index] ?? "");
    if (order !== 0) return order;
  }
  return 0;
}
