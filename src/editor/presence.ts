import { Plugin, PluginKey } from "prosemirror-state";
import type { EditorState, Transaction } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import type { Decoration } from "prosemirror-view";
import { DecorationSet } from "prosemirror-view";
import type { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { slotText } from "#collab";
import type { SlotsBinding } from "./binding/slots-binding.ts";
import { frame, sign } from "./frames.ts";

interface Shown {
  readonly set: DecorationSet;
  /** Clients whose cursors went with the text around them, and have to be placed anew. */
  readonly lost: ReadonlySet<number>;
}

const key = new PluginKey<Shown>("presence");

const NOBODY: ReadonlySet<number> = new Set();

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

/** How long moves are gathered before they are drawn, and before one's own are told, in milliseconds. */
const GATHER = 40;

/**
 * Shows where the others are, and tells them where we are. Positions travel as Yjs relative positions in the slots'
 * texts, which cling to the character after them: a caret that moves with what its person types is told of by the text
 * alone. What another client sends is not trusted: a state of another shape is passed over.
 */
export function presence(binding: SlotsBinding, awareness: Awareness): Plugin {
  return new Plugin<Shown>({
    key,
    state: {
      init: () => ({ set: DecorationSet.empty, lost: NOBODY }),
      apply: (transaction, old, _, state) => {
        const moved: unknown = transaction.getMeta(key);
        const shown = transaction.docChanged ? carried(old, transaction) : old;
        if (!(moved instanceof Set)) return shown;
        return { set: redrawn(shown.set, moved, binding, awareness, state), lost: NOBODY };
      },
    },
    view: (view) => follow(view, binding, awareness),
  });
}

/** What {@link presence} would show, for `frames` to draw. */
export function cursorMarks(state: EditorState): DecorationSet | undefined {
  return key.getState(state)?.set;
}

function follow(
  view: EditorView,
  binding: SlotsBinding,
  awareness: Awareness,
): { update: (view: EditorView, before: EditorState) => void; destroy: () => void } {
  let told = "";
  let moved = new Set<number>(awareness.getStates().keys());
  let drawing: ReturnType<typeof setTimeout> | undefined;
  let telling: ReturnType<typeof setTimeout> | undefined;
  const draw = (): void => {
    drawing = undefined;
    // A cursor drawn beside the word that is being composed would end the composition.
    if (binding.composing) {
      later();
      return;
    }
    const clients = new Set([...moved, ...(key.getState(view.state)?.lost ?? NOBODY)]);
    moved = new Set();
    view.dispatch(view.state.tr.setMeta(key, clients));
  };
  const later = (): void => {
    drawing ??= setTimeout(draw, GATHER);
  };
  const changed = ({ added, updated, removed }: { added: number[]; updated: number[]; removed: number[] }): void => {
    for (const client of [...added, ...updated, ...removed]) if (client !== awareness.clientID) moved.add(client);
    if (moved.size > 0) later();
  };
  const tell = (): void => {
    telling = undefined;
    const { anchor, head } = view.state.selection;
    const from = view.hasFocus() ? binding.textIndex(view.state.doc, anchor) : null;
    const to = anchor === head ? from : binding.textIndex(view.state.doc, head);
    let cursor: { slot: string; anchor: unknown; head: unknown } | null = null;
    if (from && to && from.slot === to.slot) {
      const start = relative(binding, from);
      cursor = { slot: to.slot, anchor: start, head: from === to ? start : relative(binding, to) };
    }
    const text = JSON.stringify(cursor);
    if (text === told) return;
    told = text;
    awareness.setLocalStateField("cursor", cursor);
  };
  const refocused = (): void => {
    clearTimeout(telling);
    telling = setTimeout(tell, 0);
  };
  awareness.on("change", changed);
  view.dom.addEventListener("focusin", refocused);
  view.dom.addEventListener("focusout", refocused);
  later();
  return {
    update: ({ state }, before) => {
      if ((key.getState(state)?.lost.size ?? 0) > 0) later();
      if (state.doc !== before.doc || !state.selection.eq(before.selection)) telling ??= setTimeout(tell, GATHER);
    },
    destroy: () => {
      clearTimeout(drawing);
      clearTimeout(telling);
      awareness.off("change", changed);
      view.dom.removeEventListener("focusin", refocused);
      view.dom.removeEventListener("focusout", refocused);
      awareness.setLocalStateField("cursor", null);
    },
  };
}

function relative(binding: SlotsBinding, { slot, index }: { slot: string; index: number }): unknown {
  return Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(slotText(binding.doc, slot), index, 0));
}

function cursorOf(binding: SlotsBinding, state: unknown): Cursor | null {
  if (!isRecord(state)) return null;
  const user: unknown = state["user"];
  const cursor: unknown = state["cursor"];
  if (!isRecord(user) || !isRecord(cursor)) return null;
  const { id, name } = user;
  const { slot } = cursor;
  if (typeof id !== "string" || typeof name !== "string" || typeof slot !== "string" || !binding.slots.includes(slot))
    return null;
  const anchor = absolute(binding, slot, cursor["anchor"]);
  const isCaret = JSON.stringify(cursor["anchor"]) === JSON.stringify(cursor["head"]);
  const head = isCaret ? anchor : absolute(binding, slot, cursor["head"]);
  if (anchor === null || head === null) return null;
  return { name: name.slice(0, 80), colour: personColour(id), slot, anchor, head };
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

function carried({ set, lost }: Shown, transaction: Transaction): Shown {
  const gone = new Set<number>();
  const onRemove = ({ client }: Readonly<Record<string, unknown>>): void => {
    if (typeof client === "number") gone.add(client);
  };
  const mapped = set.map(transaction.mapping, transaction.doc, { onRemove });
  return { set: mapped, lost: gone.size === 0 ? lost : new Set([...lost, ...gone]) };
}

/** The cursors of those who moved are drawn anew; those of the others were carried along by the edits. */
function redrawn(
  set: DecorationSet,
  moved: ReadonlySet<unknown>,
  binding: SlotsBinding,
  awareness: Awareness,
  state: EditorState,
): DecorationSet {
  const old = set.find(undefined, undefined, (spec) => moved.has(spec["client"]));
  const states = awareness.getStates();
  const made: Decoration[] = [];
  for (const [client, says] of states) {
    const cursor = client !== awareness.clientID && moved.has(client) ? cursorOf(binding, says) : null;
    if (cursor) made.push(...drawn(client, cursor, binding, state));
  }
  return set.remove(old).add(state.doc, made);
}

function drawn(
  client: number,
  { name, colour, slot, anchor, head }: Cursor,
  binding: SlotsBinding,
  state: EditorState,
): Decoration[] {
  const at = binding.position(state.doc, slot, head);
  const caret = sign(at, () => caretElement(name, colour), {
    key: `${name}-${colour}`,
    side: 10,
    ignoreSelection: true,
    client,
  });
  if (anchor === head) return [caret];
  const from = binding.position(state.doc, slot, Math.min(anchor, head));
  const to = binding.position(state.doc, slot, Math.max(anchor, head));
  return [frame(from, to, { style: `background-color: ${colour}2e` }, { client }), caret];
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
