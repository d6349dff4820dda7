import { slotText, LINEAGE_ROOT } from "#collab";
import type { Comment, Decision, Person } from "#model";
import { threadState } from "#model";
import type { Notes } from "#comments";
import {
  boardFor,
  boardMap,
  gatherRecords,
  placeRecords,
  putComment,
  readBoard,
  readNotes,
  threadsOf,
  writeBoard,
} from "#comments";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import {
  BINH,
  bodyOf,
  CHAIR,
  CHI,
  commentOf,
  commentOn,
  copyOf,
  DRAFTER,
  flat,
  later,
  replyOf,
  templateOf,
} from "./sample.ts";

const PEOPLE: readonly Person[] = [CHAIR, DRAFTER, BINH, CHI];
const TEMPLATE = templateOf("s", "t");

const PROPOSED: Decision = {
  comment: "b1",
  outcome: "partly",
  response: "Tiếp thu một phần.",
  proposedBy: DRAFTER.id,
  proposedAt: later(50),
};

function notesOf(comments: readonly Comment[], replies: Notes["replies"] = []): Notes {
  return { comments, replies, stances: [] };
}

function decisionsOf(...decisions: readonly Decision[]): Map<string, Decision> {
  return new Map(decisions.map((decision) => [decision.comment, decision]));
}

/** A body, and one comment of each standing in it; the id says which. */
function everyStanding() {
  const body = bodyOf({ s: ["một hai ba", "bốn"], t: ["năm sáu"] });
  const by = { author: CHI.id };
  const comments = [
    commentOf("report"),
    commentOf("s-whole-early", { target: { scope: "slot", slot: "s" }, createdAt: later(1) }),
    commentOf("s-whole-late", { target: { scope: "slot", slot: "s" }, createdAt: later(2), ...by }),
    commentOn(body, "s", "một", "s-first", { createdAt: later(9) }),
    commentOn(body, "s", "hai", "s-second-short", { createdAt: later(8) }),
    commentOn(body, "s", "hai ba", "s-second-long", { createdAt: later(1), ...by }),
    commentOn(body, "s", "bốn", "s-third-a", { ...by }),
    commentOn(body, "s", "bốn", "s-third-b"),
    commentOn(body, "s", "ba", "s-gone", { createdAt: later(-9), ...by }),
    commentOf("t-whole", { target: { scope: "slot", slot: "t" } }),
    commentOn(body, "t", "sáu", "t-words", { ...by }),
    commentOf("u-whole", { target: { scope: "slot", slot: "unknown" }, createdAt: later(-99) }),
  ];
  const text = slotText(body, "s");
  text.delete(flat(text).indexOf("ba"), 2);
  const order = comments.map((comment) => comment.id);
  return { body, comments, order };
}

describe("threads", () => {
  it("come in the order of the draft", () => {
    const { body, comments, order } = everyStanding();
    const threads = threadsOf({
      template: TEMPLATE,
      people: PEOPLE,
      notes: [notesOf(comments)],
      decisions: new Map(),
      body,
    });
    // The place of the long quotation shrank with the word that was deleted, so the two are told apart by their ends.
    expect(threads.map((thread) => thread.comment.id)).toEqual(order);
    expect(threads.filter((thread) => thread.place).map((thread) => thread.comment.id)).toEqual(
      order.filter((id) => /first|second|third|words/.test(id)),
    );
  });

  it("come in the same order however the notes are given", () => {
    const { body, comments } = everyStanding();
    const replies = [
      replyOf("r1", "report", { createdAt: later(3) }),
      replyOf("r2", "report", { createdAt: later(2) }),
    ];
    const input = { template: TEMPLATE, people: PEOPLE, decisions: decisionsOf(PROPOSED), body };
    const expected = threadsOf({ ...input, notes: [notesOf(comments, replies)] });
    const pieces = [...comments.map((comment) => notesOf([comment])), ...replies.map((reply) => notesOf([], [reply]))];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(pieces, { minLength: pieces.length }),
        fc.shuffledSubarray([...PEOPLE], { minLength: PEOPLE.length }),
        (notes, people) => {
          expect(threadsOf({ ...input, people, notes })).toEqual(expected);
        },
      ),
    );
  });

  it("hold the replies oldest first, and the decision", () => {
    const replies = [
      replyOf("r2", "b1", { createdAt: later(2) }),
      replyOf("r1", "b1", { createdAt: later(1), author: CHAIR.id }),
      replyOf("r3", "nothing"),
    ];
    const [thread] = threadsOf({
      template: TEMPLATE,
      people: PEOPLE,
      notes: [notesOf([commentOf("b1")]), notesOf([], replies)],
      decisions: decisionsOf(PROPOSED),
      body: bodyOf({ s: [], t: [] }),
    });
    expect(thread?.author).toEqual(BINH);
    expect(thread?.replies.map(({ reply, author }) => [reply.id, author.name])).toEqual([
      ["r1", CHAIR.name],
      ["r2", DRAFTER.name],
    ]);
    expect(thread?.decision).toEqual(PROPOSED);
    expect(thread && threadState(thread)).toBe("proposed");
  });

  it("keep a comment whose author is not known, and both of two with one id", () => {
    const records = gatherRecords({
      people: PEOPLE,
      notes: [notesOf([commentOf("x")]), notesOf([commentOf("x", { author: "stranger", text: "khác" })])],
      decisions: new Map(),
    });
    expect(records.map(({ author }) => author)).toEqual([
      BINH,
      { id: "stranger", name: "stranger", unit: "", role: "delegate" },
    ]);
    const doc = new Y.Doc();
    writeBoard(doc, records, null);
    expect(readBoard(doc)).toEqual(records);
  });

  it("leave the body as it was, also where a comment names a slot that is not there", () => {
    const { body, comments } = everyStanding();
    const roots = [...body.share.keys()];
    const state = Y.encodeStateAsUpdate(body);
    threadsOf({ template: TEMPLATE, people: PEOPLE, notes: [notesOf(comments)], decisions: new Map(), body });
    expect(Y.encodeStateAsUpdate(body)).toEqual(state);
    // Asking after moves names the root that tells of them; nothing else is named.
    expect([...body.share.keys()].filter((root) => root !== LINEAGE_ROOT)).toEqual(roots);
  });
});

