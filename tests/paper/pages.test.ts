import { beforeAll, describe, expect, it } from "vitest";
import { exportReport } from "#docx";
import type { Block, Report, RuleSet, Template } from "#model";
import { slotsOf } from "#model";
import { shippedCatalogue } from "../support/catalogue.ts";
import type { PdfPage } from "../support/pdf-reader.ts";
import { block, FIELDS, sampleReport } from "../support/sample-report.ts";
import { table } from "../support/sample-table.ts";
import { findWords, mm } from "./page-words.ts";
import { printPages } from "./printed-reports.ts";

const catalogue = await shippedCatalogue();

function shipped(templateId: string, ruleSetId?: string): { template: Template; ruleSet: RuleSet } {
  const template = catalogue.templates.get(templateId);
  const ruleSet = template && catalogue.ruleSets.get(ruleSetId ?? template.ruleSet);
  if (!template || !ruleSet) throw new Error(`${templateId} is shipped`);
  return { template, ruleSet };
}

const wanted: Report[] = [];
let all: readonly PdfPage[][] = [];

/** Has reports printed with all others of this file: LibreOffice is asked once. Gives their pages while tests run. */
function printed(reports: readonly Report[]): () => readonly PdfPage[][] {
  const from = wanted.length;
  wanted.push(...reports);
  return () => all.slice(from, from + reports.length);
}

beforeAll(async () => {
  all = await printPages(await Promise.all(wanted.map((report) => exportReport(report, "final"))));
}, 400_000);

/** The lines of a page without its number. */
function text({ lines }: PdfPage, { page }: RuleSet): PdfPage["lines"] {
  return lines.filter(({ top }) => top > mm(page.margin.right) - 4 && top > mm(page.pageNumber.fromEdge) + 8);
}

describe("an appendix", () => {
  /** A report whose appendix holds a table of so many columns and rows. */
  function withTable(ruleSetId: string, columns: number, rows: number, appendix = "appendix-figures"): Report {
    const { template, ruleSet } = shipped("state-office", ruleSetId);
    const cells = [
      Array.from({ length: columns }, (_, column) => `Cột ${column + 1}`),
      ...Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, () => String(row + 1))),
    ];
    const written: Block = { ...block("t", "Số liệu", "table"), table: table(cells) };
    return sampleReport(template, ruleSet, {
      slots: {
        ...Object.fromEntries(slotsOf(template).map(({ id }) => [id, [block(id, "Một đoạn ngắn.")]])),
        [appendix]: [written],
      },
    });
  }

  const files = ["state-30-2020", "party-05-2026"].flatMap((id) => [
    withTable(id, 10, 60),
    withTable(id, 3, 60),
    withTable(id, 10, 60, "achievements"),
  ]);
  const pagesOfAll = printed(files);

  it("lies on its side where its table is too wide to stand, with the binding edge on top and pages of its own", () => {
    for (const [index, pages] of pagesOfAll().entries()) {
      const { ruleSet } = files[index] ?? files[0]!;
      const { page, appendix } = ruleSet;
      const first = pages.findIndex(({ lines }) => lines.some((line) => /^Phụ lục/i.test(line.text)));
      const own = index % 3 === 2 ? [] : pages.slice(first);
      const lies = index % 3 === 0;
      for (const { width, height } of pages.filter((each) => !own.includes(each)))
        expect([width, height].map(Math.round)).toEqual([page.width, page.height].map((side) => Math.round(mm(side))));
      if (own.length > 0) expect(own.length).toBeGreaterThan(1);
      for (const [at, each] of own.entries()) {
        const sides = lies ? [page.height, page.width] : [page.width, page.height];
        expect([each.width, each.height].map(Math.round)).toEqual(sides.map((side) => Math.round(mm(side))));
        const top = mm(lies ? page.margin.left : page.margin.top);
        const [left, right] = lies ? [page.margin.bottom, page.margin.top] : [page.margin.left, page.margin.right];
        const body = each.lines.filter((line) => line.top > top - 4);
        expect(Math.min(...body.map((line) => line.left))).toBeGreaterThan(mm(left) - 1);
        expect(Math.max(...body.map((line) => line.right))).toBeLessThan(each.width - mm(right) + 1);
        // The head of the table stands on every page again.
        expect(
          body.some((line) => line.text.includes("Cột 1")),
          `page ${at + 1}`,
        ).toBe(true);
        const number = appendix.restartPages ? at + 1 : first + at + 1;
        const shown = number > 1 || page.pageNumber.onFirstPage ? [String(number)] : [];
        expect(each.lines.filter((line) => line.top < top - 4).map((line) => line.text)).toEqual(shown);
      }
    }
  });
});

