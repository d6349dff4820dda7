import { describe, expect, it } from "vitest";
import { readWordFile } from "#docx";
import { p, wordBytes } from "../../support/word-package.ts";

interface Lvl {
  readonly format?: string;
  readonly text?: string;
  readonly start?: number;
  readonly more?: string;
}

const level = (index: number, { format = "decimal", text = `%${index + 1}.`, start = 1, more = "" }: Lvl): string =>
  `<w:lvl w:ilvl="${index}"><w:start w:val="${start}"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`;
const abstract = (id: number, levels: readonly Lvl[], more = ""): string =>
  `<w:abstractNum w:abstractNumId="${id}">${more}${levels.map((entry, index) => level(index, entry)).join("")}</w:abstractNum>`;
const num = (id: number, abstractId: number, more = ""): string =>
  `<w:num w:numId="${id}"><w:abstractNumId w:val="${abstractId}"/>${more}</w:num>`;
const item = (list: number, ilvl?: number): string =>
  p("x", `<w:numPr>${ilvl === undefined ? "" : `<w:ilvl w:val="${ilvl}"/>`}<w:numId w:val="${list}"/></w:numPr>`);
const styled = (style: string, more = ""): string => p("x", `<w:pStyle w:val="${style}"/>${more}`);

/** The labels of the paragraphs; null where one is in no list. */
const labels = (body: string, numbering: string, styles = ""): (string | null)[] =>
  readWordFile(wordBytes({ body, numbering, styles })).paragraphs.map(({ list }) => list?.label ?? null);

describe("the label of a list's paragraph", () => {
  it("counts by level and begins anew below a higher one", () => {
    const levels = [
      { format: "upperRoman", text: "%1." },
      { text: "%2." },
      { format: "lowerLetter", text: "%3)" },
      { text: "%1.%2.%4" },
    ];
    const body = [0, 1, 1, 2, 2, 0, 1, 2, 3].map((ilvl) => item(1, ilvl)).join("");
    expect(labels(body, abstract(1, levels) + num(1, 1))).toEqual([
      "I.",
      "1.",
      "2.",
      "a)",
      "b)",
      "II.",
      "1.",
      "a)",
      "II.1.1",
    ]);
  });

  it("goes on over a paragraph of another list, and lists of one definition share their count", () => {
    const numbering =
      abstract(1, [{}]) + abstract(2, [{ format: "bullet", text: "-" }]) + num(1, 1) + num(2, 2) + num(3, 1);
    expect(labels([item(1), item(2), item(1), p("x"), item(3), item(0)].join(""), numbering)).toEqual([
      "1.",
      "-",
      "2.",
      null,
      "3.",
      null,
    ]);
  });

  it("begins where a list says so, once, and with a level of its own", () => {
    const restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>';
    const own = `<w:lvlOverride w:ilvl="0">${level(0, { format: "upperLetter", text: "(%1)" })}</w:lvlOverride>`;
    const numbering = abstract(1, [{ start: 3 }]) + num(1, 1) + num(2, 1, restart) + num(3, 1, own);
    expect(labels([item(1), item(1), item(2), item(2), item(1), item(3)].join(""), numbering)).toEqual([
      "3.",
      "4.",
      "1.",
      "2.",
      "3.",
      "(D)",
    ]);
  });

  it("begins anew only after the level that is named, or never", () => {
    const levels = (restart: number): Lvl[] => [{}, {}, { more: `<w:lvlRestart w:val="${restart}"/>`, text: "%3" }];
    const body = [0, 1, 2, 1, 2, 0, 2].map((ilvl) => item(1, ilvl)).join("");
    expect(labels(body, abstract(1, levels(0)) + num(1, 1))).toEqual(["1.", "1.", "1", "2.", "2", "2.", "3"]);
    expect(labels(body, abstract(1, levels(1)) + num(1, 1))).toEqual(["1.", "1.", "1", "2.", "2", "2.", "1"]);
  });

  it.each([
    ["decimal", ["1", "2", "27"]],
    ["decimalZero", ["01", "02", "27"]],
    ["upperRoman", ["I", "II", "XXVII"]],
    ["lowerRoman", ["i", "ii", "xxvii"]],
    ["upperLetter", ["A", "B", "AA"]],
    ["lowerLetter", ["a", "b", "aa"]],
    ["ordinal", ["1st", "2nd", "27th"]],
    ["numberInDash", ["- 1 -", "- 2 -", "- 27 -"]],
    ["decimalEnclosedParen", ["(1)", "(2)", "(27)"]],
    ["decimalEnclosedCircle", ["①", "②", "27"]],
    ["none", ["", "", ""]],
    ["japaneseCounting", ["1", "2", "27"]],
  ])("is printed as %s", (format, expected) => {
    const all = labels(item(1).repeat(27), abstract(1, [{ format, text: "%1" }]) + num(1, 1));
    expect([all[0], all[1], all[26]]).toEqual(expected);
  });

  it("has figures alone where it is legal, zeros where its format has them, and letters for the pictures of bullets", () => {
    const legal = abstract(1, [{ format: "upperRoman" }, { text: "%1.%2", more: "<w:isLgl/>" }]) + num(1, 1);
    expect(labels(item(1, 0) + item(1, 1), legal)).toEqual(["I.", "1.1"]);
    const zeros = `<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>${num(1, 1)}`;
    expect(labels(item(1), zeros)).toEqual(["001"]);
    const bullet = (sign: string, font: string): string =>
      `<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="${sign}"/><w:rPr><w:rFonts w:ascii="${font}"/></w:rPr></w:lvl></w:abstractNum>${num(1, 1)}`;
    const signs = [
      ["\uF0B7", "Symbol"],
      ["\uF0A7", "Wingdings"],
      ["o", "Courier New"],
      ["+", "Times New Roman"],
      ["\uF0FF", "Webdings"],
    ] as const;
    expect(signs.map(([sign, font]) => labels(item(1), bullet(sign, font))[0])).toEqual(["•", "▪", "o", "+", "•"]);
  });

  it("comes from the style, by the style's level or the level that names it; a paragraph may take itself out", () => {
    const numbering =
      abstract(1, [{ format: "upperRoman", more: '<w:pStyle w:val="H1"/>' }, { more: '<w:pStyle w:val="H2"/>' }]) +
      num(1, 1);
    const style = (id: string, properties: string): string =>
      `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${id}"/>${properties}</w:style>`;
    const list = (ilvl = ""): string => `<w:pPr><w:numPr>${ilvl}<w:numId w:val="1"/></w:numPr></w:pPr>`;
    const styles =
      style("H1", list()) +
      style("H2", list()) +
      style("H2b", '<w:basedOn w:val="H2"/>') +
      style("L", list('<w:ilvl w:val="1"/>'));
    const out = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>';
    const body = [styled("H1"), styled("H2"), styled("H1", out), styled("L"), styled("H1")].join("");
    expect(labels(body, numbering, styles)).toEqual(["I.", "1.", null, "2.", "II."]);
  });

  it("comes from a style of numberings that a definition borrows", () => {
    const numbering =
      abstract(1, [{ text: "Điều %1." }], '<w:styleLink w:val="Dieu"/>') +
      '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Dieu"/></w:abstractNum>' +
      num(1, 1) +
      num(2, 2);
    const styles =
      '<w:style w:type="numbering" w:styleId="Dieu"><w:name w:val="Dieu"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>';
    expect(labels(item(2) + item(2), numbering, styles)).toEqual(["Điều 1.", "Điều 2."]);
  });
});
