/** @vitest-environment jsdom */
import { describe, expect, test } from "vitest";
import { PARTY_RULES } from "../model/shipped.ts";
import { OpenEditor } from "./open-editor.ts";

const FULL = {
  a: [
    "Mở đầu",
    ["heading", 1, "Tư tưởng"],
    ["heading", 2, "Sâu hơn"],
    ["item", 1, "một"],
    ["item", 2, "cộng"],
    ["item", 1, "hai"],
    "Cuối",
  ],
  b: [["item", 2, "lẻ"]],
} as const;

/** The copied HTML in a page that nobody shows. */
function pageOf(html: string): HTMLElement {
  return new DOMParser().parseFromString(html, "text/html").body;
}

/** Elements one below the other, lists as deep as they stand: `h3: 1. Title`. */
function outline(body: Element, depth = 0): string[] {
  return [...body.children].flatMap((element) =>
    element.tagName === "UL"
      ? outline(element, depth + 1)
      : [`${"  ".repeat(depth)}${element.tagName.toLowerCase()}: ${element.textContent}`],
  );
}

describe("a copy for other programs", () => {
  test("it has headings of their printed level with their numbers, nested lists, and the titles between slots", () => {
    const copied = new OpenEditor(FULL).selectAll().copy();
    expect(outline(pageOf(copied.html))).toEqual([
      "h1: Phần thứ nhấtKẾT QUẢ NĂM 2021",
      "h2: I- BỐI CẢNH",
      "p: Mở đầu",
      "h3: 1. Tư tưởng",
      "h4: 1.1. Sâu hơn",
      "  li: một",
      "    li: cộng",
      "  li: hai",
      "p: Cuối",
      "h2: II- KẾT QUẢ NĂM 2021",
      "    li: lẻ",
      "h2: III- HẠN CHẾ",
      "p: ",
    ]);
    expect(copied.text.split("\n")).toEqual([
      "Phần thứ nhất KẾT QUẢ NĂM 2021",
      "I- BỐI CẢNH",
      "Mở đầu",
      "1. Tư tưởng",
      "1.1. Sâu hơn",
      "- một",
      "+ cộng",
      "- hai",
      "Cuối",
      "II- KẾT QUẢ NĂM 2021",
      "+ lẻ",
      "III- HẠN CHẾ",
      "",
    ]);
  });

  test("it looks as it prints: the font, the size, the indent and the spacing of the rule set stand on each block", () => {
    const body = pageOf(new OpenEditor(FULL).select("a1", 0, "a2", -1).copy().html);
    const { page, body: rules } = PARTY_RULES;
    for (const block of body.querySelectorAll<HTMLElement>("p, h3")) {
      expect(block.style.fontFamily).toContain(page.font);
      expect(block.style.fontSize).toBe(`${rules.text.size}pt`);
      expect(block.style.textIndent).toBe(`${rules.firstLineIndent}mm`);
      expect(block.style.textAlign).toBe("justify");
      expect(block.lang).toBe(page.language);
    }
    expect(body.querySelector("h3")?.style.fontWeight).toBe("bold");
    expect(body.querySelector("p")?.style.fontWeight).toBe("normal");
  });

  test("marks are elements that every program knows", () => {
    const open = new OpenEditor({ a: ["một hai ba", "bốn"] });
    for (const key of ["Mod-b", "Mod-i", "Mod-u"]) open.select("a1", 4, "a1", 7).press(key);
    const body = pageOf(open.select("a1", 0, "a2", -1).copy().html);
    expect(body.querySelector("b i u")?.textContent).toBe("hai");
    expect(body.querySelector("b")?.textContent).toBe("hai");
  });

  test("words from inside a block are words: no paragraph, no sign, no number", () => {
    const open = new OpenEditor(FULL).select("a4", 0, "a4", 2);
    const copied = open.copy();
    expect(copied.text).toBe("mộ");
    expect(outline(pageOf(copied.html))).toEqual(["span: mộ"]);
    const heading = open.select("a2", 3, "a3", 3).copy();
    expect(outline(pageOf(heading.html))).toEqual(["h3: tưởng", "h4: 1.1. Sâu"]);
    expect(heading.text).toBe("tưởng\n1.1. Sâu");
  });

  test("a copy within one slot brings no title along", () => {
    const open = new OpenEditor(FULL).select("a1", 0, "a7", -1);
    expect(outline(pageOf(open.copy().html))[0]).toBe("p: Mở đầu");
  });
});

describe("a copy that comes back", () => {
  test("it is block for block what it was, without titles and typed numbers", () => {
    const open = new OpenEditor({ ...FULL, a: [...FULL.a, "hai  dấu cách "] }).select("a4", 0, "a4", 3);
    open.press("Mod-i");
    const copied = open.selectAll().copy();
    const other = new OpenEditor({});
    other.editor.focus("c");
    const said = other
      .paste(copied)
      .spell()
      .replaceAll(/\[\S+ (?<shape>\S+\|)/gu, "[$<shape>");
    expect(said).toBe(
      "[p0|] // [p0|] // [p0|Mở đầu][h1|Tư tưởng][h2|Sâu hơn][i1|<e:một>][i2|cộng][i1|hai][p0|Cuối][p0|hai  dấu cách ][i2|lẻ][p0|]",
    );
  });

  test("a whole item or heading is one again in an empty paragraph, and words within words", () => {
    const open = new OpenEditor({ ...FULL, c: ["", "xy"] });
    const copied = open.select("a3", 0, "a3", -1).copy();
    expect(open.select("c1").paste(copied).spell()).toContain("[c1 h2|Sâu hơn]");
    expect(open.select("c2", 1).paste(copied).spell()).toContain("[c2 p0|xSâu hơny]");
  });

  test("HTML of another editor that names its slices is read as any other", () => {
    const open = new OpenEditor({ a: [""] }).select("a1");
    open.paste({ html: `<ul data-pm-slice="3 3 []"><li><p>một</p></li><li><p>hai</p></li></ul>`, text: "một\nhai" });
    expect(open.spell()).toMatch(/\[a1 i1\|một\]\[n\d i1\|hai\]/u);
  });
});
