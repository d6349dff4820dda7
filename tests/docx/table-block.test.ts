import { beforeAll, describe, expect, it } from "vitest";
import { exportReport } from "#docx";
import type { Block, CommentThread, Report, Table } from "#model";
import { shippedCatalogue } from "../support/catalogue.ts";
import type { ReadDocx } from "../support/docx-reader.ts";
import { readDocx } from "../support/docx-reader.ts";
import { block, cellThread, sampleReport } from "../support/sample-report.ts";
import { cell, table } from "../support/sample-table.ts";

let reports: ReadonlyMap<string, Report>;
beforeAll(async () => {
  const { templates, ruleSets } = await shippedCatalogue();
  reports = new Map(
    [...templates.values()].flatMap((template) => {
      const rules = ruleSets.get(template.ruleSet);
      return rules ? [[template.id, sampleReport(template, rules)] as const] : [];
    }),
  );
});

const ROWS = table(
  [
    ["Nội dung", { text: "Số lượng", colspan: 2 }],
    ["", "2020", "2021"],
    ["Kết nạp đảng viên", "12", "1.015"],
    ["Chuyển đến", "3", "4"],
    ["Cộng", "15", "1.019"],
  ],
  { headers: 2, totals: [4] },
);

function tableBlock(content: Table, caption = "Kết quả phát triển đảng viên"): Block {
  return { ...block("bang", caption, "table"), table: content };
}

/** The file of a report whose first slot with text holds these blocks; its tables as XML, those of the forms left out. */
async function print(
  blocks: readonly Block[],
  {
    template = "party-committee",
    threads = [],
  }: { readonly template?: string; readonly threads?: readonly CommentThread[] } = {},
): Promise<{ readonly read: ReadDocx; readonly tables: readonly string[] }> {
  const report = reports.get(template);
  const slot = report?.template.outline && Object.keys(report.slots)[1];
  if (!report || slot === undefined) throw new Error(`no template ${template}`);
  const bytes = await exportReport({ ...report, slots: { ...report.slots, [slot]: blocks }, threads }, "draft");
  const read = readDocx(bytes);
  const xml = read.parts["word/document.xml"] ?? "";
  const all = xml.match(/<w:tbl>.*?<\/w:tbl>/gs) ?? [];
  return { read, tables: all.filter((each) => each.includes('w:val="TkOBangBieu"') || each.includes("TkDauBangBieu")) };
}

const rowsOf = (xml: string): string[] => xml.match(/<w:tr>.*?<\/w:tr>/gs) ?? [];
const cellsOf = (xml: string): string[] => xml.match(/<w:tc>.*?<\/w:tc>/gs) ?? [];
const numbers = (xml: string, sign: RegExp): number[] => [...xml.matchAll(sign)].map((found) => Number(found[1]));

