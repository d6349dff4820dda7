import { roman } from "#model";
import type { WordLimits } from "./limits.ts";
import type { NumberSetting, Styles } from "./styles.ts";
import { isSymbolFont, symbolText } from "./symbols.ts";
import type { WordPart } from "./word-package.ts";
import type { XmlElement } from "./xml.ts";
import { child, isOn, readXml, value, whole } from "./xml.ts";

interface Level {
  readonly start: number;
  readonly format: string;
  /** Of a custom format: its figures with zeros before them, as "001". */
  readonly pattern: string;
  /** As "%1.%2." */
  readonly text: string;
  /** Levels above (by their number from 1) after which it counts anew; 0 for none. */
  readonly restart: number | null;
  readonly legal: boolean;
  readonly style: string | undefined;
  readonly font: string;
}

/** A definition of lists, which several lists may share with their counters. */
interface Abstract {
  readonly id: string;
  readonly levels: ReadonlyMap<number, Level>;
  /** The numbering style whose definition it borrows. */
  readonly borrowed: string | undefined;
}

interface List {
  readonly abstract: string;
  readonly starts: ReadonlyMap<number, number>;
  readonly levels: ReadonlyMap<number, Level>;
}

const DEEPEST_LEVEL = 8;
/** Signs; every paragraph of a list has one. */
const LONGEST_LABEL = 64;
const PLAIN: Level = {
  start: 1,
  format: "decimal",
  pattern: "",
  text: "",
  restart: null,
  legal: false,
  style: undefined,
  font: "",
};

/** The lists of a file, which count as its paragraphs are read in order. */
export class Numbering {
  readonly #abstracts = new Map<string, Abstract>();
  readonly #lists = new Map<string, List>();
  /** Definitions by the numbering style they are of. */
  readonly #byStyle = new Map<string, Abstract>();
  readonly #styles: Styles;
  /** Where each definition has counted to, by level. */
  readonly #counts = new Map<string, (number | undefined)[]>();
  /** Starts of lists that were used up: each counts once. */
  readonly #started = new Set<string>();

  constructor(part: WordPart | null, styles: Styles, limits: WordLimits) {
    this.#styles = styles;
    if (!part) return;
    readXml(part.bytes, part.name, limits, 1, (element) => {
      if (element.name === "w:abstractNum") {
        const id = element.attributes["w:abstractNumId"] ?? "";
        const abstract = { id, levels: levelsOf(element), borrowed: value(element, "w:numStyleLink") };
        const style = value(element, "w:styleLink");
        this.#abstracts.set(id, abstract);
        if (style !== undefined && !this.#byStyle.has(style)) this.#byStyle.set(style, abstract);
      } else if (element.name === "w:num") {
        const overrides = element.children.filter((entry) => entry.name === "w:lvlOverride");
        this.#lists.set(element.attributes["w:numId"] ?? "", {
          abstract: value(element, "w:abstractNumId") ?? "",
          starts: new Map(
            overrides.flatMap((entry): [number, number][] => {
              const start = whole(value(entry, "w:startOverride"));
              return start === null ? [] : [[levelNumber(entry), start]];
            }),
          ),
          levels: new Map(overrides.flatMap((entry) => [...levelsOf(entry)])),
        });
      }
    });
  }

  /**
   * The place of the next paragraph in its list, counted; null where it is in none. `own` is what the paragraph says,
   * `styled` what its style says under the name `style`.
   */
  next(
    own: NumberSetting | null,
    styled: NumberSetting | null,
    style: string,
  ): { level: number; label: string } | null {
    const id = own?.list ?? styled?.list;
    if (id === undefined || id === "0") return null;
    const list = this.#lists.get(id);
    const abstract = list && this.#definition(list);
    if (!list || !abstract) return null;
    const linked = [...abstract.levels].find(([, level]) => level.style === style)?.[0];
    const level = Math.min(
      Math.max(own?.level ?? styled?.level ?? (own?.list === undefined ? linked : null) ?? 0, 0),
      DEEPEST_LEVEL,
    );
    const at = (index: number): Level => list.levels.get(index) ?? abstract.levels.get(index) ?? PLAIN;
    const counts = this.#count(abstract, id, list, level, at);
    return { level, label: label(at, level, counts) };
  }

  #definition(list: List): Abstract | undefined {
    const abstract = this.#abstracts.get(list.abstract);
    if (abstract?.borrowed === undefined) return abstract;
    const lender = this.#lists.get(this.#styles.named(abstract.borrowed).number?.list ?? "");
    const lent = lender && this.#abstracts.get(lender.abstract);
    return (lent?.borrowed === undefined ? lent : undefined) ?? this.#byStyle.get(abstract.borrowed) ?? abstract;
  }

  #count(abstract: Abstract, id: string, list: List, level: number, at: (index: number) => Level): readonly number[] {
    const counts = this.#counts.get(abstract.id) ?? [];
    this.#counts.set(abstract.id, counts);
    const start = list.starts.get(level);
    const key = `${id} ${level}`;
    const count = counts[level];
    if (start !== undefined && !this.#started.has(key)) counts[level] = start;
    else counts[level] = count === undefined ? at(level).start : count + 1;
    this.#started.add(key);
    for (let deeper = level + 1; deeper <= DEEPEST_LEVEL; deeper++) {
      const { restart } = at(deeper);
      if (restart === null || (restart > 0 && level < restart)) counts[deeper] = undefined;
    }
    return Array.from({ length: DEEPEST_LEVEL + 1 }, (_, index) => counts[index] ?? at(index).start);
  }
}

