/** @vitest-environment jsdom */
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { fieldsMap, readSlot, readTable, readText, seedBody, slotText, TableEdit } from "#collab";
import { CellFinder, cellTarget } from "#comments";
import type { ReportText, TableInput } from "#model";
import { cellText } from "#model";
import { diffWords } from "../../src/client/workspace/compare/word-diff.ts";
import { numberedIds } from "../support/headless-view.ts";
import { block } from "../support/sample-report.ts";
import { slotsOf } from "./body.ts";
import { OpenEditor, SLOTS, smallTemplate } from "./open-editor.ts";

describe("an editor that restores", () => {
  const seenBy = (open: OpenEditor) => ({
    slots: slotsOf(open.doc, SLOTS),
    fields: Object.fromEntries(fieldsMap(open.doc).entries()) as Record<string, string>,
  });

  function withFields(): OpenEditor {
    const open = new OpenEditor({ a: ["Một.", "Hai."], b: ["Ba."] });
    open.doc.transact(() => {
      fieldsMap(open.doc).set("number", "7");
      fieldsMap(open.doc).set("place", "Huế");
    }, "network");
    return open;
  }

  it("brings back text and fields as one undo step, apart from what was typed around it", () => {
    const open = withFields();
    open.select("a1", -1).type("x");
    const seen = seenBy(open);
    const target = {
      slots: { ...seen.slots, a: [block("a1", "Một, sửa."), block("z", "Cũ.")], b: [block("b1", "Ba.", "heading", 1)] },
      fields: { number: "8", date: "2022-01-05" },
    };
    expect(open.editor.restore(seen, target, diffWords)).toBe(true);
    expect(open.spell()).toBe("[a1 p0|Một, sửa.][z p0|Cũ.] // [b1 h1|Ba.] // [lead p0|]");
    expect(seenBy(open).fields).toEqual(target.fields);
    open.select("a1", -1).type("y");
    open.editor.run("undo");
    expect(open.spell()).toContain("[a1 p0|Một, sửa.][z");
    open.editor.run("undo");
    expect(seenBy(open)).toEqual(seen);
    expect(open.spell()).toContain("[a1 p0|Một.x][a2 p0|Hai.]");
    open.editor.run("undo");
    expect(open.spell()).toContain("[a1 p0|Một.][a2 p0|Hai.]");
    open.editor.run("redo");
    open.editor.run("redo");
    expect(seenBy(open).fields).toEqual(target.fields);
    expect(open.spell()).toContain("[a1 p0|Một, sửa.][z p0|Cũ.]");
  });

  it("does nothing where somebody has changed what would go, and the person has not seen it", () => {
    const open = withFields();
    const seen = seenBy(open);
    const slots = { ...seen.slots, a: [block("a1", "Cũ.")] };
    open.elsewhere((text) => text.insert(text.length, " Của người khác.", {}));
    expect(open.editor.restore(seen, { slots, fields: seen.fields }, diffWords)).toBe(false);
    fieldsMap(open.doc).set("number", "9");
    expect(open.editor.restore(seen, { slots: seen.slots, fields: { place: "Huế" } }, diffWords)).toBe(false);
    expect(open.spell()).toBe("[a1 p0|Một.][a2 p0|Hai. Của người khác.] // [b1 p0|Ba.] // [lead p0|]");
    // What is not asked for may have changed.
    const elsewhere = { slots: { ...seen.slots, b: [block("b1", "Cũ.")] }, fields: seen.fields };
    expect(open.editor.restore(seen, elsewhere, diffWords)).toBe(true);
    expect(open.spell()).toBe("[a1 p0|Một.][a2 p0|Hai. Của người khác.] // [b1 p0|Cũ.] // [lead p0|]");
  });

  it("does nothing where one only reads", () => {
    const open = new OpenEditor({ a: ["Một."] }, { editable: false });
    const seen = seenBy(open);
    const target = { slots: { a: [block("a1", "Cũ.")] }, fields: {} };
    expect(open.editor.restore(seen, target, diffWords)).toBe(false);
    expect(seenBy(open)).toEqual(seen);
  });
});

