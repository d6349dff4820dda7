import { planImport, readWordFile } from "#docx";
import type { ImportPlan } from "#model";
import { isUnsettled, placedSlots, tableOfInput } from "#model";
import type { Catalogue } from "#server";
import { beforeAll, describe, expect, it } from "vitest";
import { shippedCatalogue } from "../support/catalogue.ts";
import { LAST_YEARS } from "../support/last-years-drafts.ts";
import { fileWords, missing, placesOf, planWords } from "../support/plan-words.ts";

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await shippedCatalogue();
});

function planOf(id: keyof typeof LAST_YEARS): ImportPlan {
  const template = catalogue.templates.get(id);
  const ruleSet = template && catalogue.ruleSets.get(template.ruleSet);
  if (!template || !ruleSet) throw new Error(`${id} is shipped`);
  return planImport(readWordFile(LAST_YEARS[id]()), { template, ruleSet, titleWords: catalogue.titleWords });
}

describe("last year's draft", () => {
  it.each(Object.keys(LAST_YEARS) as (keyof typeof LAST_YEARS)[])("of %s loses no word", (id) => {
    const file = readWordFile(LAST_YEARS[id]());
    expect(missing(fileWords(file), planWords(planOf(id)))).toEqual([]);
  });

  it("by Word's styles is laid by its headings, not by its contents, with table, list, note and box", () => {
    const plan = planOf("party-committee");
    expect(placesOf(plan)).toEqual({
      text: "opening",
      "I. Đặc điểm tình hình": "?",
      "II. Kết quả thực hiện nhiệm vụ năm 2025": "over results",
      "1. Lãnh đạo nhiệm vụ chính trị": "political-tasks",
      "2. Công tác xây dựng Đảng": "over party-building",
      "2.1. Công tác chính trị, tư tưởng": "ideology",
      "2.2. Công tác tổ chức, cán bộ": "organisation-personnel",
      "2.3. Công tác kiểm tra, giám sát": "inspection",
      "3. Công tác chuyển đổi số": "?",
      "III. Hạn chế, nguyên nhân": "over weaknesses",
      "1. Hạn chế": "shortcomings",
      "2. Nguyên nhân": "causes",
      "IV. Phương hướng, nhiệm vụ năm 2026": "over plan",
      "1. Chỉ tiêu": "targets",
      "2. Nhiệm vụ, giải pháp": "?",
      "V. Kiến nghị": "proposals",
      textBox: "?",
      footnote: "?",
    });
    const situation = plan.pieces.find(({ title }) => title === "Đặc điểm tình hình");
    expect(situation?.suggestions).toEqual(["membership", "advantages", "difficulties"]);
    expect(plan.pieces.find(({ origin }) => origin === "footnote")?.suggestions).toEqual(situation?.suggestions);
    expect(plan.frame).toEqual(expect.arrayContaining(["MỤC LỤC"]));
    const slots = placedSlots(plan, { [situation?.id ?? ""]: "membership" });
    const table = slots["membership"]?.find((each) => typeof each === "object" && "rows" in each);
    if (typeof table !== "object" || !("rows" in table)) throw new Error("a table was brought in");
    expect(table).toMatchObject({ text: "Đảng viên của các chi bộ", headerRows: 2, totals: [5] });
    const { rows } = tableOfInput(table, "t");
    expect(rows[0]?.cells.map(({ rowspan, colspan }) => [rowspan, colspan])).toEqual([
      [2, 1],
      [2, 1],
      [1, 2],
    ]);
    expect(rows[2]?.cells[1]?.paragraphs).toEqual([
      [{ text: "Chi bộ thôn Đông", marks: ["em"] }],
      [{ text: "(mới tách)", marks: [] }],
    ]);
    expect(slots["ideology"]).toEqual([
      { kind: "item", level: 1, text: "Tổ chức 6 hội nghị học tập nghị quyết;" },
      { kind: "item", level: 2, text: "trong đó 2 hội nghị trực tuyến." },
    ]);
    expect(slots["political-tasks"]).toEqual(["Thu ngân sách đạt 104% dự toán."]);
  });

  it("typed in bold capitals under parts the skeleton does not have finds what stands under these", () => {
    const plan = planOf("union");
    expect(placesOf(plan)).toMatchObject({
      "II – KẾT QUẢ HOẠT ĐỘNG CÔNG ĐOÀN": "over achievements",
      "1/ Chăm lo, bảo vệ quyền lợi đoàn viên, người lao động": "representation",
      "3/ Phong trào thi đua": "emulation",
      "4/ Công tác kiểm tra, tài chính, nữ công": "inspection-finance-women",
      "Một số chỉ tiêu": "targets",
      "KIẾN NGHỊ, ĐỀ XUẤT": "proposals",
    });
    const suggested = (title: RegExp): readonly string[] | undefined =>
      plan.pieces.find((piece) => title.test(piece.title))?.suggestions;
    expect(suggested(/^TÌNH HÌNH CÔNG NHÂN LAO ĐỘNG/u)?.slice(0, 2)).toEqual(["membership", "conditions"]);
    expect(suggested(/NGUYÊN NHÂN$/u)).toEqual(["shortcomings", "causes"]);
    expect(Object.fromEntries(plan.fields.map(({ id, value }) => [id, value]))).toMatchObject({
      superior: "LIÊN ĐOÀN LAO ĐỘNG TỈNH MẪU",
      organisation: "CÔNG ĐOÀN CÔNG TY MẪU",
      signingPower: "TM. BAN CHẤP HÀNH",
      signerName: "Trần Thị Mẫu",
    });
  });

  it("of many hands, lettered A and I, with a title set off by a star, finds every place", () => {
    const plan = planOf("state-office");
    expect(plan.pieces.filter((piece) => isUnsettled(piece))).toEqual([]);
    expect(placesOf(plan)).toMatchObject({
      "A. KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM 2025": "over results",
      "III. Những khó khăn, hạn chế": "shortcomings",
      "* Nguyên nhân": "causes",
      "B. NHIỆM VỤ TRỌNG TÂM NĂM 2026": "tasks",
      "PHỤ LỤC Biểu số liệu năm 2025": "appendix-figures",
    });
  });
});
