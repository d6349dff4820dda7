/** @vitest-environment jsdom */
import { describe, expect, test } from "vitest";
import { markerAttributes } from "#collab";
import { BLOCK_COMMANDS } from "#editor";
import { LABELS } from "../support/editor-labels.ts";
import { OpenEditor, outlineOf } from "./open-editor.ts";

function labels(open: OpenEditor): string[] {
  return [...open.mount.querySelectorAll<HTMLElement>(".tk-slot-text > *")].map((block) =>
    `${block.dataset["label"] ?? "."} ${block.textContent ?? ""}`.trim(),
  );
}

describe("numbers and signs", () => {
  test("they are right at once after any change of kind, here and elsewhere", () => {
    const open = new OpenEditor({ b: ["một", "hai", "ba", ["item", 1, "bốn"], ["item", 2, "năm"]] });
    expect(labels(open)).toEqual([".", ". một", ". hai", ". ba", "- bốn", "+ năm", "."]);
    open.select("b1");
    open.press("Mod-Alt-1");
    open.select("b2");
    open.press("Mod-Alt-2");
    open.select("b3");
    open.press("Mod-Alt-1");
    expect(labels(open).slice(1, 4)).toEqual(["1. một", "1.1. hai", "2. ba"]);
    open.elsewhere((text) => text.insert(0, "\n", markerAttributes("z", "heading", 1)), "b");
    expect(labels(open).slice(1, 5)).toEqual(["1.", "2. một", "2.1. hai", "3. ba"]);
    open.elsewhere((text) => text.format(0, 1, markerAttributes("z", "item", 1)), "b");
    expect(labels(open).slice(1, 5)).toEqual(["-", "1. một", "1.1. hai", "2. ba"]);
    open.press("Mod-z");
    expect(labels(open).slice(1, 5)).toEqual(["-", "1. một", "1.1. hai", ". ba"]);
    open.spell();
  });

  test("they are the same after every act as in a fresh editor", () => {
    const open = new OpenEditor({
      a: [
        ["heading", 1, "một"],
        ["heading", 2, "hai"],
      ],
      b: [["heading", 1, "ba"]],
    });
    const acts = [
      "Mod-Alt-1",
      "Enter",
      "Mod-Alt-3",
      "Enter",
      "Backspace",
      "Tab",
      "Mod-z",
      "Shift-Tab",
      "Mod-y",
      "Mod-Shift-8",
    ];
    for (const [i, act] of acts.entries()) {
      open.select(i % 2 === 0 ? "a2" : "a1", 1);
      open.press(act);
      const now = labels(open);
      const body = open.mount.cloneNode(true);
      const fresh = new OpenEditor({}, { doc: open.doc });
      expect(now, act).toEqual(labels(fresh));
      fresh.close();
      document.body.replaceChildren(open.mount);
      expect(open.mount.isEqualNode(body), act).toBe(true);
    }
  });

  test("a block that is only typed in keeps its element, also one that others type in", () => {
    const open = new OpenEditor({
      a: [
        ["heading", 1, "một"],
        ["item", 1, "hai"],
      ],
    });
    const before = [...open.mount.querySelectorAll(".tk-slot-text > *")];
    open.select("a1", -1).type(" nữa");
    open.elsewhere((text) => text.insert(text.length, "!", {}));
    expect([...open.mount.querySelectorAll(".tk-slot-text > *")]).toEqual(before);
    expect(labels(open).slice(0, 2)).toEqual(["1. một nữa", "- hai!"]);
  });
});

