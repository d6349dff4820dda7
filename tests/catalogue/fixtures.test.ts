import { assembleReport, composeReportFile } from "#comments";
import type { BlockInput, CommentInput, Report, ReportInput } from "#model";
import {
  blockText,
  cellText,
  checkReport,
  checkTotals,
  emptyTable,
  isUnplaced,
  OUTCOMES,
  readNumber,
  responseTable,
  slotsOf,
  tableOfInput,
  threadState,
} from "#model";
import { describe, expect, it } from "vitest";
import type { Fixture } from "./shipped.ts";
import { FIXTURES, fixture, ruleSetOf, templateOf } from "./shipped.ts";

const PARTY = "vien-khoa-hoc-to-chuc-nha-nuoc-dang-uy";

function words(block: BlockInput): string {
  if (typeof block === "string") return block;
  const text = typeof block.text === "string" ? block.text : block.text.map((run) => run.text).join("");
  if (!("rows" in block)) return text;
  const { rows } = tableOfInput(block, "");
  return [text, ...rows.flatMap((row) => row.cells.map(cellText))].join("\n");
}

function bodyOf(report: ReportInput): string {
  return Object.values(report.slots).flat().map(words).join("\n");
}

function commentsOf(report: ReportInput): readonly CommentInput[] {
  return report.comments ?? [];
}

