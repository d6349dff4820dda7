import { beforeAll, describe, expect, it } from "vitest";
import { exportReport, readWordFile } from "#docx";
import type { Report } from "#model";
import type { Catalogue } from "#server";
import { anyHeadings, labelledWords } from "../support/any-headings.ts";
import { shippedCatalogue } from "../support/catalogue.ts";
import type { ReadDocx } from "../support/docx-reader.ts";
import { readDocx } from "../support/docx-reader.ts";
import { packageFaults } from "../support/package-faults.ts";
import { random } from "../support/random.ts";
import { block, sampleReport } from "../support/sample-report.ts";

const ROUNDS = 40;

let catalogue: Catalogue;
let reports: Report[];
let files: ReadDocx[];
let bytes: Uint8Array[];

beforeAll(async () => {
  catalogue = await shippedCatalogue();
  reports = Array.from({ length: ROUNDS }, (_, seed) => anyHeadings(catalogue, random(seed)));
  bytes = await Promise.all(reports.map((report) => exportReport(report, "final")));
  files = bytes.map(readDocx);
});

function numbering({ parts }: ReadDocx): string {
  return parts["word/numbering.xml"] ?? "";
}

describe("the numbers of a Word file", () => {
  it("are those of the screen, wherever headings stand and however a rule set numbers them", () => {
    let restarts = 0;
    let typed = 0;
    for (const [index, report] of reports.entries()) {
      const file = files[index] ?? fail();
      const end = report.ruleSet.body.endMark;
      const { titles, blocks } = labelledWords(report);
      const shown = new Map(file.paragraphs.flatMap((each) => each.bookmarks.map((name) => [name, each] as const)));
      let printed = 0;
      for (const [node, title] of titles) {
        const paragraph = shown.get(`_tks_${node.replaceAll("-", "_")}`);
        if (paragraph) expect(paragraph.shown, `report ${index}`).toBe(title);
        if (paragraph) printed++;
      }
      expect(printed).toBeGreaterThan(3);
      for (const { words, label } of blocks) {
        const paragraph = file.paragraphs.find(({ text }) => text.includes(words));
        if (!paragraph) continue;
        const line = label === "" ? words : `${label} ${words}`;
        expect([line, line + end], `report ${index}`).toContain(paragraph.shown);
        if (label !== "" && paragraph.text.startsWith(label)) typed++;
      }
      restarts += numbering(file).match(/startOverride/g)?.length ?? 0;
      expect(packageFaults(file.parts)).toEqual([]);
    }
    // The reports are such that lists begin anew, and that some labels cannot be counted.
    expect(restarts).toBeGreaterThan(20);
    expect(typed).toBeGreaterThan(20);
  });

  it("are what reading the file back says", () => {
    for (const [index, file] of files.entries()) {
      const read = readWordFile(bytes[index] ?? fail());
      const labels = new Map(
        read.paragraphs.flatMap(({ bookmarks, list }) =>
          bookmarks.map(({ name }) => [name, list?.label ?? ""] as const),
        ),
      );
      for (const { shown, text, bookmarks } of file.paragraphs) {
        for (const name of bookmarks) expect(labels.get(name)).toBe(shown.slice(0, shown.length - text.length).trim());
      }
    }
  });

  it("are counted by Word in every family, but for letters and ordinal words", async () => {
    for (const template of catalogue.templates.values()) {
      for (const ruleSet of catalogue.ruleSets.values()) {
        const report = sampleReport(template, ruleSet);
        const { titles } = labelledWords(report);
        const { paragraphs } = readDocx(await exportReport(report, "final"));
        const typed = paragraphs.flatMap(({ bookmarks, text, shown }) =>
          bookmarks.some((name) => name.startsWith("_tks_")) && text === shown ? [text] : [],
        );
        const bare = [...titles.values()].filter((title) => /^(?:Phần thứ|Phụ lục|\p{Ll}\) )/u.test(title));
        expect(typed, `${template.id} by ${ruleSet.id}`).toEqual(bare);
      }
    }
  });

  it("are of levels that their styles name, and of no list that nothing is in", () => {
    for (const file of files) {
      const styles = file.parts["word/styles.xml"] ?? "";
      const instances = new Map(
        [...numbering(file).matchAll(/<w:num w:numId="(\d+)"><w:abstractNumId w:val="(\d+)"/g)].map(
          ([, id = "", list = ""]) => [id, list] as const,
        ),
      );
      const definitions = [...numbering(file).matchAll(/<w:abstractNum w:abstractNumId="(\d+)".*?<\/w:abstractNum>/gs)];
      expect(new Set(instances.values())).toEqual(new Set(definitions.map(([, id = ""]) => id)));
      let linked = 0;
      for (const [definition, id] of definitions) {
        for (const [, level, style] of definition.matchAll(
          /<w:lvl w:ilvl="(\d)">(?:(?!<\/w:lvl>).)*<w:pStyle w:val="(\w+)"/g,
        )) {
          const own = new RegExp(`w:styleId="${style}">.*?<w:ilvl w:val="(\\d)"/><w:numId w:val="(\\d+)"/>`).exec(
            styles,
          );
          expect([own?.[1], instances.get(own?.[2] ?? "")]).toEqual([level, id]);
          linked++;
        }
      }
      expect(linked).toBeGreaterThan(1);
    }
  });

  it("stand apart from words in braces", async () => {
    const [report] = reports;
    const [slot = ""] = Object.keys(report?.slots ?? {});
    const words = 'Mẫu {tk-1} và <w:numId w:val="{tk-2}"/>';
    const made = await exportReport({ ...(report ?? fail()), slots: { [slot]: [block("b", words)] } }, "final");
    expect(readDocx(made).paragraphs.map(({ text }) => text.replace("./.", ""))).toContain(words);
  });
});

function fail(): never {
  throw new Error("there are as many files as reports");
}
