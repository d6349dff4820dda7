// @vitest-environment jsdom
import { TextSelection } from "prosemirror-state";
import { CellSelection } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { docFrom, layTable, readTable, slotText, TableEdit, tableCellText } from "#collab";
import type { Spot } from "#collab";
import { cellText } from "#model";
import { numberedIds } from "../support/headless-view.ts";
import { OpenEditor } from "./open-editor.ts";

let open: OpenEditor;

beforeEach(() => {
  open = new OpenEditor({ a: ["Trước.", "Sau."], b: ["Khác."] });
});

afterEach(() => {
  open.close();
});

/** The ids of the tables in the text, in order. */
function ids(of = open): string[] {
  const found: string[] = [];
  of.shown.descendants((node) => {
    if (node.attrs["kind"] === "table") found.push(String(node.attrs["table"]));
  });
  return found;
}

function only(): string {
  const [id] = ids();
  if (id === undefined) throw new Error("no table");
  return id;
}

/** The texts of a table as the body has them; the editor shows the same. */
function texts(id = only(), of = open): string[][] {
  const read = readTable(of.doc, id).rows.map((row) => row.cells.map(cellText));
  const drawn = [...of.mount.querySelectorAll<HTMLElement>(".tk-table")][ids(of).indexOf(id)];
  const shown = [...(drawn?.querySelectorAll("tr") ?? [])].map((row) =>
    [...row.querySelectorAll("td, th")].map((cell) =>
      [...cell.querySelectorAll("p")].map((line) => line.textContent).join("\n"),
    ),
  );
  expect(shown).toEqual(read);
  expect(readTable(docFrom(Y.encodeStateAsUpdate(of.doc)), id)).toEqual(readTable(of.doc, id));
  of.spell();
  return read;
}

// The editors of cells are nobody's business outside; here they are noticed as they are made.
const views = new Set<EditorView>();
const someProp = EditorView.prototype.someProp;
EditorView.prototype.someProp = function noticed(this: EditorView, ...asked: Parameters<typeof someProp>) {
  views.add(this);
  return someProp.apply(this, asked);
};

/** The view of the cells of the n-th table. */
function cells(n = 0): EditorView {
  const dom = open.mount.querySelectorAll(".tk-cells")[n];
  const view = [...views].find((one) => !one.isDestroyed && one.dom === dom);
  if (!view) throw new Error("no cells");
  return view;
}

/** Where the text of a cell begins, by its place among the cells. */
function start(n: number, view = cells()): number {
  const starts: number[] = [];
  view.state.doc.descendants((node, pos) => {
    if (node.type.name === "table_cell") starts.push(pos + 2);
  });
  const found = starts[n];
  if (found === undefined) throw new Error(`no cell ${n}`);
  return found;
}

function caret(n: number, offset = 0): void {
  const view = cells();
  view.focus();
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, start(n) + offset)));
}

function select(from: number, to: number): void {
  const view = cells();
  view.focus();
  view.dispatch(view.state.tr.setSelection(CellSelection.create(view.state.doc, start(from) - 2, start(to) - 2)));
}

function type(text: string): void {
  const view = cells();
  for (const letter of text) {
    const { from, to } = view.state.selection;
    const plain = () => view.state.tr.insertText(letter, from, to).scrollIntoView();
    if (!view.someProp("handleTextInput", (handle) => handle(view, from, to, letter, plain))) view.dispatch(plain());
  }
}

function press(key: string, modifiers: Partial<KeyboardEventInit> = {}): boolean {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...modifiers });
  return !cells().dom.dispatchEvent(event);
}

function paste(data: { html?: string; text?: string }): void {
  const clipboardData = {
    getData: (format: string) => (format === "text/html" ? data.html : data.text) ?? "",
    files: [],
  };
  cells().dom.dispatchEvent(Object.assign(new Event("paste", { bubbles: true, cancelable: true }), { clipboardData }));
}

/** Somebody else works on the table, hearing of what is here first. */
function elsewhere(change: (edit: TableEdit, doc: Y.Doc, at: (row: number, column: number) => Y.Text) => void): void {
  const other = docFrom(Y.encodeStateAsUpdate(open.doc));
  const id = only();
  const at = (row: number, column: number): Y.Text => {
    const { rows, columns } = layTable(other, id);
    const spot: Spot = { row: rows[row]?.id ?? "", column: columns[column]?.id ?? "" };
    return tableCellText(other, id, spot.row, spot.column);
  };
  change(new TableEdit(other, id, numberedIds(`o${other.clientID}`)), other, at);
  Y.applyUpdate(open.doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(open.doc)), "network");
}

/** A table with these words, cell by cell. */
function filled(rows: readonly (readonly string[])[]): void {
  open.select("a1", -1);
  expect(open.editor.insertTable(rows.length, rows[0]?.length ?? 1)).toBe(true);
  let n = 0;
  for (const words of rows.flat()) {
    caret(n++);
    type(words);
  }
}

