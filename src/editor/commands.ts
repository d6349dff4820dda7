import { chainCommands, splitBlockAs, toggleMark } from "prosemirror-commands";
import type { Node, ResolvedPos } from "prosemirror-model";
import type { Command, EditorState, Transaction } from "prosemirror-state";
import { TextSelection } from "prosemirror-state";
import type { BlockKind, MarkName } from "#model";
import { BLOCK_KINDS, DEEPEST, reportSchema } from "#model";
import { deleteAcross } from "./binding/delete-across.ts";
import { sectionAt } from "./binding/flat.ts";

/** The blocks that a selection touches, with their positions. */
export function selectedBlocks(state: EditorState): { node: Node; pos: number }[] {
  const blocks: { node: Node; pos: number }[] = [];
  const { from, to } = state.selection;
  state.doc.nodesBetween(from, to, (node, pos) => {
    if (node.type !== reportSchema.nodes.block) return true;
    blocks.push({ node, pos });
    return false;
  });
  return blocks;
}

/** Makes every selected block one of a kind and level; where all are already, they become paragraphs. */
export function setBlock(kind: BlockKind, level: number): Command {
  return (state, dispatch) => {
    // A table is no kind of text: it is put in and taken out, with its cells.
    const blocks = selectedBlocks(state).filter(({ node }) => blockKind(node) !== "table");
    if (blocks.length === 0) return false;
    const all = blocks.every(({ node }) => node.attrs["kind"] === kind && node.attrs["level"] === level);
    const to = all && kind !== "paragraph" ? { kind: "paragraph", level: 0 } : { kind, level };
    dispatch?.(reshape(state.tr, blocks, () => to));
    return true;
  };
}

/** One level deeper (`by` 1) or higher (-1). A paragraph goes in as an item; the highest item comes out as a paragraph. */
export function shiftLevel(by: 1 | -1): Command {
  return (state, dispatch) => {
    const blocks = selectedBlocks(state);
    const changed = blocks.filter(({ node }) => shifted(node, by) !== null);
    if (changed.length > 0)
      dispatch?.(reshape(state.tr, changed, (node) => shifted(node, by) ?? { kind: "paragraph", level: 0 }));
    // The key is taken in any case: Tab must not leave the text from one block and stay in it from another.
    return blocks.length > 0;
  };
}

function shifted(node: Node, by: 1 | -1): { kind: BlockKind; level: number } | null {
  const kind = blockKind(node);
  const level = Number(node.attrs["level"]) + by;
  if (kind === "paragraph") return by === 1 ? { kind: "item", level: 1 } : null;
  if (level < 1) return kind === "item" ? { kind: "paragraph", level: 0 } : null;
  return level > DEEPEST[kind] ? null : { kind, level };
}

export function blockKind(node: Node): BlockKind {
  const kind: unknown = node.attrs["kind"];
  return BLOCK_KINDS.find((name) => name === kind) ?? "paragraph";
}

function reshape(
  transaction: Transaction,
  blocks: readonly { node: Node; pos: number }[],
  shape: (node: Node) => { kind: string; level: number },
): Transaction {
  for (const { node, pos } of blocks) {
    const { kind, level } = shape(node);
    if (node.attrs["kind"] !== kind) transaction.setNodeAttribute(pos, "kind", kind);
    if (node.attrs["level"] !== level) transaction.setNodeAttribute(pos, "level", level);
  }
  return transaction.scrollIntoView();
}

export function toggle(mark: MarkName): Command {
  return toggleMark(reportSchema.marks[mark]);
}

/** Takes bold, italic and underline from what is selected, or from what is typed next. */
export const clearMarks: Command = (state, dispatch) => {
  const { from, to, empty } = state.selection;
  dispatch?.(empty ? state.tr.setStoredMarks([]) : state.tr.removeMark(from, to).scrollIntoView());
  return true;
};

/** True where a selection runs over the border of two slots: it must be dealt with slot by slot. */
export function spansSlots(state: EditorState): boolean {
  const { from, to, empty } = state.selection;
  const first = sectionAt(state.doc, from);
  // The selection of everything begins and ends outside every section.
  return !empty && (first === null || first.slot !== sectionAt(state.doc, to)?.slot);
}

/** Deletes a selection that spans slots, leaving every slot where it is. Nothing for any other selection. */
export const deleteSpanning: Command = (state, dispatch) => {
  if (!spansSlots(state)) return false;
  const { from, to } = state.selection;
  dispatch?.(deleteAcross(state, from, to).scrollIntoView());
  return true;
};

/** Enter in an empty item: one level higher, at last a paragraph. */
const leaveEmptyItem: Command = (state, dispatch, view) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parent.content.size > 0 || blockKind($from.parent) !== "item") return false;
  return shiftLevel(-1)(state, dispatch, view);
};

