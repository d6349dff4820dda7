import type { Node } from "prosemirror-model";
import { Plugin, PluginKey } from "prosemirror-state";
import type { EditorState } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import type { NumberedSlot, RuleSet } from "#model";
import { blockLabels, nodeBlock } from "#model";
import { blockKind } from "./commands.ts";
import { titleLevel } from "./section-view.ts";

interface Labelled {
  readonly set: DecorationSet;
  /** By slot: the section the labels were computed for, and the labels. */
  readonly slots: ReadonlyMap<string, SectionLabelling>;
}

interface SectionLabelling {
  readonly node: Node;
  /** How many tables stand above it. */
  readonly tables: number;
  /** How many stand in it. */
  readonly own: number;
  readonly labels: readonly string[];
}

const key = new PluginKey<Labelled>("block-labels");

/** Numbers and signs of the blocks of a section, as the printed file has them. Cheap to ask again for the same section. */
export class SectionLabels {
  private readonly ruleSet: RuleSet;
  private outline: ReadonlyMap<string, NumberedSlot>;
  private cache = new WeakMap<Node, { readonly tables: number; readonly labels: readonly string[] }>();

  constructor(ruleSet: RuleSet, outline: readonly NumberedSlot[]) {
    this.ruleSet = ruleSet;
    this.outline = bySlot(outline);
  }

  setOutline(outline: readonly NumberedSlot[]): void {
    this.outline = bySlot(outline);
    this.cache = new WeakMap();
  }

  /** The level of a slot's title as a heading of the page; headings inside the slot stand below it. */
  titleLevel(slot: string): number {
    return titleLevel(this.outline.get(slot)?.entry);
  }

  /** The labels of a section with so many tables above it. */
  of(section: Node, tables: number): readonly string[] {
    const known = this.cache.get(section);
    if (known?.tables === tables) return known.labels;
    const path = this.outline.get(String(section.attrs["slot"]))?.entry.path ?? [];
    // Only kind and level count; reading the text of every block would make each keystroke as long as its slot.
    const blocks = section.children.map((block) => nodeBlock(block.copy()));
    const labels = blockLabels(this.ruleSet, path, blocks, tables);
    this.cache.set(section, { tables, labels });
    return labels;
  }
}

function bySlot(outline: readonly NumberedSlot[]): ReadonlyMap<string, NumberedSlot> {
  return new Map(outline.map((numbered) => [numbered.slot.id, numbered]));
}

/**
 * Draws the labels as attributes of the blocks, never as text. A block whose label stays is not touched, so an input
 * method at work in it is not disturbed.
 */
export function blockLabelling(sections: SectionLabels): Plugin<Labelled> {
  return new Plugin<Labelled>({
    key,
    state: {
      init: (_, state) => labelled(null, DecorationSet.empty, state.doc, sections),
      apply: (transaction, old, _, state) => {
        if (transaction.getMeta(key) === "again") return labelled(null, DecorationSet.empty, state.doc, sections);
        if (!transaction.docChanged) return old;
        return labelled(old, old.set.map(transaction.mapping, transaction.doc), transaction.doc, sections);
      },
    },
    props: { decorations: (state) => key.getState(state)?.set },
  });
}

/** The transaction after which every label is computed anew: the outline has changed. */
export function relabel(state: EditorState): ReturnType<typeof state.tr.setMeta> {
  return state.tr.setMeta(key, "again");
}

function labelled(old: Labelled | null, mapped: DecorationSet, doc: Node, sections: SectionLabels): Labelled {
  const slots = new Map<string, SectionLabelling>();
  let set = mapped;
  let above = 0;
  doc.forEach((section, offset) => {
    const slot = String(section.attrs["slot"]);
    const before = old?.slots.get(slot);
    const tables = above;
    const unchanged = before?.node === section || (before && sameBlocks(before.node, section));
    const own = unchanged ? before.own : section.children.filter((block) => blockKind(block) === "table").length;
    above += own;
    if (unchanged && before.tables === tables) {
      slots.set(slot, before.node === section ? before : { ...before, node: section });
      return;
    }
    const labels = sections.of(section, tables);
    const depth = sections.titleLevel(slot);
    slots.set(slot, { node: section, tables, own, labels });
    const from = offset + 1;
    set = set.remove(set.find(from, from + section.content.size));
    const made: Decoration[] = [];
    section.forEach((block, at, i) => {
      const label = labels[i];
      const attributes: Record<string, string> = {};
      if (label) attributes["data-label"] = label;
      if (blockKind(block) === "heading") attributes["aria-level"] = String(depth + Number(block.attrs["level"]));
      if (Object.keys(attributes).length > 0)
        made.push(Decoration.node(from + at, from + at + block.nodeSize, attributes, { label: label ?? "" }));
    });
    set = set.add(doc, made);
  });
  return { set, slots };
}

/**
 * True where the same blocks of the same kinds stand in the same order: then the labels are the same, and mapping has
 * carried every decoration along. A block that nobody touched is the very same node, so a keystroke looks at one.
 */
function sameBlocks(a: Node, b: Node): boolean {
  return (
    a.childCount === b.childCount && a.children.every((block, i) => block === b.child(i) || sameHead(block, b.child(i)))
  );
}

function sameHead({ attrs: a }: Node, { attrs: b }: Node): boolean {
  return a === b || (a["id"] === b["id"] && a["kind"] === b["kind"] && a["level"] === b["level"]);
}
