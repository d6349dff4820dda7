import { planImport } from "#docx";
import type { WordBlock } from "#docx";
import { inputTexts, isUnsettled, placedSlots, slotsOf } from "#model";
import type { Catalogue } from "#server";
import * as fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { shippedCatalogue } from "../support/catalogue.ts";
import { fileWords, missing, planWords } from "../support/plan-words.ts";
import { p, run, table, wordFile } from "../support/word-text.ts";

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await shippedCatalogue();
});

const WORDS = fc.constantFrom(
  "KẾT QUẢ ĐẠT ĐƯỢC",
  "Hạn chế, khuyết điểm",
  "Nguyên nhân",
  "Phương hướng, nhiệm vụ năm 2026",
  "Công tác dân vận",
  "Kết nạp 02 đảng viên;",
  "Năm 2025, chi bộ hoàn thành nhiệm vụ./.",
  "BÁO CÁO",
  "Tổng kết công tác năm 2025",
  "Kính gửi: Đảng ủy xã Mẫu",
  "Nơi nhận:",
  "T/M CHI BỘ",
  "BÍ THƯ",
  "Người Ký Mẫu",
  "Số 05-BC/CB",
  "Hà Nội, ngày 05 tháng 12 năm 2025",
  "ĐẢNG CỘNG SẢN VIỆT NAM",
  "Trên đây là báo cáo của chi bộ",
  "(Kèm theo Báo cáo số 5)",
  "Bảng 1. Kết quả",
  "Phụ lục",
  "Phần thứ nhất",
  "Dòng một\nDòng hai",
  "trái\tphải",
  "-----",
  "*",
  "Ưu điểm: đoàn kết",
  "",
);
const LABELS = fc.constantFrom(
  "",
  "I. ",
  "II- ",
  "1. ",
  "2.1. ",
  "a) ",
  "- ",
  "+ ",
  "Phần thứ hai: ",
  "Phụ lục 2. ",
  "A. ",
  "(1) ",
);

const text = fc.tuple(LABELS, WORDS).map(([label, words]) => label + words);
const paragraph = fc
  .record({
    text,
    more: fc.option(WORDS, { nil: "", freq: 4 }),
    bold: fc.boolean(),
    center: fc.boolean(),
    outline: fc.option(fc.nat(3), { nil: undefined, freq: 5 }),
    label: fc.option(fc.constantFrom("1.", "a)", "•", "I-", "-"), { nil: undefined, freq: 6 }),
    by: fc.constantFrom("inserted" as const, "deleted" as const, undefined, undefined),
    mark: fc.constantFrom("deleted" as const, undefined, undefined, undefined, undefined),
  })
  .map(({ text: words, more, bold, by, mark, outline, label, center }): WordBlock =>
    p([run(words, { bold }), ...(more === "" ? [] : [run(` ${more}`, by ? { by } : {})])], {
      center,
      ...(outline === undefined ? {} : { outline }),
      ...(label === undefined ? {} : { label }),
      ...(mark === undefined ? {} : { mark }),
    }),
  );
const cells = fc.array(fc.array(text, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });
const blocks = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: paragraph },
    { weight: 1, arbitrary: cells.map((rows) => table(rows, { header: rows.length > 2 ? 1 : 0 })) },
  ),
  { maxLength: 25 },
);

it("keeps every word of any file, and puts every one of its pieces where it is told to", () => {
  let words = 0;
  let open = 0;
  fc.assert(
    fc.property(blocks, fc.constantFrom(...catalogue.templates.values()), (content, template) => {
      const ruleSet = catalogue.ruleSets.get(template.ruleSet) ?? expect.fail(template.ruleSet);
      const file = wordFile(content);
      const plan = planImport(file, { template, ruleSet, titleWords: catalogue.titleWords });
      const all = fileWords(file);
      expect(missing(all, planWords(plan))).toEqual([]);
      expect(new Set(plan.pieces.map((piece) => piece.id)).size).toBe(plan.pieces.length);

      const [slot] = slotsOf(template);
      const unsettled = plan.pieces.filter((piece) => isUnsettled(piece));
      const slots = placedSlots(plan, Object.fromEntries(unsettled.map((piece) => [piece.id, slot?.id ?? ""])));
      const held = Object.values(slots).flat().flatMap(inputTexts).join(" ");
      for (const piece of plan.pieces) for (const own of piece.blocks.flatMap(inputTexts)) expect(held).toContain(own);
      for (const piece of unsettled) if (!piece.group) expect(held).toContain(piece.title);
      expect(
        catalogue.check(
          "report",
          input(
            template.id,
            slotsOf(template).map(({ id }) => id),
            slots,
            plan,
          ),
          "test",
        ),
      ).toBeTruthy();
      words += all.length;
      open += unsettled.length;
    }),
    { numRuns: 800, seed: 20261122 },
  );
  expect(words).toBeGreaterThan(10_000);
  expect(open).toBeGreaterThan(500);
});

function input(
  template: string,
  ids: readonly string[],
  slots: Readonly<Record<string, unknown>>,
  plan: ReturnType<typeof planImport>,
): unknown {
  const fields = Object.fromEntries(plan.fields.map((field) => [field.id, field.value]));
  return { template, fields, slots: Object.fromEntries(ids.map((id) => [id, slots[id] ?? []])) };
}
