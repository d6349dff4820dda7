import { Schema } from "prosemirror-model";
import type { Node } from "prosemirror-model";
import { EditorState } from "prosemirror-state";
import type { Command, Transaction } from "prosemirror-state";
import { addColumnAfter, addRowAfter, CellSelection, tableEditing, tableNodes } from "prosemirror-tables";
import { initProseMirrorDoc, prosemirrorToYXmlFragment, ySyncPlugin } from "y-prosemirror";
import * as Y from "yjs";
import { layTable, TableEdit, tableCellText, writeTable } from "#collab";
import { benchRow } from "./row.ts";
import type { BenchRow } from "./row.ts";
import { random } from "../support/random.ts";
import type { Random } from "../support/random.ts";
import { numberedIds } from "../support/headless-view.ts";

/** What became of a table that two people wrote in without hearing of each other. */
interface Outcome {
  readonly lost: number;
  readonly doubled: number;
  /** Letters that stand under another heading than the one they were typed under. */
  readonly strayed: number;
}

/** One person's table, whoever stores it: typing in a cell, and new rows and columns. */
interface TablePeer {
  readonly doc: Y.Doc;
  /** The cells by row and column, each with its words. */
  cells(): string[][];
  type(row: number, column: number, words: string): void;
  addRow(after: number): void;
  addColumn(after: number): void;
  destroy(): void;
}

const TABLE = "t";

function ours(doc: Y.Doc, name: string): TablePeer {
  const edit = new TableEdit(doc, TABLE, numberedIds(name));
  const laid = (row: number, column: number) =>
    layTable(doc, TABLE).cells[row]?.find((cell) => cell.column === column)?.origin;
  return {
    doc,
    cells: () =>
      layTable(doc, TABLE).cells.map((row) =>
        row.map(({ origin }) => tableCellText(doc, TABLE, origin.row, origin.column).toJSON()),
      ),
    type: (row, column, words) => {
      const spot = laid(row, column);
      if (!spot) return;
      const text = tableCellText(doc, TABLE, spot.row, spot.column);
      text.insert(text.length, words);
    },
    addRow: (after) => void edit.insertRows(after + 1),
    addColumn: (after) => void edit.insertColumns(after + 1),
    destroy: () => {},
  };
}

const { table, table_row, table_cell, table_header } = tableNodes({
  tableGroup: "block",
  cellContent: "paragraph*",
  cellAttributes: {},
});
const schema = new Schema({
  nodes: {
    doc: { content: "table*" },
    table: { ...table, content: "table_row*" },
    table_row: { ...table_row, content: "(table_cell | table_header)*" },
    table_cell,
    table_header,
    paragraph: { content: "text*", toDOM: () => ["p", 0] },
    text: {},
  },
});

/** y-prosemirror and prosemirror-tables, with content as permissive as it gets. */
function peer(doc: Y.Doc): TablePeer {
  const fragment = doc.getXmlFragment(TABLE);
  const { doc: node, mapping } = initProseMirrorDoc(fragment, schema);
  const plugin = ySyncPlugin(fragment, { mapping });
  const view = {
    state: EditorState.create({ doc: node, plugins: [plugin, tableEditing()] }),
    dom: { addEventListener() {}, removeEventListener() {} },
    _root: null,
    hasFocus: () => false,
    dispatch(transaction: Transaction) {
      const before = view.state;
      view.state = before.applyTransaction(transaction).state;
      plugged?.update?.(view, before);
    },
  };
  const plugged = plugin.spec.view?.(view);
  const inCell = (row: number, column: number): number | null => {
    let found: number | null = null;
    view.state.doc.firstChild?.forEach((line, lineAt, r) => {
      line.forEach((cell, cellAt, c) => {
        if (r === row && c === column) found = 1 + lineAt + 1 + cellAt + 1 + cell.content.size;
      });
    });
    return found;
  };
  const run = (row: number, column: number, command: Command): void => {
    const pos = inCell(row, column);
    if (pos === null) return;
    view.dispatch(
      view.state.tr.setSelection(CellSelection.create(view.state.doc, view.state.doc.resolve(pos).before())),
    );
    command(view.state, (transaction) => view.dispatch(transaction));
  };
  return {
    doc,
    cells: () =>
      (view.state.doc.firstChild?.children ?? []).map((line) => line.children.map((cell) => cell.textContent)),
    type: (row, column, words) => {
      const end = inCell(row, column);
      if (end === null) return;
      // A new cell has no paragraph yet: nothing demands one where content is permissive.
      const blank = view.state.doc.resolve(end).parent.childCount === 0;
      const paragraph = schema.node("paragraph", null, schema.text(words));
      view.dispatch(blank ? view.state.tr.insert(end, paragraph) : view.state.tr.insertText(words, end - 1));
    },
    addRow: (after) => run(after, 0, addRowAfter),
    addColumn: (after) => run(0, after, addColumnAfter),
    destroy: () => plugged?.destroy?.(),
  };
}

