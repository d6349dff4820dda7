import type { Comment, CommentThread, Decision, Person } from "#model";
import { threadRows } from "#model";
import { describe, expect, it } from "vitest";
import type { ThreadFilter } from "../../src/client/workspace/panel/thread-filter.ts";
import {
  bySlot,
  isRowWanted,
  isWanted,
  nextWaiting,
  NO_FILTER,
} from "../../src/client/workspace/panel/thread-filter.ts";

const TIME = "2021-12-01T00:00:00.000Z";
const AN: Person = { id: "an", name: "Nguyễn Mẫu An", unit: "Chi bộ 1", role: "delegate" };
const BINH: Person = { id: "binh", name: "Đỗ Mẫu Bình", unit: "Chi bộ 2", role: "delegate" };

const range = (slot: string, exact: string): Comment["target"] => ({
  scope: "range",
  slot,
  anchor: { start: "s", end: "e" },
  quote: { exact, prefix: "", suffix: "" },
});

function thread(
  id: string,
  change: Partial<Comment> = {},
  rest: Partial<Omit<CommentThread, "comment">> = {},
): CommentThread {
  const author = rest.author ?? AN;
  const words = { kind: "clarify", text: "", target: { scope: "report" } } as const;
  return {
    comment: { id, author: author.id, round: 1, createdAt: TIME, withdrawn: false, ...words, ...change },
    author,
    place: null,
    replies: [],
    decision: null,
    ...rest,
  };
}

function decided(comment: string, validated: boolean, response = ""): Decision {
  const proposed = { comment, outcome: "keep", response, proposedBy: "drafter", proposedAt: TIME } as const;
  return validated ? { ...proposed, validatedBy: "chair", validatedAt: TIME } : proposed;
}

const PLACE = { slot: "two", from: { block: "b", offset: 0 }, to: { block: "b", offset: 3 } };

const THREADS = [
  thread("open", { text: "Đề nghị nêu rõ nề nếp" }),
  thread("proposed", { target: { scope: "slot", slot: "one" }, kind: "add" }, { decision: decided("proposed", false) }),
  thread(
    "validated",
    { target: range("two", "còn nể nang"), proposal: "còn ngại va chạm", kind: "wording" },
    { author: BINH, place: PLACE, decision: decided("validated", true, "Giữ nguyên như dự thảo") },
  ),
  thread("unplaced", { target: range("two", "khối lượng lớn") }, { author: BINH }),
  thread("withdrawn", { target: { scope: "slot", slot: "one" }, withdrawn: true, text: "Thôi" }),
  thread("withdrawn and unplaced", { target: range("one", "mất chữ"), withdrawn: true }),
];

function found(change: Partial<ThreadFilter>): string[] {
  return THREADS.filter((one) => isWanted(one, { ...NO_FILTER, ...change })).map(({ comment }) => comment.id);
}

