import * as fc from "fast-check";
import { JSDOM } from "jsdom";
import { beforeAll, describe, expect, it } from "vitest";
import { reportHtml, reportMarkdown } from "#docx";
import type { Block, BlockKind, MarkName, Report } from "#model";
import { BLOCK_KINDS, DEEPEST, MARKS, slotsOf } from "#model";
import type { Catalogue } from "#server";
import { anyTable } from "../support/any-table.ts";
import { shippedCatalogue } from "../support/catalogue.ts";
import { readMarkdown } from "../support/pandoc.ts";
import { FIELDS, sampleReport } from "../support/sample-report.ts";
import type { ReadPiece } from "../support/text-structure.ts";
import { piecesOfHtml, piecesOfMarkdown } from "../support/text-structure.ts";

/** The final text as Markdown, read by a real parser, says what the page says: words, marks, headings, lists, tables. */

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await shippedCatalogue();
});

const SIGNS = [
  ...Array.from("#*_`[]()<>|\\-+=~!&$^:.;'\"/{}@"),
  "**",
  "***",
  "---",
  "===",
  "```",
  "~~~",
  "# ",
  "- ",
  "+ ",
  "1. ",
  "12) ",
  "> ",
  "    ",
  "\t",
  "| --- |",
  "<b>",
  "<!--",
  "&amp;",
  "[x](y)",
  "![x](y)",
  "[^1]",
  "[x]: y",
  "http://a.b/c_d*e",
  "a@b.vn",
  "\\\n",
  "\u2028",
  "\u000b",
  "\u00a0",
  "\u0000",
  "\ud800",
];
const someText = fc
  .array(fc.oneof(fc.constantFrom(...SIGNS), fc.constantFrom("chữ", " ", " Đảng bộ ", "a", "1", "😀")), {
    minLength: 1,
    maxLength: 7,
  })
  .map((parts) => parts.join(""));
const someMarks = fc.subarray<MarkName>([...MARKS]);
const someBlock = fc.constantFrom<BlockKind>(...BLOCK_KINDS).chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    level: DEEPEST[kind] === 0 ? fc.constant(0) : fc.integer({ min: 1, max: DEEPEST[kind] }),
    runs: fc.array(fc.record({ text: someText, marks: someMarks }), { minLength: 1, maxLength: 3 }),
    table: kind === "table" ? anyTable(someText) : fc.constant(undefined),
  }),
);
const someReport = fc.record({
  slots: fc.array(fc.array(someBlock, { maxLength: 6 }), { minLength: 1, maxLength: 30 }),
  fields: fc.dictionary(fc.constantFrom(...Object.keys(FIELDS)), someText),
  template: fc.nat(),
});

function build({
  slots: given,
  fields,
  template: which,
}: typeof someReport extends fc.Arbitrary<infer T> ? T : never): Report {
  const templates = [...catalogue.templates.values()];
  const template = templates[which % templates.length];
  const ruleSet = template && catalogue.ruleSets.get(template.ruleSet);
  if (!template || !ruleSet) throw new Error("templates are shipped");
  let count = 0;
  const slots = Object.fromEntries(
    slotsOf(template).map(({ id }, index): [string, Block[]] => [
      id,
      (given[index] ?? []).map(({ table, ...block }) => ({ ...block, id: `b${++count}`, ...(table ? { table } : {}) })),
    ]),
  );
  return sampleReport(template, ruleSet, { slots, fields: { ...FIELDS, ...fields } });
}

/** What each dialect makes of the Markdown of a report, and what its page says. */
async function both(report: Report, dialect: string): Promise<{ page: ReadPiece[]; markdown: ReadPiece[] }> {
  // The reader of pages does not know the style sheets of printed pages.
  const html = reportHtml(report).replace(/<style>.*?<\/style>/s, "");
  const page = piecesOfHtml(new JSDOM(html).window.document);
  return { page, markdown: piecesOfMarkdown(await readMarkdown(reportMarkdown(report), dialect)) };
}

describe.each(["commonmark+pipe_tables", "gfm-emoji"])("Markdown read as %s", (dialect) => {
  it("says what the page of every template's report says", async () => {
    for (const template of catalogue.templates.values()) {
      const ruleSet = catalogue.ruleSets.get(template.ruleSet);
      if (!ruleSet) throw new Error("rule sets are shipped");
      const { page, markdown } = await both(sampleReport(template, ruleSet), dialect);
      expect(markdown).toEqual(page);
      expect(page.length).toBeGreaterThan(20);
    }
  });

  it("says what the page of any report says, whatever signs stand in it", async () => {
    await fc.assert(
      fc.asyncProperty(someReport, async (shape) => {
        const { page, markdown } = await both(build(shape), dialect);
        expect(markdown).toEqual(page);
      }),
      { numRuns: 20 },
    );
  });
});
