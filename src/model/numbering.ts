import type { Block } from "./block.ts";
import { say } from "./language.ts";
import type { LevelFormat, RuleSet } from "./rule-set.ts";
import type { Localised, OutlineNode, SlotNode, Template } from "./template.ts";
import { fillIn } from "./template.ts";

/** The letters that number points in Vietnamese, in order: no f, j, w, z, and no letter with a diacritic but đ. */
const LETTERS = "abcdđeghiklmnopqrstuvxy";

const ORDINALS = ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"];

const ROMAN: readonly (readonly [number, string])[] = [
  [100, "C"],
  [90, "XC"],
  [50, "L"],
  [40, "XL"],
  [10, "X"],
  [9, "IX"],
  [5, "V"],
  [4, "IV"],
  [1, "I"],
];

/** `n` (from 1) in capital Roman numerals. */
export function roman(n: number): string {
  let rest = n;
  let out = "";
  for (const [value, sign] of ROMAN) {
    while (rest >= value) {
      out += sign;
      rest -= value;
    }
  }
  return out;
}

/** The `n`th (from 1) point letter; after the last come pairs, as `aa`. */
export function vietnameseLetter(n: number): string {
  const index = (n - 1) % LETTERS.length;
  const letter = LETTERS.charAt(index);
  return n > LETTERS.length ? vietnameseLetter(Math.floor((n - 1) / LETTERS.length)) + letter : letter;
}

/** `thứ nhất`, `thứ hai`, … ; figures from eleven on. */
export function ordinalWord(n: number): string {
  return `thứ ${ORDINALS[n - 1] ?? String(n)}`;
}

/** The format of a depth: 0 is the first below a part. */
export function levelFormat(ruleSet: RuleSet, depth: number): LevelFormat {
  const { levels } = ruleSet.numbering;
  const format = levels[Math.min(depth, levels.length - 1)];
  if (!format) throw new RangeError(`rule set ${ruleSet.id} numbers no level`);
  return format;
}

/** The label of the last number of `path` (from 1), whose depth is `path.length - 1`. */
export function levelLabel(ruleSet: RuleSet, path: readonly number[]): string {
  const format = levelFormat(ruleSet, path.length - 1);
  return label(format, path, ruleSet);
}

function label(format: LevelFormat, path: readonly number[], ruleSet: RuleSet): string {
  const n = path.at(-1) ?? 1;
  switch (format.number) {
    case "none":
      return "";
    case "upperRoman":
      return format.pattern.replace("%", roman(n));
    case "decimal":
      return format.pattern.replace("%", String(n));
    case "vietnameseLetter":
      return format.pattern.replace("%", vietnameseLetter(n));
    case "ordinalWord":
      return format.pattern.replace("%", ordinalWord(n));
    case "path": {
      let from = path.length - 1;
      while (from > 0 && ["decimal", "path"].includes(levelFormat(ruleSet, from - 1).number)) from--;
      return format.pattern.replace("%", path.slice(from).join("."));
    }
  }
}

/** A title of the skeleton as it is printed: numbered, and with the year filled in. */
export interface OutlineEntry {
  readonly node: OutlineNode;
  /** 0 for parts, appendices and what stands outside them at the top; 1 for what stands in a part, and so on. */
  readonly depth: number;
  /** Empty where the title bears no number. */
  readonly label: string;
  readonly title: string;
  /** How the title is set; null for a slot that prints no title. */
  readonly format: LevelFormat | null;
  /** The numbers from the outermost numbered title to this one; in-slot headings continue it. Empty for an untitled slot. */
  readonly path: readonly number[];
}

/** A slot with all titles that stand above it and belong to no earlier slot: what one draws, slot by slot, in order. */
export interface NumberedSlot {
  readonly slot: SlotNode;
  /** The slot's guidance with the years filled in. */
  readonly guidance: Localised;
  readonly entry: OutlineEntry;
  /** Titles of parts and sections that begin with this slot, outermost first. */
  readonly before: readonly OutlineEntry[];
}

/**
 * The skeleton as it is printed, in reading order: each slot with the group titles that open before it. Numbers come
 * from the rule set, titles in Vietnamese from the template; an untitled slot takes no number from its neighbours.
 */
