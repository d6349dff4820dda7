import { likeness, wordList, wordPairs } from "#model";
import type { CopyLine } from "./copy-lines.ts";
import type { DraftUnit, SentDraft } from "./draft-units.ts";
import { labelLead } from "./draft-units.ts";
import { textKey } from "./line-diff.ts";

/** Lines of a copy and the units of the draft that they were: one of each but where somebody parted or joined some. */
export interface LineGroup {
  readonly lines: readonly number[];
  readonly units: readonly number[];
}

/** Which lines of a copy are which units of the draft. */
export interface LineMatch {
  readonly groups: readonly LineGroup[];
  /** The group of a line; absent for one that was not in the draft. */
  readonly ofLine: ReadonlyMap<number, LineGroup>;
  readonly ofUnit: ReadonlyMap<number, LineGroup>;
}

/** From this likeness on a line is a unit that was rewritten. */
const ALIKE = 0.5;

/** From this on it is one where nothing else can be. */
const RELATED = 0.2;

/** A line of fewer words is matched by likeness with nothing: “Không có.” stands everywhere. */
const TELLING = 4;

/** Pairs of words that stand in more units than this tell nothing. */
const COMMON = 60;

/** How many units are looked at closely for a line. */
const CANDIDATES = 8;

/** How much of a neighbour's words must be missing from a unit for it to be the other half. */
const HALF = 0.6;

/** The same where nothing but these words may be missing. */
const WHOLLY = 0.95;

/**
 * Matches the lines of a copy with the units of a draft, none used twice: by the bookmark where the words agree; by the
 * very same words, also in another order; by like words; then by the bookmark alone, or where one line and one unit are
 * left between the same neighbours. Last come paragraphs that were parted or joined.
 */
export function matchLines(lines: readonly CopyLine[], draft: SentDraft): LineMatch {
  const matching = new Matching(lines, draft);
  matching.run();
  return matching.result();
}

class Matching {
  readonly #lines: readonly CopyLine[];
  readonly #units: readonly DraftUnit[];
  readonly #bookmarks: ReadonlyMap<string, number>;
  readonly #unitOf = new Map<number, number>();
  readonly #lineOf = new Map<number, number>();
  /** Lines that are a part of the unit of another line, and units that stand in the line of another. */
  readonly #moreLines = new Map<number, number[]>();
  readonly #moreUnits = new Map<number, number[]>();

  constructor(lines: readonly CopyLine[], { units, bookmarks }: SentDraft) {
    this.#lines = lines;
    this.#units = units;
    this.#bookmarks = bookmarks;
  }

  run(): void {
    this.#byBookmark(ALIKE);
    this.#bySameWords();
    // What is the rest of a neighbour to the letter is not taken for some other like it.
    this.#parted(WHOLLY);
    this.#joined(WHOLLY);
    this.#byLikeWords();
    this.#byBookmark(0);
    this.#byNeighbours();
    this.#parted(HALF);
    this.#joined(HALF);
  }

  result(): LineMatch {
    const groups: LineGroup[] = [];
    const ofLine = new Map<number, LineGroup>();
    const ofUnit = new Map<number, LineGroup>();
    for (const [line, unit] of [...this.#unitOf].toSorted(([a], [b]) => a - b)) {
      const group = {
        lines: [line, ...(this.#moreLines.get(line) ?? [])].toSorted((a, b) => a - b),
        units: [unit, ...(this.#moreUnits.get(unit) ?? [])],
      };
      groups.push(group);
      for (const one of group.lines) ofLine.set(one, group);
      for (const one of group.units) ofUnit.set(one, group);
    }
    return { groups, ofLine, ofUnit };
  }

  #match(line: number, unit: number): void {
    this.#unitOf.set(line, unit);
    this.#lineOf.set(unit, line);
  }

  #text(line: number): string {
    return this.#lines[line]?.text ?? "";
  }

  /** How much a line is like a unit, with its label or without. */
  #likeness(line: number, unit: number): number {
    const one = this.#units[unit];
    const words = this.#text(line);
    if (!one) return 0;
    const { text, from, to } = one;
    const labelled = labelLead(one) + text;
    if ([text, labelled].some((each) => textKey(words) === textKey(each))) return 1;
    const bare = from > 0 ? likeness(words, text.slice(from, to)) : 0;
    return Math.max(likeness(words, text), labelled === text ? 0 : likeness(words, labelled), bare);
  }

  #freeLines(): number[] {
    return this.#lines.flatMap(({ text }, line) => (this.#isTaken(line) || text.trim() === "" ? [] : [line]));
  }

  #freeUnits(): number[] {
    return this.#units.flatMap(({ text }, unit) => (this.#isUsed(unit) || text.trim() === "" ? [] : [unit]));
  }