function seeded(isOurs: boolean): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const rows = ["ABC", "abc", "def"].map((letters) => Array.from(letters));
  if (isOurs) {
    const cell = (letter: string) => ({
      header: false,
      colspan: 1,
      rowspan: 1,
      align: null,
      paragraphs: [[{ text: letter, marks: [] }]],
    });
    const content = {
      widths: [null, null, null],
      rows: rows.map((letters) => ({ total: false, cells: letters.map(cell) })),
    };
    writeTable(doc, TABLE, content, numberedIds("s"));
  } else {
    const cell = (letter: string): Node =>
      schema.node("table_cell", null, [schema.node("paragraph", null, [schema.text(letter)])]);
    const lines = rows.map((letters) => schema.node("table_row", null, letters.map(cell)));
    prosemirrorToYXmlFragment(schema.node("doc", null, [schema.node("table", null, lines)]), doc.getXmlFragment(TABLE));
  }
  return Y.encodeStateAsUpdate(doc);
}

/** Two people, three rounds; in each they do a few things offline, then hear of each other. Nobody deletes anything. */
function schedule(isOurs: boolean, state: Uint8Array, r: Random): Outcome {
  const people = [2, 3].map((client) => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, state);
    doc.clientID = client;
    return isOurs ? ours(doc, `p${client}`) : peer(doc);
  });
  /** The heading under which each letter was typed. */
  const headings = new Map<string, string>();
  for (const row of ["ABC", "abc", "def"])
    Array.from(row).forEach((letter, i) => headings.set(letter, "ABC".charAt(i)));
  let next = 0x4e00;
  for (let round = 0; round < 3; round++) {
    for (const person of people) {
      for (let n = 1 + r.int(3); n > 0; n--) {
        const cells = person.cells();
        const row = r.int(cells.length);
        const column = r.int(cells[0]?.length ?? 1);
        const what = r.weighted({ type: 6, row: 2, column: 2 });
        if (what === "row") {
          person.addRow(row);
        } else if (what === "column") {
          person.addColumn(column);
          const heading = String.fromCodePoint(next++);
          headings.set(heading, heading);
          person.type(0, column + 1, heading);
        } else {
          const letter = String.fromCodePoint(next++);
          // The heading of a column is its first letter: what is typed behind it is under it.
          headings.set(letter, cells[0]?.[column]?.charAt(0) ?? "");
          person.type(row, column, letter);
        }
      }
    }
    for (const from of people) {
      for (const to of people) {
        if (from !== to) Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)), "peer");
      }
    }
  }
  const [first] = people;
  const cells = first?.cells() ?? [];
  const counts = new Map<string, number>();
  let strayed = 0;
  const tops = (cells[0] ?? []).map((words) => words.charAt(0));
  for (const row of cells) {
    row.forEach((words, column) => {
      for (const letter of words) {
        counts.set(letter, (counts.get(letter) ?? 0) + 1);
        const heading = headings.get(letter) ?? "";
        if (heading !== "" && tops.includes(heading) && !cells[0]?.[column]?.includes(heading)) strayed++;
      }
    });
  }
  for (const person of people) person.destroy();
  return {
    lost: [...headings.keys()].filter((letter) => !counts.has(letter)).length,
    doubled: [...counts.values()].filter((count) => count > 1).length,
    strayed,
  };
}

const SCHEDULES = 500;

/** In how many of 500 schedules something was lost, doubled or misplaced, as we store a table and under y-prosemirror. */
export function benchTables(): BenchRow[] {
  const count = (isOurs: boolean): Outcome => {
    const state = seeded(isOurs);
    const outcomes = Array.from({ length: SCHEDULES }, (_, i) => schedule(isOurs, state, random(i + 1)));
    const having = (kind: keyof Outcome): number => outcomes.filter((outcome) => outcome[kind] > 0).length;
    return { lost: having("lost"), doubled: having("doubled"), strayed: having("strayed") };
  };
  const [mine, theirs] = [count(true), count(false)];
  return [
    benchRow("tables merged: figures lost", `of ${SCHEDULES}`, mine.lost, theirs.lost),
    benchRow("tables merged: figures doubled", `of ${SCHEDULES}`, mine.doubled, theirs.doubled),
    benchRow("tables merged: figures under another heading", `of ${SCHEDULES}`, mine.strayed, theirs.strayed),
  ];
}
