import { exportReport, planImport, readWordFile } from "#docx";
import { isUnsettled, placedSlots, slotsOf } from "#model";
import type { Catalogue } from "#server";
import { beforeAll, describe, expect, it } from "vitest";
import { shippedCatalogue } from "../support/catalogue.ts";
import { brought, given, reportOf } from "../support/brought-back.ts";
import { FIELDS } from "../support/sample-report.ts";
import type { WordBlock, WordFile } from "#docx";

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await shippedCatalogue();
});

/** The file as a program leaves it that keeps no bookmarks. */
function withoutBookmarks(file: WordFile): WordFile {
  const strip = (blocks: readonly WordBlock[]): WordBlock[] =>
    blocks.map((each) =>
      each.type === "paragraph"
        ? { ...each, paragraph: { ...each.paragraph, bookmarks: [] } }
        : {
            ...each,
            table: {
              ...each.table,
              rows: each.table.rows.map((row) => row.map((cell) => ({ ...cell, blocks: strip(cell.blocks) }))),
            },
          },
    );
  return { ...file, blocks: strip(file.blocks) };
}

const PRINTED = Object.keys(FIELDS).filter((id) => id !== "draftingBody");

describe("a final file of ours brought back", () => {
  it.each(["as it is", "without bookmarks"])(
    "has the same slots, blocks and tables by every rule set, %s",
    async (how) => {
      const wrong: string[] = [];
      let slots = 0;
      const { titleWords } = catalogue;
      for (const template of catalogue.templates.values()) {
        for (const ruleSet of catalogue.ruleSets.values()) {
          const report = reportOf(template, ruleSet);
          const read: WordFile = readWordFile(await exportReport(report, "final"));
          const plan = planImport(how === "as it is" ? read : withoutBookmarks(read), {
            template,
            ruleSet,
            titleWords,
          });
          const placed = placedSlots(plan);
          const name = `${template.id} by ${ruleSet.id}`;
          for (const piece of plan.pieces.filter((each) => isUnsettled(each))) wrong.push(`${name}: ${piece.title}`);
          for (const slot of slotsOf(template)) {
            slots++;
            const before = JSON.stringify(given(report.slots[slot.id] ?? []), null, 1);
            const after = JSON.stringify(brought(placed[slot.id] ?? []), null, 1);
            if (before !== after) wrong.push(`${name}, ${slot.id}:\n${before}\n${after}`);
          }
          const fields = Object.fromEntries(plan.fields.map((field) => [field.id, field.value]));
          for (const id of PRINTED) {
            if (ruleSet.fields.some((field) => field.id === id) && fields[id] !== FIELDS[id])
              wrong.push(`${name}: ${id} ${fields[id]}`);
          }
        }
      }
      expect(wrong.slice(0, 6).join("\n")).toBe("");
      expect(wrong.length).toBe(0);
      expect(slots).toBeGreaterThan(300);
    },
  );
});
