import type { BoardRecord } from "#comments";
import {
  answerRecords,
  boardFor,
  decisionsMap,
  decisionsViolation,
  gatherRecords,
  mergeComments,
  mergesMap,
  proposeDecision,
  readAnswers,
  readMerges,
  reopenComment,
  separateComment,
  validateDecision,
} from "#comments";
import type { Comment, Person } from "#model";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { random as randomOf } from "../support/random.ts";
import { BINH, CHAIR, CHI, commentOf, copyOf, DRAFTER, later, NOON } from "./sample.ts";

const COMMENTS = [
  commentOf("a"),
  commentOf("b", { createdAt: later(1), author: CHI.id }),
  commentOf("c", { createdAt: later(2), author: CHI.id }),
  commentOf("d", { createdAt: later(3) }),
];

function recordsOf(doc: Y.Doc, comments: readonly Comment[] = COMMENTS) {
  const notes = [{ comments: [...comments], replies: [] }];
  return gatherRecords({ people: [BINH, CHI, DRAFTER, CHAIR], notes, ...readAnswers(doc) });
}

/** For each comment the one that leads its row. */
function leaders(doc: Y.Doc, comments?: readonly Comment[]): Record<string, string> {
  return Object.fromEntries(
    recordsOf(doc, comments).map(({ comment, mergedWith }) => [comment.id, mergedWith ?? comment.id]),
  );
}

function answers(doc: Y.Doc, comments?: readonly Comment[]): Record<string, string> {
  return Object.fromEntries(
    recordsOf(doc, comments).map(({ comment, decision }) => [
      comment.id,
      decision ? `${decision.outcome}${decision.validatedBy === undefined ? "?" : ""}` : "",
    ]),
  );
}

const keep = { outcome: "keep", response: "Giữ như dự thảo." } as const;

describe("comments that are merged", () => {
  it("have the answer of the one that leads, and their own again once separated", () => {
    const doc = new Y.Doc();
    proposeDecision(doc, { comment: "b", outcome: "accept", response: "" }, DRAFTER.id, NOON);
    mergeComments(doc, ["b", "c"], "a", DRAFTER.id, NOON);
    expect(leaders(doc)).toEqual({ a: "a", b: "a", c: "a", d: "d" });
    expect(answers(doc)).toEqual({ a: "", b: "", c: "", d: "" });
    proposeDecision(doc, { comment: "a", ...keep }, DRAFTER.id, NOON);
    expect(answers(doc)).toEqual({ a: "keep?", b: "keep?", c: "keep?", d: "" });
    separateComment(doc, "b", DRAFTER.id, NOON);
    expect(leaders(doc)).toEqual({ a: "a", b: "b", c: "a", d: "d" });
    expect(answers(doc)).toEqual({ a: "keep?", b: "accept?", c: "keep?", d: "" });
  });

  it("come along when their row is merged into another, and go with it", () => {
    const doc = new Y.Doc();
    mergeComments(doc, ["b"], "c", DRAFTER.id, NOON);
    mergeComments(doc, ["c"], "a", DRAFTER.id, NOON);
    expect(leaders(doc)).toEqual({ a: "a", b: "a", c: "a", d: "d" });
    separateComment(doc, "c", DRAFTER.id, NOON);
    expect(leaders(doc)).toEqual({ a: "a", b: "c", c: "c", d: "d" });
  });

  it("are all by themselves again when the one that leads is separated", () => {
    const doc = new Y.Doc();
    mergeComments(doc, ["b", "c"], "a", DRAFTER.id, NOON);
    separateComment(doc, "a", DRAFTER.id, NOON);
    expect(leaders(doc)).toEqual({ a: "a", b: "b", c: "c", d: "d" });
  });

  it("are led by the oldest of a circle, which two people make at once, and can be separated", () => {
    const doc = new Y.Doc();
    const other = copyOf(doc);
    mergeComments(doc, ["a"], "b", DRAFTER.id, NOON);
    mergeComments(other, ["b"], "a", CHAIR.id, NOON);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
    expect(leaders(doc)).toEqual({ a: "a", b: "a", c: "c", d: "d" });
    for (const one of ["a", "b"]) {
      const copy = copyOf(doc);
      separateComment(copy, one, DRAFTER.id, NOON);
      expect(leaders(copy), one).toEqual({ a: "a", b: "b", c: "c", d: "d" });
    }
  });

  it("are led by the oldest that stands where the one that led is withdrawn, and keep its answer", () => {
    const doc = new Y.Doc();
    mergeComments(doc, ["b", "c"], "a", DRAFTER.id, NOON);
    proposeDecision(doc, { comment: "a", ...keep }, DRAFTER.id, NOON);
    const withdrawn = COMMENTS.map((comment) => (comment.id === "a" ? { ...comment, withdrawn: true } : comment));
    expect(leaders(doc, withdrawn)).toEqual({ a: "a", b: "b", c: "b", d: "d" });
    expect(answers(doc, withdrawn)).toMatchObject({ b: "keep?", c: "keep?" });
    proposeDecision(doc, { comment: "b", outcome: "accept", response: "" }, DRAFTER.id, later(5));
    expect(answers(doc, withdrawn)).toMatchObject({ b: "accept?", c: "accept?" });
  });

  it("name what is not there without harm", () => {
    const doc = new Y.Doc();
    mergeComments(doc, ["b"], "gone", DRAFTER.id, NOON);
    mergesMap(doc).set("c", { comment: "c", with: "c", by: "x", at: NOON });
    mergesMap(doc).set("d", "a");
    expect(leaders(doc)).toEqual({ a: "a", b: "b", c: "c", d: "d" });
  });

  it("are validated only where the chair saw them in the row", () => {
    const doc = new Y.Doc();
    mergeComments(doc, ["b"], "a", DRAFTER.id, NOON);
    proposeDecision(doc, { comment: "a", ...keep }, DRAFTER.id, NOON);
    validateDecision(doc, "a", CHAIR.id, NOON, ["b"]);
    mergeComments(doc, ["c"], "a", DRAFTER.id, NOON);
    expect(answers(doc)).toEqual({ a: "keep", b: "keep", c: "keep?", d: "" });
    const seen = boardFor(recordsOf(doc), CHI);
    expect(seen.map(({ comment, decision }) => [comment.id, decision?.comment])).toEqual([
      ["b", "b"],
      ["c", undefined],
    ]);
    // Nobody learns with whom they were merged.
    expect(JSON.stringify(seen)).not.toContain('"a"');
  });

  it("costs little however long a chain is", () => {
    const comments = Array.from({ length: 5000 }, (_, n) => commentOf(`c${n}`));
    const records = comments.map((comment): BoardRecord => ({ comment, author: BINH, replies: [], decision: null }));
    const merges = new Map(
      comments.slice(1).map(({ id }, n) => [id, { comment: id, with: `c${n}`, by: "x", at: NOON }]),
    );
    const begun = process.cpuUsage();
    const answered = answerRecords(records, new Map(), merges);
    expect(answered.every(({ comment, mergedWith }) => (mergedWith ?? comment.id) === "c0")).toBe(true);
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(1000);
  });
});

