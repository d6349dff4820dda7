import type { CommentTarget, CommentThread, Person } from "#model";
import { cellPlaceWords, responseTable } from "#model";
import { describe, expect, it } from "vitest";
import { block, cellThread, decision, PEOPLE, sampleReport, thread } from "../support/sample-report.ts";
import { table } from "../support/sample-table.ts";
import { COMMITTEE, PARTY_RULES } from "./shipped.ts";

const [, , FIRST, SECOND] = PEOPLE as readonly [Person, Person, Person, Person];
const SILENT: Person = { id: "delegate-3", name: "Đại biểu Mẫu Ba", unit: "Chi bộ 3", role: "delegate" };

function onWords(exact: string, from = 0): { target: CommentTarget; place: CommentThread["place"] } {
  const slot = "shortcomings";
  const quote = { exact, prefix: "", suffix: "" };
  return {
    target: { scope: "range", slot, anchor: { start: "", end: "" }, quote },
    place: { slot, from: { block: "b", offset: from }, to: { block: "b", offset: from + exact.length } },
  };
}

function tableOf(...threads: CommentThread[]) {
  return responseTable(sampleReport(COMMITTEE, PARTY_RULES, { threads, people: [...PEOPLE, SILENT] }));
}

const BOTH = [FIRST, SECOND].map(({ name, unit }) => ({ name, unit, voice: null, late: false }));
const SAME = { comment: { text: "Đề nghị nêu rõ." } };
const validated = { validatedBy: "chair", validatedAt: "2022-01-05T00:00:00.000Z" };