const FIGURES = [
  ["Đơn vị", "2021"],
  ["Một", "10"],
  ["Hai", "20"],
];

describe("putting a table in (S20)", () => {
  it("puts it below the caret, with the caret in its first cell", () => {
    open.select("a1", -1);
    expect(open.editor.insertTable(2, 2)).toBe(true);
    type("Đơn vị");
    expect(texts()).toEqual([
      ["Đơn vị", ""],
      ["", ""],
    ]);
    expect(open.shown.child(0).children.map((block) => block.attrs["kind"])).toEqual([
      "paragraph",
      "table",
      "paragraph",
    ]);
    expect(readTable(open.doc, only()).rows[0]?.cells[0]?.header).toBe(true);
    expect(open.editor.getSnapshot().table).toMatchObject({ header: true, canMerge: false });
  });

  it("takes the place of an empty paragraph, and leaves room to write below", () => {
    open.close();
    open = new OpenEditor({ a: [""], b: [], c: [] });
    open.select("a1");
    open.editor.insertTable(1, 1);
    expect(open.shown.child(0).children.map((block) => block.attrs["kind"])).toEqual(["table", "paragraph"]);
    texts();
  });

  it("is one step of undo with all its cells, and comes back whole", () => {
    open.select("a1", -1);
    open.editor.insertTable(2, 2);
    open.editor.run("undo");
    expect(ids()).toEqual([]);
    open.editor.run("redo");
    expect(texts()).toEqual([
      ["", ""],
      ["", ""],
    ]);
  });
});

describe("working in a table (S21)", () => {
  it("goes from cell to cell with Tab, and adds a row after the last", () => {
    filled(FIGURES);
    press("Tab");
    type("Ba");
    press("Tab");
    type("30");
    press("Tab", { shiftKey: true });
    type("!");
    expect(texts().at(-1)).toEqual(["!", "30"]);
  });

  it("adds and removes rows and columns where the caret is", () => {
    filled(FIGURES);
    caret(2);
    open.editor.run("rowBefore");
    open.editor.run("columnAfter");
    expect(texts()).toEqual([
      ["Đơn vị", "", "2021"],
      ["", "", ""],
      ["Một", "", "10"],
      ["Hai", "", "20"],
    ]);
    caret(6);
    open.editor.run("removeRow");
    open.editor.run("removeColumn");
    expect(texts().every((row) => row.length === 2)).toBe(true);
    for (let i = 0; i < 4; i++) open.editor.run("undo");
    expect(texts()).toEqual(FIGURES);
  });

  it("merges selected cells and takes them apart again", () => {
    filled(FIGURES);
    select(2, 5);
    expect(open.editor.getSnapshot().table?.canMerge).toBe(true);
    open.editor.run("mergeCells");
    expect(texts()).toEqual([["Đơn vị", "2021"], ["Một\n10\nHai\n20"], []]);
    expect(open.editor.getSnapshot().table?.canSplit).toBe(true);
    open.editor.run("splitCell");
    expect(texts()).toEqual(FIGURES);
  });

  it("says what a total should be, where it stands", () => {
    filled([...FIGURES, ["Cộng", "31"]]);
    open.editor.run("totalRow");
    const total = (): Element | null => open.mount.querySelector("[data-warning]");
    expect(total()?.getAttribute("data-warning")).toBe("Ghi 31, cộng lại được 30");
    press("Backspace");
    const view = cells();
    view.dispatch(view.state.tr.delete(view.state.selection.from - 1, view.state.selection.from));
    type("0");
    expect(total()).toBeNull();
  });

  it("puts numbers on the right and writes them as Vietnamese do", () => {
    filled([["Năm"], ["1234567"], ["1,234,567.5"], ["2021"], ["12 xã"]]);
    caret(1);
    open.editor.run("formatNumbers");
    expect(texts().flat()).toEqual(["Năm", "1.234.567", "1.234.567,5", "2021", "12 xã"]);
    const right = [...open.mount.querySelectorAll(".tk-figure")].map((cell) => cell.textContent);
    expect(right).toEqual(["1.234.567", "1.234.567,5", "2021"]);
    open.editor.run("undo");
    expect(texts().flat()[1]).toBe("1234567");
  });

  it("takes Enter as a line of the cell, and marks from the keys", () => {
    filled([["a", "b"]]);
    press("Enter");
    press("b", { ctrlKey: true });
    type("c");
    const [, cell] = readTable(open.doc, only()).rows[0]?.cells ?? [];
    expect(cell?.paragraphs).toEqual([[{ text: "b", marks: [] }], [{ text: "c", marks: ["strong"] }]]);
    texts();
  });

  it("empties selected cells with Delete, and writes over them", () => {
    filled(FIGURES);
    select(2, 5);
    press("Delete");
    expect(texts().slice(1).flat().join("")).toBe("");
    select(0, 1);
    type("x");
    expect(texts()[0]).toEqual(["x", ""]);
  });

  it("leaves by the arrows and by Escape, and comes in by them", () => {
    filled([["a", "b"]]);
    press("Escape");
    expect(open.selection.$from.parent.textContent).toBe("Sau.");
    open.press("ArrowUp");
    type("!");
    expect(texts()).toEqual([["a", "b!"]]);
    caret(0);
    press("ArrowLeft");
    expect(open.selection.$from.parent.attrs["kind"]).toBe("table");
    open.type("Bảng một");
    expect(open.shown.child(0).child(1).textContent).toBe("Bảng một");
    texts();
  });

  it("goes with its block, leaves what it held in the body, and comes back by undo", () => {
    filled([["a", "b"]]);
    const id = only();
    open.editor.run("removeTable");
    expect(ids()).toEqual([]);
    expect(readTable(open.doc, id).rows).toHaveLength(1);
    open.editor.run("undo");
    expect(texts(id)).toEqual([["a", "b"]]);
  });

  it("joins with no text around it", () => {
    filled([["a"]]);
    open.select("a2");
    open.press("Backspace");
    open.select("a1", -1);
    open.press("Delete");
    expect(open.selection.$from.parent.attrs["kind"]).toBe("table");
    open.press("Backspace");
    open.press("Mod-Alt-1");
    expect(texts()).toEqual([["a"]]);
    expect(open.shown.child(0).childCount).toBe(3);
  });
});