export function numberOutline(
  template: Template,
  ruleSet: RuleSet,
  fields: Readonly<Record<string, string>>,
): NumberedSlot[] {
  const slots: NumberedSlot[] = [];
  let pending: OutlineEntry[] = [];
  let parts = 0;
  let appendices = 0;
  const onlyAppendix = template.outline.filter((node) => node.type === "appendices").length === 1;
  const guidanceOf = ({ guidance }: SlotNode): Localised => ({
    vi: fillIn(guidance.vi, fields),
    en: fillIn(guidance.en, fields),
  });
  const visit = (nodes: readonly OutlineNode[], path: readonly number[], depth: number): void => {
    let n = 0;
    for (const node of nodes) {
      const title = fillIn(node.title.vi, fields);
      if (node.type === "part" || node.type === "appendices") {
        const format = node.type === "part" ? ruleSet.numbering.part : ruleSet.numbering.appendix;
        const number = node.type === "part" ? ++parts : ++appendices;
        // Appendices are numbered only where there are several.
        const bare = node.type === "appendices" && onlyAppendix;
        const own = bare ? format.pattern.replace("%", "").trim() : label(format, [number], ruleSet);
        pending.push({ node, depth, label: own, title, format, path: [] });
        visit(node.children, [], depth + 1);
      } else if (node.type === "slot" && !node.titled) {
        const entry: OutlineEntry = { node, depth, label: "", title, format: null, path };
        slots.push({ slot: node, guidance: guidanceOf(node), entry, before: pending });
        pending = [];
      } else {
        const own = [...path, ++n];
        const entry: OutlineEntry = {
          node,
          depth,
          label: levelLabel(ruleSet, own),
          title,
          format: levelFormat(ruleSet, own.length - 1),
          path: own,
        };
        if (node.type === "slot") {
          slots.push({ slot: node, guidance: guidanceOf(node), entry, before: pending });
          pending = [];
        } else {
          pending.push(entry);
          visit(node.children, own, depth + 1);
        }
      }
    }
  };
  visit(template.outline, [], 0);
  return slots;
}

/** A title with its number as one says it in a sentence: `II- Kết quả đạt được`, `Phần thứ nhất: Phương hướng`. */
export function printedTitle({ label: number, title, format }: OutlineEntry): string {
  if (number === "") return title;
  return format?.labelAbove ? `${number}: ${title}` : `${number} ${title}`;
}

/** The titles each slot of an outline stands under, outermost first. */
export function titlesAbove(outline: readonly NumberedSlot[]): Map<string, readonly OutlineEntry[]> {
  const above = new Map<string, readonly OutlineEntry[]>();
  let open: readonly OutlineEntry[] = [];
  for (const { slot, entry, before } of outline) {
    for (const group of before) open = [...open.slice(0, group.depth), group];
    open = open.slice(0, entry.depth);
    above.set(slot.id, open);
  }
  return above;
}

/**
 * A slot's title with enough of what it stands under to tell it from others of the same name:
 * `Phần thứ hai › III › 2.4. Công tác dân vận`. `above` is what {@link titlesAbove} says of it.
 */
export function titleInPlace(entry: OutlineEntry, above: readonly OutlineEntry[]): string {
  const outer = above.filter(({ node, path }) => node.type === "part" || path.length === 1);
  return [...outer.map((group) => group.label.replace(/[-.)]$/, "")), printedTitle(entry)].join(" › ");
}

/** How many tables stand above each slot of an outline. Tables are numbered through the whole report. */
export function tablesBefore(
  outline: readonly Pick<NumberedSlot, "slot">[],
  slots: Readonly<Record<string, readonly Block[]>>,
): Map<string, number> {
  const before = new Map<string, number>();
  let count = 0;
  for (const { slot } of outline) {
    before.set(slot.id, count);
    count += (slots[slot.id] ?? []).filter((block) => block.kind === "table").length;
  }
  return before;
}

/** The number of a table as it is printed before its caption: `Bảng 2`. */
export function tableLabel(number: number): string {
  return say("vi", "print.table", { number });
}

/**
 * The label of each block of a slot: a heading's number, an item's sign, a table's number, nothing for running text.
 * `tables` is how many tables stand above the slot, as {@link tablesBefore} says.
 */
export function blockLabels(
  ruleSet: RuleSet,
  slotPath: readonly number[],
  blocks: readonly Block[],
  tables: number,
): string[] {
  const paths = headingPaths(slotPath, blocks);
  let table = tables;
  return blocks.map((block, index) => {
    if (block.kind === "paragraph") return "";
    if (block.kind === "table") return `${tableLabel(++table)}.`;
    if (block.kind === "item") return ruleSet.body.items[block.level - 1] ?? ruleSet.body.items.at(-1) ?? "-";
    return levelLabel(ruleSet, paths[index] ?? slotPath);
  });
}

/** The numbers of each heading of a slot, from those of the slot on; null for a block that is none. */
export function headingPaths(slotPath: readonly number[], blocks: readonly Block[]): (readonly number[] | null)[] {
  const counters: number[] = [];
  return blocks.map(({ kind, level }) => {
    if (kind !== "heading") return null;
    counters.length = Math.min(counters.length, level);
    // A heading without its parent level counts as the first child of a first parent, so no number is ever missing.
    while (counters.length < level) counters.push(counters.length + 1 < level ? 1 : 0);
    counters[level - 1] = (counters[level - 1] ?? 0) + 1;
    return [...slotPath, ...counters];
  });
}
