import { planImport } from "#docx";
import type { ImportGoal } from "#docx";
import type { BlockInput, ImportPlan, TitleWords } from "#model";
import { isUnsettled, placedSlots, standingYears, tableOfInput } from "#model";
import type { Catalogue } from "#server";
import { beforeAll, describe, expect, it } from "vitest";

import { shippedCatalogue } from "../support/catalogue.ts";
import { fileWords, missing, planWords } from "../support/plan-words.ts";
import { p, run, table, wordFile } from "../support/word-text.ts";

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await shippedCatalogue();
});

function goal(id: string): ImportGoal {
  const template = catalogue.templates.get(id);
  const ruleSet = template && catalogue.ruleSets.get(template.ruleSet);
  if (!template || !ruleSet) throw new Error(`no ${id}`);
  return { template, ruleSet, titleWords: catalogue.titleWords };
}

function plain(blocks: readonly BlockInput[] | undefined): string[] {
  return (blocks ?? []).map((block) => {
    if (typeof block === "string") return block;
    const text = typeof block.text === "string" ? block.text : block.text.map((each) => each.text).join("");
    return "rows" in block ? `[table] ${text}` : `${block.kind ?? "paragraph"}${block.level ?? ""}: ${text}`;
  });
}

const HEAD = table([
  [
    [p("ĐẢNG BỘ XÃ MẪU"), p("CHI BỘ THÔN MẪU", { bold: true }), p("*"), p("Số 05-BC/CB")],
    [p("ĐẢNG CỘNG SẢN VIỆT NAM", { bold: true }), p("Xã Mẫu, ngày 05 tháng 12 năm 2025", { italic: true })],
  ],
]);
const TITLE = [
  p("BÁO CÁO", { bold: true, center: true }),
  p("Tổng kết công tác năm 2025, phương hướng nhiệm vụ năm 2026", { bold: true, center: true }),
  p("-----", { center: true }),
];
const END = table([
  [
    [p("Nơi nhận:"), p("- Đảng ủy xã Mẫu;"), p("- Các đảng viên;"), p("- Lưu Chi bộ.")],
    [p("T/M CHI BỘ", { bold: true }), p("BÍ THƯ"), p("(Đã ký)"), p("Người Ký Mẫu", { bold: true })],
  ],
]);

/** A report of a Party cell as its secretary types it: bold lines with numbers, items with dashes, a table. */
const TYPED = wordFile([
  HEAD,
  ...TITLE,
  p("Năm 2025, chi bộ thực hiện nghị quyết của Đảng ủy xã trong điều kiện có nhiều thuận lợi."),
  p("I. ĐẶC ĐIỂM, TÌNH HÌNH CHUNG", { bold: true }),
  p("Chi bộ có 24 đảng viên, trong đó 22 chính thức và 02 dự bị."),
  p("II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM 2025", { bold: true }),
  p("1. Công tác giáo dục chính trị, tư tưởng", { bold: true }),
  p("- Tổ chức học tập 4 nghị quyết;"),
  p("+ Số buổi là 4 buổi."),
  p("2. Lãnh đạo nhiệm vụ chính trị", { bold: true }),
  p("1.1. Trồng trọt", { bold: true, italic: true }),
  p("Sản lượng đạt 120 tấn."),
  p("3. Xây dựng chi bộ", { bold: true }),
  p("Bảng 1. Kết quả xếp loại", { center: true }),
  table(
    [
      [[p("Xếp loại", { bold: true })], [p("Số lượng", { bold: true })]],
      ["Hoàn thành tốt", "20"],
      ["Tổng cộng", "24"],
    ],
    { widths: [4500, 3000] },
  ),
  p("4. Công tác phòng, chống thiên tai", { bold: true }),
  p("Chi bộ huy động 15 lượt đảng viên."),
  p("III. ĐÁNH GIÁ CHUNG", { bold: true }),
  p([run("1. Ưu điểm: ", { bold: true }), run("Đoàn kết, thống nhất.")]),
  p("2. Những tồn tại, khuyết điểm", { bold: true }),
  p("Sinh hoạt chuyên đề còn ít."),
  p("3. Nguyên nhân của hạn chế", { bold: true }),
  p("a) Khách quan: địa bàn rộng."),
  p("IV. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2026", { bold: true }),
  p("1. Phương hướng chung", { bold: true }),
  p("Tiếp tục đổi mới sinh hoạt năm 2026."),
  p("2. Các chỉ tiêu cụ thể", { bold: true }),
  p("Kết nạp 02 đảng viên."),
  p("3. Nhiệm vụ và giải pháp chủ yếu", { bold: true }),
  p("Phân công đảng viên phụ trách hộ."),
  p("V. KIẾN NGHỊ VÀ ĐỀ XUẤT", { bold: true }),
  p("Đề nghị Đảng ủy xã hỗ trợ kinh phí./."),
  END,
]);

