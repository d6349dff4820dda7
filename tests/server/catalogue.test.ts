import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { TongketError } from "#model";
import { loadCatalogue } from "#server";
import { ROOT, temporaryFolder } from "./support.ts";

function readJson(...path: string[]): Record<string, unknown> {
  return JSON.parse(readFileSync(join(ROOT, ...path), "utf8"));
}

/** A copy of what is shipped, to be spoilt. */
function shippedCopy(): string {
  const root = temporaryFolder();
  for (const folder of ["templates", "schemas"]) cpSync(join(ROOT, folder), join(root, folder), { recursive: true });
  return root;
}

it("reads every shipped template with its rule set", async () => {
  const catalogue = await loadCatalogue({ root: ROOT });
  expect(catalogue.templates.size).toBeGreaterThanOrEqual(5);
  for (const template of catalogue.templates.values()) expect(catalogue.ruleSets.has(template.ruleSet)).toBe(true);
});

it("names the file and the place of what does not fit a schema", async () => {
  const { check } = await loadCatalogue({ root: ROOT });
  const template = readJson("templates", "party-cell.json");
  const attempt = (value: unknown): unknown => check("template", value, "own.json");
  expect(attempt(template)).toBe(template);
  expect(() => attempt({ ...template, version: "one" })).toThrowError(
    expect.objectContaining({
      code: "data-invalid",
      details: { source: "own.json", pointer: "/version", problem: "problem.type-integer" },
    }),
  );
  const { name: _name, ...nameless } = template;
  expect(() => attempt(nameless)).toThrowError(
    expect.objectContaining({ details: expect.objectContaining({ pointer: "/name" }) }),
  );
  expect(() => attempt({ ...template, "a/b": 1 })).toThrowError(
    expect.objectContaining({ details: expect.objectContaining({ pointer: "/a~1b" }) }),
  );
});

it("throws for a shipped file that is wrong", async () => {
  const root = shippedCopy();
  writeFileSync(join(root, "templates", "party-cell.json"), "{ not json");
  await expect(loadCatalogue({ root })).rejects.toMatchObject({ code: "data-not-json" });
});

it("tells of each own file that is wrong and goes on without it", async () => {
  const data = temporaryFolder();
  mkdirSync(join(data, "templates", "rule-sets"), { recursive: true });
  const cell = readJson("templates", "party-cell.json");
  const put = (name: string, value: unknown): void =>
    writeFileSync(join(data, "templates", name), typeof value === "string" ? value : JSON.stringify(value));
  put("a.json", "[]");
  put("b.json", { ...cell, id: "b", outline: [] });
  put("c.json", { ...cell, id: "c", ruleSet: "nowhere" });
  put("d.json", { ...cell, id: "d" });
  put("rule-sets/e.json", { id: "e", inherits: "nowhere" });
  mkdirSync(join(data, "templates", "title-words"));
  put("title-words/f.json", { id: "f", same: [["một"]] });
  put("title-words/g.json", { id: "g", same: [["ưu điểm", "điểm sáng"]] });
  const skipped: TongketError[] = [];
  const catalogue = await loadCatalogue({ root: ROOT, data, onSkipped: (error) => skipped.push(error) });
  expect(skipped.map((error) => error.code).toSorted()).toEqual([
    "data-invalid",
    "data-invalid",
    "data-not-json",
    "inherit-unknown",
    "rule-set-unknown",
  ]);
  expect(catalogue.templates.has("d")).toBe(true);
  // Those that are shipped, and after them one's own.
  expect(catalogue.titleWords).toHaveLength(2);
  expect(catalogue.titleWords[0]?.same?.flat()).toContain("tổ chức đoàn thể");
  expect(catalogue.titleWords[1]?.same?.at(-1)?.at(-1)).toBe("điểm sáng");
  for (const id of ["a", "b", "c"]) expect(catalogue.templates.has(id)).toBe(false);
});

it("fills a rule set with what it inherits, object by object and list by list", async () => {
  const data = temporaryFolder();
  mkdirSync(join(data, "templates", "rule-sets"), { recursive: true });
  const put = (id: string, value: unknown): void =>
    writeFileSync(join(data, "templates", "rule-sets", `${id}.json`), JSON.stringify(value));
  put("house", { id: "house", inherits: "party-05-2026", page: { margin: { left: 35 } }, body: { items: ["*"] } });
  put("office", { id: "office", inherits: "house", page: { font: "Tinos" } });
  const { ruleSets } = await loadCatalogue({ root: ROOT, data });
  const [party, house, office] = ["party-05-2026", "house", "office"].map((id) => ruleSets.get(id));
  expect(house?.page.margin).toEqual({ ...party?.page.margin, left: 35 });
  expect(house?.body).toEqual({ ...party?.body, items: ["*"] });
  expect(office?.page).toEqual({ ...house?.page, font: "Tinos" });
  expect(office?.id).toBe("office");
});

it("refuses rule sets that inherit in a circle", async () => {
  const root = shippedCopy();
  const put = (id: string, inherits: string): void =>
    writeFileSync(join(root, "templates", "rule-sets", `${id}.json`), JSON.stringify({ id, inherits }));
  put("one", "two");
  put("two", "one");
  await expect(loadCatalogue({ root })).rejects.toMatchObject({ code: "inherit-unknown" });
});
