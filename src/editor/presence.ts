import { Plugin, PluginKey } from "prosemirror-state";
import type { EditorState, Transaction } from "prosemirror-state";
import type { Decoration, EditorView } from "prosemirror-view";
import { DecorationSet } from "prosemirror-view";
import type { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { cellId, slotOfRoot, slotText, tableOfRoot } from "#collab";
import type { SlotsBinding } from "./binding/slots-binding.ts";
import type { TextPlace } from "./binding/slots-history.ts";
import { cursorSigns, personColour } from "./cursor-signs.ts";
import type { Present } from "./cursor-signs.ts";
import { readSelection } from "./browser-selection.ts";
import type { CellCursor } from "./table/cursors-in-cells.ts";
import { positionOfTable } from "./table/table-blocks.ts";
import type { Tables } from "./table/tables.ts";

interface Shown {
  readonly set: DecorationSet;
  /** Clients whose cursors went with the text around them, and have to be placed anew. */
  readonly lost: ReadonlySet<number>;
}

const key = new PluginKey<Shown>("presence");

const NOBODY: ReadonlySet<number> = new Set();

interface SlotCursor extends Present {
  readonly slot: string;
  readonly anchor: number;
  readonly head: number;
}

/** How long moves are gathered before they are drawn, and before one's own are told, in milliseconds. */
const GATHER = 40;

/**
 * Shows where the others are, in the text and in the cells of its tables, and tells them where we are. Positions travel
 * as Yjs relative positions in the texts of slots and cells, which cling to the character after them: a caret that moves
 * with what its person types is told of by the text alone. What another client sends is not trusted: a state of another
 * shape is passed over.
 */
export function presence(binding: SlotsBinding, awareness: Awareness, tables: Tables): Plugin {
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
    view: (view) => follow(view, binding, awareness, tables),
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
  tables: Tables,
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
    readSelection(view);
    view.dispatch(view.state.tr.setMeta(key, clients));
    tables.showCursors(cellCursors(binding, awareness));
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
    const cursor = ownCursor(view, binding, tables);
    const text = JSON.stringify(cursor);
    if (text === told) return;
    told = text;
    awareness.setLocalStateField("cursor", cursor);
  };
  const tellSoon = (): void => {
    telling ??= setTimeout(tell, GATHER);
  };
  const refocused = (): void => {
    clearTimeout(telling);
    telling = setTimeout(tell, 0);
  };
  awareness.on("change", changed);
  view.dom.addEventListener("focusin", refocused);
  view.dom.addEventListener("focusout", refocused);
  tables.onMove = tellSoon;
  later();
  return {
    update: ({ state }, before) => {
      if ((key.getState(state)?.lost.size ?? 0) > 0) later();
      if (state.doc !== before.doc || !state.selection.eq(before.selection)) tellSoon();
    },
    destroy: () => {
      clearTimeout(drawing);
      clearTimeout(telling);
      awareness.off("change", changed);
      view.dom.removeEventListener("focusin", refocused);
      view.dom.removeEventListener("focusout", refocused);
      tables.onMove = null;
      awareness.setLocalStateField("cursor", null);
    },
  };
}

/** Where this person's caret or selection is: within one slot, or within one text of a table that stands in a slot. */
function ownCursor(
  view: EditorView,
  binding: SlotsBinding,
  tables: Tables,
): { slot: string; anchor: unknown; head: unknown } | null {
  const inside = tables.active;
  if (inside?.view.hasFocus()) {
    const pos = positionOfTable(view.state, inside.table);
    const place = inside.selection();
    if (pos === null || !place) return null;
    const slot = String(view.state.doc.resolve(pos).parent.attrs["slot"]);
    const { anchor, head } = place.anchor.text === place.head.text ? place : { anchor: place.head, head: place.head };
    return { slot, anchor: relative(anchor), head: relative(head) };
  }
  if (!view.hasFocus()) return null;
  const { anchor, head } = view.state.selection;
  const from = binding.textIndex(view.state.doc, anchor);
  const to = anchor === head ? from : binding.textIndex(view.state.doc, head);
  if (!from || !to || from.slot !== to.slot) return null;
  const text = slotText(binding.doc, to.slot);
  const start = relative({ text, index: from.index });
  return { slot: to.slot, anchor: start, head: from === to ? start : relative({ text, index: to.index }) };
}

