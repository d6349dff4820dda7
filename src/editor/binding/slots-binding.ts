import type { Node } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import type { EditorState, Plugin, Transaction } from "prosemirror-state";
import * as Y from "yjs";
import {
  deleteRuns,
  insertBehind,
  LEAD,
  Lineage,
  markerAttributes,
  ORIGIN,
  readSlot,
  recordedCopies,
  removeRange,
  removeText,
  slotChanges,
  slotPieces,
  slotText,
} from "#collab";
import type { Copy, SlotChange } from "#collab";
import { blockNode, blockShape, reportSchema } from "#model";
import { CarriedEdits } from "./carried-edits.ts";
import type { Caret } from "./carried-edits.ts";
import { isLead, sectionAt, sectionOf, tokenIndex, tokenOffset } from "./flat.ts";
import { isRemote, markRemote, skeletonGuard } from "./guard.ts";
import { blockIdentity } from "./identity.ts";
import { Lag } from "./lag.ts";
import { MovedText } from "./moved-text.ts";
import { editsOf } from "./local-edit.ts";
import type { SlotEdit } from "./local-edit.ts";
import { applyChanges, parseSection, settleSection } from "./remote-change.ts";

/** What the binding needs of an editor: its state, a way to change it, and whether an input method is at work. */
export interface BindingHost {
  readonly state: EditorState;
  /** Applies to the state alone: it must not come back as a local edit. */
  apply(transaction: Transaction): void;
  composing(): boolean;
  /** True while the page holds what the editor has not read: nothing at all may be drawn. Composing is true then, too. */
  reading(): boolean;
}

/**
 * Ties one editor to the texts of several slots. After every dispatch the host calls {@link local}; what others write
 * comes to the host through `apply`, one transaction for each of theirs. At any time the document shown is what a fresh
 * parse of the texts gives, but for a block in which an input method is at work: its slot waits until {@link settle}.
 * The caller must not dispatch from inside a Yjs transaction.
 */
export class SlotsBinding {
  readonly doc: Y.Doc;
  readonly slots: readonly string[];
  /** Called before a local edit is written, with the state before it. */
  beforeEdit: ((before: EditorState) => void) | null = null;
  /** False where the person only reads: then the binding writes nothing of its own accord. */
  mayWrite: () => boolean = () => true;
  readonly #newId: () => string;
  readonly #texts: ReadonlyMap<string, Y.Text>;
  readonly #lags = new Map<string, Lag>();
  readonly #unparsed = new Set<string>();
  readonly #moved: MovedText;
  readonly #carried: CarriedEdits;
  #carriedCaret: Caret | null = null;
  readonly #news: { copies: readonly Copy[]; gone: Y.Transaction["deleteSet"] }[] = [];
  #host: BindingHost | null = null;
  #own: Y.Transaction | null = null;
  #arrived: { slot: string; changes: SlotChange[] }[] = [];
  readonly #observers: ReadonlyMap<string, (event: Y.YTextEvent, transaction: Y.Transaction) => void>;

