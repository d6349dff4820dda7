import type { IParagraphOptions } from "docx";
import type { OutlineEntry, OutlineNode, RuleSet, Template } from "#model";
import type { ListLevel, Restart } from "./counted-list.ts";
import { countedLevel, CountedList, LIST_LEVELS, titleLevels } from "./counted-list.ts";
import { twips } from "./measure.ts";
import { itemStyle, levelStyle, STYLE } from "./paragraph-style.ts";
import { xmlAttribute } from "./xml-attribute.ts";

const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/** What styles and paragraphs name an instance by, until {@link withInstances} gives it its number. */
const REFERENCE = "tk";

/** A label as it is written: counted by Word, or as text before the words. */
export interface WrittenLabel {
  /** What the paragraph says of its list where its style does not. */
  readonly paragraph: Pick<IParagraphOptions, "numbering">;
  /** Empty where Word counts the label, and where there is none. */
  readonly text: string;
}

/** A place in a list: the number of its instance, and the level. */
interface ListPlace {
  readonly instance: number;
  readonly level: number;
}

/** What is counted together: titles in the parts, those beside them, those of appendices. */
type Scope = "text" | "beside" | "appendices";

/** A list as a file defines it, and as it is counted. */
interface Definition {
  readonly levels: readonly ListLevel[];
  readonly list: CountedList;
}

/**
 * The lists of a Word file, by which Word itself numbers titles and items. Titles of the text are numbered by their
 * styles. Labels are to be asked for in the order of the file, each once. One that no counting comes to is text.
 */
export class WordLists {
  readonly #ruleSet: RuleSet;
  readonly #definitions: Definition[] = [];
  readonly #instances: { readonly definition: number; readonly restart: Restart | null }[] = [];
  readonly #titles: Readonly<Record<Scope, CountedList>>;
  readonly #items: CountedList;
  readonly #rows: CountedList;
  readonly #scopes = new Map<string, Scope>();
  /** How many parts, or numbered appendices, have begun. Absent: titles of the scope stand in none. */
  readonly #groups: Partial<Record<Scope, number>> = {};
  /** The place in a list that a style gives its paragraphs. */
  readonly #ofStyles: ReadonlyMap<string, ListPlace>;

