import { beforeAll, describe, expect, it } from "vitest";
import { exportReport } from "#docx";
import type { Block, CommentThread, Report } from "#model";
import { blockText } from "#model";
import { shippedCatalogue } from "../support/catalogue.ts";
import type { ReadComment, ReadDocx } from "../support/docx-reader.ts";
import { readDocx } from "../support/docx-reader.ts";
import { block, decision, PEOPLE, rangeThread, sampleReport, thread } from "../support/sample-report.ts";

let base: Report;
beforeAll(async () => {
  const catalogue = await shippedCatalogue();
  const template = catalogue.templates.get("party-committee");
  const ruleSet = template && catalogue.ruleSets.get(template.ruleSet);
  if (!template || !ruleSet) throw new Error("the Party template is shipped");
  base = sampleReport(template, ruleSet);
});

async function draft(threads: readonly CommentThread[], change: Partial<Report> = {}): Promise<ReadDocx> {
  return readDocx(await exportReport({ ...base, ...change, threads }, "draft"));
}

function only(read: ReadDocx): ReadComment {
  const [first, ...rest] = read.comments;
  if (!first || rest.length > 0) throw new Error(`${read.comments.length} comments`);
  return first;
}

function content(...texts: string[]): { slots: Report["slots"]; blocks: [Block, Block, Block] } {
  const [a, b, c] = texts.map((text, index) => block(`w${index}`, text));
  if (!a || !b || !c) throw new Error("three texts");
  return { slots: { ...base.slots, ideology: [a, b, c] }, blocks: [a, b, c] };
}

const TEXTS = ["Đoạn thứ nhất của mục.", "Đoạn thứ hai ở giữa.", "Đoạn thứ ba cuối mục."] as const;

