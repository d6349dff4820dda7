import { readReportFile, writeReportFile } from "#collab";
import { assembleReport, composeReportFile, frozenReport } from "#comments";
import { exportReport } from "#docx";
import type { Report, RuleSet } from "#model";
import { checkReport, ruleSetInForce, say } from "#model";
import { describe, expect, it } from "vitest";
import { readDocx } from "../support/docx-reader.ts";
import { CATALOGUE, fixture, ruleSetOf, templateOf } from "./shipped.ts";

const ALL = [...CATALOGUE.ruleSets.values()];
const PARTY = ruleSetOf("party-05-2026");
const STATE = ruleSetOf("state-30-2020");

function own(presentation: string, ruleSet: RuleSet = STATE): RuleSet {
  return ruleSetInForce(ruleSet, { presentation });
}

const ROUND = { number: 1, openedAt: "2026-01-01T00:00:00.000Z" };

/** A report of a fixture with other fields, through JSON, its checks, the file and back. */
function throughFile(fields: Readonly<Record<string, string>>): { report: Report; sent: Report } {
  const given = fixture("ban-to-chuc-trung-uong-dang-uy");
  const json = JSON.stringify({ ...given, fields: { ...given.fields, ...fields }, rounds: [ROUND] });
  const input = CATALOGUE.check("report", JSON.parse(json), "report.json");
  let count = 0;
  const file = composeReportFile(input, templateOf(input.template), "own", {
    newId: () => `n${count++}`,
    now: "2026-01-01T00:00:00.000Z",
  });
  const read = readReportFile(
    writeReportFile(file),
    (manifest) => CATALOGUE.check("manifest", manifest, "manifest.json"),
    "keep",
  );
  const named = ruleSetOf(read.manifest.ruleSet);
  return { report: assembleReport(read, named, ALL), sent: frozenReport(read, named, undefined, ALL) };
}

describe("an organisation's own presentation", () => {
  it("takes the place of single values, by Vietnamese and English names and by paths", () => {
    const set = own(
      "lề phải = 20\nText size: 13,5\nbody.line = 18 pt\nDấu kết văn bản =\nphụ lục đánh số trang riêng = không\nBảng tổng hợp có cột số thứ tự = có",
    );
    expect(set.responses.numberedRows).toBe(true);
    expect(set.page.margin.right).toBe(20);
    expect(set.body.text.size).toBe(13.5);
    expect(set.body.line).toEqual({ rule: "exact", points: 18 });
    expect(set.body.endMark).toBe("");
    expect(set.appendix.restartPages).toBe(false);
    expect(own("giãn dòng = 1,5", PARTY).body.line).toEqual({ rule: "multiple", lines: 1.5 });
    expect(set.page.margin.left).toBe(STATE.page.margin.left);
    expect(set.heading.left).toBe(STATE.heading.left);
    expect(own("")).toBe(STATE);
  });

  it("leaves what it cannot use as the rule has it, and the check says which line that is", () => {
    const wrong = ["lề phải", "lề phải = rất rộng", "cỡ chữ = 99", "lề nào = 20", "page.font = Arial", "lề phải = -3"];
    const set = own([...wrong, "lề trái = 35"].join("\n"));
    expect({ ...set, page: { ...set.page, margin: STATE.page.margin } }).toMatchObject({
      page: STATE.page,
      body: STATE.body,
    });
    expect(set.page.margin.left).toBe(35);
    const { report } = throughFile({ presentation: wrong.join("\n") });
    const found = checkReport(report).filter(({ code }) => code === "presentation-wrong");
    expect(found.map(({ values }) => values["line"])).toEqual(wrong);
    expect(found.every(({ field, severity }) => field === "presentation" && severity === "warning")).toBe(true);
  });

  it("makes a rule set by its schema of every one, whatever is written", () => {
    const figures = [
      "0",
      "1",
      "3",
      "4",
      "5",
      "8",
      "10",
      "24",
      "30",
      "40",
      "60",
      "63",
      "80",
      "999",
      "1,15",
      "1.5",
      "18 pt",
      "60 pt",
    ];
    const texts = [...figures, "có", "không", "", "./.", "chữ ".repeat(80), "{archive}"];
    const names = Object.keys(settingNames());
    expect(names.length).toBeGreaterThan(15);
    let used = 0;
    for (const ruleSet of ALL) {
      for (const name of names) {
        for (const text of texts) {
          const set = own(`${name} = ${text}`, ruleSet);
          if (set !== ruleSet) used++;
          expect(() => CATALOGUE.check("rule-set", JSON.parse(JSON.stringify(set)), `${name} = ${text}`)).not.toThrow();
        }
      }
      const everything = own(names.map((name) => `${name} = 12`).join("\n"), ruleSet);
      CATALOGUE.check("rule-set", JSON.parse(JSON.stringify(everything)), "everything");
    }
    expect(used).toBeGreaterThan(500);
  });

  it("keeps the two columns as wide as the room between the margins", () => {
    for (const ruleSet of ALL) {
      const { page, heading, closing } = own("lề trái = 35\nlề phải = 20", ruleSet);
      const room = page.width - page.margin.left - page.margin.right;
      for (const [left, right] of [heading.columns, closing.columns]) expect(left + right).toBe(room);
    }
  });

  it("comes through JSON, the file, the draft sent out, and onto the paper", async () => {
    const { report, sent } = throughFile({ presentation: "lề phải = 20\ncỡ chữ = 15" });
    for (const each of [report, sent]) {
      expect(each.fields["presentation"]).toBe("lề phải = 20\ncỡ chữ = 15");
      expect(each.ruleSet.page.margin.right).toBe(20);
    }
    const { parts } = readDocx(await exportReport(report, "final"));
    expect(parts["word/document.xml"]).toMatch(/<w:pgMar [^>]*w:right="1134"/);
    expect(parts["word/styles.xml"]).toMatch(/<w:docDefaults>.*?<w:sz w:val="30"\/>/s);
  });
});

