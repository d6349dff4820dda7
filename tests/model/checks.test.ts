import type { Block, CommentTarget, Finding, Report } from "#model";
import { checkReport, say, slotsOf, textKeys, unchangedFindings } from "#model";
import { describe, expect, it } from "vitest";
import { block, decision, FIELDS, sampleReport, thread } from "../support/sample-report.ts";
import { table } from "../support/sample-table.ts";
import { COMMITTEE, PARTY_RULES } from "./shipped.ts";

const CLOSED = { number: 1, version: "v1", openedAt: "2022-01-02T00:00:00.000Z", closedAt: "2022-01-04T00:00:00.000Z" };
const OPEN = { number: 1, version: "v1", openedAt: "2022-01-02T00:00:00.000Z" };
const SLOT: CommentTarget = { scope: "slot", slot: "causes" };

/** A report in which nothing is to be found, with changes; the slots of `empty` have no text. */
function report({ empty = [], ...change }: Partial<Report> & { readonly empty?: readonly string[] } = {}): Report {
  const slots = Object.fromEntries(
    slotsOf(COMMITTEE).map(({ id }) => [id, empty.includes(id) ? [block(id, " ")] : [block(id, "Đã thực hiện.")]]),
  );
  return sampleReport(COMMITTEE, PARTY_RULES, { rounds: [CLOSED], slots, ...change });
}

function withSlots(slots: Readonly<Record<string, readonly Block[]>>, fields: Record<string, string> = {}): Report {
  const sound = report();
  return { ...sound, slots: { ...sound.slots, ...slots }, fields: { ...sound.fields, ...fields } };
}

/** A table in a slot: its caption and its rows, the last one declared the total. */
function tableBlock(id: string, caption: string, rows: Parameters<typeof table>[0]): Block {
  return { ...block(id, caption, "table"), table: table(rows, { id: `t-${id}`, totals: [rows.length - 1] }) };
}

const said = (findings: readonly Finding[]): string[] =>
  findings.map(({ code, severity, slot, field, comment }) =>
    [severity, code, slot ?? field ?? comment].filter(Boolean).join(" "),
  );