function times(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** The report as the program makes it from a fixture. */
function composed(report: ReportInput): Report {
  let n = 0;
  const template = templateOf(report.template);
  const composer = { newId: () => `id${++n}`, now: "2022-12-31T00:00:00.000Z" };
  return assembleReport(composeReportFile(report, template, "fixture", composer), ruleSetOf(template.ruleSet));
}

describe("the fixtures", () => {
  it("are seven samples, one of them for 2022", () => {
    expect(FIXTURES.map(({ report }) => [report.template, report.fields["year"], report.sample])).toEqual([
      ["party-committee", "2021", true],
      ["party-committee", "2022", true],
      ["party-committee", "2021", true],
      ["party-committee", "2021", true],
      ["union", "2021", true],
      ["party-committee", "2021", true],
      ["youth", "2021", true],
    ]);
  });

  it.each(FIXTURES)("are composed letters without spaces that do not break: $name", ({ text }) => {
    expect(text).toBe(text.normalize("NFC"));
    expect(text).not.toMatch(/[\u00a0\u200b\u00ad\ufeff]/);
  });

  it.each(FIXTURES)("hold every slot of their template in its order: $name", ({ report }) => {
    expect(Object.keys(report.slots)).toEqual(slotsOf(templateOf(report.template)).map((slot) => slot.id));
  });

  it.each(FIXTURES)("quote words that stand once in one block of the slot: $name", ({ report }) => {
    for (const { slot, quote } of commentsOf(report)) {
      if (quote === undefined) continue;
      const hits = (report.slots[slot ?? ""] ?? []).map((block) => times(words(block), quote));
      expect(
        hits.filter((count) => count > 0),
        quote,
      ).toEqual([1]);
    }
  });

  it.each(FIXTURES)("let sample people speak in their role, in their round: $name", ({ report }) => {
    const people = new Map((report.people ?? []).map((person) => [person.id, person]));
    const roleOf = (id: string): string | undefined => people.get(id)?.role;
    for (const person of people.values()) expect(person.name).toMatch(/ mẫu(?: \d+)?$/);
    for (const comment of commentsOf(report)) {
      expect(roleOf(comment.author)).toBe("delegate");
      const round = report.rounds?.find(({ number }) => number === comment.round);
      expect(round?.openedAt.localeCompare(comment.createdAt)).toBeLessThan(0);
      expect(comment.createdAt.localeCompare(round?.closedAt ?? "9")).toBeLessThan(0);
      const { decision } = comment;
      if (decision) {
        expect(roleOf(decision.proposedBy)).toBe("drafter");
        expect(comment.createdAt < decision.proposedAt).toBe(true);
        expect(decision.outcome === "accept" || decision.response !== "").toBe(true);
      }
      if (decision?.validatedBy !== undefined) {
        expect(roleOf(decision.validatedBy)).toBe("chair");
        expect(decision.proposedAt < (decision.validatedAt ?? "")).toBe(true);
      }
      for (const reply of comment.replies ?? []) expect(comment.createdAt < reply.createdAt).toBe(true);
    }
  });

  it.each(FIXTURES)("become reports whose comments all find their place and whose typing is clean: $name", (entry) => {
    const report = composed(entry.report);
    expect(report.threads).toHaveLength(commentsOf(entry.report).length);
    expect(report.threads.filter(isUnplaced)).toEqual([]);
    const slips = checkReport(report).filter(({ code }) => /^typing|^year|^date|unplaced|response/.test(code));
    expect(slips).toEqual([]);
  });

  it("show every state and every outcome, in rounds open and closed", () => {
    const threads = FIXTURES.flatMap(({ report }) => composed(report).threads);
    expect(new Set(threads.map(threadState))).toEqual(new Set(["withdrawn", "open", "proposed", "validated"]));
    for (const state of ["proposed", "validated"]) {
      const outcomes = threads.filter((thread) => threadState(thread) === state).map((t) => t.decision?.outcome);
      expect(OUTCOMES.filter((outcome) => !outcomes.includes(outcome))).toEqual([]);
    }
    const rounds = FIXTURES.flatMap(({ report }) => report.rounds ?? []);
    expect(rounds.some((round) => round.closedAt === undefined)).toBe(true);
    expect(rounds.some((round) => round.closedAt !== undefined)).toBe(true);
    expect(new Set(threads.map((thread) => thread.comment.target.scope))).toEqual(new Set(["range", "slot", "report"]));
  });
});

describe("the first fixture", () => {
  const report = composed(fixture(PARTY));

  it("has comments by many delegates in one open round, with replies, proposals and one withdrawn", () => {
    const { counts } = responseTable(report);
    expect(counts.comments).toBeGreaterThanOrEqual(12);
    expect(counts.commented).toBeGreaterThanOrEqual(6);
    expect(counts.silent).toBeGreaterThan(0);
    expect(report.rounds.map((round) => round.closedAt)).toEqual([undefined]);
    expect(report.threads.filter(({ comment }) => comment.withdrawn)).toHaveLength(1);
    expect(report.threads.filter(({ replies }) => replies.length > 1)).toHaveLength(1);
    expect(report.threads.filter(({ comment }) => comment.proposal !== undefined).length).toBeGreaterThan(2);
  });

  it("has the same remark by two delegates, which the table merges", () => {
    const merged = responseTable(report)
      .groups.flatMap((group) => group.rows)
      .filter((row) => row.contributors.length > 1);
    expect(merged).toMatchObject([{ quote: "chưa nghiêm", state: "open" }]);
  });

  it("asks for clearer results, firmer shortcomings and causes, and concrete remedies", () => {
    const slots = report.threads.map(({ comment }) => (comment.target.scope === "report" ? "" : comment.target.slot));
    for (const slot of ["political-tasks", "shortcomings", "causes", "tasks-organisation"])
      expect(slots).toContain(slot);
  });
});

/** What the articles say, and what they do not. */
describe("the facts", () => {
  it.each<[name: string, facts: readonly string[]]>([
    [PARTY, ["Đại hội XIII", "Quốc hội khóa XV", "Chỉ thị 05-CT/TW", "90 năm", "80 năm", "Covid-19"]],
    [
      "van-phong-vien-han-lam-dang-uy",
      ["38 đảng viên", "03 chi bộ", "đảng viên chính thức\n36", "đảng viên dự bị\n2", "USTH"],
    ],
    [
      "ban-to-chuc-trung-uong-dang-uy",
      ["4 chi bộ, 48 đảng viên", "30 năm tuổi đảng: 2", "Cờ thi đua: 9", "2 tập thể, 2 cá nhân", "Nguyễn Thanh Bình"],
    ],
    [
      "so-giao-duc-va-dao-tao-dang-uy",
      ["08-NQ/TU, ngày 25/11/2021", "03-NQ/ĐUK, ngày 17/12/2021", "37-QĐ/TW, ngày 25/10/2021", "12/6/2021"],
    ],
    ["lien-hiep-hoi-dang-uy", ["58 chi bộ", "787 đảng viên", "07 nhiệm vụ trọng tâm", "21-KL/TW", "01-KL/TW"]],
    ["vien-khoa-hoc-to-chuc-nha-nuoc-cong-doan", ["Ban Thanh tra nhân dân", "nâng lương", "quy chế dân chủ"]],
    ["vien-khoa-hoc-to-chuc-nha-nuoc-doan-thanh-nien", ["trực tuyến", "Đoàn Thanh niên Bộ", "Công đoàn Viện"]],
  ])("stand in %s", (name, facts) => {
    const { slots } = fixture(name);
    const lower = bodyOf({ ...fixture(name), slots }).toLocaleLowerCase("vi");
    for (const fact of facts) expect(lower).toContain(fact.toLocaleLowerCase("vi"));
  });

  it("add up: 38 members are 36 full and 2 probationary", () => {
    const [lead, content] = composed(fixture("van-phong-vien-han-lam-dang-uy")).slots["membership"] ?? [];
    expect(lead && blockText(lead)).toContain("38 đảng viên");
    const table = content?.table ?? emptyTable("");
    expect(table.rows.map((row) => [row.total, readNumber(row.cells[2] ? cellText(row.cells[2]) : "")?.value])).toEqual(
      [
        [false, undefined],
        [false, 36],
        [false, 2],
        [true, 38],
      ],
    );
    expect(checkTotals(table)).toEqual([]);
  });

  it("are the same wherever they are said: 58 cells and 787 members", () => {
    const body = bodyOf(fixture("lien-hiep-hoi-dang-uy"));
    expect(new Set(body.match(/\d+ chi bộ/g))).toEqual(new Set(["58 chi bộ"]));
    expect(new Set(body.match(/\d+ đảng viên/g))).toEqual(new Set(["787 đảng viên"]));
  });

  it("list six shortcomings of the Party committee, three of the trade union, three of the youth union", () => {
    const items = (name: string): number =>
      (fixture(name).slots["shortcomings"] ?? []).filter((block) => typeof block !== "string" && block.kind === "item")
        .length;
    expect(items(PARTY)).toBe(6);
    expect(items("vien-khoa-hoc-to-chuc-nha-nuoc-cong-doan")).toBe(3);
    expect(items("vien-khoa-hoc-to-chuc-nha-nuoc-doan-thanh-nien")).toBe(3);
  });

  it.each(FIXTURES)(
    "leave figures of targets, lessons and appendix empty, as the articles do: $name",
    ({ report }: Fixture) => {
      const free = slotsOf(templateOf(report.template)).filter(({ role }) =>
        ["targets", "lessons", "appendix"].includes(role),
      );
      const figures = free.flatMap(({ id }) => (report.slots[id] ?? []).flatMap((block) => words(block).split("\n")));
      // The numbers of rows, and years, are no figures.
      expect(figures.filter((line) => /\d/.test(line.replaceAll(/năm \d{4}/gi, "")) && !/^\d$/.test(line))).toEqual([]);
      const written = free.filter(({ id }) => report.slots[id]?.length !== 0);
      expect(written.length).toBe(report.fields["organisation"]?.includes("Văn phòng") ? 1 : 0);
    },
  );

  it("give figures of members and causes only where an article does", () => {
    const written = (slot: string): string[] =>
      FIXTURES.filter(({ report }) => (report.slots[slot]?.length ?? 0) > 0).map(({ name }) => name);
    expect(written("membership")).toEqual(["lien-hiep-hoi-dang-uy", "van-phong-vien-han-lam-dang-uy"]);
    expect(written("causes")).toEqual(["lien-hiep-hoi-dang-uy"]);
    expect(written("proposals")).toEqual(["lien-hiep-hoi-dang-uy"]);
    expect(fixture("so-giao-duc-va-dao-tao-dang-uy").fields).not.toHaveProperty("signerName");
    expect(fixture("so-giao-duc-va-dao-tao-dang-uy").fields).not.toHaveProperty("place");
  });
});
