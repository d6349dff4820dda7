import "./editor.css";
import "./table/table.css";
import type { EditorView } from "prosemirror-view";
import type * as Y from "yjs";
import { resolveAnchor } from "#comments";
import type { CommentTarget, NumberedSlot, RangeAnchor, ReportText, WordDiff } from "#model";
import { FormerText } from "./binding/former-text.ts";
import { targetOf, threadTops } from "./comment-places.ts";
import { EditorCommands } from "./editor-commands.ts";
import type { EditorCommand } from "./editor-commands.ts";
import type { ReportEditorOptions } from "./editor-options.ts";
import type { ThreadMark } from "./highlights.ts";
import { showThreads } from "./highlights.ts";
import { proposed } from "./proposal.ts";
import { restoration, restored, restoreFields, restoreTables } from "./restore.ts";
import { Finder } from "./finder.ts";
import type { SearchOptions } from "./search-words.ts";
import type { EditorSnapshot } from "./snapshot.ts";
import type { CellMark } from "./table/cell-marks.ts";
import { withTables } from "./table/table-blocks.ts";
import { TextEditor } from "./text-editor.ts";

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
   * Makes the report read as `target` does where that differs from `seen`, text, tables and fields, as one edit and one undo
   * step of this person. `seen` is what the person was shown: where somebody has changed any of it since, nothing
   * happens and the answer is false, so that nobody's words go unseen. False also where one may not write. `version` is the
   * body that what comes back stood in: by it comments on words that were gone find them again.
   */
  restore(seen: ReportText, target: ReportText, diffWords: WordDiff, version?: Y.Doc): boolean;
  /** Looks in the text and in the cells of its tables; the first match at or behind the caret is selected. */
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
  const { doc, mount, newId } = options;
  const text = new TextEditor(options);
  const { view, binding, history, tables } = text;
  const commands = new EditorCommands(text);
  const finder = new Finder(text, newId);

  function reveal(slot: string, from?: number, to?: number): void {
    if (from === undefined) {
      text.select(binding.position(view.state.doc, slot, 0));
      mount.querySelector(`[id="slot-${CSS.escape(slot)}"]`)?.scrollIntoView({ block: "start" });
      return;
    }
    const pos = binding.position(view.state.doc, slot, from);
    text.select(pos, binding.position(view.state.doc, slot, to ?? from));
    const { node } = view.domAtPos(pos);
    const element = node instanceof HTMLElement ? node : node.parentElement;
    element?.scrollIntoView({ block: "center" });
  }

  return {
    view,
    getSnapshot: () => text.snapshot(),
    subscribe: (listener) => text.subscribe(listener),
    run: (command) => commands.run(command),
    insertTable: (rows, columns) => text.insertTable(rows, columns),
    focus: (slot) => {
      const entered = finder.enterLast();
      if (slot !== undefined || !entered) text.focus(slot);
    },
    reveal,
    setThreads: (threads, cells = []) => {
      view.dispatch(showThreads(view.state, threads));
      tables.mark(cells);
    },
    threadTops: () => threadTops(text, mount),
    target: () => targetOf(text),
    applyProposal: (slot, anchor, wording) => {
      const range = text.editable ? resolveAnchor(doc, slot, anchor) : null;
      if (!range) return false;
      history.stop();
      view.dispatch(proposed(view.state, binding, range, wording).scrollIntoView());
      history.stop();
      return true;
    },
    restore: (seen, target, diffWords, version) => {
      if (!text.editable || binding.composing || binding.waiting || tables.composing) return false;
      const change = restoration(doc, seen, target, newId);
      if (!change) return false;
      history.together(() => {
        restoreTables(doc, change.tables, diffWords, newId);
        const former = version ? new FormerText(doc, version) : null;
        view.dispatch(withTables(restored(view.state, change.slots, diffWords, former), change.made));
        restoreFields(doc, change.fields);
      });
      text.tell();
      return true;
    },
    find: (query, how) => finder.find(query, how),
    findNext: () => finder.step(1),
    findPrevious: () => finder.step(-1),
    replaceCurrent: (words) => finder.replaceCurrent(words),
    replaceAll: (words) => finder.replaceAll(words),
    clearFind: () => finder.clear(),
    setOutline: (outline) => text.setOutline(outline),
    setEditable: (may) => {
      text.editable = may;
    },
    destroy: () => text.destroy(),
  };
}
