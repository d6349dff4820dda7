// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import { readTable, slotText } from "#collab";
import { TableEditor } from "./open-table.ts";

let open: TableEditor;

beforeEach(() => {
  open = new TableEditor({ a: ["Trước.", "Sau."], b: ["Khác."] });
});

describe("putting a table in (S20)", () => {
  it("puts it below the caret, with the caret in its first cell", () => {
    open.select("a1", -1);
    expect(open.editor.insertTable(2, 2)).toBe(true);
    open.typeInCell("Đơn vị");
    expect(open.texts()).toEqual([
      ["Đơn vị", ""],
      ["", ""],
    ]);
    expect(open.shown.child(0).children.map((block) => block.attrs["kind"])).toEqual([
      "paragraph",
      "table",
      "paragraph",
    ]);
    expect(readTable(open.doc, open.table).rows[0]?.cells[0]?.header).toBe(true);
    expect(open.editor.getSnapshot().table).toMatchObject({ header: true, canMerge: false });
  });

  it("takes the place of an empty paragraph, and leaves room to write below", () => {
    open.close();
    open = new TableEditor({ a: [""], b: [], c: [] });
    open.select("a1");
    open.editor.insertTable(1, 1);
    expect(open.shown.child(0).children.map((block) => block.attrs["kind"])).toEqual(["table", "paragraph"]);
    open.texts();
  });

  it("is one step of undo with all its cells, and comes back whole", () => {
    open.select("a1", -1);
    open.editor.insertTable(2, 2);
    open.editor.run("undo");
    expect(open.tables()).toEqual([]);
    open.editor.run("redo");
    expect(open.texts()).toEqual([
      ["", ""],
      ["", ""],
    ]);
  });
});

describe("the place of a caret in a cell", () => {
  it("is told as that of its table: the slot, and what others hear", () => {
    open.select("b1", -1);
    open.editor.insertTable(2, 1);
    open.editor.focus("a");
    expect(open.editor.getSnapshot().slot).toBe("a");
    open.caretIn(0);
    expect(open.editor.getSnapshot()).toMatchObject({ slot: "b", kind: "table" });
    expect(open.mount.querySelector(".tk-slot-here")?.getAttribute("data-slot")).toBe("b");
    expect(open.cells().hasFocus()).toBe(true);
    open.typeInCell("x");
    expect(open.texts()).toEqual([["x"], [""]]);
  });
});

describe("undo in one order with the text (S9)", () => {
  it("takes back cells and text as they were written", () => {
    open.filled([["a"]]);
    open.editor.focus();
    open.select("a2", -1).type("X");
    open.caretIn(0, 1);
    open.typeInCell("Y");
    open.editor.run("undo");
    expect(open.texts()).toEqual([["a"]]);
    open.editor.run("undo");
    expect(open.shown.child(0).child(2).textContent).toBe("Sau.");
    expect(open.texts()).toEqual([["a"]]);
    open.editor.run("undo");
    expect(open.texts()).toEqual([[""]]);
  });

  it("works by the key in a cell, and puts the caret back into it", () => {
    open.filled([["a"]]);
    open.editor.focus();
    open.select("a1", -1).type("!");
    open.caretIn(0);
    open.pressInCell("z", { ctrlKey: true });
    expect(open.shown.child(0).child(0).textContent).toBe("Trước.");
    expect(open.editor.view.hasFocus()).toBe(true);
    open.press("Mod-z");
    expect(open.texts()).toEqual([[""]]);
    expect(open.cells().hasFocus()).toBe(true);
  });
});

it("holds the slot's text apart from the cells", () => {
  open.filled([["a"]]);
  expect(slotText(open.doc, "a").toJSON()).toBe("\nTrước.\n\nSau.");
});
