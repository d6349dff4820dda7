import type { CommentInput, ReportInput, RuleSet } from "#model";
import { blockText, cellText, TongketError } from "#model";
import { assembleReport, composeReportFile } from "#comments";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { counting, later, NOON, templateOf } from "./sample.ts";

const TEMPLATE = templateOf("s", "t");
const composer = () => ({ newId: counting("id"), now: NOON });

/** Assembling looks at nothing in a rule set. */
const RULES = {} as RuleSet;

const PEOPLE = [
  { id: "chair", name: "Chủ trì mẫu", unit: "Đảng ủy", role: "chair" },
  { id: "drafter", name: "Thư ký mẫu", unit: "Tổ biên tập", role: "drafter" },
  { id: "binh", name: "Đại biểu Bình", unit: "Chi bộ 1", role: "delegate" },
] as const;

const INPUT: ReportInput = {
  template: "sample",
  sample: true,
  fields: { year: "2021" },
  slots: {
    s: [
      "Kết nạp 12 đảng viên, đạt 120% chỉ tiêu.",
      { kind: "heading", level: 1, text: "Tiêu đề" },
      { kind: "item", level: 2, text: [{ text: "đậm", marks: ["strong"] }, { text: " thường 12 đảng viên" }] },
    ],
    t: [],
  },
  people: PEOPLE,
  rounds: [
    { number: 2, openedAt: later(200), deadline: later(900) },
    { number: 1, openedAt: "2021-12-20T12:00:00+07:00", closedAt: later(100) },
  ],
};

function comment(over: Partial<CommentInput> = {}): CommentInput {
  return { author: "binh", round: 1, kind: "figures", text: "Cần nêu rõ.", createdAt: NOON, ...over };
}

function compose(over: Partial<ReportInput> = {}) {
  return composeReportFile({ ...INPUT, ...over }, TEMPLATE, "rep", composer());
}

const assemble = (over: Partial<ReportInput> = {}) => assembleReport(compose(over), RULES);

function refusal(over: Partial<ReportInput>): { code: string; details: unknown } {
  try {
    compose(over);
  } catch (error) {
    if (error instanceof TongketError) return { code: error.code, details: error.details };
    throw error;
  }
  return { code: "nothing thrown", details: {} };
}

