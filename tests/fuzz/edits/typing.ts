import { TextSelection } from "prosemirror-state";
import { MARKS, reportSchema } from "#model";
import { anyBlock, between, inside, NOTHING, range, word } from "./place.ts";
import type { Done, Hand } from "./place.ts";

/** Typing at one go, as an input method or a suggestion puts words in. */
export function type(hand: Hand): Done {
  const { desk, r } = hand;
  const { tr } = desk.state;
  const chars = word(hand, 4);
  const pos = inside(anyBlock(tr.doc, r), r);
  tr.setSelection(TextSelection.create(tr.doc, pos));
  if (r() < 0.2) tr.addStoredMark(reportSchema.mark(r.pick(MARKS)));
  desk.dispatch(tr.insertText(chars.join(""), pos));
  return { what: `type ${chars.join("")} at ${pos}`, removes: NOTHING, adds: chars };
}

export function typeOver(hand: Hand): Done {
  const { desk, r } = hand;
  const { doc, tr } = desk.state;
  const [from, to] = range(anyBlock(doc, r), r);
  const chars = word(hand, 3);
  desk.dispatch(tr.insertText(chars.join(""), from, to));
  return { what: `type ${chars.join("")} over ${from}-${to}`, removes: between(doc, from, to), adds: chars };
}

/** Sign by sign, through the handlers of the keyboard; the selection may run over several slots. */
export function keyboard(hand: Hand): Done {
  const { desk, r } = hand;
  const { doc } = desk.state;
  const block = anyBlock(doc, r);
  const [from, to] = r() < 0.7 ? caret(inside(block, r)) : [inside(block, r), inside(anyBlock(doc, r), r)];
  desk.select(from, to);
  const removes = between(doc, from, to);
  const chars = word(hand, 4);
  desk.type(chars.join(""));
  return { what: `keyboard ${chars.join("")} at ${from}-${to}`, removes, adds: chars };
}

/** A sign and a space at a block's beginning, which make it an item or a heading. */
export function sign({ desk, r }: Hand): Done | null {
  const block = anyBlock(desk.state.doc, r);
  const signs = r.pick(["- ", "+ ", "# ", "1. ", "a) "]);
  desk.select(block.pos + 1);
  desk.type(signs);
  // Backspace right after it brings the sign back.
  const takenBack = r() < 0.3;
  if (takenBack) desk.press("Backspace");
  const what = `sign ${signs} at ${block.pos}${takenBack ? ", taken back" : ""}`;
  return { what, removes: new Set(signs), adds: Array.from(signs) };
}

function caret(pos: number): [number, number] {
  return [pos, pos];
}
