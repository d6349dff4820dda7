import { exportReport, planImport, readWordFile } from "#docx";
import type { Block, NumberedSlot, OutlineEntry, Report, RuleSet, Table as ModelTable, Template } from "#model";
import { blockLabels, isUnsettled, numberOutline, placedSlots, slotsOf, tableGrid, tablesBefore } from "#model";
import type { Catalogue } from "#server";
import {
  Document,
  HeadingLevel,
  LevelFormat,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalMergeType,
} from "docx";
import type { FileChild } from "docx";
import { beforeAll, describe, expect, it } from "vitest";
import { brought, given, reportOf } from "../support/brought-back.ts";
import { shippedCatalogue } from "../support/catalogue.ts";
import { convertWithOffice } from "../support/office.ts";

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await shippedCatalogue();
});

/** How somebody else's file sets a title or a heading inside the text. */
type Setter = (label: string, title: string, depth: number, part: boolean) => Paragraph[];

/** Bold paragraphs with typed numbers, the outermost in capitals: no style says anything. */
const plainBold: Setter = (label, title, depth, part) => {
  const words = depth === 0 ? title.toLocaleUpperCase("vi") : title;
  const run = (text: string): Paragraph => new Paragraph({ children: [new TextRun({ text, bold: true })] });
  return part ? [run(label), run(words)] : [run(`${label} ${words}`.trim())];
};

const HEADINGS = [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
  HeadingLevel.HEADING_5,
] as const;

/** Word's heading styles, numbered by Word: the text holds no number. */
const wordStyles: Setter = (_, title, depth) => [
  new Paragraph({
    text: title,
    heading: HEADINGS[Math.min(depth, 4)] ?? HeadingLevel.HEADING_5,
    numbering: { reference: "outline", level: Math.min(depth, 4) },
  }),
];

async function otherFile(report: Report, set: Setter): Promise<Uint8Array> {
  const { template, ruleSet, fields, slots } = report;
  const outline = numberOutline(template, ruleSet, fields);
  const tables = tablesBefore(outline, slots);
  const title = (entry: OutlineEntry): Paragraph[] => {
    if (!entry.format) return [];
    const outer = entry.node.type === "part" || entry.node.type === "appendices";
    return set(entry.label, entry.title, entry.depth, outer);
  };
  const children: FileChild[] = outline.flatMap((numbered: NumberedSlot) => {
    const blocks = slots[numbered.slot.id] ?? [];
    const labels = blockLabels(ruleSet, numbered.entry.path, blocks, tables.get(numbered.slot.id) ?? 0);
    return [
      ...[...numbered.before, numbered.entry].flatMap(title),
      ...blocks.flatMap((block, index) => written(block, labels[index] ?? "", numbered, set)),
    ];
  });
  const level = (format: (typeof LevelFormat)[keyof typeof LevelFormat], text: string, at: number): object => ({
    level: at,
    format,
    text,
  });
  const document = new Document({
    numbering: {
      config: [
        {
          reference: "outline",
          levels: [
            level(LevelFormat.UPPER_ROMAN, "%1.", 0),
            level(LevelFormat.DECIMAL, "%2.", 1),
            level(LevelFormat.DECIMAL, "%2.%3.", 2),
            level(LevelFormat.LOWER_LETTER, "%4)", 3),
            level(LevelFormat.DECIMAL, "(%5)", 4),
          ] as never,
        },
      ],
    },
    sections: [{ children }],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

function written(block: Block, label: string, { entry }: NumberedSlot, set: Setter): FileChild[] {
  const runs = block.runs.map(({ text, marks }) => new TextRun({ text, bold: marks.includes("strong") }));
  const words = block.runs.map((run) => run.text).join("");
  if (block.kind === "heading") return set(label, words, entry.depth + block.level, false);
  if (block.kind === "table" && block.table) {
    return [new Paragraph({ text: `${label} ${words}` }), tableOf(block.table), new Paragraph({})];
  }
  return [new Paragraph({ children: [new TextRun(label === "" ? "" : `${label} `), ...runs] })];
}

function tableOf(table: ModelTable): Table {
  const { rows } = tableGrid(table);
  return new Table({
    rows: rows.map((row, r) => {
      const above = rows
        .slice(0, r)
        .flat()
        .filter((at) => at.row + at.rowspan > r);
      const cells = [...row, ...above].toSorted((a, b) => a.column - b.column);
      return new TableRow({
        tableHeader: table.rows[r]?.cells.every((cell) => cell.header) === true,
        children: cells.map((at) => {
          const begins = at.row === r;
          const header = at.cell?.header === true;
          const paragraphs = begins && at.cell ? at.cell.paragraphs : [[]];
          return new TableCell({
            children: paragraphs.map(
              (runs) =>
                new Paragraph({
                  children: runs.map(
                    ({ text, marks }) =>
                      new TextRun({ text, bold: header || marks.includes("strong"), italics: marks.includes("em") }),
                  ),
                }),
            ),
            columnSpan: at.colspan,
            ...(at.rowspan > 1
              ? { verticalMerge: begins ? VerticalMergeType.RESTART : VerticalMergeType.CONTINUE }
              : {}),
          });
        }),
      });
    }),
  });
}

/** What differs between a report and what comes back of its file; alignment in cells is no matter of these programs. */
function differences(name: string, report: Report, bytes: Uint8Array, exact: boolean): string[] {
  const { template, ruleSet } = report;
  const plan = planImport(readWordFile(bytes), { template, ruleSet, titleWords: catalogue.titleWords });
  const placed = placedSlots(plan);
  const wrong = plan.pieces
    .filter((piece) => isUnsettled(piece))
    .map((piece) => `${name}: no place for ${piece.title}`);
  const told = (blocks: readonly unknown[]): string =>
    exact ? JSON.stringify(blocks) : JSON.stringify(blocks).replaceAll(/\|(?:left|center|right|null)/gu, "");
  for (const slot of slotsOf(template)) {
    const before = told(given(report.slots[slot.id] ?? []));
    const after = told(brought(placed[slot.id] ?? []));
    if (before !== after) wrong.push(`${name}, ${slot.id}:\n${before}\n${after}`);
  }
  return wrong;
}

const families: readonly (readonly [string, (report: Report) => Promise<Uint8Array>])[] = [
  ["plain bold lines with typed numbers", (report) => otherFile(report, plainBold)],
  ["Word's heading styles with its own numbers", (report) => otherFile(report, wordStyles)],
];

function reports(): { name: string; report: Report }[] {
  return [...catalogue.templates.values()].map((template: Template) => {
    const ruleSet: RuleSet = catalogue.ruleSets.get(template.ruleSet) ?? expect.fail(template.ruleSet);
    return { name: template.id, report: reportOf(template, ruleSet) };
  });
}

describe("a report that another program wrote", () => {
  it.each(families)("comes into the same slots: %s", async (_, write) => {
    const wrong: string[] = [];
    for (const { name, report } of reports()) wrong.push(...differences(name, report, await write(report), false));
    expect(wrong.join("\n")).toBe("");
  });

  it("comes back from LibreOffice as it went there", async () => {
    const all = reports();
    const files = await Promise.all(all.map(({ report }) => exportReport(report, "final")));
    const saved = await convertWithOffice(files, "docx");
    const wrong = all.flatMap(({ name, report }, index) =>
      differences(name, report, saved[index] ?? new Uint8Array(), true),
    );
    expect(saved.length).toBe(5);
    expect(wrong.join("\n")).toBe("");
  });
});
