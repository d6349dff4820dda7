import type { Decoration } from "prosemirror-view";
import { frame, sign } from "./frames.ts";

/** The colours of cursors, dark enough for white letters. A person keeps one; what a client sends is not asked. */
const COLOURS = ["#2a6fdb", "#1c7a4a", "#8a4fbf", "#b4541a", "#2d7d8f", "#a0336e", "#5b6b1e", "#6b4e2e"];

/** The colour of a person, the same on every screen. */
export function personColour(person: string): string {
  let sum = 0;
  for (let i = 0; i < person.length; i++) sum = (sum * 31 + person.charCodeAt(i)) >>> 0;
  return COLOURS[sum % COLOURS.length] ?? "#2a6fdb";
}

/** Somebody else who is present, as their cursor tells. */
export interface Present {
  readonly client: number;
  readonly name: string;
  readonly colour: string;
}

/** The signs of a cursor between two positions: the selected words in its colour, and the caret with its name. */
export function cursorSigns({ client, name, colour }: Present, anchor: number, head: number): Decoration[] {
  const caret = sign(head, () => caretElement(name, colour), {
    key: `${name}-${colour}`,
    side: 10,
    ignoreSelection: true,
    client,
  });
  if (anchor === head) return [caret];
  const style = `background-color: ${colour}2e`;
  return [frame(Math.min(anchor, head), Math.max(anchor, head), { style }, { client }), caret];
}

/** A caret with its name, as an element of the page. */
export function caretElement(name: string, colour: string): HTMLElement {
  const caret = document.createElement("span");
  caret.className = "tk-caret";
  // A name read out in the middle of a sentence would be taken for its word.
  caret.setAttribute("aria-hidden", "true");
  caret.style.borderColor = colour;
  const flag = document.createElement("span");
  flag.className = "tk-caret-name";
  flag.style.backgroundColor = colour;
  // Drawn by the style sheet: a name is no character of the text that a browser or an input method counts.
  flag.dataset["name"] = name;
  caret.append(flag);
  return caret;
}
