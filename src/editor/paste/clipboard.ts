import { Fragment, Slice } from "prosemirror-model";
import type { Node } from "prosemirror-model";
import { Plugin, TextSelection } from "prosemirror-state";
import type { EditorState, Transaction } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { blockNode, emptyTable, nodeBlock, reportSchema } from "#model";
import type { Block } from "#model";
import { blockKind, deleteSpanning, spansSlots } from "../commands.ts";
import { deleteAcross } from "../binding/delete-across.ts";
import { emptyContent, withTables } from "../table/table-blocks.ts";
import type { MadeTable } from "../table/table-blocks.ts";
import type { CopySurroundings } from "./copied.ts";
import { copiedText, CopySerializer, readCopied } from "./copied.ts";
import type { Pasted, PastedBlock } from "./pasted-html.ts";
import { readPastedHtml } from "./pasted-html.ts";
import { readPastedText } from "./pasted-text.ts";

/** What had to be done to pasted text, so that the person can be told. */
export type PasteNotice = "legacy-text" | "table-as-text" | "lines-joined";

/** Cleans what is pasted or dropped in from outside into our blocks, and copies blocks out with their signs. */
export function clipboard(surroundings: CopySurroundings, notify: (notice: PasteNotice) => void): Plugin {
  const serializer = new CopySerializer(surroundings);
  // Ctrl+Shift+V pastes words only, and leaves their lines as they are.
  let asItIs = false;
  const follow = (_: EditorView, event: KeyboardEvent): boolean => {
    asItIs = event.shiftKey && event.type === "keydown" && event.key.toLowerCase() === "v";
    return false;
  };
  return new Plugin({
    props: {
      transformCopied: (slice, view) => {
        serializer.state = view.state;
        return slice;
      },
      clipboardSerializer: serializer,
      clipboardTextSerializer: (_, view) => copiedText(view.state, surroundings),
      handlePaste: (view, event) => {
        const data = event.clipboardData;
        if (!data) return false;
        const html = data.getData("text/html");
        const text = data.getData("text/plain");
        const own = asItIs ? null : readCopied(html);
        if (own) {
          insertPasted(view, own, surroundings);
          return true;
        }
        const pasted = html === "" || asItIs ? null : readPastedHtml(html);
        const read = pasted && pasted.blocks.length > 0 ? pasted : readPastedText(text, asItIs);
        if (read.blocks.length === 0) return true;
        insertPasted(view, read.blocks, surroundings);
        tellOf(read, notify);
        return true;
      },
      handleDrop: (view, event, slice, moved) => {
        const data = event.dataTransfer;
        if (!data || (moved && !spansSlots(view.state))) return false;
        event.preventDefault();
        const html = data.getData("text/html");
        const own = moved ? ownBlocks(slice) : readCopied(html);
        const text = data.getData("text/plain");
        const read = own ? { blocks: own } : html === "" ? readPastedText(text) : readPastedHtml(html);
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
        if (at && read.blocks.length > 0) drop(view, at.pos, read.blocks, moved, surroundings);
        tellOf(read, notify);
        return true;
      },
      transformPasted: (slice) => cleaned(slice),
      handleTextInput: (view, _from, _to, text) => {
        if (!spansSlots(view.state)) return false;
        const { from, to } = view.state.selection;
        view.dispatch(withText(deleteAcross(view.state, from, to), text).scrollIntoView());
        return true;
      },
      handleDOMEvents: {
        keydown: follow,
        keyup: follow,
        // An input method would write over the selection by itself, across the slots.
        compositionstart: (view) => {
          deleteSpanning(view.state, view.dispatch, view);
          return false;
        },
        // What a browser would do by itself over several slots: a phone's keyboard, a spelling suggestion, a menu.
        beforeinput: (view, event) => {
          if (event.isComposing || !event.cancelable || !spansSlots(view.state)) return false;
          if (!/^(?:insert(?:Text|ReplacementText|Paragraph|LineBreak)|delete)/.test(event.inputType)) return false;
          event.preventDefault();
          const text = event.inputType === "insertText" ? (event.data ?? "") : "";
          const { from, to } = view.state.selection;
          view.dispatch(withText(deleteAcross(view.state, from, to), text).scrollIntoView());
          return true;
        },
      },
    },
  });
}

function withText(transaction: Transaction, text: string): Transaction {
  return text === "" ? transaction : transaction.insertText(text);
}

function tellOf(read: Partial<Pasted> & { joined?: number }, notify: (notice: PasteNotice) => void): void {
  if (read.legacy) notify("legacy-text");
  if (read.table) notify("table-as-text");
  if (read.joined) notify("lines-joined");
}

