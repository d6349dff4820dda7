import { baseKeymap, chainCommands, toggleMark } from "prosemirror-commands";
import { keydownHandler, keymap } from "prosemirror-keymap";
import type { Node } from "prosemirror-model";
import type { Command, EditorState, Transaction } from "prosemirror-state";
import { Plugin, TextSelection } from "prosemirror-state";
import { CellSelection, goToNextCell } from "prosemirror-tables";
import type { EditorView } from "prosemirror-view";
import type { MarkName } from "#model";
import { SHORTCUTS, TABLE_SHORTCUTS } from "../shortcuts.ts";
import type { TableCommand } from "./table-commands.ts";
import { rangeOf, TABLE_COMMANDS } from "./table-commands.ts";
import { cellTexts, tableSchema } from "./table-schema.ts";

/** What the keys of a table ask of whoever holds the table. */
export interface TableDoors {
  run(command: TableCommand): boolean;
  undo(): boolean;
  redo(): boolean;
  /** The caret goes into the text above (-1) or below (1). */
  leave(side: -1 | 1): boolean;
  /** Empties the selected cells. */
  clearCells(): boolean;
}

/** The keys in a table. What they do to rows, columns and cells is done in the body, by the doors. */
export function tableKeys(doors: TableDoors): Plugin[] {
  const named = (name: TableCommand): [string, Command][] =>
    TABLE_SHORTCUTS[name].map((key): [string, Command] => [key, () => doors.run(name)]);
  const both = (keys: readonly string[], command: Command): [string, Command][] => keys.map((key) => [key, command]);
  const erase = chainCommands(clearing(doors), eraseAcross);
  const handle = keydownHandler({
    ...Object.fromEntries([
      ...TABLE_COMMANDS.flatMap(named),
      ...both(SHORTCUTS.undo, () => doors.undo()),
      ...both(SHORTCUTS.redo, () => doors.redo()),
      ...both(SHORTCUTS.strong, toggleIn("strong")),
      ...both(SHORTCUTS.em, toggleIn("em")),
      ...both(SHORTCUTS.underline, toggleIn("underline")),
      ...both(SHORTCUTS.clearMarks, clearMarks),
      ...both(SHORTCUTS.selectMore, selectMore),
    ]),
    Enter: lineBreak,
    "Shift-Enter": lineBreak,
    "Mod-Enter": () => doors.leave(1),
    Backspace: erase,
    "Mod-Backspace": erase,
    Delete: erase,
    "Mod-Delete": erase,
    Tab: (state, dispatch, view) => {
      if (goToNextCell(1)(state, dispatch, view)) return true;
      if (!view || !doors.run("rowAfter")) return true;
      return goToNextCell(1)(view.state, view.dispatch, view);
    },
    "Shift-Tab": (state, dispatch, view) => goToNextCell(-1)(state, dispatch, view) || doors.leave(-1),
    Escape: () => doors.leave(1),
    ArrowUp: leaving(doors, -1, "up"),
    ArrowDown: leaving(doors, 1, "down"),
    ArrowLeft: leaving(doors, -1, "left"),
    ArrowRight: leaving(doors, 1, "right"),
  });
  return [
    new Plugin({
      props: {
        handleKeyDown: (view, event) =>
          !(event instanceof KeyboardEvent && event.getModifierState("AltGraph")) && handle(view, event),
        handleTextInput: (view, _from, _to, text) => {
          const { selection } = view.state;
          const first = selection instanceof CellSelection ? firstText(selection) : null;
          if (first === null && !spansTexts(view.state)) return false;
          if (first !== null) doors.clearCells();
          else eraseAcross(view.state, view.dispatch, view);
          if (first !== null) view.dispatch(caretIn(view.state, first));
          view.dispatch(view.state.tr.insertText(text).scrollIntoView());
          return true;
        },
        handleDOMEvents: {
          compositionstart: (view) => {
            const { selection } = view.state;
            const first = selection instanceof CellSelection ? firstText(selection) : null;
            if (first === null) return false;
            doors.clearCells();
            view.dispatch(caretIn(view.state, first));
            return false;
          },
        },
      },
    }),
    keymap({ Backspace: baseKeymap["Backspace"] ?? erase, Delete: baseKeymap["Delete"] ?? erase }),
  ];
}

