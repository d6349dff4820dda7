import { Plugin, PluginKey } from "prosemirror-state";
import type { EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { Decoration, DecorationSet } from "prosemirror-view";
import type { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { slotText } from "#collab";
import type { SlotsBinding } from "./binding/slots-binding.ts";

const key = new PluginKey<DecorationSet>("presence");

/** The colours of cursors, dark enough for white letters. A person keeps one; what a client sends is not asked. */
const COLOURS = ["#2a6fdb", "#1c7a4a", "#8a4fbf", "#b4541a", "#2d7d8f", "#a0336e", "#5b6b1e", "#6b4e2e"];

/** The colour of a person, the same on every screen. */
export function personColour(person: string): string {
  let sum = 0;
  for (let i = 0; i < person.length; i++) sum = (sum * 31 + person.charCodeAt(i)) >>> 0;
  return COLOURS[sum % COLOURS.length] ?? "#2a6fdb";
}

interface Cursor {
  readonly name: string;
  readonly colour: string;
  readonly slot: string;
  readonly anchor: number;
  readonly head: number;
}

/**
 * Shows where the others are, and tells them where we are. Positions travel as Yjs relative positions in the slots'
 * texts. What another client sends is not trusted: a state of another shape is passed over.
 */
export function presence(binding: SlotsBinding, awareness: Awareness): Plugin {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply: (transaction, old, _, state) => {
        if (transaction.getMeta(key) === true) return drawn(cursorsOf(binding, awareness), binding, state);
        return transaction.docChanged ? old.map(transaction.mapping, transaction.doc) : old;
      },
    },
    props: { decorations: (state) => key.getState(state) },
    view: (view) => follow(view, binding, awareness),
  });
}

function follow(
  view: EditorView,
  binding: SlotsBinding,
  awareness: Awareness,
): { update: () => void; destroy: () => void } {
  let told = "";
  let waiting = false;
  const draw = (): void => {
    waiting = false;
    // A cursor drawn beside the word that is being composed would end the composition.
    if (view.isDestroyed) return;
    if (view.composing) later();
    else view.dispatch(view.state.tr.setMeta(key, true));
  };
  const later = (): void => {
    if (waiting) return;
    waiting = true;
    setTimeout(draw, 40);
  };
  const changed = ({ added, updated, removed }: { added: number[]; updated: number[]; removed: number[] }): void => {
    if ([...added, ...updated, ...removed].some((client) => client !== awareness.clientID)) later();
  };
  const tell = (): void => {
    const { anchor, head } = view.state.selection;
    const from = binding.textIndex(view.state.doc, anchor);
    const to = binding.textIndex(view.state.doc, head);
    const cursor =
      view.hasFocus() && from && to && from.slot === to.slot
        ? { slot: to.slot, anchor: relative(binding, from), head: relative(binding, to) }
        : null;
    const text = JSON.stringify(cursor);
    if (text === told) return;
    told = text;
    awareness.setLocalStateField("cursor", cursor);
  };
  const refocused = (): void => void setTimeout(tell, 0);
  awareness.on("change", changed);
  view.dom.addEventListener("focusin", refocused);
  view.dom.addEventListener("focusout", refocused);
  later();
  return {
    update: tell,
    destroy: () => {
      awareness.off("change", changed);
      view.dom.removeEventListener("focusin", refocused);
      view.dom.removeEventListener("focusout", refocused);
      awareness.setLocalStateField("cursor", null);
    },
  };
}

function relative(binding: SlotsBinding, { slot, index }: { slot: string; index: number }): unknown {
  return Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(slotText(binding.doc, slot), index, -1));
}

function cursorsOf(binding: SlotsBinding, awareness: Awareness): Cursor[] {
  const cursors: Cursor[] = [];
  for (const [client, state] of awareness.getStates()) {
    if (client === awareness.clientID || !isRecord(state)) continue;
    const user: unknown = state["user"];
    const cursor: unknown = state["cursor"];
    if (!isRecord(user) || !isRecord(cursor)) continue;
    const { id, name } = user;
    const { slot } = cursor;
    if (typeof id !== "string" || typeof name !== "string" || typeof slot !== "string" || !binding.slots.includes(slot))
      continue;
    const anchor = absolute(binding, slot, cursor["anchor"]);
    const head = absolute(binding, slot, cursor["head"]);
    if (anchor !== null && head !== null)
      cursors.push({ name: name.slice(0, 80), colour: personColour(id), slot, anchor, head });
  }
  return cursors;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function absolute(binding: SlotsBinding, slot: string, value: unknown): number | null {
  if (!isRecord(value)) return null;
  try {
    const position = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(value), binding.doc);
    return position?.type === slotText(binding.doc, slot) ? position.index : null;
  } catch {
    return null;
  }
}

function drawn(cursors: readonly Cursor[], binding: SlotsBinding, state: EditorState): DecorationSet {
  const decorations = cursors.flatMap(({ name, colour, slot, anchor, head }) => {
    const at = binding.position(state.doc, slot, head);
    const from = binding.position(state.doc, slot, Math.min(anchor, head));
    const to = binding.position(state.doc, slot, Math.max(anchor, head));
    const caret = Decoration.widget(at, () => caretElement(name, colour), {
      key: `${name}-${colour}`,
      side: 10,
      ignoreSelection: true,
    });
    if (from === to) return [caret];
    return [Decoration.inline(from, to, { style: `background-color: ${colour}2e` }), caret];
  });
  return DecorationSet.create(state.doc, decorations);
}

function caretElement(name: string, colour: string): HTMLElement {
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
