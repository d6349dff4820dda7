import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exportReport } from "#docx";
import type { CommentThread, Report } from "#model";
import { responseCsv, responseData, responseTable } from "#model";
import { readDocx } from "../support/docx-reader.ts";
import { decision, PEOPLE, sampleReport, thread } from "../support/sample-report.ts";
import { COMMITTEE, PARTY_RULES } from "./shipped.ts";

const SECOND = PEOPLE[3];
const validated = { validatedBy: "chair", validatedAt: "2022-01-05T00:00:00.000Z" };

function reportWith(threads: readonly CommentThread[]): Report {
  const agreeing = { id: "dong-y", name: "Đại biểu Mẫu Đồng Ý", unit: "Chi bộ 9", role: "delegate" } as const;
  return {
    ...sampleReport(COMMITTEE, PARTY_RULES, { threads, people: [...PEOPLE, agreeing] }),
    stances: [{ author: "dong-y", round: 1, agrees: true, createdAt: "2022-01-03T00:00:00.000Z" }],
  };
}

const REPORT = reportWith([
  thread("c1", { scope: "report" }, { comment: { text: 'Nói "gọn",\nhai dòng' } }),
  thread("c2", { scope: "slot", slot: "ideology" }, { decision: decision("c2", validated) }),
  thread(
    "c3",
    { scope: "slot", slot: "ideology" },
    {
      ...(SECOND ? { author: SECOND } : {}),
      mergedWith: "c2",
      decision: { ...decision("c2", validated), covers: ["c3"] },
      comment: { text: "- gạch đầu dòng", kind: "add" },
    },
  ),
  thread("c4", { scope: "slot", slot: "lessons" }, { decision: decision("c4", { outcome: "keep", response: "=2+2" }) }),
  thread("c5", { scope: "slot", slot: "lessons" }, { comment: { withdrawn: true } }),
]);