describe("a table in print", () => {
  it("stands below its number and caption, which stay on its page", async () => {
    const { read } = await print([block("a", "Kết quả như sau:"), tableBlock(ROWS)]);
    const caption = read.paragraphs.find(({ style }) => style === "TkTenBang");
    expect(caption?.text).toBe("Bảng 1. Kết quả phát triển đảng viên");
    expect(read.parts["word/styles.xml"]).toMatch(
      /w:styleId="TkTenBang".*?<w:keepNext\/>.*?<w:jc w:val="center"\/>.*?<w:b\/>/s,
    );
  });

  it("has borders all around, rows that stay whole, and a header that comes again on every page", async () => {
    const [xml = ""] = (await print([tableBlock(ROWS)])).tables;
    for (const side of ["top", "left", "bottom", "right", "insideH", "insideV"]) {
      expect(xml).toMatch(new RegExp(`<w:${side} w:val="single"`));
    }
    const rows = rowsOf(xml);
    expect(rows.map((row) => row.includes("<w:tblHeader/>"))).toEqual([true, true, false, false, false]);
    expect(rows.every((row) => row.includes("<w:cantSplit/>"))).toBe(true);
  });

  it("is as wide as the text in every family, its columns in the shares that were set", async () => {
    for (const [template, { ruleSet }] of reports) {
      const { page } = ruleSet;
      const room = ((page.width - page.margin.left - page.margin.right) * 1440) / 25.4;
      for (const widths of [[], [300, 100, 100], [null, 100, 50, 70], [10_000, null, 1]]) {
        const [xml = ""] = (await print([tableBlock({ ...ROWS, widths })], { template })).tables;
        const columns = numbers(xml, /<w:gridCol w:w="(\d+)"\/>/g);
        expect(columns).toHaveLength(3);
        expect(Math.abs(columns.reduce((sum, width) => sum + width, 0) - room)).toBeLessThan(1);
        expect(Math.min(...columns)).toBeGreaterThan(0);
        if (widths[0] === 300) expect((columns[0] ?? 0) / (columns[1] ?? 1)).toBeCloseTo(3, 2);
      }
    }
  });

  it("leaves no word broken where there is room", async () => {
    const long = table([
      ["STT", "Nội dung công việc đã thực hiện trong năm của toàn đảng bộ", "Ghi chú"],
      ["1", "x", "y"],
    ]);
    const [xml = ""] = (await print([tableBlock(long)])).tables;
    const [first = 0, second = 0, third = 0] = numbers(xml, /<w:gridCol w:w="(\d+)"\/>/g);
    expect(first).toBeGreaterThan(600);
    expect(second).toBeGreaterThan(third);
    expect(third).toBeGreaterThan(first);
  });

  it("keeps a character whose halves stand in two runs of a cell", async () => {
    const [row] = ROWS.rows;
    const [first, ...others] = row?.cells ?? [];
    if (!row || !first) throw new Error("a table has a first cell");
    const runs = [
      { text: "Chữ \ud83d", marks: [] },
      { text: "\ude00 sau", marks: ["strong" as const] },
    ];
    const cells = [{ ...first, paragraphs: [runs] }, ...others];
    const { tables } = await print([tableBlock({ ...ROWS, rows: [{ ...row, cells }, ...ROWS.rows.slice(1)] })]);
    expect(tables[0]?.replaceAll(/<[^>]*>/gu, "")).toContain("Chữ 😀 sau");
  });

  it("merges the cells that are merged", async () => {
    const merged = table([
      [
        { text: "a", rowspan: 2 },
        { text: "b", colspan: 2 },
      ],
      ["c", "d"],
    ]);
    const [xml = ""] = (await print([tableBlock(merged)])).tables;
    const [top = [], below = []] = rowsOf(xml).map(cellsOf);
    expect(top).toHaveLength(2);
    expect(top[0]).toContain('<w:vMerge w:val="restart"/>');
    expect(top[1]).toContain('<w:gridSpan w:val="2"/>');
    expect(below).toHaveLength(3);
    expect(below[0]).toContain('<w:vMerge w:val="continue"/>');
    expect(below[0]).not.toContain("<w:t ");
  });

  it("sets the numbers of its rows in the middle", async () => {
    const written = table([
      ["STT", "Chỉ tiêu", "Kết quả"],
      ["1", "Một", "12"],
    ]);
    const { tables } = await print([tableBlock(written)]);
    const aligned = cellsOf(rowsOf(tables[0] ?? "")[1] ?? "").map((xml) => /<w:jc w:val="(\w+)"\/>/.exec(xml)?.[1]);
    expect(aligned).toEqual(["center", undefined, "right"]);
  });

  it("sets numbers at the right, total rows bold, and what a cell or a text says otherwise as it says", async () => {
    const { tables } = await print([
      tableBlock({
        ...ROWS,
        rows: [
          ...ROWS.rows,
          {
            total: false,
            cells: [
              cell("x", "Tỷ lệ", { align: "center" }),
              cell("y", "12,5%"),
              { ...cell("z"), paragraphs: [[{ text: "tăng", marks: ["em"] }]] },
            ],
          },
        ],
      }),
    ]);
    const rows = rowsOf(tables[0] ?? "").map(cellsOf);
    const align = (xml = ""): string | undefined => /<w:jc w:val="(\w+)"\/>/.exec(xml)?.[1];
    expect(rows.map((cells) => cells.map(align))).toEqual([
      [undefined, undefined],
      [undefined, undefined, undefined],
      [undefined, "right", "right"],
      [undefined, "right", "right"],
      [undefined, "right", "right"],
      ["center", "right", undefined],
    ]);
    expect(rows.map((cells) => cells.every((xml) => xml.includes("<w:b/>")))).toEqual([
      false,
      false,
      false,
      false,
      true,
      false,
    ]);
    expect(rows[5]?.[2]).toContain("<w:i/>");
  });

  it("is parted from a table that follows, and counts through the report", async () => {
    const { read, tables } = await print([tableBlock(ROWS), { ...tableBlock(ROWS, ""), id: "hai" }]);
    expect(tables).toHaveLength(2);
    expect(read.parts["word/document.xml"]).not.toContain("</w:tbl><w:tbl>");
    const captions = read.paragraphs.filter(({ style }) => style === "TkTenBang").map(({ text }) => text.trim());
    expect(captions).toEqual(["Bảng 1. Kết quả phát triển đảng viên", "Bảng 2."]);
  });

  it("is in the size its family has for tables, else in that of the text", async () => {
    const size = async (template: string): Promise<string | undefined> => {
      const { read } = await print([tableBlock(ROWS)], { template });
      const style = /w:styleId="TkOBangBieu".*?<\/w:style>/s.exec(read.parts["word/styles.xml"] ?? "")?.[0];
      return /<w:sz w:val="(\d+)"\/>/.exec(style ?? "")?.[1];
    };
    expect(await size("state-office")).toBe("24");
    expect(await size("party-committee")).toBeUndefined();
  });

  it("keeps every word and comment of a table wider than Word knows", async () => {
    const wide = table([Array.from({ length: 70 }, (_, n) => `ô${n}`)], { headers: 0 });
    const comment = cellThread("c1", "ideology", { block: tableBlock(wide), cell: "r0c69" });
    const slot = Object.keys(reports.get("party-committee")?.slots ?? {})[1] ?? "";
    const placed = { ...comment, place: comment.place && { ...comment.place, slot } };
    const { read, tables } = await print([tableBlock(wide)], { threads: [placed] });
    expect(cellsOf(tables[0] ?? "")).toHaveLength(63);
    const words = read.paragraphs.filter(({ inTable }) => inTable).map(({ text }) => text);
    for (let n = 0; n < 70; n++) expect(words).toContain(`ô${n}`);
    expect(read.comments).toMatchObject([{ anchored: true }]);
  });

  it("prints its caption alone where it has no rows", async () => {
    const { read, tables } = await print([tableBlock({ id: "t", widths: [], rows: [] }), block("b", "Sau bảng")]);
    expect(tables).toEqual([]);
    expect(read.paragraphs.filter(({ style }) => style === "TkTenBang")).toHaveLength(1);
  });
});

