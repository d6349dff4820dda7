/** @vitest-environment jsdom */
import { describe, expect, test } from "vitest";
import { OpenEditor } from "./open-editor.ts";

/** The text without ids: a block that moved is the same block, whatever it is called. */
function texts(open: OpenEditor): string {
  return open.spell().replaceAll(/\[\S+ (?<shape>\S+\|)/gu, "[$<shape>");
}

const UP = "Alt-Shift-ArrowUp";
const DOWN = "Alt-Shift-ArrowDown";

describe("a block moves", () => {
  test("it goes over its neighbour, with its kind and marks, and the selection stays on its words", () => {
    const open = new OpenEditor({ a: ["one", ["item", 1, "two"], "three"] }).select("a2", 1, "a2", 3);
    open.press("Mod-b");
    open.press(UP);
    expect(texts(open)).toBe("[i1|t<s:wo>][p0|one][p0|three] // [p0|] // [p0|]");
    expect(open.shown.textBetween(open.selection.from, open.selection.to)).toBe("wo");
    open.press(DOWN);
    open.press(DOWN);
    expect(texts(open)).toBe("[p0|one][p0|three][i1|t<s:wo>] // [p0|] // [p0|]");
    expect(open.shown.textBetween(open.selection.from, open.selection.to)).toBe("wo");
  });

  test("all selected blocks go together", () => {
    const open = new OpenEditor({ a: ["one", "two", "three", "four"] }).select("a2", 1, "a3", 2);
    open.press(DOWN);
    expect(texts(open)).toBe("[p0|one][p0|four][p0|two][p0|three] // [p0|] // [p0|]");
    open.press(UP);
    open.press(UP);
    expect(texts(open)).toBe("[p0|two][p0|three][p0|one][p0|four] // [p0|] // [p0|]");
    expect(open.shown.textBetween(open.selection.from, open.selection.to, "|")).toBe("wo|th");
  });

  test("it goes over the border of slots, and takes the place of the empty block there", () => {
    const open = new OpenEditor({ a: ["one", "two"], c: ["three"] }).select("a2", 2);
    open.press(DOWN);
    expect(texts(open)).toBe("[p0|one] // [p0|two] // [p0|three]");
    open.press(DOWN);
    expect(texts(open)).toBe("[p0|one] // [p0|] // [p0|two][p0|three]");
    open.press(UP);
    open.press(UP);
    expect(texts(open)).toBe("[p0|one][p0|two] // [p0|] // [p0|three]");
    expect(open.selection.$from.parent.textContent).toBe("two");
    expect(open.selection.$from.parentOffset).toBe(2);
  });

  test("it goes over an empty block of its own slot, which stays", () => {
    const open = new OpenEditor({ a: ["one", ""] }).select("a1", 1);
    open.press(DOWN);
    expect(texts(open)).toBe("[p0|][p0|one] // [p0|] // [p0|]");
  });

  test("nothing moves out of the report, nor out of several slots at once, and the key goes nowhere else", () => {
    const open = new OpenEditor({ a: ["one"], b: ["two"], c: ["three"] });
    const before = open.spell();
    for (const [key, from, to] of [
      [UP, "a1", "a1"],
      [DOWN, "c1", "c1"],
      [UP, "a1", "b1"],
      [DOWN, "a1", "b1"],
    ] as const) {
      open.select(from, 1, to, 2);
      expect(open.press(key)).toBe(true);
    }
    open.selectAll();
    expect(open.press(DOWN)).toBe(true);
    expect(open.spell()).toBe(before);
  });

  test("it comes back by one undo, with its id, and without what was typed before", () => {
    const open = new OpenEditor({ a: ["one", "two"], b: ["three"] }).select("a2", -1).type("x");
    const before = open.spell();
    open.press(DOWN);
    expect(texts(open)).toBe("[p0|one] // [p0|twox][p0|three] // [p0|]");
    open.press("Mod-z");
    expect(open.spell()).toBe(before);
    open.press("Mod-Shift-z");
    expect(texts(open)).toBe("[p0|one] // [p0|twox][p0|three] // [p0|]");
  });

  test("it is the same block after it, also in another slot, and its comment stays on its words", () => {
    const open = new OpenEditor({ a: ["one", "two words"], b: ["three"] });
    const target = open.select("a2", 4, "a2", 9).editor.target();
    if (target?.scope !== "range") throw new Error("no words are selected");
    open.editor.setThreads([{ id: "t", slot: "a", anchor: target.anchor, state: "open", active: false }]);
    open.select("a2", 1);
    for (const key of [DOWN, DOWN]) open.press(key);
    expect(open.spell()).toBe("[a1 p0|one] // [b1 p0|three][a2 p0|two words] // [lead p0|]");
    expect(open.mount.querySelector("[data-thread=t]")?.textContent).toBe("words");
    for (const key of [UP, UP, UP]) open.press(key);
    expect(open.spell()).toBe("[a2 p0|two words][a1 p0|one] // [b1 p0|three] // [lead p0|]");
    expect(open.mount.querySelector("[data-thread=t]")?.textContent).toBe("words");
  });

  test("it is said where it stands now", async () => {
    const open = new OpenEditor({ a: ["one"], b: ["two", "three"] }).select("a1");
    open.press(DOWN);
    const status = open.mount.querySelector("[role=status]");
    await expect.poll(() => status?.textContent).toBe("Đã chuyển đến vị trí 1/3, Kết quả năm 2021");
  });

  test("it moves by the menu and by the page's buttons too", () => {
    const open = new OpenEditor({ a: ["one", "two"] }).select("a2", -1).type(" /len");
    open.press("Enter");
    expect(texts(open)).toBe("[p0|two ][p0|one] // [p0|] // [p0|]");
    expect(open.editor.run("moveDown")).toBe(true);
    expect(texts(open)).toBe("[p0|one][p0|two ] // [p0|] // [p0|]");
  });
});
