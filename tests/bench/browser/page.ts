import { TextSelection } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import type { EditorLabels } from "#editor";
import type { NumberedSlot, RuleSet } from "#model";
import type { Company, Side } from "../history.ts";
import type { Open } from "./mounted.ts";
import { afterPaint } from "./painted.ts";

export interface Setting {
  readonly outline: readonly NumberedSlot[];
  readonly ruleSet: RuleSet;
  readonly labels: EditorLabels;
  readonly people: number;
}

// Each by itself: in one expression the bundler brings one side's style sheet for both.
const EDITORS = { ours: () => import("./ours.ts"), peer: () => import("./peer.ts") } as const;

/** One editor of either side on a page that is otherwise the same. Driven from outside. */
class BenchPage {
  readonly #doc = new Y.Doc();
  #bytes: Uint8Array = new Uint8Array();
  #company: Company = { anchors: [], cursors: [], updates: [] };
  #open: Open | null = null;
  #view: EditorView | null = null;
  #awareness: Awareness | null = null;
  #moved = 0;
  #moving: ReturnType<typeof setInterval> | undefined;

  /** Brings code, fonts and bytes to the page, so that opening is the editor's work alone. */
  async prepare(side: Side): Promise<void> {
    const [module, bytes, company] = await Promise.all([
      EDITORS[side](),
      fetch(`/${side}.bin`).then(async (answer) => answer.arrayBuffer()),
      fetch(`/${side}.json`).then(async (answer) => answer.json() as Promise<Company>),
      ...["400 17px Tinos", "700 17px Tinos"].map(async (font) => document.fonts.load(font, "ế")),
    ]);
    this.#open = module.open;
    this.#bytes = new Uint8Array(bytes);
    this.#company = company;
  }

  async open({ outline, ruleSet, labels, people }: Setting): Promise<void> {
    const mount = document.querySelector<HTMLElement>("#paper");
    if (!mount || !this.#open) throw new Error("the page is not prepared");
    performance.mark("arrival");
    Y.applyUpdate(this.#doc, this.#bytes);
    this.#awareness = new Awareness(this.#doc);
    this.#awareness.setLocalStateField("user", { id: "me", name: "Người thử", color: "#8a1c1c" });
    for (let n = 0; n < people; n++) this.move(people);
    const company = this.#company;
    this.#view = this.#open({ doc: this.#doc, awareness: this.#awareness, mount, company, outline, ruleSet, labels });
    this.#view.focus();
    await afterPaint();
  }

  /** What was only needed to open is let go, as a page that fetched it would. */
  forget(): void {
    this.#bytes = new Uint8Array();
    this.#open = null;
  }

  /** The caret into the middle of a paragraph in the middle of the report, which is scrolled to. */
  async goToMiddle(): Promise<void> {
    const view = this.view;
    const { doc } = view.state;
    let pos = -1;
    doc.descendants((node, at) => {
      if (pos < 0 && at > doc.content.size / 2 && node.isTextblock && node.content.size > 150) pos = at + 80;
      return pos < 0;
    });
    view.dispatch(view.state.tr.setSelection(TextSelection.create(doc, pos)));
    view.focus();
    const { node } = view.domAtPos(pos);
    (node instanceof HTMLElement ? node : node.parentElement)?.scrollIntoView({ block: "center" });
    await afterPaint();
    await afterPaint();
  }

  get view(): EditorView {
    if (!this.#view) throw new Error("no editor is open");
    return this.#view;
  }

  /** One of the others goes elsewhere. */
  move(people: number): void {
    const awareness = this.#awareness;
    if (!awareness) return;
    const n = this.#moved++;
    const client = 100 + (n % people);
    const before = awareness.states.has(client);
    const name = `Người ${client}`;
    const cursor: unknown = this.#company.cursors[n % this.#company.cursors.length];
    awareness.states.set(client, { user: { id: name, name, color: "#2a6fdb" }, cursor: cursor as null });
    const change = { added: before ? [] : [client], updated: before ? [client] : [], removed: [] };
    awareness.emit("change", [change, "network"]);
    awareness.emit("update", [change, "network"]);
  }

  /** Each of the others goes elsewhere about four times a second. */
  setMoving(people: number): void {
    clearInterval(this.#moving);
    if (people > 0) this.#moving = setInterval(() => this.move(people), 250 / people);
  }

  /** What somebody else typed arrives, letter by letter, each marked for the record. */
  async remote(from: number, count: number, pause: number): Promise<void> {
    for (const update of this.#company.updates.slice(from, from + count)) {
      const bytes = Uint8Array.from(atob(update), (sign) => sign.codePointAt(0) ?? 0);
      await new Promise((resolve) => setTimeout(resolve, pause));
      performance.mark("arrival");
      Y.applyUpdate(this.#doc, bytes, "network");
      await afterPaint();
    }
  }

  /** How many letters, blocks, highlights and cursors are shown: both sides must agree. */
  shown(): { blocks: number; letters: number; comments: number; cursors: number } {
    const { dom, state } = this.view;
    let blocks = 0;
    state.doc.descendants((node) => {
      if (node.isTextblock) blocks++;
      return !node.isTextblock;
    });
    const threads = [...dom.querySelectorAll<HTMLElement>("[data-thread]")].map((one) => one.dataset["thread"]);
    return {
      blocks,
      letters: state.doc.textContent.length,
      comments: new Set(threads).size,
      cursors: dom.querySelectorAll(".tk-caret, .ProseMirror-yjs-cursor").length,
    };
  }

  /** The sizes in bytes of what one letter typed here sends to the others. */
  typedOnTheWire(): { update: number; presence: number } {
    const sizes = { update: 0, presence: 0 };
    const update = (bytes: Uint8Array): void => void (sizes.update += bytes.length);
    const presence = (): void => void (sizes.presence += JSON.stringify(this.#awareness?.getLocalState()).length);
    this.#doc.on("update", update);
    this.#awareness?.on("update", presence);
    this.view.dispatch(this.view.state.tr.insertText("n"));
    this.#doc.off("update", update);
    this.#awareness?.off("update", presence);
    return sizes;
  }
}

declare global {
  interface Window {
    bench: BenchPage;
  }
}

window.bench = new BenchPage();
