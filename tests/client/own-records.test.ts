import { describe, expect, it } from "vitest";
import type { BoardRecord } from "#comments";
import type { Comment, Decision, Person, Reply } from "#model";
import { withOwnRecords } from "../../src/client/workspace/own-records.ts";

const ME: Person = { id: "me", name: "Tôi", unit: "", role: "drafter" };
const OTHER: Person = { id: "other", name: "Đại biểu", unit: "Chi bộ 1", role: "delegate" };
const AT = "2026-01-02T03:04:05.000Z";

function comment(id: string, author: string, text = id): Comment {
  return { id, author, round: 0, target: { scope: "report" }, kind: "other", text, createdAt: AT, withdrawn: false };
}

function reply(id: string, of: string, author: string, text = id): Reply {
  return { id, comment: of, author, text, createdAt: AT, withdrawn: false };
}

const DECISION: Decision = { comment: "c", outcome: "accept", response: "", proposedBy: "me", proposedAt: AT };
const NONE = { decisions: new Map(), reopened: new Set<string>(), merges: new Map(), placings: new Map() };
const BOARD: BoardRecord[] = [
  {
    comment: comment("c", "other"),
    author: OTHER,
    replies: [{ reply: reply("r", "c", "me", "cũ"), author: ME }],
    decision: null,
  },
  { comment: comment("mine", "me", "cũ"), author: ME, replies: [], decision: null },
];

describe("the board with what this device knows better", () => {
  it("is the board where the device knows nothing", () => {
    expect(withOwnRecords(BOARD, { comments: [], replies: [] }, NONE, ME)).toEqual(BOARD);
  });

  it("has a decision before the server has taken it up", () => {
    const records = withOwnRecords(
      BOARD,
      { comments: [], replies: [] },
      { ...NONE, decisions: new Map([["c", DECISION]]) },
      ME,
    );
    expect(records.map((record) => record.decision)).toEqual([DECISION, null]);
  });

  it("has one's own comments and replies as they are here, once each, also those not yet sent", () => {
    const own = {
      comments: [comment("mine", "me", "mới"), comment("new", "me")],
      replies: [reply("r", "c", "me", "mới"), reply("s", "c", "me"), reply("t", "new", "me")],
    };
    const records = withOwnRecords(BOARD, own, NONE, ME);
    expect(records.map((record) => [record.comment.text, record.replies.map((one) => one.reply.text)])).toEqual([
      ["c", ["mới", "s"]],
      ["mới", []],
      ["new", ["t"]],
    ]);
    expect(records.at(-1)?.author).toBe(ME);
  });

  it("never takes another person's comment of the same id for one's own", () => {
    const records = withOwnRecords(BOARD, { comments: [comment("c", "me", "giả")], replies: [] }, NONE, ME);
    expect(records[0]?.comment.text).toBe("c");
  });
});
