import { fromBase64, toBase64 } from "lib0/buffer";
import * as Y from "yjs";
import { docFrom, ORIGIN } from "#collab";
import type { EditorLabels, ReportEditor } from "#editor";
import { createReportEditor } from "#editor";
import type { NumberedSlot, RuleSet } from "#model";
import { freshParse, spell } from "../../support/laws.ts";

export interface Joined {
  readonly outline: readonly NumberedSlot[];
  readonly ruleSet: RuleSet;
  readonly labels: EditorLabels;
  /** The body's state, in base64. */
  readonly state: string;
  readonly client: number;
}

/** Something written at a page. */
export interface Sent {
  /** In base64. */
  readonly update: string;
  /** True for what the editor wrote of its own accord, having learnt of moves. */
  readonly lineage: boolean;
}

/** What a page shows, as a test asks for it. */
export interface Shown {
  readonly text: string;
  /** Laws that do not hold, in words. */
  readonly broken: readonly string[];
  readonly selected: string;
  /** The characters right before and right after the caret, in its block; the words of the block. */
  readonly before: string;
  readonly after: string;
  readonly block: string;
  readonly composing: boolean;
}

/** One editor of several, on a network that a test moves by hand. */
export class SharedPage {
  #doc = new Y.Doc();
  #editor: ReportEditor | null = null;
  #slots: readonly string[] = [];
  #sent: Sent[] = [];
  #ids = 0;

  join({ outline, ruleSet, labels, state, client }: Joined): void {
    this.#editor?.destroy();
    this.#slots = outline.map(({ slot }) => slot.id);
    this.#doc = docFrom(fromBase64(state));
    this.#doc.clientID = client;
    this.#sent = [];
    this.#doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== "network") this.#sent.push({ update: toBase64(update), lineage: origin === ORIGIN.lineage });
    });
    const mount = document.querySelector<HTMLElement>("#paper");
    if (!mount) throw new Error("the page has no paper");
    this.#editor = createReportEditor({
      mount,
      doc: this.#doc,
      outline,
      ruleSet,
      awareness: null,
      editable: true,
      labels,
      newId: () => `p${client}-${++this.#ids}`,
    });
    this.#editor.focus(this.#slots[0]);
  }

  get editor(): ReportEditor {
    if (!this.#editor) throw new Error("no editor is open");
    return this.#editor;
  }

  /** The caret to the `nth` place for text of the report, or a selection from one place to another, as a click sets it. */
  select(anchor: number, head: number): void {
    const { view } = this.editor;
    const places: number[] = [];
    view.state.doc.descendants((node, pos) => {
      if (!node.isTextblock) return true;
      let at = pos + 1;
      places.push(at);
      for (const char of node.textContent) places.push((at += char.length));
      return false;
    });
    const [from = 2, to = 2] = [anchor, head].map((n) => places[n % places.length]);
    view.focus();
    const start = view.domAtPos(from);
    const end = view.domAtPos(to);
    getSelection()?.setBaseAndExtent(start.node, start.offset, end.node, end.offset);
  }

  /** What was written here since the last time. */
  sent(): Sent[] {
    return this.#sent.splice(0);
  }

  receive(updates: readonly string[]): void {
    for (const update of updates) Y.applyUpdate(this.#doc, fromBase64(update), "network");
  }

  state(): string {
    return toBase64(Y.encodeStateAsUpdate(this.#doc));
  }

  shown(): Shown {
    const { view } = this.editor;
    // What the browser knows and has not told: the view reads it now, as it does before a key.
    if (!view.composing) document.dispatchEvent(new Event("selectionchange"));
    const { doc, selection } = view.state;
    const broken: string[] = [];
    const fresh = freshParse(this.#doc, this.#slots);
    const { composing } = view;
    if (!composing && !doc.eq(fresh)) broken.push(`view ${spell(doc)} but text ${spell(fresh)}`);
    const screen = [...view.dom.querySelectorAll<HTMLElement>(".tk-slot-text > *")].map((one) => one.textContent ?? "");
    const texts: string[] = [];
    doc.descendants((node) => {
      if (node.isTextblock) texts.push(node.textContent);
      return !node.isTextblock;
    });
    if (!composing && screen.join("\n") !== texts.join("\n")) {
      broken.push(`screen ${screen.join("|")} but view ${texts.join("|")}`);
    }
    const { $head, from, to } = selection;
    const block = $head.parent.isTextblock ? $head.parent.textContent : "";
    return {
      text: spell(doc),
      broken,
      selected: doc.textBetween(from, to),
      before: Array.from(block.slice(0, $head.parentOffset)).at(-1) ?? "",
      after: Array.from(block.slice($head.parentOffset))[0] ?? "",
      block,
      composing,
    };
  }
}
