import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { ReportInput, RuleSet, Template } from "#model";
import { loadCatalogue } from "#server";

const ROOT = join(import.meta.dirname, "..", "..");

/** What is shipped, read as the program reads it. */
export const CATALOGUE = await loadCatalogue({ root: ROOT });

export function templateOf(id: string): Template {
  const template = CATALOGUE.templates.get(id);
  if (!template) throw new Error(`no template ${id}`);
  return template;
}

export function ruleSetOf(id: string): RuleSet {
  const ruleSet = CATALOGUE.ruleSets.get(id);
  if (!ruleSet) throw new Error(`no rule set ${id}`);
  return ruleSet;
}

export interface Fixture {
  readonly name: string;
  readonly text: string;
  readonly report: ReportInput;
}

/** Every fixture, by name, checked by its schema. */
export const FIXTURES: readonly Fixture[] = readdirSync(join(ROOT, "fixtures"))
  .filter((file) => file.endsWith(".json"))
  .toSorted()
  .map((file) => {
    const text = readFileSync(join(ROOT, "fixtures", file), "utf8");
    return { name: basename(file, ".json"), text, report: CATALOGUE.check("report", JSON.parse(text), file) };
  });

export function fixture(name: string): ReportInput {
  const found = FIXTURES.find((entry) => entry.name === name);
  if (!found) throw new Error(`no fixture ${name}`);
  return found.report;
}
