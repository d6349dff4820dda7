import { Fragment, Slice } from "prosemirror-model";
import type { Node } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import { reportSchema } from "#model";
import { cutAcross } from "../../../src/editor/paste/clipboard.ts";
import type { Carried } from "../desk.ts";
import { anyBlock, between, inside, NOTHING, range } from "./place.ts";
import type { Done, Hand } from "./place.ts";

/** A slice as our own copies carry it. Words of one block are words, of no kind. */
export function carried(slice: Slice): Carried {
  const blocks: string[] = [];
  slice.content.descendants((node) => {
    if (!node.isTextblock) return true;
    const { kind, level } = node.attrs;
    const runs = node.children.map((run) =>
      run.marks.reduce((words, mark) => `<${TAGS[mark.type.name]}>${words}</${TAGS[mark.type.name]}>`, run.text ?? ""),
    );
    blocks.push(`<p data-kind="${String(kind)}" data-level="${String(level)}">${runs.join("")}</p>`);
    return false;
  });
  const [only] = blocks;
  const html =
    blocks.length === 1 && only
      ? only.replace(/data-kind="\w+" data-level="\d"/, 'data-kind="paragraph" data-level="0"')
      : blocks.join("");
  return {
    html: `<div data-pm-slice="1 1 []">${html}</div>`,
    text: slice.content.textBetween(0, slice.content.size),
    slice,
  };
}

const TAGS: Readonly<Record<string, string>> = { strong: "b", em: "i", underline: "u" };

/** Cut and pasted at once, in one transaction or in two. */
export function move({ desk, r }: Hand): Done {
  const { doc, tr } = desk.state;
  const [from, to] = range(anyBlock(doc, r), r);
  const slice = doc.slice(from, to);
  const once = r() < 0.5;
  tr.setSelection(TextSelection.create(doc, from, to)).deleteSelection();
  tr.setMeta("uiEvent", once ? "drop" : "cut");
  if (!once && !desk.dispatch(tr)) throw new Error("the guard refused a deletion inside a section");
  const paste = once ? tr : desk.state.tr.setMeta("uiEvent", "paste");
  const pos = inside(anyBlock(paste.doc, r), r);
  desk.dispatch(paste.setSelection(TextSelection.create(paste.doc, pos)).replaceSelection(slice));
  return { what: `move ${from}-${to} to ${pos}`, removes: between(doc, from, to), adds: [] };
}

/** Dragged to another place, of the same slot or of another, also a selection over several slots. */
export function drag({ desk, r }: Hand): Done {
  const { doc } = desk.state;
  const block = anyBlock(doc, r);
  const [from, to] = r() < 0.8 ? range(block, r) : [inside(block, r), inside(anyBlock(doc, r), r)];
  const pos = inside(anyBlock(doc, r), r);
  const removes = between(doc, from, to);
  desk.select(from, to);
  const slice = desk.state.selection.content();
  desk.drop(pos, carried(slice), true);
  return { what: `drag ${from}-${to} to ${pos}`, removes, adds: [] };
}

/** Whole blocks over the next or the last one, by their keys. */
export function shift({ desk, r }: Hand): Done {
  const { doc } = desk.state;
  const block = anyBlock(doc, r);
  const [anchor, head] = range(block, r);
  desk.select(anchor, head);
  const removes = new Set<string>();
  doc.nodesBetween(anchor, head, (node) => {
    for (const char of node.textContent) if (node.isTextblock) removes.add(char);
  });
  const key = r.pick(["Alt-Shift-ArrowUp", "Alt-Shift-ArrowDown"]);
  const times = 1 + r.int(3);
  for (let i = 0; i < times; i++) desk.press(key);
  return { what: `${key} (${times}) on ${anchor}-${head}`, removes, adds: [] };
}