describe("a decision that is taken back", () => {
  it("leaves the comment open, and can be given again", () => {
    const doc = new Y.Doc();
    proposeDecision(doc, { comment: "a", ...keep }, DRAFTER.id, NOON);
    reopenComment(doc, "a", CHAIR.id, NOON);
    expect(answers(doc)["a"]).toBe("");
    expect([...readAnswers(doc).reopened]).toEqual(["a"]);
    proposeDecision(doc, { comment: "a", ...keep }, DRAFTER.id, NOON);
    expect(answers(doc)["a"]).toBe("keep?");
    expect(readAnswers(doc).reopened.size).toBe(0);
  });
});

describe("merges made at random by people who do not hear of each other", () => {
  it.each(Array.from({ length: 60 }, (_, n) => n + 1))("converge to rows, each with one leader (seed %i)", (seed) => {
    const random = randomOf(seed);
    const comments = Array.from({ length: 8 }, (_, n) =>
      commentOf(`c${n}`, { createdAt: later(random.int(4)), withdrawn: random.int(8) === 0 }),
    );
    const peers = Array.from({ length: 3 }, () => new Y.Doc());
    const pick = (): string => `c${random.int(comments.length)}`;
    for (let step = 0; step < 40; step++) {
      const doc = peers[random.int(3)] ?? new Y.Doc();
      const act = random.int(4);
      if (act === 0) separateComment(doc, pick(), DRAFTER.id, later(step));
      else if (act === 1) Y.applyUpdate(doc, Y.encodeStateAsUpdate(peers[random.int(3)] ?? doc));
      else mergeComments(doc, [pick(), pick()], pick(), DRAFTER.id, later(step));
      // Each is in one row, whose leader leads itself and stands where anybody in it does.
      const rows = leaders(doc, comments);
      expect(Object.keys(rows)).toHaveLength(comments.length);
      for (const leader of Object.values(rows)) expect(rows[leader]).toBe(leader);
      for (const { id, withdrawn } of comments) {
        if (!withdrawn) expect(comments.find((one) => one.id === rows[id])?.withdrawn).toBe(false);
      }
    }
    const states = peers.map((doc) => Y.encodeStateAsUpdate(doc));
    const results = [
      [0, 1, 2],
      [2, 1, 0, 1],
      [1, 0, 2],
    ].map((order) => {
      const doc = new Y.Doc();
      for (const n of order) Y.applyUpdate(doc, states[n] ?? new Uint8Array());
      return doc;
    });
    const [first = new Y.Doc()] = results;
    for (const doc of results) expect(leaders(doc, comments)).toEqual(leaders(first, comments));
    // The order in which comments come says nothing.
    expect(leaders(first, comments.toReversed())).toEqual(leaders(first, comments));
    for (const { id } of comments) {
      const copy = copyOf(first);
      separateComment(copy, id, DRAFTER.id, later(99));
      const row = Object.entries(leaders(copy, comments)).filter(
        ([, leader]) => leader === leaders(copy, comments)[id],
      );
      const named = readMerges(copy).get(id)?.with ?? null;
      expect(named).toBeNull();
      // Only those who came by it are still with it.
      expect(row.every(([one]) => one === id || readMerges(copy).get(one)?.with !== undefined)).toBe(true);
    }
  });
});