export function toggleIn(mark: MarkName): Command {
  return toggleMark(tableSchema.marks[mark]);
}

export const clearMarks: Command = (state, dispatch) => {
  const { from, to, empty } = state.selection;
  dispatch?.(empty ? state.tr.setStoredMarks([]) : state.tr.removeMark(from, to).scrollIntoView());
  return true;
};

/** A line break is a sign like any other: a cell is one text. */
const lineBreak: Command = (state, dispatch) => {
  if (!(state.selection instanceof TextSelection) || spansTexts(state)) return true;
  dispatch?.(state.tr.insertText("\n").scrollIntoView());
  return true;
};

/** First the cell, then the table. */
const selectMore: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  const texts = cellTexts(state.doc);
  const own = texts.filter(({ start, node }) => $from.pos >= start && $to.pos <= start + node.content.size)[0];
  const whole = own && $from.pos === own.start && $to.pos === own.start + own.node.content.size;
  if (own && !whole) {
    dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, own.start, own.start + own.node.content.size)));
    return true;
  }
  const cells: number[] = [];
  state.doc.descendants((node, pos) => {
    if (node.type === tableSchema.nodes.table_cell) cells.push(pos);
    return node.type !== tableSchema.nodes.table_cell;
  });
  const [first] = cells;
  const last = cells.at(-1);
  if (first !== undefined && last !== undefined)
    dispatch?.(state.tr.setSelection(CellSelection.create(state.doc, first, last)));
  return true;
};

function clearing(doors: TableDoors): Command {
  return (state) => state.selection instanceof CellSelection && doors.clearCells();
}

/** True where a selection of text runs over more than one text of a merged cell. */
function spansTexts({ selection }: EditorState): boolean {
  return selection instanceof TextSelection && !selection.$from.sameParent(selection.$to);
}

/** Deletes a selection over several texts of a merged cell, each one's share by itself. */
const eraseAcross: Command = (state, dispatch) => {
  if (!spansTexts(state)) return false;
  const { from, to } = state.selection;
  const tr = state.tr;
  for (const { node, start } of cellTexts(state.doc).reverse()) {
    const share = { from: Math.max(from, start), to: Math.min(to, start + node.content.size) };
    if (share.from < share.to) tr.delete(share.from, share.to);
  }
  dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(from))).scrollIntoView());
  return true;
};

/** The id of the text in which what is typed over selected cells goes. */
function firstText(selection: CellSelection): string {
  const texts: string[] = [];
  selection.forEachCell((cell) => texts.push(String(cell.firstChild?.attrs["cell"] ?? "")));
  return texts[0] ?? "";
}

function caretIn(state: EditorState, cell: string): Transaction {
  const found = cellTexts(state.doc).find((text) => text.cell === cell) ?? cellTexts(state.doc)[0];
  return found ? state.tr.setSelection(TextSelection.create(state.doc, found.start)) : state.tr;
}

/** An arrow that would go beyond the first or the last line of the table goes into the text around it. */
function leaving(doors: TableDoors, side: -1 | 1, way: "up" | "down" | "left" | "right"): Command {
  return (state, _, view) => {
    const { selection } = state;
    if (!view || !(selection instanceof TextSelection) || !selection.empty || !atEdge(view, side, way)) return false;
    return doors.leave(side);
  };
}

function atEdge(view: EditorView, side: -1 | 1, way: "up" | "down" | "left" | "right"): boolean {
  const { state } = view;
  const { $head } = state.selection;
  const edge = side === -1 ? 0 : $head.parent.content.size;
  const texts = cellTexts(state.doc);
  if (way === "left" || way === "right") {
    const last = side === -1 ? texts[0] : texts.at(-1);
    return last?.node === $head.parent && last.start === $head.start() && $head.parentOffset === edge;
  }
  const range = rangeOf(state);
  const cell: Node = $head.node(-1);
  const outermost = side === -1 ? cell.firstChild : cell.lastChild;
  const rows = state.doc.firstChild?.childCount ?? 0;
  if (!range || outermost !== $head.parent || (side === -1 ? range.top > 0 : range.bottom < rows)) return false;
  return view.endOfTextblock(way);
}