/** Cut now; pasted whenever {@link pasteCut} comes. */
export function cut({ desk, r, keepCut }: Hand): Done {
  const { doc } = desk.state;
  const block = anyBlock(doc, r);
  const [from, to] = r() < 0.8 ? range(block, r) : [inside(block, r), inside(anyBlock(doc, r), r)];
  const removes = between(doc, from, to);
  desk.select(from, to);
  const { state } = desk;
  keepCut(carried(state.selection.content()));
  const asked = state.tr.deleteSelection().setMeta("uiEvent", "cut");
  desk.dispatch(cutAcross(state, asked) ?? asked);
  return { what: `cut ${from}-${to}`, removes, adds: [] };
}

/** What was cut is pasted. What stands there again meanwhile is told apart by other characters. */
export function pasteCut({ desk, r, fresh, cut: held, keepCut }: Hand): Done | null {
  if (!held) return null;
  keepCut(null);
  const { doc } = desk.state;
  const adds: string[] = [];
  const standing = between(doc, 0, doc.content.size);
  const slice = respelled(held.slice, (char) => {
    if (!standing.has(char)) return char;
    const other = fresh();
    adds.push(other);
    return other;
  });
  const pos = inside(anyBlock(doc, r), r);
  desk.select(pos);
  desk.paste(carried(slice));
  const moved = new Set(Array.from(held.text).filter((char) => !standing.has(char)));
  return { what: `paste what was cut at ${pos}`, removes: moved, adds };
}

/** Blocks copied with their ids by a program that knows nothing of ids. The copy says other characters. */
export function copy({ desk, r, fresh }: Hand): Done {
  const { doc, tr } = desk.state;
  const block = anyBlock(doc, r);
  const adds: string[] = [];
  const count = 1 + r.int(Math.min(3, block.section.childCount - block.index));
  const blocks = block.section.children.slice(block.index, block.index + count).map((node) => {
    const chars = Array.from({ length: r.int(3) }, fresh);
    adds.push(...chars);
    return reportSchema.node("block", node.attrs, chars.length > 0 ? reportSchema.text(chars.join("")) : []);
  });
  const target = r() < 0.5 ? block : anyBlock(doc, r);
  const pos = r() < 0.5 ? target.pos : inside(target, r);
  if (r() < 0.5) tr.replace(pos, pos, new Slice(Fragment.fromArray(blocks), 0, 0));
  else tr.replaceRange(pos, pos, new Slice(Fragment.fromArray(blocks), 1, 1));
  desk.dispatch(tr);
  return { what: `copy ${count} block(s) of ${block.pos} to ${pos}`, removes: NOTHING, adds };
}

/** A copy of a stretch pasted over a selection, or dropped, through the clipboard. The copy says other characters. */
export function pasteCopy({ desk, r, fresh }: Hand): Done {
  const { doc } = desk.state;
  const adds: string[] = [];
  const [from, to] = r() < 0.8 ? range(anyBlock(doc, r), r) : [2, doc.content.size - 2];
  const slice = respelled(doc.slice(from, to, true), () => {
    const char = fresh();
    adds.push(char);
    return char;
  });
  const target = anyBlock(doc, r);
  const [anchor, head] = r() < 0.6 ? range(target, r) : [inside(target, r), inside(anyBlock(doc, r), r)];
  if (r() < 0.3) {
    desk.drop(anchor, carried(slice), false);
    return { what: `drop a copy of ${from}-${to} at ${anchor}`, removes: NOTHING, adds };
  }
  const removes = between(doc, anchor, head);
  desk.select(anchor, head);
  desk.paste(carried(slice));
  return { what: `paste a copy of ${from}-${to} over ${anchor}-${head}`, removes, adds };
}

/** A slice with its characters replaced one by one. */
function respelled(slice: Slice, spell: (char: string) => string): Slice {
  const redo = (node: Node): Node =>
    node.text === undefined
      ? node.copy(Fragment.from(node.children.map(redo)))
      : reportSchema.text(Array.from(node.text, spell).join(""), node.marks);
  return new Slice(Fragment.from(slice.content.content.map(redo)), slice.openStart, slice.openEnd);
}
