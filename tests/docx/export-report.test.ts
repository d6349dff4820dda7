import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { ExportKind } from "#docx";
import { exportReport } from "#docx";
import type { Report, RuleSet, Template } from "#model";
import { blockLabels, blockText, numberOutline, slotsOf } from "#model";
import type { Catalogue } from "#server";
import { shippedCatalogue } from "../support/catalogue.ts";
import type { ReadParagraph } from "../support/docx-reader.ts";
import { checkWellFormed, readDocx } from "../support/docx-reader.ts";
import { block, FIELDS, sampleReport } from "../support/sample-report.ts";

const KINDS: readonly ExportKind[] = ["final", "draft", "for-comment", "responses"];

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await shippedCatalogue();
});

function template(id: string): Template {
  const found = catalogue.templates.get(id);
  if (!found) throw new Error(`no template ${id}`);
  return found;
}

function ruleSet(id: string): RuleSet {
  const found = catalogue.ruleSets.get(id);
  if (!found) throw new Error(`no rule set ${id}`);
  return found;
}

function sample(id: string, change: Parameters<typeof sampleReport>[2] = {}): Report {
  const chosen = template(id);
  return sampleReport(chosen, ruleSet(chosen.ruleSet), change);
}

async function read(report: Report, as: ExportKind = "final"): Promise<ReturnType<typeof readDocx>> {
  return readDocx(await exportReport(report, as));
}

function texts(paragraphs: readonly ReadParagraph[]): string[] {
  return paragraphs.map((paragraph) => paragraph.shown);
}

/** What the outline and the labels of the model say should stand between subject and signature, one line a paragraph. */
function expectedBody(report: Report): string[] {
  return numberOutline(report.template, report.ruleSet, report.fields).flatMap(({ slot, entry, before }) => {
    const titles = [...before, entry].flatMap(({ format, label, title }) => {
      if (!format) return [];
      return [format.labelAbove ? `${label}\n${title}` : label === "" ? title : `${label} ${title}`];
    });
    const blocks = report.slots[slot.id] ?? [];
    const labels = blockLabels(report.ruleSet, entry.path, blocks, 0);
    const lines = blocks.flatMap((each, index) => {
      const text = blockText(each);
      if (text.trim() === "" && each.kind !== "heading") return [];
      return [labels[index] ? `${labels[index]} ${text}` : text];
    });
    return [...titles, ...lines];
  });
}

