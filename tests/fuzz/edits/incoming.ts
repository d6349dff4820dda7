import { Slice } from "prosemirror-model";
import { slotText } from "#collab";
import { proposed } from "../../../src/editor/proposal.ts";
import { replaceMatches, searchFor } from "../../../src/editor/search.ts";
import { SIGNS } from "../laws/ledger.ts";
import { anyBlock, between, inside, range, word } from "./place.ts";
import type { Done, Hand } from "./place.ts";

/** HTML of another program, pasted over a selection. */
export function pasteHtml(hand: Hand): Done {
  const { r, fresh } = hand;
  const adds: string[] = [];
  const words = (): string => {
    const chars = Array.from({ length: 1 + r.int(2) }, fresh);
    adds.push(...chars);
    return chars.join("");
  };
  const parts = Array.from({ length: 1 + r.int(3) }, () =>
    r.pick([
      () => `<p>${words()} <b>${words()}</b></p>`,
      () => `<h2>${words()}</h2>`,
      () => `<ul><li>${words()}<ul><li>${words()}</li></ul></li></ul>`,
      () => `<table><tr><td>${words()}</td><td>${words()}</td></tr></table>`,
      () => `<div>${words()}<br>${words()}</div>`,
      () => `<span style="font-style:italic">${words()}</span>`,
    ])(),
  );
  return pasteOver(hand, parts.join(""), "", [...adds, " ", "|"]);
}

/** Plain lines, pasted over a selection. */
export function pasteText(hand: Hand): Done {
  const { r } = hand;
  const adds: string[] = [];
  const lines = Array.from({ length: 1 + r.int(3) }, () => {
    const chars = word(hand, 3);
    adds.push(...chars);
    return r.pick(["", "- ", "+ "]) + chars.join("");
  });
  return pasteOver(hand, "", lines.join(r.pick(["\n", "\r\n", "\n\n"])), [...adds, "-", "+", " "]);
}

function pasteOver({ desk, r }: Hand, html: string, text: string, adds: readonly string[]): Done {
  const { doc } = desk.state;
  const block = anyBlock(doc, r);
  const [anchor, head] = r() < 0.85 ? range(block, r) : [inside(block, r), inside(anyBlock(doc, r), r)];
  const caret = r() < 0.5 ? anchor : head;
  const removes = between(doc, anchor, caret);
  desk.select(anchor, caret);
  desk.paste({ html, text, slice: Slice.empty });
  return { what: `paste ${html}${text.replaceAll("\n", "\\n")} over ${anchor}-${caret}`, removes, adds };
}

/** Every place of a sign, or the one place of a word, replaced at once. */
export function replaceAll(hand: Hand): Done | null {
  const { desk, r } = hand;
  const { doc } = desk.state;
  const chars = Array.from(anyBlock(doc, r).node.textContent);
  const at = r.int(chars.length + 1);
  const query = r() < 0.4 ? r.pick([" ", "|"]) : chars.slice(at, at + 1 + r.int(2)).join("");
  if (query === "") return null;
  const other = r() < 0.3 ? [] : word(hand, 2);
  // A sign that stands in many places must not be replaced by a character that stands in one.
  const signs = chars.every((char) => !query.includes(char) || SIGNS.has(char));
  const wanted = signs ? r.pick(["", " ", "|"]) : other.join("");
  desk.dispatch(searchFor(desk.state, query, { matchCase: true }));
  const { transaction, count } = replaceMatches(desk.state, wanted);
  if (count > 0) desk.dispatch(transaction);
  desk.dispatch(searchFor(desk.state, null));
  return { what: `replace ${query} by ${wanted} (${count})`, removes: new Set(query), adds: Array.from(wanted) };
}

/** A proposed wording put in place of a comment's words: its middle differs, now and then by lines. */
export function propose(hand: Hand): Done | null {
  const { desk, r, remarks } = hand;
  if (remarks.length === 0) return null;
  const remark = r.pick(remarks);
  const found = remark.resolve(desk.doc);
  if (!found) return null;
  const chars = Array.from(slotText(desk.doc, found.slot).toJSON().slice(found.from, found.to));
  const from = r.int(chars.length + 1);
  const to = from + r.int(chars.length + 1 - from);
  const adds = Array.from({ length: r.int(3) }, hand.fresh);
  const line = r() < 0.25 ? "\n" : "";
  const wording = [...chars.slice(0, from), ...adds, line, ...chars.slice(to)].join("");
  if (wording.trim() === "") return null;
  desk.dispatch(proposed(desk.state, desk.binding, found, wording));
  // Over several lines, what lies between the first and the last difference is given anew.
  const lines = chars.includes("\n") || line !== "";
  const removes = new Set(lines ? chars : chars.slice(from, to));
  return { what: `wording ${wording.replaceAll("\n", "\\n")} for ${remark.id}`, removes, adds };
}
