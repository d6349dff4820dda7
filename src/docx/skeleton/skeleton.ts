import type { OutlineNode, RuleSet, SlotNode, SlotRole, Template, TitleWords } from "#model";
import { fillIn, numberOutline, slotsOf } from "#model";
import { TitleReader, TitleScale, titleWords } from "./title-words.ts";

/** A title of the skeleton, with all that a heading is compared by. */
export interface SkeletonNode {
  readonly id: string;
  readonly type: OutlineNode["type"];
  readonly parent: SkeletonNode | null;
  /** Its place in reading order. */
  readonly order: number;
  /** How far in its number stands, on the scale of labels. */
  readonly rank: number;
  readonly tokens: readonly string[];
  /** What each part of a title says that a semicolon divides; none where it is of one piece. */
  readonly segments: readonly (readonly string[])[];
  /** Which of its kind it is, from 1. */
  readonly ordinal: number;
  /** Its title as it reads, without years. */
  readonly words: string;
  /** False for a slot whose title is not printed. */
  readonly titled: boolean;
  /** The slots in it, itself among them where it is one. */
  readonly slots: readonly SlotNode[];
  /** The role of all its slots, where they have one. */
  readonly role: SlotRole | null;
}

/** The skeleton of a template as a file's headings are laid against it. */
export interface Skeleton {
  /** In reading order. */
  readonly nodes: readonly SkeletonNode[];
  readonly scale: TitleScale;
  readonly titles: TitleReader;
  readonly ruleSet: RuleSet;
  /** The untitled slot before all titles, and the one after them, before the signature; null where there is none. */
  readonly opening: string | null;
  readonly closing: string | null;
}

/** Reads a template's titles for comparison, by what is known of such titles. */
export function skeletonOf(template: Template, ruleSet: RuleSet, words: readonly TitleWords[]): Skeleton {
  const titles = new TitleReader(words);
  const depths = new Map<string, number>();
  for (const { before, entry } of numberOutline(template, ruleSet, {})) {
    for (const each of [...before, entry]) depths.set(each.node.id, each.path.length);
  }
  const nodes: SkeletonNode[] = [];
  const visit = (list: readonly OutlineNode[], parent: SkeletonNode | null): void => {
    for (const node of list) {
      const slots = node.type === "slot" ? [node] : slotsOf({ ...template, outline: [node] });
      const [first] = slots;
      const title = fillIn(node.title.vi, { year: "2000" });
      const segments = title.split(";");
      const own: SkeletonNode = {
        id: node.id,
        type: node.type,
        parent,
        order: nodes.length,
        rank: rankOf(node, depths.get(node.id) ?? 0),
        tokens: titles.tokens(title),
        segments: segments.length > 1 ? segments.map((segment) => titles.tokens(segment)) : [],
        ordinal: nodes.filter((each) => each.type === node.type).length + 1,
        words: titleWords(title),
        titled: node.type !== "slot" || node.titled,
        slots,
        role: first && slots.every((slot) => slot.role === first.role) ? first.role : null,
      };
      nodes.push(own);
      if (node.type !== "slot") visit(node.children, own);
    }
  };
  visit(template.outline, null);
  const [firstNode] = template.outline;
  const lastText = template.outline.findLast((node) => node.type !== "appendices");
  return {
    nodes,
    titles,
    scale: new TitleScale(nodes.map((node) => node.tokens)),
    ruleSet,
    opening: untitled(firstNode),
    closing: lastText === firstNode ? null : untitled(lastText),
  };
}

/** True where `inner` stands in `outer`, or is it. */
export function isWithin(inner: SkeletonNode, outer: SkeletonNode): boolean {
  for (let node: SkeletonNode | null = inner; node; node = node.parent) if (node === outer) return true;
  return false;
}

function untitled(node: OutlineNode | undefined): string | null {
  return node?.type === "slot" && !node.titled ? node.id : null;
}

function rankOf(node: OutlineNode, depth: number): number {
  return node.type === "part" || node.type === "appendices" ? 0 : 1 + depth;
}
