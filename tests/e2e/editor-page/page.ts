import { TextSelection } from "prosemirror-state";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { docFrom, markerAttributes, slotText } from "#collab";
import { anchorRange } from "#comments";
import type { EditorLabels, ReportEditor } from "#editor";
import { createReportEditor } from "#editor";
import type { BlockKind, NumberedSlot, RuleSet } from "#model";
import { bodyOf } from "../../editor/body.ts";
import type { Written } from "../../editor/body.ts";
import { freshParse, spell } from "../../support/laws.ts";
import { SharedPage } from "./shared.ts";

export interface Opened {
  readonly outline: readonly NumberedSlot[];
  readonly ruleSet: RuleSet;
  readonly labels: EditorLabels;
  readonly slots: Readonly<Record<string, readonly Written[]>>;
  readonly editable?: boolean;
}

/** What the page shows and holds, as a test asks for it. */
export interface Seen {
  readonly text: string;
  /** The bare letters of the whole report. */
  readonly letters: string;
  /** Laws that do not hold, in words. */
  readonly broken: readonly string[];
  readonly titles: readonly string[];
  readonly selected: string;
  /** The block of the caret and the offset in it, as the editor and as the browser have it. */
  readonly caret: string;
  readonly browserCaret: string;
  /** How often a composition began and ended since the page was opened. */
  readonly compositions: { readonly begun: number; readonly ended: number };
}