describe("the final text", () => {
  it("holds every title once and every block in order, labelled as on the screen, in every template and rule set", async () => {
    for (const chosen of catalogue.templates.values()) {
      for (const rules of catalogue.ruleSets.values()) {
        const report = sampleReport(chosen, rules);
        const { paragraphs } = await read(report);
        const end = rules.body.endMark;
        const printed = texts(paragraphs.filter(({ inTable }) => !inTable)).filter((text) => text !== "");
        const expected = expectedBody(report);
        const lines = new Set(expected);
        const body = printed.map((text) => (end !== "" && text.endsWith(end) ? text.slice(0, -end.length) : text));
        expect(body.filter((text) => lines.has(text))).toEqual(expected);
        expect(printed.filter((text) => end !== "" && text.endsWith(end))).toHaveLength(end === "" ? 0 : 1);
      }
    }
  });

  it("is a well formed package of every kind with no paragraph left empty to make room", async () => {
    for (const chosen of catalogue.templates.values()) {
      for (const rules of catalogue.ruleSets.values()) {
        for (const as of KINDS) {
          const { parts, paragraphs } = await read(sampleReport(chosen, rules), as);
          checkWellFormed(parts);
          const empty = paragraphs.filter(
            ({ text, style, inTable }) => text === "" && style !== "TkDuongKe" && !inTable,
          );
          expect(empty).toEqual([]);
        }
      }
    }
  });

  it("keeps every title with what follows, signs off on one page, and leaves no line of a paragraph alone", async () => {
    for (const rules of catalogue.ruleSets.values()) {
      const { parts } = await read(sampleReport(template("party-committee"), rules));
      const styles = parts["word/styles.xml"] ?? "";
      const of = (id: string): string =>
        new RegExp(`<w:style [^>]*w:styleId="${id}".*?</w:style>`, "s").exec(styles)?.[0] ?? "";
      const titles = ["TkPhan", "TkPhuLuc", ...rules.numbering.levels.map((_, depth) => `TkMuc${depth + 1}`)];
      for (const id of [...titles, "TkNoiNhan", "TkChuKy", "TkTenBang"]) expect(of(id), id).toContain("<w:keepNext/>");
      expect(/<w:pPrDefault>.*?<\/w:pPrDefault>/s.exec(styles)?.[0]).toContain("<w:widowControl/>");
      expect(of("TkLoiVan")).toContain("<w:widowControl/>");
    }
  });

  it("takes paper, margins, sizes, indents and line pitch from the rule set", async () => {
    for (const rules of catalogue.ruleSets.values()) {
      const { parts } = await read(sampleReport(template("party-cell"), rules));
      const document = parts["word/document.xml"] ?? "";
      const styles = parts["word/styles.xml"] ?? "";
      const twips = (mm: number): number => Math.round((mm * 1440) / 25.4);
      const { margin, pageNumber } = rules.page;
      for (const [side, value] of Object.entries(margin)) expect(document).toContain(`w:${side}="${twips(value)}"`);
      expect(document).toContain(`w:header="${twips(pageNumber.fromEdge)}"`);
      expect(document).toContain(`w:w="${twips(rules.page.width)}" w:h="${twips(rules.page.height)}"`);
      const body = /<w:style [^>]*w:styleId="TkLoiVan".*?<\/w:style>/s.exec(styles)?.[0] ?? "";
      expect(body).toContain(`w:firstLine="${twips(rules.body.firstLineIndent)}"`);
      expect(body).toContain('w:jc w:val="both"');
      expect(body).toContain(`w:before="${rules.body.spaceBefore * 20}"`);
      const { line } = rules.body;
      expect(body).toContain(
        line.rule === "exact"
          ? `w:line="${line.points * 20}" w:lineRule="exact"`
          : `w:line="${Math.round(line.lines * 240)}" w:lineRule="auto"`,
      );
      const defaults = /<w:docDefaults>.*?<\/w:docDefaults>/s.exec(styles)?.[0] ?? "";
      expect(defaults).toContain(`<w:sz w:val="${rules.body.text.size * 2}"/>`);
      for (const slot of ["ascii", "hAnsi", "cs", "eastAsia"])
        expect(defaults).toContain(`w:${slot}="${rules.page.font}"`);
      expect(defaults).toContain('w:lang w:val="vi-VN"');
    }
  });

  it("opens a Party report with the star, the Party line, a number without a colon and the row of hyphens", async () => {
    const { paragraphs } = await read(sample("party-committee"));
    expect(texts(paragraphs).slice(0, 11)).toEqual([
      "Đảng bộ tỉnh Mẫu",
      "Đảng ủy xã Mẫu",
      "*",
      "ĐẢNG CỘNG SẢN VIỆT NAM",
      "",
      "Số 07-BC/ĐU",
      "Hà Nội, ngày 05 tháng 01 năm 2022",
      "BÁO CÁO",
      "tổng kết công tác năm 2021 và phương hướng, nhiệm vụ năm 2022",
      "-----",
      expect.stringContaining("Năm qua, tập thể"),
    ]);
  });

  it("opens a State report with the motto, a number with a colon and the addressees, and ends it with its mark", async () => {
    const fields = { ...FIELDS, symbol: "BC-SNV", addressee: "Ủy ban nhân dân tỉnh\nSở Tài chính" };
    const { paragraphs } = await read(sample("state-office", { fields }));
    const all = texts(paragraphs);
    expect(all).toEqual(expect.arrayContaining(["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]));
    expect(all).toEqual(
      expect.arrayContaining(["Số: 07/BC-SNV", "Kính gửi:", "- Ủy ban nhân dân tỉnh;", "- Sở Tài chính."]),
    );
    expect(all.filter((text) => text.endsWith("./."))).toHaveLength(1);
    expect(all).toContain("(Kèm theo Báo cáo số 07/BC-SNV ngày 05 tháng 01 năm 2022 của Đảng ủy xã Mẫu)");
  });

  it("draws the rule below the motto as long as the motto is", async () => {
    const { paragraphs } = await read(sample("state-office"));
    const at = paragraphs.findIndex(({ text }) => text === "Độc lập - Tự do - Hạnh phúc");
    const rule = paragraphs[at + 1]?.properties ?? {};
    const column = (ruleSet("state-30-2020").heading.columns[1] * 1440) / 25.4;
    const length = (column - Number(rule["ind.left"]) - Number(rule["ind.right"])) / 20;
    // Measured in Times New Roman, 14 points bold.
    expect(length).toBeGreaterThan(168);
    expect(length).toBeLessThan(176);
  });

  it("closes with recipients and signature, kept on one page with the last words", async () => {
    const { paragraphs } = await read(sample("party-committee"));
    const closing = paragraphs.filter(({ style }) => style === "TkNoiNhan" || style === "TkChuKy");
    expect(texts(closing)).toEqual([
      "Nơi nhận:",
      "- Ban Thường vụ Tỉnh ủy;",
      "- Các chi bộ trực thuộc;",
      "- Lưu Đảng ủy.",
      "T/M ĐẢNG ỦY",
      "BÍ THƯ",
      "Người Ký Mẫu",
    ]);
    const first = closing[0];
    const before = first ? paragraphs[paragraphs.indexOf(first) - 1] : undefined;
    expect(before?.properties["keepNext"]).toBe("true");
  });

  it("leaves room for a number and a day not given yet, and names what else is missing", async () => {
    const fields = { year: "2021", symbol: "BC/ĐU", place: "Hà Nội" };
    const all = texts((await read(sample("party-committee", { fields }))).paragraphs);
    expect(all.some((text) => /^Số \u00a0+-BC\/ĐU$/.test(text))).toBe(true);
    expect(all.some((text) => /^Hà Nội, ngày \u00a0+ tháng \u00a0+ năm \u00a0+$/.test(text))).toBe(true);
    expect(all).toEqual(expect.arrayContaining(["[Cơ quan ban hành]", "[Họ tên người ký]"]));
    expect(all.join("\n")).not.toMatch(/[{}]/);
  });

  it("prints the title of an empty slot and nothing below it, and leaves out an empty appendix", async () => {
    const report = sample("party-committee", { empty: ["opening", "advantages", "appendix-figures"] });
    const { paragraphs } = await read(report);
    const all = texts(paragraphs);
    expect(all).toContain("2. Thuận lợi");
    expect(all[all.indexOf("2. Thuận lợi") + 1]).toBe("3. Khó khăn");
    expect(all).not.toContain("Phụ lục\nBiểu số liệu công tác năm 2021");
    const full = sample("party-committee");
    expect(texts((await read(full)).paragraphs)).toContain("Phụ lục\nBiểu số liệu công tác năm 2021");
  });

  it("bears page numbers from the second page on", async () => {
    const { parts } = await read(sample("party-cell"));
    const headers = Object.entries(parts).filter(([name]) => name.startsWith("word/header"));
    expect(headers.filter(([, xml]) => xml.includes("PAGE"))).toHaveLength(1);
    expect(parts["word/document.xml"]).toContain("<w:titlePg/>");
  });

  it("names its styles in Vietnamese and gives titles their outline levels", async () => {
    const { parts } = await read(sample("party-committee"));
    const styles = parts["word/styles.xml"] ?? "";
    for (const name of ["Phần", "Đề mục cấp 1", "Lời văn", "Trích yếu", "Nơi nhận"]) {
      expect(styles).toContain(`<w:name w:val="${name}"/>`);
    }
    const level = (id: string): string | undefined =>
      new RegExp(`w:styleId="${id}".*?w:outlineLvl w:val="(\\d)"`, "s").exec(styles)?.[1];
    expect([level("TkPhan"), level("TkMuc1"), level("TkMuc2")]).toEqual(["0", "1", "2"]);
  });

  it("puts a bookmark of its own on every block and title", async () => {
    const report = sample("party-committee");
    const { paragraphs } = await read(report);
    const names = paragraphs.flatMap(({ bookmarks }) => bookmarks);
    expect(new Set(names).size).toBe(names.length);
    for (const each of Object.values(report.slots).flat())
      expect(names).toContain(`_tkb_${each.id.replaceAll("-", "_")}`);
    for (const name of names) expect(name).toMatch(/^[A-Za-z_]\w{0,39}$/);
  });

  it("keeps marks on exactly their words", async () => {
    const content = [
      block("b1", [
        { text: "đậm", marks: ["strong"] },
        { text: " và ", marks: [] },
        { text: "nghiêng gạch", marks: ["em", "underline"] },
      ]),
    ];
    const report = sample("party-cell");
    const { paragraphs } = await read({ ...report, slots: { ...report.slots, opening: content } });
    const runs = paragraphs.find(({ text }) => text === "đậm và nghiêng gạch")?.runs;
    expect(runs).toEqual([
      { text: "đậm", bold: true, italic: false, underline: false },
      { text: " và ", bold: false, italic: false, underline: false },
      { text: "nghiêng gạch", bold: false, italic: true, underline: true },
    ]);
  });

  it("drops characters that XML cannot hold and keeps all others", async () => {
    const text = 'a\u0000b\u0008c\ufffed\uffffe\ud800f 😀 \tg\u000bh & <i> "j" ]]> \u2028k';
    const report = sample("party-cell", { fields: { ...FIELDS, organisation: 'Đảng ủy\u0001 <Mẫu> & "Hai"' } });
    const { paragraphs, parts } = await read({ ...report, slots: { ...report.slots, opening: [block("b1", text)] } });
    checkWellFormed(parts);
    expect(texts(paragraphs)).toContain('abcdef 😀 \tg\nh & <i> "j" ]]> \nk');
    expect(texts(paragraphs)).toContain('Đảng ủy <Mẫu> & "Hai"');
  });

  it("tells progress up to the end", async () => {
    const calls: [number, number][] = [];
    await exportReport(sample("party-committee"), "final", { onProgress: (done, total) => calls.push([done, total]) });
    expect(calls.length).toBeGreaterThan(3);
    expect(calls.every(([done], index) => index === 0 || done > (calls[index - 1]?.[0] ?? 0))).toBe(true);
    const last = calls.at(-1);
    expect(last?.[0]).toBe(last?.[1]);
    const blocks = slotsOf(template("party-committee")).flatMap(({ id }) => sample("party-committee").slots[id] ?? []);
    expect(last?.[1]).toBe(blocks.length + 1);
  });
});

describe("the bytes of an export", () => {
  it("are the same each time and in every time zone", async () => {
    const hash = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
    const report = sample("party-committee");
    const first = [];
    for (const as of KINDS) first.push(hash(await exportReport(report, as)));
    for (const [index, as] of KINDS.entries()) expect(hash(await exportReport(report, as))).toBe(first[index]);
    const root = join(import.meta.dirname, "..", "..");
    for (const zone of ["UTC", "Asia/Ho_Chi_Minh", "America/St_Johns"]) {
      const out = execFileSync(process.execPath, ["--import", "tsx", join(root, "tests/docx/hash-export.ts")], {
        cwd: root,
        env: { ...process.env, TZ: zone },
        input: JSON.stringify(report),
        encoding: "utf8",
      });
      expect(out.trim().split("\n")).toEqual(first);
    }
  });
});