function relative({ text, index }: TextPlace): unknown {
  return Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, index, 0));
}

/** Who a client says to be, and the two ends of where; null for a state of another shape. */
function stateOf(client: number, state: unknown): (Present & { slot: string; anchor: unknown; head: unknown }) | null {
  if (!isRecord(state)) return null;
  const user: unknown = state["user"];
  const cursor: unknown = state["cursor"];
  if (!isRecord(user) || !isRecord(cursor)) return null;
  const { id, name } = user;
  const { slot, anchor, head } = cursor;
  if (typeof id !== "string" || typeof name !== "string" || typeof slot !== "string") return null;
  return { client, name: name.slice(0, 80), colour: personColour(id), slot, anchor, head };
}

function slotCursor(binding: SlotsBinding, client: number, state: unknown): SlotCursor | null {
  const said = stateOf(client, state);
  if (!said || !binding.slots.includes(said.slot)) return null;
  const anchor = indexIn(binding, said.slot, said.anchor);
  const isCaret = JSON.stringify(said.anchor) === JSON.stringify(said.head);
  const head = isCaret ? anchor : indexIn(binding, said.slot, said.head);
  return anchor === null || head === null ? null : { ...said, anchor, head };
}

function indexIn(binding: SlotsBinding, slot: string, value: unknown): number | null {
  const end = endOf(binding.doc, value);
  return end && slotOfRoot(end.root) === slot ? end.index : null;
}

/** The cursors of others in the cells of tables. */
function cellCursors(binding: SlotsBinding, awareness: Awareness): CellCursor[] {
  return [...awareness.getStates()].flatMap(([client, state]) => {
    const said = client === awareness.clientID ? null : stateOf(client, state);
    // Where it is in its text is asked last: that walks the text, and most people are in no table.
    if (!said || !tableOfRoot(rootOf(binding.doc, said.head) ?? "")?.cell) return [];
    const head = endOf(binding.doc, said.head);
    const at = head && tableOfRoot(head.root);
    if (!head || !at?.cell) return [];
    const anchor = endOf(binding.doc, said.anchor);
    const { name, colour } = said;
    return {
      client,
      name,
      colour,
      table: at.table,
      cell: cellId(at.cell),
      head: head.position,
      anchor: (anchor?.root === head.root ? anchor : head).position,
    };
  });
}

/** The root in whose text one end of a cursor is. */
function rootOf(doc: Y.Doc, value: unknown): string | null {
  if (!isRecord(value)) return null;
  try {
    const { item, tname } = Y.createRelativePositionFromJSON(value);
    if (item === null) return tname;
    const { parent } = Y.getItem(doc.store, item);
    return parent instanceof Y.AbstractType && parent._item === null ? Y.findRootTypeKey(parent) : null;
  } catch {
    return null;
  }
}

/** One end of a cursor: the root in whose text it is, and where it is there. */
function endOf(doc: Y.Doc, value: unknown): { position: Y.RelativePosition; root: string; index: number } | null {
  if (!isRecord(value)) return null;
  try {
    const position = Y.createRelativePositionFromJSON(value);
    // What names a root by its name must not make one.
    if (position.item === null && !doc.share.has(String(position.tname))) return null;
    const absolute = Y.createAbsolutePositionFromRelativePosition(position, doc);
    if (!absolute || absolute.type._item !== null) return null;
    return { position, root: Y.findRootTypeKey(absolute.type), index: absolute.index };
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
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
  const made: Decoration[] = [];
  for (const [client, says] of awareness.getStates()) {
    const cursor = client !== awareness.clientID && moved.has(client) ? slotCursor(binding, client, says) : null;
    if (!cursor) continue;
    const position = (index: number): number => binding.position(state.doc, cursor.slot, index);
    made.push(...cursorSigns(cursor, position(cursor.anchor), position(cursor.head)));
  }
  return set.remove(old).add(state.doc, made);
}
