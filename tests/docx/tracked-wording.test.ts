import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { exportReport } from "#docx";
import type { Block, CommentThread, Report } from "#model";
import { blockText, slotsOf } from "#model";
import { shippedCatalogue } from "../support/catalogue.ts";
import { checkWellFormed, readDocx } from "../support/docx-reader.ts";
import { block, decision, PEOPLE, rangeThread, sampleReport } from "../support/sample-report.ts";
import { table } from "../support/sample-table.ts";
import type { TrackedText } from "../support/tracked-text.ts";
import { readTracked } from "../support/tracked-text.ts";

let base: Report;
beforeAll(async () => {
  const catalogue = await shippedCatalogue();
  const template = catalogue.templates.get("party-committee");
  const ruleSet = template && catalogue.ruleSets.get(template.ruleSet);
  if (!template || !ruleSet) throw new Error("the Party template is shipped");
  base = sampleReport(template, ruleSet, { empty: slotsOf(template).map(({ id }) => id) });
});

const A = block("w1", [
  { text: "Chất lượng ", marks: [] },
  { text: "sinh hoạt", marks: ["strong"] },
  { text: " được nâng lên.", marks: [] },
]);
const B = block("w2", "Một gạch đầu dòng", "item", 1);
const C = block("w3", "Đoạn cuối của mục.");

const T: Block = {
  ...block("w9", "Kết nạp đảng viên", "table"),
  table: table([
    ["Chi bộ", "Số"],
    ["Một", "4"],
  ]),
};

/** A thread that proposes a wording for a stretch from one block into another. */
function proposing(
  id: string,
  from: readonly [Block, number],
  to: readonly [Block, number],
  proposal: string,
  change: Parameters<typeof rangeThread>[4] = {},
): CommentThread {
  return rangeThread(
    id,
    "membership",
    { block: from[0], offset: from[1] },
    { block: to[0], offset: to[1] },
    { ...change, comment: { text: "", kind: "wording", proposal, ...change.comment } },
  );
}

async function tracked(
  threads: readonly CommentThread[],
  blocks: readonly Block[] = [A, B, C],
): Promise<TrackedText & { readonly comments: ReturnType<typeof readDocx>["comments"]; readonly xml: string }> {
  const report = { ...base, slots: { ...base.slots, membership: blocks }, threads };
  const bytes = await exportReport(report, "draft", { track: true });
  expect(await exportReport(report, "draft", { track: true })).toEqual(bytes);
  const { parts, comments } = readDocx(bytes);
  checkWellFormed(parts);
  const xml = parts["word/document.xml"] ?? "";
  const read = readTracked(parts);
  const plain = readTracked(readDocx(await exportReport(report, "draft")).parts);
  expect(plain.changes).toEqual([]);
  expect(read.refused, "what refusing every change leaves").toEqual(plain.refused);
  expect(new Set(read.changes.map(({ id: own }) => own)).size).toBe(read.changes.length);
  return { ...read, comments, xml };
}

