/** @vitest-environment jsdom */
import { describe, expect, test } from "vitest";
import { OpenEditor } from "./open-editor.ts";

function menu(): HTMLElement {
  const [found, ...more] = document.querySelectorAll<HTMLElement>(".tk-menu");
  if (!found || more.length > 0) throw new Error("there is not one menu");
  return found;
}

/** The entries, the chosen one in brackets; null while the menu is closed. */
function entries(): string[] | null {
  if (menu().hidden) return null;
  return [...menu().children].map((entry) =>
    entry.getAttribute("aria-selected") === "true" ? `[${entry.textContent ?? ""}]` : (entry.textContent ?? ""),
  );
}

describe("the menu of kinds", () => {
  test("it opens on a slash at a beginning or after a space, and is filtered without diacritics", () => {
    const open = new OpenEditor({ a: [""] }).select("a1").type("/");
    expect(entries()).toHaveLength(8);
    open.type("demuc");
    expect(entries()).toEqual(["[Đề mục cấp 1]", "Đề mục cấp 2", "Đề mục cấp 3"]);
    open.type("xyz");
    expect(entries()).toBeNull();
    open.select("a1", -1).type(" 2021/");
    expect(entries()).toBeNull();
    open.type(" /đề");
    expect(entries()).toHaveLength(3);
  });

  test("arrows choose around the ends, Enter takes, and the slash goes", () => {
    const open = new OpenEditor({ a: ["việc "] }).select("a1", -1).type("/de");
    open.press("ArrowUp");
    expect(entries()).toEqual(["Đề mục cấp 1", "Đề mục cấp 2", "[Đề mục cấp 3]"]);
    open.press("ArrowDown");
    open.press("ArrowDown");
    expect(open.editor.view.dom.getAttribute("aria-activedescendant")).toBe("tk-menu-heading2");
    expect(document.querySelector("#tk-menu-heading2")?.getAttribute("aria-selected")).toBe("true");
    open.press("Enter");
    expect(open.spell()).toContain("[a1 h2|việc ]");
    expect(entries()).toBeNull();
    expect(open.editor.view.dom.hasAttribute("aria-activedescendant")).toBe(false);
  });

  test("a kind that is there already stays", () => {
    const open = new OpenEditor({ a: [["item", 1, ""]] }).select("a1").type("/gach");
    open.press("Tab");
    expect(open.spell()).toContain("[a1 i1|]");
  });

  test("Escape closes it for this slash and leaves the words", () => {
    const open = new OpenEditor({ a: [""] }).select("a1").type("/d");
    expect(open.press("Escape")).toBe(true);
    expect(entries()).toBeNull();
    open.type("e");
    expect(entries()).toBeNull();
    open.press("Enter");
    expect(open.spell()).toMatch(/\[a1 p0\|\/de\]\[n1 p0\|\]/);
    open.type("/");
    expect(entries()).toHaveLength(8);
  });

  test("a click takes an entry and the text keeps the focus", () => {
    const open = new OpenEditor({ a: [""] }).select("a1").type("/");
    const entry = menu().querySelector<HTMLElement>("#tk-menu-item1");
    expect(entry?.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, cancelable: true }))).toBe(false);
    entry?.click();
    expect(open.spell()).toContain("[a1 i1|]");
    expect(document.activeElement).toBe(open.editor.view.dom);
  });

  test("keys belong to the input method while it is at work", () => {
    const open = new OpenEditor({ a: [""] }).select("a1").type("/");
    for (const init of [{ isComposing: true }, { keyCode: 229 }, { ctrlKey: true }]) {
      open.editor.view.dom.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", cancelable: true, ...init }));
    }
    expect(entries()?.[0]).toBe("[Đoạn văn]");
  });

  test("it goes when the text loses the focus, may only be read, or is closed", () => {
    const open = new OpenEditor({ a: [""] }).select("a1").type("/");
    open.editor.view.dom.blur();
    expect(entries()).toBeNull();
    open.close();
    expect(document.querySelector(".tk-menu")).toBeNull();
  });
});
