import type { Block, OutlineNode, Template } from "#model";
import {
  blockLabels,
  levelFormat,
  levelLabel,
  numberOutline,
  ordinalWord,
  roman,
  tablesBefore,
  vietnameseLetter,
} from "#model";
import { describe, expect, it } from "vitest";
import { block } from "../support/sample-report.ts";
import { CELL, COMMITTEE, PARTY_RULES, STATE_RULES } from "./shipped.ts";

const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);

describe("numbers", () => {
  it("are written in Roman numerals", () => {
    expect([1, 2, 4, 5, 9, 14, 19, 40, 49, 90, 99].map(roman)).toEqual(
      "I II IV V IX XIV XIX XL XLIX XC XCIX".split(" "),
    );
  });

  it("are written in the letters of the Vietnamese alphabet, with đ and without f, j, w, z", () => {
    expect(upTo(23).map(vietnameseLetter).join("")).toBe("abcdđeghiklmnopqrstuvxy");
  });

  it("go on in pairs of letters after y", () => {
    expect([24, 25, 46, 47].map(vietnameseLetter)).toEqual(["aa", "ab", "ay", "ba"]);
  });

  it("are said as ordinals, in figures from eleven on", () => {
    expect([1, 4, 5, 10, 11].map(ordinalWord)).toEqual(["thứ nhất", "thứ tư", "thứ năm", "thứ mười", "thứ 11"]);
  });
});

describe("the label of a level", () => {
  it("of the Party is I-, 1., 1.1., a)", () => {
    const path = [2, 3, 1, 5];
    expect(upTo(4).map((depth) => levelLabel(PARTY_RULES, path.slice(0, depth)))).toEqual(["II-", "3.", "3.1.", "đ)"]);
  });

  it("joins only the decimals right above it", () => {
    expect(levelLabel(PARTY_RULES, [9, 4, 2])).toBe("4.2.");
    const [, decimal, path] = PARTY_RULES.numbering.levels;
    const levels = [decimal, path].filter((format) => format !== undefined);
    const decimals = { ...PARTY_RULES, numbering: { ...PARTY_RULES.numbering, levels } };
    expect(levelLabel(decimals, [9, 4, 2])).toBe("9.4.2.");
  });

  it("follows the last format where the outline goes deeper", () => {
    const { levels } = PARTY_RULES.numbering;
    expect(levelFormat(PARTY_RULES, 40)).toBe(levels.at(-1));
  });
});

/** A template of one slot per id; `[…]` makes a section, `(…)` a part. */
function outline(nodes: readonly OutlineNode[]): Template {
  return { ...CELL, outline: nodes };
}

function slot(id: string, titled = true): OutlineNode {
  const title = { vi: `Mục ${id} năm {nextYear}`, en: id };
  const role = "context";
  return { type: "slot", id, role, title, titled, guidance: { vi: "a", en: "a" }, required: false };
}

function group(type: "part" | "section" | "appendices", id: string, ...children: OutlineNode[]): OutlineNode {
  return { type, id, title: { vi: `Nhóm ${id}`, en: id }, children };
}

function labels(nodes: readonly OutlineNode[], ruleSet = PARTY_RULES): string[] {
  return numberOutline(outline(nodes), ruleSet, { year: "2021" }).flatMap(({ entry, before }) =>
    [...before, entry].map((each) => `${each.depth} ${each.label} ${each.node.id}`),
  );
}

describe("the outline", () => {
  it("counts parts through and sections anew in each part", () => {
    const nodes = [
      group("part", "p1", group("section", "s1", slot("a"), slot("b")), slot("c")),
      group("part", "p2", slot("d")),
    ];
    expect(labels(nodes)).toEqual([
      "0 Phần thứ nhất p1",
      "1 I- s1",
      "2 1. a",
      "2 2. b",
      "1 II- c",
      "0 Phần thứ hai p2",
      "1 I- d",
    ]);
    expect(labels(nodes, STATE_RULES)[0]).toBe("0 Phần I p1");
  });

  it("gives an untitled slot no number and takes none from its neighbours", () => {
    expect(labels([slot("open", false), slot("a"), slot("close", false), slot("b")])).toEqual([
      "0  open",
      "0 I- a",
      "0  close",
      "0 II- b",
    ]);
  });

  it("fills the years into titles and keeps the path for headings inside the slot", () => {
    const [first] = numberOutline(outline([group("section", "s", slot("a"))]), PARTY_RULES, { year: "2029" });
    expect(first?.entry).toMatchObject({ title: "Mục a năm 2030", path: [1, 1], label: "1." });
    expect(first?.before.map(({ node }) => node.id)).toEqual(["s"]);
  });

  it("numbers appendices only where there are several", () => {
    expect(labels([group("appendices", "x", slot("a", false))])[0]).toBe("0 Phụ lục x");
    const two = [group("appendices", "x", slot("a", false)), group("appendices", "y", slot("b", false))];
    expect(labels(two).filter((line) => line.includes("Phụ lục"))).toEqual(["0 Phụ lục 1 x", "0 Phụ lục 2 y"]);
  });
});

describe("the labels of blocks", () => {
  const heading = (level: number): Block => block(`h${level}`, "a", "heading", level);
  const item = (level: number): Block => block(`i${level}`, "a", "item", level);

  it("continue the slot's number, and a deeper level starts anew under each heading", () => {
    const blocks = [heading(1), block("p", "a"), heading(2), heading(2), heading(1), heading(2)];
    expect(blockLabels(PARTY_RULES, [2, 1], blocks, 0)).toEqual(["1.1.", "", "a)", "b)", "1.2.", "a)"]);
  });

  it("are never missing a number where a level was skipped", () => {
    expect(blockLabels(PARTY_RULES, [2, 1], [heading(2), heading(2), heading(1)], 0)).toEqual(["a)", "b)", "1.2."]);
  });

  it("of items are the signs of their level", () => {
    expect(blockLabels(PARTY_RULES, [1], [item(1), item(2), item(1)], 0)).toEqual(["-", "+", "-"]);
  });

  it("number tables through the whole report", () => {
    const table = (id: string): Block => block(id, "Bảng", "table");
    const slots = { opening: [block("p", "Lời"), table("a")], targets: [table("b"), table("c")] };
    const before = tablesBefore(numberOutline(COMMITTEE, PARTY_RULES, {}), slots);
    expect(["opening", "inspection", "targets"].map((slot) => before.get(slot))).toEqual([0, 1, 1]);
    expect(blockLabels(PARTY_RULES, [1], slots.targets, 1)).toEqual(["Bảng 2.", "Bảng 3."]);
  });
});
