import type { Node } from "prosemirror-model";
import type { Selection } from "prosemirror-state";
import { AllSelection, TextSelection } from "prosemirror-state";
import { afterEach } from "vitest";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { docFrom, slotText } from "#collab";
import type { ReportEditor, ReportEditorOptions } from "#editor";
import { createReportEditor } from "#editor";
import type { NumberedSlot, OutlineNode, Template } from "#model";
import { numberOutline } from "#model";
import { COMMITTEE, PARTY_RULES } from "../model/shipped.ts";
import { LABELS } from "../support/editor-labels.ts";
import { numberedIds } from "../support/headless-view.ts";
import { bodyOf } from "./body.ts";
import type { Written } from "./body.ts";
import { assertFresh, assertReloads, assertWhole, spell } from "../support/laws.ts";

export const SLOTS = ["a", "b", "c"];

const slot = (id: string, title: string): OutlineNode => ({
  type: "slot",
  id,
  role: "context",
  title: { vi: title, en: title },
  titled: true,
  guidance: { vi: `Viết về ${title.toLowerCase()}`, en: "" },
  required: true,
});

/** A part with three titled slots, the second under the year. */
export function smallTemplate(): Template {
  return {
    ...COMMITTEE,
    outline: [
      {
        type: "part",
        id: "part",
        title: { vi: "Kết quả năm {year}", en: "Results of {year}" },
        children: [slot("a", "Bối cảnh"), slot("b", "Kết quả năm {year}"), slot("c", "Hạn chế")],
      },
    ],
  };
}

export function outlineOf(year = "2021"): NumberedSlot[] {
  return numberOutline(smallTemplate(), PARTY_RULES, { year });
}

/** What jsdom lacks: it lays nothing out, so everything stands at one place. */
function fillInLayout(): void {
  const rect = { x: 0, y: 0, left: 0, top: 0, right: 0, bottom: 0, width: 0, height: 0 } as DOMRect;
  const list = Object.assign([rect], { item: () => rect }) as unknown as DOMRectList;
  Range.prototype.getClientRects = () => list;
  Range.prototype.getBoundingClientRect = () => rect;
  Element.prototype.scrollIntoView = () => undefined;
  document.elementFromPoint = () => null;
}

const opened = new Set<OpenEditor>();

// An editor looks after itself by timers; one left open would be at work in a page that is gone.
afterEach(() => {
  for (const open of opened) open.close();
});

/** A real editor in jsdom, driven by its keys and events, with the documents around it checked after every act. */
export class OpenEditor {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly editor: ReportEditor;
  readonly mount: HTMLElement;

  constructor(slots: Readonly<Record<string, readonly Written[]>>, options: Partial<ReportEditorOptions> = {}) {
    fillInLayout();
    this.doc = options.doc ?? bodyOf(slots);
    this.awareness = new Awareness(this.doc);
    clearInterval(this.awareness._checkInterval as unknown as number);
    this.mount = document.createElement("div");
    document.body.replaceChildren(this.mount);
    this.editor = createReportEditor({
      mount: this.mount,
      doc: this.doc,
      outline: outlineOf(),
      ruleSet: PARTY_RULES,
      awareness: this.awareness,
      editable: true,
      labels: LABELS,
      newId: numberedIds("n"),
      ...options,
    });
    this.editor.view.dom.tabIndex = 0;
    this.editor.focus();
    opened.add(this);
  }

  get shown(): Node {
    return this.editor.view.state.doc;
  }

  get selection(): Selection {
    return this.editor.view.state.selection;
  }

  /** The document on one line; the laws hold. */
  spell(): string {
    assertWhole(this.shown, SLOTS);
    assertFresh(this.shown, this.doc, SLOTS);
    assertReloads(this.shown, this.doc, SLOTS);
    return spell(this.shown);
  }

  /** The position of an offset in a block. */
  at(block: string, offset = 0): number {
    let found = -1;
    this.shown.descendants((node, pos) => {
      if (node.attrs["id"] === block) found = pos + 1 + (offset < 0 ? node.content.size + 1 + offset : offset);
    });
    if (found < 0) throw new Error(`no block ${block}`);
    return found;
  }

  /** The caret, or a selection from one place to another. A negative offset counts from the block's end. */
  select(block: string, offset = 0, toBlock = block, toOffset = offset): this {
    const { view } = this.editor;
    const range = TextSelection.create(this.shown, this.at(block, offset), this.at(toBlock, toOffset));
    view.dispatch(view.state.tr.setSelection(range));
    return this;
  }

  selectAll(): this {
    const { view } = this.editor;
    view.dispatch(view.state.tr.setSelection(new AllSelection(this.shown)));
    return this;
  }

  /** Presses a key as `Mod-Shift-8`. True where the editor took it. */
  press(name: string): boolean {
    const parts = name.split(/-(?=.)/);
    const key = parts.at(-1) ?? "";
    const event = new KeyboardEvent("keydown", {
      key,
      ctrlKey: parts.includes("Mod"),
      shiftKey: parts.includes("Shift"),
      altKey: parts.includes("Alt"),
      bubbles: true,
      cancelable: true,
    });
    return !this.editor.view.dom.dispatchEvent(event);
  }

  /** Types letter by letter, as a browser reports it. */
  type(text: string): this {
    const { view } = this.editor;
    for (const letter of text) {
      const { from, to } = view.state.selection;
      const plain = () => view.state.tr.insertText(letter, from, to).scrollIntoView();
      if (!view.someProp("handleTextInput", (handle) => handle(view, from, to, letter, plain))) view.dispatch(plain());
    }
    return this;
  }

  paste(data: { readonly html?: string; readonly text?: string }): this {
    this.#clipboard("paste", { "text/html": data.html ?? "", "text/plain": data.text ?? "" });
    return this;
  }

  /** Copies or cuts, and gives what went to the clipboard. */
  copy(how: "copy" | "cut" = "copy"): { html: string; text: string } {
    const data: Record<string, string> = {};
    this.#clipboard(how, data);
    return { html: data["text/html"] ?? "", text: data["text/plain"] ?? "" };
  }

  #clipboard(type: string, data: Record<string, string>): void {
    const clipboardData = {
      getData: (format: string) => data[format] ?? "",
      setData: (format: string, value: string) => {
        data[format] = value;
      },
      clearData: () => undefined,
      files: [],
    };
    const event = Object.assign(new Event(type, { bubbles: true, cancelable: true }), { clipboardData });
    this.editor.view.dom.dispatchEvent(event);
  }

  /** Somebody else writes. */
  elsewhere(change: (text: Y.Text) => void, name = "a"): void {
    const other = docFrom(Y.encodeStateAsUpdate(this.doc));
    change(slotText(other, name));
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(this.doc)), "network");
  }

  close(): void {
    if (!opened.delete(this)) return;
    this.editor.destroy();
    this.awareness.destroy();
  }
}
