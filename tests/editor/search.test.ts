/** @vitest-environment jsdom */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { docFrom, layTable, readSlot, readTable, seedBody, slotText, TableEdit, tableCellText } from "#collab";
import type { ReportEditorOptions } from "#editor";
import type { TableInput } from "#model";
import { cellText } from "#model";
import { numberedIds } from "../support/headless-view.ts";
import { OpenEditor, smallTemplate } from "./open-editor.ts";

function selected(open: OpenEditor): string {
  const { from, to } = open.selection;
  return open.shown.textBetween(from, to);
}

function marked(open: OpenEditor): string[] {
  return [...open.mount.querySelectorAll(".tk-found")].map((found) => found.textContent ?? "");
}

describe("search", () => {
  test("it finds whatever the case, goes around the end, and says where it is", () => {
    const open = new OpenEditor({ a: ["Đại hội, đại hội"], c: ["ĐẠI HỘI"] }).select("a1", 3);
    open.editor.find("đại hội");
    expect(open.editor.getSnapshot().search).toEqual({ query: "đại hội", count: 3, index: 1 });
    expect(selected(open)).toBe("đại hội");
    open.editor.findNext();
    expect(selected(open)).toBe("ĐẠI HỘI");
    open.editor.findNext();
    expect(open.editor.getSnapshot().search?.index).toBe(0);
    open.editor.findPrevious();
    expect(selected(open)).toBe("ĐẠI HỘI");
    open.editor.find("đại hội", { matchCase: true });
    expect(open.editor.getSnapshot().search?.count).toBe(1);
    open.editor.clearFind();
    expect(open.editor.getSnapshot().search).toBeNull();
    expect(marked(open)).toEqual([]);
  });

  test("it finds without diacritics, and every match keeps its place", () => {
    const open = new OpenEditor({ a: ["Ở đó, đại hội; Dai hoi thường niên"] });
    open.editor.find("dai hoi", { matchMarks: false });
    expect(marked(open)).toEqual(["đại hội", "Dai hoi"]);
    open.editor.find("đai hôi");
    expect(open.editor.getSnapshot().search?.count).toBe(0);
  });

  test("it finds letters that a keyboard wrote in two signs, with all their signs", () => {
    const open = new OpenEditor({ a: [`x ${"đại hội".normalize("NFD")} y đại hội`] });
    open.editor.find("hội");
    expect(marked(open)).toEqual(["hội".normalize("NFD"), "hội"]);
    open.editor.find("hoi y", { matchMarks: false });
    expect(marked(open)).toEqual([`${"hội".normalize("NFD")} y`]);
    expect(open.editor.replaceAll("họp")).toBe(1);
    expect(open.spell()).toContain(`${"đại".normalize("NFD")} họp đại hội]`);
  });

  test("it follows what is written", () => {
    const open = new OpenEditor({ a: ["một"], b: ["hai"] });
    open.editor.find("ba");
    expect(open.editor.getSnapshot().search?.count).toBe(0);
    open.elsewhere((text) => text.insert(text.length, " ba", {}), "b");
    expect(marked(open)).toEqual(["ba"]);
    open.select("a1", -1).type(" ba");
    expect(marked(open)).toEqual(["ba", "ba"]);
  });

  test("it replaces one and goes to the next", () => {
    const open = new OpenEditor({ a: ["một hai một"] });
    open.editor.find("một");
    open.editor.replaceCurrent("1");
    expect(open.spell()).toContain("[a1 p0|1 hai một]");
    expect(selected(open)).toBe("một");
    open.editor.replaceCurrent("");
    expect(open.spell()).toContain("[a1 p0|1 hai ]");
  });

  test("it replaces all in one step of undo, and marks stay on what replaces", () => {
    const open = new OpenEditor({ a: ["một, một"], b: ["một"] }).select("a1", 0, "a1", 3);
    open.press("Mod-b");
    open.select("b1", -1).type("!");
    const before = open.spell();
    open.editor.find("một");
    expect(open.editor.replaceAll("mười một")).toBe(3);
    expect(open.spell()).toContain("[a1 p0|<s:mười một>, mười một] // [b1 p0|mười một!]");
    open.select("b1", -1).type("?");
    open.press("Mod-z");
    open.press("Mod-z");
    expect(open.spell()).toBe(before);
  });

  test("it changes nothing in a text that may only be read", () => {
    const open = new OpenEditor({ a: ["một"] }, { editable: false });
    const before = open.spell();
    open.editor.find("một");
    open.editor.replaceCurrent("hai");
    expect(open.editor.replaceAll("hai")).toBe(0);
    expect(open.spell()).toBe(before);
  });
});

