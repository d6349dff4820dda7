/** @vitest-environment jsdom */
import { describe, expect, test } from "vitest";
import { OpenEditor } from "./open-editor.ts";

const EMPTY = "// [lead p0|] // [lead p0|]";

describe("Enter", () => {
  test("it begins a paragraph after a heading", () => {
    const open = new OpenEditor({ a: [["heading", 2, "Title"]] }).select("a1", -1);
    open.press("Enter");
    expect(open.type("x").spell()).toBe(`[a1 h2|Title][n1 p0|x] ${EMPTY}`);
  });

  test("it splits a block in the middle into two of one kind, and the first keeps its id", () => {
    const open = new OpenEditor({ a: [["item", 2, "onetwo"]] }).select("a1", 3);
    open.press("Enter");
    expect(open.spell()).toBe(`[a1 i2|one][n1 i2|two] ${EMPTY}`);
    expect(open.selection.from).toBe(open.at("n1"));
  });

  test("it makes room before a heading without a second heading, and the heading keeps its id", () => {
    const open = new OpenEditor({ a: [["heading", 1, "Title"]] }).select("a1", 0);
    open.press("Enter");
    expect(open.spell()).toBe(`[n1 p0|][a1 h1|Title] ${EMPTY}`);
    expect(open.selection.from).toBe(open.at("a1"));
  });

  test("it leads out of an empty item, level by level", () => {
    const open = new OpenEditor({
      a: [
        ["item", 1, "one"],
        ["item", 2, ""],
      ],
    }).select("a2");
    open.press("Enter");
    expect(open.spell()).toBe(`[a1 i1|one][a2 i1|] ${EMPTY}`);
    open.press("Enter");
    expect(open.spell()).toBe(`[a1 i1|one][a2 p0|] ${EMPTY}`);
    open.press("Enter");
    expect(open.spell()).toBe(`[a1 i1|one][a2 p0|][n1 p0|] ${EMPTY}`);
  });

  test("it takes away a selection within one slot and splits there", () => {
    const open = new OpenEditor({ a: ["one two", "three"] }).select("a1", 3, "a2", 2);
    open.press("Enter");
    expect(open.spell()).toBe(`[a1 p0|one][n1 p0|ree] ${EMPTY}`);
  });

  test("it only deletes where the selection spans slots", () => {
    const open = new OpenEditor({ a: ["one"], b: ["two"] }).select("a1", 1, "b1", 2);
    open.press("Enter");
    expect(open.spell()).toBe("[a1 p0|o] // [b1 p0|o] // [lead p0|]");
  });
});

describe("Backspace and Delete", () => {
  test("Backspace makes an item a paragraph, then joins it to the block before, and stops at the slot", () => {
    const open = new OpenEditor({ a: ["one", ["item", 1, "two"]], b: ["three"] }).select("a2");
    open.press("Backspace");
    expect(open.spell()).toBe("[a1 p0|one][a2 p0|two] // [b1 p0|three] // [lead p0|]");
    open.press("Backspace");
    expect(open.spell()).toBe("[a1 p0|onetwo] // [b1 p0|three] // [lead p0|]");
    expect(open.selection.from).toBe(open.at("a1", 3));
    for (const block of ["a1", "b1"]) {
      for (const key of ["Backspace", "Mod-Backspace", "Shift-Backspace"]) {
        open.select(block);
        expect(open.press(key)).toBe(true);
      }
    }
    expect(open.spell()).toBe("[a1 p0|onetwo] // [b1 p0|three] // [lead p0|]");
  });

  test("Backspace after an empty paragraph takes that away, and the heading stays one", () => {
    const open = new OpenEditor({ a: ["", ["heading", 1, "Title"]] }).select("a2");
    open.press("Backspace");
    expect(open.spell()).toBe(`[a2 h1|Title] ${EMPTY}`);
  });

  test("Delete at a block's end joins the next block of the slot, and stops at the slot's end", () => {
    const open = new OpenEditor({ a: ["one", "two"], b: ["three"] }).select("a1", -1);
    open.press("Delete");
    expect(open.spell()).toBe("[a1 p0|onetwo] // [b1 p0|three] // [lead p0|]");
    for (const key of ["Delete", "Mod-Delete"]) {
      open.select("a1", -1);
      expect(open.press(key)).toBe(true);
    }
    expect(open.spell()).toBe("[a1 p0|onetwo] // [b1 p0|three] // [lead p0|]");
  });

  test("Delete in an empty paragraph leaves the heading after it what it is", () => {
    const open = new OpenEditor({ a: ["", ["heading", 1, "Title"]] }).select("a1");
    open.press("Delete");
    expect(open.spell()).toBe(`[a2 h1|Title] ${EMPTY}`);
  });

  test("Backspace and Delete inside text are left to the browser", () => {
    const open = new OpenEditor({ a: ["one"] }).select("a1", 1);
    expect(open.press("Backspace")).toBe(false);
    expect(open.press("Delete")).toBe(false);
  });
});

describe("Tab", () => {
  test("it goes one level in and Shift-Tab one out, between paragraph and the deepest item", () => {
    const open = new OpenEditor({ a: ["one"] }).select("a1");
    const levels = ["Tab", "Tab", "Tab", "Shift-Tab", "Shift-Tab", "Shift-Tab"].map((key) => {
      expect(open.press(key)).toBe(true);
      return open.spell().slice(4, 6);
    });
    expect(levels).toEqual(["i1", "i2", "i2", "i1", "p0", "p0"]);
  });

  test("it moves every selected block, and a heading stays a heading", () => {
    const open = new OpenEditor({
      a: ["one", ["heading", 1, "two"]],
      b: [["item", 1, "three"]],
    }).select("a1", 1, "b1", 1);
    open.press("Tab");
    expect(open.spell()).toBe("[a1 i1|one][a2 h2|two] // [b1 i2|three] // [lead p0|]");
    open.press("Shift-Tab");
    open.press("Shift-Tab");
    expect(open.spell()).toBe("[a1 p0|one][a2 h1|two] // [b1 p0|three] // [lead p0|]");
  });
});

