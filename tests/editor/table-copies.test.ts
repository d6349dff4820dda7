// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import { readTable } from "#collab";
import { FIGURES, TableEditor } from "./open-table.ts";

let open: TableEditor;

beforeEach(() => {
  open = new TableEditor({ a: ["Trước.", "Sau."], b: ["Khác."] });
});

describe("copying (S7, S20)", () => {
  it("gives a copy a table of its own, and leaves a moved block its table", () => {
    open.filled(FIGURES);
    const id = open.table;
    open.select("a1", 0, "a2", 2);
    const data = open.copy();
    open.select("b1", -1);
    open.paste(data);
    expect(open.tables()).toHaveLength(2);
    const [, copy] = open.tables();
    expect(copy).not.toBe(id);
    expect(open.texts(id)).toEqual(FIGURES);
    expect(open.texts(copy)).toEqual(FIGURES);
    open.caretIn(1);
    open.select("a1", 0, "a2", 2);
    const cut = open.copy("cut");
    expect(open.tables()).toHaveLength(1);
    open.select("b1", 0);
    open.paste(cut);
    expect(open.tables()).toContain(id);
    expect(open.texts(id)).toEqual(FIGURES);
  });

  it("carries what the table holds into another report", () => {
    open.filled(FIGURES);
    open.select("a1", 0, "a2", 2);
    const data = open.copy();
    open.close();
    open = new TableEditor({ a: ["", "x"] });
    open.select("a1");
    open.paste(data);
    expect(open.texts()).toEqual(FIGURES);
    expect(readTable(open.doc, open.table).rows[0]?.cells[0]?.header).toBe(true);
  });
});

describe("pasting", () => {
  const EXCEL = `<html><body><!--StartFragment--><table border=0><tr><td class=xl65>Đơn vị</td><td>Số</td></tr>
    <tr><td>Một</td><td align=right x:num="10.5">10,5</td></tr></table><!--EndFragment--></body></html>`;

  it("makes a table of a table from Excel or Word", () => {
    open.select("a1", -1);
    open.paste({ html: EXCEL, text: "Đơn vị\tSố\nMột\t10,5" });
    expect(open.texts()).toEqual([
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
    expect(open.texts()).toEqual([["Đầu"], ["một\nhai", "x"], ["y"]]);
    const { rows } = readTable(open.doc, open.table);
    expect(rows[0]?.cells[0]).toMatchObject({ header: true, colspan: 2, paragraphs: [[{ text: "Đầu", marks: [] }]] });
    expect(rows[1]?.cells[0]?.paragraphs[1]).toEqual([{ text: "hai", marks: ["em"] }]);
    expect(open.spell()).toContain("Dưới");
  });

  it("puts cells into cells, with rows and columns where they are missing", () => {
    open.filled([["a", "b"]]);
    open.caretIn(1);
    open.pasteInCell({ html: EXCEL, text: "" });
    expect(open.texts()).toEqual([
      ["a", "Đơn vị", "Số"],
      ["", "Một", "10,5"],
    ]);
    open.caretIn(0);
    open.pasteInCell({ text: "1\t2\n3\t4\n" });
    expect(open.texts()).toEqual([
      ["1", "2", "Số"],
      ["3", "4", "10,5"],
    ]);
    open.editor.run("undo");
    expect(open.texts()[0]?.[0]).toBe("a");
  });

  it("puts any other text into the cell, a line for each paragraph", () => {
    open.filled([["a", "b"]]);
    open.caretIn(0, 1);
    open.pasteInCell({ html: "<p>một</p><p><b>hai</b></p>", text: "" });
    expect(open.texts()).toEqual([["amột\nhai", "b"]]);
  });
});
