import { beforeAll, describe, expect, it } from "vitest";
import { exportReport, readWordFile } from "#docx";
import type { Report } from "#model";
import { blockText } from "#model";
import { shippedCatalogue } from "../../support/catalogue.ts";
import { block, rangeThread, sampleReport } from "../../support/sample-report.ts";

let base: Report;
beforeAll(async () => {
  const catalogue = await shippedCatalogue();
  const template = catalogue.templates.get("party-committee");
  const ruleSet = template && catalogue.ruleSets.get(template.ruleSet);
  if (!template || !ruleSet) throw new Error("the Party template is shipped");
  base = sampleReport(template, ruleSet);
});

describe("a draft that we exported", () => {
  it("is read with every block under its bookmark, every comment on its words, and its properties", async () => {
    const blocks = [block("k-1", "Đoạn thứ nhất."), block("k-2", "Đoạn thứ hai, dài hơn."), block("k-3", "Đoạn ba.")];
    const [first, second] = blocks;
    if (!first || !second) throw new Error("three blocks");
    const report = {
      ...base,
      slots: { ...base.slots, ideology: blocks },
      threads: [
        rangeThread("c1", "ideology", { block: first, offset: 5 }, { block: second, offset: 8 }),
        rangeThread("c2", "ideology", { block: second, offset: 0 }, { block: second, offset: 4 }),
      ],
    };
    const file = readWordFile(await exportReport(report, "draft"));
    expect(file.properties).toMatchObject({ TongketReport: report.id, TongketKind: "draft" });
    expect(file.paragraphs.every((paragraph, index) => paragraph.index === index)).toBe(true);
    for (const source of blocks) {
      const name = `_tkb_${source.id.replaceAll("-", "_")}`;
      const found = file.paragraphs.find(({ bookmarks }) => bookmarks.some((bookmark) => bookmark.name === name));
      const at = found?.bookmarks.find((bookmark) => bookmark.name === name)?.at ?? 0;
      const text = found?.runs.map((run) => run.text).join("") ?? "";
      expect(text.slice(at)).toBe(blockText(source));
    }
    expect(
      file.comments.map(({ quote, author, dateUtc, durableId }) => [quote, author, dateUtc, durableId !== ""]),
    ).toEqual([
      ["thứ nhất.\nĐoạn thứ", "Đại biểu Mẫu Một", "2022-01-03T02:30:00Z", true],
      ["Đoạn", "Đại biểu Mẫu Một", "2022-01-03T02:30:00Z", true],
    ]);
    expect(file.comments[0]?.range?.to.paragraph).toBe((file.comments[0]?.range?.from.paragraph ?? 0) + 1);
    expect(file.leftOut).not.toHaveProperty("symbols");
  });
});
