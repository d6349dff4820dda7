import type { Node } from "prosemirror-model";
import { Plugin, PluginKey } from "prosemirror-state";
import type { EditorState, Transaction } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import type { ThreadState } from "#model";
import { isRemote } from "../binding/guard.ts";

/** A comment on a cell, as its table shows it. `cell` is the one in which it stands now. */
export interface CellMark {
  readonly id: string;
  readonly table: string;
  readonly cell: string;
  readonly state: ThreadState;
  readonly active: boolean;
  /** True where nobody has said yet that the comment is about this cell. */
  readonly uncertain?: boolean;
}

/** How a cell with comments is drawn: it names one of them, which a click on it is about. */
interface MarkedCell {
  readonly thread: string;
  readonly className: string;
}

const key = new PluginKey<{ marks: readonly CellMark[]; set: DecorationSet }>("cell-marks");

/** Shows which cells are commented on. A class of the cell, so nothing is put beside what somebody types in it. */
export function cellMarks(onClick: (thread: string) => void): Plugin {
  return new Plugin<{ marks: readonly CellMark[]; set: DecorationSet }>({
    key,
    state: {
      init: () => ({ marks: [], set: DecorationSet.empty }),
      apply: (transaction, old, _, { doc }) => {
        const given: unknown = transaction.getMeta(key);
        const marks = given === undefined ? old.marks : (given as readonly CellMark[]);
        if (given !== undefined || (transaction.docChanged && isRemote(transaction))) {
          return { marks, set: decorated(doc, markedCells(marks)) };
        }
        return transaction.docChanged ? { marks, set: old.set.map(transaction.mapping, transaction.doc) } : old;
      },
    },
    props: {
      decorations: (state) => key.getState(state)?.set,
      handleDOMEvents: {
        // Not at the click: the first press brings up the table's buttons, and what is under the pointer moves.
        mousedown: (_view, event) => {
          const thread = event.button === 0 ? threadAt(event.target) : null;
          if (thread !== null) onClick(thread);
          return false;
        },
      },
    },
  });
}

/** The transaction that shows these comments and no others. */
export function showCellMarks(state: EditorState, marks: readonly CellMark[]): Transaction {
  return state.tr.setMeta(key, marks);
}

/** Marks the cells of a table that is only drawn. */
export function markDrawn(drawn: HTMLElement, marks: readonly CellMark[]): void {
  const marked = markedCells(marks);
  for (const cell of drawn.querySelectorAll<HTMLElement>("[data-cell]")) {
    cell.classList.remove(...[...cell.classList].filter((name) => name.startsWith("tk-comment")));
    const mark = marked.get(cell.dataset["cell"] ?? "");
    if (mark) {
      cell.classList.add(...mark.className.split(" "));
      cell.dataset["thread"] = mark.thread;
    } else delete cell.dataset["thread"];
  }
}

/** The comment that a click on an element of a table is about, or null. */
export function threadAt(target: unknown): string | null {
  if (!(target instanceof Element)) return null;
  return target.closest<HTMLElement>("[data-cell][data-thread]")?.dataset["thread"] ?? null;
}

function markedCells(marks: readonly CellMark[]): Map<string, MarkedCell> {
  const byCell = new Map<string, CellMark[]>();
  for (const mark of marks) byCell.set(mark.cell, [...(byCell.get(mark.cell) ?? []), mark]);
  return new Map(
    [...byCell].flatMap(([cell, own]) => {
      const active = own.find((mark) => mark.active);
      const shown = active ?? own.find(({ state }) => state !== "validated") ?? own[0];
      if (!shown) return [];
      const looks = [active ? " tk-comment-active" : "", shown.uncertain ? " tk-comment-uncertain" : ""];
      const className = `tk-comment tk-comment-${shown.state}${looks.join("")}`;
      return [[cell, { thread: shown.id, className }] as const];
    }),
  );
}

function decorated(doc: Node, marked: ReadonlyMap<string, MarkedCell>): DecorationSet {
  if (marked.size === 0) return DecorationSet.empty;
  const made: Decoration[] = [];
  doc.descendants((node, pos) => {
    if (node.type.name !== "table_cell") return true;
    const mark = marked.get(String(node.attrs["id"]));
    if (mark) {
      made.push(Decoration.node(pos, pos + node.nodeSize, { class: mark.className, "data-thread": mark.thread }));
    }
    return false;
  });
  return DecorationSet.create(doc, made);
}