describe("a composed report", () => {
  it("says what the input says", () => {
    const report = assemble({
      comments: [
        comment({
          slot: "s",
          quote: "12 đảng viên",
          occurrence: 2,
          proposal: "12 đảng viên mới",
          replies: [{ author: "drafter", text: "Sẽ kiểm tra.", createdAt: later(5) }],
          decision: { outcome: "accept", response: "", proposedBy: "drafter", proposedAt: later(6) },
        }),
        comment({ text: "Báo cáo tốt.", kind: "other", withdrawn: true }),
      ],
    });
    expect(report).toMatchObject({ id: "rep", sample: true, fields: { year: "2021" }, people: PEOPLE });
    expect(report.slots["s"]?.map(({ kind, level, runs }) => ({ kind, level, runs }))).toEqual([
      { kind: "paragraph", level: 0, runs: [{ text: "Kết nạp 12 đảng viên, đạt 120% chỉ tiêu.", marks: [] }] },
      { kind: "heading", level: 1, runs: [{ text: "Tiêu đề", marks: [] }] },
      {
        kind: "item",
        level: 2,
        runs: [
          { text: "đậm", marks: ["strong"] },
          { text: " thường 12 đảng viên", marks: [] },
        ],
      },
    ]);
    const [general, words] = report.threads;
    expect(general?.comment).toMatchObject({ target: { scope: "report" }, withdrawn: true, text: "Báo cáo tốt." });
    expect(words?.comment).toMatchObject({ author: "binh", proposal: "12 đảng viên mới", round: 1 });
    expect(words?.place).toEqual({
      slot: "s",
      from: { block: report.slots["s"]?.[2]?.id, offset: 11 },
      to: { block: report.slots["s"]?.[2]?.id, offset: 23 },
    });
    expect(words?.replies[0]).toMatchObject({
      author: PEOPLE[1],
      reply: { text: "Sẽ kiểm tra.", createdAt: later(5) },
    });
    expect(words?.decision).toMatchObject({ outcome: "accept", proposedBy: "drafter", proposedAt: later(6) });
  });

  it("freezes the text once for each round, and counts the rounds", () => {
    const file = compose();
    const { rounds, versions } = file.manifest;
    expect(rounds.map(({ number, openedAt }) => [number, openedAt])).toEqual([
      [1, NOON],
      [2, later(200)],
    ]);
    expect(versions.map(({ name, round, createdBy }) => [name, round, createdBy])).toEqual([
      ["Dự thảo lần 1", 1, "chair"],
      ["Dự thảo lần 2", 2, "chair"],
    ]);
    expect(rounds.map((round) => file.versions.get(round.version))).toEqual([file.body, file.body]);
  });

  it("is the same file from the same input and composer, and another from another text", () => {
    expect(compose()).toEqual(compose());
    const other = compose({ slots: { ...INPUT.slots, t: ["khác"] } });
    // Yjs takes what comes under one client id for one and the same, so the two must share none.
    const clients = (update: Uint8Array): number[] => [
      ...Y.decodeStateVector(Y.encodeStateVectorFromUpdate(update)).keys(),
    ];
    expect(clients(compose().body)).toHaveLength(1);
    expect(clients(other.body)).not.toEqual(clients(compose().body));
  });

  it("gives every slot a block, also an empty one", () => {
    expect(assemble().slots["t"]).toHaveLength(1);
  });

  it("holds tables, in their short form and in their full one", () => {
    const report = assemble({
      slots: {
        ...INPUT.slots,
        t: [
          "Kết quả như sau:",
          {
            kind: "table",
            text: "Kết nạp",
            totals: [3],
            rows: [
              ["Chi bộ", "Số"],
              ["Một", "12"],
              ["Cộng", "12"],
            ],
          },
          {
            kind: "table",
            text: [{ text: "Chỉ tiêu", marks: ["strong"] }],
            headerRows: 0,
            widths: [200, null],
            rows: [
              [{ text: "gộp", colspan: 2, align: "center" }],
              {
                total: true,
                cells: ["hai\ndòng", { text: [{ text: "đậm", marks: ["strong"] }, { text: " thường" }] }],
              },
            ],
          },
        ],
      },
    });
    const [, short, full] = report.slots["t"] ?? [];
    expect(short).toMatchObject({ kind: "table", runs: [{ text: "Kết nạp" }], table: { widths: [null, null] } });
    const said = (block: typeof short) => block?.table?.rows.map((row) => [row.total, ...row.cells.map(cellText)]);
    expect(said(short)).toEqual([
      [false, "Chi bộ", "Số"],
      [false, "Một", "12"],
      [true, "Cộng", "12"],
    ]);
    expect(short?.table?.rows.map((row) => row.cells.every((cell) => cell.header))).toEqual([true, false, false]);
    expect(said(full)).toEqual([
      [false, "gộp"],
      [true, "hai\ndòng", "đậm thường"],
    ]);
    expect(full?.table).toMatchObject({
      widths: [200, null],
      rows: [
        { cells: [{ colspan: 2, align: "center", header: false }] },
        {
          cells: [
            {},
            {
              paragraphs: [
                [
                  { text: "đậm", marks: ["strong"] },
                  { text: " thường", marks: [] },
                ],
              ],
            },
          ],
        },
      ],
    });
    const ids = Object.values(report.slots).flatMap((slot) =>
      slot.flatMap(({ id, table }) => [id, table?.id ?? []].flat()),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("holds comments on cells, and refuses those on cells that are not there", () => {
    const slots = {
      ...INPUT.slots,
      t: [
        {
          kind: "table",
          text: "",
          rows: [
            ["Chi bộ", "Số"],
            ["Một", "12"],
          ],
        },
      ],
    } as const;
    const on = (table: number, row: number, column: number) => comment({ slot: "t", cell: { table, row, column } });
    const [thread] = assemble({ slots, comments: [on(1, 2, 2)] }).threads;
    expect(thread).toMatchObject({
      comment: { target: { scope: "cell", slot: "t", quote: { exact: "12", prefix: "Một", suffix: "Số" } } },
      place: { slot: "t", cell: expect.any(String) },
    });
    for (const missing of [on(2, 1, 1), on(1, 3, 1), on(1, 1, 3)]) {
      expect(refusal({ slots, comments: [on(1, 1, 1), missing] })).toMatchObject({
        code: "import-cell-missing",
        details: { slot: "t", comment: 2, ...missing.cell },
      });
    }
    const { cell } = on(1, 1, 1);
    const lost = comment(cell ? { cell } : {});
    expect(refusal({ slots, comments: [lost] }).code).toBe("import-comment-incomplete");
    expect(refusal({ slots, comments: [{ ...on(1, 1, 1), quote: "12" }] }).code).toBe("import-comment-incomplete");
  });

  it("refuses a table that names rows it has not, and one wider than Word knows", () => {
    const slots = (table: object) => ({
      slots: { ...INPUT.slots, t: ["lời", { kind: "table" as const, text: "", rows: [["a"], ["1"]], ...table }] },
    });
    expect(refusal(slots({ totals: [3] }))).toMatchObject({
      code: "import-table-row-missing",
      details: { slot: "t", table: 1, row: 3, rows: 2 },
    });
    expect(refusal(slots({ headerRows: 5 })).code).toBe("import-table-row-missing");
    const wide = [
      [
        { text: "a", colspan: 40 },
        { text: "b", colspan: 24 },
      ],
    ];
    expect(refusal(slots({ rows: wide }))).toMatchObject({
      code: "import-table-wide",
      details: { columns: 64, most: 63 },
    });
  });

  it("gives back every text and every comment it was made from", () => {
    const words = fc.stringMatching(/^[a-zđéỹ ,.]{0,12}$/);
    const block: fc.Arbitrary<string | { kind: "heading" | "item"; level: number; text: string }> = fc.oneof(
      words,
      fc.record({ kind: fc.constantFrom("heading" as const, "item" as const), level: fc.constant(1), text: words }),
    );
    const blocks = fc.array(block, { maxLength: 5 });
    fc.assert(
      fc.property(blocks, blocks, fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 6 }), (s, t, picks) => {
        const texts = s.map((given) => (typeof given === "string" ? given : given.text));
        // Quotations cut out of the text of a block, each with the number of its occurrence.
        const flat = `\n${texts.join("\n")}`;
        const comments = picks.flatMap(([a, b], i) => {
          const text = texts[a % (texts.length || 1)] ?? "";
          const quote = text.slice(b % (text.length || 1));
          if (quote.trim() === "") return [];
          const block = flat.indexOf(`\n${text}`);
          const at = flat.indexOf(quote, block);
          let occurrence = 1;
          for (let p = flat.indexOf(quote); p < at; p = flat.indexOf(quote, p + 1)) occurrence++;
          return [comment({ slot: "s", quote, occurrence, createdAt: later(i) })];
        });
        const report = assemble({ slots: { s, t }, comments });
        expect(report.slots["s"]?.map(blockText)).toEqual(texts.length === 0 ? [""] : texts);
        expect(report.threads).toHaveLength(comments.length);
        const ids = Object.values(report.slots).flatMap((slot) => slot.map(({ id }) => id));
        expect(new Set(ids).size).toBe(ids.length);
        for (const { comment: made, place } of report.threads) {
          const given = comments.find((one) => one.createdAt === made.createdAt);
          expect(made.target.scope === "range" && made.target.quote.exact).toBe(given?.quote);
          const blockNow = report.slots["s"]?.find(({ id }) => id === place?.from.block);
          expect(blockNow && place && blockText(blockNow).slice(place.from.offset, place.to.offset)).toBe(given?.quote);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("a report that cannot be composed", () => {
  it.each<[string, Partial<ReportInput>, string, Record<string, unknown>]>([
    ["misses a slot", { slots: { s: [] } }, "import-slot-missing", { slot: "t", title: "Mục t" }],
    [
      "has an unknown slot",
      { slots: { s: [], t: [], u: [] } },
      "import-slot-unknown",
      { slot: "u", template: "sample" },
    ],
    ["has a person twice", { people: [PEOPLE[2], PEOPLE[2]] }, "import-person-twice", { person: "binh" }],
    [
      "quotes words that are not there",
      { comments: [comment(), comment({ slot: "s", quote: "13 đảng viên" })] },
      "import-quote-missing",
      { slot: "s", quote: "13 đảng viên", comment: 2 },
    ],
    [
      "quotes words that are not there so often",
      { comments: [comment({ slot: "s", quote: "12 đảng viên", occurrence: 3 })] },
      "import-quote-missing",
      { comment: 1 },
    ],
    [
      "comments on an unknown slot",
      { comments: [comment({ slot: "u" })] },
      "import-comment-slot-unknown",
      { slot: "u" },
    ],
    ["has a comment of nobody", { comments: [comment({ author: "x" })] }, "import-person-unknown", { person: "x" }],
    [
      "has a reply of nobody",
      { comments: [comment({ replies: [{ author: "x", text: "a", createdAt: NOON }] })] },
      "import-person-unknown",
      { person: "x", comment: 1 },
    ],
    [
      "has a decision of nobody",
      { comments: [comment({ decision: { outcome: "accept", response: "", proposedBy: "x", proposedAt: NOON } })] },
      "import-person-unknown",
      { person: "x" },
    ],
    [
      "has a comment of no round",
      { comments: [comment({ round: 3 })] },
      "import-round-unknown",
      { round: 3, comment: 1 },
    ],
    ["has an empty comment", { comments: [comment({ text: "" })] }, "import-comment-incomplete", { comment: 1 }],
    ["proposes on nothing", { comments: [comment({ proposal: "x" })] }, "import-comment-incomplete", { comment: 1 }],
    ["quotes without a slot", { comments: [comment({ quote: "x" })] }, "import-comment-incomplete", { comment: 1 }],
    [
      "decides without a response",
      { comments: [comment({ decision: { outcome: "keep", response: " ", proposedBy: "chair", proposedAt: NOON } })] },
      "import-response-missing",
      { comment: 1 },
    ],
    ["leaves out a round", { rounds: [{ number: 2, openedAt: NOON }] }, "import-rounds-wrong", { round: 2 }],
    [
      "has two rounds open",
      {
        rounds: [
          { number: 1, openedAt: NOON },
          { number: 2, openedAt: NOON },
        ],
      },
      "import-rounds-wrong",
      { round: 1 },
    ],
    [
      "has a time that is none",
      { comments: [comment({ createdAt: "hôm qua" })] },
      "import-time-wrong",
      { time: "hôm qua" },
    ],
  ])("is refused where it %s, and says where", (_, over, code, details) => {
    const found = refusal(over);
    expect(found.code).toBe(code);
    expect(found.details).toMatchObject(details);
  });
});

describe("a file whose documents hold something else", () => {
  it("still gives a report", () => {
    const file = compose({ comments: [comment()] });
    const junk = { ...file, decisions: file.body, notes: new Map([["binh", file.decisions]]) };
    const report = assembleReport(junk, RULES);
    expect(report.threads).toEqual([]);
    expect(report.slots["s"]?.map(blockText)).toEqual(assemble().slots["s"]?.map(blockText));
  });
});