describe("the place of a caret in a cell", () => {
  it("is told as that of its table: the slot, and what others hear", () => {
    open.select("b1", -1);
    open.editor.insertTable(2, 1);
    open.editor.focus("a");
    expect(open.editor.getSnapshot().slot).toBe("a");
    caret(0);
    expect(open.editor.getSnapshot()).toMatchObject({ slot: "b", kind: "table" });
    expect(open.mount.querySelector(".tk-slot-here")?.getAttribute("data-slot")).toBe("b");
    expect(cells().hasFocus()).toBe(true);
    type("x");
    expect(texts()).toEqual([["x"], [""]]);
  });
});

describe("undo in one order with the text (S9)", () => {
  it("takes back cells and text as they were written", () => {
    filled([["a"]]);
    open.editor.focus();
    open.select("a2", -1).type("X");
    caret(0, 1);
    type("Y");
    open.editor.run("undo");
    expect(texts()).toEqual([["a"]]);
    open.editor.run("undo");
    expect(open.shown.child(0).child(2).textContent).toBe("Sau.");
    expect(texts()).toEqual([["a"]]);
    open.editor.run("undo");
    expect(texts()).toEqual([[""]]);
  });

  it("works by the key in a cell, and puts the caret back into it", () => {
    filled([["a"]]);
    open.editor.focus();
    open.select("a1", -1).type("!");
    caret(0);
    press("z", { ctrlKey: true });
    expect(open.shown.child(0).child(0).textContent).toBe("Trước.");
    expect(open.editor.view.hasFocus()).toBe(true);
    open.press("Mod-z");
    expect(texts()).toEqual([[""]]);
    expect(cells().hasFocus()).toBe(true);
  });
});

describe("with others (S21)", () => {
  it("shows what others write, and keeps the caret and what is typed", () => {
    filled(FIGURES);
    caret(5, 1);
    elsewhere((edit, _, at) => {
      edit.insertRows(1);
      edit.insertColumns(0);
      at(0, 1).insert(0, "* ");
    });
    type("5");
    expect(texts()).toEqual([
      ["", "* Đơn vị", "2021"],
      ["", "", ""],
      ["", "Một", "10"],
      ["", "Hai", "250"],
    ]);
  });

  it("keeps selected cells selected while others add rows", () => {
    filled(FIGURES);
    select(2, 5);
    elsewhere((edit) => edit.insertRows(1));
    expect(cells().state.selection).toBeInstanceOf(CellSelection);
    open.editor.run("mergeCells");
    expect(texts().at(2)).toEqual(["Một\n10\nHai\n20"]);
  });

  it("never writes for a reader, and shows the table", () => {
    filled(FIGURES);
    const state = Y.encodeStateAsUpdate(open.doc);
    open.close();
    open = new OpenEditor({}, { doc: docFrom(state), editable: false });
    const vector = Y.encodeStateVector(open.doc);
    expect(texts()).toEqual(FIGURES);
    elsewhere((_, __, at) => at(1, 1).insert(0, "1"));
    expect(texts()[1]).toEqual(["Một", "110"]);
    expect(open.mount.querySelector(".tk-cells")).toBeNull();
    expect([...Y.decodeStateVector(vector).keys()]).not.toContain(open.doc.clientID);
    expect([...Y.decodeStateVector(Y.encodeStateVector(open.doc)).keys()]).not.toContain(open.doc.clientID);
  });

  it("shows content that makes no sense, and goes on", () => {
    filled([["a"]]);
    const id = only();
    elsewhere((_, doc) => {
      doc.getText(`table:${id}`).insert(0, "\n\nx", { row: "zz", span: ["zz"] });
      doc.getText(`table:${id}:zz:yy`).insert(0, "ngoài");
      doc.getText(`table:${id}:zz:yy`).insertEmbed(0, { image: 1 });
    });
    caret(0);
    type("b");
    expect(texts().flat().join("")).toContain("b");
  });
});

