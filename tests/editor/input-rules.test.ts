/** @vitest-environment jsdom */
import { describe, expect, test } from "vitest";
import { OpenEditor } from "./open-editor.ts";

describe("signs at the beginning of a paragraph", () => {
  const signs = {
    "- ": "i1",
    "– ": "i1",
    "• ": "i1",
    "+ ": "i2",
    "# ": "h1",
    "## ": "h2",
    "### ": "h3",
    "1. ": "h1",
    "a) ": "h2",
  };
  for (const [sign, shape] of Object.entries(signs)) {
    test(`"${sign}" makes it ${shape}, and only with its space`, () => {
      const open = new OpenEditor({ a: [""] }).select("a1").type(sign.trim());
      expect(open.spell()).toContain(`[a1 p0|${sign.trim()}]`);
      expect(open.type(" x").spell()).toContain(`[a1 ${shape}|x]`);
    });
  }

  test("they are words anywhere else", () => {
    const open = new OpenEditor({ a: ["x", ["heading", 1, ""], ["item", 1, ""]] });
    open.select("a1", -1).type(" - 1. ");
    open.select("a2").type("- ");
    open.select("a3").type("1. ");
    expect(open.spell()).toContain("[a1 p0|x - 1. ][a2 h1|- ][a3 i1|1. ]");
  });

  test("they work before words that are there", () => {
    const open = new OpenEditor({ a: ["việc"] }).select("a1").type("- ");
    expect(open.spell()).toContain("[a1 i1|việc]");
  });

  test("Backspace right after gives the sign back, and so does undo", () => {
    const open = new OpenEditor({ a: [""], b: [""] }).select("a1").type("a) ");
    open.press("Backspace");
    expect(open.type("x").spell()).toContain("[a1 p0|a) x]");
    open.select("b1").type("- ");
    open.press("Mod-z");
    expect(open.spell()).toContain("[b1 p0|-]");
  });

  test("a slot that nobody has written in takes them", () => {
    const open = new OpenEditor({});
    open.editor.focus("b");
    expect(open.type("- x").spell()).toBe("[lead p0|] // [n1 i1|x] // [lead p0|]");
  });

  test("nothing happens while an input method is at work", () => {
    const open = new OpenEditor({ a: [""] }).select("a1").type("-");
    open.editor.view.dom.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
    expect(open.editor.view.composing).toBe(true);
    expect(open.type(" ").spell()).toContain("[a1 p0|- ]");
  });
});
