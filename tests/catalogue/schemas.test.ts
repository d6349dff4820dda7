import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { TongketError } from "#model";
import { describe, expect, it } from "vitest";
import { CATALOGUE, FIXTURES, fixture, ruleSetOf, templateOf } from "./shipped.ts";

type SchemaName = Parameters<typeof CATALOGUE.check>[0];

const MANIFEST = {
  format: "tongket",
  version: 1,
  report: { id: "r1", sample: false, createdAt: "2022-01-05T02:00:00.000Z" },
  template: templateOf("party-cell"),
  ruleSet: "party-05-2026",
  people: [{ id: "p1", name: "Chủ trì mẫu", unit: "", role: "chair" }],
  rounds: [{ number: 1, version: "v1", openedAt: "2022-01-05T02:00:00.000Z", closedAt: "2022-01-07T02:00:00.000Z" }],
  versions: [{ id: "v1", name: "Dự thảo lần 1", createdAt: "2022-01-05T02:00:00.000Z", createdBy: "p1", round: 1 }],
};

const SOUND: Readonly<Record<SchemaName, unknown>> = {
  template: templateOf("party-cell"),
  "rule-set": ruleSetOf("state-30-2020"),
  report: fixture("vien-khoa-hoc-to-chuc-nha-nuoc-dang-uy"),
  manifest: MANIFEST,
  "title-words": CATALOGUE.titleWords[0],
};

/** A copy of sound data with the value at `pointer` replaced, or removed where `value` is undefined. */
function damaged(schema: SchemaName, pointer: string, value: unknown): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(SOUND[schema]));
  const keys = pointer.split("/").slice(1);
  const last = keys.pop() ?? "";
  let place = copy as Record<string, unknown>;
  for (const key of keys) place = place[key] as Record<string, unknown>;
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
}

/** Where the check says the fault is; null where it finds none. */
function faultIn(schema: SchemaName, value: unknown): unknown {
  try {
    CATALOGUE.check(schema, value, "file.json");
    return null;
  } catch (error) {
    if (!(error instanceof TongketError)) throw error;
    expect(error.code).toBe("data-invalid");
    return error.details["pointer"];
  }
}

const SCHEMAS = join(import.meta.dirname, "../../schemas");

// A server takes them as they are: here they are held against what a schema may say.
it.each(readdirSync(SCHEMAS).filter((name) => name.endsWith(".schema.json")))("%s is a schema", (name) => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false });
  const sound = ajv.validateSchema(JSON.parse(readFileSync(join(SCHEMAS, name), "utf8")));
  expect(sound, ajv.errorsText(ajv.errors)).toBe(true);
});

