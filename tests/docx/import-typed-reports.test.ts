import { planImport } from "#docx";
import type { WordBlock } from "#docx";
import { isUnsettled } from "#model";
import type { Catalogue } from "#server";
import { beforeAll, describe, expect, it } from "vitest";
import { shippedCatalogue } from "../support/catalogue.ts";
import { fileWords, missing, planWords } from "../support/plan-words.ts";
import { p, table, wordFile } from "../support/word-text.ts";

/**
 * Reports as organisations type them: their own headings, heads set with tabs or a table, lines in bold and no styles.
 * Each line of `placed` is a heading of the file and where its text goes: a slot, `=` for a title of several slots
 * without text of its own, `?` for what a person has to settle.
 */
interface TypedReport {
  readonly template: string;
  readonly blocks: readonly WordBlock[];
  readonly placed: readonly string[];
}

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await shippedCatalogue();
});

const b = (text: string): WordBlock => p(text, { bold: true });
const c = (text: string): WordBlock => p(text, { bold: true, center: true });

const REPORTS: Readonly<Record<string, TypedReport>> = {
  "a school's trade union": {
    template: "union",
    placed: [
      "opening",
      "I. TÌNH HÌNH ĐỘI NGŨ: membership",
      "II. KẾT QUẢ HOẠT ĐỘNG CÔNG ĐOÀN: =",
      "1. Công tác chăm lo, đại diện, bảo vệ quyền và lợi ích hợp pháp, chính đáng của đoàn viên: representation",
      "2. Công tác tuyên truyền, giáo dục: propaganda",
      "3. Công tác thi đua và các cuộc vận động: emulation",
      "4. Công tác tổ chức, xây dựng công đoàn vững mạnh: organisation-building",
      "5. Công tác nữ công: inspection-finance-women",
      "6. Công tác tài chính và kiểm tra: inspection-finance-women",
      "III. NHỮNG TỒN TẠI VÀ NGUYÊN NHÂN: =",
      "1. Tồn tại: shortcomings",
      "2. Nguyên nhân: causes",
      "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM HỌC 2024 - 2025: ?",
      "V. ĐỀ XUẤT, KIẾN NGHỊ: proposals",
    ],
    blocks: [
      p("CÔNG ĐOÀN NGÀNH MẪU\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
      p("CÔNG ĐOÀN TRƯỜNG MẪU\tĐộc lập - Tự do - Hạnh phúc"),
      p("Số: 12/BC-CĐCS\tHà Nội, ngày 10 tháng 6 năm 2024"),
      b("BÁO CÁO"),
      b("Tổng kết hoạt động công đoàn năm học 2023 - 2024"),
      b("Phương hướng nhiệm vụ năm học 2024 - 2025"),
      p("Thực hiện kế hoạch của Công đoàn ngành, Công đoàn Trường báo cáo như sau:"),
      b("I. TÌNH HÌNH ĐỘI NGŨ"),
      p("Tổng số 52 đoàn viên, nữ 40."),
      b("1. Thuận lợi"),
      p("Lãnh đạo quan tâm."),
      b("2. Khó khăn"),
      p("Kinh phí hạn hẹp."),
      b("II. KẾT QUẢ HOẠT ĐỘNG CÔNG ĐOÀN"),
      b("1. Công tác chăm lo, đại diện, bảo vệ quyền và lợi ích hợp pháp, chính đáng của đoàn viên"),
      p("Thăm hỏi 20 lượt."),
      b("2. Công tác tuyên truyền, giáo dục"),
      p("Tổ chức 4 buổi."),
      b("3. Công tác thi đua và các cuộc vận động"),
      p("100% tham gia."),
      b("4. Công tác tổ chức, xây dựng công đoàn vững mạnh"),
      p("Kết nạp 5 đoàn viên."),
      b("5. Công tác nữ công"),
      p("Tổ chức 8/3."),
      b("6. Công tác tài chính và kiểm tra"),
      p("Thu đủ."),
      b("III. NHỮNG TỒN TẠI VÀ NGUYÊN NHÂN"),
      p("1. Tồn tại: sinh hoạt chưa đều."),
      p("2. Nguyên nhân: thiếu thời gian."),
      b("IV. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM HỌC 2024 - 2025"),
      p("- Tiếp tục đổi mới."),
      b("V. ĐỀ XUẤT, KIẾN NGHỊ"),
      p("Không có."),
      p("NƠI NHẬN:\tTM. BAN CHẤP HÀNH"),
      p("- LĐLĐ huyện;\tCHỦ TỊCH"),
      p("- Lưu VT.\tNguyễn Văn Mẫu"),
    ],
  },
  "a youth branch": {
    template: "youth",
    placed: [
      "A. TỔNG KẾT CÔNG TÁC ĐOÀN NĂM 2022: =",
      "I. ĐẶC ĐIỂM TÌNH HÌNH: ?",
      "1. Thuận lợi: conditions",
      "2. Khó khăn: conditions",
      "II. KẾT QUẢ CÔNG TÁC ĐOÀN VÀ PHONG TRÀO THANH NIÊN: =",
      "1. Công tác giáo dục: education",
      "2. Phong trào hành động cách mạng: movements",
      "3. Công tác xây dựng Đoàn: union-building",
      "4. Công tác tham gia xây dựng Đảng: union-building",
      "5. Công tác chỉ đạo: direction",
      "III. NHẬN XÉT, ĐÁNH GIÁ: =",
      "1. Mặt mạnh: strengths",
      "2. Tồn tại, hạn chế: shortcomings",
      "3. Nguyên nhân: causes",
      "B. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2023: =",
      "I. Phương hướng chung: directions",
      "II. Các chỉ tiêu: targets",
      "III. Nhiệm vụ và giải pháp: tasks",
      "C. KIẾN NGHỊ: proposals",
    ],
    blocks: [
      table([
        [
          [p("BCH ĐOÀN XÃ MẪU"), b("CHI ĐOÀN THÔN MẪU"), p("***"), p("Số: 03-BC/CĐ")],
          [b("ĐOÀN TNCS HỒ CHÍ MINH"), p("Xã Mẫu, ngày    tháng 12 năm 2022")],
        ],
      ]),
      c("BÁO CÁO"),
      c("Tổng kết công tác Đoàn và phong trào thanh thiếu nhi năm 2022"),
      b("A. TỔNG KẾT CÔNG TÁC ĐOÀN NĂM 2022"),
      b("I. ĐẶC ĐIỂM TÌNH HÌNH"),
      p("BCH có 3 đồng chí; 52 đoàn viên."),
      b("1. Thuận lợi:"),
      p("Được quan tâm."),
      b("2. Khó khăn:"),
      p("Đi làm xa."),
      b("II. KẾT QUẢ CÔNG TÁC ĐOÀN VÀ PHONG TRÀO THANH NIÊN"),
      b("1. Công tác giáo dục"),
      p("Học 2 nghị quyết."),
      b("2. Phong trào hành động cách mạng"),
      p("Tình nguyện 5 đợt."),
      b("3. Công tác xây dựng Đoàn"),
      p("Kết nạp 5."),
      b("4. Công tác tham gia xây dựng Đảng"),
      p("Giới thiệu 2 đoàn viên ưu tú."),
      b("5. Công tác chỉ đạo"),
      p("Họp đều."),
      b("III. NHẬN XÉT, ĐÁNH GIÁ"),
      b("1. Mặt mạnh"),
      p("Đoàn kết."),
      b("2. Tồn tại, hạn chế"),
      p("Sinh hoạt ít."),
      b("3. Nguyên nhân"),
      p("Thiếu người."),
      b("B. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2023"),
      b("I. Phương hướng chung"),
      p("Đổi mới."),
      b("II. Các chỉ tiêu"),
      p("Kết nạp 6."),
      b("III. Nhiệm vụ và giải pháp"),
      p("- Làm tốt."),
      b("C. KIẾN NGHỊ"),
      p("Hỗ trợ kinh phí."),
      table([["", [b("TM. BAN CHẤP HÀNH"), b("BÍ THƯ"), p("(đã ký)"), b("Trần Thị Mẫu")]]]),
    ],
  },
  "a State office": {
    template: "state-office",
    placed: [
      "opening",
      "PHẦN I TÌNH HÌNH THỰC HIỆN NHIỆM VỤ NĂM 2025: =",
      "I. KẾT QUẢ ĐẠT ĐƯỢC: =",
      "1. Về công tác chỉ đạo, điều hành: leadership",
      "2. Kết quả trên từng lĩnh vực: fields-of-work",
      "3. Công tác cải cách hành chính: administrative-reform",
      "II. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN: =",
      "1. Tồn tại, hạn chế: shortcomings",
      "2. Nguyên nhân: causes",
      "PHẦN II PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2026: =",
      "I. MỤC TIÊU: directions",
      "II. NHIỆM VỤ TRỌNG TÂM: tasks",
      "III. GIẢI PHÁP CHỦ YẾU: tasks",
      "IV. KIẾN NGHỊ: proposals",
      "closing",
      "PHỤ LỤC SỐ LIỆU: appendix-figures",
    ],
    blocks: [
      table([
        [
          [p("UBND TỈNH MẪU"), b("SỞ MẪU"), p("Số:      /BC-SM")],
          [
            b("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            b("Độc lập - Tự do - Hạnh phúc"),
            p("Mẫu, ngày 05 tháng 12 năm 2025"),
          ],
        ],
      ]),
      c("BÁO CÁO"),
      c("Kết quả công tác năm 2025 và nhiệm vụ trọng tâm năm 2026"),
      p("Kính gửi: Ủy ban nhân dân tỉnh Mẫu.", { center: true }),
      p("Thực hiện Công văn số 01/UBND, Sở Mẫu báo cáo như sau:"),
      c("PHẦN I"),
      c("TÌNH HÌNH THỰC HIỆN NHIỆM VỤ NĂM 2025"),
      b("I. KẾT QUẢ ĐẠT ĐƯỢC"),
      b("1. Về công tác chỉ đạo, điều hành"),
      p("Ban hành 20 văn bản."),
      b("2. Kết quả trên từng lĩnh vực"),
      p("a) Lĩnh vực A", { italic: true }),
      p("Đạt 100%."),
      b("3. Công tác cải cách hành chính"),
      p("Xử lý 99%."),
      b("II. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN"),
      b("1. Tồn tại, hạn chế"),
      p("Còn chậm."),
      b("2. Nguyên nhân"),
      b("2.1. Nguyên nhân khách quan"),
      p("Mưa bão."),
      b("2.2. Nguyên nhân chủ quan"),
      p("Thiếu quyết liệt."),
      c("PHẦN II"),
      c("PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2026"),
      b("I. MỤC TIÊU"),
      p("Tăng trưởng."),
      b("II. NHIỆM VỤ TRỌNG TÂM"),
      p("Ba nhiệm vụ."),
      b("III. GIẢI PHÁP CHỦ YẾU"),
      p("Bốn giải pháp."),
      b("IV. KIẾN NGHỊ"),
      p("Bố trí vốn."),
      p("Trên đây là báo cáo kết quả công tác năm 2025 của Sở Mẫu./."),
      table([
        [
          [b("Nơi nhận:"), p("- Như trên;"), p("- Lưu: VT, VP.")],
          [b("KT. GIÁM ĐỐC"), b("PHÓ GIÁM ĐỐC"), b("Lê Văn Mẫu")],
        ],
      ]),
      c("PHỤ LỤC SỐ LIỆU"),
      table([["A", "1"]]),
    ],
  },
  "a Party committee above the grassroots": {
    template: "party-committee",
    placed: [
      "Phần thứ nhất ĐÁNH GIÁ TÌNH HÌNH THỰC HIỆN NHIỆM VỤ NĂM 2020: ?",
      "I. KẾT QUẢ ĐẠT ĐƯỢC: =",
      "1. Lãnh đạo thực hiện nhiệm vụ chính trị: political-tasks",
      "2. Công tác xây dựng Đảng: =",
      "2.1. Công tác giáo dục chính trị tư tưởng: ideology",
      "2.2. Công tác tổ chức, cán bộ: organisation-personnel",
      "2.3. Công tác kiểm tra, giám sát: inspection",
      "2.4. Công tác dân vận: mass-mobilisation",
      "3. Lãnh đạo các đoàn thể: mass-organisations",
      "II. HẠN CHẾ, KHUYẾT ĐIỂM: shortcomings",
      "III. NGUYÊN NHÂN: causes",
      "IV. BÀI HỌC KINH NGHIỆM: lessons",
      "Phần thứ hai PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2021: =",
      "I. PHƯƠNG HƯỚNG CHUNG: directions",
      "II. CÁC CHỈ TIÊU: targets",
      "III. NHIỆM VỤ CỤ THỂ: =",
      "1. Công tác chính trị tư tưởng: tasks-ideology",
      "2. Công tác tổ chức cán bộ: tasks-organisation",
      "3. Công tác kiểm tra, giám sát: tasks-inspection",
      "4. Công tác dân vận: tasks-mass-mobilisation",
      "IV. TỔ CHỨC THỰC HIỆN: implementation",
      "V. KIẾN NGHỊ: proposals",
    ],
    blocks: [
      p("ĐẢNG ỦY KHỐI MẪU", { center: true }),
      p("*", { center: true }),
      c("BÁO CÁO"),
      c("Tổng kết công tác xây dựng đảng năm 2020;"),
      c("phương hướng, nhiệm vụ trọng tâm năm 2021"),
      c("Phần thứ nhất"),
      c("ĐÁNH GIÁ TÌNH HÌNH THỰC HIỆN NHIỆM VỤ NĂM 2020"),
      p("Năm 2020 có nhiều biến động."),
      b("I. KẾT QUẢ ĐẠT ĐƯỢC"),
      b("1. Lãnh đạo thực hiện nhiệm vụ chính trị"),
      p("Hoàn thành."),
      b("2. Công tác xây dựng Đảng"),
      b("2.1. Công tác giáo dục chính trị tư tưởng"),
      p("Học tập."),
      b("2.2. Công tác tổ chức, cán bộ"),
      p("Kiện toàn."),
      b("2.3. Công tác kiểm tra, giám sát"),
      p("5 cuộc."),
      b("2.4. Công tác dân vận"),
      p("Tốt."),
      b("3. Lãnh đạo các đoàn thể"),
      p("Vững mạnh."),
      b("II. HẠN CHẾ, KHUYẾT ĐIỂM"),
      p("- Sinh hoạt hình thức."),
      b("III. NGUYÊN NHÂN"),
      p("Chủ quan."),
      b("IV. BÀI HỌC KINH NGHIỆM"),
      p("Một là."),
      c("Phần thứ hai"),
      c("PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2021"),
      b("I. PHƯƠNG HƯỚNG CHUNG"),
      p("Tiếp tục."),
      b("II. CÁC CHỈ TIÊU"),
      p("Kết nạp 5."),
      b("III. NHIỆM VỤ CỤ THỂ"),
      b("1. Công tác chính trị tư tưởng"),
      p("Quán triệt."),
      b("2. Công tác tổ chức cán bộ"),
      p("Quy hoạch."),
      b("3. Công tác kiểm tra, giám sát"),
      p("Theo kế hoạch."),
      b("4. Công tác dân vận"),
      p("Nâng cao."),
      b("IV. TỔ CHỨC THỰC HIỆN"),
      p("Giao văn phòng."),
      b("V. KIẾN NGHỊ"),
      p("Không."),
    ],
  },
};

describe("a report as people type it", () => {
  it.each(Object.entries(REPORTS))("comes into its slots: %s", (_, { template: id, blocks, placed }) => {
    const template = catalogue.templates.get(id) ?? expect.fail(id);
    const ruleSet = catalogue.ruleSets.get(template.ruleSet) ?? expect.fail(template.ruleSet);
    const file = wordFile(blocks);
    const plan = planImport(file, { template, ruleSet, titleWords: catalogue.titleWords });
    const told = plan.pieces.map((piece) => {
      const place = isUnsettled(piece) ? "?" : (piece.slot ?? "=");
      return piece.title === "" ? place : `${piece.label} ${piece.title}`.trim().concat(`: ${place}`);
    });
    expect(told).toEqual(placed);
    expect(missing(fileWords(file), planWords(plan))).toEqual([]);
    expect(plan.fields.map((field) => field.id)).toEqual(expect.arrayContaining(["organisation", "year"]));
  });
});