describe("an editor that restores tables", () => {
  const TABLE: TableInput = {
    kind: "table",
    text: "Kết nạp",
    rows: [
      ["Nội dung", "2021"],
      ["Kết nạp", "12"],
      ["Khen thưởng", "7"],
    ],
  };

  function withTable(): { open: OpenEditor; id: string; edit: TableEdit } {
    const doc = new Y.Doc();
    seedBody(doc, smallTemplate(), {}, { a: ["Lời."], b: ["Kết quả:", TABLE] }, numberedIds("i"));
    const id = readSlot(slotText(doc, "b")).flatMap((each) => each.table ?? [])[0]?.id ?? "";
    return { open: new OpenEditor({}, { doc }), id, edit: new TableEdit(doc, id, numberedIds("e")) };
  }

  const read = ({ doc }: OpenEditor): ReportText => readText(doc, smallTemplate());
  const cells = (open: OpenEditor, id: string): string[][] =>
    readTable(open.doc, id).rows.map((row) => row.cells.map(cellText));
  const shown = (open: OpenEditor): string[][] =>
    [...open.mount.querySelectorAll(".tk-table tr")].map((row) =>
      [...row.querySelectorAll("td, th")].map((cell) => cell.textContent),
    );
  const row = (edit: TableEdit, at: number): string => edit.laid().rows[at]?.id ?? "";
  const write = (open: OpenEditor, edit: TableEdit, [r, c]: readonly [number, number], words: string): void =>
    open.doc.transact(() => {
      const spot = edit.laid().cells[r]?.[c]?.spots[0];
      if (spot) edit.setText([spot], [[{ text: words, marks: [] }]]);
    }, "somebody");

  it("brings back words, rows and widths, with the text, as one undo step", () => {
    const { open, id, edit } = withTable();
    edit.setWidth(edit.laid().columns[0]?.id ?? "", 150);
    const version = read(open);
    open.editor.insertTable(1, 1);
    open.elsewhere((text) => text.insert(text.length, " Thêm.", {}), "b");
    write(open, edit, [1, 1], "99");
    edit.removeRows([row(edit, 2)]);
    edit.insertRows(1);
    edit.setWidth(edit.laid().columns[0]?.id ?? "", null);
    const before = read(open);
    expect(open.editor.restore(before, version, diffWords)).toBe(true);
    expect(read(open)).toEqual(version);
    expect(shown(open)).toEqual(cells(open, id));
    open.editor.run("undo");
    expect(read(open)).toEqual(before);
    expect(shown(open).slice(-3)).toEqual(cells(open, id));
    open.editor.run("redo");
    expect(read(open)).toEqual(version);
  });

  it("brings a removed table back with its cells, so that comments on them are in their places again", () => {
    const { open, id, edit } = withTable();
    const version = read(open);
    const cell = version.slots["b"]?.[1]?.table?.rows[1]?.cells[1]?.id ?? "";
    const target = cellTarget("b", readTable(open.doc, id), cell);
    if (!target) throw new Error("a cell");
    write(open, edit, [1, 1], "99");
    open.elsewhere((text) => text.delete("\nKết quả:".length, text.length - "\nKết quả:".length), "b");
    expect(new CellFinder(open.doc).find(target)).toBeNull();
    expect(open.editor.restore(read(open), version, diffWords)).toBe(true);
    expect(read(open)).toEqual(version);
    expect(shown(open)).toEqual(cells(open, id));
    expect(new CellFinder(open.doc).find(target)?.place.cell).toBe(cell);
  });

  it("does nothing where somebody has changed a cell that would go, and the person has not seen it", () => {
    const { open, id, edit } = withTable();
    const version = read(open);
    write(open, edit, [1, 1], "99");
    const seen = read(open);
    write(open, edit, [2, 1], "8");
    const now = cells(open, id);
    expect(open.editor.restore(seen, version, diffWords)).toBe(false);
    expect(cells(open, id)).toEqual(now);
    // What is not asked for may have changed.
    const other = { ...seen, slots: { ...seen.slots, a: [block("z", "Cũ.")] } };
    expect(open.editor.restore(seen, other, diffWords)).toBe(true);
    expect(cells(open, id)).toEqual(now);
  });

  it("gives a block whose table stands elsewhere by now a table of its own", () => {
    const { open, id, edit } = withTable();
    const version = read(open);
    write(open, edit, [1, 1], "99");
    const [, moved] = read(open).slots["b"] ?? [];
    if (!moved) throw new Error("a table");
    expect(
      open.editor.restore(
        read(open),
        { ...version, slots: { ...read(open).slots, a: [moved], b: [block("k", "Trống")] } },
        diffWords,
      ),
    ).toBe(true);
    const seen = read(open);
    const target = { ...seen, slots: { ...seen.slots, b: version.slots["b"] ?? [] } };
    expect(open.editor.restore(seen, target, diffWords)).toBe(true);
    expect(cells(open, id)[1]).toEqual(["Kết nạp", "99"]);
    const made = read(open).slots["b"]?.[1]?.table;
    expect(made?.id).not.toBe(id);
    expect(made?.rows[1]?.cells.map(cellText)).toEqual(["Kết nạp", "12"]);
    open.editor.run("undo");
    expect(read(open)).toEqual(seen);
  });
});
