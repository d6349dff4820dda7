import { Fragment, Slice } from "prosemirror-model";
import type { Node } from "prosemirror-model";
import { Plugin } from "prosemirror-state";
import type { EditorState, Transaction } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { blockNode, reportSchema } from "#model";
import { deleteSpanning, spansSlots } from "../commands.ts";
import { deleteAcross } from "../binding/delete-across.ts";
import type { PastedBlock } from "./pasted-html.ts";
import { readPastedHtml } from "./pasted-html.ts";
import { readPastedText } from "./pasted-text.ts";

/** What had to be done to pasted text, so that the person can be told. */
export type PasteNotice = "legacy-text" | "table-as-text";

/** Cleans what is pasted or dropped in from outside into our blocks, and copies blocks out with their signs. */
export function clipboard(notify: (notice: PasteNotice) => void): Plugin {
  return new Plugin({
    props: {
      handlePaste: (view, event) => {
        const data = event.clipboardData;
        if (!data) return false;
        const html = data.getData("text/html");
        const text = data.getData("text/plain");
        // Our own copies keep everything through ProseMirror's own form.
        if (html.includes("data-pm-slice") && !spansSlots(view.state)) return false;
        const pasted = html === "" ? null : readPastedHtml(html);
        const blocks = pasted && pasted.blocks.length > 0 ? pasted.blocks : readPastedText(text);
        if (blocks.length === 0) return false;
        insertPasted(view, blocks);
        if (pasted?.legacy) notify("legacy-text");
        if (pasted?.table) notify("table-as-text");
        return true;
      },
      handleDrop: (view, event, _slice, moved) => {
        const data = event.dataTransfer;
        if (moved || !data) return false;
        const html = data.getData("text/html");
        if (html.includes("data-pm-slice")) return false;
        const blocks = html === "" ? readPastedText(data.getData("text/plain")) : readPastedHtml(html).blocks;
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
        if (!at || blocks.length === 0) return true;
        event.preventDefault();
        const transaction = view.state.tr.replace(at.pos, at.pos, sliceOf(blocks));
        if (transaction.docChanged) view.dispatch(transaction.scrollIntoView());
        return true;
      },
      transformPasted: (slice) => cleaned(slice),
      clipboardTextSerializer: (slice) => plainText(slice.content),
      handleTextInput: (view, _from, _to, text) => {
        if (!spansSlots(view.state)) return false;
        const { from, to } = view.state.selection;
        view.dispatch(deleteAcross(view.state, from, to).insertText(text).scrollIntoView());
        return true;
      },
      handleDOMEvents: {
        // An input method would write over the selection by itself, across the slots.
        compositionstart: (view) => {
          deleteSpanning(view.state, view.dispatch, view);
          return false;
        },
      },
    },
  });
}

function insertPasted(view: EditorView, blocks: readonly PastedBlock[]): void {
  const { state } = view;
  const { from, to } = state.selection;
  const transaction = spansSlots(state) ? deleteAcross(state, from, to) : state.tr;
  view.dispatch(withPasted(transaction, blocks).scrollIntoView().setMeta("paste", true).setMeta("uiEvent", "paste"));
}

/** Puts blocks in place of the selection. The first goes on in the block that is there; an empty one takes its kind. */
export function withPasted(transaction: Transaction, blocks: readonly PastedBlock[]): Transaction {
  const { $from } = transaction.selection;
  const first = blocks[0];
  const target = $from.parent.isTextblock ? $from.before() : null;
  const empty = $from.parent.isTextblock && $from.parent.content.size === 0;
  transaction.replaceSelection(sliceOf(blocks));
  if (first && target !== null && empty && first.kind !== "paragraph") {
    transaction.setNodeAttribute(target, "kind", first.kind).setNodeAttribute(target, "level", first.level);
  }
  return transaction;
}

function sliceOf(blocks: readonly PastedBlock[]): Slice {
  return new Slice(Fragment.from(blocks.map((block) => blockNode({ ...block, id: "" }))), 1, 1);
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

function plainText(content: Fragment): string {
  const lines: string[] = [];
  content.descendants((node) => {
    if (node.type !== reportSchema.nodes.block) return true;
    const sign = node.attrs["kind"] === "item" ? (node.attrs["level"] === 2 ? "+ " : "- ") : "";
    lines.push(sign + node.textContent);
    return false;
  });
  return lines.length === 0 ? content.textBetween(0, content.size) : lines.join("\n");
}

/** A cut over several slots, which the skeleton's guard would refuse whole: the same, slot by slot. Else null. */
export function cutAcross(state: EditorState, transaction: Transaction): Transaction | null {
  if (transaction.getMeta("uiEvent") !== "cut" || !spansSlots(state)) return null;
  return deleteAcross(state, state.selection.from, state.selection.to).scrollIntoView();
}