describe("a change of merges", () => {
  function violation(change: (doc: Y.Doc) => void, person: Person, start?: (doc: Y.Doc) => void) {
    const before = new Y.Doc();
    start?.(before);
    const after = copyOf(before);
    change(after);
    return decisionsViolation(before, after, person, (id) => COMMENTS.some((comment) => comment.id === id), []);
  }
  const merge = (doc: Y.Doc): void => mergeComments(doc, ["b"], "a", DRAFTER.id, NOON);
  const set =
    (value: unknown) =>
    (doc: Y.Doc): void =>
      void mergesMap(doc).set("b", value);

  it("passes for the committee in one's own name", () => {
    expect(violation(merge, DRAFTER)).toBeNull();
    expect(violation((doc) => separateComment(doc, "b", CHAIR.id, NOON), CHAIR, merge)).toBeNull();
  });

  it("is refused for anybody else, in another's name, malformed, removed, or about what is no comment", () => {
    expect(violation(merge, BINH)).toBe("read-only");
    expect(violation(merge, CHAIR)).toBe("not-yours");
    expect(violation(set({ comment: "b", with: "a", by: DRAFTER.id }), DRAFTER)).toBe("bad-record");
    expect(violation(set({ comment: "b", with: "a", by: DRAFTER.id, at: NOON, more: 1 }), DRAFTER)).toBe("bad-record");
    expect(violation(set({ comment: "b", with: "x", by: DRAFTER.id, at: NOON }), DRAFTER)).toBe("bad-record");
    expect(violation(set({ comment: "b", with: "b", by: DRAFTER.id, at: NOON }), DRAFTER)).toBe("bad-record");
    expect(violation(set({ comment: "c", with: "a", by: DRAFTER.id, at: NOON }), DRAFTER)).toBe("bad-record");
    expect(violation((doc) => mergesMap(doc).delete("b"), CHAIR, merge)).toBe("bad-record");
  });

  it("is refused where a drafter says what the chair's validation covers, or reopens in another's name", () => {
    const propose = (doc: Y.Doc): void => proposeDecision(doc, { comment: "a", ...keep }, DRAFTER.id, NOON);
    expect(violation((doc) => validateDecision(doc, "a", CHAIR.id, NOON, ["b"]), CHAIR, propose)).toBeNull();
    expect(violation((doc) => validateDecision(doc, "a", CHAIR.id, NOON, ["b"]), DRAFTER, propose)).toBe("chair-only");
    const covering = { comment: "a", ...keep, proposedBy: DRAFTER.id, proposedAt: NOON, covers: ["b"] };
    expect(violation((doc) => decisionsMap(doc).set("a", covering), DRAFTER)).toBe("bad-record");
    expect(violation((doc) => reopenComment(doc, "a", DRAFTER.id, NOON), DRAFTER, propose)).toBeNull();
    expect(violation((doc) => reopenComment(doc, "a", CHAIR.id, NOON), DRAFTER, propose)).toBe("not-yours");
    expect(violation((doc) => reopenComment(doc, "x", DRAFTER.id, NOON), DRAFTER)).toBe("bad-record");
  });
});
