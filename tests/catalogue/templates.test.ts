import type { OutlineNode, SlotRole } from "#model";
import { fieldsOf, fillIn, initialFields, numberOutline, ROLES, slotsOf } from "#model";
import { describe, expect, it } from "vitest";
import { CATALOGUE, ruleSetOf, templateOf } from "./shipped.ts";

const TEMPLATES = [...CATALOGUE.templates.values()];
const REQUIRED: readonly SlotRole[] = ["achievements", "shortcomings", "causes", "directions", "tasks"];
const FREE: readonly SlotRole[] = ["statistics", "lessons", "targets", "organisation", "proposals", "appendix"];

function nodesOf(nodes: readonly OutlineNode[]): OutlineNode[] {
  return nodes.flatMap((node) => (node.type === "slot" ? [node] : [node, ...nodesOf(node.children)]));
}

/** The printed titles in order, indented by depth; a slot without a printed title stands in brackets. */
function outlineOf(id: string): string[] {
  const template = templateOf(id);
  const fields = { year: "2021" };
  return numberOutline(template, ruleSetOf(template.ruleSet), fields).flatMap(({ entry, before }) =>
    [...before, entry].map(({ depth, label, title, format }) => {
      const line = format ? `${label} ${title}`.trim() : `[${title}]`;
      return "  ".repeat(depth) + line;
    }),
  );
}

