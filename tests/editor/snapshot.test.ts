/** @vitest-environment jsdom */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { docFrom, readSlot, slotText, TableEdit } from "#collab";
import { OpenEditor } from "./open-editor.ts";

describe("the snapshot", () => {
  test("it is the same object until something in it changes, and parts of it that stay are the same", () => {
    const open = new OpenEditor({ a: ["một hai"], b: ["ba"] }).select("a1", 2);
    const { editor } = open;
    const before = editor.getSnapshot();
    expect(editor.getSnapshot()).toBe(before);
    open.select("a1", 3);
    editor.setThreads([]);
    open.elsewhere((text) => text.insert(text.length, "h", {}));
    expect(editor.getSnapshot()).toBe(before);
    open.select("b1");
    expect(editor.getSnapshot()).not.toBe(before);
    expect(editor.getSnapshot().slots).toBe(before.slots);
  });

  test("it counts words by slot and in all, and which slots are empty", () => {
    const open = new OpenEditor({ a: ["một hai", "ba"], b: [" "] });
    const { words, slots } = open.editor.getSnapshot();
    expect(words).toBe(3);
    expect(slots).toEqual({
      a: { words: 3, empty: false },
      b: { words: 0, empty: true },
      c: { words: 0, empty: true },
    });
    open.select("b1", 0).type("x y ");
    expect(open.editor.getSnapshot().slots["b"]).toEqual({ words: 2, empty: false });
  });

  test("it counts the words in the cells of tables, also those that others write", () => {
    const open = new OpenEditor({ a: ["một hai"], b: ["ba"] }).select("b1", -1);
    open.editor.insertTable(2, 2);
    const table = readSlot(slotText(open.doc, "b")).flatMap((block) => block.table ?? [])[0]?.id ?? "";
    const other = docFrom(Y.encodeStateAsUpdate(open.doc));
    const edit = new TableEdit(other, table, () => "x");
    const spots = edit.laid().cells.flatMap((row) => row.flatMap((cell) => cell.spots));
    const before = open.editor.getSnapshot();
    expect(before.words).toBe(3);
    edit.setText(spots.slice(0, 1), [[{ text: "bốn năm", marks: [] }], [{ text: "sáu", marks: [] }]]);
    edit.setText(spots.slice(3), [[{ text: "12", marks: [] }]]);
    let told = 0;
    open.editor.subscribe(() => told++);
    Y.applyUpdate(open.doc, Y.encodeStateAsUpdate(other));
    expect(told).toBeGreaterThan(0);
    expect(open.editor.getSnapshot().words).toBe(7);
    expect(open.editor.getSnapshot().slots["b"]).toEqual({ words: 5, empty: false });
    expect(open.editor.getSnapshot()).toBe(open.editor.getSnapshot());
    open.editor.run("undo");
    expect(open.editor.getSnapshot().words).toBe(3);
  });

  test("it tells block, marks and selection in flat indices", () => {
    const open = new OpenEditor({ a: ["một", ["heading", 2, "hai"]] }).select("a1", 1, "a2", 2);
    expect(open.editor.getSnapshot().selection).toEqual({ slot: "a", from: 2, to: 7, text: "ột\nha" });
    open.press("Mod-b");
    open.select("a2", 1);
    expect(open.editor.getSnapshot()).toMatchObject({
      slot: "a",
      kind: "heading",
      level: 2,
      marks: ["strong"],
      selection: null,
      canUndo: true,
      canRedo: false,
    });
  });

  test("listeners hear of local and remote changes until they leave", () => {
    const open = new OpenEditor({ a: ["một"] });
    let heard = 0;
    const leave = open.editor.subscribe(() => heard++);
    open.select("a1").type("x");
    const local = heard;
    expect(local).toBeGreaterThan(0);
    open.elsewhere((text) => text.insert(1, "y", {}));
    expect(heard).toBeGreaterThan(local);
    leave();
    const all = heard;
    open.type("z");
    expect(heard).toBe(all);
  });
});

describe("undo", () => {
  test("it brings the selection back with the words, and redo as well", () => {
    const open = new OpenEditor({ a: ["một hai"], c: ["ba"] }).select("a1", 4, "a1", 7).type("x");
    open.select("c1", 1);
    open.press("Mod-z");
    expect(open.spell()).toContain("[a1 p0|một hai]");
    expect([open.selection.from, open.selection.to]).toEqual([open.at("a1", 4), open.at("a1", 7)]);
    open.press("Mod-y");
    expect(open.spell()).toContain("[a1 p0|một x]");
    expect(open.press("Mod-y")).toBe(true);
    expect(open.editor.run("redo")).toBe(false);
  });

  test("it takes back one's own words, and others' stay", () => {
    const open = new OpenEditor({ a: ["một"] }).select("a1", -1).type(" hai");
    open.elsewhere((text) => text.insert(1, "đầu ", {}));
    open.press("Mod-z");
    expect(open.spell()).toContain("[a1 p0|đầu một]");
  });
});

describe("what others write", () => {
  test("it leaves focus and selection on the words where they were", () => {
    const open = new OpenEditor({ a: ["một hai ba", "bốn"] }).select("a1", 4, "a1", 7);
    open.elsewhere((text) => {
      text.insert(1, "đầu ", {});
      text.insert(text.length, " cuối", {});
    });
    open.elsewhere((text) => text.insert(0, "khác", {}), "b");
    const { from, to } = open.selection;
    expect(open.shown.textBetween(from, to)).toBe("hai");
    expect(document.activeElement).toBe(open.editor.view.dom);
    expect(open.editor.getSnapshot().selection).toMatchObject({ from: 9, to: 12, text: "hai" });
    open.spell();
  });

  test("it reaches an editor that was closed no more", () => {
    const open = new OpenEditor({ a: ["một"] });
    open.close();
    open.elsewhere((text) => text.insert(1, "x", {}));
    expect(document.querySelector(".tk-menu, .tk-editor")).toBeNull();
  });
});
