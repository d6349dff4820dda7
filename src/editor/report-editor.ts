import "./editor.css";
import "./table/table.css";
import { dropCursor } from "prosemirror-dropcursor";
import { keymap } from "prosemirror-keymap";
import type { Command, Transaction } from "prosemirror-state";
import { EditorState, TextSelection } from "prosemirror-state";
import { AttrStep } from "prosemirror-transform";
import { EditorView } from "prosemirror-view";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import { readTable, slotText } from "#collab";
import { anchorRange, cellTarget, resolveAnchor } from "#comments";
import type {
  CommentTarget,
  MarkName,
  NumberedSlot,
  OutlineEntry,
  RangeAnchor,
  ReportText,
  RuleSet,
  WordDiff,
} from "#model";
import { fillIn, MARKS, titlesAbove } from "#model";
import { SlotsBinding } from "./binding/slots-binding.ts";
import { SlotsHistory } from "./binding/slots-history.ts";
import { blockLabelling, relabel, SectionLabels } from "./block-labels.ts";
import { blockDrag } from "./block-drag.ts";
import { blockMenu } from "./block-menu.ts";
import { moveBlocks, placeInSlot } from "./block-moves.ts";
import { BlockView } from "./block-view.ts";
import { browserSelection } from "./browser-selection.ts";
import { clearMarks, shiftLevel, toggle } from "./commands.ts";
import { Composition, READING } from "./composition.ts";
import { currentSlot } from "./current-slot.ts";
import { frames } from "./frames.ts";
import type { ThreadMark } from "./highlights.ts";
import type { CellMark } from "./table/cell-marks.ts";
import { highlights, showThreads, showThreadsAgain, threadMarks, threadRanges } from "./highlights.ts";
import { blockCommands, blockInputRules, editorKeys } from "./keys.ts";
import type { BlockCommand, EditorLabels } from "./labels.ts";
import type { PasteNotice } from "./paste/clipboard.ts";
import { clipboard, cutAcross } from "./paste/clipboard.ts";
import { cursorMarks, presence } from "./presence.ts";
import { proposed } from "./proposal.ts";
import { restoration, restored, restoreFields } from "./restore.ts";
import type { SearchOptions } from "./search.ts";
import { foundMarks, replaceMatch, replaceMatches, search, searchFor, stepMatch } from "./search.ts";
import { SectionView } from "./section-view.ts";
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
import type { TableCommand } from "./table/table-commands.ts";
import { TABLE_COMMANDS } from "./table/table-commands.ts";
import { Tables } from "./table/tables.ts";
import { TableView } from "./table/table-view.ts";

export interface ReportEditorOptions {
  /** Takes the editor and a line for screen readers as its last children. Nothing else may render into the editor's element. */
  readonly mount: HTMLElement;
  /** The body. The editor writes to it and follows it until it is destroyed; it does not own it. */
  readonly doc: Y.Doc;
  readonly outline: readonly NumberedSlot[];
  readonly ruleSet: RuleSet;
  /** Null where nobody else is shown. */
  readonly awareness: Awareness | null;
  readonly editable: boolean;
  readonly labels: EditorLabels;
  readonly newId: () => string;
  readonly notify?: (notice: PasteNotice) => void;
  readonly onThreadClick?: (thread: string) => void;
}

/** What a toolbar or a key can do. */
export type EditorCommand =
  | "undo"
  | "redo"
  | MarkName
  | "clearMarks"
  | BlockCommand
  | "indent"
  | "outdent"
  | "moveUp"
  | "moveDown"
  | TableCommand;

