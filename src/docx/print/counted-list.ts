import type { LevelFormat, RuleSet } from "#model";
import { levelFormat, roman } from "#model";

/** How many levels a list of Word's has. */
export const LIST_LEVELS = 9;

/** From here on ours and Word's Roman numerals differ. */
const LARGEST_ROMAN = 399;

/** One level of a list: how Word shows the number of a paragraph in it. */
export interface ListLevel {
  readonly format: "upperRoman" | "decimal" | "bullet" | "none";
  /** As `%1.%2.`; empty where the label is text, or none. */
  readonly text: string;
  /** The levels whose numbers stand in `text`, by their place, its own last. */
  readonly shows: readonly number[];
  /** What is shown: a title with the label above it has its own line for it. */
  readonly title: LevelFormat | null;
  /** True of a number that stands alone in a cell. */
  readonly alone?: boolean;
  /** The style whose paragraphs are numbered so by themselves. */
  readonly style?: string;
}

export const NO_NUMBER: ListLevel = { format: "none", text: "", shows: [], title: null };

/** The level that numbers `format` at a place of a list; one without a number where Word cannot count so. */
export function countedLevel(format: LevelFormat, shows: readonly number[]): ListLevel {
  const unshown = { ...NO_NUMBER, title: format };
  const { number, pattern } = format;
  if (number !== "upperRoman" && number !== "decimal" && number !== "path") return unshown;
  const [before, after, ...more] = pattern.split("%");
  // A figure behind the number would be read as part of which level it is.
  if (before === undefined || after === undefined || more.length > 0 || /^\d/.test(after)) return unshown;
  const numbers = shows.map((place) => `%${place + 1}`).join(".");
  return {
    format: number === "upperRoman" ? "upperRoman" : "decimal",
    text: `${before}${numbers}${after}`,
    shows,
    title: format,
  };
}

/**
 * True where Word counts the label on the line above a title. Its letters are then those of the style, so that capitals
 * are the words' own: LibreOffice centres a label that only itself is in small letters as if it were in capitals.
 */
export function isCountedAbove(format: LevelFormat): boolean {
  return format.labelAbove === true && countedLevel(format, [0]).text !== "";
}

/**
 * The levels of titles from the first below a part on; `from` is the place of that one in the list. `styleOf` where
 * their styles number by it.
 */
export function titleLevels(ruleSet: RuleSet, from: number, styleOf?: (depth: number) => string): ListLevel[] {
  return Array.from({ length: LIST_LEVELS - from }, (_, depth) => {
    const format = levelFormat(ruleSet, depth);
    const shows = [depth + from];
    for (let above = depth - 1; format.number === "path" && above >= 0; above--) {
      if (!["decimal", "path"].includes(levelFormat(ruleSet, above).number)) break;
      shows.unshift(above + from);
    }
    const level = countedLevel(format, shows);
    const own = depth < ruleSet.numbering.levels.length && level.text !== "";
    return styleOf && own ? { ...level, style: styleOf(depth) } : level;
  });
}

/** A list that begins anew at one of its levels. */
export interface Restart {
  readonly level: number;
  readonly start: number;
}

type Counts = (number | undefined)[];

/**
 * Foretells what number Word gives to the next paragraph of a list, so that it is never another than the one it is to
 * bear. Word counts through all instances of a list, LibreOffice in each by itself; a number counts as foretold where
 * both come to the same, and all levels above it have been counted.
 */
export class CountedList {
  readonly levels: readonly ListLevel[];
  readonly #begin: (restart: Restart | null) => number;
  readonly #through: Counts = [];
  readonly #within = new Map<number, Counts>();
  /** The instances that are being counted, and the level from which on each is; the innermost is last. */
  #base: number | null = null;
  #open: { readonly level: number; readonly instance: number }[] = [];

  /** `begin` makes a new instance of the list and gives its number. */
  constructor(levels: readonly ListLevel[], begin: (restart: Restart | null) => number) {
    this.levels = levels;
    this.#begin = begin;
  }

  /**
   * The instance in which a paragraph is counted so that it shows `label`, or where that is null nothing; null where no
   * counting comes to that. `path` are the numbers it has at each level down to its own.
   */
  place(path: readonly number[], label: string | null): number | null {
    const at = path.length - 1;
    const level = this.levels[at];
    const number = path[at] ?? 0;
    if (!level || shownBy(level, path) !== label) return null;
    for (let above = 0; above < at; above++) if (this.#through[above] === undefined) return null;
    const open = this.#open.filter((each) => each.level <= at);
    const instance = open.at(-1)?.instance ?? this.first();
    const fits = [this.#through, this.#counts(instance)].every(
      (counts) =>
        (counts[at] ?? 0) + 1 === number && level.shows.every((shown) => shown === at || counts[shown] === path[shown]),
    );
    if (fits) {
      this.#open = open.length > 0 ? open : [{ level: 0, instance }];
      this.#count(instance, at, number);
      return instance;
    }
    // In a new instance no level above has been counted.
    if (level.shows.some((shown) => shown !== at)) return null;
    const fresh = this.#begin({ level: at, start: number });
    this.#open = [...open.filter((each) => each.level < at), { level: at, instance: fresh }];
    this.#count(fresh, at, number);
    return fresh;
  }

  /** The instance that is counted as long as nothing begins anew. */
  first(): number {
    return (this.#base ??= this.#begin(null));
  }

  #counts(instance: number): Counts {
    const known = this.#within.get(instance) ?? [];
    this.#within.set(instance, known);
    return known;
  }

  #count(instance: number, at: number, number: number): void {
    for (const counts of [this.#through, this.#counts(instance)]) {
      counts.length = Math.min(counts.length, at);
      counts[at] = number;
    }
  }
}

/** The number as Word shows it; null where it shows none. */
function shownBy(level: ListLevel, path: readonly number[]): string | null {
  if (level.text === "") return null;
  let text = level.text;
  for (const shown of level.shows) {
    const number = path[shown] ?? 0;
    if (number < 1 || (level.format === "upperRoman" && number > LARGEST_ROMAN)) return null;
    text = text.replace(`%${shown + 1}`, level.format === "upperRoman" ? roman(number) : String(number));
  }
  return text;
}
