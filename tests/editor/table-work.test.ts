// @vitest-environment jsdom
import { CellSelection } from "prosemirror-tables";
import { beforeEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { docFrom, readTable } from "#collab";
import { FIGURES, TableEditor } from "./open-table.ts";

let open: TableEditor;

beforeEach(() => {
  open = new TableEditor({ a: ["Trước.", "Sau."], b: ["Khác."] });
});

describe("working in a table (S21)", () => {
  it("goes from cell to cell with Tab, and adds a row after the last", () => {
    open.filled(FIGURES);
    open.pressInCell("Tab");
    open.typeInCell("Ba");
    open.pressInCell("Tab");
    open.typeInCell("30");
    open.pressInCell("Tab", { shiftKey: true });
    open.typeInCell("!");
    expect(open.texts().at(-1)).toEqual(["!", "30"]);
  });

  it("adds and removes rows and columns where the caret is", () => {
    open.filled(FIGURES);
    open.caretIn(2);
    open.editor.run("rowBefore");
    open.editor.run("columnAfter");
    expect(open.texts()).toEqual([
      ["Đơn vị", "", "2021"],
      ["", "", ""],
      ["Một", "", "10"],
      ["Hai", "", "20"],
    ]);
    open.caretIn(6);
    open.editor.run("removeRow");
    open.editor.run("removeColumn");
    expect(open.texts().every((row) => row.length === 2)).toBe(true);
    for (let i = 0; i < 4; i++) open.editor.run("undo");
    expect(open.texts()).toEqual(FIGURES);
  });

  it("merges selected cells and takes them apart again", () => {
    open.filled(FIGURES);
    open.selectCells(2, 5);
    expect(open.editor.getSnapshot().table?.canMerge).toBe(true);
    open.editor.run("mergeCells");
    expect(open.texts()).toEqual([["Đơn vị", "2021"], ["Một\n10\nHai\n20"], []]);
    expect(open.editor.getSnapshot().table?.canSplit).toBe(true);
    open.editor.run("splitCell");
    expect(open.texts()).toEqual(FIGURES);
  });

  it("says what a total should be, where it stands", () => {
    open.filled([...FIGURES, ["Cộng", "31"]]);
    open.editor.run("totalRow");
    const total = (): Element | null => open.mount.querySelector("[data-warning]");
    expect(total()?.getAttribute("data-warning")).toBe("Ghi 31, cộng lại được 30");
    open.pressInCell("Backspace");
    const view = open.cells();
    view.dispatch(view.state.tr.delete(view.state.selection.from - 1, view.state.selection.from));
    open.typeInCell("0");
    expect(total()).toBeNull();
  });

  it("puts numbers on the right and writes them as Vietnamese do", () => {
    open.filled([["Năm"], ["1234567"], ["1,234,567.5"], ["2021"], ["12 xã"]]);
    open.caretIn(1);
    open.editor.run("formatNumbers");
    expect(open.texts().flat()).toEqual(["Năm", "1.234.567", "1.234.567,5", "2021", "12 xã"]);
    const right = [...open.mount.querySelectorAll(".tk-figure")].map((cell) => cell.textContent);
    expect(right).toEqual(["1.234.567", "1.234.567,5", "2021"]);
    open.editor.run("undo");
    expect(open.texts().flat()[1]).toBe("1234567");
  });

  it("takes Enter as a line of the cell, and marks from the keys", () => {
    open.filled([["a", "b"]]);
    open.pressInCell("Enter");
    open.pressInCell("b", { ctrlKey: true });
    open.typeInCell("c");
    const [, cell] = readTable(open.doc, open.table).rows[0]?.cells ?? [];
    expect(cell?.paragraphs).toEqual([[{ text: "b", marks: [] }], [{ text: "c", marks: ["strong"] }]]);
    open.texts();
  });

  it("empties selected cells with Delete, and writes over them", () => {
    open.filled(FIGURES);
    open.selectCells(2, 5);
    open.pressInCell("Delete");
    expect(open.texts().slice(1).flat().join("")).toBe("");
    open.selectCells(0, 1);
    open.typeInCell("x");
    expect(open.texts()[0]).toEqual(["x", ""]);
  });

  it("leaves by the arrows and by Escape, and comes in by them", () => {
    open.filled([["a", "b"]]);
    open.pressInCell("Escape");
    expect(open.selection.$from.parent.textContent).toBe("Sau.");
    open.press("ArrowUp");
    open.typeInCell("!");
    expect(open.texts()).toEqual([["a", "b!"]]);
    open.caretIn(0);
    open.pressInCell("ArrowLeft");
    expect(open.selection.$from.parent.attrs["kind"]).toBe("table");
    open.type("Bảng một");
    expect(open.shown.child(0).child(1).textContent).toBe("Bảng một");
    open.texts();
  });

  it("goes with its block, leaves what it held in the body, and comes back by undo", () => {
    open.filled([["a", "b"]]);
    const id = open.table;
    open.editor.run("removeTable");
    expect(open.tables()).toEqual([]);
    expect(readTable(open.doc, id).rows).toHaveLength(1);
    open.editor.run("undo");
    expect(open.texts(id)).toEqual([["a", "b"]]);
  });

  it("joins with no text around it", () => {
    open.filled([["a"]]);
    open.select("a2");
    open.press("Backspace");
    open.select("a1", -1);
    open.press("Delete");
    expect(open.selection.$from.parent.attrs["kind"]).toBe("table");
    open.press("Backspace");
    open.press("Mod-Alt-1");
    expect(open.texts()).toEqual([["a"]]);
    expect(open.shown.child(0).childCount).toBe(3);
  });
});

describe("with others (S21)", () => {
  it("shows what others write, and keeps the caret and what is typed", () => {
    open.filled(FIGURES);
    open.caretIn(5, 1);
    open.elsewhereInTable((edit, _, at) => {
      edit.insertRows(1);
      edit.insertColumns(0);
      at(0, 1).insert(0, "* ");
    });
    open.typeInCell("5");
    expect(open.texts()).toEqual([
      ["", "* Đơn vị", "2021"],
      ["", "", ""],
      ["", "Một", "10"],
      ["", "Hai", "250"],
    ]);
  });

  it("keeps selected cells selected while others add rows", () => {
    open.filled(FIGURES);
    open.selectCells(2, 5);
    open.elsewhereInTable((edit) => edit.insertRows(1));
    expect(open.cells().state.selection).toBeInstanceOf(CellSelection);
    open.editor.run("mergeCells");
    expect(open.texts().at(2)).toEqual(["Một\n10\nHai\n20"]);
  });

  it("never writes for a reader, and shows the table", () => {
    open.filled(FIGURES);
    const state = Y.encodeStateAsUpdate(open.doc);
    open.close();
    open = new TableEditor({}, { doc: docFrom(state), editable: false });
    const vector = Y.encodeStateVector(open.doc);
    expect(open.texts()).toEqual(FIGURES);
    open.elsewhereInTable((_, __, at) => at(1, 1).insert(0, "1"));
    expect(open.texts()[1]).toEqual(["Một", "110"]);
    expect(open.mount.querySelector(".tk-cells")).toBeNull();
    expect([...Y.decodeStateVector(vector).keys()]).not.toContain(open.doc.clientID);
    expect([...Y.decodeStateVector(Y.encodeStateVector(open.doc)).keys()]).not.toContain(open.doc.clientID);
  });

  it("shows content that makes no sense, and goes on", () => {
    open.filled([["a"]]);
    const id = open.table;
    open.elsewhereInTable((_, doc) => {
      doc.getText(`table:${id}`).insert(0, "\n\nx", { row: "zz", span: ["zz"] });
      doc.getText(`table:${id}:zz:yy`).insert(0, "ngoài");
      doc.getText(`table:${id}:zz:yy`).insertEmbed(0, { image: 1 });
    });
    open.caretIn(0);
    open.typeInCell("b");
    expect(open.texts().flat().join("")).toContain("b");
  });
});
