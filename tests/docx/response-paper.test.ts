import { beforeAll, describe, expect, it } from "vitest";
import { exportReport } from "#docx";
import type { Block, CommentThread, Report } from "#model";
import { shippedCatalogue } from "../support/catalogue.ts";
import { checkWellFormed, readDocx } from "../support/docx-reader.ts";
import { block, cellThread, decision, PEOPLE, rangeThread, sampleReport, thread } from "../support/sample-report.ts";
import { table } from "../support/sample-table.ts";

let base: Report;
beforeAll(async () => {
  const catalogue = await shippedCatalogue();
  const template = catalogue.templates.get("party-committee");
  const ruleSet = template && catalogue.ruleSets.get(template.ruleSet);
  if (!template || !ruleSet) throw new Error("the Party template is shipped");
  base = sampleReport(template, ruleSet);
});

async function lines(threads: readonly CommentThread[], change: Partial<Report> = {}): Promise<string[]> {
  const { paragraphs, parts } = readDocx(await exportReport({ ...base, ...change, threads }, "responses"));
  checkWellFormed(parts);
  return paragraphs.map(({ text }) => text).filter((text) => text !== "");
}

describe("the table of responses", () => {
  it("lies on its side and repeats its head on every page", async () => {
    const bytes = await exportReport({ ...base, threads: [thread("c1", { scope: "report" })] }, "responses");
    const document = readDocx(bytes).parts["word/document.xml"] ?? "";
    expect(document).toContain('<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>');
    expect(document.match(/<w:tblHeader\/>/g)).toHaveLength(1);
    const widths = base.ruleSet.responses.columns.map((column) => Math.round((column * 1440) / 25.4));
    const grid = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join("");
    expect(document).toContain(`<w:tblGrid>${grid}</w:tblGrid>`);
  });

  it("opens with counts of its comments and groups them in the order of the draft", async () => {
    const first = base.slots["ideology"]?.[0] ?? block("none", "");
    const second = PEOPLE[3];
    if (!second) throw new Error("a second delegate");
    const threads = [
      thread("c1", { scope: "report" }, { comment: { text: "Đề nghị làm rõ kết quả." } }),
      thread(
        "c2",
        { scope: "slot", slot: "membership" },
        {
          author: second,
          decision: decision("c2", {
            outcome: "keep",
            response: "Số liệu đã có ở phụ lục.",
            validatedBy: "chair",
            validatedAt: "2022-01-04T09:00:00.000Z",
          }),
        },
      ),
      rangeThread(
        "c3",
        "ideology",
        { block: first, offset: 0 },
        { block: first, offset: 7 },
        {
          comment: { proposal: "Trong năm" },
          decision: decision("c3"),
        },
      ),
      thread("c4", { scope: "report" }, { comment: { withdrawn: true, text: "đã rút" } }),
    ];
    const all = await lines(threads);
    expect(all).toEqual(
      expect.arrayContaining([
        "Bảng tổng hợp, tiếp thu, giải trình ý kiến góp ý",
        "1. Tổng số đại biểu được xin ý kiến: 2; số người có ý kiến góp ý: 2; tổng số ý kiến nhận được: 3.",
        "2.1. Số đại biểu không có ý kiến góp ý, xem như thống nhất với dự thảo: 0.",
      ]),
    );
    expect(all.slice(all.indexOf("NHÓM VẤN ĐỀ"))).toEqual([
      "NHÓM VẤN ĐỀ",
      "CHỦ THỂ GÓP Ý",
      "NỘI DUNG GÓP Ý",
      "NỘI DUNG TIẾP THU, GIẢI TRÌNH",
      "Ý kiến chung về toàn bộ báo cáo",
      "Toàn bộ báo cáo",
      "Đại biểu Mẫu Một, Chi bộ 1",
      "(Làm rõ) Đề nghị làm rõ kết quả.",
      "Chưa có phương án trả lời.",
      "Phần thứ nhất: Kết quả thực hiện nhiệm vụ năm 2021 / I- Đặc điểm tình hình / 1. Tổ chức đảng và đảng viên",
      "Toàn mục",
      "Đại biểu Mẫu Hai, Chi bộ 2",
      "(Làm rõ) Đề nghị làm rõ (c2).",
      "Đề xuất giữ nguyên theo dự thảo:",
      "Số liệu đã có ở phụ lục.",
      expect.stringContaining("2.1. Công tác chính trị, tư tưởng"),
      "Về đoạn: “Năm qua”",
      "Đại biểu Mẫu Một, Chi bộ 1",
      "(Làm rõ) Đề nghị làm rõ (c3).",
      "Đề nghị sửa thành: “Trong năm”",
      "Tiếp thu.",
      "(Dự kiến, chờ chủ trì duyệt)",
    ]);
  });

  it("names the words that a proposed wording is for where the comment is about several places", async () => {
    const [first] = base.slots["ideology"] ?? [];
    if (!first) throw new Error("the sample has words there");
    const from = { block: first, offset: 0 };
    const one = rangeThread(
      "c1",
      "ideology",
      from,
      { block: first, offset: 7 },
      { comment: { proposal: "Trong năm" } },
    );
    const other = rangeThread("x", "ideology", { block: first, offset: 8 }, { block: first, offset: 12 });
    const [target, also] = [one.comment.target, other.comment.target];
    if (target.scope !== "range" || also.scope !== "range") throw new Error("both are on words");
    const several = { ...one, comment: { ...one.comment, target: { ...target, also: [also] } } };
    const all = await lines([several]);
    expect(all).toContain(`Về đoạn: “${target.quote.exact} […] ${also.quote.exact}”`);
    expect(all).toContain(`Đề nghị sửa “${target.quote.exact}” thành: “Trong năm”`);
    expect(all.join("\n")).not.toContain("Đề nghị sửa thành");
  });

  it("says so where nobody commented, and has no table then", async () => {
    const all = await lines([]);
    expect(all).toContain("Chưa nhận được ý kiến góp ý nào.");
    expect(all).not.toContain("NHÓM VẤN ĐỀ");
  });

  it("is issued by the drafting body, on a day to be written in", async () => {
    const all = await lines([]);
    expect(all.slice(0, 2)).toEqual(["Đảng ủy xã Mẫu", "TỔ BIÊN TẬP"]);
    expect(all.some((text) => /^Hà Nội, ngày \u00a0+ tháng/.test(text))).toBe(true);
  });

  it("says of a comment on a cell where the cell stands, and of one that is gone what it was", async () => {
    const at: Block = {
      ...block("b", "Kết nạp", "table"),
      table: table([
        ["Nội dung", "2021"],
        ["Kết nạp", ""],
      ]),
    };
    const slots = { ...base.slots, ideology: [at] };
    const quote = { exact: "12", prefix: "Kết nạp", suffix: "2021" };
    const printed = await lines(
      [
        cellThread("c1", "ideology", { block: at, cell: "r0c1" }),
        cellThread("c2", "ideology", { block: at, cell: "r1c1" }),
        thread("c3", { scope: "cell", slot: "ideology", table: "t1", cell: "gone", quote }),
      ],
      { slots },
    );
    expect(printed).toContain("Bảng 1, hàng 1, cột 2: “2021”");
    expect(printed).toContain("Bảng 1, hàng 2, cột “2021” (ô trống)");
    expect(printed).toContain("Về ô không còn trong bảng: “Kết nạp, 2021: 12”");
  });

  it("has one cell for the place of rows that follow each other on it, and none over two places of the same words", async () => {
    const again = block("again-1", "Năm qua, có hai câu: Năm qua.");
    const on = (id: string, from: number): CommentThread =>
      rangeThread(id, "ideology", { block: again, offset: from }, { block: again, offset: from + 7 });
    const threads = [
      thread("c1", { scope: "slot", slot: "ideology" }),
      thread("c2", { scope: "slot", slot: "ideology" }),
      thread("c3", { scope: "slot", slot: "ideology" }),
      on("c4", 0),
      on("c5", 21),
    ];
    const slots = { ...base.slots, ideology: [again] };
    const xml = readDocx(await exportReport({ ...base, slots, threads }, "responses")).parts["word/document.xml"] ?? "";
    expect([...xml.matchAll(/<w:vMerge w:val="(\w+)"/g)].map(([, kind]) => kind)).toEqual([
      "restart",
      "continue",
      "continue",
    ]);
    const printed = await lines(threads, { slots });
    expect(printed.filter((text) => text === "Toàn mục")).toHaveLength(1);
    expect(printed.filter((text) => text === "Về đoạn: “Năm qua”")).toHaveLength(2);
  });

  it("has five columns where that is asked for, with the rows numbered through, as wide as with four", async () => {
    const second = PEOPLE[3];
    if (!second) throw new Error("a second delegate");
    const same = { comment: { text: "Cùng một ý." } };
    const threads = [
      thread("c1", { scope: "report" }, same),
      thread("c2", { scope: "report" }, { ...same, author: second }),
      thread("c3", { scope: "slot", slot: "membership" }),
    ];
    const read = readDocx(await exportReport({ ...base, threads }, "responses", { columns: 5 }));
    const printed = read.paragraphs.map(({ shown }) => shown).filter((text) => text !== "");
    expect(printed.slice(printed.indexOf("TT"))).toEqual([
      "TT",
      "NỘI DUNG DỰ THẢO",
      "Ý KIẾN GÓP Ý",
      "CƠ QUAN, CÁ NHÂN GÓP Ý",
      "TIẾP THU, GIẢI TRÌNH",
      "Ý kiến chung về toàn bộ báo cáo",
      "1",
      "Toàn bộ báo cáo",
      "(Làm rõ) Cùng một ý.",
      "Đại biểu Mẫu Một, Chi bộ 1",
      "Đại biểu Mẫu Hai, Chi bộ 2",
      "Chưa có phương án trả lời.",
      expect.stringContaining("Tổ chức đảng và đảng viên"),
      "2",
      "Toàn mục",
      "(Làm rõ) Đề nghị làm rõ (c3).",
      "Đại biểu Mẫu Một, Chi bộ 1",
      "Chưa có phương án trả lời.",
    ]);
    const numbered = { ...base.ruleSet.responses, numberedRows: true };
    const own = { ...base, threads, ruleSet: { ...base.ruleSet, responses: numbered } };
    expect(readDocx(await exportReport(own, "responses")).parts).toEqual(read.parts);
    const four = readDocx(await exportReport(own, "responses", { columns: 4 }));
    expect(four.paragraphs.map(({ shown }) => shown)).not.toContain("TT");
    const total = (xml: string): number =>
      [...xml.matchAll(/<w:gridCol w:w="(\d+)"/g)].slice(-5).reduce((sum, [, width]) => sum + Number(width), 0);
    const xml = read.parts["word/document.xml"] ?? "";
    const { page, responses } = base.ruleSet;
    const room = ((page.height - responses.margin.left - responses.margin.right) * 1440) / 25.4;
    expect(Math.abs(total(xml) - room)).toBeLessThan(10);
  });
});