  constructor(doc: Y.Doc, slots: readonly string[], newId: () => string) {
    this.doc = doc;
    this.slots = slots;
    this.#newId = newId;
    this.#texts = new Map(slots.map((slot) => [slot, slotText(doc, slot)]));
    this.#observers = new Map(slots.map((slot) => [slot, (_event, transaction) => this.#observe(slot, transaction)]));
    this.#carried = new CarriedEdits(doc);
    // Asked for now, so that the first entry that arrives is told of.
    Lineage.of(doc);
    this.#moved = new MovedText([...this.#texts.values()]);
    for (const [slot, text] of this.#texts) text.observe(this.#observer(slot));
    doc.on("afterTransaction", this.#deliver);
    doc.on("afterTransaction", this.#follow);
  }

  /** The document that the texts say now. */
  initialDoc(): Node {
    this.#unparsed.clear();
    return reportSchema.node(
      "doc",
      null,
      this.slots.map((slot) => reportSchema.node("section", { slot }, readSlot(this.#text(slot)).map(blockNode))),
    );
  }

  /** The plugins that keep skeleton and identity. The editor's state must have them. */
  plugins(): Plugin[] {
    return [skeletonGuard(this.slots), blockIdentity(this.#newId)];
  }

  /** Begins to show what others write. The host's document must stem from {@link initialDoc}. */
  attach(host: BindingHost): void {
    this.#host = host;
    const transaction = host.state.tr;
    for (const slot of this.#unparsed) parseSection(transaction, slot, this.#text(slot));
    this.#unparsed.clear();
    if (transaction.docChanged) host.apply(markRemote(transaction));
  }

  /** Ends the tie for good. */
  detach(): void {
    this.#host = null;
    for (const [slot, text] of this.#texts) text.unobserve(this.#observer(slot));
    this.doc.off("afterTransaction", this.#deliver);
    this.doc.off("afterTransaction", this.#follow);
  }

  /** Writes what one dispatch did to the document, in one Yjs transaction. Transactions of the binding itself are none. */
  local(transactions: readonly Transaction[], before: EditorState, _after: EditorState): void {
    const edits = editsOf(transactions.filter((transaction) => transaction.docChanged && !isRemote(transaction)));
    if (edits.length === 0) return;
    this.beforeEdit?.(before);
    const touched = new Set<string>();
    this.doc.transact((own) => {
      this.#own = own;
      const marked = new Set<string>();
      for (const edit of edits) {
        if (!marked.has(edit.slot)) {
          marked.add(edit.slot);
          this.#markLead(edit.slot, before.doc, transactions);
        }
        if ("remove" in edit || "format" in edit || edit.insert.includes("\n")) touched.add(edit.slot);
        this.#write(edit);
      }
      this.#moved.follow(own, transactions);
    }, ORIGIN.editor);
    this.#own = null;
    this.settle();
    this.#apply((transaction) => {
      for (const slot of touched) if (!this.#lags.has(slot)) settleSection(transaction, slot, this.#text(slot));
    });
  }

  /**
   * Shows what waited for an input method to end, unless one is at work. The host calls it when a composition ends; it is
   * also made up for at the next edit, from here or elsewhere.
   */
  settle(): void {
    if (this.#host?.composing() !== false) return;
    if (this.#lags.size > 0) this.#showLags();
    this.#reconcile();
  }

  #showLags(): void {
    const lags = [...this.#lags];
    this.#lags.clear();
    this.#apply((transaction) => {
      for (const [slot, lag] of lags) {
        const text = this.#text(slot);
        applyChanges(transaction, slot, lag.changes(slotPieces(text)), text);
        // One's own edits while it waited may have changed which blocks there are.
        settleSection(transaction, slot, text);
      }
    });
  }

  /** The slot and the index in its text of a position in `doc`, or null for a position between sections. */
  textIndex(doc: Node, pos: number): { slot: string; index: number } | null {
    const section = sectionAt(doc, pos);
    if (!section) return null;
    const { slot, node, start } = section;
    const index = Math.max(tokenIndex(node, pos - start) - (isLead(node) ? 1 : 0), 0);
    return { slot, index: this.#lags.get(slot)?.textIndex(index) ?? index };
  }

  /** The position in `doc`, inside a block, of an index of a slot's text. Indices past the end are cut. */
  position(doc: Node, slot: string, index: number): number {
    const section = sectionOf(doc, slot);
    if (!section) throw new RangeError(`the document has no section for the slot ${slot}`);
    const { node, start } = section;
    const shown = this.#lags.get(slot)?.sectionIndex(index) ?? index;
    return start + tokenOffset(node, Math.max(shown + (isLead(node) ? 1 : 0), 1));
  }

  /** True while a slot waits for a composition to end. */
  get waiting(): boolean {
    return this.#lags.size > 0;
  }

  /** True while an input method is at work in the editor. */
  get composing(): boolean {
    return this.#host?.composing() ?? false;
  }

  /** Applies a selection or the like to the editor; nothing that changes the document. */
  update(change: (state: EditorState) => Transaction): void {
    if (this.#host) this.#host.apply(change(this.#host.state));
  }

  /** The state of the editor, or null before it is attached. */
  get state(): EditorState | null {
    return this.#host?.state ?? null;
  }

  #text(slot: string): Y.Text {
    return this.#texts.get(slot) ?? slotText(this.doc, slot);
  }

  #observer(slot: string): (event: Y.YTextEvent, transaction: Y.Transaction) => void {
    const observer = this.#observers.get(slot);
    if (!observer) throw new RangeError(`no slot ${slot}`);
    return observer;
  }

  /** Writes the marker that a lead lacks, before its slot's first edit; from then on tokens and indices agree. */
  #markLead(slot: string, before: Node, transactions: readonly Transaction[]): void {
    const section = sectionOf(before, slot);
    if (!section || !isLead(section.node)) return;
    const pos = transactions.reduce((at, { mapping }) => mapping.map(at, 1), section.start);
    const attrs = transactions.at(-1)?.doc.nodeAt(pos)?.attrs ?? {};
    const { kind, level } = blockShape(attrs["kind"], attrs["level"]);
    const attributes = markerAttributes(String(attrs["id"] ?? LEAD), kind, level, String(attrs["table"] ?? ""));
    this.#write({ slot, at: 0, insert: "\n", attributes, continues: false });
  }

  #write(edit: SlotEdit): void {
    const text = this.#text(edit.slot);
    const lag = this.#lags.get(edit.slot);
    if ("insert" in edit) {
      // Without attributes Yjs finds the place by its search markers, in a time that does not grow with the text. On
      // the way there it does not see which marks have begun: at the end of marked words it would write plain ones.
      if (edit.continues && !lag && Object.keys(edit.attributes).length === 0) text.insert(edit.at, edit.insert);
      else if (edit.continues && lag?.keeps(edit.at)) insertBehind(text, lag.textIndex(edit.at), edit.insert);
      else text.insert(lag?.textIndex(edit.at) ?? edit.at, edit.insert, { ...edit.attributes });
      lag?.edited(edit.at, 0, edit.insert.length);
    } else if ("remove" in edit) {
      if (!lag) {
        removeText(text, edit.at, edit.remove);
        return;
      }
      for (const { at, length } of lag.covered(edit.at, edit.remove.length)) removeRange(text, at, length);
      lag.edited(edit.at, edit.remove.length, 0);
    } else {
      const parts = lag?.covered(edit.at, edit.format) ?? [{ at: edit.at, length: edit.format }];
      for (const { at, length } of parts) text.format(at, length, { ...edit.attributes });
    }
  }

  readonly #follow = (transaction: Y.Transaction): void => {
    if (transaction.origin === ORIGIN.lineage) this.#putCaret();
    if (!this.#host || transaction.origin === ORIGIN.lineage || !this.mayWrite()) return;
    if (transaction.local) this.#carried.note(transaction);
    const copies = recordedCopies(this.doc, transaction);
    if (copies.length > 0) this.#news.push({ copies, gone: transaction.deleteSet });
    this.#reconcile();
  };

  /**
   * Brings in order what people did to the same words without knowing of each other. Where somebody moved words that
   * this person was editing, the edits are carried after them. Where two moved the same words, or took back the same
   * deletion, one of the copies stays, the same for everybody; every editor that may write deletes the others, for to
   * delete twice is to delete once. It waits while an input method is at work.
   */
  #reconcile(): void {
    if (this.#news.length === 0 || this.#host?.composing() !== false) return;
    const news = this.#news.splice(0);
    const { selection, doc } = this.#host.state;
    const at = selection.empty ? this.textIndex(doc, selection.head) : null;
    this.doc.transact(() => {
      for (const { copies, gone } of news) {
        const caret = this.#carried.carry(copies, gone, at && { text: this.#text(at.slot), index: at.index });
        if (caret) this.#carriedCaret = caret;
        deleteRuns(this.doc, Lineage.of(this.doc).surplus(copies));
      }
    }, ORIGIN.lineage);
  }

  /** The caret to where it was carried, once the view shows what was carried. */
  #putCaret(): void {
    const caret = this.#carriedCaret;
    this.#carriedCaret = null;
    const slot = this.slots.find((name) => this.#text(name) === caret?.text);
    if (!caret || slot === undefined) return;
    const { index } = caret;
    this.update(({ doc, tr }) => tr.setSelection(TextSelection.create(doc, this.position(doc, slot, index))));
  }

  #observe(slot: string, transaction: Y.Transaction): void {
    if (transaction === this.#own) return;
    if (!this.#host) this.#unparsed.add(slot);
    else this.#arrived.push({ slot, changes: slotChanges(this.#text(slot), transaction) });
  }

  readonly #deliver = (): void => {
    if (this.#arrived.length === 0 || !this.#host) return;
    const arrived = this.#arrived;
    this.#arrived = [];
    const host = this.#host;
    const held = host.composing() ? composedBlock(host.state) : null;
    this.#apply((transaction) => {
      for (const { slot, changes } of arrived) {
        const lag = this.#lags.get(slot);
        if (lag) {
          lag.receive(changes);
        } else if (host.reading() || (held?.slot === slot && touches(changes, held.from, held.to))) {
          const fresh = new Lag();
          fresh.receive(changes);
          this.#lags.set(slot, fresh);
        } else {
          applyChanges(transaction, slot, changes, this.#text(slot));
        }
      }
      followBlock(transaction, host.state);
    });
    this.settle();
  };

  #apply(change: (transaction: Transaction) => void): void {
    if (!this.#host) return;
    const transaction = this.#host.state.tr;
    const { storedMarks } = transaction;
    change(transaction);
    if (!transaction.docChanged) return;
    // Bold that was asked for stays asked for. While one composes it is in use already, and asking anew would end the word.
    if (storedMarks && !this.#host.composing()) transaction.setStoredMarks(storedMarks);
    this.#host.apply(markRemote(transaction));
  }
}

/** Takes the caret along where its block was moved elsewhere. */
function followBlock(transaction: Transaction, { selection: { $head, empty } }: EditorState): void {
  if (!empty || !$head.parent.isTextblock || !transaction.docChanged) return;
  const { mapping } = transaction;
  // What was not moved from before the caret is this person's own, and is carried by itself.
  const alone = $head.parentOffset === 0 || mapping.mapResult($head.pos, -1).deletedBefore;
  if (!alone || !mapping.mapResult($head.before(), 1).deletedAfter) return;
  let found = -1;
  transaction.doc.descendants((node, pos) => {
    if (node.isTextblock && node.attrs["id"] === $head.parent.attrs["id"]) found = pos + 1;
    return found < 0 && !node.isTextblock;
  });
  if (found < 0) return;
  const offset = Math.min($head.parentOffset, transaction.doc.resolve(found).parent.content.size);
  transaction.setSelection(TextSelection.create(transaction.doc, found + offset));
}

/** The block that the caret is in, by the indices of its `\n` and its end. */
function composedBlock(state: EditorState): { slot: string; from: number; to: number } | null {
  const { $head } = state.selection;
  const section = sectionAt(state.doc, $head.pos);
  if (!section || !$head.parent.isTextblock) return null;
  const to = tokenIndex(section.node, $head.end() - section.start) - (isLead(section.node) ? 1 : 0);
  return { slot: section.slot, from: to - $head.parent.content.size - 1, to };
}

function touches(changes: readonly SlotChange[], from: number, to: number): boolean {
  let at = 0;
  for (const change of changes) {
    if ("retain" in change) {
      if (change.attributes && at < to && at + change.retain > from) return true;
      at += change.retain;
    } else if ("delete" in change) {
      if (at < to && at + change.delete > from) return true;
      at += change.delete;
    } else if (at >= from && at <= to) {
      return true;
    }
  }
  return false;
}