describe("copying (S7, S20)", () => {
  it("gives a copy a table of its own, and leaves a moved block its table", () => {
    filled(FIGURES);
    const id = only();
    open.select("a1", 0, "a2", 2);
    const data = open.copy();
    open.select("b1", -1);
    open.paste(data);
    expect(ids()).toHaveLength(2);
    const [, copy] = ids();
    expect(copy).not.toBe(id);
    expect(texts(id)).toEqual(FIGURES);
    expect(texts(copy)).toEqual(FIGURES);
    caret(1);
    open.select("a1", 0, "a2", 2);
    const cut = open.copy("cut");
    expect(ids()).toHaveLength(1);
    open.select("b1", 0);
    open.paste(cut);
    expect(ids()).toContain(id);
    expect(texts(id)).toEqual(FIGURES);
  });

  it("carries what the table holds into another report", () => {
    filled(FIGURES);
    open.select("a1", 0, "a2", 2);
    const data = open.copy();
    open.close();
    open = new OpenEditor({ a: ["", "x"] });
    open.select("a1");
    open.paste(data);
    expect(texts()).toEqual(FIGURES);
    expect(readTable(open.doc, only()).rows[0]?.cells[0]?.header).toBe(true);
  });
});

describe("pasting", () => {
  const EXCEL = `<html><body><!--StartFragment--><table border=0><tr><td class=xl65>Đơn vị</td><td>Số</td></tr>
    <tr><td>Một</td><td align=right x:num="10.5">10,5</td></tr></table><!--EndFragment--></body></html>`;

  it("makes a table of a table from Excel or Word", () => {
    open.select("a1", -1);
    open.paste({ html: EXCEL, text: "Đơn vị\tSố\nMột\t10,5" });
    expect(texts()).toEqual([
      ["Đơn vị", "Số"],
      ["Một", "10,5"],
    ]);
    expect(open.shown.child(0).children.map((block) => block.textContent)).toEqual(["Trước.", "", "", "Sau."]);
  });

  it("keeps merged cells, headers, lines and marks of Word", () => {
    open.select("a1", -1);
    open.paste({
      html: `<p>Trên</p><table><tr><td colspan=2><p class=MsoNormal><b>Đầu</b></p></td></tr>
        <tr><td rowspan=2><p>một</p><p><i>hai</i></p></td><td>x</td></tr><tr><td>y</td></tr></table><p>Dưới</p>`,
    });
    expect(texts()).toEqual([["Đầu"], ["một\nhai", "x"], ["y"]]);
    const { rows } = readTable(open.doc, only());
    expect(rows[0]?.cells[0]).toMatchObject({ header: true, colspan: 2, paragraphs: [[{ text: "Đầu", marks: [] }]] });
    expect(rows[1]?.cells[0]?.paragraphs[1]).toEqual([{ text: "hai", marks: ["em"] }]);
    expect(open.spell()).toContain("Dưới");
  });

  it("puts cells into cells, with rows and columns where they are missing", () => {
    filled([["a", "b"]]);
    caret(1);
    paste({ html: EXCEL, text: "" });
    expect(texts()).toEqual([
      ["a", "Đơn vị", "Số"],
      ["", "Một", "10,5"],
    ]);
    caret(0);
    paste({ text: "1\t2\n3\t4\n" });
    expect(texts()).toEqual([
      ["1", "2", "Số"],
      ["3", "4", "10,5"],
    ]);
    open.editor.run("undo");
    expect(texts()[0]?.[0]).toBe("a");
  });

  it("puts any other text into the cell, a line for each paragraph", () => {
    filled([["a", "b"]]);
    caret(0, 1);
    paste({ html: "<p>một</p><p><b>hai</b></p>", text: "" });
    expect(texts()).toEqual([["amột\nhai", "b"]]);
  });
});

it("holds the slot's text apart from the cells", () => {
  filled([["a"]]);
  expect(slotText(open.doc, "a").toJSON()).toBe("\nTrước.\n\nSau.");
});
