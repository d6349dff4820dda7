import { Fragment, Slice } from "prosemirror-model";
import type { Node } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import { MARKS, reportSchema } from "#model";
import { deleteAcross } from "../../src/editor/binding/delete-across.ts";
import type { HeadlessView } from "../support/headless-view.ts";
import type { Random } from "../support/random.ts";

/** What one person did: its name and particulars, and the characters that it may take away. */
export interface Done {
  readonly what: string;
  /** The characters a person saw and chose to take away; null where history decides. */
  readonly mayRemove: ReadonlySet<string> | null;
  /** The characters that are new. */
  readonly added: readonly string[];
}

/** How often each kind of edit is made. */
export const EDITS = {
  type: 30,
  typeOver: 4,
  split: 14,
  join: 9,
  kind: 6,
  level: 4,
  mark: 7,
  deleteRange: 8,
  deleteBlock: 4,
  move: 4,
  copy: 4,
  across: 2,
  retype: 2,
  forbidden: 2,
  stop: 6,
  undo: 10,
  redo: 5,
} as const;

export type EditName = keyof typeof EDITS;

interface Place {
  readonly pos: number;
  readonly node: Node;
  readonly section: Node;
  readonly start: number;
  readonly index: number;
}

/** One random edit through the same door as a keyboard's. `fresh` gives characters that nobody has typed yet. */
export function edit(name: EditName, view: HeadlessView, r: Random, fresh: () => string): Done {
  const { state } = view;
  const { tr } = state;
  const block = anyBlock(state.doc, r);
  const inside = (place: Place): number => boundary(place, r.int(place.node.content.size + 1));
  const nothing: Done = { what: `${name} -`, mayRemove: new Set(), added: [] };
  switch (name) {
    case "type": {
      const word = Array.from({ length: 1 + r.int(4) }, fresh);
      const pos = inside(block);
      tr.setSelection(TextSelection.create(tr.doc, pos));
      if (r() < 0.2) tr.addStoredMark(reportSchema.mark(r.pick(MARKS)));
      tr.insertText(word.join(""), pos);
      view.dispatch(tr);
      return { what: `type ${word.join("")} at ${pos}`, mayRemove: new Set(), added: word };
    }
    case "typeOver": {
      const [from, to] = range(block, r);
      const word = Array.from({ length: 1 + r.int(3) }, fresh);
      tr.insertText(word.join(""), from, to);
      view.dispatch(tr);
      return { what: `type ${word.join("")} over ${from}-${to}`, mayRemove: between(state.doc, from, to), added: word };
    }
    case "split": {
      const pos = inside(block);
      const attrs = r.pick([
        null,
        null,
        { id: "", kind: "paragraph", level: 0 },
        { ...block.node.attrs, kind: "item", level: 1 },
      ]);
      tr.split(pos, 1, attrs ? [{ type: block.node.type, attrs }] : undefined);
      view.dispatch(tr);
      return { what: `split at ${pos}`, mayRemove: new Set(), added: [] };
    }
    case "join": {
      if (block.index === 0) return nothing;
      view.dispatch(tr.join(block.pos));
      return { what: `join at ${block.pos}`, mayRemove: new Set(), added: [] };
    }
    case "kind": {
      const kind = r.pick(["paragraph", "heading", "item"]);
      const attrs = { ...block.node.attrs, kind, level: r.int(5) };
      if (r() < 0.5) tr.setNodeMarkup(block.pos, null, attrs);
      else tr.setNodeAttribute(block.pos, "kind", kind);
      view.dispatch(tr);
      return { what: `kind ${kind} at ${block.pos}`, mayRemove: new Set(), added: [] };
    }
    case "level": {
      const level = r.int(5) - 1;
      view.dispatch(tr.setNodeAttribute(block.pos, "level", level));
      return { what: `level ${level} at ${block.pos}`, mayRemove: new Set(), added: [] };
    }
    case "mark": {
      const mark = reportSchema.mark(r.pick(MARKS));
      // Now and then over all slots, as after select all.
      const [from, to] = r() < 0.1 ? [2, state.doc.content.size - 2] : range(block, r);
      view.dispatch(r() < 0.65 ? tr.addMark(from, to, mark) : tr.removeMark(from, to, mark));
      return { what: `mark ${mark.type.name} on ${from}-${to}`, mayRemove: new Set(), added: [] };
    }
    case "deleteRange": {
      const [from, to] = range(block, r);
      view.dispatch(tr.delete(from, to));
      return { what: `delete ${from}-${to}`, mayRemove: between(state.doc, from, to), added: [] };
    }
    case "deleteBlock": {
      if (block.section.childCount === 1) return nothing;
      const to = block.pos + block.node.nodeSize;
      view.dispatch(tr.delete(block.pos, to));
      return { what: `delete block ${block.pos}-${to}`, mayRemove: between(state.doc, block.pos, to), added: [] };
    }
    case "move": {
      // A drag ends a composition before it begins, and keys that move are the input method's.
      if (view.composing()) return nothing;
      const [from, to] = range(block, r);
      const slice = state.doc.slice(from, to);
      const once = r() < 0.5;
      tr.setSelection(TextSelection.create(tr.doc, from, to)).deleteSelection();
      tr.setMeta("uiEvent", once ? "drop" : "cut");
      if (!once && !view.dispatch(tr)) throw new Error("the guard refused a deletion inside a section");
      const paste = once ? tr : view.state.tr;
      const target = anyBlock(paste.doc, r);
      const pos = inside(target);
      if (!once) paste.setMeta("uiEvent", "paste");
      view.dispatch(paste.setSelection(TextSelection.create(paste.doc, pos)).replaceSelection(slice));
      return { what: `move ${from}-${to} to ${pos}`, mayRemove: between(state.doc, from, to), added: [] };
    }
    case "copy": {
      // The copy says other characters, so that each can be told from its original; the ids are the originals'.
      const added: string[] = [];
      const count = 1 + r.int(Math.min(3, block.section.childCount - block.index));
      const blocks = block.section.children.slice(block.index, block.index + count).map((node) => {
        const chars = Array.from({ length: r.int(3) }, fresh);
        added.push(...chars);
        return reportSchema.node("block", node.attrs, chars.length > 0 ? reportSchema.text(chars.join("")) : []);
      });
      const before = r() < 0.5 ? block : anyBlock(state.doc, r);
      const pos = r() < 0.5 ? before.pos : inside(before);
      if (r() < 0.5) tr.replace(pos, pos, new Slice(Fragment.fromArray(blocks), 0, 0));
      else tr.replaceRange(pos, pos, new Slice(Fragment.fromArray(blocks), 1, 1));
      view.dispatch(tr);
      return { what: `copy ${count} block(s) of ${block.pos} to ${pos}`, mayRemove: new Set(), added };
    }
    case "across": {
      const other = anyBlock(state.doc, r);
      const [from = 0, to = 0] =
        r() < 0.2 ? [0, state.doc.content.size] : [inside(block), inside(other)].sort((a, b) => a - b);
      view.dispatch(deleteAcross(state, from, to));
      return { what: `delete across ${from}-${to}`, mayRemove: between(state.doc, from, to), added: [] };
    }
    case "retype": {
      // The whole block is given anew, marks changed: its text must stay where it is.
      const text = block.node.textContent;
      const node = reportSchema.node(
        "block",
        block.node.attrs,
        text === "" ? [] : reportSchema.text(text, [reportSchema.mark("em")]),
      );
      view.dispatch(tr.replaceWith(block.pos, block.pos + block.node.nodeSize, node));
      return { what: `retype block ${block.pos}`, mayRemove: new Set(), added: [] };
    }
    case "forbidden": {
      const before = view.state.doc;
      const broken = [
        () => tr.delete(0, state.doc.firstChild?.nodeSize ?? 0),
        () => tr.delete(2, state.doc.content.size - 2),
        () => tr.setNodeAttribute(0, "slot", "x"),
        () => tr.insert(0, state.doc.child(state.doc.childCount - 1)),
        () => tr.replaceWith(0, state.doc.content.size, [...state.doc.children].reverse()),
      ];
      view.dispatch(r.pick(broken)());
      if (!view.state.doc.eq(before)) throw new Error("the guard let a broken skeleton through");
      return { what: "forbidden", mayRemove: new Set(), added: [] };
    }
    case "stop":
      view.history.stop();
      return { what: "stop", mayRemove: new Set(), added: [] };
    case "undo":
      return { what: `undo ${view.history.undo()}`, mayRemove: null, added: [] };
    case "redo":
      return { what: `redo ${view.history.redo()}`, mayRemove: null, added: [] };
  }
}