/** One editor over all slots of a report, on one body. The caller destroys it. */
export interface ReportEditor {
  readonly view: EditorView;
  /** The same object until something changes, as `useSyncExternalStore` wants it. */
  getSnapshot(): EditorSnapshot;
  subscribe(listener: () => void): () => void;
  /** False where the command makes no sense now. The text has the focus afterwards. */
  run(command: EditorCommand): boolean;
  /** Puts a table with so many rows and columns below the caret, which goes into its first cell. False where it cannot. */
  insertTable(rows: number, columns: number): boolean;
  /** The caret into a slot, or back to where it was. */
  focus(slot?: string): void;
  /** Scrolls to a slot, or to a stretch of its flat text, which is selected. */
  reveal(slot: string, from?: number, to?: number): void;
  setThreads(threads: readonly ThreadMark[], cells?: readonly CellMark[]): void;
  /** The distance of each placed thread's first line from the top of the mount, in pixels. */
  threadTops(): Map<string, number>;
  /** What a comment made now would be about: the cell with the caret, the selected words, else the slot of the caret; null without either. */
  target(): CommentTarget | null;
  /** Puts `wording` in place of the anchor's words, keeping what both have at the ends. False where the words are gone. */
  applyProposal(slot: string, anchor: RangeAnchor, wording: string): boolean;
  /**
   * Makes the report read as `target` does where that differs from `seen`, text and fields, as one edit and one undo
   * step of this person. `seen` is what the person was shown: where somebody has changed any of it since, nothing
   * happens and the answer is false, so that nobody's words go unseen. False also where one may not write.
   */
  restore(seen: ReportText, target: ReportText, diffWords: WordDiff): boolean;
  find(query: string, options?: SearchOptions): void;
  findNext(): void;
  findPrevious(): void;
  replaceCurrent(text: string): void;
  /** How many were replaced. */
  replaceAll(text: string): number;
  clearFind(): void;
  /** Numbers and titles have changed: a year, or the language. The slots are the same. */
  setOutline(outline: readonly NumberedSlot[]): void;
  setEditable(editable: boolean): void;
  destroy(): void;
}

