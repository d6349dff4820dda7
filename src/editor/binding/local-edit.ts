import type { Node } from "prosemirror-model";
import type { Transaction } from "prosemirror-state";
import type { Step } from "prosemirror-transform";
import { BLOCK_KEY, markAttributes, markerAttributes } from "#collab";
import { blockShape, MARKS } from "#model";
import { changedRanges, isMarkStep } from "./changed-range.ts";
import type { ChangedRange } from "./changed-range.ts";
import { sectionAt, tokenIndex } from "./flat.ts";
import type { Section } from "./flat.ts";
import { StepMaps } from "./step-maps.ts";

/** One operation on a slot's text. `at` is a token number of the section as it stands when the operation is reached. */
export type SlotEdit =
  | { readonly slot: string; readonly at: number; readonly remove: string }
  | {
      readonly slot: string;
      readonly at: number;
      readonly insert: string;
      readonly attributes: Attributes;
      /** True for text right after text of the same marks: it bears them by its place. */
      readonly continues: boolean;
    }
  | { readonly slot: string; readonly at: number; readonly format: number; readonly attributes: Attributes };

type Attributes = Readonly<Record<string, unknown>>;

/** A code point or a block's beginning. `id` is the block's, undefined for text. */
interface Token {
  readonly text: string;
  readonly id: string | undefined;
  readonly attributes: Attributes;
}

/** What a `\n` or half a surrogate pair in a text node becomes: neither can stand in the text of a slot. */
export function plainText(text: string): string {
  return text.replaceAll("\n", " ").replaceAll(/\p{Surrogate}/gu, "\uFFFD");
}

/**
 * The operations that do to the slots' texts what the transactions, one dispatch, did to the document. Text that stays
 * is never removed and inserted again; a block that stays but changed is formatted. A block that is new gets the
 * attributes it has in the end, so that an id set by an appended transaction is written at once.
 */
export function editsOf(transactions: readonly Transaction[]): SlotEdit[] {
  const edits: SlotEdit[] = [];
  const maps = new StepMaps(transactions);
  const last = transactions.at(-1);
  transactions.forEach((transaction, t) => {
    transaction.steps.forEach((step, s) => {
      const before = transaction.docs[s] ?? transaction.doc;
      const after = transaction.docs[s + 1] ?? transaction.doc;
      const settled = (pos: number): Node | null => {
        const result = maps.map(maps.number(t, s + 1), pos, 1);
        return result.deletedAfter || !last ? null : last.doc.nodeAt(result.pos);
      };
      edits.push(...editsOfStep(step, before, after, settled));
    });
  });
  return edits;
}

function editsOfStep(step: Step, before: Node, after: Node, settled: (pos: number) => Node | null): SlotEdit[] {
  // From the last range to the first, so that each is at its old place when its turn comes.
  return changedRanges(step, before, after)
    .flatMap((range) => (isMarkStep(step) ? bySection(range, before) : [range]))
    .reverse()
    .flatMap((range) => {
      const old = sectionAt(before, range.from);
      const now = sectionAt(after, range.newFrom);
      return old && now ? editsOfRange(range, old, now, settled) : [];
    });
}

/** A range cut at the borders of sections: only marks may be set across them. */
function bySection(range: ChangedRange, doc: Node): ChangedRange[] {
  const parts: ChangedRange[] = [];
  doc.forEach((node, offset) => {
    const from = Math.max(range.from, offset + 1);
    const to = Math.min(range.to, offset + 1 + node.content.size);
    if (from < to) parts.push({ from, to, newFrom: from, newTo: to });
  });
  return parts;
}

function editsOfRange(
  range: ChangedRange,
  old: Section,
  now: Section,
  settled: (pos: number) => Node | null,
): SlotEdit[] {
  const { slot } = old;
  let from = range.from - old.start;
  let to = range.to - old.start;
  let newFrom = range.newFrom - now.start;
  let newTo = range.newTo - now.start;
  if (splitsPair(old.node, from) || splitsPair(now.node, newFrom)) {
    from--;
    newFrom--;
  }
  if (splitsPair(old.node, to) || splitsPair(now.node, newTo)) {
    to++;
    newTo++;
  }
  const at = tokenIndex(old.node, from);
  const a = tokensBetween(old.node, from, to, () => null);
  const b = tokensBetween(now.node, newFrom, newTo, (offset) => settled(now.start + offset));
  let head = 0;
  while (head < a.length && head < b.length && isSame(a[head], b[head])) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && isSame(a.at(-1 - tail), b.at(-1 - tail))) tail++;
  const middleA = a.slice(head, a.length - tail);
  const middleB = b.slice(head, b.length - tail);
  const headAt = at;
  const middleAt = headAt + width(a.slice(0, head));
  const tailAt = middleAt + width(middleA);

  const edits = formatsOf(slot, tailAt, a.slice(a.length - tail), b.slice(b.length - tail));
  if (spell(middleA) === spell(middleB)) {
    edits.push(...formatsOf(slot, middleAt, middleA, middleB));
  } else {
    if (middleA.length > 0) edits.push({ slot, at: middleAt, remove: spell(middleA) });
    const left = head > 0 ? a[head - 1] : tokensBetween(old.node, from - 1, from, () => null)[0];
    edits.push(...insertsOf(slot, middleAt, middleB, left));
  }
  edits.push(...formatsOf(slot, headAt, a.slice(0, head), b.slice(0, head)));
  return edits;
}