describe("a centred title", () => {
  const of = (id: string): Report => {
    const { template, ruleSet } = shipped(id);
    return sampleReport(template, ruleSet);
  };
  const titled = printed([of("state-office"), of("youth")]);

  it("falls into lines that part no words belonging together, of like length where they may", () => {
    const [state, youth] = titled();
    const lines = (pages: readonly PdfPage[] | undefined): string[] =>
      (pages ?? []).flatMap((page) => page.lines.map((line) => line.text));
    expect(lines(state)).toEqual(
      expect.arrayContaining([
        "tổng kết công tác năm 2021 và phương hướng,",
        "nhiệm vụ năm 2022",
        "(Kèm theo Báo cáo số 07/BC/ĐU ngày 05 tháng 01 năm 2022",
        "của Đảng ủy xã Mẫu)",
      ]),
    );
    expect(lines(youth)).toEqual(
      expect.arrayContaining(["KẾT QUẢ CÔNG TÁC ĐOÀN VÀ PHONG TRÀO", "THANH NIÊN NĂM 2021"]),
    );
  });
});

describe("the signature", () => {
  const { template, ruleSet } = shipped("state-office");
  const fields = { ...FIELDS, signingPower: "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH", signerTitle: "PHÓ CHỦ TỊCH" };
  const alone = { ...FIELDS, signingPower: "", signerTitle: "Giám đốc" };
  const signed = printed([
    sampleReport(template, ruleSet, { fields }),
    sampleReport(template, ruleSet, { fields: alone }),
  ]);

  it("has each power on a line of its own, the title below the last", () => {
    const [two, none] = signed();
    const at = (pages: readonly PdfPage[] | undefined, words: string): number =>
      findWords(pages ?? [], words)?.top ?? NaN;
    const tops = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Người Ký Mẫu"].map((words) => at(two, words));
    expect(tops).toEqual(tops.toSorted((a, b) => a - b));
    expect(tops.every(Number.isFinite)).toBe(true);
    const head = findWords(none ?? [], "GIÁM ĐỐC");
    const recipients = findWords(none ?? [], "Nơi nhận:");
    expect(head?.words.every(({ bold }) => bold)).toBe(true);
    expect(Math.abs((head?.top ?? 0) - (recipients?.top ?? 99))).toBeLessThan(2.5);
  });
});

describe("the end of a page", () => {
  const reports = ["party-committee", "state-office"].flatMap((id) =>
    Array.from({ length: 12 }, (_, lines) => {
      const { template, ruleSet } = shipped(id);
      const [first, ...rest] = slotsOf(template).map((slot) => slot.id);
      const filler = Array.from({ length: lines }, (_each, n) => block(`f${n}`, `Dòng ${n + 1}.`));
      const slots = Object.fromEntries(
        rest.map((slot, n) => [
          slot,
          [
            block(`${slot}-0`, `đề${n}a một mục nhỏ`, "heading", 1),
            block(slot, `thẻ${n}a `.repeat(60).trim()),
            block(`${slot}-1`, `đề${n}b một mục nhỏ nữa`, "heading", 2),
            block(`${slot}-2`, `thẻ${n}b `.repeat(30).trim(), n % 2 === 0 ? "item" : "paragraph", 1 - (n % 2)),
          ],
        ]),
      );
      return sampleReport(template, ruleSet, { slots: { ...slots, [first ?? ""]: filler } });
    }),
  );
  const ended = printed(reports);

  it("never parts a title from its text, a line from its paragraph, or the signature from the last words", () => {
    let split = 0;
    let titlesPushed = 0;
    for (const [index, pages] of ended().entries()) {
      const { ruleSet } = reports[index] ?? reports[0]!;
      const closing = pages.findIndex(({ lines }) => lines.some((line) => line.text.startsWith("Nơi nhận:")));
      const pagesOf = new Map<string, number[]>();
      for (const [number, page] of pages.slice(0, closing + 1).entries()) {
        const lines = text(page, ruleSet);
        const last = lines.at(-1);
        if (number < closing) {
          expect(
            last?.words.every(({ bold }) => bold),
            `a title ends page ${number + 1}: ${last?.text}`,
          ).toBe(false);
          // LibreOffice looks at a title's neighbour before it knows how high the table at the head of page 1 is.
          if (number > 0) expect(last?.text, `a heading in the text ends page ${number + 1}`).not.toMatch(/đề\d+[ab]/);
          if ((last?.bottom ?? 0) < page.height - mm(ruleSet.page.margin.bottom) - 30) titlesPushed++;
        }
        for (const line of lines) {
          const tag = /thẻ\d+[ab]/.exec(line.text)?.[0];
          if (tag !== undefined) pagesOf.set(tag, [...(pagesOf.get(tag) ?? []), number]);
        }
      }
      for (const [tag, numbers] of pagesOf) {
        if (new Set(numbers).size === 1) continue;
        split++;
        for (const number of new Set(numbers))
          expect(
            numbers.filter((each) => each === number).length,
            `lines of ${tag} on page ${number + 1}`,
          ).toBeGreaterThan(1);
      }
      const lines = text(pages[closing] ?? pages[0]!, ruleSet);
      const recipients = lines.findIndex((line) => line.text.startsWith("Nơi nhận:"));
      expect(
        lines.slice(0, recipients).some((line) => /thẻ\d+b/.test(line.text)),
        "words above the signature",
      ).toBe(true);
      expect(lines.slice(recipients).some((line) => line.text.includes("Người Ký Mẫu"))).toBe(true);
    }
    // The lengths are such that pages do end within paragraphs, and right before titles.
    expect(split).toBeGreaterThan(20);
    expect(titlesPushed).toBeGreaterThan(5);
  });
});
