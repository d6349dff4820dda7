import type { Comment, Person, Round, Stance } from "#model";
import { notesMap, notesViolation, putComment, putReply, putStance, readNotes } from "#comments";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import {
  BINH,
  bodyOf,
  CHAIR,
  commentOf,
  commentOn,
  copyOf,
  DRAFTER,
  later,
  NOON,
  replyOf,
  TOO_LONG,
} from "./sample.ts";

const OPEN: readonly Round[] = [{ number: 1, version: "v1", openedAt: NOON }];
const CLOSED: readonly Round[] = [{ number: 1, version: "v1", openedAt: NOON, closedAt: later(60) }];
const SECOND: readonly Round[] = [...CLOSED, { number: 2, version: "v2", openedAt: later(120) }];

/** What is said against `change` to `start` by `person`. */
function violation(
  change: (doc: Y.Doc) => void,
  how: { person?: Person; rounds?: readonly Round[]; start?: (doc: Y.Doc) => void } = {},
) {
  const { person = BINH, rounds = OPEN, start } = how;
  const before = new Y.Doc();
  start?.(before);
  const after = copyOf(before);
  change(after);
  return notesViolation(before, after, person, rounds, later(1), ["s", "t"], (id) => id === "taken");
}

/** Puts a value as it is, whatever the types say. */
const raw =
  (key: string, value: unknown, person = BINH.id) =>
  (doc: Y.Doc): void => {
    notesMap(doc, person).set(key, value);
  };

const put =
  (comment: Comment) =>
  (doc: Y.Doc): void =>
    putComment(doc, comment);

describe("the notes of a person", () => {
  it("hold comments and replies as they were put, oldest first", () => {
    const doc = new Y.Doc();
    const [second, first] = [commentOf("c2", { createdAt: later(2) }), commentOf("c1", { createdAt: later(1) })];
    putComment(doc, second);
    putComment(doc, first);
    const reply = replyOf("r1", "c1", { author: BINH.id });
    putReply(doc, reply);
    expect(readNotes(copyOf(doc), BINH.id)).toEqual({ comments: [first, second], replies: [reply], stances: [] });
  });

  it("keep one record for a comment that is edited", () => {
    const doc = new Y.Doc();
    putComment(doc, commentOf("c1"));
    putComment(doc, commentOf("c1", { text: "sửa lại", editedAt: later(5) }));
    expect(readNotes(doc, BINH.id).comments).toEqual([commentOf("c1", { text: "sửa lại", editedAt: later(5) })]);
  });

  it("pass over whatever is no record, and sign everything with the person's name", () => {
    const doc = new Y.Doc();
    const map = notesMap(doc, BINH.id);
    const junk: unknown[] = [null, 1, "c", [], {}, { id: "c1" }, { ...commentOf("c1"), target: { scope: "range" } }];
    for (const [i, value] of junk.entries()) map.set(`c:c${i}`, value);
    map.set("c:other", commentOf("c9"));
    map.set("elsewhere", commentOf("elsewhere"));
    map.set("r:r1", { ...replyOf("r1", "c1"), text: "" });
    map.set("c:nested", new Y.Map([["id", "nested"]]));
    map.set("c:x", { ...commentOf("x", { author: "somebody" }), extra: true });
    expect(readNotes(doc, BINH.id)).toEqual({ comments: [commentOf("x")], replies: [], stances: [] });
  });
});

const CELL = {
  scope: "cell",
  slot: "s",
  table: "t1",
  cell: "r1-c2",
  quote: { exact: "12", prefix: "Kết nạp", suffix: "2021" },
} as const;