  constructor({ outline }: Pick<Template, "outline">, ruleSet: RuleSet) {
    this.#ruleSet = ruleSet;
    const { part, appendix } = ruleSet.numbering;
    const groups = this.#visit(outline, "beside");
    const hasParts = groups.includes("part");
    if (!hasParts) for (const [node, scope] of this.#scopes) if (scope === "beside") this.#scopes.set(node, "text");
    const text = titleLevels(ruleSet, hasParts ? 1 : 0, (depth) => levelStyle(ruleSet, depth));
    if (hasParts) {
      this.#groups.text = 0;
      text.unshift({ ...countedLevel(part, [0]), style: STYLE.part });
    }
    // A single appendix bears no number.
    const hasAppendices = groups.filter((type) => type === "appendices").length > 1;
    if (hasAppendices) this.#groups.appendices = 0;
    const first = { ...countedLevel(appendix, [0]), style: STYLE.appendix };
    this.#titles = {
      text: this.#list(text),
      beside: this.#list(titleLevels(ruleSet, 0)),
      appendices: this.#list(hasAppendices ? [first, ...titleLevels(ruleSet, 1)] : titleLevels(ruleSet, 0)),
    };
    this.#items = this.#list(Array.from({ length: LIST_LEVELS }, (_, level) => signLevel(ruleSet, level)));
    this.#rows = this.#list([{ format: "decimal", text: "%1", shows: [0], title: null, alone: true }]);
    this.#ofStyles = new Map(
      [this.#titles.text, this.#items, ...(hasAppendices ? [this.#titles.appendices] : [])].flatMap((list) =>
        list.levels.flatMap(({ style }, level) =>
          style === undefined ? [] : [[style, { instance: list.first(), level }] as const],
        ),
      ),
    );
  }

  /** The label of a title, whose paragraph has the style `style`. */
  title({ node, path, label }: OutlineEntry, style: string): WrittenLabel {
    if (node.type === "part" || node.type === "appendices") {
      const scope = node.type === "part" ? "text" : "appendices";
      const group = this.#groups[scope];
      if (group === undefined) return { paragraph: {}, text: label };
      this.#groups[scope] = group + 1;
      const list = this.#titles[scope];
      if (list.levels[0]?.text !== "") return this.#written(list, [group + 1], label, style);
      // The word before its number is text; the level is counted, so that what stands below begins anew.
      return { ...this.#written(list, [group + 1], null, style), text: label };
    }
    return this.heading(node.id, path, label, style);
  }

  /** The label of a heading with the numbers `path` in the text of a slot, or of a slot's own title. */
  heading(node: string, path: readonly number[], label: string, style: string): WrittenLabel {
    const scope = this.#scopes.get(node) ?? "beside";
    const group = this.#groups[scope];
    return this.#written(this.#titles[scope], group === undefined ? path : [group, ...path], label, style);
  }

  /** The sign of an item of a level, from 1. */
  item(level: number, label: string): WrittenLabel {
    const style = itemStyle(this.#ruleSet, level);
    const place = this.#ofStyles.get(style);
    const counts = place !== undefined && this.#items.levels[place.level]?.text === label;
    return counts ? { paragraph: {}, text: "" } : this.typed(label, style);
  }

  /** The number of a row of a table that counts its rows. */
  row(number: number, style: string): WrittenLabel {
    return this.#written(this.#rows, [number], String(number), style);
  }

  /** A label as text, in a paragraph of the style `style`, which is taken out of the list that the style is in. */
  typed(label: string, style: string): WrittenLabel {
    return { paragraph: this.#ofStyles.has(style) ? { numbering: false } : {}, text: label };
  }

  #written(list: CountedList, path: readonly number[], label: string | null, style: string): WrittenLabel {
    const instance = list.place(path, label);
    if (instance === null) return this.typed(label ?? "", style);
    const level = path.length - 1;
    const styled = this.#ofStyles.get(style);
    const same = styled?.instance === instance && styled.level === level;
    return { paragraph: same ? {} : { numbering: { reference: REFERENCE, instance, level } }, text: "" };
  }

  #list(levels: readonly ListLevel[]): CountedList {
    const definition = this.#definitions.length;
    const list = new CountedList(levels, (restart) => this.#instances.push({ definition, restart }));
    this.#definitions.push({ levels, list });
    return list;
  }

  /** Tells for each node where it is counted; gives the kinds of the groups that are numbered by themselves. */
  #visit(nodes: readonly OutlineNode[], scope: Scope): ("part" | "appendices")[] {
    return nodes.flatMap((node) => {
      const own = node.type === "part" ? "text" : node.type === "appendices" ? "appendices" : scope;
      this.#scopes.set(node.id, own);
      if (node.type === "slot") return [];
      const below = this.#visit(node.children, own);
      return node.type === "section" ? below : [node.type, ...below];
    });
  }

  /** What a style says of the list that its paragraphs are in. */
  ofStyle(style: string): Pick<IParagraphOptions, "numbering"> {
    const place = this.#ofStyles.get(style);
    return place ? { numbering: { reference: REFERENCE, ...place } } : {};
  }

  /** The part of the package that defines the lists. Those that nothing is counted in are left out. */
  part(): string {
    const used = new Set(this.#instances.map(({ definition }) => definition));
    const definitions = this.#definitions.flatMap(({ levels }, index) =>
      used.has(index) ? [definitionXml(index, levels, this.#ruleSet)] : [],
    );
    const instances = this.#instances.map(({ definition, restart }, index) => {
      const override = restart
        ? `<w:lvlOverride w:ilvl="${restart.level}"><w:startOverride w:val="${restart.start}"/></w:lvlOverride>`
        : "";
      return `<w:num w:numId="${index + 1}"><w:abstractNumId w:val="${definition}"/>${override}</w:num>`;
    });
    return (
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
      `<w:numbering xmlns:w="${W}">${definitions.join("")}${instances.join("")}</w:numbering>`
    );
  }
}

/** A part of the package with the numbers of the instances that its paragraphs are in. */
export function withInstances(xml: string): string {
  return xml.replaceAll(/(<w:numId w:val=")\{tk-(\d+)\}/g, "$1$2");
}

function signLevel({ body }: RuleSet, level: number): ListLevel {
  const sign = body.items[Math.min(level, body.items.length - 1)] ?? "";
  // A number of a level stands where the sign of one does.
  const text = sign.includes("%") ? "" : sign;
  const own = level < body.items.length && text !== "";
  return { format: "bullet", text, shows: [], title: null, ...(own ? { style: `TkGach${level + 1}` } : {}) };
}

function definitionXml(index: number, levels: readonly ListLevel[], ruleSet: RuleSet): string {
  // Word tells lists that it copies from one file to another by this; it is the same in every file of ours.
  const id = (0x54_6b_00_00 + index).toString(16).toUpperCase();
  return (
    `<w:abstractNum w:abstractNumId="${index}"><w:nsid w:val="${id}"/><w:multiLevelType w:val="multilevel"/>` +
    `${levels.map((level, at) => levelXml(at, level, ruleSet)).join("")}</w:abstractNum>`
  );
}

function levelXml(at: number, level: ListLevel, { page, body }: RuleSet): string {
  const { format, text, title, style, alone } = level;
  const above = title?.labelAbove === true;
  const link = style === undefined ? "" : `<w:pStyle w:val="${style}"/>`;
  const indent = title?.align === "center" || alone === true ? 0 : twips(body.firstLineIndent);
  const font = xmlAttribute(page.font);
  // Like the words behind it, without the font for pictures that Word has for signs.
  const letters =
    format === "bullet"
      ? `<w:rPr><w:rFonts w:ascii="${font}" w:hAnsi="${font}" w:eastAsia="${font}" w:cs="${font}" w:hint="default"/></w:rPr>`
      : "";
  return (
    `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${link}` +
    `<w:suff w:val="${above || text === "" || alone === true ? "nothing" : "space"}"/><w:lvlText w:val="${xmlAttribute(text)}"/>` +
    `<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="${indent}"/></w:pPr>${letters}</w:lvl>`
  );
}
