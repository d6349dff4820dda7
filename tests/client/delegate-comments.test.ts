/** @vitest-environment jsdom */
import type { BoardRecord, Notes } from "#comments";
import type { Comment, Decision, Person, Reply, Round, Stance } from "#model";
import { quotedPlaces } from "#model";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CommentWords } from "../../src/client/delegate/comment-words.ts";
import { forgetDraft, keepDraft, keptDraft } from "../../src/client/delegate/kept-draft.ts";
import { lateAnswers, unreceivedAnswers } from "../../src/client/delegate/late-answers.ts";
import { isReceived, lateComments, renewed, unreceived } from "../../src/client/delegate/late-comments.ts";
import { ownComments } from "../../src/client/delegate/own-comment.ts";
import { commentOf, editOf } from "../../src/client/delegate/writing.ts";

const ME: Person = { id: "me", name: "Đại biểu Mẫu", unit: "Tổ 1", role: "delegate" };
const DRAFTER: Person = { id: "drafter", name: "Thư ký Mẫu", unit: "Tổ biên tập", role: "drafter" };
const TIME = "2021-12-01T00:00:00.000Z";
const LATER = "2021-12-05T00:00:00.000Z";

function comment(id: string, change: Partial<Comment> = {}): Comment {
  const words = { kind: "clarify", text: `Ý kiến ${id}`, target: { scope: "report" } } as const;
  return { id, author: ME.id, round: 1, createdAt: TIME, withdrawn: false, ...words, ...change };
}

function reply(id: string, to: string, change: Partial<Reply> = {}): Reply {
  return { id, comment: to, author: ME.id, text: `Trả lời ${id}`, createdAt: TIME, withdrawn: false, ...change };
}

function record(of: Comment, change: Partial<BoardRecord> = {}): BoardRecord {
  return { comment: of, author: ME, replies: [], decision: null, ...change };
}

const notesOf = (comments: readonly Comment[], replies: readonly Reply[] = []): Notes => ({
  comments: [...comments],
  replies: [...replies],
  stances: [],
});

const ids = (comments: readonly Comment[]): string[] => comments.map(({ id }) => id);

let stored: Map<string, string>;
let full: boolean;

