import type { Node } from "prosemirror-model";
import type { Random } from "../../support/random.ts";
import type { Carried, Desk } from "../desk.ts";
import type { Remark } from "../laws/remark.ts";

/** What one person did: its particulars, and the characters that it takes away and puts in. */
export interface Done {
  readonly what: string;
  /** The characters that the person saw and chose to take away. */
  readonly removes: ReadonlySet<string>;
  /** The characters that are new. */
  readonly adds: readonly string[];
}

/** What a person has at hand to edit with. */
export interface Hand {
  readonly desk: Desk;
  readonly r: Random;
  /** A character that nobody has typed yet. */
  readonly fresh: () => string;
  /** What this person cut and has not pasted. */
  readonly cut: Carried | null;
  readonly keepCut: (cut: Carried | null) => void;
  readonly remarks: readonly Remark[];
}

/** One kind of edit. Null where there was nothing to do it on. */
export type Edit = (hand: Hand) => Done | null;

/** A block and where it stands. */
export interface Place {
  readonly pos: number;
  readonly node: Node;
  readonly section: Node;
  /** Where the content of its section begins. */
  readonly start: number;
  readonly index: number;
}

export const NOTHING: ReadonlySet<string> = new Set();

export function anyBlock(doc: Node, r: Random): Place {
  const section = r.pick(doc.children);
  const start = 1 + doc.children.slice(0, doc.children.indexOf(section)).reduce((sum, node) => sum + node.nodeSize, 0);
  return blockAt(section, start, r.int(section.childCount));
}

function blockAt(section: Node, start: number, index: number): Place {
  const pos = start + section.children.slice(0, index).reduce((sum, node) => sum + node.nodeSize, 0);
  return { pos, node: section.child(index), section, start, index };
}

/** The position of an offset in a block's text, moved off the middle of a surrogate pair. */
function boundary(place: Place, offset: number): number {
  const isLow = /^[\uDC00-\uDFFF]/.test(place.node.textContent.slice(offset));
  return place.pos + 1 + offset - (isLow ? 1 : 0);
}

/** A position in a block, often at one of its ends. */
export function inside(place: Place, r: Random): number {
  const { size } = place.node.content;
  const chance = r();
  if (chance < 0.15) return place.pos + 1;
  if (chance < 0.3) return place.pos + 1 + size;
  return boundary(place, r.int(size + 1));
}

/** A range from inside a block to inside the same or one of the next two of its section. */
export function range(block: Place, r: Random): [number, number] {
  const far = Math.min(block.section.childCount - 1, block.index + (r() < 0.6 ? 0 : r.int(3)));
  const last = blockAt(block.section, block.start, far);
  const a = inside(block, r);
  const b = inside(last, r);
  return a < b ? [a, b] : [b, a];
}

/** The characters between two positions. */
export function between(doc: Node, from: number, to: number): Set<string> {
  return new Set(doc.textBetween(Math.min(from, to), Math.max(from, to)));
}

/** A word of one to `most` new characters; now and then with a sign in it that many words have. */
export function word({ r, fresh }: Hand, most: number): string[] {
  const chars = Array.from({ length: 1 + r.int(most) }, fresh);
  if (r() < 0.15) chars.splice(r.int(chars.length + 1), 0, r.pick([" ", "|"]));
  return chars;
}