/** Enter at the end of a heading begins a paragraph; anywhere else the new block is like the old one. */
const split: Command = splitBlockAs((node, atEnd) => {
  if (node.type !== reportSchema.nodes.block) return null;
  const alike = blockKind(node) === "table" || (atEnd && blockKind(node) === "heading") ? {} : node.attrs;
  // The second half is another block: it gets an id of its own, and a table stays with its caption's first half.
  return { type: node.type, attrs: { kind: "paragraph", level: 0, ...alike, id: "" } };
});

/** Enter before a heading or a caption makes room above it; it stays one block, with its id and its comments. */
const makeRoomAbove: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const isHead = ["heading", "table"].includes(blockKind($from.parent));
  if (!empty || $from.parentOffset > 0 || $from.parent.content.size === 0 || !isHead) return false;
  dispatch?.(state.tr.insert($from.before(), reportSchema.node("block")).scrollIntoView());
  return true;
};

export const enter: Command = chainCommands(
  (state, dispatch, view) => {
    if (!spansSlots(state)) return false;
    if (dispatch) deleteSpanning(state, dispatch, view);
    return true;
  },
  leaveEmptyItem,
  makeRoomAbove,
  split,
);

/** Backspace at the beginning of an item or heading first makes it a paragraph, as people know it from Word. */
const flattenBackward: Command = (state, dispatch) => {
  const block = blockAtEdge(state, -1);
  if (!block || blockKind(block.node) === "paragraph") return false;
  // A heading goes up over an empty line and stays what it is.
  if (blockKind(block.node) === "heading" && block.node.content.size > 0 && block.neighbour?.content.size === 0)
    return false;
  dispatch?.(reshape(state.tr, [block], () => ({ kind: "paragraph", level: 0 })));
  return true;
};

/** Joins with the block before, within the slot; at the slot's beginning nothing happens. */
const joinBackward: Command = (state, dispatch) => {
  const block = blockAtEdge(state, -1);
  if (!block) return false;
  if (block.neighbour) dispatch?.(joined(state, block.pos, block.neighbour, block.node));
  return true;
};

const joinForward: Command = (state, dispatch) => {
  const block = blockAtEdge(state, 1);
  if (!block) return false;
  if (block.neighbour) dispatch?.(joined(state, block.pos + block.node.nodeSize, block.node, block.neighbour));
  return true;
};

/** The block at whose beginning (`side` -1) or end (1) the caret stands, and the one of the slot beyond; else null. */
function blockAtEdge(state: EditorState, side: 1 | -1): { node: Node; pos: number; neighbour: Node | null } | null {
  const { $from, empty } = state.selection;
  const { parent } = $from;
  if (!empty || parent.type !== reportSchema.nodes.block) return null;
  if ($from.parentOffset !== (side === -1 ? 0 : parent.content.size)) return null;
  return { node: parent, pos: $from.before(), neighbour: $from.node(1).maybeChild($from.index(1) + side) };
}

/** Two blocks as one. An empty first one goes without a trace: what follows it keeps its kind, its id, its comments. */
function joined(state: EditorState, border: number, first: Node, second: Node): Transaction {
  const gone = first.content.size === 0 && second.content.size > 0;
  const transaction = gone ? state.tr.delete(border - first.nodeSize, border) : state.tr.join(border);
  return transaction.scrollIntoView();
}

export const backspace: Command = chainCommands(deleteSpanning, flattenBackward, joinBackward);
export const deleteForward: Command = chainCommands(deleteSpanning, joinForward);

/**
 * First the slot, then, where the slot is already selected, the whole report: from the first place for text to the last,
 * for a selection around the titles would mislead an input method about where it writes.
 */
export const selectMore: Command = (state, dispatch) => {
  const section = sectionAt(state.doc, state.selection.from);
  const all = { from: 2, to: state.doc.content.size - 2 };
  let { from, to } = section ? { from: section.start + 1, to: section.start + section.node.content.size - 1 } : all;
  if (state.selection.from <= from && state.selection.to >= to) ({ from, to } = all);
  dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, from, to)));
  return true;
};

/** The caret to the beginning of the previous or next slot; beyond the last nothing happens. */
export function jumpSlot(by: 1 | -1): Command {
  return (state, dispatch) => {
    const $from: ResolvedPos = state.selection.$from;
    const at = $from.depth === 0 ? 0 : $from.index(0);
    const next = at + by;
    if (next < 0 || next >= state.doc.childCount) return true;
    let pos = 0;
    for (let i = 0; i < next; i++) pos += state.doc.child(i).nodeSize;
    dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, pos + 2)).scrollIntoView());
    return true;
  };
}
