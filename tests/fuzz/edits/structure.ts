import { MARKS, reportSchema } from "#model";
import { deleteAcross } from "../../../src/editor/binding/delete-across.ts";
import { anyBlock, between, inside, NOTHING, range } from "./place.ts";
import type { Done, Hand } from "./place.ts";

/** Splits as any program might, also without a new id. */
export function split({ desk, r }: Hand): Done {
  const { doc, tr } = desk.state;
  const block = anyBlock(doc, r);
  const pos = inside(block, r);
  const attrs = r.pick([
    null,
    null,
    { id: "", kind: "paragraph", level: 0 },
    { ...block.node.attrs, kind: "item", level: 1 },
  ]);
  tr.split(pos, 1, attrs ? [{ type: block.node.type, attrs }] : undefined);
  desk.dispatch(tr);
  return { what: `split at ${pos}`, removes: NOTHING, adds: [] };
}

export function join({ desk, r }: Hand): Done | null {
  const block = anyBlock(desk.state.doc, r);
  if (block.index === 0) return null;
  desk.dispatch(desk.state.tr.join(block.pos));
  return { what: `join at ${block.pos}`, removes: NOTHING, adds: [] };
}

export function kind({ desk, r }: Hand): Done {
  const { doc, tr } = desk.state;
  const block = anyBlock(doc, r);
  const wanted = r.pick(["paragraph", "heading", "item"]);
  if (r() < 0.5) tr.setNodeMarkup(block.pos, null, { ...block.node.attrs, kind: wanted, level: r.int(5) });
  else tr.setNodeAttribute(block.pos, "kind", wanted);
  desk.dispatch(tr);
  return { what: `kind ${wanted} at ${block.pos}`, removes: NOTHING, adds: [] };
}

export function level({ desk, r }: Hand): Done {
  const block = anyBlock(desk.state.doc, r);
  const wanted = r.int(5) - 1;
  desk.dispatch(desk.state.tr.setNodeAttribute(block.pos, "level", wanted));
  return { what: `level ${wanted} at ${block.pos}`, removes: NOTHING, adds: [] };
}

export function mark({ desk, r }: Hand): Done {
  const { doc, tr } = desk.state;
  const wanted = reportSchema.mark(r.pick(MARKS));
  // Now and then over all slots, as after select all.
  const [from, to] = r() < 0.1 ? [2, doc.content.size - 2] : range(anyBlock(doc, r), r);
  desk.dispatch(r() < 0.65 ? tr.addMark(from, to, wanted) : tr.removeMark(from, to, wanted));
  return { what: `mark ${wanted.type.name} on ${from}-${to}`, removes: NOTHING, adds: [] };
}

export function deleteRange({ desk, r }: Hand): Done {
  const { doc, tr } = desk.state;
  const [from, to] = range(anyBlock(doc, r), r);
  desk.dispatch(tr.delete(from, to));
  return { what: `delete ${from}-${to}`, removes: between(doc, from, to), adds: [] };
}

export function deleteBlock({ desk, r }: Hand): Done | null {
  const { doc, tr } = desk.state;
  const block = anyBlock(doc, r);
  if (block.section.childCount === 1) return null;
  const to = block.pos + block.node.nodeSize;
  desk.dispatch(tr.delete(block.pos, to));
  return { what: `delete block ${block.pos}-${to}`, removes: between(doc, block.pos, to), adds: [] };
}

export function across({ desk, r }: Hand): Done {
  const { doc } = desk.state;
  const [from = 0, to = 0] =
    r() < 0.2
      ? [0, doc.content.size]
      : [inside(anyBlock(doc, r), r), inside(anyBlock(doc, r), r)].sort((a, b) => a - b);
  desk.dispatch(deleteAcross(desk.state, from, to));
  return { what: `delete across ${from}-${to}`, removes: between(doc, from, to), adds: [] };
}

/** The whole block is given anew, marks changed: its text must stay where it is. */
export function retype({ desk, r }: Hand): Done {
  const { doc, tr } = desk.state;
  const block = anyBlock(doc, r);
  const text = block.node.textContent;
  const marks = [reportSchema.mark("em")];
  const node = reportSchema.node("block", block.node.attrs, text === "" ? [] : reportSchema.text(text, marks));
  desk.dispatch(tr.replaceWith(block.pos, block.pos + block.node.nodeSize, node));
  return { what: `retype block ${block.pos}`, removes: NOTHING, adds: [] };
}

/** What would break the skeleton: refused whole. */
export function forbidden({ desk, r }: Hand): Done {
  const { doc, tr } = desk.state;
  const broken = [
    () => tr.delete(0, doc.firstChild?.nodeSize ?? 0),
    () => tr.delete(2, doc.content.size - 2),
    () => tr.setNodeAttribute(0, "slot", "x"),
    () => tr.insert(0, doc.child(doc.childCount - 1)),
    () => tr.replaceWith(0, doc.content.size, [...doc.children].reverse()),
  ];
  desk.dispatch(r.pick(broken)());
  if (!desk.state.doc.eq(doc)) throw new Error("the guard let a broken skeleton through");
  return { what: "forbidden", removes: NOTHING, adds: [] };
}