  /** A copied paragraph may take the bookmark with it, so the likeliest line has it first. */
  #byBookmark(atLeast: number): void {
    const pairs = this.#freeLines().flatMap((line) =>
      (this.#lines[line]?.bookmarks ?? []).flatMap((name) => {
        const unit = this.#bookmarks.get(name);
        return unit === undefined || this.#isUsed(unit) ? [] : [{ line, unit, score: this.#likeness(line, unit) }];
      }),
    );
    for (const { line, unit, score } of pairs.toSorted((a, b) => b.score - a.score || a.line - b.line)) {
      if (score >= atLeast && !this.#unitOf.has(line) && !this.#lineOf.has(unit)) this.#match(line, unit);
    }
  }

  #bySameWords(): void {
    for (const key of [
      (unit: DraftUnit): string => textKey(labelLead(unit) + unit.text),
      (unit: DraftUnit): string => textKey(unit.text),
      (unit: DraftUnit): string => textKey(unit.text.slice(unit.from, unit.to)),
    ]) {
      const lines = grouped(this.#freeLines(), (line) => textKey(this.#text(line)));
      const units = grouped(this.#freeUnits(), (unit) => {
        const one = this.#units[unit];
        return one ? key(one) : "";
      });
      for (const [words, those] of lines) {
        const same = words === "" ? [] : (units.get(words) ?? []);
        const [line] = those;
        const [unit] = same;
        if (those.length === same.length) for (const [at, one] of those.entries()) this.#match(one, same[at] ?? 0);
        else if (line !== undefined && unit !== undefined) this.#amongNeighbours(those, same);
      }
    }
  }

  /** Of lines that say the same and units that say the same, those that stand behind the same neighbour. */
  #amongNeighbours(lines: readonly number[], units: readonly number[]): void {
    const left = new Set(units);
    const wait: number[] = [];
    for (const line of lines) {
      const before = this.#unitBefore(line);
      const unit = before === null ? undefined : [...left].find((one) => one > before && one - before <= 3);
      if (unit === undefined) wait.push(line);
      else {
        this.#match(line, unit);
        left.delete(unit);
      }
    }
    for (const line of wait) {
      const [unit] = left;
      if (unit === undefined) return;
      this.#match(line, unit);
      left.delete(unit);
    }
  }

  #unitBefore(line: number): number | null {
    for (let at = line - 1; at >= 0; at--) {
      const unit = this.#unitOf.get(at);
      if (unit !== undefined) return unit;
    }
    return null;
  }

  #unitAfter(line: number): number | null {
    for (let at = line + 1; at < this.#lines.length; at++) {
      const unit = this.#unitOf.get(at);
      if (unit !== undefined) return unit;
    }
    return null;
  }

  #byLikeWords(): void {
    const index = new Map<string, number[]>();
    for (const unit of this.#freeUnits()) {
      for (const pair of wordPairs(this.#units[unit]?.text ?? "").keys()) {
        const having = index.get(pair);
        if (having) having.push(unit);
        else index.set(pair, [unit]);
      }
    }
    const found: { line: number; unit: number; score: number }[] = [];
    for (const line of this.#freeLines()) {
      if (wordList(this.#text(line)).length < TELLING) continue;
      const shared = new Map<number, number>();
      for (const pair of wordPairs(this.#text(line)).keys()) {
        const having = index.get(pair) ?? [];
        if (having.length > COMMON) continue;
        for (const unit of having) shared.set(unit, (shared.get(unit) ?? 0) + 1);
      }
      const nearest = [...shared].toSorted(([, a], [, b]) => b - a).slice(0, CANDIDATES);
      for (const [unit] of nearest) {
        const score = this.#likeness(line, unit);
        if (score >= ALIKE) found.push({ line, unit, score });
      }
    }
    for (const { line, unit } of found.toSorted((a, b) => b.score - a.score || a.line - b.line || a.unit - b.unit)) {
      if (!this.#unitOf.has(line) && !this.#lineOf.has(unit)) this.#match(line, unit);
    }
  }

  /** Matches a line with a unit where both stand alone between the same neighbours and are not quite strangers. */
  #byNeighbours(): void {
    for (const line of this.#freeLines()) {
      const [before, after] = [this.#unitBefore(line), this.#unitAfter(line)];
      if (before === null || after === null || after <= before) continue;
      const between = this.#freeUnits().filter((unit) => before < unit && unit < after);
      const [unit] = between;
      if (unit === undefined || between.length > 1) continue;
      const short = wordList(this.#units[unit]?.text ?? "").length < TELLING;
      if (this.#likeness(line, unit) >= (short ? 0.01 : RELATED)) this.#match(line, unit);
    }
  }

  /** A line without a unit may be a part of what the line above or below it was. */
  #parted(share: number): void {
    const all = [...this.#lines.keys()];
    for (const order of [all, all.toReversed()]) {
      let beside: number | null = null;
      for (const line of order) {
        if (this.#unitOf.has(line)) beside = line;
        else if (this.#text(line).trim() !== "" && !this.#isPart(line)) {
          if (beside !== null && this.#isHalf(line, beside, share)) push(this.#moreLines, beside, line);
          else beside = null;
        }
      }
    }
  }

  #isPart(line: number): boolean {
    return [...this.#moreLines.values()].some((lines) => lines.includes(line));
  }

  #isTaken(line: number): boolean {
    return this.#unitOf.has(line) || this.#isPart(line);
  }

  #isUsed(unit: number): boolean {
    return this.#lineOf.has(unit) || [...this.#moreUnits.values()].some((units) => units.includes(unit));
  }

  /** True where the words of a line are missing from the unit that another line was. */
  #isHalf(line: number, other: number, share: number): boolean {
    const unit = this.#units[this.#unitOf.get(other) ?? -1];
    const here = [other, ...(this.#moreLines.get(other) ?? [])].map((one) => this.#text(one)).join("\n");
    return unit !== undefined && missingShare(this.#text(line), unit.text, here) >= share;
  }

  /** A unit without a line may stand in the line of the unit above it. */
  #joined(share: number): void {
    let above: number | null = null;
    for (const [unit, { text, subject }] of this.#units.entries()) {
      if (this.#lineOf.has(unit)) {
        above = unit;
        continue;
      }
      if (this.#isUsed(unit)) continue;
      if (above === null || text.trim() === "" || subject.type !== "block") continue;
      const line = this.#text(this.#lineOf.get(above) ?? -1);
      const here = [above, ...(this.#moreUnits.get(above) ?? [])].map((one) => this.#units[one]?.text ?? "").join("\n");
      if (missingShare(text, line, here) >= share) push(this.#moreUnits, above, unit);
      else above = null;
    }
  }
}

/** How much of the words of `part` stands in `whole` beyond what `known` accounts for. */
function missingShare(part: string, whole: string, known: string): number {
  const left = counted(wordList(whole));
  for (const word of wordList(known)) left.set(word, (left.get(word) ?? 0) - 1);
  const words = wordList(part);
  let found = 0;
  for (const word of words) {
    const count = left.get(word) ?? 0;
    if (count > 0) found++;
    left.set(word, count - 1);
  }
  return words.length === 0 ? 0 : found / words.length;
}

function counted(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function grouped(items: readonly number[], key: (item: number) => string): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const item of items) push(groups, key(item), item);
  return groups;
}

function push<K>(map: Map<K, number[]>, key: K, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
