import type { SlotRole, TitleWords } from "#model";
import { comparedWords, ROLES } from "#model";

/** The role whose headings are usually called so, and how surely. */
export interface UsualRole {
  readonly role: SlotRole;
  readonly likeness: number;
}

/** Reads titles by the words that are known of such titles. */
export class TitleReader {
  readonly #about: readonly RegExp[];
  /** Words and the one word they stand for; longer ones first, so that a part of them is not taken for the whole. */
  readonly #same: readonly (readonly [string, string])[];
  readonly #idle: ReadonlySet<string>;
  readonly #usual: readonly (readonly [SlotRole, readonly (readonly string[])[]])[];

  constructor(words: readonly TitleWords[]) {
    this.#about = words.flatMap(({ about = [] }) =>
      about.map(
        ({ title, before }) => new RegExp(`(${escaped(title)})\\s+(?:${before.map(escaped).join("|")})\\s.*$`, "iu"),
      ),
    );
    this.#same = words
      .flatMap(({ same = [] }) => same)
      .flatMap((group) => {
        const [first = "", ...others] = group.map((each) => comparedWords(each).join(" "));
        return [first, ...others].map((each) => [` ${each} `, ` ${first.replaceAll(" ", "_")} `] as const);
      })
      .toSorted(([a], [b]) => b.length - a.length);
    this.#idle = new Set(words.flatMap(({ idle = [] }) => idle.flatMap(comparedWords)));
    this.#usual = ROLES.map((role) => [
      role,
      words.flatMap(({ usual }) => (usual?.[role] ?? []).map((title) => this.tokens(title))),
    ]);
  }

  /** What a title says: its words with those of one meaning made one, years and idle words left away. */
  tokens(title: string): string[] {
    // Where the cause of what is asked is said, the what is no title of its own: “Nguyên nhân của những hạn chế”.
    const own = this.#about.reduce((text, about) => text.replace(about, "$1"), title);
    let line = ` ${wordsWithoutYears(own).join(" ")} `;
    for (const [from, to] of this.#same) line = line.replaceAll(from, to);
    const tokens = line.split(" ").filter((token) => token !== "");
    const telling = tokens.filter((token) => !this.#idle.has(token));
    return [...new Set(telling.length > 0 ? telling : tokens)];
  }

  /** The role whose headings are usually called so; null where no role is. */
  usualRole(tokens: readonly string[], scale: TitleScale): UsualRole | null {
    let best: UsualRole | null = null;
    for (const [role, names] of this.#usual) {
      for (const name of names) {
        const likeness = scale.likeness(tokens, name);
        if (likeness > (best?.likeness ?? 0)) best = { role, likeness };
      }
    }
    return best;
  }
}

function escaped(words: string): string {
  return words.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
}

function wordsWithoutYears(title: string): string[] {
  return comparedWords(title).filter((word) => !/^\d{4}$/u.test(word));
}

/** The words of a title without years: what says the same has the same. */
export function titleWords(title: string): string {
  return wordsWithoutYears(title).join(" ");
}

/** Titles of a skeleton weigh words: what many of them say tells little. */
export class TitleScale {
  readonly #counts = new Map<string, number>();
  readonly #total: number;

  constructor(titles: readonly (readonly string[])[]) {
    this.#total = titles.length;
    for (const title of titles) for (const token of title) this.#counts.set(token, (this.#counts.get(token) ?? 0) + 1);
  }

  /** From 0, nothing in common, to 1, the same words. A title that is all in the other counts for more. */
  likeness(one: readonly string[], other: readonly string[]): number {
    const shared = this.#sum(one.filter((token) => other.includes(token)));
    const [a, b] = [this.#sum(one), this.#sum(other)];
    if (shared === 0 || a === 0 || b === 0) return 0;
    if (one.length === other.length && one.every((token) => other.includes(token))) return 1;
    return Math.min(0.99, ((2 * shared) / (a + b)) * 0.6 + (shared / Math.min(a, b)) * 0.4);
  }

  /** True where every word of `title` is in `whole`. */
  holds(whole: readonly string[], title: readonly string[]): boolean {
    return title.length > 0 && title.every((token) => whole.includes(token));
  }

  #sum(tokens: readonly string[]): number {
    return tokens.reduce((sum, token) => sum + Math.log(1 + (this.#total + 1) / (this.#counts.get(token) ?? 0.5)), 0);
  }
}
