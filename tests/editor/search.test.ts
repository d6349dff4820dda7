/** @vitest-environment jsdom */
import { describe, expect, test } from "vitest";
import { OpenEditor } from "./open-editor.ts";

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