describe("a proposed wording in the draft", () => {
  it("is taken out and put in over exactly its words, by its author at its own time", async () => {
    const { changes, taken, comments } = await tracked([proposing("c1", [A, 6], [A, 20], "và nền nếp sinh hoạt")]);
    expect(changes).toMatchObject([
      { kind: "deleted", text: "ượng ", author: "Đại biểu Mẫu Một", date: "2022-01-03T09:30:00Z" },
      { kind: "deleted", text: "sinh hoạt" },
      { kind: "inserted", text: "và nền nếp sinh hoạt", author: "Đại biểu Mẫu Một" },
    ]);
    expect(taken).toContain("Chất lvà nền nếp sinh hoạt được nâng lên.");
    expect(comments).toMatchObject([{ anchored: true, text: expect.stringContaining("và nền nếp sinh hoạt") }]);
  });

  it("has its comment around both, so that one finds why", async () => {
    const { xml } = await tracked([proposing("c1", [C, 0], [C, 4], "Khổ")]);
    expect(xml).toMatch(
      /<w:commentRangeStart w:id="0"\/><w:del [^>]*>.*?Đoạn.*?<\/w:del><w:ins [^>]*>.*?Khổ.*?<\/w:ins><w:commentRangeEnd w:id="0"\/>/,
    );
  });

  it("may only take out", async () => {
    const { changes, taken } = await tracked([proposing("c1", [C, 0], [C, 5], "")]);
    expect(changes).toMatchObject([{ kind: "deleted", text: "Đoạn " }]);
    expect(taken).toContain("cuối của mục.");
  });

  it("keeps the blocks where it has as many lines, and changes only the lines that differ", async () => {
    const { changes, taken } = await tracked([
      proposing("c1", [A, 0], [C, 18], `Câu mới.\n${blockText(B)}\nĐoạn kết.`),
    ]);
    expect(taken).toEqual(expect.arrayContaining(["Câu mới.", "- Một gạch đầu dòng", "Đoạn kết."]));
    expect(changes.every(({ text }) => !text.includes("gạch"))).toBe(true);
  });

  it("joins the blocks where it has fewer lines, without the signs of those joined", async () => {
    const { taken, refused } = await tracked([proposing("c1", [A, 11], [C, 4], "và một câu gọn")]);
    expect(taken).toContain("Chất lượng và một câu gọn cuối của mục.");
    expect(refused).toEqual(expect.arrayContaining(["- Một gạch đầu dòng", "Đoạn cuối của mục."]));
  });

  describe("over a table", () => {
    const over = (proposal: string): ReturnType<typeof tracked> =>
      tracked([proposing("c1", [A, 0], [C, 18], proposal)], [A, T, B, C]);

    it("changes the lines that differ, the words above the table among them, and leaves its cells", async () => {
      const { changes, taken, comments } = await over(`Câu mới.\nKết nạp đoàn viên\n${blockText(B)}\nĐoạn kết.`);
      expect(taken).toEqual(expect.arrayContaining(["Câu mới.", "- Một gạch đầu dòng", "Đoạn kết.", "Chi bộ", "4"]));
      expect(taken.some((line) => line.endsWith("Kết nạp đoàn viên"))).toBe(true);
      expect(changes.some(({ text }) => text.includes("gạch"))).toBe(false);
      expect(comments[0]?.text).not.toContain("bảng");
    });

    it("joins only blocks beside the table, where the lines on its other side stay", async () => {
      const { taken } = await over(`${blockText(A)}\n${blockText(T)}\nMột câu gọn.`);
      expect(taken).toEqual(expect.arrayContaining([blockText(A), "- Một câu gọn.", "Chi bộ", "4"]));
      expect(taken).not.toContain(blockText(C));
    });

    it("puts new lines behind the words they follow", async () => {
      const { taken } = await over(`${blockText(A)}\nThêm một câu.\n${blockText(T)}\n${blockText(B)}\n${blockText(C)}`);
      expect(taken.join("\n")).toContain(`${blockText(A)}\nThêm một câu.`);
    });

    it("stays in the comment, which says why, where the table would have to be taken apart", async () => {
      const { changes, comments } = await over("Tất cả trong một câu.");
      expect(changes).toEqual([]);
      expect(comments).toMatchObject([{ anchored: true, text: expect.stringContaining("có bảng ở giữa") }]);
    });
  });

  it("leaves joined paragraphs with the sign of the first, or without where it has none", async () => {
    const item = block("w5", "Gạch thứ hai", "item", 2);
    const into = await tracked([proposing("c1", [A, 0], [item, 4], "Gọn")], [A, item]);
    expect(into.taken).toContain("Gọn thứ hai");
    const from = await tracked([proposing("c1", [item, 4], [C, 4], "và")], [A, item, C]);
    expect(from.taken).toContain("+ Gạchvà cuối của mục.");
    const same = await tracked([proposing("c1", [B, 4], [item, 4], "và")], [B, item]);
    expect(same.taken).toContain("- Một và thứ hai");
    expect(same.refused).toEqual(expect.arrayContaining(["- Một gạch đầu dòng", "+ Gạch thứ hai"]));
  });

  it("leaves every number where it was when headings are joined, taken or refused", async () => {
    const headings = [1, 2, 3, 4].map((n) => block(`h${n}`, `Đề mục ${n}`, "heading", 1));
    const [one, two, three, four] = headings;
    if (!one || !two || !three || !four) throw new Error("four headings");
    const { taken, refused } = await tracked([proposing("c1", [two, 4], [three, 4], "và")], headings);
    expect(refused.filter((line) => line.includes("Đề mục"))).toEqual([
      "1.1. Đề mục 1",
      "1.2. Đề mục 2",
      "1.3. Đề mục 3",
      "1.4. Đề mục 4",
    ]);
    expect(taken.filter((line) => /^1\.\d\. /.test(line))).toEqual([
      "1.1. Đề mục 1",
      "1.2. Đề mvàục 3",
      "1.4. Đề mục 4",
    ]);
    const text = await tracked([proposing("c1", [one, 4], [C, 5], "và")], [one, C, two]);
    expect(text.taken).toEqual(expect.arrayContaining(["1.1. Đề mvàcuối của mục.", "1.2. Đề mục 2"]));
  });

  it("of several on the same words only the first is written in, and the others say so", async () => {
    const second = proposing("c2", [C, 2], [C, 9], "khác", { author: PEOPLE[3] ?? fail() });
    const { changes, comments } = await tracked([proposing("c1", [C, 0], [C, 4], "Khổ"), second]);
    expect(changes.map(({ text }) => text)).toEqual(["Đo", "ạn", "Khổ"]);
    expect(comments.map(({ text }) => text.includes("đề nghị sửa khác"))).toEqual([false, true]);
  });

  it("is not written in where it is kept as drafted, put off, withdrawn, not surely placed, or there already", async () => {
    const left = [
      proposing("c1", [A, 0], [A, 4], "x", { decision: decision("c1", { outcome: "keep", response: "Không." }) }),
      proposing("c2", [A, 5], [A, 9], "x", { decision: decision("c2", { outcome: "later", response: "Sau." }) }),
      proposing("c3", [B, 0], [B, 3], "x", { comment: { withdrawn: true } }),
      proposing("c4", [C, 0], [C, 4], "Đoạn"),
    ];
    const sure = proposing("c5", [C, 5], [C, 9], "x");
    const unsure = sure.place ? { ...sure, place: { ...sure.place, uncertain: true as const } } : sure;
    const { changes, comments } = await tracked([...left, unsure]);
    expect(changes).toEqual([]);
    expect(comments.at(-1)?.text).toMatch(/Chưa chắc chắn: .*“.*Tổ chức đảng/u);
  });

  it("is written in at its own range alone: where that is gone, not at another of the comment's", async () => {
    const thread = proposing("c1", [C, 0], [C, 4], "Khổ");
    const there = await tracked([{ ...thread, places: [thread.place, null] }]);
    expect(there.changes).toHaveLength(2);
    const gone = await tracked([{ ...thread, places: [null, thread.place] }]);
    expect(gone.changes).toEqual([]);
    expect(gone.comments).toMatchObject([{ anchored: true, text: expect.stringContaining("Khổ") }]);
  });

  it("can always be refused, and taken gives its own words, whatever it is about", async () => {
    const words = fc.string({ unit: fc.constantFrom("a", " ", "đ", "😀", "\n", "&", "\u0001"), maxLength: 12 });
    const heading = block("w4", "Câu 😀 có hình", "heading", 1);
    const at = fc.tuple(fc.nat(3), fc.nat(30));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(at, at, words), { maxLength: 5 }), async (given) => {
        const blocks = [A, block("w0", ""), B, T, heading, C];
        const threads = given.map(([[i, x], [j, y], proposal], index) => {
          const [low, high] = [i, j].toSorted((a, b) => a - b).map((each) => [A, B, heading, C][each] ?? A);
          const [from, to] = [low ?? A, high ?? A];
          const ends = [x % (blockText(from).length + 1), y % (blockText(to).length + 1)];
          const [start = 0, end = 0] = from === to ? ends.toSorted((a, b) => a - b) : ends;
          return proposing(`c${index}`, [from, start], [to, end], proposal);
        });
        const { comments } = await tracked(threads, blocks);
        expect(comments.every(({ anchored }) => anchored)).toBe(true);
        const [alone] = threads;
        const range = alone?.place;
        if (!alone || !range) return;
        const { taken, changes } = await tracked([alone], blocks);
        if (changes.length === 0) return;
        const of = (id: string): string => blockText(blocks.find((each) => each.id === id) ?? A);
        const bones = (text: string): string => text.replaceAll(/[\p{Cc}\s]/gu, "");
        const [line = ""] = (alone.comment.proposal ?? "").trim().split("\n");
        expect(bones(taken.join("\n"))).toContain(bones(of(range.from.block).slice(0, range.from.offset) + line));
      }),
      { numRuns: 25 },
    );
  });
});

function fail(): never {
  throw new Error("a sample has people");
}
