import { exportReport, planImport, readWordFile } from "#docx";
import type { Block, BlockInput, Report, RuleSet, Table, Template, TextInput, TextRun } from "#model";
import { cellText, isUnsettled, placedSlots, slotsOf, tableOfInput } from "#model";
import type { Catalogue } from "#server";
import { beforeAll, describe, expect, it } from "vitest";
import { shippedCatalogue } from "../support/catalogue.ts";
import { block, FIELDS, sampleReport } from "../support/sample-report.ts";
import type { WordBlock, WordFile } from "#docx";

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await shippedCatalogue();
});

const TABLE: Table = tableOfInput(
  {
    kind: "table",
    text: "",
    headerRows: 2,
    totals: [5],
    rows: [
      [
        { text: "Chi bộ", rowspan: 2 },
        { text: "Đảng viên", colspan: 2 },
      ],
      ["Chính thức", "Dự bị"],
      ["Chi bộ 1", "21", { text: "2", align: "center" }],
      ["Chi bộ 2", { text: "22", align: "left" }, "0"],
      ["Cộng", "43", "2"],
    ],
  },
  "table",
);

function reportOf(template: Template, ruleSet: RuleSet): Report {
  const sample = sampleReport(template, ruleSet);
  // The last words of the text end with a full stop, which the mark some families print there cannot hide.
  const slots: Record<string, readonly Block[]> = Object.fromEntries(
    Object.entries(sample.slots).map(([id, blocks]) => [
      id,
      blocks.map((each, index) =>
        index === blocks.length - 1 ? { ...each, runs: [...each.runs.slice(0, -1), ended(each.runs.at(-1))] } : each,
      ),
    ]),
  );
  const table: Block = { ...block("t-1", "Số lượng đảng viên", "table"), table: TABLE };
  const [, second, third] = slotsOf(template);
  for (const slot of [second, third]) {
    if (slot)
      slots[slot.id] = [
        ...(slots[slot.id] ?? []),
        { ...table, id: `t-${slot.id}` },
        block(`e-${slot.id}`, "Sau bảng."),
      ];
  }
  // Text without a title, between the last title and the signature, is known by how such texts begin.
  if (slots["closing"]) slots["closing"] = [block("closing-1", "Trên đây là báo cáo tổng kết công tác năm 2021.")];
  return { ...sample, slots };
}

function ended(run: TextRun | undefined): TextRun {
  return { text: `${run?.text ?? ""}.`, marks: run?.marks ?? [] };
}

function textOf(text: TextInput): string {
  return typeof text === "string" ? text : text.map((run) => `${run.text}<${(run.marks ?? []).join(",")}>`).join("");
}

function tableLines(table: Table): string[] {
  return table.rows.map((row) =>
    [
      row.total ? "=" : "",
      ...row.cells.map(
        (cell) => `${cell.header ? "#" : ""}${cellText(cell)}|${cell.colspan}x${cell.rowspan}|${cell.align}`,
      ),
    ].join(" ; "),
  );
}

function given(blocks: readonly Block[]): unknown[] {
  return blocks
    .filter((each) => each.runs.length > 0)
    .map((each) => {
      const marked = each.runs.some((run) => run.marks.length > 0);
      const text = marked ? textOf(each.runs) : textOf(each.runs.map((run) => run.text).join(""));
      return { kind: each.kind, level: each.level, text, table: each.table ? tableLines(each.table) : null };
    });
}

function brought(blocks: readonly BlockInput[]): unknown[] {
  return blocks.map((each) => {
    if (typeof each === "string") return { kind: "paragraph", level: 0, text: each, table: null };
    if ("rows" in each) {
      return { kind: "table", level: 0, text: textOf(each.text), table: tableLines(tableOfInput(each, "t")) };
    }
    return { kind: each.kind ?? "paragraph", level: each.level ?? 0, text: textOf(each.text), table: null };
  });
}

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
      for (const template of catalogue.templates.values()) {
        for (const ruleSet of catalogue.ruleSets.values()) {
          const report = reportOf(template, ruleSet);
          const read: WordFile = readWordFile(await exportReport(report, "final"));
          const plan = planImport(how === "as it is" ? read : withoutBookmarks(read), { template, ruleSet });
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