describe("kinds and marks", () => {
  test("a kind given twice is a paragraph again", () => {
    const open = new OpenEditor({ a: ["one"] }).select("a1");
    open.press("Mod-Alt-2");
    expect(open.spell()).toContain("[a1 h2|one]");
    open.press("Mod-Alt-2");
    expect(open.spell()).toContain("[a1 p0|one]");
    expect(open.editor.run("item2")).toBe(true);
    expect(open.spell()).toContain("[a1 i2|one]");
  });

  test("the keys for items work by the figure whatever sign Shift gives it", () => {
    const open = new OpenEditor({ a: ["one"] }).select("a1");
    const event = new KeyboardEvent("keydown", {
      key: "*",
      keyCode: 56,
      ctrlKey: true,
      shiftKey: true,
      cancelable: true,
    });
    open.editor.view.dom.dispatchEvent(event);
    expect(open.spell()).toContain("[a1 i1|one]");
  });

  test("marks are set over slots and in the caret for what comes", () => {
    const open = new OpenEditor({ a: ["one"], b: ["two"] }).select("a1", 1, "b1", 1);
    open.press("Mod-b");
    expect(open.spell()).toBe("[a1 p0|o<s:ne>] // [b1 p0|<s:t>wo] // [lead p0|]");
    open.select("b1", -1);
    open.press("Mod-i");
    expect(open.type("x").spell()).toContain("[b1 p0|<s:t>wo<e:x>]");
  });
});

describe("the whole report selected", () => {
  const full = { a: ["one", "two"], b: ["three"], c: [["item", 1, "four"]] as const };

  test("Mod-a takes the slot, then the report", () => {
    const open = new OpenEditor({ ...full, c: [["item", 1, "four"]] }).select("a2", 1);
    open.press("Mod-a");
    expect([open.selection.from, open.selection.to]).toEqual([open.at("a1"), open.at("a2", -1)]);
    for (let again = 0; again < 2; again++) {
      open.press("Mod-a");
      expect([open.selection.from, open.selection.to]).toEqual([open.at("a1"), open.at("c1", -1)]);
    }
  });

  const acts: Readonly<Record<string, (open: OpenEditor) => unknown>> = {
    Backspace: (open) => open.press("Backspace"),
    Delete: (open) => open.press("Delete"),
    Enter: (open) => open.press("Enter"),
    cut: (open) => open.copy("cut"),
  };
  for (const [name, act] of Object.entries(acts)) {
    test(`it leaves every slot in place on ${name}, and undo brings all back`, () => {
      const open = new OpenEditor({ ...full, c: [["item", 1, "four"]] });
      const before = open.spell();
      open.selectAll();
      act(open);
      expect(open.spell()).toBe("[a1 p0|] // [b1 p0|] // [c1 i1|]");
      expect(open.selection.from).toBe(open.at("a1"));
      open.press("Mod-z");
      expect(open.spell()).toBe(before);
    });
  }

  test("it leaves every slot in place when one types or pastes over it", () => {
    const open = new OpenEditor({ ...full, c: [["item", 1, "four"]] }).selectAll().type("xy");
    expect(open.spell()).toBe("[a1 p0|xy] // [b1 p0|] // [c1 i1|]");
    open.selectAll().paste({ text: "new\nlines" });
    expect(open.spell()).toBe("[a1 p0|new][n1 p0|lines] // [b1 p0|] // [c1 i1|]");
    const copied = open.selectAll().copy();
    open.selectAll().paste(copied);
    expect(open.spell()).toMatch(/^\[a1 p0\|new\]\[n\d p0\|lines\].* \/\/ \[b1 p0\|\] \/\/ \[c1 i1\|\]$/);
  });

  test("it comes back by one undo without what was typed right before", () => {
    const open = new OpenEditor({ ...full, c: [["item", 1, "four"]] }).select("a1", -1).type("xy");
    const before = open.spell();
    open.selectAll().press("Delete");
    open.press("Mod-z");
    expect(open.spell()).toBe(before);
  });

  test("it makes every block a kind", () => {
    const open = new OpenEditor({ ...full, c: [["item", 1, "four"]] }).selectAll();
    open.editor.run("item1");
    expect(open.spell()).toBe("[a1 i1|one][a2 i1|two] // [b1 i1|three] // [c1 i1|four]");
  });
});

describe("going from slot to slot", () => {
  test("Alt with an arrow jumps to the beginning of the next or previous slot, and stays at the ends", () => {
    const open = new OpenEditor({ a: ["one", "two"], b: ["three"], c: ["four"] }).select("a2", 1);
    open.press("Alt-ArrowDown");
    expect(open.selection.from).toBe(open.at("b1"));
    open.press("Alt-ArrowDown");
    expect(open.selection.from).toBe(open.at("c1"));
    expect(open.press("Alt-ArrowDown")).toBe(true);
    expect(open.selection.from).toBe(open.at("c1"));
    open.press("Alt-ArrowUp");
    expect(open.selection.from).toBe(open.at("b1"));
  });

  test("focus goes into a slot by its name", () => {
    const open = new OpenEditor({ a: ["one"], c: ["four"] });
    open.editor.focus("c");
    expect(open.selection.from).toBe(open.at("c1"));
    expect(open.editor.getSnapshot().slot).toBe("c");
  });
});