describe("the schemas", () => {
  it("take every template, every rule set with what it inherits, and every fixture", () => {
    for (const template of CATALOGUE.templates.values()) expect(faultIn("template", template)).toBeNull();
    for (const ruleSet of CATALOGUE.ruleSets.values()) expect(faultIn("rule-set", ruleSet)).toBeNull();
    for (const { report } of FIXTURES) expect(faultIn("report", report)).toBeNull();
    expect(faultIn("manifest", MANIFEST)).toBeNull();
    expect(CATALOGUE.titleWords.length).toBeGreaterThan(0);
    for (const words of CATALOGUE.titleWords) expect(faultIn("title-words", words)).toBeNull();
  });

  it.each<[what: string, schema: SchemaName, pointer: string, value: unknown]>([
    ["a template without a rule set", "template", "/ruleSet", undefined],
    ["a template with a key nobody knows", "template", "/colour", "red"],
    ["an id with a space", "template", "/id", "party cell"],
    ["a subject of two lines", "template", "/subject", "tổng kết\nnăm"],
    ["an outline without slots", "template", "/outline", []],
    ["a slot of a role nobody knows", "template", "/outline/0/role", "praise"],
    ["a slot whose title has one language", "template", "/outline/0/title/en", undefined],
    ["a slot that holds slots", "template", "/outline/0/children", []],
    ["a section with text", "template", "/outline/2/guidance", { vi: "a", en: "a" }],
    ["a slot deep in a section without an id", "template", "/outline/2/children/1/id", undefined],
    ["a node of a type nobody knows", "template", "/outline/1/type", "table"],
    ["a field that offers no choices", "template", "/fields/0/choices", []],
    ["a field whose name cannot stand in braces", "template", "/fields/0/id", "số-hiệu"],
    ["a margin of a negative length", "rule-set", "/page/margin/left", -1],
    ["a size in words", "rule-set", "/body/text/size", "14"],
    ["a numbering nobody knows", "rule-set", "/numbering/levels/0/number", "lowerGreek"],
    ["a line rule without its measure", "rule-set", "/body/line", { rule: "exact" }],
    ["a certainty nobody knows", "rule-set", "/provenance/0/certainty", "sure"],
    ["a rule set without its source", "rule-set", "/source", undefined],
    ["a page with a key nobody knows", "rule-set", "/page/colour", "red"],
    ["a report with a key nobody knows", "report", "/title", "Báo cáo"],
    ["a comment with a key nobody knows", "report", "/comments/0/id", "c1"],
    ["a block with a key nobody knows", "report", "/slots/opening/0", { text: "a", id: "b1" }],
    ["a manifest with a key nobody knows", "manifest", "/body", ""],
    ["a report without slots", "report", "/slots", undefined],
    ["a slot that is not a list", "report", "/slots/opening", "Năm 2021"],
    ["a block of two lines", "report", "/slots/opening/0", "Năm\n2021"],
    ["a block of a kind nobody knows", "report", "/slots/opening/0", { kind: "quote", text: "a" }],
    ["a heading of level 4", "report", "/slots/opening/0", { kind: "heading", level: 4, text: "a" }],
    ["a run with a mark nobody knows", "report", "/slots/opening/0", { text: [{ text: "a", marks: ["red"] }] }],
    ["a table without rows", "report", "/slots/opening/0", { kind: "table", text: "a" }],
    ["a table whose rows are none", "report", "/slots/opening/0", { kind: "table", text: "a", rows: [] }],
    ["a table with a level", "report", "/slots/opening/0", { kind: "table", text: "a", level: 1, rows: [["b"]] }],
    ["a cell that is a number", "report", "/slots/opening/0", { kind: "table", text: "a", rows: [[12]] }],
    [
      "a cell over no column",
      "report",
      "/slots/opening/0",
      { kind: "table", text: "", rows: [[{ text: "", colspan: 0 }]] },
    ],
    ["a row without cells", "report", "/slots/opening/0", { kind: "table", text: "", rows: [{ total: true }] }],
    [
      "a totals row that is no row",
      "report",
      "/slots/opening/0",
      { kind: "table", text: "", rows: [["b"]], totals: [0] },
    ],
    ["a comment on a cell without its row", "report", "/comments/0/cell", { table: 1, column: 1 }],
    ["a year that is a number", "report", "/fields/year", 2021],
    ["a person without a role", "report", "/people/0/role", undefined],
    ["a person's id that is a path", "report", "/people/0/id", "../a"],
    ["a time without its zone", "report", "/comments/0/createdAt", "2022-01-17T02:42:00.000"],
    ["a 13th month", "report", "/rounds/0/openedAt", "2022-13-17T02:42:00.000Z"],
    ["an outcome nobody knows", "report", "/comments/0/decision/outcome", "maybe"],
    ["a validation without its time", "report", "/comments/0/decision/validatedAt", undefined],
    ["a file of another format", "manifest", "/format", "zip"],
    ["a version that is a word", "manifest", "/version", "1"],
    ["a template inside that misses its outline", "manifest", "/template/outline", undefined],
    ["a slot inside the template that is wrong", "manifest", "/template/outline/2/children/0/required", "yes"],
    ["a group of words of one", "title-words", "/same/0", ["ưu điểm"]],
    ["words of a role nobody knows", "title-words", "/usual/praise", ["khen"]],
    ["a round without its version", "manifest", "/rounds/0/version", undefined],
    ["a person of a role nobody knows", "manifest", "/people/0/role", "guest"],
  ])("name the place of %s", (_what, schema, pointer, value) => {
    const found = String(faultIn(schema, damaged(schema, pointer, value)));
    // The fault lies at the place itself or inside the damaged value, never elsewhere.
    const expected = pointer.endsWith("/validatedAt") ? pointer.slice(0, pointer.lastIndexOf("/")) : pointer;
    expect(found === expected || found.startsWith(`${expected}/`), `${found} for ${expected}`).toBe(true);
  });

  it("want a quotation where there is a proposed wording, and a slot where there is a quotation", () => {
    const comment = { author: "dai-bieu-1", round: 1, kind: "other", text: "a", createdAt: "2022-01-17T02:42:00.000Z" };
    const withComment = (more: object): unknown => damaged("report", "/comments", [{ ...comment, ...more }]);
    expect(faultIn("report", withComment({}))).toBeNull();
    expect(faultIn("report", withComment({ slot: "causes", quote: "a", proposal: "b" }))).toBeNull();
    expect(faultIn("report", withComment({ slot: "causes", proposal: "b" }))).toBe("/comments/0");
    expect(faultIn("report", withComment({ quote: "a" }))).toBe("/comments/0");
    const cell = { table: 1, row: 1, column: 1 };
    expect(faultIn("report", withComment({ slot: "causes", cell }))).toBeNull();
    expect(faultIn("report", withComment({ cell }))).toBe("/comments/0");
  });
});