/** A table by RFC 4180, read strictly: what breaks its rules throws. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"(?<quoted>(?:[^"]|"")*)"|(?<plain>[^",\r\n]*))(?<end>,|\r\n)/y;
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text)?.groups;
    if (!found) throw new Error("no cell");
    row.push(found["quoted"]?.replaceAll('""', '"') ?? found["plain"] ?? "");
    if (found["end"] !== "\r\n") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

describe("the response table for spreadsheets", () => {
  const text = responseCsv(REPORT);

  it("is UTF-8 with its mark, by RFC 4180, with as many cells in every line", () => {
    expect(text.startsWith("\ufeff")).toBe(true);
    const rows = readCsv(text.slice(1));
    expect(rows[0]?.slice(0, 4)).toEqual(["TT", "Mục", "Đoạn được góp ý", "Chủ thể góp ý"]);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    expect(rows.slice(1).map(([number, , , , comments]) => [number, comments])).toEqual([
      ["1", "1"],
      ["2", "2"],
      ["3", "1"],
    ]);
    expect(rows[1]?.[7]).toBe('Nói "gọn",\nhai dòng');
    expect(rows[2]?.[3]).toBe("Đại biểu Mẫu Một, Chi bộ 1; Đại biểu Mẫu Hai, Chi bộ 2");
    expect(rows[2]?.[5]).toBe("Làm rõ; Bổ sung");
    expect(rows[2]?.[11]).toBe("đã duyệt");
    expect(rows[3]?.slice(10, 13)).toEqual(["Đề xuất giữ nguyên theo dự thảo", "chờ chủ trì duyệt", "'=2+2"]);
  });

  it("names the words that a proposed wording is for, also of a comment on several places", () => {
    const quote = (exact: string) => ({ exact, prefix: "", suffix: "" });
    const range = (exact: string) => ({
      slot: "lessons",
      anchor: { start: "", end: "" },
      quote: quote(exact),
    });
    const target = { scope: "range" as const, ...range("chưa nghiêm"), also: [range("còn chậm")] };
    const report = reportWith([
      thread("c1", target, { comment: { proposal: "chưa thật nghiêm" } }),
      thread("c2", { scope: "range", ...range("còn chậm") }, { comment: { text: "Nêu rõ." } }),
    ]);
    const [head = [], ...rows] = readCsv(responseCsv(report).slice(1));
    const column = (name: string) => rows.map((row) => row[head.indexOf(name)]);
    expect(column("Đoạn được góp ý")).toEqual(["chưa nghiêm […] còn chậm", "còn chậm"]);
    expect(column("Câu chữ đề nghị sửa")).toEqual(["chưa nghiêm", ""]);
    expect(column("Câu sửa đề nghị")).toEqual(["chưa thật nghiêm", ""]);
    const remarks = responseData(report).groups.flatMap((group) => group.rows.flatMap((row) => row.remarks));
    expect(remarks.map(({ replaces }) => replaces)).toEqual(["chưa nghiêm", null]);
  });

  it("holds no cell that a spreadsheet takes for a formula, whatever people write, and loses none of it", () => {
    const start = fc.constantFrom(
      "",
      "=",
      "+",
      "-",
      "@",
      "\t=",
      " =",
      "＝",
      "＋",
      "－",
      "＠",
      "\r\n@",
      "|",
      "'=",
      '"=',
    );
    fc.assert(
      fc.property(start, fc.string({ unit: "binary" }), start, (a, words, b) => {
        const said = `${a}${words}x`;
        const one = thread("c1", { scope: "report" }, { comment: { text: said, proposal: `${b}y` } });
        const rows = readCsv(responseCsv(reportWith([one])).slice(1));
        for (const cell of rows.flat()) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠|]/u);
        expect(rows).toHaveLength(2);
        expect(rows[1]?.[7]?.replace(/^'(?='*(?:\s*[=+\-@＝＋－＠|]|[\t\r\n]))/u, "")).toBe(said);
      }),
    );
  });
});

describe("the response table for programs", () => {
  it("fits its schema, which nothing else fits", () => {
    const path = join(import.meta.dirname, "../../schemas/response-table.schema.json");
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false });
    const validate = ajv.compile(JSON.parse(readFileSync(path, "utf8")));
    const data: unknown = JSON.parse(JSON.stringify(responseData(REPORT)));
    expect(validate(data), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...responseData(REPORT), counts: {} })).toBe(false);
    expect(validate({ ...responseData(REPORT), version: 2 })).toBe(false);
  });

  it("says what became of the text, each place once, and so does the one for spreadsheets", () => {
    const line = { before: "còn chậm", after: "vẫn còn chậm" };
    const changes = new Map([
      ["c2", { since: "v1", changed: true, lines: [line], before: [], after: [] }],
      ["c3", { since: "v1", changed: true, lines: [line], before: [], after: [] }],
      ["c4", { since: "v1", changed: false, lines: [], before: [], after: [] }],
    ]);
    const told = responseData(REPORT, changes).groups.flatMap((group) => group.rows.map((row) => row.change));
    expect(told).toEqual([null, { changed: true, lines: [line] }, { changed: false, lines: [] }]);
    const cells = readCsv(responseCsv(REPORT, changes).slice(1)).map((row) => row.at(-1));
    expect(cells).toEqual(["Sửa trong văn bản", "", "đã sửa", "chưa sửa"]);
  });

  it("names those who agree", () => {
    expect(responseData(REPORT).agreeing.map(({ name }) => name)).toEqual(["Đại biểu Mẫu Đồng Ý"]);
  });
});

describe("the counts", () => {
  it("are the same on the screen and in every file", async () => {
    const { counts } = responseTable(REPORT);
    expect(counts).toMatchObject({ comments: 4, open: 1, proposed: 1, answered: 2, agreed: 1, commented: 2 });
    const data = responseData(REPORT);
    expect(data.counts).toEqual(counts);
    const rows = data.groups.flatMap((group) => group.rows);
    const sum = (of: (row: (typeof rows)[number]) => boolean): number =>
      rows.filter(of).reduce((total, row) => total + row.ids.length, 0);
    expect(sum(() => true)).toBe(counts.comments);
    expect(sum(({ outcome }) => outcome === null)).toBe(counts.open);
    for (const outcome of ["accept", "partly", "keep", "later"] as const) {
      expect(sum((row) => row.outcome === outcome)).toBe(counts.byOutcome[outcome]);
    }
    const csv = readCsv(responseCsv(REPORT).slice(1)).slice(1);
    expect(csv.reduce((total, row) => total + Number(row[4]), 0)).toBe(counts.comments);
    const printed = readDocx(await exportReport(REPORT, "responses")).paragraphs.map((paragraph) => paragraph.text);
    const told = printed.join("\n");
    expect(told).toContain(`tổng số ý kiến nhận được: ${counts.comments}.`);
    expect(told).toContain(`Chủ trì đã duyệt ${counts.answered}; chờ duyệt ${counts.proposed}`);
    expect(told).toContain("Những người thống nhất với dự thảo: Đại biểu Mẫu Đồng Ý, Chi bộ 9.");
  });
});