beforeEach(() => {
  stored = new Map();
  full = false;
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (full) throw new DOMException("full", "QuotaExceededError");
      stored.set(key, value);
    },
    removeItem: (key: string) => void stored.delete(key),
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("late answers", () => {
  const stance = (round: number, more: Partial<Stance> = {}): Stance => ({
    author: ME.id,
    round,
    agrees: true,
    createdAt: TIME,
    ...more,
  });
  const voice = { unit: "Chi bộ 1", people: 12 };

  it("are told once it is known what the server has, and only what it has otherwise", () => {
    const late = lateAnswers("r", "me");
    expect(late.add([stance(1), stance(2, { voice }), stance(3, { agrees: false })])).toBe(true);
    expect(late.read().checked).toBe(false);
    late.check([stance(1), stance(3)]);
    expect(
      lateAnswers("r", "me")
        .read()
        .stances.map(({ round }) => round),
    ).toEqual([2, 3]);
    expect(lateAnswers("r", "other").read().stances).toEqual([]);
    late.remove(2);
    late.remove(3);
    expect(stored.size).toBe(0);
  });

  it("are kept once for each round, in their last words, and not where the device is full", () => {
    const late = lateAnswers("r", "me");
    late.add([stance(1)]);
    late.add([stance(1, { agrees: false, voice })]);
    late.check([]);
    expect(late.read()).toEqual({ stances: [stance(1, { agrees: false, voice })], checked: true });
    full = true;
    expect(late.add([stance(2)])).toBe(false);
    expect(late.add([])).toBe(true);
  });

  it("are those that differ in agreement, unit or number; one that says nothing is none", () => {
    const answers = [stance(1, { voice })];
    expect(unreceivedAnswers(answers, [stance(1, { voice, editedAt: LATER })])).toEqual([]);
    expect(unreceivedAnswers(answers, [stance(1, { voice: { unit: "Chi bộ 1" } })])).toEqual(answers);
    expect(unreceivedAnswers(answers, [stance(1)])).toEqual(answers);
    expect(unreceivedAnswers([stance(1, { agrees: false })], [])).toEqual([]);
  });

  it("are none where something else is stored", () => {
    for (const value of ["", "{", "1", "[]", "null"]) {
      stored.set("tongket.late-answers.r.me", value);
      expect(lateAnswers("r", "me").read()).toEqual({ stances: [], checked: true });
    }
  });
});

describe("late comments", () => {
  it("are kept in the order they came until they are removed, for one report and person", () => {
    const late = lateComments("r", "me");
    expect(late.read()).toEqual([]);
    expect(late.add([comment("a"), comment("b")])).toBe(true);
    expect(late.add([comment("c")])).toBe(true);
    expect(lateComments("r", "me").read()).toEqual([comment("a"), comment("b"), comment("c")]);
    expect(lateComments("r", "other").read()).toEqual([]);
    expect(lateComments("other", "me").read()).toEqual([]);
    late.remove("b");
    expect(ids(late.read())).toEqual(["a", "c"]);
    late.remove("a");
    late.remove("c");
    expect(stored.size).toBe(0);
  });

  it("take the newest words of one that is known", () => {
    const late = lateComments("r", "me");
    late.add([comment("a", { text: "Lời cũ" }), comment("b")]);
    late.add([comment("a", { text: "Lời mới" })]);
    expect(late.read().map(({ text }) => text)).toEqual(["Ý kiến b", "Lời mới"]);
  });

  it("say when the device did not keep them, so that nothing is discarded", () => {
    const late = lateComments("r", "me");
    late.add([comment("a")]);
    full = true;
    expect(late.add([comment("b")])).toBe(false);
    expect(late.add([])).toBe(true);
    expect(ids(late.read())).toEqual(["a"]);
  });

  it("are none where the storage holds something else", () => {
    for (const value of ["{", "7", "null", '{"a":1}']) {
      stored.set("tongket.late.r.me", value);
      expect(lateComments("r", "me").read()).toEqual([]);
    }
  });

  it("become new comments of an open round, never edited", () => {
    const late = comment("a", { editedAt: TIME, proposal: "Câu sửa" });
    const { editedAt: _none, ...rest } = late;
    expect(renewed(late, { id: "n", round: 2, now: LATER })).toEqual({ ...rest, id: "n", round: 2, createdAt: LATER });
  });
});

describe("a comment", () => {
  it("is received where the server has exactly its words", () => {
    const own = comment("a", { proposal: "Câu sửa" });
    expect(isReceived(own, record(own))).toBe(true);
    expect(isReceived(own, null)).toBe(false);
    const changes: Partial<Comment>[] = [{ text: "Khác" }, { proposal: "Khác" }, { kind: "add" }, { withdrawn: true }];
    for (const change of changes) expect(isReceived({ ...own, ...change }, record(own))).toBe(false);
    const { proposal: _none, ...without } = own;
    expect(isReceived(without, record(own))).toBe(false);
  });
});

describe("what the server has not received", () => {
  it("is what the board lacks or has in other words, and withdrawals of what it has", () => {
    const notes = notesOf([
      comment("received"),
      comment("new"),
      comment("edited"),
      comment("taken back", { withdrawn: true }),
      comment("never seen", { withdrawn: true }),
    ]);
    const board = [
      record(comment("received")),
      record(comment("edited", { text: "Lời cũ" })),
      record(comment("taken back")),
    ];
    const late = unreceived(notes, board);
    expect(ids(late)).toEqual(["new", "edited", "taken back"]);
    expect(late.filter(({ withdrawn }) => withdrawn).map(({ id }) => id)).toEqual(["taken back"]);
    expect(ids(unreceived(notes, [...board.slice(0, 2), record(comment("taken back", { withdrawn: true }))]))).toEqual([
      "new",
      "edited",
    ]);
  });

  it("has replies as comments about the same thing", () => {
    const about = comment("a", { target: { scope: "slot", slot: "opening" }, editedAt: TIME });
    const notes = notesOf(
      [about],
      [reply("sent", "a"), reply("unsent", "a", { text: "Bổ sung" }), reply("gone", "a", { withdrawn: true })],
    );
    const board = [record(about, { replies: [{ reply: reply("sent", "a"), author: ME }] })];
    expect(unreceived(notes, board)).toEqual([
      comment("unsent", { target: { scope: "slot", slot: "opening" }, kind: "other", text: "Bổ sung" }),
    ]);
  });

  it("has the withdrawal of a reply that the board still has", () => {
    const about = comment("a");
    const sent = reply("sent", "a");
    const notes = notesOf([about], [{ ...sent, withdrawn: true }]);
    const late = unreceived(notes, [record(about, { replies: [{ reply: sent, author: ME }] })]);
    expect(late.map(({ id, withdrawn }) => [id, withdrawn])).toEqual([["sent", true]]);
  });
});

describe("one's own comments", () => {
  const OPEN: Round = { number: 2, version: "v2", openedAt: TIME };
  const CLOSED: Round = { ...OPEN, closedAt: LATER };
  const decision: Decision = {
    comment: "old",
    outcome: "accept",
    response: "",
    proposedBy: DRAFTER.id,
    proposedAt: TIME,
    validatedBy: DRAFTER.id,
    validatedAt: TIME,
  };
  const old = comment("old", { round: 1, target: { scope: "slot", slot: "opening" } });
  const present = comment("present", { round: 2 });
  const waiting = comment("waiting", { round: 2, text: "Lời mới" });
  const input = {
    notes: notesOf([old, present, waiting], [reply("r1", "present"), reply("r2", "old")]),
    board: [
      record(present, { replies: [{ reply: reply("r0", "present", { author: DRAFTER.id }), author: DRAFTER }] }),
      record(comment("waiting", { round: 2, text: "Lời cũ" })),
      record(old, { decision }),
    ],
    highlights: [{ slot: "opening", comment: "present", from: 1, to: 5 }],
    titleOf: (slot: string) => `Mục ${slot}`,
  };

  it("stand in the order of the notes, each with its replies and what the board says of it", () => {
    const own = ownComments({ ...input, round: OPEN, taking: "all" });
    expect(own.map((one) => one.comment)).toEqual([old, present, waiting]);
    expect(own.map(({ replies }) => replies.map(({ id }) => id))).toEqual([["r2"], ["r1"], []]);
    expect(own.map((one) => one.record?.decision ?? null)).toEqual([decision, null, null]);
    expect(own.map(({ slotTitle }) => slotTitle)).toEqual(["Mục opening", "", ""]);
  });

  it("wait while the board lacks them or has other words", () => {
    expect(ownComments({ ...input, round: OPEN, taking: "all" }).map(({ received }) => received)).toEqual([
      true,
      true,
      false,
    ]);
    const offline = ownComments({ ...input, board: [], round: OPEN, taking: "all" });
    expect(offline.map(({ received, record: known }) => [received, known])).toEqual([
      [false, null],
      [false, null],
      [false, null],
    ]);
  });

  it("are edited only in the round that is shown, while it is open", () => {
    expect(ownComments({ ...input, round: OPEN, taking: "all" }).map(({ editable }) => editable)).toEqual([
      false,
      true,
      true,
    ]);
    expect(ownComments({ ...input, round: CLOSED, taking: "nothing" }).map(({ editable }) => editable)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it("are placed where their words stand in the draft", () => {
    expect(ownComments({ ...input, round: OPEN, taking: "all" }).map(({ placed }) => placed)).toEqual([
      false,
      true,
      false,
    ]);
  });
});

describe("the words of the sheet", () => {
  const maker = { newId: () => "n", author: ME.id, round: 2, now: LATER, audience: "own" } as const;
  const subject = { key: "k", heading: "Góp ý" };

  it("say who may see them, as the sheet has just said", () => {
    const about = { scope: "report" } as const;
    const words = { kind: "other", text: "Chung" } as const;
    expect(commentOf({ about, subject }, words, maker)).not.toHaveProperty("audience");
    const told = commentOf({ about, subject }, words, { ...maker, audience: "unnamed" });
    expect(told.audience).toBe("unnamed");
    const edited = (audience: "own" | "all"): unknown =>
      commentOf(editOf(told, { key: "k", heading: "Sửa" }), words, { ...maker, audience }).audience;
    expect([edited("own"), edited("all")]).toEqual([undefined, "all"]);
  });

  it("make a new comment of the open round", () => {
    const about = { scope: "slot", slot: "opening" } as const;
    expect(commentOf({ about, subject }, { kind: "add", text: "Thêm" }, maker)).toEqual(
      comment("n", { round: 2, target: about, kind: "add", text: "Thêm", createdAt: LATER }),
    );
  });

  it("put the place first that a wording is for, and leave the order alone where none is proposed", () => {
    const at = (exact: string) => ({
      slot: "opening",
      anchor: { start: exact, end: exact },
      quote: { exact, prefix: "", suffix: "" },
    });
    const about = { scope: "range", ...at("một") } as const;
    const words = { kind: "wording", text: "", also: [at("hai"), at("ba")] } as const;
    const placesOf = (more: Partial<CommentWords>): string[] =>
      quotedPlaces(commentOf({ about, subject }, { ...words, ...more }, maker).target);
    expect(placesOf({ proposal: "Sửa" })).toEqual(["một", "hai", "ba"]);
    expect(placesOf({ proposal: "Sửa", part: 0 })).toEqual(["một", "hai", "ba"]);
    expect(placesOf({ proposal: "Sửa", part: 1 })).toEqual(["hai", "một", "ba"]);
    expect(placesOf({ proposal: "Sửa", part: 2 })).toEqual(["ba", "một", "hai"]);
    expect(placesOf({ proposal: "Sửa", part: 3 })).toEqual(["một", "hai", "ba"]);
    expect(placesOf({ text: "Không sửa", part: 2 })).toEqual(["một", "hai", "ba"]);
  });

  it("change an own comment, whose round, time and place stay, and drop a wording no longer proposed", () => {
    const target = {
      scope: "range",
      slot: "opening",
      anchor: { start: "s", end: "e" },
      quote: { exact: "nể nang", prefix: "", suffix: "" },
    } as const;
    const before = comment("a", { target, proposal: "Câu sửa" });
    const writing = editOf(before, subject);
    expect(writing.subject).toEqual({
      ...subject,
      quote: "nể nang",
      words: { kind: "clarify", text: "Ý kiến a", proposal: "Câu sửa" },
    });
    expect(commentOf(writing, { kind: "other", text: "Mới" }, maker)).toEqual(
      comment("a", { target, kind: "other", text: "Mới", editedAt: LATER }),
    );
    expect(editOf(comment("b"), subject).subject).not.toHaveProperty("quote");
  });
});

describe("half-written words", () => {
  const UNTOUCHED: CommentWords = { kind: "clarify", text: "" };
  const WORDS: CommentWords = { kind: "wording", text: "Nên viết", proposal: "Câu sửa" };

  it("are found again under their subject until they are forgotten", () => {
    keepDraft("k", WORDS, UNTOUCHED);
    keepDraft("other", { kind: "add", text: "Thêm" }, UNTOUCHED);
    expect(keptDraft("k")).toEqual(WORDS);
    expect(keptDraft("other")).toEqual({ kind: "add", text: "Thêm" });
    forgetDraft("k");
    expect(keptDraft("k")).toBeNull();
    expect(keptDraft("other")).not.toBeNull();
  });

  it("leave nothing behind where they are as they were at first", () => {
    keepDraft("k", WORDS, UNTOUCHED);
    keepDraft("k", UNTOUCHED, UNTOUCHED);
    keepDraft("edit", WORDS, WORDS);
    expect(stored.size).toBe(0);
    keepDraft("edit", { ...WORDS, kind: "other" }, WORDS);
    expect(keptDraft("edit")?.kind).toBe("other");
  });

  it("are none where the storage holds something else, or cannot be written", () => {
    for (const value of ["{", "null", "[]", '{"kind":"nonsense","text":"a"}', '{"kind":"add","text":7}']) {
      stored.set("tongket.draft.k", value);
      expect(keptDraft("k")).toBeNull();
    }
    stored.clear();
    full = true;
    keepDraft("k", WORDS, UNTOUCHED);
    expect(keptDraft("k")).toBeNull();
  });
});
