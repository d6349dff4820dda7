import type { Node } from "prosemirror-model";
import { LEAD } from "#collab";

/**
 * The flat form of a section: one token for the beginning of each block, one for each UTF-16 unit of text. Where every
 * block has its `\n`, a token's number is its index in the slot's text; where the first block is a lead, which has
 * none, the index is one less.
 */
export interface Section {
  readonly slot: string;
  readonly node: Node;
  /** The position where its content begins. */
  readonly start: number;
}

/** The section of a slot, or null where the document has none. */
export function sectionOf(doc: Node, slot: string): Section | null {
  let start = 1;
  for (const node of doc.children) {
    if (node.attrs["slot"] === slot) return { slot, node, start };
    start += node.nodeSize;
  }
  return null;
}

/** The section whose content holds a position, or null between sections. */
export function sectionAt(doc: Node, pos: number): Section | null {
  let start = 1;
  for (const node of doc.children) {
    if (pos < start) return null;
    if (pos <= start + node.content.size) return { slot: String(node.attrs["slot"]), node, start };
    start += node.nodeSize;
  }
  return null;
}

/** True where the first block stands before any `\n` of the slot's text. */
export function isLead(section: Node): boolean {
  return section.firstChild?.attrs["id"] === LEAD;
}

/** How many tokens stand before an offset of a section's content. */
export function tokenIndex(section: Node, offset: number): number {
  let at = 0;
  let index = 0;
  for (const block of section.children) {
    if (offset <= at) return index;
    if (offset < at + block.nodeSize) return index + offset - at;
    index += 1 + block.content.size;
    at += block.nodeSize;
  }
  return index;
}

/** The offset right after the `index`th token, inside a block for any index above 0; cut to the end of the section. */
export function tokenOffset(section: Node, index: number): number {
  let rest = index;
  let at = 0;
  for (const block of section.children) {
    const tokens = 1 + block.content.size;
    if (rest <= tokens) return at + rest;
    rest -= tokens;
    at += block.nodeSize;
  }
  return Math.max(at - 1, 0);
}

/** The number of tokens of a section. */
export function tokenCount(section: Node): number {
  return section.content.size - section.childCount;
}

/** The length of the text that a section shows. */
export function textLength(section: Node): number {
  return tokenCount(section) - (isLead(section) ? 1 : 0);
}
