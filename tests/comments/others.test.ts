import { describe, expect, it } from "vitest";
import type { BoardRecord } from "#comments";
import { othersFor } from "#comments";
import type { Audience, Comment, Decision, Person } from "#model";
import { BINH, CHAIR, commentOf, DRAFTER, later, replyOf } from "./sample.ts";

const AN: Person = { id: "an-nguyen", name: "Nguyễn Văn An", unit: "Chi bộ Một", role: "delegate" };
const DECISION: Decision = {
  comment: "x",
  outcome: "keep",
  response: "Giữ như dự thảo.",
  proposedBy: DRAFTER.id,
  proposedAt: later(5),
};

function record(id: string, audience: Audience | undefined, more: Partial<Comment> = {}, author = AN): BoardRecord {
  const told = audience === undefined || audience === "own" ? {} : { audience };
  return {
    comment: commentOf(id, { author: author.id, text: `lời của ${id}`, ...told, ...more }),
    author,
    replies: [
      { reply: replyOf(`${id}-r1`, id, { author: CHAIR.id, text: "hỏi thêm" }), author: CHAIR },
      { reply: replyOf(`${id}-r2`, id, { author: author.id, text: "đáp lại" }), author },
      { reply: replyOf(`${id}-r3`, id, { author: CHAIR.id, text: "rút", withdrawn: true }), author: CHAIR },
    ],
    decision: null,
  };
}

const renamed = (id: string): string => `~${Buffer.from(id).toString("hex")}`;
const see = (records: readonly BoardRecord[], setting: Audience, viewer = BINH) =>
  othersFor(records, viewer, setting, renamed);

describe("what a delegate sees of others' comments", () => {
  const told: readonly BoardRecord[] = [record("a", undefined), record("b", "unnamed"), record("c", "all")];

  it("is nothing by default, and for nobody but delegates", () => {
    expect(see(told, "own")).toEqual([]);
    for (const viewer of [DRAFTER, CHAIR, { ...BINH, role: "reader" } as const]) {
      expect(see(told, "all", viewer)).toEqual([]);
    }
  });

  it("is no wider than the setting, and no wider than the author was told", () => {
    const texts = (setting: Audience) => new Map(see(told, setting).map(({ text, by }) => [text, by?.name ?? null]));
    expect(texts("unnamed")).toEqual(
      new Map([
        ["lời của b", null],
        ["lời của c", null],
      ]),
    );
    expect(texts("all")).toEqual(
      new Map([
        ["lời của b", null],
        ["lời của c", "Nguyễn Văn An"],
      ]),
    );
  });

  it("leaves out one's own, the committee's, what is withdrawn and what belongs to no round", () => {
    const records = [
      record("own", "all", {}, BINH),
      record("drafter", "all", {}, DRAFTER),
      record("withdrawn", "all", { withdrawn: true }),
      record("outside", "all", { round: 0 }),
    ];
    expect(see(records, "all")).toEqual([]);
  });

  it("shows with a name what the author and the committee said to each other", () => {
    const [other] = see([record("c", "all")], "all");
    expect(other?.replies.map(({ by, text }) => [by.name, text])).toEqual([
      [CHAIR.name, "hỏi thêm"],
      [AN.name, "đáp lại"],
    ]);
    expect(other?.createdAt).toBe(commentOf("c").createdAt);
  });

  it("shows without a name nothing from which one could be told: no id, time, reply or order", () => {
    const records = Array.from({ length: 20 }, (_, n) =>
      record(`k${n}`, "unnamed", { createdAt: later(n), editedAt: later(n + 1) }),
    );
    const seen = see(records, "unnamed");
    const all = JSON.stringify(seen);
    const telling = [
      AN.id,
      AN.name,
      AN.unit,
      ...records.flatMap(({ comment }) => [`"${comment.id}"`, comment.createdAt]),
    ];
    for (const words of telling) expect(all).not.toContain(words);
    expect(seen.flatMap(({ replies }) => replies)).toEqual([]);
    expect(see(records.toReversed(), "unnamed")).toEqual(seen);
    // Other names, another order.
    const other = othersFor(records, BINH, "unnamed", (id) => String(9999 - Number(id.slice(1))));
    expect(other.map(({ text }) => text)).not.toEqual(seen.map(({ text }) => text));
  });

  it("shows an answer once it is validated, without who gave it", () => {
    const open = { ...record("b", "unnamed"), decision: DECISION };
    expect(see([open], "unnamed")[0]?.answer).toBeNull();
    const decision = { ...DECISION, validatedBy: CHAIR.id, validatedAt: later(9) };
    expect(see([{ ...open, decision }], "unnamed")[0]?.answer).toEqual({
      outcome: "keep",
      response: "Giữ như dự thảo.",
    });
  });
});