describe("a change of one's notes", () => {
  it("passes where nothing changed, whoever looks", () => {
    expect(violation(() => undefined, { person: { ...BINH, role: "reader" } })).toBeNull();
    expect(violation(() => undefined, { start: put(commentOf("c1")), rounds: CLOSED })).toBeNull();
  });

  it("passes for a comment of the open round, its edit and its withdrawal", () => {
    const body = bodyOf({ s: ["một hai ba"] });
    const comment = commentOn(body, "s", "hai", "c1", { proposal: "hai mươi", text: "" });
    expect(violation(put(comment))).toBeNull();
    const start = put(comment);
    expect(violation(put({ ...comment, text: "rõ hơn", editedAt: later(3) }), { start })).toBeNull();
    expect(violation(put({ ...comment, withdrawn: true, editedAt: later(3) }), { start })).toBeNull();
  });

  it("passes for a comment on a cell, also on one without a word", () => {
    expect(violation(put(commentOf("c1", { target: CELL })))).toBeNull();
    expect(violation(put(commentOf("c1", { target: { ...CELL, quote: { ...CELL.quote, exact: "" } } })))).toBeNull();
  });

  it("passes for what copies left beside the records, and nothing that only looks like it", () => {
    const sighting = { saved: later(1), newest: "", revision: 3, words: "abc" };
    const trail = { id: "w-1", sightings: [sighting], durableIds: ["5AB10001"] };
    expect(violation(raw("w:w-1", trail))).toBeNull();
    expect(violation(raw("w:w-1", { ...trail, change: true, replaced: { ...sighting, words: undefined } }))).toBe(
      "bad-record",
    );
    expect(violation(raw("w:w-2", trail))).toBe("bad-record");
    for (const wrong of [
      { sightings: [] },
      { sightings: [{ ...sighting, saved: "hôm qua" }] },
      { sightings: [{ ...sighting, revision: -1 }] },
      { sightings: Array.from({ length: 61 }, () => sighting) },
      { durableIds: [1] },
      { change: false },
      { extra: 1 },
    ]) {
      expect(violation(raw("w:w-1", { ...trail, ...wrong }))).toBe("bad-record");
    }
  });

  it("counts records, not what copies left beside them", () => {
    const filled = (comments: number, trails: number) => (doc: Y.Doc) =>
      doc.transact(() => {
        const sightings = [{ saved: "", newest: later(1), revision: 0, words: "abc" }];
        for (let i = 0; i < comments; i++) notesMap(doc, BINH.id).set(`c:x${i}`, commentOf(`x${i}`));
        for (let i = 0; i < trails; i++) {
          notesMap(doc, BINH.id).set(`w:x${i}`, { id: `x${i}`, sightings, durableIds: [] });
        }
      });
    const one = put(commentOf("c1"));
    expect(violation(one, { start: filled(6000, 6000) })).toBeNull();
    expect(violation(one, { start: filled(10_000, 0) })).toBe("too-large");
    expect(violation(one, { start: filled(0, 10_001) })).toBe("too-large");
  });

  it.each<[string, unknown]>([
    ["no object", "c1"],
    ["an unknown field", { ...commentOf("c1"), extra: 1 }],
    ["an unknown kind", { ...commentOf("c1"), kind: "praise" }],
    ["a round that is no number", { ...commentOf("c1"), round: "1" }],
    ["a text too long", commentOf("c1", { text: TOO_LONG })],
    ["a proposal too long", { ...commentOn(bodyOf({ s: ["một"] }), "s", "một", "c1"), proposal: TOO_LONG }],
    ["neither text nor proposal", commentOf("c1", { text: " " })],
    ["a proposal without words to replace", { ...commentOf("c1"), proposal: "viết lại" }],
    ["an id that names nothing", commentOf("c 1")],
    ["a time of another form", commentOf("c1", { createdAt: "2021-12-20" })],
    ["a time that does not exist", commentOf("c1", { createdAt: "2021-02-30T00:00:00.000Z" })],
    ["a time to come", commentOf("c1", { createdAt: later(25 * 3600) })],
    ["an unknown slot", commentOf("c1", { target: { scope: "slot", slot: "u" } })],
    [
      "a quotation too long",
      {
        ...commentOf("c1"),
        target: {
          scope: "range",
          slot: "s",
          anchor: { start: "AA==", end: "AA==" },
          quote: { exact: TOO_LONG, prefix: "", suffix: "" },
        },
      },
    ],
    [
      "an empty quotation",
      {
        ...commentOf("c1"),
        target: {
          scope: "range",
          slot: "s",
          anchor: { start: "AA==", end: "AA==" },
          quote: { exact: " ", prefix: "", suffix: "" },
        },
      },
    ],
    ["a cell without a table", { ...commentOf("c1"), target: { ...CELL, table: "" } }],
    ["a cell whose id is a path", { ...commentOf("c1"), target: { ...CELL, cell: "../x" } }],
    ["a cell of an unknown slot", commentOf("c1", { target: { ...CELL, slot: "u" } })],
    ["a cell without a quotation", { ...commentOf("c1"), target: { ...CELL, quote: null } }],
    ["a proposal for a cell", { ...commentOf("c1", { target: CELL }), proposal: "13" }],
    ["a target with more than it needs", { ...commentOf("c1"), target: { scope: "report", slot: "s" } }],
    ["a withdrawal that is no yes or no", { ...commentOf("c1"), withdrawn: 1 }],
  ])("is refused for a comment with %s", (_, value) => {
    expect(violation(raw("c:c1", value))).toBe("bad-record");
  });

  it("is refused under another record's key, or another root's kind of key", () => {
    expect(violation(raw("c:c2", commentOf("c1")))).toBe("bad-record");
    expect(violation(raw("r:c1", commentOf("c1")))).toBe("bad-record");
    expect(violation(raw("note", commentOf("note")))).toBe("bad-record");
  });

  it("is refused in another's name, and on another's id", () => {
    expect(violation(raw("c:c1", commentOf("c1", { author: "chi" })))).toBe("not-yours");
    expect(violation(put(commentOf("taken")))).toBe("not-yours");
  });

  it("is refused where a record is removed", () => {
    const start = put(commentOf("c1"));
    expect(violation((doc) => notesMap(doc, BINH.id).delete("c:c1"), { start })).toBe("bad-record");
    expect(violation((doc) => notesMap(doc, BINH.id).clear(), { start })).toBe("bad-record");
  });

  it("is refused where what a comment is about, its round or its time changes", () => {
    const start = put(commentOf("c1"));
    expect(violation(put(commentOf("c1", { target: { scope: "slot", slot: "s" } })), { start })).toBe("bad-record");
    expect(violation(put(commentOf("c1", { createdAt: later(-5) })), { start })).toBe("bad-record");
    expect(violation(put(commentOf("c1", { round: 2 })), { start, rounds: SECOND })).toBe("bad-record");
  });

  it("is refused after the round closed, and in a round that is not there", () => {
    const start = put(commentOf("c1"));
    expect(violation(put(commentOf("c1")), { rounds: CLOSED })).toBe("round-closed");
    expect(violation(put(commentOf("c1", { withdrawn: true })), { start, rounds: SECOND })).toBe("round-closed");
    expect(violation(put(commentOf("c1", { round: 7 })))).toBe("round-closed");
    expect(violation(put(commentOf("c1", { round: 0 })))).toBe("round-closed");
    expect(violation(put(commentOf("c2", { round: 2 })), { start, rounds: SECOND })).toBeNull();
  });

  it("is refused while its round is paused, and from its deadline on, whatever else is noted", () => {
    const open = { number: 1, version: "v1", openedAt: NOON };
    expect(violation(put(commentOf("c1")), { rounds: [{ ...open, pausedAt: NOON }] })).toBe("round-closed");
    expect(violation(put(commentOf("c1")), { rounds: [{ ...open, deadline: later(1) }] })).toBe("round-closed");
    expect(violation(put(commentOf("c1")), { rounds: [{ ...open, deadline: later(2) }] })).toBeNull();
  });

  it("passes in a closed round that takes this person's late comments, where it is marked as late", () => {
    const late = commentOf("c1", { late: true });
    for (const rounds of [[{ ...CLOSED[0]!, late: ["*"] }], [{ ...CLOSED[0]!, late: [BINH.id] }]]) {
      expect(violation(put(late), { rounds })).toBeNull();
      expect(violation(put(commentOf("c1")), { rounds })).toBe("round-closed");
      const start = put(late);
      expect(violation(put({ ...late, text: "sửa", editedAt: later(3) }), { start, rounds })).toBeNull();
      expect(violation((doc) => putReply(doc, replyOf("r1", "c1", { author: BINH.id })), { start, rounds })).toBeNull();
      expect(violation(put(commentOf("c1", { editedAt: later(3) })), { start, rounds })).toBe("bad-record");
      expect(violation(put({ ...late, withdrawn: true }), { start: put(commentOf("c1")), rounds })).toBe("bad-record");
    }
    expect(violation(put(late), { rounds: [{ ...CLOSED[0]!, late: ["chi"] }] })).toBe("round-closed");
    expect(violation(put(late), { rounds: CLOSED })).toBe("round-closed");
    expect(violation(raw("c:c1", { ...late, late: false }))).toBe("bad-record");
  });

  it("passes for a comment on several ranges, each in a known slot", () => {
    const body = bodyOf({ s: ["một hai ba"], t: ["bốn năm"] });
    const first = commentOn(body, "s", "hai", "c1");
    const other = commentOn(body, "t", "năm", "c2").target;
    if (first.target.scope !== "range" || other.scope !== "range") throw new Error("no ranges");
    const { scope: _scope, ...also } = other;
    const target = { ...first.target, also: [also] };
    const comment = { ...first, target };
    expect(violation(put(comment))).toBeNull();
    const doc = new Y.Doc();
    putComment(doc, comment);
    expect(readNotes(copyOf(doc), comment.author).comments).toEqual([comment]);
    const aimed = (also: unknown) => violation(raw("c:c1", { ...comment, target: { ...target, also } }));
    expect(aimed([])).toBe("bad-record");
    expect(aimed([{ ...also, slot: "u" }])).toBe("bad-record");
    expect(aimed([{ ...also, extra: 1 }])).toBe("bad-record");
    expect(aimed([{ ...also, quote: { ...also.quote, exact: " " } }])).toBe("bad-record");
    expect(aimed(Array.from({ length: 21 }, () => also))).toBe("bad-record");
    expect(violation(put({ ...comment, target: first.target }), { start: put(comment) })).toBe("bad-record");
  });

  it("is the committee's right outside any round", () => {
    const own = { author: DRAFTER.id, round: 0 };
    expect(violation(put(commentOf("c1", own)), { person: DRAFTER, rounds: CLOSED })).toBeNull();
    expect(violation(put(commentOf("c1", { ...own, round: 1 })), { person: DRAFTER, rounds: CLOSED })).toBe(
      "round-closed",
    );
  });

  it("lets the committee reply at any time, to anything", () => {
    for (const person of [CHAIR, DRAFTER]) {
      const reply = replyOf("r1", "c1", { author: person.id });
      expect(violation((doc) => putReply(doc, reply), { person, rounds: CLOSED })).toBeNull();
    }
  });

  it("lets a delegate reply to comments of their own while the round is open", () => {
    const reply = replyOf("r1", "c1", { author: BINH.id });
    const answer = (doc: Y.Doc): void => putReply(doc, reply);
    const start = put(commentOf("c1"));
    expect(violation(answer, { start })).toBeNull();
    expect(violation(answer, { start, rounds: CLOSED })).toBe("round-closed");
    expect(violation(answer)).toBe("not-yours");
  });

  it("is refused where a reply moves to another comment or says nothing", () => {
    const person = DRAFTER;
    const start = (doc: Y.Doc): void => putReply(doc, replyOf("r1", "c1"));
    expect(violation((doc) => putReply(doc, replyOf("r1", "c2")), { person, start })).toBe("bad-record");
    expect(violation((doc) => putReply(doc, replyOf("r1", "c1", { text: "" })), { person, start })).toBe("bad-record");
    expect(violation((doc) => putReply(doc, replyOf("r1", "c1", { text: "sửa" })), { person, start })).toBeNull();
  });

  it("is no right of a reader", () => {
    expect(violation(put(commentOf("c1")), { person: { ...BINH, role: "reader" } })).toBe("read-only");
  });

  it("is seen through whatever else one update holds", () => {
    const start = put(commentOf("c1"));
    const change = (doc: Y.Doc): void => {
      putComment(doc, commentOf("c2"));
      doc.transact(() => {
        putComment(doc, commentOf("c1", { text: "sửa" }));
        notesMap(doc, BINH.id).set("c:c3", { ...commentOf("c3"), author: "chi" });
      });
    };
    expect(violation(change, { start })).toBe("not-yours");
  });
});