describe("a comment in the draft", () => {
  it("stands on exactly its words, with author, initials, text and both times", async () => {
    const { slots, blocks } = content(...TEXTS);
    const placed = rangeThread("c1", "ideology", { block: blocks[0], offset: 5 }, { block: blocks[0], offset: 13 });
    const comment = only(await draft([placed], { slots }));
    expect(comment).toMatchObject({
      author: "Đại biểu Mẫu Một",
      initials: "MM",
      text: "(Làm rõ) Đề nghị làm rõ (c1).",
      range: "thứ nhất",
      anchored: true,
      date: expect.stringMatching(/^2022-01-03T09:30:00/),
      dateUtc: "2022-01-03T02:30:00Z",
      parent: null,
      done: false,
    });
  });

  it("may run over several paragraphs and overlap others", async () => {
    const { slots, blocks } = content(...TEXTS);
    const [a, b, c] = blocks;
    const read = await draft(
      [
        rangeThread("c1", "ideology", { block: a, offset: 14 }, { block: c, offset: 4 }),
        rangeThread("c2", "ideology", { block: b, offset: 0 }, { block: b, offset: 12 }),
        rangeThread("c3", "ideology", { block: b, offset: 12 }, { block: b, offset: 12 }),
      ],
      { slots },
    );
    expect(read.comments.map(({ range }) => range)).toEqual([
      "của mục.\nĐoạn thứ hai ở giữa.\nĐoạn",
      "Đoạn thứ hai",
      "",
    ]);
    expect(read.comments.every(({ anchored }) => anchored)).toBe(true);
  });

  it("on several places has a note at each further one that says so, by the same author, where that stands", async () => {
    const { slots, blocks } = content(...TEXTS);
    const [a, b, c] = blocks;
    const [one, two, gone] = [
      rangeThread("c1", "ideology", { block: a, offset: 5 }, { block: a, offset: 13 }),
      rangeThread("x", "ideology", { block: b, offset: 5 }, { block: b, offset: 12 }),
      rangeThread("y", "ideology", { block: c, offset: 5 }, { block: c, offset: 11 }),
    ];
    const [target, ...also] = [one, two, gone].map(({ comment }) => comment.target);
    if (target?.scope !== "range") throw new Error("it is on words");
    const several: CommentThread = {
      ...one,
      comment: {
        ...one.comment,
        target: { ...target, also: also.flatMap((each) => (each.scope === "range" ? each : [])) },
      },
      places: [one.place, two.place, null],
      decision: decision("c1", { validatedBy: "chair", validatedAt: "2022-01-05T00:00:00.000Z" }),
    };
    const read = await draft([several], { slots });
    expect(
      read.comments.map(({ range, text, parent, done }) => [range, text.split("\n"), parent !== null, done]),
    ).toEqual([
      [
        "thứ nhất",
        ["(Làm rõ) Đề nghị làm rõ (c1).", "Ý kiến này cũng về đoạn: “thứ hai”", "Ý kiến này cũng về đoạn: “thứ ba”"],
        false,
        true,
      ],
      ["thứ nhất", ["Tiếp thu."], true, true],
      ["thứ hai", ["Ý kiến ở đoạn “thứ nhất” cũng về đoạn này."], false, true],
    ]);
    expect(new Set(read.comments.map(({ durableId }) => durableId)).size).toBe(3);
    const [first, , note] = read.comments;
    expect([note?.author, note?.date]).toEqual([first?.author, first?.date]);
  });

  it("keeps out of its range the number of a heading and the sign of an item", async () => {
    const heading = block("h1", "Tên mục nhỏ", "heading", 1);
    const item = block("i1", "Một gạch", "item", 1);
    const slots = { ...base.slots, ideology: [heading, item] };
    const read = await draft(
      [
        rangeThread("c1", "ideology", { block: heading, offset: 0 }, { block: heading, offset: 11 }),
        rangeThread("c2", "ideology", { block: item, offset: 0 }, { block: item, offset: 3 }),
      ],
      { slots },
    );
    expect(read.comments.map(({ range }) => range)).toEqual(["Tên mục nhỏ", "Một"]);
    expect(read.paragraphs.map(({ shown }) => shown)).toEqual(expect.arrayContaining(["a) Tên mục nhỏ", "- Một gạch"]));
  });

  it("stands on the title of its slot, on the first words of an untitled one, on the type name for the report", async () => {
    const read = await draft([
      thread("c1", { scope: "report" }),
      thread("c2", { scope: "slot", slot: "inspection" }),
      thread("c3", { scope: "slot", slot: "opening" }),
    ]);
    const opening = base.slots["opening"]?.[0];
    expect(read.comments.map(({ range }) => range)).toEqual([
      "BÁO CÁO",
      "Công tác kiểm tra, giám sát và thi hành kỷ luật đảng",
      opening && blockText(opening),
    ]);
  });

  it("on an empty untitled slot stands on the title above it, and keeps an empty appendix in the draft", async () => {
    const slots = { ...base.slots, proposals: [block("e1", "")], "appendix-figures": [block("e2", "")], opening: [] };
    const read = await draft(
      [
        thread("c1", { scope: "slot", slot: "proposals" }),
        thread("c2", { scope: "slot", slot: "appendix-figures" }),
        thread("c3", { scope: "slot", slot: "opening" }),
      ],
      { slots },
    );
    expect(read.comments.map(({ range, anchored }) => [range, anchored])).toEqual([
      ["Kiến nghị, đề xuất", true],
      ["Biểu số liệu công tác năm 2021", true],
      ["BÁO CÁO", true],
    ]);
  });

  it("whose words are gone stands on the title and says what they were", async () => {
    const quote = { exact: "câu đã bỏ", prefix: "", suffix: "" };
    const gone = thread("c1", { scope: "range", slot: "ideology", anchor: { start: "", end: "" }, quote });
    const comment = only(await draft([gone]));
    expect(comment.range).toMatch(/^Công tác chính trị, tư tưởng/);
    expect(comment.text).toBe("(Làm rõ) Đề nghị làm rõ (c1).\nÝ kiến về đoạn văn không còn trong dự thảo: “câu đã bỏ”");
  });

  it("carries the wording it proposes", async () => {
    const { slots, blocks } = content(...TEXTS);
    const placed = rangeThread(
      "c1",
      "ideology",
      { block: blocks[0], offset: 0 },
      { block: blocks[0], offset: 4 },
      {
        comment: { text: "", proposal: "Phần" },
      },
    );
    expect(only(await draft([placed], { slots })).text).toBe("(Làm rõ)\nĐề nghị sửa thành: “Phần”");
  });

  it("is followed by its replies and its decision, one level deep, and is resolved once validated", async () => {
    const reply = {
      id: "r1",
      comment: "c1",
      author: "drafter",
      text: "Xin cho\nví dụ.",
      createdAt: "2022-01-03T18:00:00.000Z",
      withdrawn: false,
    };
    const drafter = PEOPLE[1];
    if (!drafter) throw new Error("a drafter");
    const read = await draft([
      thread(
        "c1",
        { scope: "slot", slot: "inspection" },
        {
          replies: [{ reply, author: drafter }],
          decision: decision("c1", {
            outcome: "keep",
            response: "Đã nêu ở mục khác.",
            validatedBy: "chair",
            validatedAt: "2022-01-04T09:00:00.000Z",
          }),
        },
      ),
      thread("c2", { scope: "slot", slot: "inspection" }, { decision: decision("c2") }),
    ]);
    const [c1, r1, d1, c2, d2] = read.comments;
    expect(read.comments).toHaveLength(5);
    expect(r1).toMatchObject({ author: "Thư ký Mẫu", text: "Xin cho\nví dụ.", parent: c1?.id, done: true });
    // Seven hours later is the next day in Vietnam.
    expect(r1?.date).toMatch(/^2022-01-04T01:00:00/);
    expect(d1).toMatchObject({
      author: "Chủ trì Mẫu",
      text: "Đề xuất giữ nguyên theo dự thảo:\nĐã nêu ở mục khác.",
      parent: c1?.id,
    });
    expect([c1?.done, c2?.done]).toEqual([true, false]);
    expect(d2).toMatchObject({ author: "Thư ký Mẫu", text: "Tiếp thu.\n(Dự kiến, chờ chủ trì duyệt)", parent: c2?.id });
    for (const comment of [c1, r1, d1]) expect(comment).toMatchObject({ range: c1?.range, anchored: true });
    expect(new Set(read.comments.map(({ durableId }) => durableId)).size).toBe(5);
    for (const { durableId } of read.comments) expect(durableId).toMatch(/^[0-7][0-9A-F]{7}$/);
    expect(read.people.toSorted()).toEqual(["Chủ trì Mẫu", "Thư ký Mẫu", "Đại biểu Mẫu Một"].toSorted());
  });

  it("is left out where its author withdrew it, and out of the final text altogether", async () => {
    const withdrawn = thread("c1", { scope: "report" }, { comment: { withdrawn: true } });
    const kept = thread("c2", { scope: "report" });
    expect((await draft([withdrawn, kept])).comments.map(({ text }) => text)).toEqual([
      "(Làm rõ) Đề nghị làm rõ (c2).",
    ]);
    const final = readDocx(await exportReport({ ...base, threads: [kept] }, "final"));
    expect(final.comments).toEqual([]);
    expect(final.paragraphs.some(({ text }) => text.startsWith("Dự thảo"))).toBe(false);
  });

  it("says by the unit which of two people of one name wrote it", async () => {
    const people = [...PEOPLE, { id: "twin", name: "Đại biểu Mẫu Một", unit: "Chi bộ 9", role: "delegate" as const }];
    const comment = only(await draft([thread("c1", { scope: "report" })], { people }));
    expect(comment.author).toBe("Đại biểu Mẫu Một (Chi bộ 1)");
  });
});

describe("the draft mark", () => {
  it("names the open round, else the last, and no number before the first", async () => {
    const marks = async (rounds: Report["rounds"]): Promise<string[]> =>
      (await draft([], { rounds })).paragraphs.map(({ text }) => text).filter((text) => text.startsWith("Dự thảo"));
    const first = {
      number: 1,
      version: "v1",
      openedAt: "2022-01-02T01:00:00.000Z",
      closedAt: "2022-01-03T01:00:00.000Z",
    };
    expect(await marks([])).toEqual(["Dự thảo"]);
    expect(await marks([first])).toEqual(["Dự thảo lần 1"]);
    expect(await marks([first, { number: 2, version: "v2", openedAt: "2022-01-04T01:00:00.000Z" }])).toEqual([
      "Dự thảo lần 2",
    ]);
  });
});