/** One editor on one body, and a second body across a network without delay. A test drives it from outside. */
class EditorPage {
  #here = new Y.Doc();
  #there = new Y.Doc();
  #editor: ReportEditor | null = null;
  #ids = 0;
  #slots: readonly string[] = [];
  #held: Uint8Array[] | null = null;
  #quiet = (): number => 0;
  #opened: Opened | null = null;
  #compositions = { begun: 0, ended: 0 };
  /** The words that the last composition took up. */
  composed = "";
  awareness = new Awareness(this.#here);

  open(opened: Opened): void {
    const { outline, ruleSet, labels, slots, editable = true } = opened;
    this.#opened = opened;
    this.#editor?.destroy();
    this.#slots = outline.map(({ slot }) => slot.id);
    this.#here = bodyOf(slots);
    this.#there = docFrom(Y.encodeStateAsUpdate(this.#here));
    this.#here.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== "network") Y.applyUpdate(this.#there, update, "network");
    });
    this.#there.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === "network") return;
      if (this.#held) this.#held.push(update);
      else Y.applyUpdate(this.#here, update, "network");
    });
    this.#held = null;
    this.#compositions = { begun: 0, ended: 0 };
    const mount = document.querySelector<HTMLElement>("#paper");
    if (!mount) throw new Error("the page has no paper");
    this.awareness = new Awareness(this.#here);
    this.#editor = createReportEditor({
      mount,
      doc: this.#here,
      outline,
      ruleSet,
      awareness: this.awareness,
      editable,
      labels,
      newId: () => `n${++this.#ids}`,
    });
  }

  get editor(): ReportEditor {
    if (!this.#editor) throw new Error("no editor is open");
    return this.#editor;
  }

  /** Selects from an offset of a block to another; a negative offset counts from the end. */
  select(block: string, offset: number, toBlock = block, toOffset = offset): void {
    const { view } = this.editor;
    const at = (id: string, shift: number): number => {
      let found = -1;
      view.state.doc.descendants((node, pos) => {
        if (node.attrs["id"] === id) found = pos + 1 + (shift < 0 ? node.content.size + 1 + shift : shift);
      });
      return found;
    };
    view.focus();
    view.dispatch(
      view.state.tr.setSelection(TextSelection.create(view.state.doc, at(block, offset), at(toBlock, toOffset))),
    );
  }

  /** Somebody else writes. */
  insert(slot: string, index: number, text: string): void {
    const there = slotText(this.#there, slot);
    there.insert(Math.min(index, there.length), text, {});
  }

  remove(slot: string, index: number, length: number): void {
    const text = slotText(this.#there, slot);
    if (index < text.length) text.delete(index, Math.min(length, text.length - index));
  }

  /** Somebody else begins a block: before what stands at an index of the slot's text. */
  split(slot: string, index: number, id: string): void {
    slotText(this.#there, slot).insert(index, "\n", markerAttributes(id, "paragraph", 0));
  }

  /** Somebody else makes the block whose marker is at an index one of another kind. */
  reshape(slot: string, index: number, id: string, kind: BlockKind, level: number): void {
    slotText(this.#there, slot).format(index, 1, markerAttributes(id, kind, level));
  }

  /** What others write arrives only with {@link connect}, as one message. */
  disconnect(): void {
    this.#held = [];
  }

  connect(): void {
    const held = this.#held ?? [];
    this.#held = null;
    if (held.length > 0) Y.applyUpdate(this.#here, Y.mergeUpdates(held), "network");
  }

  /** Others write a letter at the beginning and the end of the slot a, and into b, as often as the page lets them. */
  noise(letter: string): void {
    let count = 0;
    const timer = setInterval(() => {
      if (count % 3 === 0) this.insert("a", 1, letter);
      else this.insert(count % 3 === 1 ? "a" : "b", Infinity, letter);
      count++;
    }, 4);
    this.#quiet = () => {
      clearInterval(timer);
      return count;
    };
  }

  /** Ends the noise. How many letters there were. */
  quiet(): number {
    return this.#quiet();
  }

  /** Something that others do right behind each event of the editor. */
  atEach(event: string, act: () => void): void {
    this.editor.view.dom.addEventListener(event, () => setTimeout(act, 0));
  }

  /** The outline is drawn anew, as when the year of the report changes. */
  renumber(): void {
    if (this.#opened) this.editor.setOutline(this.#opened.outline);
  }

  /** Deletes before the caret as a keyboard may, without a key. */
  deleteBefore(count: number): void {
    const selection = getSelection();
    for (let i = 0; i < count; i++) selection?.modify("extend", "backward", "character");
    document.execCommand("delete");
  }

  /** Counts the compositions of the browser: one that is torn begins anew. */
  listen(): void {
    const begun = ({ data }: CompositionEvent): void => {
      this.#compositions.begun++;
      this.composed = data;
    };
    document.addEventListener("compositionstart", begun, true);
    document.addEventListener("compositionend", () => this.#compositions.ended++, true);
  }

  /** Somebody else's cursor arrives, over a stretch of a slot's text. */
  cursor(slot: string, from: number, to: number, name: string): void {
    const place = (index: number): unknown =>
      Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(slotText(this.#here, slot), index, -1));
    const state = { user: { id: name, name }, cursor: { slot, anchor: place(from), head: place(to) } };
    this.awareness.states.set(7, state);
    this.awareness.emit("change", [{ added: [7], updated: [], removed: [] }, "network"]);
  }

  /** A comment on the first such words of a slot. */
  comment(slot: string, words: string): void {
    const text = slotText(this.#here, slot);
    const from = text.toJSON().indexOf(words);
    const { anchor } = anchorRange(text, from, from + words.length);
    this.editor.setThreads([{ id: "c1", slot, anchor, state: "open", active: false }]);
  }

  /**
   * What is seen once the editor has done what it does behind the last key: by timers of up to 50 milliseconds, one of
   * which may set another. Those set here are due after them, however busy the page is.
   */
  async seenAtRest(): Promise<Seen> {
    for (const pause of [40, 50]) await new Promise((resolve) => setTimeout(resolve, pause));
    return this.seen();
  }

  seen(): Seen {
    const { view } = this.editor;
    const broken: string[] = [];
    const shown = view.state.doc;
    const fresh = freshParse(this.#here, this.#slots);
    if (!shown.eq(fresh)) broken.push(`view ${spell(shown)} but text ${spell(fresh)}`);
    const there = freshParse(this.#there, this.#slots);
    if (!there.eq(fresh)) broken.push(`there ${spell(there)} but here ${spell(fresh)}`);
    const blocks = [...view.dom.querySelectorAll<HTMLElement>(".tk-slot-text > *")].map((block) => {
      const copy = block.cloneNode(true) as HTMLElement;
      for (const caret of copy.querySelectorAll(".tk-caret")) caret.remove();
      return copy.textContent ?? "";
    });
    const texts: string[] = [];
    shown.descendants((node) => {
      if (node.isTextblock) texts.push(node.textContent);
      return !node.isTextblock;
    });
    if (blocks.join("\n") !== texts.join("\n")) broken.push(`screen ${blocks.join("|")} but view ${texts.join("|")}`);
    const { from, to, $head } = view.state.selection;
    const named = ($pos: typeof $head): string => `${$pos.parent.attrs["id"]}:${$pos.parentOffset}`;
    const focus = getSelection();
    const browser =
      focus?.focusNode && view.dom.contains(focus.focusNode) ? view.posAtDOM(focus.focusNode, focus.focusOffset) : 0;
    return {
      text: spell(shown),
      letters: shown.textContent,
      broken,
      titles: [...view.dom.querySelectorAll(".tk-part, .tk-group, .tk-slot-title")].map((one) => one.textContent ?? ""),
      selected: shown.textBetween(from, to, "\n"),
      caret: named($head),
      browserCaret: named(shown.resolve(browser)),
      compositions: { ...this.#compositions },
    };
  }

  /** Types letters into the middle of a report; each time from the dispatch to the finished layout, in milliseconds. */
  keystrokes(count: number, block: string): number[] {
    this.select(block, -1);
    const { view } = this.editor;
    return Array.from({ length: count }, (_, i) => {
      const begun = performance.now();
      view.dispatch(view.state.tr.insertText("ấ ôn"[i % 4] ?? "n"));
      document.body.getBoundingClientRect();
      view.coordsAtPos(view.state.selection.head);
      return performance.now() - begun;
    });
  }
}

declare global {
  interface Window {
    page: EditorPage;
    /** The same editor, as one of several people's. */
    shared: SharedPage;
  }
}

window.page = new EditorPage();
window.shared = new SharedPage();
window.page.listen();
