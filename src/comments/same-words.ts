import { slotText } from "#collab";
import type { QuotedRange } from "#model";
import type * as Y from "yjs";
import type { SlotRange } from "./anchor.ts";
import { stoodBefore, wordsOf } from "./anchor.ts";

/** How many signs of what stood before words, and of what stood behind them, must stand there again. */
const FITTING = 8;
/** So many signs stand in no two places by chance: what is quoted at that length and found once needs nothing around it. */
export const TELLING = 40;

/** Text in the form in which it is compared, and for each unit of it where its sign begins and ends. */
interface Folded {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Looks in a body as it is for words that were quoted; each slot is read at most once. */
export class SameWords {
  readonly #body: Y.Doc;
  readonly #slots: readonly string[];
  readonly #folded = new Map<string, Folded>();

  constructor(body: Y.Doc, slots: readonly string[]) {
    this.#body = body;
    this.#slots = slots;
  }

  /**
   * Where the quoted words stand with what stood around them, in whatever slot: the one place that fits, or the one that
   * fits best; null where none does, or where two fit alike. It is a guess, for a person to confirm. Spaces, breaks of
   * lines and the ways to write a letter, a dash or a quotation mark are the same. What overlaps `refused` is passed over, and what is known to have stood there beside the
   * words when they were quoted.
   */
  find({ quote, anchor }: Pick<QuotedRange, "quote" | "anchor">, refused: readonly SlotRange[]): SlotRange | null {
    const wanted = foldWords(quote.exact).text.trim();
    // Of a longer quotation only the beginning is kept.
    if (wanted === "" || wanted.endsWith("…")) return null;
    const [prefix, suffix] = [foldWords(quote.prefix).text, foldWords(quote.suffix).text];
    const found: { readonly range: SlotRange; readonly fit: number; readonly fits: boolean }[] = [];
    for (const slot of this.#slots) {
      const { text, starts, ends } = this.#read(slot);
      for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
        const end = at + wanted.length;
        const range = { slot, from: starts[at] ?? 0, to: ends[end - 1] ?? 0 };
        if (stoodBefore(slotText(this.#body, slot), range.from, range.to, anchor)) continue;
        if (refused.some((one) => one.slot === slot && one.from < range.to && range.from < one.to)) continue;
        const [before, after] = [commonTail(text, at, prefix), commonHead(text, end, suffix)];
        const fits = before >= Math.min(FITTING, prefix.length) && after >= Math.min(FITTING, suffix.length);
        found.push({ range, fit: before + after, fits });
      }
    }
    const [best, next] = found.toSorted((a, b) => b.fit - a.fit);
    if (!best || (next && next.fit === best.fit)) return null;
    return best.fits || (!next && wanted.length >= TELLING) ? best.range : null;
  }

  #read(slot: string): Folded {
    const folded = this.#folded.get(slot) ?? foldWords(wordsOf(slotText(this.#body, slot)));
    this.#folded.set(slot, folded);
    return folded;
  }
}

/** Words as they are compared: spaces, breaks of lines and the ways to write a letter or a sign are the same. */
export function foldWords(words: string): Folded {
  let text = "";
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { 0: sign, index } of words.matchAll(/\s+|\P{M}\p{M}*|\p{M}+/gu)) {
    const plain = /^\s/u.test(sign) ? " " : (ALIKE[sign] ?? sign.normalize("NFC"));
    text += plain;
    for (let i = 0; i < plain.length; i++) {
      starts.push(index);
      ends.push(index + sign.length);
    }
  }
  return { text, starts, ends };
}

/** Signs that word processors put for one another. */
const ALIKE: Readonly<Record<string, string>> = {
  "“": '"',
  "”": '"',
  "„": '"',
  "‘": "'",
  "’": "'",
  "–": "-",
  "—": "-",
  "‑": "-",
};

function commonHead(text: string, from: number, wanted: string): number {
  let n = 0;
  while (n < wanted.length && text.charAt(from + n) === wanted.charAt(n)) n++;
  return n;
}

function commonTail(text: string, to: number, wanted: string): number {
  let n = 0;
  while (n < wanted.length && n < to && text.charAt(to - 1 - n) === wanted.charAt(wanted.length - 1 - n)) n++;
  return n;
}