describe("a comment on a cell", () => {
  const slotOf = (): string => Object.keys(reports.get("party-committee")?.slots ?? {})[1] ?? "";

  it("stands on the text of its cell", async () => {
    const content = {
      ...ROWS,
      rows: [
        ...ROWS.rows,
        {
          total: false,
          cells: [{ ...cell("two"), paragraphs: ["một", "hai"].map((text) => [{ text, marks: [] }]) }, cell("none")],
        },
      ],
    };
    const at = tableBlock(content);
    const threads = ["r2c1", "two", "none"].map((id, n) => cellThread(`c${n}`, slotOf(), { block: at, cell: id }));
    const { read } = await print([block("a", "Kết quả:"), at], { threads });
    expect(read.comments.map(({ range, anchored }) => [range, anchored])).toEqual([
      ["12", true],
      ["một\nhai", true],
      ["", true],
    ]);
  });

  it("says which words it was about where the cell is gone, and stands on the section", async () => {
    const gone = cellThread("c1", slotOf(), { block: tableBlock(ROWS), cell: "r2c1" }, { place: null });
    const { read } = await print([tableBlock(ROWS)], { threads: [gone] });
    expect(read.comments).toMatchObject([{ anchored: true }]);
    expect(read.comments[0]?.text).toContain("Ý kiến về ô không còn trong bảng: “12”");
  });
});
