import { beforeAll, describe, expect, it } from "vitest";
import type { RuleSet } from "#model";
import { numberOutline } from "#model";
import { shippedCatalogue } from "../support/catalogue.ts";
import { sampleReport } from "../support/sample-report.ts";

let ruleSets: RuleSet[];
let templates: Awaited<ReturnType<typeof shippedCatalogue>>["templates"];
beforeAll(async () => {
  const catalogue = await shippedCatalogue();
  ruleSets = [...catalogue.ruleSets.values()];
  templates = catalogue.templates;
});

/** The pointers of every value below `value` that is no object or array. */
function leaves(value: unknown, pointer = ""): string[] {
  if (typeof value !== "object" || value === null) return [pointer];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, `${pointer}/${key}`));
}

/** True where a provenance pointer speaks of a leaf: it names the leaf or something the leaf is in. */
function speaksOf(pointer: string, leaf: string): boolean {
  const parts = pointer.split("/");
  const path = leaf.split("/");
  return parts.length <= path.length && parts.every((part, index) => part === "*" || part === path[index]);
}

describe("a rule set", () => {
  it("says of every value it prints by where it comes from", () => {
    for (const rules of ruleSets) {
      const { page, heading, body, numbering, appendix, closing, responses, tables = {} } = rules;
      const printed = { page, heading, body, numbering, appendix, closing, responses, tables };
      const pointers = rules.provenance.flatMap(({ of }) => of);
      const said = (leaf: string): boolean => pointers.some((pointer) => speaksOf(pointer, leaf));
      const silent = leaves(printed).filter((leaf) => !said(leaf));
      expect({ id: rules.id, silent }).toEqual({ id: rules.id, silent: [] });
    }
  });

  it("speaks in its provenance only of values it has", () => {
    for (const rules of ruleSets) {
      const all = leaves(rules);
      const astray = rules.provenance
        .flatMap(({ of }) => of)
        .filter((pointer) => !all.some((leaf) => speaksOf(pointer, leaf)));
      expect({ id: rules.id, astray }).toEqual({ id: rules.id, astray: [] });
    }
  });

  it("divides exactly the width between its margins", () => {
    for (const { page, heading, closing, responses } of ruleSets) {
      const sum = (columns: readonly number[]): number => columns.reduce((total, column) => total + column, 0);
      const width = page.width - page.margin.left - page.margin.right;
      const lying = page.height - responses.margin.left - responses.margin.right;
      expect([sum(heading.columns), sum(closing.columns)]).toEqual([width, width]);
      expect([sum(responses.headingColumns), sum(responses.columns)]).toEqual([lying, lying]);
    }
  });

  it("offers a form with every field its lines print", () => {
    const computed = ["typeName", "typeCaption", "subject", "day", "month", "dateYear", "round"];
    for (const rules of ruleSets) {
      const ids = new Set([...rules.fields.map(({ id }) => id), ...computed]);
      const { fields: _, ...rest } = rules;
      const named = [...JSON.stringify(rest).matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
      expect(named.filter((name) => !ids.has(name))).toEqual([]);
      expect(rules.fields.map(({ id }) => id)).toEqual([...new Set(rules.fields.map(({ id }) => id))]);
    }
  });

  it("numbers a Party report I-, 1., 1.1., a) and a State report I., 1., a)", () => {
    const labels = (template: string, rules: string): string[] => {
      const chosen = templates.get(template);
      const found = ruleSets.find(({ id }) => id === rules);
      if (!chosen || !found) throw new Error("both are shipped");
      const { fields } = sampleReport(chosen, found);
      return numberOutline(chosen, found, fields).flatMap(({ before, entry }) =>
        [...before, entry].map(({ label }) => label),
      );
    };
    const party = labels("party-committee", "party-05-2026");
    expect(party).toEqual(
      expect.arrayContaining(["Phần thứ nhất", "I-", "II-", "1.", "2.", "2.1.", "2.4.", "Phụ lục"]),
    );
    expect(labels("state-office", "state-30-2020")).toEqual(
      expect.arrayContaining(["Phần I", "I.", "II.", "1.", "2."]),
    );
  });
});
