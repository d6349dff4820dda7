import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { exportReport } from "#docx";
import type { Block, BlockKind, CommentThread, MarkName, Report } from "#model";
import { BLOCK_KINDS, blockText, blockTexts, DEEPEST, MARKS, slotsOf } from "#model";
import type { Catalogue } from "#server";
import { anyTable } from "../support/any-table.ts";
import { shippedCatalogue } from "../support/catalogue.ts";
import { checkWellFormed, readDocx } from "../support/docx-reader.ts";
import { cellThread, decision, FIELDS, rangeThread, sampleReport, thread } from "../support/sample-report.ts";

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await shippedCatalogue();
});

const ODD = [
  "\u0000",
  "\u0001",
  "\u000b",
  "\t",
  "\r",
  "\u2028",
  "\ufffe",
  "\uffff",
  "\ud800",
  "\udfff",
  "😀",
  "&",
  "<",
  "]]>",
  "$1",
  "{year}",
  "\u00a0",
  "đ",
  "Ệ",
];
const someText = fc
  .array(fc.oneof(fc.constantFrom(...ODD), fc.string({ maxLength: 6, unit: "binary" }), fc.constant(" chữ ")), {
    maxLength: 8,
  })
  .map((parts) => parts.join("").replaceAll("\n", " "));
const someMarks = fc.subarray<MarkName>([...MARKS]);
const someShape = fc.constantFrom<BlockKind>(...BLOCK_KINDS).chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    level: DEEPEST[kind] === 0 ? fc.constant(0) : fc.integer({ min: 1, max: DEEPEST[kind] }),
  }),
);
const someBlock = fc.record({
  id: fc.oneof(fc.uuid(), fc.string({ maxLength: 50 })),
  shape: someShape,
  runs: fc.array(fc.record({ text: someText.filter((text) => text !== ""), marks: someMarks }), { maxLength: 4 }),
  table: fc.option(anyTable(someText), { nil: undefined }),
});

const someReport = fc.record({
  slots: fc.array(fc.array(someBlock, { maxLength: 5 }), { minLength: 1, maxLength: 12 }),
  fields: fc.dictionary(fc.constantFrom(...Object.keys(FIELDS), "other"), someText),
  ranges: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat(), fc.nat(), someText), { maxLength: 6 }),
  template: fc.nat(),
  ruleSet: fc.nat(),
});

type Shape = typeof someReport extends fc.Arbitrary<infer T> ? T : never;

function build(shape: Shape): Report {
  const templates = [...catalogue.templates.values()];
  const ruleSets = [...catalogue.ruleSets.values()];
  const template = templates[shape.template % templates.length];
  const ruleSet = ruleSets[shape.ruleSet % ruleSets.length];
  if (!template || !ruleSet) throw new Error("nothing is shipped");
  const seen = new Set<string>();
  const fresh = (id: string): string => {
    const own = seen.has(id) ? fresh(`${id}+`) : id;
    seen.add(own);
    return own;
  };
  const slots: Record<string, Block[]> = {};
  for (const [index, { id }] of slotsOf(template).entries()) {
    slots[id] = (shape.slots[index] ?? []).map(({ id: own, shape: form, runs, table }) => ({
      id: fresh(own),
      ...form,
      runs,
      ...(form.kind === "table" && table ? { table } : {}),
    }));
  }
  const ids = Object.keys(slots);
  const threads = shape.ranges.map(([s, a, b, x, y, text], index): CommentThread => {
    const slot = ids[s % ids.length] ?? "";
    const blocks = slots[slot] ?? [];
    const change = { comment: { text }, decision: index % 2 === 0 ? decision(`c${index}`) : null };
    const [i, j] = [a % (blocks.length || 1), b % (blocks.length || 1)].toSorted((p, q) => p - q);
    const [from, to] = [blocks[i ?? 0], blocks[j ?? 0]];
    if (!from || !to) return thread(`c${index}`, { scope: "slot", slot }, change);
    const cells = from.table?.rows.flatMap((row) => row.cells) ?? [];
    const cell = cells[x % (cells.length || 1)];
    if (cell) return cellThread(`c${index}`, slot, { block: from, cell: cell.id }, change);
    const start = x % (blockText(from).length + 1);
    const end = y % (blockText(to).length + 1);
    const [low, high] = from === to ? [Math.min(start, end), Math.max(start, end)] : [start, end];
    return rangeThread(`c${index}`, slot, { block: from, offset: low }, { block: to, offset: high }, change);
  });
  return sampleReport(template, ruleSet, { slots, fields: shape.fields, threads });
}

/** What is left of a text when all that is not a letter, figure or sign is taken out of it. */
function bones(text: string): string {
  return text
    .replaceAll(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "")
    .replaceAll(/[\p{Cc}\ufffe\uffff\s]/gu, "");
}

describe("any report", () => {
  it("is a well formed file with all its words and all its comments, the same twice", async () => {
    await fc.assert(
      fc.asyncProperty(someReport, async (shape) => {
        const report = build(shape);
        const bytes = await exportReport(report, "draft");
        expect(await exportReport(report, "draft")).toEqual(bytes);
        const { parts, paragraphs, comments } = readDocx(bytes);
        checkWellFormed(parts);
        const byBookmark = new Map(
          paragraphs.flatMap(({ text, bookmarks }) => bookmarks.map((name) => [name, text] as const)),
        );
        expect(byBookmark.size).toBe(paragraphs.flatMap(({ bookmarks }) => bookmarks).length);
        const all = bones(paragraphs.map(({ text }) => text).join(""));
        let at = 0;
        for (const blocks of slotsOf(report.template).map(({ id }) => report.slots[id] ?? [])) {
          // Appendices stand after the signature but in order too, so words only ever go on.
          for (const text of blocks.flatMap(blockTexts)) {
            const words = bones(text);
            const found = all.indexOf(words, at);
            expect(found).toBeGreaterThanOrEqual(at);
            at = found + words.length;
          }
        }
        const own = comments.filter(({ parent }) => parent === null);
        expect(own.map(({ text }) => bones(text))).toEqual(
          report.threads.map(({ comment }) => bones(`(Làm rõ) ${comment.text}`)),
        );
        expect(comments.filter(({ parent }) => parent !== null)).toHaveLength(
          report.threads.filter((each) => each.decision).length,
        );
        expect(comments.every(({ anchored }) => anchored)).toBe(true);
        for (const as of ["final", "responses"] as const)
          checkWellFormed(readDocx(await exportReport(report, as)).parts);
      }),
      { numRuns: 20 },
    );
  });
});