describe("the response table", () => {
  it("groups rows by slot in the order of the report's threads, comments on the report first", () => {
    const { groups } = tableOf(
      thread("c1", { scope: "report" }),
      thread("c2", { scope: "slot", slot: "ideology" }),
      thread("c3", onWords("chưa nghiêm").target, onWords("chưa nghiêm")),
      thread("c4", { scope: "slot", slot: "shortcomings" }),
    );
    expect(groups.map(({ slot, rows }) => [slot, rows.flatMap((row) => row.ids)])).toEqual([
      [null, ["c1"]],
      ["ideology", ["c2"]],
      ["shortcomings", ["c3", "c4"]],
    ]);
  });

  it("names a slot as printed and all it stands under", () => {
    const { groups } = tableOf(
      thread("c1", { scope: "slot", slot: "inspection" }),
      thread("c2", { scope: "slot", slot: "lessons" }),
      thread("c3", { scope: "slot", slot: "opening" }),
    );
    expect(groups.map(({ title, above }) => [...above, title])).toEqual([
      [
        "Phần thứ nhất: Kết quả thực hiện nhiệm vụ năm 2021",
        "II- Kết quả đạt được",
        "2. Công tác xây dựng Đảng",
        "2.3. Công tác kiểm tra, giám sát và thi hành kỷ luật đảng",
      ],
      ["Phần thứ nhất: Kết quả thực hiện nhiệm vụ năm 2021", "IV- Bài học kinh nghiệm"],
      ["Mở đầu"],
    ]);
  });

  it("says where the cell of a comment stands, merges those on one cell, and quotes a cell that is gone by its names", () => {
    const rows = table([
      ["Nội dung", "2021"],
      ["Kết nạp", "12"],
    ]);
    const at = { ...block("bang", "Kết nạp", "table"), table: rows };
    const sound = sampleReport(COMMITTEE, PARTY_RULES);
    const slots = { ...sound.slots, ideology: [at], shortcomings: [block("x", "a"), { ...at, id: "hai" }] };
    const second = { block: { ...at, id: "hai" }, cell: "r1c1" };
    const gone = cellThread("c3", "shortcomings", second, { ...SAME, place: null });
    const { target } = gone.comment;
    const threads = [
      cellThread("c1", "shortcomings", second, SAME),
      cellThread("c2", "shortcomings", second, SAME),
      thread(
        "c3",
        target.scope === "cell" ? { ...target, quote: { exact: "12", prefix: "Kết nạp", suffix: "2021" } } : target,
        SAME,
      ),
    ];
    const { groups } = responseTable({ ...sound, slots, threads });
    expect(groups[0]?.rows).toMatchObject([
      {
        ids: ["c1", "c2"],
        scope: "cell",
        quote: "12",
        unplaced: false,
        cell: { table: 2, row: 2, column: 2, title: "2021" },
      },
      { ids: ["c3"], scope: "cell", quote: "Kết nạp, 2021: 12", unplaced: true, cell: null },
    ]);
    const place = groups[0]?.rows[0]?.cell;
    expect(place && cellPlaceWords(place, "vi")).toBe("Bảng 2, hàng 2, cột “2021”");
    expect(cellPlaceWords({ table: 1, row: 1, column: 2, title: "" }, "en")).toBe("Table 1, row 1, column 2");
  });

  it("merges the same words on the same place and names everybody once", () => {
    const where = onWords("chưa nghiêm", 8);
    const { groups, counts } = tableOf(
      thread("c1", where.target, { ...where, ...SAME, author: FIRST }),
      thread("c2", where.target, { ...where, comment: { text: " Đề nghị\n nêu rõ. " }, author: SECOND }),
      thread("c3", where.target, { ...where, ...SAME, author: FIRST }),
    );
    expect(groups[0]?.rows).toEqual([
      {
        ids: ["c1", "c2", "c3"],
        scope: "range",
        quote: "chưa nghiêm",
        cell: null,
        unplaced: false,
        remarks: [
          {
            ids: ["c1", "c2", "c3"],
            quote: null,
            text: "Đề nghị nêu rõ.",
            proposal: null,
            replaces: null,
            contributors: BOTH,
          },
        ],
        contributors: BOTH,
        kinds: ["clarify"],
        rounds: [1],
        state: "open",
        outcome: null,
        response: "",
      },
    ]);
    expect(counts.comments).toBe(3);
  });

  it("has one row for comments that were merged, with every wording and everybody, where the one that leads stands", () => {
    const where = onWords("chưa nghiêm", 8);
    const other = onWords("kiểm tra", 40);
    const answer = decision("c2", { outcome: "keep", response: "Giữ." });
    const { groups, counts } = tableOf(
      thread("c1", other.target, { ...other, mergedWith: "c2", decision: answer, comment: { kind: "add", round: 2 } }),
      thread("c2", where.target, { ...where, ...SAME, author: SECOND, decision: { ...answer, ...validated } }),
      thread("c3", { scope: "slot", slot: "ideology" }, { ...SAME, mergedWith: "c2", decision: answer }),
      // The same words on the same place join the row only where they have the same answer.
      thread("c4", where.target, { ...where, ...SAME }),
    );
    expect(groups.map(({ slot, rows }) => [slot, rows.map(({ ids }) => ids)])).toEqual([
      ["shortcomings", [["c2", "c1", "c3"], ["c4"]]],
    ]);
    expect(groups[0]?.rows[0]).toMatchObject({
      contributors: BOTH.toReversed(),
      kinds: ["clarify", "add"],
      rounds: [1, 2],
      outcome: "keep",
      // Not all of them were there when the chair validated.
      state: "proposed",
      remarks: [
        { ids: ["c2"], quote: null, text: "Đề nghị nêu rõ." },
        { ids: ["c1"], quote: "kiểm tra" },
        { ids: ["c3"], quote: null, text: "Đề nghị nêu rõ." },
      ],
    });
    expect(counts).toMatchObject({ comments: 4, open: 1, proposed: 2, answered: 1 });
    expect(counts.byOutcome.keep).toBe(3);
  });

  it.each<[string, Parameters<typeof thread>[2]]>([
    ["another place", { ...onWords("chưa nghiêm", 80), ...SAME }],
    ["no place any more", { place: null, ...SAME }],
    ["another text", onWords("chưa nghiêm")],
    ["another wording proposed", { ...onWords("chưa nghiêm"), comment: { ...SAME.comment, proposal: "chưa tốt" } }],
    ["another answer", { ...onWords("chưa nghiêm"), ...SAME, decision: decision("c2", { outcome: "accept" }) }],
  ])("keeps a row of its own for %s", (_what, change) => {
    const where = onWords("chưa nghiêm");
    const { groups } = tableOf(
      thread("c1", where.target, { ...where, ...SAME }),
      thread("c2", where.target, { ...change, author: SECOND }),
    );
    expect(groups[0]?.rows.map((row) => row.ids)).toEqual([["c1"], ["c2"]]);
  });

  it("leaves out the withdrawn and counts the rest", () => {
    const slot: CommentTarget = { scope: "slot", slot: "causes" };
    const kept = decision("c3", { outcome: "keep", response: "Đề xuất giữ nguyên theo dự thảo vì…", ...validated });
    const { counts, groups } = tableOf(
      thread("c1", slot, { comment: { withdrawn: true }, author: SECOND }),
      thread("c2", slot, { decision: decision("c2") }),
      thread("c3", slot, { decision: kept }),
      thread("c4", slot),
    );
    expect(
      groups.flatMap(({ rows }) => rows.map(({ state, outcome, response }) => [state, outcome, response])),
    ).toEqual([
      ["proposed", "accept", ""],
      ["validated", "keep", kept.response],
      ["open", null, ""],
    ]);
    expect(counts).toEqual({
      asked: 3,
      commented: 1,
      agreed: 0,
      silent: 2,
      comments: 3,
      open: 1,
      proposed: 1,
      answered: 1,
      byOutcome: { accept: 1, partly: 0, keep: 1, later: 0 },
    });
  });

  it("keeps a comment whose words are gone, with its quotation", () => {
    const { target } = onWords("chưa nghiêm");
    expect(tableOf(thread("c1", target)).groups[0]?.rows[0]).toMatchObject({ quote: "chưa nghiêm", unplaced: true });
  });

  it("keeps a comment on a slot the template does not have", () => {
    const { groups } = tableOf(thread("c1", { scope: "slot", slot: "long-gone" }));
    expect(groups).toMatchObject([{ slot: "long-gone", title: "long-gone", above: [] }]);
  });

  it("is empty where nobody commented", () => {
    const table = tableOf();
    expect(table.groups).toEqual([]);
    expect(table.counts).toMatchObject({ asked: 3, silent: 3, comments: 0 });
  });
});