describe("checking a report", () => {
  it("is not held up by a word that never ends", () => {
    const endless = { ...block("x", "a".repeat(300_000)), id: "x" };
    expect(said(checkReport(withSlots({ causes: [endless] })))).toEqual([]);
  });

  it("tells of what no report can show, with the slot it is in", () => {
    const unshown = [
      { kind: "root", name: "page", count: 1 },
      { kind: "attribute", slot: "causes", name: "colour", count: 3 },
    ] as const;
    const findings = checkReport({ ...report(), unshown });
    expect(said(findings)).toEqual(["warning unshown-root", "warning unshown-attribute-in causes"]);
    expect(findings.map(({ code, values }) => say("en", `check.${code}`, values)).join("\n")).toMatch(
      /“page”.*\n.*characters with the unknown format “colour”: 3/,
    );
  });

  it("finds nothing in a complete one", () => {
    expect(checkReport(report())).toEqual([]);
  });

  it("finds required slots without text, and only those", () => {
    const findings = checkReport(report({ empty: ["inspection", "targets", "lessons", "opening"] }));
    expect(said(findings)).toEqual(["gap slot-empty opening", "gap slot-empty inspection"]);
    expect(say("vi", "check.slot-empty", findings[1]?.values)).toBe(
      "Mục “Phần thứ nhất › II › 2.3. Công tác kiểm tra, giám sát và thi hành kỷ luật đảng” còn trống.",
    );
  });

  it("finds required fields without a value and values that do not fit, named in the reader's language", () => {
    const wrong = report({ fields: { ...FIELDS, signerName: " ", date: "31/12/2021", year: "2021" } });
    const findings = checkReport(wrong, "en");
    expect(said(findings)).toEqual(["gap field-wrong date", "gap field-empty signerName"]);
    expect(findings.map(({ values }) => values["label"])).toEqual(["Date of signing", "Signer's name"]);
  });

  it("counts a section that holds only a table as written, once a cell has words", () => {
    const only = (text: string): Report =>
      withSlots({ opening: [{ ...block("b", "", "table"), table: table([[text]], { headers: 0 }) }] });
    expect(said(checkReport(only("12")))).toEqual([]);
    expect(said(checkReport(only(" ")))).toEqual(["gap slot-empty opening"]);
  });

  it("warns of a total that is not the sum of its rows, with section, table, column and both figures", () => {
    const rows = [
      ["Chi bộ", "Đảng viên", "Kết nạp"],
      ["Chi bộ 1", "1.012", "1,5"],
      ["Chi bộ 2", "8", "2"],
    ];
    const right = tableBlock("b1", "Đảng viên", [...rows, ["Cộng", "1.020", "3,5"]]);
    const wrong = tableBlock("b2", "Kết quả phát triển đảng viên", [...rows, ["Cộng", "1.021", "3,5"]]);
    const findings = checkReport(withSlots({ opening: [right], targets: [block("p", "Chỉ tiêu:"), wrong] }));
    expect(findings).toMatchObject([{ code: "total-unbalanced", severity: "warning", slot: "targets", block: "b2" }]);
    expect(say("vi", "check.total-unbalanced", findings[0]?.values)).toBe(
      "Mục “Phần thứ hai › II- Chỉ tiêu chủ yếu”, Bảng 2. Kết quả phát triển đảng viên: " +
        "cột “Đảng viên” ở hàng 4 ghi tổng là 1.021, cộng lại được 1.020.",
    );
    const bare = tableBlock("b", "", [
      ["", ""],
      ["a", "1"],
      ["", "2"],
    ]);
    expect(checkReport(withSlots({ opening: [bare] }))[0]?.values).toMatchObject({ table: "Bảng 1", column: "2" });
  });

  it("looks at the typing in cells too, but for numbers, which rows of a table are given by hand", () => {
    const at = tableBlock("b", "Bảng", [["Nội dung"], ["1. Đảng  viên"], ["2. Đ/c Mẫu"]]);
    expect(said(checkReport(withSlots({ opening: [at] })))).toEqual([
      "warning typing-abbreviation opening",
      "warning typing-double-space opening",
    ]);
  });

  it("warns of what waits for an answer while its round is open, and calls it a gap afterwards", () => {
    const threads = [thread("c1", SLOT), thread("c2", SLOT, { decision: decision("c2") })];
    expect(said(checkReport(report({ threads, rounds: [OPEN] })))).toEqual([
      "warning round-open",
      "warning comment-open c1",
      "warning comment-proposed c2",
    ]);
    expect(said(checkReport(report({ threads })))).toEqual(["gap comment-open c1", "gap comment-proposed c2"]);
  });

  it("calls what an earlier round left open a gap although another round is open", () => {
    const threads = [thread("c1", SLOT), thread("c2", SLOT, { comment: { round: 2 } })];
    const rounds = [CLOSED, { ...OPEN, number: 2, version: "v2" }];
    expect(said(checkReport(report({ threads, rounds })))).toEqual([
      "warning round-open",
      "gap comment-open c1",
      "warning comment-open c2",
    ]);
  });

  it("finds a decision without the response it needs, and nothing about withdrawn comments", () => {
    const validated = { validatedBy: "chair", validatedAt: "2022-01-05T00:00:00.000Z" };
    const threads = [
      thread("c1", SLOT, { decision: decision("c1", { outcome: "keep", response: " ", ...validated }) }),
      thread("c2", SLOT, { decision: decision("c2", validated) }),
      thread("c3", SLOT, { comment: { withdrawn: true }, decision: decision("c3", { outcome: "later" }) }),
    ];
    expect(said(checkReport(report({ threads })))).toEqual(["gap response-missing c1"]);
  });

  it("warns of a comment whose words are gone", () => {
    const quote = { exact: "chưa nghiêm", prefix: "", suffix: "" };
    const lost = thread("c1", { scope: "range", slot: "causes", anchor: { start: "", end: "" }, quote });
    const [finding] = checkReport(report({ threads: [lost] })).filter(({ code }) => code === "comment-unplaced");
    expect(finding).toMatchObject({ severity: "warning", slot: "causes", comment: "c1" });
    expect(finding?.values["quote"]).toBe("chưa nghiêm");
  });

  it("warns of a date outside the year and the next", () => {
    const dated = (date: string): string[] => said(checkReport(withSlots({}, { date })));
    expect(dated("2021-12-31")).toEqual([]);
    expect(dated("2022-12-31")).toEqual([]);
    expect(dated("2023-01-01")).toEqual(["warning date-year date"]);
    expect(dated("2020-12-31")).toEqual(["warning date-year date"]);
  });

  it("warns of a power to sign in another family's form, and of a deputy in place of a collective", () => {
    const signed = (signingPower: string): string[] => said(checkReport(withSlots({}, { signingPower })));
    for (const right of ["T/M ĐẢNG ỦY", "", "T/L BAN THƯỜNG VỤ\nK/T CHÁNH VĂN PHÒNG", "K/T TRƯỞNG BAN", "BÍ THƯ"])
      expect(signed(right), right).toEqual([]);
    expect(signed("TM. ĐẢNG ỦY")).toEqual(["warning signing-form signingPower"]);
    expect(signed("TL BAN THƯỜNG VỤ")).toEqual(["warning signing-form signingPower"]);
    for (const wrong of ["K/T BÍ THƯ", "K/T ĐẢNG UỶ XÃ MẪU", "T/L ĐẢNG ỦY\nK/T Ban Thường vụ"])
      expect(signed(wrong), wrong).toEqual(["warning signing-deputy signingPower"]);
    expect(signed("KT. CHI BỘ")).toEqual(["warning signing-form signingPower", "warning signing-deputy signingPower"]);
  });

  it("warns where shortcomings stand without causes or remedies, by roles", () => {
    const tasks = Object.keys(report().slots).filter((id) => id.startsWith("tasks-"));
    const found = checkReport(report({ empty: ["causes", ...tasks] })).filter(({ severity }) => severity === "warning");
    expect(said(found)).toEqual([
      "warning shortcomings-without-causes shortcomings",
      "warning shortcomings-without-tasks shortcomings",
    ]);
    const one = checkReport(report({ empty: tasks.slice(1) })).filter(({ severity }) => severity === "warning");
    expect(one).toEqual([]);
    const none = checkReport(report({ empty: ["shortcomings", "causes", ...tasks] }));
    expect(none.filter(({ severity }) => severity === "warning")).toEqual([]);
  });

  it("warns of the wrong year in what looks ahead and in what looks back", () => {
    const found = checkReport(
      withSlots({
        "tasks-ideology": [block("t1", "Hoàn thành trong năm 2022."), block("t2", "Làm tốt Trong năm 2021 các việc")],
        ideology: [block("i1", "Đã làm trong năm 2020")],
        directions: [block("d1", "Khắc phục hạn chế của năm 2021 trong năm 2022")],
        proposals: [block("p1", "Việc còn lại trong năm 2021, làm tiếp trong năm 2022")],
      }),
    );
    expect(
      found.map(({ code, slot, block: id, values }) => [code, slot, id, values["found"], values["expected"]]),
    ).toEqual([
      ["year-mismatch", "ideology", "i1", "2020", "2021"],
      ["year-mismatch", "tasks-ideology", "t2", "2021", "2022"],
    ]);
  });

  it.each([
    ["typing-abbreviation", "Các đ/c cấp ủy viên", "Các đồng chí; tỷ lệ 3đ/cái"],
    ["typing-double-space", "hai  dấu cách", "một dấu cách"],
    ["typing-space-before-sign", "kết quả , hạn chế", "kết quả, hạn chế: 3.500 … và ./"],
    ["typing-number", "- Kết nạp đảng viên", "Kết nạp - phát triển"],
    ["typing-number", "1. Kết nạp đảng viên", "12 đảng viên"],
    ["typing-number", "2.1. Kết nạp", "2.100 lượt"],
    ["typing-number", "đ) kết nạp", "(đ) kết nạp"],
    ["typing-end-mark", "hết báo cáo./.", "hết báo cáo."],
    ["typing-lookalike", "Ðảng ủy", "Đảng ủy"],
    ["typing-not-composed", "Đảng ủy".normalize("NFD"), "Đảng ủy"],
  ])("warns of %s in “%s” and not in “%s”", (code, wrong, right) => {
    const found = checkReport(withSlots({ ideology: [block("a", right), block("b", wrong), block("c", wrong)] }));
    expect(said(found)).toEqual([`warning ${code} ideology`]);
    expect(found[0]).toMatchObject({ block: "b", values: { count: 2 } });
    expect(checkReport(withSlots({ ideology: [block("a", right)] }))).toEqual([]);
  });

  it("has a text for every code in both languages, with every value it speaks of", () => {
    const rounds = [CLOSED, { ...OPEN, number: 2, version: "v2" }];
    const quote = { exact: "a", prefix: "", suffix: "" };
    const threads = [
      thread("c1", { scope: "range", slot: "causes", anchor: { start: "", end: "" }, quote }),
      thread("c2", SLOT, { decision: decision("c2", { outcome: "keep" }) }),
      thread("c3", { scope: "cell", slot: "causes", table: "t", cell: "a-b", quote }),
    ];
    const slip = " - đ/c  Ðảng , trong năm 1999./.";
    const bad: Report = {
      ...report({
        threads,
        rounds,
        empty: ["causes"],
        fields: {
          ...FIELDS,
          place: "",
          date: "1999-01-01",
          symbol: "x".repeat(99),
          signingPower: "KT. CHI BỘ",
          presentation: "lề",
        },
      }),
    };
    const emptyTasks = Object.fromEntries(
      Object.keys(bad.slots)
        .filter((id) => id.startsWith("tasks"))
        .map((id) => [id, []]),
    );
    const ideology = [block("i", slip), block("j", "- e\u0301"), tableBlock("k", "", [["x"], ["1"], ["2"]])];
    const kinds = ["root", "field", "object", "attribute", "block", "sign"] as const;
    const unshown = kinds.flatMap((kind) => [
      { kind, name: "x", count: 1 },
      ...(kind === "root" || kind === "field" ? [] : [{ kind, slot: "causes", name: "x", count: 1 }]),
    ]);
    const taken = thread("c4", SLOT, { decision: decision("c4") });
    const findings = [
      ...checkReport({ ...bad, slots: { ...bad.slots, ...emptyTasks, ideology }, unshown }),
      ...unchangedFindings(
        [taken],
        new Map([["c4", { since: "v1", changed: false, lines: [], before: [], after: [] }]]),
      ),
    ];
    const codes = new Set(findings.map(({ code }) => `check.${code}`));
    expect(textKeys("vi").filter((key) => key.startsWith("check.") && !codes.has(key))).toEqual([]);
    for (const language of ["vi", "en"] as const) {
      for (const { code, values } of findings) {
        expect(say(language, `check.${code}`, values)).not.toMatch(/\{\w+\}|^check\./);
      }
    }
  });
});