function anyBlock(doc: Node, r: Random): Place {
  const section = r.pick(doc.children);
  const start = 1 + doc.children.slice(0, doc.children.indexOf(section)).reduce((sum, node) => sum + node.nodeSize, 0);
  const index = r.int(section.childCount);
  const pos = start + section.children.slice(0, index).reduce((sum, node) => sum + node.nodeSize, 0);
  return { pos, node: section.child(index), section, start, index };
}

/** The position of an offset in a block's text, moved off the middle of a surrogate pair. */
function boundary(place: Place, offset: number): number {
  const isLow = /^[\uDC00-\uDFFF]/.test(place.node.textContent.slice(offset));
  return place.pos + 1 + offset - (isLow ? 1 : 0);
}

/** A range from inside a block to inside the same or one of the next two of its section. */
function range(block: Place, r: Random): [number, number] {
  const far = Math.min(block.section.childCount - 1, block.index + (r() < 0.6 ? 0 : r.int(3)));
  const pos = block.start + block.section.children.slice(0, far).reduce((sum, node) => sum + node.nodeSize, 0);
  const last: Place = { ...block, pos, node: block.section.child(far), index: far };
  const a = boundary(block, r.int(block.node.content.size + 1));
  const b = boundary(last, r.int(last.node.content.size + 1));
  return a < b ? [a, b] : [b, a];
}

function between(doc: Node, from: number, to: number): Set<string> {
  return new Set(doc.textBetween(from, to));
}
