import { beforeAll, describe, expect, it } from "vitest";
import { exportReport } from "#docx";
import type { Report } from "#model";
import { anyHeadings, labelledWords } from "../support/any-headings.ts";
import { shippedCatalogue } from "../support/catalogue.ts";
import { convertWithOffice } from "../support/office.ts";
import { random } from "../support/random.ts";

const ROUNDS = 40;

let reports: Report[];
let texts: string[];

beforeAll(async () => {
  const catalogue = await shippedCatalogue();
  reports = Array.from({ length: ROUNDS }, (_, seed) => anyHeadings(catalogue, random(1000 + seed)));
  const files = await Promise.all(reports.map((report) => exportReport(report, "final")));
  texts = (await convertWithOffice(files, "txt")).map((bytes) => new TextDecoder().decode(bytes));
}, 400_000);

describe("numbers as LibreOffice counts them", () => {
  it("are those of the screen, wherever headings stand and however a rule set numbers them", () => {
    let seen = 0;
    const wrong: string[] = [];
    for (const [index, report] of reports.entries()) {
      // Signs of items are written as dots into plain text; lines of a title come apart.
      const lines = (texts[index] ?? "").split("\n").map((line) => line.replace("\uFEFF", "").trim());
      const { titles, blocks } = labelledWords(report);
      for (const title of titles.values()) {
        for (const part of title.split("\n")) {
          if (!lines.includes(part.trim())) wrong.push(`report ${index} has no line “${part}”`);
        }
      }
      for (const { words, label } of blocks.filter((each) => !["-", "+"].includes(each.label))) {
        const line = lines.find((each) => each.includes(words))?.replace("./.", "");
        const expected = label === "" ? words : `${label} ${words}`;
        if (line !== undefined && line !== expected) wrong.push(`report ${index}: “${line}” is not “${expected}”`);
        seen++;
      }
    }
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(seen).toBeGreaterThan(400);
  });
});