/** Puts blocks where they were dropped, and takes the selection away where they were dragged from it. */
function drop(
  view: EditorView,
  pos: number,
  blocks: readonly PastedBlock[],
  moved: boolean,
  surroundings: CopySurroundings,
): void {
  const { state } = view;
  const { from, to } = state.selection;
  if (moved && pos >= from && pos <= to) return;
  const transaction = moved ? deleteAcross(state, from, to) : state.tr;
  const $pos = transaction.doc.resolve(transaction.mapping.map(pos));
  transaction.setSelection(TextSelection.near($pos));
  view.dispatch(withPasted(transaction, blocks, surroundings).scrollIntoView().setMeta("uiEvent", "drop"));
  view.focus();
}

function insertPasted(view: EditorView, blocks: readonly PastedBlock[], surroundings: CopySurroundings): void {
  const { state } = view;
  const { from, to } = state.selection;
  const transaction = spansSlots(state) ? deleteAcross(state, from, to) : state.tr;
  view.dispatch(
    withPasted(transaction, blocks, surroundings).scrollIntoView().setMeta("paste", true).setMeta("uiEvent", "paste"),
  );
}

/** The blocks of what is dragged, over however many slots. */
function ownBlocks(slice: Slice): PastedBlock[] {
  const blocks: PastedBlock[] = [];
  slice.content.descendants((node) => {
    if (node.type !== reportSchema.nodes.block) return true;
    blocks.push(nodeBlock(node));
    return false;
  });
  return blocks;
}

/**
 * Puts blocks in place of the selection. The first goes on in the block that is there, and gives an empty one its kind;
 * a list, a heading or a table never runs into words that stand before it, and a table never into those that follow.
 */
function withPasted(
  transaction: Transaction,
  pasted: readonly PastedBlock[],
  surroundings: CopySurroundings,
): Transaction {
  const made: MadeTable[] = [];
  const blocks = pasted.map((block) => withTable(block, surroundings, made));
  const [first] = blocks;
  if (!first) return transaction;
  if (blocks.at(-1)?.kind === "table") blocks.push({ id: "", kind: "paragraph", level: 0, runs: [] });
  if (!transaction.selection.empty) transaction.deleteSelection();
  const { $from } = transaction.selection;
  if (first.kind === "table" && blockKind($from.parent) === "table") {
    transaction.insert($from.after(), blocks.map(blockNode));
    return withTables(transaction, made);
  }
  const apart = first.kind !== "paragraph" && blocks.length > 1 && $from.parentOffset > 0;
  const shaped = first.kind !== "paragraph" && $from.parentOffset === 0 && (blocks.length > 1 || isBlank($from.parent));
  transaction.replaceSelection(sliceOf(blocks, apart ? 0 : 1));
  if (shaped && $from.parent.isTextblock) {
    const target = $from.before();
    transaction.setNodeAttribute(target, "kind", first.kind).setNodeAttribute(target, "level", first.level);
    if (first.table) transaction.setNodeAttribute(target, "table", first.table.id);
  }
  return withTables(transaction, made);
}

/** A block that was pasted as one of this report. A table that this body does not know is made, with what was copied. */
function withTable(block: PastedBlock, { table, newId }: CopySurroundings, made: MadeTable[]): Block {
  const { kind, level, runs } = block;
  const shape = { id: "", kind, level, runs };
  if (!block.table) return shape;
  if (block.table.id !== "" && table(block.table.id).rows.length > 0)
    return { ...shape, table: emptyTable(block.table.id) };
  const id = newId();
  made.push({ id, content: block.table.content ?? emptyContent(2, 2) });
  return { ...shape, table: emptyTable(id) };
}

function isBlank(block: Node): boolean {
  return block.content.size === 0;
}

function sliceOf(blocks: readonly Block[], openStart = 1): Slice {
  return new Slice(Fragment.from(blocks.map(blockNode)), openStart, 1);
}

/** A slice in the form that is stored: NFC and ordinary spaces. */
function cleaned(slice: Slice): Slice {
  const clean = (node: Node): Node => {
    if (node.text !== undefined) {
      const text = node.text.replaceAll("\u00A0", " ").normalize("NFC");
      return text === node.text ? node : reportSchema.text(text, node.marks);
    }
    return node.copy(Fragment.from(node.children.map(clean)));
  };
  return new Slice(Fragment.from(slice.content.content.map(clean)), slice.openStart, slice.openEnd);
}

/** A cut over several slots, which the skeleton's guard would refuse whole: the same, slot by slot. Else null. */
export function cutAcross(state: EditorState, transaction: Transaction): Transaction | null {
  if (transaction.getMeta("uiEvent") !== "cut" || !spansSlots(state)) return null;
  return deleteAcross(state, state.selection.from, state.selection.to).scrollIntoView();
}
