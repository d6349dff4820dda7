import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RuleSet, Template } from "#model";

function read(...path: readonly string[]): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, "..", "..", "templates", ...path), "utf8"));
}

/** Rule sets that inherit nothing, and templates, as they stand in their files. */
export const PARTY_RULES = read("rule-sets", "party-05-2026.json") as RuleSet;
export const STATE_RULES = read("rule-sets", "state-30-2020.json") as RuleSet;
export const COMMITTEE = read("party-committee.json") as Template;
export const CELL = read("party-cell.json") as Template;