describe("the filter of threads", () => {
  it("hides what was withdrawn until it is asked for", () => {
    expect(found({})).toEqual(["open", "proposed", "validated", "unplaced"]);
    expect(found({ text: "Thôi" })).toEqual([]);
    expect(found({ state: "withdrawn" })).toEqual(["withdrawn", "withdrawn and unplaced"]);
    expect(found({ state: "withdrawn", text: "Thôi" })).toEqual(["withdrawn"]);
  });

  it("asks for a state", () => {
    expect(found({ state: "open" })).toEqual(["open", "unplaced"]);
    expect(found({ state: "proposed" })).toEqual(["proposed"]);
    expect(found({ state: "validated" })).toEqual(["validated"]);
  });

  it("finds standing comments that have lost their words, and no withdrawn ones among them", () => {
    expect(found({ state: "unplaced" })).toEqual(["unplaced"]);
  });

  it("asks for a slot, a person, a unit and a kind, and for all of them at once", () => {
    expect(found({ slot: "one" })).toEqual(["proposed"]);
    expect(found({ slot: "two" })).toEqual(["validated", "unplaced"]);
    expect(found({ person: "an" })).toEqual(["open", "proposed"]);
    expect(found({ unit: "Chi bộ 2" })).toEqual(["validated", "unplaced"]);
    expect(found({ kind: "add" })).toEqual(["proposed"]);
    expect(found({ slot: "two", person: "binh", unit: "Chi bộ 2", kind: "wording" })).toEqual(["validated"]);
    expect(found({ slot: "two", person: "an" })).toEqual([]);
  });

  it("finds words with or without diacritics and capitals, and Đ as d", () => {
    for (const text of ["nề nếp", "NE NEP", " ne nep ", "de nghi", "ĐỀ NGHỊ", "ne\u0302\u0300 ne\u0302\u0301p"]) {
      expect(found({ text }), text).toEqual(["open"]);
    }
    expect(found({ text: "do mau binh" })).toEqual(["validated", "unplaced"]);
    expect(found({ text: "không có" })).toEqual([]);
    expect(found({ text: "  " })).toHaveLength(4);
  });

  it("looks into the quotation, the wording, the answer, the replies that stand and the unit", () => {
    for (const text of ["con ne nang", "ngai va cham", "giu nguyen nhu"]) {
      expect(found({ text }), text).toEqual(["validated"]);
    }
    expect(found({ text: "chi bo 1" })).toEqual(["open", "proposed"]);
    const reply = { id: "r", comment: "c", author: "binh", text: "Đã bổ sung", createdAt: TIME, withdrawn: false };
    const replied = (withdrawn: boolean) =>
      thread("c", {}, { replies: [{ reply: { ...reply, withdrawn }, author: BINH }] });
    expect(isWanted(replied(false), { ...NO_FILTER, text: "bo sung" })).toBe(true);
    expect(isWanted(replied(true), { ...NO_FILTER, text: "bo sung" })).toBe(false);
  });
});

describe("threads by slot", () => {
  it("are cut where the slot changes, in the order they come", () => {
    const groups = bySlot(threadRows(THREADS)).map(({ slot, rows }) => [
      slot,
      rows.map(({ leading }) => leading.comment.id),
    ]);
    expect(groups).toEqual([
      [null, ["open"]],
      ["one", ["proposed"]],
      ["two", ["validated", "unplaced"]],
      ["one", ["withdrawn", "withdrawn and unplaced"]],
    ]);
    expect(bySlot([])).toEqual([]);
  });
});

describe("rows of threads", () => {
  const rows = threadRows(
    THREADS.map((one) => (one.comment.id === "unplaced" ? { ...one, mergedWith: "proposed" } : one)),
  );
  const ids = (filter: Partial<ThreadFilter>): string[] =>
    rows.filter((row) => isRowWanted(row, { ...NO_FILTER, ...filter })).map(({ leading }) => leading.comment.id);

  it("are found by any of their threads", () => {
    expect(ids({ person: "binh" })).toEqual(["proposed", "validated"]);
    expect(ids({ round: 2 })).toEqual([]);
    expect(ids({ round: 1 })).toEqual(["open", "proposed", "validated"]);
  });

  it("are gone through by what waits for a person, from any of them, round and round", () => {
    const next = (from: string | null, chair: boolean, step: 1 | -1 = 1): string | undefined =>
      nextWaiting(rows, from, chair, step)?.leading.comment.id;
    // The merged comment is open, so its row is.
    expect([next(null, false), next("open", false), next("proposed", false)]).toEqual(["open", "proposed", "open"]);
    expect([next(null, true, -1), next("open", true, -1)]).toEqual(["proposed", "proposed"]);
    const decidedRows = threadRows(THREADS.slice(1, 3));
    expect(nextWaiting(decidedRows, null, false)).toBeNull();
    expect(nextWaiting(decidedRows, null, true)?.leading.comment.id).toBe("proposed");
    expect(nextWaiting(decidedRows, "proposed", true)).toBeNull();
  });
});