function levelsOf(element: XmlElement): Map<number, Level> {
  const levels = element.children.filter((entry) => entry.name === "w:lvl");
  const known = levels.filter((entry) => levelNumber(entry) >= 0 && levelNumber(entry) <= DEEPEST_LEVEL);
  return new Map(known.map((entry) => [levelNumber(entry), readLevel(entry)]));
}

function levelNumber(element: XmlElement): number {
  return whole(element.attributes["w:ilvl"]) ?? 0;
}

function readLevel(element: XmlElement): Level {
  // A format that older programs do not know stands in a choice, with decimal figures for them.
  const choice = child(child(element, "mc:AlternateContent"), "mc:Choice");
  const format = child(choice, "w:numFmt") ?? child(element, "w:numFmt");
  const fonts = child(child(element, "w:rPr"), "w:rFonts")?.attributes;
  return {
    start: whole(value(element, "w:start")) ?? 0,
    format: format?.attributes["w:val"] ?? "decimal",
    pattern: format?.attributes["w:format"] ?? "",
    text: (value(element, "w:lvlText") ?? "").slice(0, LONGEST_LABEL),
    restart: whole(value(element, "w:lvlRestart")),
    legal: isOn(element, "w:isLgl") ?? false,
    style: value(element, "w:pStyle"),
    font: fonts?.["w:ascii"] ?? fonts?.["w:hAnsi"] ?? "",
  };
}

function label(at: (index: number) => Level, level: number, counts: readonly number[]): string {
  const { text, format, font, legal } = at(level);
  if (format === "bullet") return bullet(text, font);
  return text.replaceAll(/%([1-9])/g, (_, figure: string) => {
    const index = Number(figure) - 1;
    const shown = at(index);
    return formatCount(counts[index] ?? 1, legal ? "decimal" : shown.format, shown.pattern);
  });
}

function bullet(text: string, font: string): string {
  const signs = Array.from(text, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    return isSymbolFont(font) || (code >= 0xf000 && code <= 0xf0ff) ? (symbolText(font, code) ?? "•") : sign;
  });
  return signs.join("");
}

/** A count as a list prints it. Formats of other languages' figures come as decimal ones. */
function formatCount(count: number, format: string, pattern: string): string {
  switch (format) {
    case "none":
    case "bullet":
      return "";
    case "upperRoman":
      return count > 0 && count < 4000 ? roman(count) : String(count);
    case "lowerRoman":
      return count > 0 && count < 4000 ? roman(count).toLowerCase() : String(count);
    case "upperLetter":
      return letterCount(count).toUpperCase();
    case "lowerLetter":
      return letterCount(count);
    case "decimalZero":
      return String(count).padStart(2, "0");
    case "ordinal":
      return `${count}${ordinalEnding(count)}`;
    case "numberInDash":
      return `- ${count} -`;
    case "decimalEnclosedParen":
      return `(${count})`;
    case "decimalEnclosedFullstop":
      return `${count}.`;
    case "decimalEnclosedCircle":
      return count >= 1 && count <= 20 ? String.fromCharCode(0x2460 + count - 1) : String(count);
    case "hex":
      return count.toString(16).toUpperCase();
    case "chicago":
      return ("*†‡§".charAt((count - 1) % 4) || "*").repeat(Math.min(Math.floor((count - 1) / 4) + 1, 50));
    case "custom":
      return String(count).padStart(Math.min(/^0*\d/.exec(pattern)?.[0].length ?? 1, LONGEST_LABEL), "0");
    default:
      return String(count);
  }
}

/** a … z, then aa, bb … as Word goes on. */
function letterCount(count: number): string {
  if (count < 1) return String(count);
  return String.fromCharCode(0x61 + ((count - 1) % 26)).repeat(Math.min(Math.floor((count - 1) / 26) + 1, 50));
}

function ordinalEnding(count: number): string {
  if (count % 100 >= 11 && count % 100 <= 13) return "th";
  return ["th", "st", "nd", "rd"][count % 10] ?? "th";
}