describe("the rule set in force", () => {
  const on = (date: string, named: RuleSet): string => ruleSetInForce(named, { date }, ALL).id;

  it("is the one of the family that holds on the report's date", () => {
    expect(on("2026-05-26", PARTY)).toBe("party-36-2018");
    expect(on("2026-05-27", PARTY)).toBe("party-05-2026");
    expect(on("2027-01-05", ruleSetOf("party-36-2018"))).toBe("party-05-2026");
    expect(on("2020-12-31", ruleSetOf("party-36-2018"))).toBe("party-36-2018");
    expect(throughFile({ date: "2022-01-05" }).report.ruleSet.id).toBe("party-36-2018");
    expect(throughFile({ date: "2027-01-05" }).report.ruleSet.id).toBe("party-05-2026");
  });

  it("is the one named where there is no date, or none that holds on it", () => {
    for (const date of ["", "hôm nay", "2026-02-30"]) expect(on(date, PARTY)).toBe("party-05-2026");
    expect(on("2017-01-01", PARTY)).toBe("party-05-2026");
    expect(on("2010-01-01", STATE)).toBe("state-30-2020");
  });
});

/** The Vietnamese names of what can be set, as the language files have them. */
function settingNames(): Record<string, string> {
  const paths = [
    ...["top", "bottom", "left", "right"].map((side) => `page.margin.${side}`),
    ...["size", "fromEdge", "onFirstPage"].map((key) => `page.pageNumber.${key}`),
    ...["number.text", "typeName.size", "subject.size"].map((key) => `heading.${key}`),
    ...["text.size", "firstLineIndent", "spaceBefore", "spaceAfter", "line", "endMark"].map((key) => `body.${key}`),
    ...["restartPages", "lyingFrom"].map((key) => `appendix.${key}`),
    ...["recipients.items.size", "recipients.last", "signature.space"].map((key) => `closing.${key}`),
  ];
  return Object.fromEntries(paths.map((path) => [say("vi", `presentation.${path}`), path]));
}
