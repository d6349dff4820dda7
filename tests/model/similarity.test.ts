import type { CommentThread } from "#model";
import { comparedWords, similarGroups, Similarity, similarRows, threadRows } from "#model";
import { describe, expect, it } from "vitest";
import { thread } from "../support/sample-report.ts";

function on(id: string, slot: string, text: string, change: Parameters<typeof thread>[2] = {}): CommentThread {
  return thread(id, { scope: "slot", slot }, { ...change, comment: { text, ...change.comment } });
}

const PARTY = [
  on("a1", "one", "Đề nghị bổ sung số liệu kết nạp đảng viên mới trong năm."),
  on("a2", "one", "Cần bổ sung SỐ LIỆU kết nạp đảng viên mới!"),
  on("a3", "one", "Bổ sung số liệu về kết nạp đảng viên, so với chỉ tiêu đầu năm đã đề ra."),
  on("b1", "one", "Đề nghị nêu rõ nguyên nhân của hạn chế trong công tác kiểm tra, giám sát."),
  on("b2", "one", "Đề nghị làm rõ nguyên nhân hạn chế của công tác kiểm tra, giám sát."),
  on("c1", "one", "Đề nghị bổ sung kết quả xây dựng nông thôn mới."),
  on("d1", "one", "Đề nghị xem lại bố cục của mục này cho gọn hơn."),
  on("e1", "two", "Đề nghị bổ sung số liệu kết nạp đảng viên mới trong năm."),
  on("f1", "two", "Nhất trí."),
];

function groupsOf(threads: readonly CommentThread[]): string[][] {
  const rows = threadRows(threads);
  return similarGroups(rows, new Similarity(threads)).map((group) => group.map(({ leading }) => leading.comment.id));
}

describe("the words that are compared", () => {
  it("are the same however they were typed: composed or not, capitals, signs, the tone on either vowel", () => {
    expect(comparedWords("Hoà-bình, ĐOÀN KẾT; khỏe!")).toEqual(["hòa", "bình", "đoàn", "kết", "khỏe"]);
    expect(comparedWords("ho\u00e0 ủy uỷ thủy thuỷ")).toEqual(["hòa", "ủy", "ủy", "thủy", "thủy"]);
    expect(comparedWords("nề nếp".normalize("NFD"))).toEqual(["nề", "nếp"]);
    expect(comparedWords("quý của mùa khuya")).toEqual(["quý", "của", "mùa", "khuya"]);
    expect(comparedWords("đạt 12,5% và 1.234 hộ")).toEqual(["đạt", "12,5", "và", "1.234", "hộ"]);
  });

  it("keep their diacritics", () => {
    expect(comparedWords("bổ sung")).not.toEqual(comparedWords("bo sung"));
  });
});

describe("comments that are alike", () => {
  it("are grouped where they ask for the same on one slot, whatever most comments say", () => {
    expect(groupsOf(PARTY)).toEqual([
      ["a1", "a2", "a3"],
      ["b1", "b2"],
    ]);
  });

  it("have a likeness from 0 to 1, the same from either side, 1 for the same words", () => {
    const similarity = new Similarity(PARTY);
    for (const a of PARTY) {
      expect(similarity.likeness(a, a)).toBeCloseTo(1);
      for (const b of PARTY) {
        const likeness = similarity.likeness(a, b);
        expect(likeness).toBeGreaterThanOrEqual(0);
        expect(likeness).toBeLessThanOrEqual(1 + 1e-9);
        expect(likeness).toBeCloseTo(similarity.likeness(b, a));
      }
    }
  });

  it("need less where they are about the same words", () => {
    const place = (from: number, to: number) => ({
      place: { slot: "one", from: { block: "b", offset: from }, to: { block: "b", offset: to } },
    });
    const [first, second] = [
      "Đề nghị bổ sung số liệu kết nạp của quý IV.",
      "Cần bổ sung số liệu kết nạp, có so sánh với cùng kỳ.",
    ];
    const offered = (where: Parameters<typeof thread>[2]): [boolean, number] => {
      const x = on("x", "one", first ?? "", place(0, 9));
      const y = on("y", "one", second ?? "", where);
      const similarity = new Similarity([x, y, ...PARTY]);
      return [similarity.isOffered(x, y), Math.round(similarity.likeness(x, y) * 100)];
    };
    const [apart, likeness] = offered(place(30, 40));
    expect(likeness).toBeGreaterThan(35);
    expect(likeness).toBeLessThan(49);
    expect(apart).toBe(false);
    expect(offered(place(9, 20))[0]).toBe(false);
    expect(offered(place(4, 20))).toEqual([true, likeness]);
    expect(offered({})[0]).toBe(false);
  });

  it("are told for one row, the most alike first, and never for what is merged or withdrawn", () => {
    const threads = PARTY.map((one) => (one.comment.id === "a2" ? { ...one, mergedWith: "a1" } : one));
    const rows = threadRows(threads);
    const row = rows.find(({ leading }) => leading.comment.id === "a1");
    const found = row ? similarRows(row, rows, new Similarity(threads)) : [];
    expect(found.map(({ leading }) => leading.comment.id)).toEqual(["a3"]);
    const withdrawn = PARTY.map((one) =>
      one.comment.id === "a3" ? { ...one, comment: { ...one.comment, withdrawn: true } } : one,
    );
    expect(groupsOf(withdrawn)[0]).toEqual(["a1", "a2"]);
  });
});
