import * as fc from "fast-check";
import type { SaxesTagPlain } from "saxes";
import { SaxesParser } from "saxes";
import { beforeAll, describe, expect, it } from "vitest";
import { exportReport, reportHtml, reportMarkdown } from "#docx";
import type { Block, Report } from "#model";
import { blockText } from "#model";
import type { Catalogue } from "#server";
import { shippedCatalogue } from "../support/catalogue.ts";
import { readDocx } from "../support/docx-reader.ts";
import { block, sampleReport, thread } from "../support/sample-report.ts";
import { table } from "../support/sample-table.ts";

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await shippedCatalogue();
});

function sample(change: Partial<Report> = {}, id = "party-committee"): Report {
  const template = catalogue.templates.get(id);
  const ruleSet = template && catalogue.ruleSets.get(template.ruleSet);
  if (!template || !ruleSet) throw new Error(`${id} is shipped`);
  return { ...sampleReport(template, ruleSet), ...change };
}

const withBlocks = (...blocks: Block[]): Report => {
  const report = sample();
  return { ...report, slots: { ...report.slots, ideology: blocks } };
};

/** Reads a page as strictly as XML, once the elements without an end are closed; gives tags, text and what is wrong. */
function readPage(html: string): { tags: SaxesTagPlain[]; text: string } {
  const tags: SaxesTagPlain[] = [];
  let text = "";
  const parser = new SaxesParser();
  parser.on("opentag", (tag) => tags.push(tag));
  parser.on("text", (words) => (text += words));
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(html.replace("<!DOCTYPE html>\n", "").replaceAll(/<(br|meta)([^>]*)>/g, "<$1$2/>")).close();
  return { tags, text };
}

const bones = (text: string): string =>
  text
    .replaceAll(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "")
    .replaceAll(/[\p{Cc}\ufffe\uffff\s]/gu, "");

const FIGURES: Block = {
  ...block("t", "Kết nạp", "table"),
  table: table([
    ["Nội dung", "2021"],
    ["Kết nạp | mới", "1.250"],
  ]),
};

describe("the final text as HTML", () => {
  it("is Vietnamese, and holds every word of the Word file's text in its order, with its numbers", async () => {
    for (const id of catalogue.templates.keys()) {
      const report = { ...sample({}, id), threads: [thread("c1", { scope: "report" })] };
      const { tags, text } = readPage(reportHtml(report));
      expect(tags[0]).toMatchObject({ name: "html", attributes: { lang: "vi" } });
      expect(text).not.toContain("c1");
      const file = readDocx(await exportReport(report, "final")).paragraphs.filter(({ inTable }) => !inTable);
      // The signs of items are drawn, and a title of its own line ends with a colon.
      const plain = (words: string): string => bones(words).replaceAll(/[-+:]/g, "").toLocaleLowerCase("vi");
      const all = plain(text);
      let at = 0;
      for (const { text: words } of file.filter(({ style }) => style?.startsWith("TkMuc") || style === "TkLoiVan")) {
        at = all.indexOf(plain(words), at);
        expect(at, words).toBeGreaterThanOrEqual(0);
      }
      expect(file.length).toBeGreaterThan(20);
    }
  });

  it("has headings one level below each other, lists in lists, and tables with header cells", () => {
    const html = reportHtml(
      withBlocks(
        block("h", "Tên mục", "heading", 1),
        block("i1", "Một", "item", 1),
        block("i2", "Hai", "item", 2),
        block("i3", "Ba", "item", 1),
        FIGURES,
      ),
    );
    expect(html).toContain(
      '<h6 class="level-4">a) Tên mục</h6>\n<ul class="sign-1">\n<li>Một\n<ul class="sign-2">\n<li>Hai\n</li></ul>\n</li>\n<li>Ba\n</li></ul>',
    );
    expect(html).toMatch(/<caption>Bảng 1\. Kết nạp<\/caption>\n<thead>\n<tr><th scope="col">Nội dung<\/th>/);
    expect(html).toMatch(/<td style="text-align:right">1\.250<\/td>/);
    const levels = readPage(html).tags.flatMap(({ name }) => (/^h\d$/.test(name) ? [Number(name[1])] : []));
    expect(levels[0]).toBe(1);
    expect(levels.every((level, index) => index === 0 || level <= (levels[index - 1] ?? 0) + 1)).toBe(true);
  });

  it("shows words that look like markup as words, whatever anybody wrote", () => {
    const sign = fc.constantFrom("<", ">", "&", '"', "]]>", "<script>", "</main>", "\u0000", "\ud800", "\n", "a", " ");
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 12 }), (parts) => {
        const words = parts.join("");
        const kinds = [block("a", words), block("b", words, "item", 2), block("c", words, "heading", 3)];
        const { tags, text } = readPage(reportHtml({ ...withBlocks(...kinds), fields: { organisation: words } }));
        expect(tags.map(({ name }) => name)).not.toContain("script");
        expect(bones(text)).toContain(bones(words));
      }),
      { numRuns: 100 },
    );
  });
});

describe("the final text as Markdown", () => {
  it("keeps numbers and signs, and writes tables with pipes", () => {
    const text = reportMarkdown(
      withBlocks(
        block("h", "Tên mục", "heading", 1),
        block("p", "1. Không phải mục"),
        block("i1", "Một", "item", 1),
        block("i2", "Hai", "item", 2),
        FIGURES,
      ),
    );
    expect(text).toMatch(/^# .*tổng kết công tác năm 2021/m);
    expect(text).toContain("\n## Phần thứ nhất: Kết quả thực hiện nhiệm vụ năm 2021\n");
    expect(text).toContain(
      "\n###### a) Tên mục\n\n1\\. Không phải mục\n\n- Một\n  + Hai\n\nBảng 1. Kết nạp\n\n" +
        "| Nội dung | 2021 |\n| --- | ---: |\n| Kết nạp \\| mới | 1.250 |\n",
    );
    expect(text).toContain("- Ban Thường vụ Tỉnh ủy\n");
    expect(text).toContain("Người Ký Mẫu");
  });

  it("sets off words with stars where Markdown reads them so, else with tags", () => {
    const report = withBlocks(
      block("a", [
        { text: "Năm qua ", marks: [] },
        { text: "tập thể ", marks: ["strong"] },
        { text: "đã", marks: ["em", "underline"] },
        { text: "làm", marks: ["em"] },
        { text: " tốt", marks: [] },
      ]),
    );
    expect(reportMarkdown(report)).toContain("\nNăm qua **tập thể** <em><u>đã</u></em><em>làm</em> tốt\n");
  });

  it("says every word of the text, and none of it makes another block", () => {
    const sign = fc.constantFrom("#", "*", "_", "|", "- ", "+ ", "1. ", "> ", "`", "[x](y)", "<b>", "\\", "a", " ");
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 8 }), (parts) => {
        const own = block("own", parts.join(""));
        const plain = reportMarkdown(withBlocks(block("own", "a"))).split("\n");
        const text = reportMarkdown(withBlocks(own)).split("\n");
        if (blockText(own).trim() === "") return;
        expect(text).toHaveLength(plain.length);
        const line = text[plain.indexOf("a")] ?? "";
        expect(line).not.toMatch(/^(#|[-+*>|]|\d+[.)] |={3}|-{3})/);
        expect(line.replaceAll(/\\(.)/g, "$1").replaceAll(/\s/g, "")).toBe(blockText(own).replaceAll(/\s/g, ""));
      }),
      { numRuns: 200 },
    );
  });
});