describe("search in the cells of tables", () => {
  const TABLE: TableInput = {
    kind: "table",
    text: "Bảng kết nạp",
    rows: [
      ["Đơn vị", "Kết nạp"],
      ["Chi bộ 1", "kết nạp 12, kết nạp lại 1"],
    ],
  };

  function withTable(options: Partial<ReportEditorOptions> = {}): { open: OpenEditor; table: string } {
    const doc = new Y.Doc();
    const slots = { a: ["Đã kết nạp."], b: [TABLE, "Sẽ kết nạp."], c: [] };
    seedBody(doc, smallTemplate(), {}, slots, numberedIds("i"));
    const table = readSlot(slotText(doc, "b")).flatMap((block) => block.table ?? [])[0]?.id ?? "";
    return { open: new OpenEditor({}, { doc, ...options }), table };
  }

  const texts = ({ open, table }: ReturnType<typeof withTable>): string[] =>
    readTable(open.doc, table).rows.flatMap((row) => row.cells.map(cellText));
  const here = (open: OpenEditor): string[] =>
    [...open.mount.querySelectorAll(".tk-found-here")].map((found) => found.closest("td, th, p")?.textContent ?? "");

  test("it goes through text, captions and cells in the order of the text, and around the end", () => {
    const { open } = withTable();
    open.editor.focus("a");
    open.editor.find("kết nạp");
    expect(open.editor.getSnapshot().search).toEqual({ query: "kết nạp", count: 6, index: 0 });
    expect(marked(open)).toEqual(["kết nạp", "kết nạp", "Kết nạp", "kết nạp", "kết nạp", "kết nạp"]);
    const row = "kết nạp 12, kết nạp lại 1";
    const walk = ["Bảng kết nạp", "Kết nạp", row, row, "Sẽ kết nạp.", "Đã kết nạp."];
    for (const [i, words] of walk.entries()) {
      open.editor.findNext();
      expect(here(open)).toEqual([words]);
      expect(open.editor.getSnapshot().search?.index).toBe((i + 1) % 6);
    }
    for (const words of walk.slice(0, -1).toReversed()) {
      open.editor.findPrevious();
      expect(here(open)).toEqual([words]);
    }
    // What is typed further is looked for from there on.
    open.editor.findNext();
    open.editor.findNext();
    open.editor.find("kết nạp lại");
    expect(here(open)).toEqual([row]);
    open.editor.clearFind();
    expect(marked(open)).toEqual([]);
    // The caret is where the search ended.
    open.editor.focus();
    expect(document.activeElement?.className).toContain("tk-cells");
    open.editor.focus();
    expect(open.editor.view.hasFocus()).toBe(true);
  });

  test("it shows a reader what stands in cells", () => {
    const { open } = withTable({ editable: false });
    open.editor.find("kết nạp");
    expect(marked(open)).toEqual(["kết nạp", "kết nạp", "Kết nạp", "kết nạp", "kết nạp", "kết nạp"]);
    for (let i = 0; i < 3; i++) open.editor.findNext();
    expect(here(open)).toEqual(["kết nạp 12, kết nạp lại 1"]);
    open.editor.clearFind();
    expect(marked(open)).toEqual([]);
    expect(open.mount.querySelector("td:last-child p")?.childNodes).toHaveLength(1);
  });

  test("it follows what others write into cells", () => {
    const { open, table } = withTable();
    open.editor.find("mới");
    expect(marked(open)).toEqual([]);
    const other = docFrom(Y.encodeStateAsUpdate(open.doc));
    const edit = new TableEdit(other, table, numberedIds("o"));
    edit.setText(edit.laid().cells[1]?.[0]?.spots ?? [], [[{ text: "mới hai mới", marks: [] }]]);
    Y.applyUpdate(open.doc, Y.encodeStateAsUpdate(other));
    expect(marked(open)).toEqual(["mới", "mới"]);
    expect(open.editor.getSnapshot().search?.count).toBe(2);
  });

  test("it replaces one in a cell and goes to the next there", () => {
    const made = withTable();
    const { open } = made;
    open.editor.focus("a");
    open.editor.find("kết nạp");
    for (let i = 0; i < 3; i++) open.editor.findNext();
    open.editor.replaceCurrent("đã kết nạp");
    expect(texts(made).at(-1)).toBe("đã kết nạp 12, kết nạp lại 1");
    expect(open.editor.getSnapshot().search).toMatchObject({ count: 6, index: 4 });
    open.editor.replaceCurrent("");
    expect(texts(made).at(-1)).toBe("đã kết nạp 12,  lại 1");
    expect(selected(open)).toBe("kết nạp");
    open.editor.run("undo");
    open.editor.run("undo");
    expect(texts(made).at(-1)).toBe("kết nạp 12, kết nạp lại 1");
  });

  test("it replaces all in text and cells as one step of undo, and marks stay", () => {
    const made = withTable();
    const { open, table } = made;
    const spot = layTable(open.doc, table).cells[1]?.[1]?.spots[0];
    const text = spot && tableCellText(open.doc, table, spot.row, spot.column);
    text?.format(0, 7, { strong: true });
    open.select("i1", -1).type("!");
    const before = [open.spell(), ...texts(made)];
    open.editor.find("kết nạp");
    expect(open.editor.replaceAll("phát triển")).toBe(6);
    expect(texts(made)).toEqual(["Đơn vị", "phát triển", "Chi bộ 1", "phát triển 12, phát triển lại 1"]);
    expect(open.spell()).toContain("Đã phát triển.!");
    expect(open.spell()).toContain("Bảng phát triển");
    expect(text?.toDelta()).toEqual([
      { insert: "phát triển", attributes: { strong: true } },
      { insert: " 12, phát triển lại 1" },
    ]);
    open.editor.run("undo");
    expect([open.spell(), ...texts(made)]).toEqual(before);
    expect(open.editor.replaceAll("x")).toBe(6);
  });
});
