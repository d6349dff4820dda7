import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { say, textKeys, TongketError } from "#model";
import { CATALOGUE, fixture, ruleSetOf, templateOf } from "./shipped.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** The error about `value`, said in Vietnamese; empty where nothing is wrong. */
function said(schema: Parameters<typeof CATALOGUE.check>[0], value: unknown): string {
  try {
    CATALOGUE.check(schema, value, "tệp.json");
    return "";
  } catch (error) {
    if (!(error instanceof TongketError)) throw error;
    return say("vi", `error.${error.code}`, error.details);
  }
}

const template = templateOf("party-cell");
const report = fixture("vien-khoa-hoc-to-chuc-nha-nuoc-dang-uy");
const person = { id: "p1", name: "Người mẫu", unit: "", role: "chair" };
const comment = { author: "p1", round: 1, kind: "other", text: "a", createdAt: "2022-01-17T02:42:00.000Z" };
const manifest = {
  format: "tongket",
  version: 1,
  report: { id: "r1", sample: false, createdAt: "2022-01-05T02:00:00.000Z" },
  template,
  ruleSet: "party-05-2026",
  people: [person],
  rounds: [],
  versions: [],
};

describe("what is wrong with data from outside", () => {
  const { name: _, ...nameless } = template;
  const ruleSet = ruleSetOf("state-30-2020");

  it.each<[what: string, text: string, told: string]>([
    ["a missing key", said("template", nameless), "sai ở /name: thiếu phần bắt buộc này."],
    ["a surplus key", said("template", { ...template, colour: 1 }), "sai ở /colour: không có phần nào mang tên này."],
    ["a wrong type", said("template", { ...template, version: "1" }), "sai ở /version: phải là số nguyên."],
    [
      "a value of a list",
      said("report", { ...report, people: [{ ...person, role: "guest" }] }),
      "sai ở /people/0/role: phải là một trong các giá trị: chair, ",
    ],
    ["a fixed value", said("manifest", { ...manifest, format: "zip" }), "sai ở /format: phải là tongket."],
    [
      "a form",
      said("report", { ...report, comments: [{ ...comment, createdAt: "2022" }] }),
      "không đúng dạng ^[0-9]{4}-",
    ],
    ["an empty text", said("template", { ...template, subject: "" }), "sai ở /subject: không được để trống."],
    [
      "a small number",
      said("rule-set", { ...ruleSet, page: { ...ruleSet.page, margin: { ...ruleSet.page.margin, left: -1 } } }),
      "sai ở /page/margin/left: quá nhỏ, ít nhất phải là ",
    ],
    [
      "an empty list",
      said("template", { ...template, outline: [] }),
      "sai ở /outline: có quá ít phần tử, cần ít nhất 1.",
    ],
    ["a name", said("report", { ...report, slots: { "a b": [] } }), "sai ở /slots/a b: không đúng dạng ^[a-z0-9]"],
    [
      "what a choice asks for",
      said("rule-set", { ...ruleSet, body: { ...ruleSet.body, line: { rule: "exact" } } }),
      "sai ở /body/line/points: thiếu phần bắt buộc này.",
    ],
    [
      "what another key asks for",
      said("report", { ...report, comments: [{ ...comment, slot: "causes", proposal: "b" }] }),
      "sai ở /comments/0: có “proposal” thì phải có “quote”.",
    ],
  ])("is told in Vietnamese: %s", (_what, text, told) => {
    expect(text).toContain(told);
    expect(text).not.toMatch(/\bmust\b|problem\./);
  });

  it("has a text for every keyword that the schemas use to say no", () => {
    const SILENT = new Set(["if", "then", "else", "allOf", "properties", "items", "$ref", "$defs", "propertyNames"]);
    const source = readFileSync(join(ROOT, "src/server/schema-problem.ts"), "utf8");
    const keywords = new Set<string>();
    const walk = (schema: unknown): void => {
      if (typeof schema !== "object" || schema === null) return;
      for (const [key, value] of Object.entries(schema)) {
        keywords.add(key);
        const named = key === "properties" || key === "$defs";
        if (key === "const" || key === "enum" || key === "required" || key === "dependentRequired") continue;
        for (const inner of named || Array.isArray(value) ? Object.values(value as object) : [value]) walk(inner);
      }
    };
    for (const file of readdirSync(join(ROOT, "schemas")).filter((name) => name.endsWith(".json"))) {
      walk(JSON.parse(readFileSync(join(ROOT, "schemas", file), "utf8")));
    }
    const wordless = [...keywords].filter(
      (key) =>
        !SILENT.has(key) &&
        !/^(\$schema|\$id|title|description|\$comment)$/.test(key) &&
        !new RegExp(`"${key}"|\\b${key}:`).test(source),
    );
    expect(wordless).toEqual([]);
  });

  it("has no text that nothing says", () => {
    const source = ["src/server/schema-problem.ts", "src/cli/errors.ts"]
      .map((path) => readFileSync(join(ROOT, path), "utf8"))
      .join("\n");
    const texts = textKeys("vi").filter((key) => key.startsWith("problem."));
    expect(texts.length).toBeGreaterThan(10);
    expect(texts.filter((key) => !source.includes(`"${key}"`))).toEqual([]);
    const told = [...source.matchAll(/"(problem\.[a-z-]+)"/g)].map((match) => match[1]);
    expect(told.filter((key) => !texts.includes(key ?? ""))).toEqual([]);
  });
});
