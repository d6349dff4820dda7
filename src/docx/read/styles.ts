import type { WordLimits } from "./limits.ts";
import type { WordPart } from "./word-package.ts";
import type { XmlElement } from "./xml.ts";
import { child, isOn, readXml, value, whole } from "./xml.ts";

/** What a style, or a paragraph or run directly, says of letters; undefined where it says nothing. */
export interface LetterSetting {
  readonly bold?: boolean | undefined;
  readonly italic?: boolean | undefined;
  readonly strike?: boolean | undefined;
  readonly hidden?: boolean | undefined;
  readonly underline?: boolean | undefined;
  /** The font of letters outside ASCII; "" where a theme names it. */
  readonly font?: string | undefined;
}

/** Of numbering: the list's number ("0" for none) and the level. */
export interface NumberSetting {
  readonly list: string | undefined;
  readonly level: number | null;
}

interface ParagraphSetting {
  readonly align: string | undefined;
  readonly outline: number | null;
  readonly number: NumberSetting | null;
}

interface Style {
  readonly id: string;
  readonly name: string;
  readonly basedOn: string | undefined;
  readonly letters: LetterSetting;
  readonly paragraph: ParagraphSetting;
}

/** A style with all that it takes from those it is based on. */
export interface WholeStyle {
  readonly id: string;
  readonly name: string;
  readonly letters: LetterSetting;
  readonly align: string | undefined;
  readonly outline: number | null;
  readonly number: NumberSetting | null;
}

/** Signs; every paragraph bears one. Word takes 253. */
const LONGEST_NAME = 255;
/** Longer chains of styles based on others go round in a circle. */
const LONGEST_CHAIN = 64;
const NO_STYLE: WholeStyle = { id: "", name: "", letters: {}, align: undefined, outline: null, number: null };

/** The styles of a file. */
export class Styles {
  readonly #styles = new Map<string, Style>();
  readonly #whole = new Map<string, WholeStyle>();
  /** The style of paragraphs that name none. */
  #paragraph = "";
  defaults: LetterSetting = {};

  constructor(part: WordPart | null, limits: WordLimits) {
    if (!part) return;
    readXml(part.bytes, part.name, limits, 1, (element) => {
      if (element.name === "w:docDefaults") {
        this.defaults = letterSetting(child(child(element, "w:rPrDefault"), "w:rPr"));
      }
      if (element.name !== "w:style") return;
      const id = element.attributes["w:styleId"] ?? "";
      const type = element.attributes["w:type"] ?? "paragraph";
      if (type === "paragraph" && /^(?:1|true|on)$/.test(element.attributes["w:default"] ?? "")) this.#paragraph = id;
      const properties = child(element, "w:pPr");
      this.#styles.set(id, {
        id,
        name: (value(element, "w:name") ?? id).slice(0, LONGEST_NAME),
        basedOn: value(element, "w:basedOn"),
        letters: letterSetting(child(element, "w:rPr")),
        paragraph: {
          align: value(properties, "w:jc"),
          outline: whole(value(properties, "w:outlineLvl")),
          number: numberSetting(properties),
        },
      });
    });
  }

  /** A paragraph's style; the default one where it names none or one that is not there. */
  ofParagraph(id: string | undefined): WholeStyle {
    return id !== undefined && this.#styles.has(id) ? this.#resolve(id) : this.#resolve(this.#paragraph, id);
  }

  /** A run's style, or that of a numbering. */
  named(id: string | undefined): WholeStyle {
    return id !== undefined && this.#styles.has(id) ? this.#resolve(id) : NO_STYLE;
  }

  #resolve(id: string, asked: string = id): WholeStyle {
    const known = this.#whole.get(id);
    if (known) return known;
    const chain: Style[] = [];
    for (let next: string | undefined = id; next !== undefined && chain.length < LONGEST_CHAIN;) {
      const style = this.#styles.get(next);
      if (!style || chain.includes(style)) break;
      chain.push(style);
      next = style.basedOn;
    }
    const [own] = chain;
    if (!own) return { ...NO_STYLE, id: asked.slice(0, LONGEST_NAME), name: asked.slice(0, LONGEST_NAME) };
    const letters = chain.reduceRight<LetterSetting>((below, style) => overlaid(below, style.letters), {});
    const numbers = chain.flatMap(({ paragraph }) => paragraph.number ?? []);
    const list = numbers.find((number) => number.list !== undefined)?.list;
    const level = numbers.find((number) => number.level !== null)?.level ?? null;
    const resolved: WholeStyle = {
      id: own.id.slice(0, LONGEST_NAME),
      name: own.name,
      letters,
      align: chain.find(({ paragraph }) => paragraph.align !== undefined)?.paragraph.align,
      outline: chain.find(({ paragraph }) => paragraph.outline !== null)?.paragraph.outline ?? null,
      number: list === undefined ? null : { list, level },
    };
    this.#whole.set(id, resolved);
    return resolved;
  }
}

/** What `w:rPr` says. */
export function letterSetting(properties: XmlElement | undefined): LetterSetting {
  if (!properties || properties.children.length === 0) return {};
  const underline = value(properties, "w:u");
  const fonts = child(properties, "w:rFonts")?.attributes;
  const themed = fonts && (fonts["w:hAnsiTheme"] ?? fonts["w:asciiTheme"]) !== undefined;
  const struck = isOn(properties, "w:strike");
  return {
    bold: isOn(properties, "w:b"),
    italic: isOn(properties, "w:i"),
    strike: struck === true ? true : (isOn(properties, "w:dstrike") ?? struck),
    hidden: isOn(properties, "w:vanish"),
    underline: underline === undefined ? undefined : underline !== "none",
    font: themed ? "" : (fonts?.["w:hAnsi"] ?? fonts?.["w:ascii"]),
  };
}

/** `w:numPr` of a `w:pPr`. */
export function numberSetting(properties: XmlElement | undefined): NumberSetting | null {
  const number = child(properties, "w:numPr");
  return number ? { list: value(number, "w:numId"), level: whole(value(number, "w:ilvl")) } : null;
}

/** One setting over another: what the upper says counts, what it leaves out comes from the lower. */
export function overlaid(below: LetterSetting, above: LetterSetting): LetterSetting {
  return {
    bold: above.bold ?? below.bold,
    italic: above.italic ?? below.italic,
    strike: above.strike ?? below.strike,
    hidden: above.hidden ?? below.hidden,
    underline: above.underline ?? below.underline,
    font: above.font ?? below.font,
  };
}

/** How letters look under a paragraph's style, a run's style and what the run itself says. */
export function letters(
  defaults: LetterSetting,
  paragraph: LetterSetting,
  character: LetterSetting,
  direct: LetterSetting,
): Required<{ [K in keyof LetterSetting]: NonNullable<LetterSetting[K]> }> {
  // Two styles that are both bold cancel each other out (ISO 29500-1, 17.7.3).
  const toggle = (of: "bold" | "italic" | "strike" | "hidden"): boolean =>
    direct[of] ?? (defaults[of] === true || (paragraph[of] ?? false) !== (character[of] ?? false));
  return {
    bold: toggle("bold"),
    italic: toggle("italic"),
    strike: toggle("strike"),
    hidden: toggle("hidden"),
    underline: direct.underline ?? character.underline ?? paragraph.underline ?? defaults.underline ?? false,
    font: direct.font ?? character.font ?? paragraph.font ?? defaults.font ?? "",
  };
}