describe("the templates", () => {
  it("are the five families' and name rule sets that are there", () => {
    expect(Object.fromEntries(TEMPLATES.map((template) => [template.id, template.ruleSet]))).toEqual({
      "party-committee": "party-05-2026",
      "party-cell": "party-05-2026",
      union: "union-933-2024",
      youth: "youth-29-2013",
      "state-office": "state-30-2020",
    });
  });

  it.each(TEMPLATES)("name nothing twice: $id", (template) => {
    const ids = nodesOf(template.outline).map((node) => node.id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it.each(TEMPLATES)("are tied to no year: $id", (template) => {
    const words = JSON.stringify({ ...template, ruleSet: "" });
    expect(words.match(/(?<!\d)(?:19|20)\d\d(?!\d)/g)).toBeNull();
    expect(fillIn(template.subject, { year: "2031" })).toMatch(/năm 2031.*năm 2032$/);
  });

  it.each(TEMPLATES)("require the opening, results, shortcomings, causes, directions and tasks: $id", (template) => {
    const slots = slotsOf(template);
    expect(slots[0]).toMatchObject({ id: "opening", role: "context", titled: false, required: true });
    for (const role of REQUIRED) {
      const ofRole = slots.filter((slot) => slot.role === role);
      expect(ofRole.length, role).toBeGreaterThan(0);
      expect(ofRole.filter((slot) => !slot.required)).toEqual([]);
    }
    expect(slots.filter((slot) => FREE.includes(slot.role) && slot.required)).toEqual([]);
  });

  it("use every role somewhere", () => {
    const used = new Set(TEMPLATES.flatMap((template) => slotsOf(template).map((slot) => slot.role)));
    expect(ROLES.filter((role) => !used.has(role))).toEqual([]);
  });

  it.each(TEMPLATES)("guide in at most two sentences, in composed letters: $id", (template) => {
    for (const slot of slotsOf(template)) {
      for (const text of [slot.guidance.vi, slot.guidance.en]) {
        expect(text.match(/[.?!](?=\s|$)/g)?.length ?? 0, text).toBeGreaterThan(0);
        expect(text.match(/[.?!](?=\s|$)/g)?.length ?? 0, text).toBeLessThanOrEqual(2);
        expect(text).toBe(text.normalize("NFC").trim());
      }
    }
  });

  it.each(TEMPLATES)("keep titles in ordinary case, without number and full stop: $id", (template) => {
    for (const { title } of nodesOf(template.outline)) {
      expect(title.vi).not.toBe(title.vi.toLocaleUpperCase("vi"));
      expect(title.vi).toMatch(/^\p{Lu}/u);
      expect(title.vi).not.toMatch(/[.;:]$|^(?:[IVX]+|\d+)[.-]/u);
    }
  });

  it("let a cell sign and file as a cell, a committee as a committee", () => {
    const start = (id: string): Record<string, string> => {
      const template = templateOf(id);
      return initialFields(fieldsOf(template, ruleSetOf(template.ruleSet)), {});
    };
    expect(start("party-cell")).toMatchObject({ symbol: "BC/CB", signingPower: "T/M CHI BỘ", archive: "Chi bộ" });
    expect(start("party-committee")).toMatchObject({ symbol: "BC/ĐU", signingPower: "T/M ĐẢNG ỦY" });
  });
});

describe("the printed outline", () => {
  it("of a Party committee has three parts and the same fields of work before and after", () => {
    expect(outlineOf("party-committee")).toMatchInlineSnapshot(`
      [
        "[Mở đầu]",
        "Phần thứ nhất Kết quả thực hiện nhiệm vụ năm 2021",
        "  I- Đặc điểm tình hình",
        "    1. Tổ chức đảng và đảng viên",
        "    2. Thuận lợi",
        "    3. Khó khăn",
        "  II- Kết quả đạt được",
        "    1. Lãnh đạo thực hiện nhiệm vụ chính trị",
        "    2. Công tác xây dựng Đảng",
        "      2.1. Công tác chính trị, tư tưởng, đạo đức; học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
        "      2.2. Công tác tổ chức, cán bộ, đảng viên; sinh hoạt chi bộ; bảo vệ chính trị nội bộ",
        "      2.3. Công tác kiểm tra, giám sát và thi hành kỷ luật đảng",
        "      2.4. Công tác dân vận",
        "    3. Lãnh đạo các tổ chức chính trị - xã hội",
        "    4. Khen thưởng; đánh giá, xếp loại",
        "  III- Hạn chế, khuyết điểm và nguyên nhân",
        "    1. Hạn chế, khuyết điểm",
        "    2. Nguyên nhân",
        "  IV- Bài học kinh nghiệm",
        "Phần thứ hai Phương hướng, nhiệm vụ năm 2022",
        "  I- Phương hướng, mục tiêu",
        "  II- Chỉ tiêu chủ yếu",
        "  III- Nhiệm vụ, giải pháp trọng tâm",
        "    1. Lãnh đạo thực hiện nhiệm vụ chính trị",
        "    2. Công tác xây dựng Đảng",
        "      2.1. Công tác chính trị, tư tưởng, đạo đức",
        "      2.2. Công tác tổ chức, cán bộ, đảng viên; sinh hoạt chi bộ",
        "      2.3. Công tác kiểm tra, giám sát và thi hành kỷ luật đảng",
        "      2.4. Công tác dân vận",
        "    3. Lãnh đạo các tổ chức chính trị - xã hội",
        "  IV- Tổ chức thực hiện",
        "Phần thứ ba Kiến nghị, đề xuất",
        "  [Kiến nghị, đề xuất]",
        "Phụ lục Biểu số liệu công tác năm 2021",
        "  [Số liệu]",
      ]
    `);
  });

  it("of a Party cell has five sections and no parts", () => {
    expect(outlineOf("party-cell")).toMatchInlineSnapshot(`
      [
        "[Mở đầu]",
        "I- Đặc điểm tình hình",
        "II- Kết quả thực hiện nhiệm vụ năm 2021",
        "  1. Công tác chính trị, tư tưởng",
        "  2. Lãnh đạo thực hiện nhiệm vụ chính trị",
        "  3. Công tác xây dựng chi bộ",
        "  4. Lãnh đạo cơ quan và các tổ chức quần chúng",
        "  5. Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
        "III- Đánh giá chung",
        "  1. Ưu điểm",
        "  2. Hạn chế, khuyết điểm",
        "  3. Nguyên nhân",
        "IV- Phương hướng, chỉ tiêu, nhiệm vụ năm 2022",
        "  1. Phương hướng",
        "  2. Chỉ tiêu",
        "  3. Nhiệm vụ, giải pháp",
        "V- Đề xuất, kiến nghị",
      ]
    `);
  });

  it("of a trade union has five sections", () => {
    expect(outlineOf("union")).toMatchInlineSnapshot(`
      [
        "[Mở đầu]",
        "I. Tình hình đoàn viên, người lao động",
        "  1. Số lượng, cơ cấu",
        "  2. Thuận lợi, khó khăn",
        "II. Kết quả hoạt động",
        "  1. Đại diện, chăm lo, bảo vệ quyền, lợi ích của đoàn viên, người lao động",
        "  2. Tuyên truyền, giáo dục",
        "  3. Phong trào thi đua, các cuộc vận động",
        "  4. Xây dựng tổ chức, phát triển đoàn viên",
        "  5. Công tác kiểm tra, tài chính, nữ công",
        "  6. Thực hiện quy chế dân chủ; hoạt động của Ban Thanh tra nhân dân",
        "III. Hạn chế, nguyên nhân",
        "  1. Hạn chế",
        "  2. Nguyên nhân",
        "IV. Phương hướng, chỉ tiêu, nhiệm vụ năm 2022",
        "  1. Phương hướng",
        "  2. Chỉ tiêu",
        "  3. Nhiệm vụ, giải pháp",
        "V. Kiến nghị",
        "Phụ lục Biểu số liệu công tác năm 2021",
        "  [Số liệu]",
      ]
    `);
  });

  it("of a youth union has three parts", () => {
    expect(outlineOf("youth")).toMatchInlineSnapshot(`
      [
        "[Mở đầu]",
        "Phần thứ nhất Kết quả công tác Đoàn và phong trào thanh niên năm 2021",
        "  I- Đặc điểm tình hình",
        "    1. Tổ chức đoàn và đoàn viên",
        "    2. Thuận lợi, khó khăn",
        "    3. Tình hình tư tưởng thanh niên",
        "  II- Kết quả đạt được",
        "    1. Công tác giáo dục của Đoàn",
        "    2. Phong trào hành động cách mạng; đồng hành với thanh niên",
        "    3. Xây dựng Đoàn; tham gia xây dựng Đảng",
        "    4. Đoàn kết, tập hợp thanh niên",
        "    5. Công tác tham mưu, chỉ đạo, kiểm tra",
        "  III- Đánh giá chung",
        "    1. Ưu điểm",
        "    2. Hạn chế",
        "    3. Nguyên nhân",
        "Phần thứ hai Phương hướng, nhiệm vụ năm 2022",
        "  I- Phương hướng",
        "  II- Chỉ tiêu chủ yếu",
        "  III- Nhiệm vụ, giải pháp",
        "Phần thứ ba Kiến nghị, đề xuất",
        "  [Kiến nghị, đề xuất]",
        "Phụ lục Biểu số liệu công tác năm 2021",
        "  [Số liệu]",
      ]
    `);
  });

  it("of a State office has two parts and a closing sentence", () => {
    expect(outlineOf("state-office")).toMatchInlineSnapshot(`
      [
        "[Mở đầu]",
        "Phần I Tình hình thực hiện nhiệm vụ năm 2021",
        "  I. Những kết quả đạt được",
        "    1. Công tác chỉ đạo, điều hành",
        "    2. Kết quả trên các lĩnh vực",
        "    3. Cải cách hành chính",
        "    4. Công tác nội vụ",
        "  II. Tồn tại, hạn chế",
        "  III. Nguyên nhân",
        "Phần II Phương hướng, nhiệm vụ năm 2022",
        "  I. Phương hướng, chỉ tiêu",
        "    1. Phương hướng, mục tiêu",
        "    2. Chỉ tiêu chủ yếu",
        "  II. Nhiệm vụ, giải pháp trọng tâm",
        "  III. Tổ chức thực hiện",
        "  IV. Kiến nghị, đề xuất",
        "[Lời kết]",
        "Phụ lục Biểu số liệu công tác năm 2021",
        "  [Số liệu]",
      ]
    `);
  });
});
