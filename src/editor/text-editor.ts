import { dropCursor } from "prosemirror-dropcursor";
import { keymap } from "prosemirror-keymap";
import type { Plugin, Transaction } from "prosemirror-state";
import { EditorState, TextSelection } from "prosemirror-state";
import { AttrStep } from "prosemirror-transform";
import { EditorView } from "prosemirror-view";
import { readTable } from "#collab";
import type { NumberedSlot } from "#model";
import { fillIn } from "#model";
import { SlotsBinding } from "./binding/slots-binding.ts";
import { SlotsHistory } from "./binding/slots-history.ts";
import { blockLabelling, relabel, SectionLabels } from "./block-labels.ts";
import { blockDrag } from "./block-drag.ts";
import { blockMenu } from "./block-menu.ts";
import { placeInSlot } from "./block-moves.ts";
import { BlockView } from "./block-view.ts";
import { browserSelection } from "./browser-selection.ts";
import { Composition } from "./composition.ts";
import { currentSlot } from "./current-slot.ts";
import type { ReportEditorOptions } from "./editor-options.ts";
import { frames } from "./frames.ts";
import { highlights, showThreadsAgain, threadMarks } from "./highlights.ts";
import { blockInputRules, editorKeys } from "./keys.ts";
import { clipboard, cutAcross } from "./paste/clipboard.ts";
import { cursorMarks, presence } from "./presence.ts";
import { foundMarks, search, searchState } from "./search.ts";
import { Sections } from "./sections.ts";
import { TABLE_SHORTCUTS } from "./shortcuts.ts";
import type { EditorSnapshot } from "./snapshot.ts";
import { Snapshots } from "./snapshot.ts";
import {
  insertTable,
  madeTables,
  positionOfTable,
  tableCopies,
  tableDoors,
  writeTables,
} from "./table/table-blocks.ts";
import { Tables } from "./table/tables.ts";
import { TableView } from "./table/table-view.ts";

/**
 * The view of all slots with what it is made of: its tie to the body, its history, its tables. Each dispatch goes
 * through it, and who listens hears of everything that changes.
 */
export class TextEditor {
  readonly view: EditorView;
  readonly binding: SlotsBinding;
  readonly history: SlotsHistory;
  readonly composition: Composition;
  readonly tables: Tables;
  readonly #options: ReportEditorOptions;
  readonly #sections: Sections;
  readonly #labels: SectionLabels;
  readonly #snapshots = new Snapshots();
  readonly #listeners = new Set<() => void>();
  readonly #status: HTMLElement;
  #editable: boolean;
  /** The composition, as the view counts them, that the last edit belongs to. */
  #lastWord: unknown;