describe("a typed report of a Party cell", () => {
  const plan = (): ImportPlan => planImport(TYPED, goal("party-cell"));

  it("lays its headings on the skeleton whatever their wording, numbers and capitals", () => {
    const placed = Object.fromEntries(plan().pieces.map((piece) => [piece.title, piece.node]));
    expect(placed).toEqual({
      "": "opening",
      "ĐẶC ĐIỂM, TÌNH HÌNH CHUNG": "membership",
      "KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM 2025": "achievements",
      "Công tác giáo dục chính trị, tư tưởng": "ideology",
      "Lãnh đạo nhiệm vụ chính trị": "political-tasks",
      "Xây dựng chi bộ": "cell-building",
      "Công tác phòng, chống thiên tai": null,
      "ĐÁNH GIÁ CHUNG": "assessment",
      "Ưu điểm": "strengths",
      "Những tồn tại, khuyết điểm": "shortcomings",
      "Nguyên nhân của hạn chế": "causes",
      "PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2026": "plan",
      "Phương hướng chung": "directions",
      "Các chỉ tiêu cụ thể": "targets",
      "Nhiệm vụ và giải pháp chủ yếu": "tasks",
      "KIẾN NGHỊ VÀ ĐỀ XUẤT": "proposals",
    });
  });

  it("leaves to a person what the skeleton does not have, and that alone", () => {
    const open = plan().pieces.filter((piece) => isUnsettled(piece));
    expect(open.map(({ title, words }) => ({ title, words }))).toEqual([
      { title: "Công tác phòng, chống thiên tai", words: 8 },
    ]);
    expect(open[0]?.suggestions.length).toBeGreaterThan(0);
    const [piece] = open;
    const slots = placedSlots(plan(), { [piece?.id ?? ""]: "mass-organisations" });
    expect(plain(slots["mass-organisations"])).toEqual([
      "heading1: Công tác phòng, chống thiên tai",
      "Chi bộ huy động 15 lượt đảng viên.",
    ]);
  });

  it("makes items, headings inside and tables ours", () => {
    const slots = placedSlots(plan());
    expect(plain(slots["ideology"])).toEqual(["item1: Tổ chức học tập 4 nghị quyết;", "item2: Số buổi là 4 buổi."]);
    expect(plain(slots["political-tasks"])).toEqual(["heading1: Trồng trọt", "Sản lượng đạt 120 tấn."]);
    expect(slots["cell-building"]).toEqual([
      {
        kind: "table",
        text: "Kết quả xếp loại",
        headerRows: 1,
        totals: [3],
        widths: [300, 200],
        rows: [
          ["Xếp loại", "Số lượng"],
          ["Hoàn thành tốt", "20"],
          ["Tổng cộng", "24"],
        ],
      },
    ]);
    expect(plain(slots["strengths"])).toEqual(["Đoàn kết, thống nhất."]);
    expect(plain(slots["causes"])).toEqual(["a) Khách quan: địa bàn rộng."]);
    expect(plain(slots["proposals"])).toEqual(["Đề nghị Đảng ủy xã hỗ trợ kinh phí."]);
  });

  it("keeps the marks of a cell of several paragraphs, and makes each of them a paragraph of ours", () => {
    const cell = [
      p([run("Kết nạp ", { bold: true }), run("mới")]),
      p([run("gồm 2 nữ", { italic: true, underline: true })], { label: "-" }),
    ];
    const rows = table([
      ["Nội dung", "Số"],
      [cell, "4"],
    ]);
    const file = wordFile([...TITLE, p("3. Xây dựng chi bộ", { bold: true }), rows, p("Sau bảng."), p("Hết.")]);
    const [block] = placedSlots(planImport(file, goal("party-cell")))["cell-building"] ?? [];
    if (typeof block !== "object" || !("rows" in block)) throw new Error("a table was brought in");
    expect(tableOfInput(block, "t").rows[1]?.cells[0]?.paragraphs).toEqual([
      [
        { text: "Kết nạp ", marks: ["strong"] },
        { text: "mới", marks: [] },
      ],
      [
        { text: "- ", marks: [] },
        { text: "gồm 2 nữ", marks: ["em", "underline"] },
      ],
    ]);
    const report = { template: "party-cell", fields: {}, slots: { "cell-building": [block] } };
    expect(() => catalogue.check("report", report, "a.docx")).not.toThrow();
  });

  it("knows headings of other words by data alone, an organisation's own among it", () => {
    const file = wordFile([
      ...TITLE,
      p("I. NHỮNG MẶT LÀM ĐƯỢC", { bold: true }),
      p("Đoàn kết."),
      p("II. CHUYỆN NĂM TỚI", { bold: true }),
      p("Kết nạp."),
    ]);
    const nodes = (titleWords: readonly TitleWords[]): (string | null)[] =>
      planImport(file, { ...goal("party-cell"), titleWords }).pieces.map(({ node }) => node);
    expect(nodes([])).toEqual([null, null]);
    expect(nodes(catalogue.titleWords)).toEqual(["strengths", null]);
    const own: TitleWords = { same: [["nhiệm vụ giải pháp", "chuyện năm tới"]] };
    expect(nodes([...catalogue.titleWords, own])).toEqual(["strengths", "tasks"]);
  });

  it("reads fields from head and end", () => {
    const fields = Object.fromEntries(plan().fields.map((field) => [field.id, field.value]));
    expect(fields).toEqual({
      superior: "ĐẢNG BỘ XÃ MẪU",
      organisation: "CHI BỘ THÔN MẪU",
      number: "5",
      symbol: "BC/CB",
      place: "Xã Mẫu",
      date: "2025-12-05",
      year: "2025",
      recipients: "Đảng ủy xã Mẫu\nCác đảng viên",
      archive: "Chi bộ",
      signingPower: "T/M CHI BỘ",
      signerTitle: "BÍ THƯ",
      signerName: "Người Ký Mẫu",
    });
  });

  it("loses no word", () => {
    expect(missing(fileWords(TYPED), planWords(plan()))).toEqual([]);
  });

  it("tells where years of the file stand in a report of another year, and changes none", () => {
    const slots = placedSlots(plan());
    expect(standingYears(slots, "2025", "2025")).toEqual([]);
    expect(standingYears(slots, "2025", "2026").map(({ slot, block, year }) => ({ slot, block, year }))).toEqual([
      { slot: "opening", block: 1, year: "2025" },
      { slot: "directions", block: 1, year: "2026" },
    ]);
    const next = planImport(TYPED, { ...goal("party-cell"), year: "2026" });
    expect(next.fields.filter((field) => field.former).map((field) => field.id)).toEqual(["number", "date", "year"]);
  });
});