describe("titles", () => {
  const titles = (open: OpenEditor): string[] =>
    [...open.mount.querySelectorAll(".tk-part, .tk-slot-title")].map((title) => title.textContent ?? "");

  test("they stand outside the text, numbered, and are drawn anew with the year without touching it", () => {
    const open = new OpenEditor({ b: ["một"] }).select("b1", 1);
    const { selection } = open;
    expect(titles(open)).toEqual([
      "Phần thứ nhấtKẾT QUẢ NĂM 2021",
      "I- BỐI CẢNH",
      "II- KẾT QUẢ NĂM 2021",
      "III- HẠN CHẾ",
    ]);
    const blocks = [...open.mount.querySelectorAll(".tk-slot-text > *")];
    open.editor.setOutline(outlineOf("2030"));
    expect(titles(open)[2]).toBe("II- KẾT QUẢ NĂM 2030");
    expect([...open.mount.querySelectorAll(".tk-slot-text > *")]).toEqual(blocks);
    expect(open.selection.eq(selection)).toBe(true);
    expect(open.spell()).toContain("[b1 p0|một]");
    for (const title of open.mount.querySelectorAll<HTMLElement>(".tk-groups, .tk-slot-head, .tk-guidance")) {
      expect(title.contentEditable).toBe("false");
    }
  });

  test("a touched title shows and says that it is fixed", async () => {
    const open = new OpenEditor({});
    const head = open.mount.querySelector<HTMLElement>("[data-slot=b] .tk-slot-head");
    expect(head?.title).toBe(LABELS.titleFixed);
    head?.dispatchEvent(new Event("pointerdown", { bubbles: true }));
    expect(open.mount.querySelectorAll(".tk-told")).toHaveLength(1);
    await expect.poll(() => open.mount.querySelector("[role=status]")?.textContent).toBe(LABELS.titleFixed);
    open.close();
    expect(open.mount.childElementCount).toBe(0);
  });

  test("an empty slot shows what belongs there until something is written", () => {
    const open = new OpenEditor({ a: ["  "] });
    const section = (slot: string) => open.mount.querySelector<HTMLElement>(`[data-slot=${slot}]`);
    expect(section("a")?.classList.contains("tk-empty")).toBe(true);
    expect(section("a")?.getAttribute("aria-describedby")).toBe("guidance-a");
    expect(section("a")?.querySelector<HTMLElement>("#guidance-a")?.dataset["text"]).toBe("Viết về bối cảnh");
    open.select("a1").type("x");
    expect(section("a")?.classList.contains("tk-empty")).toBe(false);
    expect(section("a")?.hasAttribute("aria-describedby")).toBe(false);
  });

  test("headings stand in one order of levels, titles above what is in their slot", () => {
    const open = new OpenEditor({
      a: [
        ["heading", 1, "một"],
        ["heading", 2, "hai"],
      ],
    });
    const levels = [...open.mount.querySelectorAll("[aria-level]")].map((title) => title.getAttribute("aria-level"));
    expect(levels).toEqual(["2", "3", "4", "5", "3", "3"]);
  });

  test("the slot of the caret is marked, and no other", () => {
    const open = new OpenEditor({ a: ["một"], b: ["hai"] });
    const here = () =>
      [...open.mount.querySelectorAll<HTMLElement>(".tk-slot-here")].map((slot) => slot.dataset["slot"]);
    open.select("b1");
    expect(here()).toEqual(["b"]);
    open.select("a1").type("x");
    expect(here()).toEqual(["a"]);
    open.selectAll();
    expect(here()).toEqual([]);
  });
});

describe("a text that may only be read", () => {
  test("nothing changes it, and others' words still come", () => {
    const open = new OpenEditor({ a: ["một"] }, { editable: false });
    const { view } = open.editor;
    expect(view.editable).toBe(false);
    expect(view.dom.getAttribute("role")).toBe("document");
    expect((Object.keys(BLOCK_COMMANDS) as (keyof typeof BLOCK_COMMANDS)[]).some((name) => open.editor.run(name))).toBe(
      false,
    );
    expect(open.editor.run("strong")).toBe(false);
    open.paste({ text: "x" });
    open.press("Enter");
    open.elsewhere((text) => text.insert(text.length, " hai", {}));
    expect(open.spell()).toContain("[a1 p0|một hai] //");
    open.editor.setEditable(true);
    expect(view.dom.getAttribute("role")).toBe("textbox");
    expect(open.select("a1", 0).type("x").spell()).toContain("[a1 p0|xmột hai]");
  });
});