describe("a board", () => {
  const { body, comments } = everyStanding();
  const gather = (given: readonly Comment[], decisions = new Map<string, Decision>()) =>
    gatherRecords({ people: PEOPLE, notes: [notesOf(given, [replyOf("r1", "report")])], decisions });

  it("says what was written on it, on every copy", () => {
    const doc = new Y.Doc();
    const records = gather(comments, decisionsOf({ ...PROPOSED, comment: "report" }));
    expect(writeBoard(doc, records, null)).toBe(true);
    expect(readBoard(copyOf(doc))).toEqual(records);
    expect(placeRecords(readBoard(doc), TEMPLATE, body)).toEqual(placeRecords(records, TEMPLATE, body));
  });

  it("is not touched by writing the same again, and says so", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(comments), fc.shuffledSubarray(comments), (first, second) => {
        const doc = new Y.Doc();
        writeBoard(doc, gather(first), null);
        expect(writeBoard(doc, gather(second), null)).toBe(
          JSON.stringify(gather(first)) !== JSON.stringify(gather(second)),
        );
        expect(readBoard(doc)).toEqual(gather(second));
        const state = Y.encodeStateVector(doc);
        expect(writeBoard(doc, gather(second.toReversed()), null)).toBe(false);
        expect(Y.encodeStateVector(doc)).toEqual(state);
      }),
    );
  });

  it("writes only the records that differ", () => {
    const doc = new Y.Doc();
    writeBoard(doc, gather(comments), null);
    const changed: string[] = [];
    boardMap(doc).observe((event) => changed.push(...event.keysChanged));
    const edited = comments.map((comment) => (comment.id === "t-whole" ? { ...comment, withdrawn: true } : comment));
    expect(writeBoard(doc, gather(edited.slice(1)), "server")).toBe(true);
    expect(changed.sort()).toEqual(["binh/report", "binh/t-whole"]);
  });

  it("passes over what is no record", () => {
    const doc = new Y.Doc();
    for (const [i, value] of [null, 1, {}, { comment: commentOf("x") }, { author: BINH }].entries()) {
      boardMap(doc).set(String(i), value);
    }
    expect(readBoard(doc)).toEqual([]);
  });
});

describe("what a person may see of a board", () => {
  const validated: Decision = { ...PROPOSED, comment: "b2", validatedBy: CHAIR.id, validatedAt: later(60) };
  const records = gatherRecords({
    people: PEOPLE,
    notes: [
      notesOf([commentOf("b1"), commentOf("b2", { createdAt: later(1) })], [replyOf("own", "b1", { author: BINH.id })]),
      notesOf([commentOf("c1", { author: CHI.id })], [replyOf("stranger", "b1", { author: CHI.id })]),
      notesOf([], [replyOf("answer", "b1"), replyOf("slip", "b1", { withdrawn: true })]),
    ],
    decisions: decisionsOf(PROPOSED, validated),
  });

  it("is everything for the committee", () => {
    expect(boardFor(records, CHAIR)).toEqual(records);
    expect(boardFor(records, DRAFTER)).toEqual(records);
  });

  it("is a delegate's own comments with the committee's answers, and decisions once they are validated", () => {
    const seen = boardFor(records, BINH);
    expect(seen.map((record) => record.comment.id)).toEqual(["b1", "b2"]);
    expect(seen[0]?.replies.map(({ reply }) => reply.id)).toEqual(["answer", "own"]);
    expect(seen.map((record) => record.decision)).toEqual([null, validated]);
  });

  it("is nothing of others for a delegate or a reader", () => {
    expect(boardFor(records, CHI).map((record) => record.comment.id)).toEqual(["c1"]);
    expect(boardFor(records, { id: "guest", name: "Khách", unit: "", role: "reader" })).toEqual([]);
  });
});

describe("notes in documents of their own", () => {
  it("come together to the same threads as the plain ones", () => {
    const { body, comments } = everyStanding();
    const docs = new Map<string, Y.Doc>();
    for (const comment of comments) {
      const doc = docs.get(comment.author) ?? new Y.Doc();
      docs.set(comment.author, doc);
      putComment(doc, comment);
    }
    const input = { template: TEMPLATE, people: PEOPLE, decisions: new Map(), body };
    expect(threadsOf({ ...input, notes: [...docs].map(([person, doc]) => readNotes(doc, person)) })).toEqual(
      threadsOf({ ...input, notes: [notesOf(comments)] }),
    );
  });
});