function isSame(a: Token | undefined, b: Token | undefined): boolean {
  return a !== undefined && b !== undefined && a.text === b.text && a.id === b.id;
}

function width(tokens: readonly Token[]): number {
  return tokens.reduce((sum, token) => sum + token.text.length, 0);
}

function spell(tokens: readonly Token[]): string {
  return tokens.map((token) => token.text).join("");
}

function insertsOf(slot: string, at: number, tokens: readonly Token[], left: Token | undefined): SlotEdit[] {
  const edits: SlotEdit[] = [];
  let from = 0;
  let place = at;
  tokens.forEach((token, i) => {
    const next = tokens[i + 1];
    if (next && next.attributes === token.attributes) return;
    const insert = spell(tokens.slice(from, i + 1));
    const continues = i === tokens.length - 1 && from === 0 && continuesText(left, token) && !insert.includes("\n");
    edits.push({ slot, at: place, insert, attributes: token.attributes, continues });
    place += insert.length;
    from = i + 1;
  });
  return edits;
}

function continuesText(left: Token | undefined, token: Token): boolean {
  return left !== undefined && left.id === undefined && attributeChange(left.attributes, token.attributes) === null;
}

/** The formats that make the attributes of `a` those of `b`, token by token; the tokens spell the same. */
function formatsOf(slot: string, at: number, a: readonly Token[], b: readonly Token[]): SlotEdit[] {
  const edits: { slot: string; at: number; format: number; attributes: Attributes }[] = [];
  let place = at;
  let key = "";
  a.forEach((token, i) => {
    const wanted = b[i]?.attributes ?? {};
    const change = attributeChange(token.attributes, wanted);
    const last = edits.at(-1);
    const changeKey = change ? JSON.stringify(change) : "";
    if (change) {
      if (last && changeKey === key && last.at + last.format === place) last.format += token.text.length;
      else edits.push({ slot, at: place, format: token.text.length, attributes: change });
    }
    key = changeKey;
    place += token.text.length;
  });
  return edits;
}

function attributeChange(from: Attributes, to: Attributes): Attributes | null {
  if (from === to) return null;
  const change: Record<string, unknown> = {};
  for (const name of [BLOCK_KEY, ...MARKS]) {
    if (JSON.stringify(from[name]) !== JSON.stringify(to[name])) change[name] = to[name] ?? null;
  }
  return Object.keys(change).length > 0 ? change : null;
}

function tokensBetween(section: Node, from: number, to: number, settled: (offset: number) => Node | null): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (const block of section.children) {
    const end = at + block.nodeSize;
    if (at >= to) break;
    if (end > from) {
      if (at >= from) {
        const id = String(block.attrs["id"]);
        const { attrs } = settled(at) ?? block;
        const { kind, level } = blockShape(attrs["kind"], attrs["level"]);
        tokens.push({
          text: "\n",
          id,
          attributes: markerAttributes(String(attrs["id"]), kind, level, String(attrs["table"] ?? "")),
        });
      }
      block.nodesBetween(Math.max(from - at - 1, 0), Math.min(to - at - 1, block.content.size), (node, pos) => {
        if (!node.text) return;
        const begin = at + 1 + pos;
        const text = node.text.slice(Math.max(from - begin, 0), Math.max(to - begin, 0));
        const attributes = markAttributes(MARKS.filter((mark) => node.marks.some((m) => m.type.name === mark)));
        for (const char of text) tokens.push({ text: plainText(char), id: undefined, attributes });
      });
    }
    at = end;
  }
  return tokens;
}

/** True where an offset stands between the two halves of a surrogate pair. */
function splitsPair(section: Node, offset: number): boolean {
  const $offset = section.resolve(Math.min(Math.max(offset, 0), section.content.size));
  if ($offset.depth === 0 || $offset.textOffset === 0) return false;
  const text = $offset.parent.textBetween($offset.parentOffset - 1, $offset.parentOffset + 1);
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text);
}
