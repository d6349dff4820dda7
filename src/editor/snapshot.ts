import type { Node } from "prosemirror-model";
import type { EditorState } from "prosemirror-state";
import { isStoredId } from "#collab";
import type { BlockKind, MarkName } from "#model";
import { countWords, MARKS, reportSchema } from "#model";
import type { SlotsBinding } from "./binding/slots-binding.ts";
import { blockKind } from "./commands.ts";
import { searchState } from "./search.ts";
import { isEmptySection } from "./section-view.ts";
import type { TableState } from "./table/table-commands.ts";
import type { TableTexts } from "./table/table-texts.ts";
import type { Tables } from "./table/tables.ts";

/** What the page shows of the editor: toolbar, outline, footer. The same object until something in it changes. */
export interface EditorSnapshot {
  /** The slot the caret is in. */
  readonly slot: string | null;
  readonly kind: BlockKind;
  readonly level: number;
  readonly marks: readonly MarkName[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly words: number;
  readonly slots: Readonly<Record<string, SlotState>>;
  /** The selected words, as a stretch of a slot's flat text; null for a caret and for more than one slot. */
  readonly selection: {
    readonly slot: string;
    readonly from: number;
    readonly to: number;
    readonly text: string;
  } | null;
  /** What can be told of the table that the caret is in; null outside of tables. */
  readonly table: TableState | null;
  readonly search: { readonly query: string; readonly count: number; readonly index: number } | null;
}

export interface SlotState {
  readonly empty: boolean;
  readonly words: number;
}

/** Makes snapshots; what it counted of a section it does not count again while the section stays the same. */
export class Snapshots {
  private readonly counted = new WeakMap<Node, number>();
  private readonly states = new WeakMap<Node, Counted>();
  private slots: Readonly<Record<string, SlotState>> = {};
  private last: EditorSnapshot | null = null;
  private taken: EditorState | null = null;
  private takenInside: EditorState | null = null;
  private takenTables = -1;

  /** Whoever listens asks after every change: for one state of the editor the work is done once. */
  take(
    state: EditorState,
    binding: SlotsBinding,
    history: { canUndo: boolean; canRedo: boolean },
    tables: Pick<Tables, "active" | "texts">,
  ): EditorSnapshot {
    const { last } = this;
    const { canUndo, canRedo } = history;
    const inside = tables.active;
    const cells = inside?.view.state ?? null;
    const { version } = tables.texts;
    const known = this.taken === state && this.takenInside === cells && this.takenTables === version;
    if (last && known && last.canUndo === canUndo && last.canRedo === canRedo) return last;
    this.taken = state;
    this.takenInside = cells;
    this.takenTables = version;
    this.last = this.made(state, binding, canUndo, canRedo, tables);
    return this.last;
  }

  private made(
    state: EditorState,
    binding: SlotsBinding,
    canUndo: boolean,
    canRedo: boolean,
    { active: inside, texts }: Pick<Tables, "active" | "texts">,
  ): EditorSnapshot {
    const slots: Record<string, SlotState> = {};
    let words = 0;
    for (const section of state.doc.children) {
      const counted = this.stateOf(section, texts);
      slots[String(section.attrs["slot"])] = counted;
      words += counted.words;
    }
    if (!sameSlots(slots, this.slots)) this.slots = slots;
    const { $from, from, to, empty } = state.selection;
    const block = $from.parent.isTextblock ? $from.parent : null;
    const at = binding.textIndex(state.doc, from);
    const end = empty ? at : binding.textIndex(state.doc, to);
    const next: EditorSnapshot = {
      slot: at?.slot ?? null,
      kind: block ? blockKind(block) : "paragraph",
      level: block ? Number(block.attrs["level"]) : 0,
      marks: inside?.marks() ?? MARKS.filter((name) => marked(state, name)),
      canUndo,
      canRedo,
      words,
      slots: this.slots,
      selection:
        !empty && at && end && at.slot === end.slot && at.index < end.index
          ? { slot: at.slot, from: at.index, to: end.index, text: state.doc.textBetween(from, to, "\n") }
          : null,
      table: inside?.state() ?? null,
      search: searchState(state),
    };
    return this.last && same(this.last, next) ? this.last : next;
  }

  private stateOf(section: Node, texts: TableTexts): SlotState {
    const { tables, ...own } = this.countOf(section);
    if (tables.length === 0) return own;
    return { ...own, words: tables.reduce((sum, table) => sum + texts.words(table), own.words) };
  }

  /** What a section's own text says, and which tables it shows. */
  private countOf(section: Node): Counted {
    const known = this.states.get(section);
    if (known) return known;
    let words = 0;
    const tables: string[] = [];
    for (const block of section.children) {
      const before = this.counted.get(block);
      const count = before ?? countWords(block.textContent);
      if (before === undefined) this.counted.set(block, count);
      words += count;
      const table: unknown = block.attrs["table"];
      if (isStoredId(table)) tables.push(table);
    }
    const made = { empty: isEmptySection(section), words, tables };
    this.states.set(section, made);
    return made;
  }
}

interface Counted extends SlotState {
  readonly tables: readonly string[];
}

function marked(state: EditorState, name: MarkName): boolean {
  const type = reportSchema.marks[name];
  const { from, $from, to, empty } = state.selection;
  return empty
    ? type.isInSet(state.storedMarks ?? $from.marks()) !== undefined
    : state.doc.rangeHasMark(from, to, type);
}

function sameSlots(a: Readonly<Record<string, SlotState>>, b: Readonly<Record<string, SlotState>>): boolean {
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => a[key]?.words === b[key]?.words && a[key]?.empty === b[key]?.empty)
  );
}

function same(a: EditorSnapshot, b: EditorSnapshot): boolean {
  return (
    a.slot === b.slot &&
    a.kind === b.kind &&
    a.level === b.level &&
    a.marks.join() === b.marks.join() &&
    a.canUndo === b.canUndo &&
    a.canRedo === b.canRedo &&
    a.words === b.words &&
    a.slots === b.slots &&
    JSON.stringify(a.table) === JSON.stringify(b.table) &&
    JSON.stringify(a.selection) === JSON.stringify(b.selection) &&
    JSON.stringify(a.search) === JSON.stringify(b.search)
  );
}