  constructor(options: ReportEditorOptions) {
    const { doc, labels, mount } = options;
    this.#options = options;
    this.#editable = options.editable;
    const slots = options.outline.map(({ slot }) => slot.id);
    this.binding = new SlotsBinding(doc, slots, options.newId);
    this.binding.mayWrite = () => this.#editable;
    this.history = new SlotsHistory(this.binding);
    this.composition = new Composition(() => {
      this.binding.settle();
      // What waited to be drawn is drawn with any transaction.
      this.view.dispatch(this.view.state.tr);
    });
    this.tables = new Tables({
      doc,
      labels,
      newId: options.newId,
      editable: () => this.#editable,
      history: this.history,
      tell: () => this.tell(),
      written: () => this.#searchAgain(),
      entered: (table) => {
        const pos = positionOfTable(this.view.state, table);
        if (pos !== null) this.select(pos + (this.view.state.doc.nodeAt(pos)?.nodeSize ?? 2) - 1);
      },
      focusText: () => this.view.focus(),
      onThread: (thread) => options.onThreadClick?.(thread),
    });
    this.history.inner = this.tables;
    this.#labels = new SectionLabels(options.ruleSet, options.outline);
    this.#sections = new Sections(options.outline, {
      labels,
      announce: (text) => this.#announce(text),
      enter: (slot) => this.focus(slot),
    });
    this.#status = document.createElement("div");
    this.#status.className = "tk-status";
    this.#status.setAttribute("role", "status");
    this.view = new EditorView(mount, {
      state: EditorState.create({ doc: this.binding.initialDoc(), plugins: this.#plugins() }),
      editable: () => this.#editable,
      attributes: () => ({
        class: "tk-editor",
        ...(this.#editable ? { role: "textbox", "aria-multiline": "true" } : { role: "document", tabindex: "0" }),
        "aria-label": labels.editor,
        lang: "vi",
        spellcheck: "true",
        translate: "no",
      }),
      nodeViews: {
        block: (node, outer, getPos, decorations) =>
          node.attrs["kind"] === "table"
            ? new TableView(node, outer, getPos, decorations, this.tables)
            : new BlockView(node),
        section: (node) => this.#sections.view(node),
      },
      dispatchTransaction: (transaction) => this.#dispatch(transaction),
    });
    mount.append(this.#status);
    this.binding.attach(this.#host());
  }

  get editable(): boolean {
    return this.#editable;
  }

  set editable(may: boolean) {
    this.#editable = may;
    this.view.setProps({ editable: () => this.#editable });
    this.tables.redraw();
  }

  snapshot(): EditorSnapshot {
    return this.#snapshots.take(this.view.state, this.binding, this.history, this.tables);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Something that the page shows has changed. */
  tell(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Puts a table below the caret, which goes into its first cell. False where it cannot. */
  insertTable(rows: number, columns: number): boolean {
    const id = this.#options.newId();
    if (!this.#editable || !insertTable(id, rows, columns)(this.view.state, this.view.dispatch)) return false;
    const pos = positionOfTable(this.view.state, id);
    if (pos !== null) this.tables.editorIn(this.view.nodeDOM(pos))?.enter("first");
    return true;
  }

  /** The caret into a slot, or back to where it was. */
  focus(slot?: string): void {
    if (slot !== undefined) this.select(this.binding.position(this.view.state.doc, slot, 0));
    this.view.focus();
  }

  select(from: number, to: number = from): void {
    this.view.dispatch(this.view.state.tr.setSelection(TextSelection.create(this.view.state.doc, from, to)));
  }

  setOutline(outline: readonly NumberedSlot[]): void {
    this.#labels.setOutline(outline);
    this.#sections.setOutline(outline);
    this.view.dispatch(relabel(this.view.state));
  }

  destroy(): void {
    this.#listeners.clear();
    this.history.destroy();
    this.binding.detach();
    this.tables.destroy();
    this.view.destroy();
    this.#status.remove();
  }

  #plugins(): Plugin[] {
    const { doc, labels, newId, ruleSet, awareness, notify, onThreadClick } = this.#options;
    const { binding, history, composition } = this;
    const atWork = (): boolean => composition.atWork;
    return [
      ...binding.plugins(),
      browserSelection(doc),
      composition.plugin(),
      blockMenu(labels),
      clipboard(
        {
          ruleSet,
          labels: this.#labels,
          slotOf: (slot) => this.#sections.slotOf(slot),
          table: (table) => readTable(doc, table),
          newId,
        },
        (notice) => notify?.(notice),
      ),
      tableCopies(newId),
      tableDoors(this.tables),
      keymap(
        Object.fromEntries(
          TABLE_SHORTCUTS.insertTable.map((key) => [key, () => this.insertTable(USUAL_ROWS, USUAL_COLUMNS)]),
        ),
      ),
      blockInputRules(),
      ...editorKeys({ undo: () => history.undo() || true, redo: () => history.redo() || true }),
      blockLabelling(this.#labels),
      highlights(binding, (thread) => onThreadClick?.(thread)),
      frames(threadMarks, atWork),
      search(this.tables.texts, (found, here) => this.tables.showFound(found, here)),
      frames(foundMarks, atWork),
      currentSlot(),
      blockDrag(labels.drag),
      dropCursor({ class: "tk-drop" }),
      ...(awareness ? [presence(binding, awareness, this.tables), frames(cursorMarks, atWork)] : []),
    ];
  }

  #host(): Parameters<SlotsBinding["attach"]>[0] {
    const { composition } = this;
    const stateNow = (): EditorState => this.view.state;
    return {
      get state() {
        return stateNow();
      },
      apply: (transaction) => {
        this.view.updateState(this.view.state.apply(transaction));
        this.tell();
      },
      composing: () => composition.atWork,
      reading: () => composition.reading,
    };
  }

  #dispatch(asked: Transaction): void {
    const { view, history } = this;
    // A page may still hold the editor in the moment in which it goes.
    if (view.isDestroyed) return;
    if (asked.docChanged) this.composition.read();
    const before = view.state;
    const transaction = cutAcross(before, asked) ?? asked;
    const { state: after, transactions } = before.applyTransaction(transaction);
    const made = madeTables(transactions);
    const show = (): void => {
      writeTables(this.binding.doc, made, this.#options.newId);
      view.updateState(after);
      this.binding.local(transactions, before, after);
    };
    const apart = isStepOfItsOwn(transaction);
    // What goes with a selection comes back by itself, without what was typed a moment before.
    if (apart || (transaction.docChanged && !before.selection.empty)) history.stop();
    const word: unknown = transaction.docChanged ? asked.getMeta("composition") : undefined;
    if (word !== undefined && word === this.#lastWord) history.goOn();
    if (transaction.docChanged) this.#lastWord = word;
    if (made.length > 0) history.together(show);
    else show();
    if (made.length > 0) this.#searchAgain();
    if (apart) history.stop();
    if (movesWords(transaction)) view.updateState(view.state.apply(showThreadsAgain(view.state)));
    if (transaction.getMeta("uiEvent") === "move") this.#announceMove();
    this.tell();
  }

  /** What is looked for may stand in a cell now, or no more. */
  #searchAgain(): void {
    const { view } = this;
    if (searchState(view.state) && !this.binding.composing) view.updateState(view.state.apply(view.state.tr));
  }

  #announceMove(): void {
    const place = placeInSlot(this.view.state);
    if (!place) return;
    const slot = this.#sections.slotOf(place.slot)?.entry.title ?? place.slot;
    const { moved } = this.#options.labels;
    this.#announce(fillIn(moved, { position: String(place.position), of: String(place.of), slot }));
  }

  /** The same words twice are said twice: a region is read only when it changes. */
  #announce(text: string): void {
    this.#status.textContent = "";
    setTimeout(() => {
      this.#status.textContent = text;
    }, 50);
  }
}

/** The size of a table that is put in by its key. */
const USUAL_ROWS = 3;
const USUAL_COLUMNS = 3;

/** True for what one takes back by itself, however fast one typed around it: paste, cut, drop, a change of kind. */
function isStepOfItsOwn(transaction: Transaction): boolean {
  return (
    transaction.docChanged &&
    (transaction.getMeta("uiEvent") !== undefined || transaction.steps.some((step) => step instanceof AttrStep))
  );
}

/** True for what may put words that were elsewhere before. */
function movesWords(transaction: Transaction): boolean {
  return ["move", "drop", "paste"].includes(String(transaction.getMeta("uiEvent")));
}
