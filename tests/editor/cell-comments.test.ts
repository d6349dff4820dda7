// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { docFrom, readSlot, readTable, seedBody, slotText, TableEdit } from "#collab";
import type { CellMark } from "#editor";
import type { TableInput } from "#model";
import { OpenEditor, smallTemplate } from "./open-editor.ts";
import { numberedIds } from "../support/headless-view.ts";

const TABLE: TableInput = {
  kind: "table",
  text: "Kết nạp",
  rows: [
    ["Nội dung", "2021"],
    ["Kết nạp", "12"],
  ],
};

let open: OpenEditor;
let table: string;
let clicked: string[];

function start(editable = true): void {
  const doc = new Y.Doc();
  seedBody(doc, smallTemplate(), {}, { a: ["Lời."], b: ["Kết quả:", TABLE] }, numberedIds("i"));
  clicked = [];
  open = new OpenEditor({}, { doc, editable, onThreadClick: (thread) => clicked.push(thread) });
  table = readSlot(slotText(doc, "b")).flatMap((block) => block.table ?? [])[0]?.id ?? "";
}

beforeEach(() => start());
afterEach(() => open.close());

const cellId = (row: number, column: number): string => readTable(open.doc, table).rows[row]?.cells[column]?.id ?? "";
const mark = (id: string, row: number, column: number, change: Partial<CellMark> = {}): CellMark => ({
  id,
  table,
  cell: cellId(row, column),
  state: "open",
  active: false,
  ...change,
});
/** The marked cells as their words and the comment they name. */
const marked = (): string[] =>
  [...open.mount.querySelectorAll<HTMLElement>("[data-thread]")].map(
    (cell) =>
      `${cell.textContent}: ${cell.dataset["thread"]}${cell.classList.contains("tk-comment-active") ? "!" : ""}`,
  );

describe("comments on cells, in the text", () => {
  it("are shown on their cells, and no longer once they are not given", () => {
    open.editor.setThreads([], [mark("c1", 1, 1), mark("c2", 0, 0)]);
    expect(marked()).toEqual(["Nội dung: c2", "12: c1"]);
    expect([...open.editor.threadTops().keys()].toSorted()).toEqual(["c1", "c2"]);
    open.editor.setThreads([], [mark("c2", 0, 0)]);
    expect(marked()).toEqual(["Nội dung: c2"]);
    open.editor.setThreads([]);
    expect(marked()).toEqual([]);
    expect(open.editor.threadTops().size).toBe(0);
  });

  it("share a cell: it names the one that is open before one that is answered, and the chosen one before all", () => {
    const both = [mark("old", 1, 1, { state: "validated" }), mark("new", 1, 1)];
    open.editor.setThreads([], both);
    expect(marked()).toEqual(["12: new"]);
    open.editor.setThreads([], [mark("old", 1, 1, { state: "validated", active: true }), mark("new", 1, 1)]);
    expect(marked()).toEqual(["12: old!"]);
  });

  it("stay on their cells while others add rows, and where the text is drawn again", () => {
    open.editor.setThreads([], [mark("c1", 1, 1)]);
    const other = docFrom(Y.encodeStateAsUpdate(open.doc));
    new TableEdit(other, table, numberedIds("o")).insertRows(1);
    Y.applyUpdate(open.doc, Y.encodeStateAsUpdate(other));
    expect(marked()).toEqual(["12: c1"]);
    open.editor.setEditable(false);
    expect(marked()).toEqual(["12: c1"]);
    open.editor.setEditable(true);
    expect(marked()).toEqual(["12: c1"]);
  });

  it("are chosen by a click, for a reader too", () => {
    open.close();
    start(false);
    open.editor.setThreads([], [mark("c1", 1, 1)]);
    expect(marked()).toEqual(["12: c1"]);
    for (const cell of open.mount.querySelectorAll<HTMLElement>("[data-cell]")) {
      cell.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    }
    expect(clicked).toEqual(["c1"]);
  });

  it("are chosen by a press of the main button where one writes", () => {
    open.editor.setThreads([], [mark("c1", 1, 1)]);
    for (const cell of open.mount.querySelectorAll<HTMLElement>("[data-cell]")) {
      cell.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, button: 2 }));
      cell.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, button: 0 }));
    }
    expect(clicked).toEqual(["c1"]);
  });

  it("are about the cell with the caret", () => {
    expect(open.select(readSlot(slotText(open.doc, "b"))[0]?.id ?? "").editor.target()).toEqual({
      scope: "slot",
      slot: "b",
    });
    const cells = open.mount.querySelector<HTMLElement>(".tk-cells");
    cells?.focus();
    cells?.dispatchEvent(new FocusEvent("focus"));
    expect(open.editor.target()).toEqual({
      scope: "cell",
      slot: "b",
      table,
      cell: cellId(0, 0),
      quote: { exact: "Nội dung", prefix: "", suffix: "" },
    });
  });
});
