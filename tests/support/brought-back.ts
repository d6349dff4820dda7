import type { Block, BlockInput, Report, RuleSet, Table, Template, TextInput, TextRun } from "#model";
import { slotsOf, tableOfInput } from "#model";
import { block, sampleReport } from "./sample-report.ts";

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
      [
        // Several paragraphs, with marks in each and one that reaches over their border.
        {
          text: [
            { text: "Chi bộ " },
            { text: "1\nKhối ", marks: ["em"] },
            { text: "cơ quan", marks: ["strong", "em"] },
          ],
        },
        "21",
        { text: "2", align: "center" },
      ],
      ["Chi bộ 2", { text: "22", align: "left" }, "0"],
      ["Cộng", "43", "2"],
    ],
  },
  "table",
);

/** A report with words, headings, items and tables in every kind of place. */
export function reportOf(template: Template, ruleSet: RuleSet): Report {
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
  return typeof text === "string" ? text : text.map((run) => `${run.text}<${(run.marks ?? []).join()}>`).join("");
}

function tableLines(table: Table): string[] {
  return table.rows.map((row) =>
    [
      row.total ? "=" : "",
      ...row.cells.map(
        (cell) =>
          `${cell.header ? "#" : ""}${cell.paragraphs.map(textOf).join("/")}|${cell.colspan}x${cell.rowspan}|${cell.align}`,
      ),
    ].join(" ; "),
  );
}

/** What blocks say, as {@link brought} tells it of inputs. */
export function given(blocks: readonly Block[]): unknown[] {
  return blocks
    .filter((each) => each.runs.length > 0)
    .map((each) => {
      const marked = each.runs.some((run) => run.marks.length > 0);
      const text = marked ? textOf(each.runs) : textOf(each.runs.map((run) => run.text).join(""));
      return { kind: each.kind, level: each.level, text, table: each.table ? tableLines(each.table) : null };
    });
}

/** What the inputs that were brought in say. */
export function brought(blocks: readonly BlockInput[]): unknown[] {
  return blocks.map((each) => {
    if (typeof each === "string") return { kind: "paragraph", level: 0, text: each, table: null };
    if ("rows" in each) {
      return { kind: "table", level: 0, text: textOf(each.text), table: tableLines(tableOfInput(each, "t")) };
    }
    return { kind: each.kind ?? "paragraph", level: each.level ?? 0, text: textOf(each.text), table: null };
  });
}
