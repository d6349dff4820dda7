import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import {
  confirmPlace,
  decisionsForgery,
  mergeComments,
  notesForgery,
  proposeDecision,
  Proposals,
  putComment,
  putReply,
  TIME_TOLERANCE,
  validateDecision,
} from "#comments";
import type { Comment } from "#model";
import { BINH, CHAIR, commentOf, copyOf, DRAFTER, later, NOON, replyOf } from "./sample.ts";

const DAY = TIME_TOLERANCE / 1000;
const TIMES = { now: later(60), since: later(-5 * DAY), rounds: [{ number: 1, version: "v1", openedAt: NOON }] };

function notes(change: (doc: Y.Doc) => void, start: (doc: Y.Doc) => void = () => undefined) {
  const before = new Y.Doc();
  start(before);
  const after = copyOf(before);
  change(after);
  return notesForgery(before, after, BINH.id, TIMES, (id) => id === "taken");
}

const put = (more: Partial<Comment>) => (doc: Y.Doc) => putComment(doc, commentOf("c1", more));

describe("times in notes", () => {
  it("may be wrong by a day at either end", () => {
    expect(notes(put({ createdAt: later(60 + DAY) }))).toBeNull();
    expect(notes(put({ createdAt: later(-DAY) }))).toBeNull();
    expect(notes(put({ createdAt: later(61 + DAY) }))).toBe("bad-record");
    expect(notes(put({ createdAt: later(-1 - DAY) }))).toBe("bad-record");
    expect(notes(put({ editedAt: later(61 + DAY) }))).toBe("bad-record");
  });

  it("outside any round count from the making of the report", () => {
    expect(notes(put({ round: 0, createdAt: later(-6 * DAY) }))).toBeNull();
    expect(notes(put({ round: 0, createdAt: later(-6 * DAY - 1) }))).toBe("bad-record");
  });

  it("are not asked about again where they stay as they were", () => {
    const old = put({ createdAt: later(-300 * DAY) });
    expect(notes(put({ createdAt: later(-300 * DAY), text: "sửa", editedAt: later(1) }), old)).toBeNull();
  });
});

describe("times of merges and places", () => {
  it("may be wrong by a day at either end, as those of decisions", () => {
    const said = (write: (doc: Y.Doc) => void): string | null => {
      const [before, after] = [new Y.Doc(), new Y.Doc()];
      write(after);
      return decisionsForgery(before, after, DRAFTER.id, TIMES, new Proposals());
    };
    const spot = { slot: "a", anchor: { start: "AA==", end: "AA==" } };
    const all = (at: string): (string | null)[] => [
      said((doc) => mergeComments(doc, ["c1"], "c2", DRAFTER.id, at)),
      said((doc) => confirmPlace(doc, "c1", spot, DRAFTER.id, at)),
      said((doc) => proposeDecision(doc, { comment: "c1", outcome: "accept", response: "" }, DRAFTER.id, at)),
    ];
    expect(all(later(60 + DAY))).toEqual([null, null, null]);
    expect(all(later(61 + DAY))).toEqual(["bad-record", "bad-record", "bad-record"]);
    expect(all(later(-6 * DAY))).toEqual([null, null, null]);
    expect(all(later(-6 * DAY - 1))).toEqual(["bad-record", "bad-record", "bad-record"]);
  });
});

describe("ids of replies", () => {
  it("are not another's", () => {
    expect(notes((doc) => putReply(doc, replyOf("r1", "c1", { author: BINH.id })))).toBeNull();
    expect(notes((doc) => putReply(doc, replyOf("taken", "c1", { author: BINH.id })))).toBe("not-yours");
  });
});

describe("a validation", () => {
  const proposal = { comment: "c1", outcome: "keep", response: "Giữ." } as const;

  function validated(change: (doc: Y.Doc) => void, seen: (doc: Y.Doc) => void = () => undefined) {
    const before = new Y.Doc();
    const proposals = new Proposals();
    seen(before);
    proposals.note(before);
    const after = copyOf(before);
    change(after);
    return decisionsForgery(before, after, CHAIR.id, TIMES, proposals);
  }

  const propose =
    (response: string, person = DRAFTER.id) =>
    (doc: Y.Doc): void =>
      proposeDecision(doc, { ...proposal, response }, person, later(1));

  it("repeats what was proposed, also what was overwritten meanwhile", () => {
    const old = new Y.Doc();
    propose("Giữ.")(old);
    const overwritten = new Proposals();
    overwritten.note(old);
    expect(validated((doc) => validateDecision(doc, "c1", CHAIR.id, later(2)), propose("Giữ."))).toBeNull();
    const before = copyOf(old);
    propose("Khác.")(before);
    const after = copyOf(before);
    propose("Giữ.")(after);
    validateDecision(after, "c1", CHAIR.id, later(2));
    expect(decisionsForgery(before, after, CHAIR.id, TIMES, overwritten)).toBeNull();
  });

  it("puts no words into anybody's mouth", () => {
    const forge = (doc: Y.Doc): void => {
      propose("Chưa ai đề xuất.")(doc);
      validateDecision(doc, "c1", CHAIR.id, later(2));
    };
    expect(validated(forge, propose("Giữ."))).toBe("not-yours");
    const own = (doc: Y.Doc): void => {
      propose("Chủ trì viết.", CHAIR.id)(doc);
      validateDecision(doc, "c1", CHAIR.id, later(2));
    };
    expect(validated(own, propose("Giữ."))).toBeNull();
  });
});