export function createReportEditor(options: ReportEditorOptions): ReportEditor {
  const { doc, labels } = options;
  let outline = new Map(options.outline.map((numbered) => [numbered.slot.id, numbered]));
  let editable = options.editable;
  /** The composition, as the view counts them, that the last edit belongs to. */
  let lastWord: unknown;
  let above = titlesAbove(options.outline);
  const slots = options.outline.map(({ slot }) => slot.id);
  const binding = new SlotsBinding(doc, slots, options.newId);
  binding.mayWrite = () => editable;
  const history = new SlotsHistory(binding);
  const composition = new Composition(() => {
    binding.settle();
    // What waited to be drawn is drawn with any transaction.
    view.dispatch(view.state.tr);
  });
  const atWork = (): boolean => composition.atWork;
  const tables = new Tables({
    doc,
    labels,
    newId: options.newId,
    editable: () => editable,
    history,
    tell: () => tell(),
    focusText: () => view.focus(),
    onThread: (thread) => options.onThreadClick?.(thread),
  });
  history.inner = tables;
  const sectionLabels = new SectionLabels(options.ruleSet, options.outline);
  const sections = new Set<SectionView>();
  const snapshots = new Snapshots();
  const listeners = new Set<() => void>();

  const status = document.createElement("div");
  status.className = "tk-status";
  status.setAttribute("role", "status");

  /** The same words twice are said twice: a region is read only when it changes. */
  function announce(text: string): void {
    status.textContent = "";
    setTimeout(() => {
      status.textContent = text;
    }, 50);
  }

  const state = EditorState.create({
    doc: binding.initialDoc(),
    plugins: [
      ...binding.plugins(),
      browserSelection(),
      composition.plugin(),
      blockMenu(labels),
      clipboard(
        {
          ruleSet: options.ruleSet,
          labels: sectionLabels,
          slotOf: (slot) => outline.get(slot),
          table: (table) => readTable(doc, table),
          newId: options.newId,
        },
        (notice) => options.notify?.(notice),
      ),
      tableCopies(options.newId),
      tableDoors(tables),
      keymap(
        Object.fromEntries(TABLE_SHORTCUTS.insertTable.map((key) => [key, () => putTable(USUAL_ROWS, USUAL_COLUMNS)])),
      ),
      blockInputRules(),
      ...editorKeys({ undo: () => history.undo() || true, redo: () => history.redo() || true }),
      blockLabelling(sectionLabels),
      highlights(binding, (thread) => options.onThreadClick?.(thread)),
      frames(threadMarks, atWork),
      search(),
      frames(foundMarks, atWork),
      currentSlot(),
      blockDrag(labels.drag),
      dropCursor({ class: "tk-drop" }),
      ...(options.awareness ? [presence(binding, options.awareness), frames(cursorMarks, atWork)] : []),
    ],
  });

  const view: EditorView = new EditorView(options.mount, {
    state,
    editable: () => editable,
    attributes: () => ({
      class: "tk-editor",
      ...(editable ? { role: "textbox", "aria-multiline": "true" } : { role: "document", tabindex: "0" }),
      "aria-label": labels.editor,
      lang: "vi",
      spellcheck: "true",
      translate: "no",
    }),
    nodeViews: {
      block: (node, outer, getPos, decorations) =>
        node.attrs["kind"] === "table" ? new TableView(node, outer, getPos, decorations, tables) : new BlockView(node),
      section: (node) => {
        const made = new SectionView(node, {
          slotOf: (slot) => outline.get(slot),
          above: (slot) => above.get(slot) ?? [],
          isAmbiguous: (slot) => {
            const title = outline.get(slot)?.entry;
            return title !== undefined && [...outline.values()].some((other) => isNamesake(other.entry, title));
          },
          labels,
          announce,
          enter: focus,
          gone: (section) => sections.delete(section),
        });
        sections.add(made);
        return made;
      },
    },
    dispatchTransaction: (transaction) => dispatch(transaction),
  });

  options.mount.append(status);

  function dispatch(asked: Transaction): void {
    // A page may still hold the editor in the moment in which it goes.
    if (view.isDestroyed) return;
    if (asked.docChanged) composition.read();
    const before = view.state;
    const transaction = cutAcross(before, asked) ?? asked;
    const { state: after, transactions } = before.applyTransaction(transaction);
    const made = madeTables(transactions);
    const show = (): void => {
      writeTables(doc, made, options.newId);
      view.updateState(after);
      binding.local(transactions, before, after);
    };
    const apart = isStepOfItsOwn(transaction);
    // What goes with a selection comes back by itself, without what was typed a moment before.
    if (apart || (transaction.docChanged && !before.selection.empty)) history.stop();
    const word: unknown = transaction.docChanged ? asked.getMeta("composition") : undefined;
    if (word !== undefined && word === lastWord) history.goOn();
    if (transaction.docChanged) lastWord = word;
    if (made.length > 0) history.together(show);
    else show();
    if (apart) history.stop();
    if (movesWords(transaction)) view.updateState(view.state.apply(showThreadsAgain(view.state)));
    if (transaction.getMeta("uiEvent") === "move") announceMove();
    tell();
  }

  function announceMove(): void {
    const place = placeInSlot(view.state);
    if (!place) return;
    const slot = outline.get(place.slot)?.entry.title ?? place.slot;
    announce(fillIn(labels.moved, { position: String(place.position), of: String(place.of), slot }));
  }

  function tell(): void {
    for (const listener of listeners) listener();
  }

  binding.attach({
    get state() {
      return view.state;
    },
    apply: (transaction) => {
      view.updateState(view.state.apply(transaction));
      tell();
    },
    composing: atWork,
    reading: () => composition.reading,
  });

  function putTable(rows: number, columns: number): boolean {
    const id = options.newId();
    if (!editable || !insertTable(id, rows, columns)(view.state, view.dispatch)) return false;
    const pos = positionOfTable(view.state, id);
    if (pos !== null) tables.editorIn(view.nodeDOM(pos))?.enter("first");
    return true;
  }

  const commands: Readonly<Record<Exclude<EditorCommand, TableCommand>, Command>> = {
    undo: () => history.undo(),
    redo: () => history.redo(),
    ...(Object.fromEntries(MARKS.map((mark) => [mark, toggle(mark)])) as Record<MarkName, Command>),
    clearMarks,
    ...blockCommands(),
    indent: shiftLevel(1),
    outdent: shiftLevel(-1),
    moveUp: moveBlocks(-1),
    moveDown: moveBlocks(1),
  };

  function focus(slot?: string): void {
    if (slot !== undefined) {
      const pos = binding.position(view.state.doc, slot, 0);
      view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, pos)));
    }
    view.focus();
  }

  function revealPosition(pos: number, end: number): void {
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, pos, end)));
    const { node } = view.domAtPos(pos);
    const element = node instanceof HTMLElement ? node : node.parentElement;
    element?.scrollIntoView({ block: "center" });
  }

  function run(command: EditorCommand): boolean {
    composition.end();
    if (composition.reading) {
      // A tap right behind Backspace: first what Backspace did.
      setTimeout(() => void (view.isDestroyed || run(command)), READING);
      return editable;
    }
    const ran = editable && (runInTable(command) ?? runInText(command));
    (tables.active?.view ?? view).focus();
    tell();
    return ran;
  }

  /** What a command does where the caret is in a table; null for one that is not about tables. */
  function runInTable(command: EditorCommand): boolean | null {
    const inside = tables.active;
    const ofTables = TABLE_COMMANDS.find((name) => name === command);
    if (ofTables) return inside?.run(ofTables) ?? false;
    if (!inside || command === "undo" || command === "redo") return null;
    if (command === "strong" || command === "em" || command === "underline" || command === "clearMarks")
      return inside.toggle(command);
    return false;
  }

  function runInText(command: EditorCommand): boolean {
    const known = TABLE_COMMANDS.find((name) => name === command);
    return (
      known === undefined && commands[command as Exclude<EditorCommand, TableCommand>](view.state, view.dispatch, view)
    );
  }

  return {
    view,
    getSnapshot: () => snapshots.take(view.state, binding, history, tables.active),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    run,
    insertTable: putTable,
    focus,
    reveal: (slot, from, to) => {
      if (from !== undefined) {
        const pos = binding.position(view.state.doc, slot, from);
        revealPosition(pos, binding.position(view.state.doc, slot, to ?? from));
        return;
      }
      const pos = binding.position(view.state.doc, slot, 0);
      view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, pos)));
      options.mount.querySelector(`[id="slot-${CSS.escape(slot)}"]`)?.scrollIntoView({ block: "start" });
    },
    setThreads: (threads, cells = []) => {
      view.dispatch(showThreads(view.state, threads));
      tables.mark(cells);
    },
    threadTops: () => {
      const top = options.mount.getBoundingClientRect().top;
      const tops = new Map<string, number>();
      for (const [thread, { from }] of threadRanges(view.state)) tops.set(thread, view.coordsAtPos(from).top - top);
      for (const [thread, cell] of tables.markedCells()) tops.set(thread, cell.getBoundingClientRect().top - top);
      return tops;
    },
    target: () => {
      const inside = tables.active;
      const cell = inside?.cell();
      const at = inside && positionOfTable(view.state, inside.table);
      if (inside && cell && at !== null) {
        const section = String(view.state.doc.resolve(at).parent.attrs["slot"]);
        return cellTarget(section, readTable(doc, inside.table), cell);
      }
      const { slot, selection } = snapshots.take(view.state, binding, history, tables.active);
      if (selection && selection.text.trim() !== "") {
        return {
          scope: "range",
          slot: selection.slot,
          ...anchorRange(slotText(doc, selection.slot), selection.from, selection.to),
        };
      }
      return slot === null ? null : { scope: "slot", slot };
    },
    applyProposal: (slot, anchor, wording) => {
      const range = editable ? resolveAnchor(doc, slot, anchor) : null;
      if (!range) return false;
      history.stop();
      view.dispatch(proposed(view.state, binding, range, wording).scrollIntoView());
      history.stop();
      return true;
    },
    restore: (seen, target, diffWords) => {
      if (!editable || binding.composing || binding.waiting) return false;
      const change = restoration(doc, seen, target);
      if (!change) return false;
      history.together(() => {
        view.dispatch(restored(view.state, change.slots, diffWords));
        restoreFields(doc, change.fields);
      });
      tell();
      return true;
    },
    find: (query, how) => view.dispatch(searchFor(view.state, query, how)),
    findNext: () => move(1),
    findPrevious: () => move(-1),
    replaceCurrent: (text) => {
      const transaction = editable ? replaceMatch(view.state, text) : stepMatch(view.state, 1);
      if (transaction) view.dispatch(transaction);
    },
    replaceAll: (text) => {
      if (!editable) return 0;
      const { transaction, count } = replaceMatches(view.state, text);
      history.stop();
      if (count > 0) view.dispatch(transaction);
      history.stop();
      return count;
    },
    clearFind: () => view.dispatch(searchFor(view.state, null)),
    setOutline: (numbered) => {
      outline = new Map(numbered.map((one) => [one.slot.id, one]));
      above = titlesAbove(numbered);
      sectionLabels.setOutline(numbered);
      for (const section of sections) section.draw();
      view.dispatch(relabel(view.state));
    },
    setEditable: (may) => {
      editable = may;
      view.setProps({ editable: () => editable });
      tables.redraw();
    },
    destroy: () => {
      listeners.clear();
      history.destroy();
      binding.detach();
      tables.destroy();
      view.destroy();
      status.remove();
    },
  };

  function move(by: 1 | -1): void {
    const transaction = stepMatch(view.state, by);
    if (transaction) view.dispatch(transaction);
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

function isNamesake(a: OutlineEntry, b: OutlineEntry): boolean {
  return a.node !== b.node && a.label === b.label && a.title === b.title;
}
