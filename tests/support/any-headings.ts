import type { Block, LevelFormat, Report, RuleSet } from "#model";
import { blockLabels, numberOutline, slotsOf } from "#model";
import type { Catalogue } from "#server";
import type { Random } from "./random.ts";
import { block, sampleReport } from "./sample-report.ts";

/** A title or item of a report by its own words, which no other has, and the label it is to bear. */
export interface LabelledWords {
  readonly words: string;
  readonly label: string;
}

const NUMBERS: readonly (readonly [LevelFormat["number"], string])[] = [
  ["upperRoman", "%-"],
  ["decimal", "%."],
  ["path", "%."],
  ["vietnameseLetter", "%)"],
  ["ordinalWord", "Ý %:"],
  ["decimal", "(%)"],
  ["none", ""],
];

/** A rule set of the catalogue, or one that numbers as no family does. */
function someRuleSet(catalogue: Catalogue, chance: Random): RuleSet {
  const ruleSet = chance.pick([...catalogue.ruleSets.values()]);
  if (chance() < 0.5) return ruleSet;
  const format = (): LevelFormat => {
    const [number, pattern] = chance.pick(NUMBERS);
    return { number, pattern, bold: chance() < 0.5, italic: false };
  };
  const levels = Array.from({ length: 1 + chance.int(5) }, format);
  return { ...ruleSet, numbering: { ...ruleSet.numbering, levels } };
}

/** A report with headings and items of every depth wherever a slot is, also without those that they belong below. */
export function anyHeadings(catalogue: Catalogue, chance: Random): Report {
  const template = chance.pick([...catalogue.templates.values()]);
  const appendices = template.outline.filter(({ type }) => type === "appendices");
  const outline =
    appendices.length > 0 && chance() < 0.5 ? [...template.outline, ...appendices.map(again)] : template.outline;
  const chosen = { ...template, outline };
  let number = 0;
  const slots = Object.fromEntries(
    slotsOf(chosen).map((slot): [string, Block[]] => [
      slot.id,
      Array.from({ length: 1 + chance.int(5) }, () => {
        const kind = chance.pick(["heading", "heading", "heading", "item", "paragraph"] as const);
        const level = kind === "paragraph" ? 0 : 1 + chance.int(kind === "heading" ? 3 : 2);
        return block(`n-${++number}`, `chữ${number}x`, kind, level);
      }),
    ]),
  );
  return sampleReport(chosen, someRuleSet(catalogue, chance), { slots, threads: [] });
}

function again<Node extends Report["template"]["outline"][number]>(node: Node): Node {
  if (node.type === "slot") return { ...node, id: `${node.id}-2` };
  return { ...node, id: `${node.id}-2`, title: { ...node.title }, children: node.children.map(again) };
}

/** The titles and blocks of a report that bear a label, in the order of the text. Titles are told by their bookmarks. */
export function labelledWords(report: Report): { titles: Map<string, string>; blocks: LabelledWords[] } {
  const titles = new Map<string, string>();
  const blocks: LabelledWords[] = [];
  for (const { slot, before, entry } of numberOutline(report.template, report.ruleSet, report.fields)) {
    for (const each of [...before, entry]) {
      const { node, label, title, format } = each;
      const space = format?.labelAbove && label !== "" ? "\n" : label === "" ? "" : " ";
      if (format) titles.set(node.id, `${label}${space}${title}`);
    }
    const list = report.slots[slot.id] ?? [];
    for (const [index, label] of blockLabels(report.ruleSet, entry.path, list, 0).entries()) {
      blocks.push({ words: list[index]?.runs[0]?.text ?? "", label });
    }
  }
  return { titles, blocks };
}
