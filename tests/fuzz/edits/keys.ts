import { TextSelection } from "prosemirror-state";
import { anyBlock, between, inside, NOTHING } from "./place.ts";
import type { Done, Hand } from "./place.ts";

const SHAPES = ["Mod-Alt-0", "Mod-Alt-1", "Mod-Alt-2", "Mod-Alt-3", "Mod-Shift-8", "Mod-Shift-9", "Tab", "Shift-Tab"];
const MARKING = ["Mod-b", "Mod-i", "Mod-u", "Mod-\\"];

/** A selection to press a key on: mostly a caret, else a range, which may run over several slots. */
function selection({ desk, r }: Hand): [number, number] {
  const { doc } = desk.state;
  const block = anyBlock(doc, r);
  const anchor = inside(block, r);
  const chance = r();
  if (chance < 0.7) return [anchor, anchor];
  return [anchor, inside(chance < 0.9 ? block : anyBlock(doc, r), r)];
}

export function enter(hand: Hand): Done {
  const { desk, r } = hand;
  const [anchor, head] = selection(hand);
  const removes = between(desk.state.doc, anchor, head);
  desk.select(anchor, head);
  desk.press(r.pick(["Enter", "Enter", "Shift-Enter", "Mod-Enter"]));
  return { what: `Enter at ${anchor}-${head}`, removes, adds: [] };
}

/** Backspace and Delete, at the borders of blocks and inside them. */
export function erase(hand: Hand): Done {
  const { desk, r } = hand;
  const [anchor, head] = selection(hand);
  const { doc } = desk.state;
  desk.select(anchor, head);
  const key = r.pick(["Backspace", "Backspace", "Delete", "Mod-Backspace", "Shift-Backspace", "Mod-Delete"]);
  const native = desk.nativeRange(key);
  const removes = native ? between(doc, native.from, native.to) : between(doc, anchor, head);
  desk.press(key);
  return { what: `${key} at ${anchor}-${head}`, removes, adds: [] };
}

/** Keys that change kind and level of the selected blocks. */
export function shape(hand: Hand): Done {
  const { desk, r } = hand;
  const [anchor, head] = selection(hand);
  desk.select(anchor, head);
  const key = r.pick(SHAPES);
  desk.press(key);
  return { what: `${key} at ${anchor}-${head}`, removes: NOTHING, adds: [] };
}

/** A mark set by its key, on a selection or for what is typed next. */
export function marking(hand: Hand): Done {
  const { desk, r } = hand;
  const [anchor, head] = selection(hand);
  desk.select(anchor, head);
  const key = r.pick(MARKING);
  desk.press(key);
  return { what: `${key} at ${anchor}-${head}`, removes: NOTHING, adds: [] };
}

/** All of the slot or of the report is selected, and then typed over, cut by a key, or marked. */
export function everything(hand: Hand): Done {
  const { desk, r, fresh } = hand;
  desk.select(inside(anyBlock(desk.state.doc, r), r));
  const times = 1 + r.int(2);
  for (let i = 0; i < times; i++) desk.press("Mod-a");
  const { doc, selection: selected } = desk.state;
  const removes = between(doc, selected.from, selected.to);
  const act = r.pick(["Delete", "Backspace", "Enter", "type", "Mod-b", "Tab"]);
  const chars = act === "type" ? [fresh()] : [];
  if (act === "type") desk.type(chars.join(""));
  else desk.press(act);
  const keeps = act === "Mod-b" || act === "Tab";
  return { what: `select all (${times}), ${act}`, removes: keeps ? NOTHING : removes, adds: chars };
}

/** The caret moves by keys that change nothing. */
export function wander({ desk, r }: Hand): Done {
  const { doc } = desk.state;
  desk.select(inside(anyBlock(doc, r), r));
  desk.press(r.pick(["Alt-ArrowUp", "Alt-ArrowDown", "Escape"]));
  if (!(desk.state.selection instanceof TextSelection)) desk.select(inside(anyBlock(doc, r), r));
  return { what: "wander", removes: NOTHING, adds: [] };
}
