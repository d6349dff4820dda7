import { beforeAll, describe, expect, it } from "vitest";
import { exportReport } from "#docx";
import type { RuleSet, Template } from "#model";
import { shippedCatalogue } from "../support/catalogue.ts";
import { convertWithOffice } from "../support/office.ts";
import type { PdfPage } from "../support/pdf-reader.ts";
import { readPdf } from "../support/pdf-reader.ts";
import { sampleReport } from "../support/sample-report.ts";

/** A report as LibreOffice printed it. */
interface Printed {
  readonly name: string;
  readonly ruleSet: RuleSet;
  readonly template: Template;
  readonly pages: readonly PdfPage[];
}

let printed: Printed[];

beforeAll(async () => {
  const { templates, ruleSets } = await shippedCatalogue();
  const each = [...templates.values()].flatMap((template) =>
    [...ruleSets.values()].map((ruleSet) => ({ name: `${template.id} by ${ruleSet.id}`, template, ruleSet })),
  );
  const files = await Promise.all(
    each.map(({ template, ruleSet }) => exportReport(sampleReport(template, ruleSet), "final")),
  );
  const pdfs = await convertWithOffice(files, "pdf");
  printed = await Promise.all(
    each.map(async (one, index) => ({ ...one, pages: await readPdf(pdfs[index] ?? new Uint8Array()) })),
  );
});

/** Points of a length in millimetres. */
function mm(length: number): number {
  return (length * 72) / 25.4;
}

describe("the final text as printed", () => {
  it("stands on paper of the rule set's size, within its margins", () => {
    for (const { name, ruleSet, pages } of printed) {
      const { width, height, margin } = ruleSet.page;
      for (const [index, page] of pages.entries()) {
        expect([page.width, page.height].map(Math.round), `${name}, page ${index + 1}`).toEqual(
          [mm(width), mm(height)].map(Math.round),
        );
        for (const line of page.lines) {
          expect(line.left, `${name}, page ${index + 1}: ${line.text}`).toBeGreaterThan(mm(margin.left) - 1);
          expect(line.right, `${name}, page ${index + 1}: ${line.text}`).toBeLessThan(mm(width - margin.right) + 1);
          expect(line.bottom, `${name}, page ${index + 1}: ${line.text}`).toBeLessThan(mm(height - margin.bottom) + 4);
        }
      }
    }
  });
});