const STANCE: Stance = { author: BINH.id, round: 1, agrees: true, createdAt: NOON };

const declare =
  (stance: Stance) =>
  (doc: Y.Doc): void =>
    putStance(doc, stance);

describe("a stance on a round", () => {
  it("stands beside the comments, one for each round, in the order of the rounds", () => {
    const doc = new Y.Doc();
    const second = { ...STANCE, round: 2, voice: { unit: "Chi bộ 3", people: 24 } };
    putStance(doc, second);
    putStance(doc, { ...STANCE, agrees: false });
    putStance(doc, STANCE);
    expect(readNotes(copyOf(doc), BINH.id)).toEqual({ comments: [], replies: [], stances: [STANCE, second] });
  });

  it("is made, changed and taken back while its round is open", () => {
    expect(violation(declare(STANCE))).toBeNull();
    const start = declare(STANCE);
    expect(violation(declare({ ...STANCE, agrees: false, editedAt: later(3) }), { start })).toBeNull();
    expect(violation(declare({ ...STANCE, voice: { unit: "Chi bộ 3" } }), { start })).toBeNull();
    expect(violation(declare(STANCE), { rounds: CLOSED })).toBe("round-closed");
    expect(violation(declare({ ...STANCE, round: 2 }))).toBe("round-closed");
    const rounds = [{ ...CLOSED[0]!, late: ["*"] }];
    expect(violation(declare({ ...STANCE, late: true }), { rounds })).toBeNull();
    expect(violation(declare(STANCE), { rounds })).toBe("round-closed");
  });

  it.each<[string, unknown, string]>([
    ["in another's name", { ...STANCE, author: "chi" }, "not-yours"],
    ["outside any round", { ...STANCE, round: 0 }, "bad-record"],
    ["neither yes nor no", { ...STANCE, agrees: 1 }, "bad-record"],
    ["with more than a stance has", { ...STANCE, extra: 1 }, "bad-record"],
    ["for a unit without a name", { ...STANCE, voice: { unit: " ", people: 3 } }, "bad-record"],
    ["for nobody", { ...STANCE, voice: { unit: "Chi bộ 3", people: 0 } }, "bad-record"],
    ["for half a person", { ...STANCE, voice: { unit: "Chi bộ 3", people: 1.5 } }, "bad-record"],
    ["of a time to come", { ...STANCE, createdAt: later(25 * 3600) }, "bad-record"],
  ])("is refused %s", (_, value, word) => {
    expect(violation(raw(`s:${(value as Stance).round}`, value))).toBe(word);
    expect(violation(raw("s:x", STANCE))).toBe("bad-record");
    expect(violation((doc) => notesMap(doc, BINH.id).delete("s:1"), { start: declare(STANCE) })).toBe("bad-record");
  });
});
