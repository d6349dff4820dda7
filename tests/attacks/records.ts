import * as Y from "yjs";
import { decisionsMap, notesMap, proposeDecision, putComment, putReply, validateDecision } from "#comments";
import type { Comment } from "#model";
import type { Attack, Raid } from "./attack.ts";
import { force, knock, updateOf } from "./attack.ts";
import { RECORDS } from "./stage.ts";

const HOUR = 3600 * 1000;
const inHours = (hours: number): string => new Date(Date.now() + hours * HOUR).toISOString();

/** Writes into the attacker's own notes, which start empty. */
function write(raid: Raid, edit: (notes: Y.Map<unknown>, doc: Y.Doc) => void, step: 1 | 2 = 2): Promise<string> {
  const me = raid.me.person.id;
  return force(
    raid,
    raid.notes,
    updateOf(new Y.Doc(), (doc) => edit(notesMap(doc, me), doc)),
    step,
  );
}

function putOwn(raid: Raid, more: Partial<Comment> = {}): Promise<string> {
  const comment = raid.stage.comment(raid.me.person.id, `x-${raid.me.person.id}`, more);
  return write(raid, (notes) => notes.set(`c:${comment.id}`, comment));
}

/** Writes decisions on top of those that there are. */
function decide(raid: Raid, edit: (doc: Y.Doc) => void, client?: number): Promise<string> {
  return force(raid, raid.decisions, updateOf(raid.stage.at("decisions").doc, edit, client));
}

const PROPOSAL = { comment: RECORDS.later, outcome: "accept", response: "Kẻ phá viết." } as const;

/** Comments, replies and decisions that are not the sender's to make, and records that are none. */
export const RECORD_ATTACKS: readonly Attack[] = [
  {
    name: "comment in another's name",
    as: "delegate",
    outcome: "4422 not-yours",
    run: (raid) => putOwn(raid, { author: raid.stage.victims.delegate.person.id }),
  },
  {
    name: "comment in another's name, as a joining page sends it",
    as: "delegate",
    outcome: "4422 not-yours",
    run: (raid) => {
      const forged = raid.stage.comment(raid.stage.victims.delegate.person.id, "x-comment");
      return write(raid, (notes) => notes.set("c:x-comment", forged), 1);
    },
  },
  {
    name: "another's notes under their root, in one's own document",
    as: "delegate",
    outcome: "4422 unknown-root",
    run: (raid) => {
      const forged = raid.stage.comment(raid.stage.victims.delegate.person.id, "x-comment");
      return write(raid, (_notes, doc) => putComment(doc, forged));
    },
  },
  {
    name: "another's notes opened",
    as: "delegate",
    outcome: "door: forbidden",
    run: (raid) => knock(raid, `${raid.report}/notes/${raid.stage.victims.delegate.person.id}`),
  },
  {
    name: "another delegate's notes opened by a drafter",
    as: "drafter",
    outcome: "door: forbidden",
    run: (raid) => knock(raid, `${raid.report}/notes/${raid.stage.victims.delegate.person.id}`),
  },
  {
    name: "reply in another's name",
    as: "drafter",
    outcome: "4422 not-yours",
    run: (raid) =>
      write(raid, (notes) =>
        notes.set("r:x", {
          id: "x",
          comment: RECORDS.comment,
          author: raid.stage.victims.drafter.person.id,
          text: "Giả lời.",
          createdAt: inHours(0),
          withdrawn: false,
        }),
      ),
  },
  {
    name: "reply to another delegate's comment",
    as: "delegate",
    outcome: "4422 not-yours",
    run: (raid) => {
      const [comment, author] = [RECORDS.comment, raid.me.person.id];
      const reply = { id: "x", comment, author, text: "Chen vào.", createdAt: inHours(0), withdrawn: false };
      return write(raid, (_notes, doc) => putReply(doc, reply));
    },
  },
  {
    name: "comment under the id of another's",
    as: "delegate",
    outcome: "4422 not-yours",
    run: (raid) => {
      const comment = raid.stage.comment(raid.me.person.id, RECORDS.comment);
      return write(raid, (_notes, doc) => putComment(doc, comment));
    },
  },
  {
    name: "reply under the id of another's",
    as: "drafter",
    outcome: "4422 not-yours",
    run: (raid) => {
      const author = raid.me.person.id;
      const [id, comment] = [RECORDS.reply, RECORDS.comment];
      const reply = { id, comment, author, text: "Thế chỗ.", createdAt: inHours(0), withdrawn: false };
      return write(raid, (_notes, doc) => putReply(doc, reply));
    },
  },
  {
    name: "record under a key that is not its own",
    as: "delegate",
    outcome: "4422 bad-record",
    run: (raid) => write(raid, (notes) => notes.set("c:else", raid.stage.comment(raid.me.person.id, "x"))),
  },
  {
    name: "record with fields that none has",
    as: "delegate",
    outcome: "4422 bad-record",
    run: (raid) =>
      write(raid, (notes) => notes.set("c:x", { ...raid.stage.comment(raid.me.person.id, "x"), role: "chair" })),
  },
  {
    name: "comment of tomorrow's tomorrow",
    as: "delegate",
    outcome: "4422 bad-record",
    run: (raid) => putOwn(raid, { createdAt: inHours(25) }),
  },
  {
    name: "comment from before its round",
    as: "delegate",
    outcome: "4422 bad-record",
    run: (raid) => putOwn(raid, { createdAt: inHours(-25) }),
  },
  {
    name: "comment of the year 1970",
    as: "delegate",
    outcome: "4422 bad-record",
    run: (raid) => putOwn(raid, { createdAt: "1970-01-01T00:00:00.000Z" }),
  },
  {
    name: "comment edited in the future",
    as: "delegate",
    outcome: "4422 bad-record",
    run: (raid) => putOwn(raid, { editedAt: inHours(48) }),
  },
  {
    name: "comment in a round that is not open",
    as: "delegate",
    outcome: "4422 round-closed",
    run: (raid) => putOwn(raid, { round: 7 }),
  },
  {
    name: "comment outside any round, as only the committee may",
    as: "delegate",
    outcome: "4422 round-closed",
    run: (raid) => putOwn(raid, { round: 0 }),
  },
  {
    name: "comment on a slot that is not there",
    as: "delegate",
    outcome: "4422 bad-record",
    run: (raid) => putOwn(raid, { target: { scope: "slot", slot: "no-slot" } }),
  },
  {
    name: "comment of 20,000 letters",
    as: "delegate",
    outcome: "4422 bad-record",
    run: (raid) => putOwn(raid, { text: "x".repeat(20_000) }),
  },
  {
    name: "10,001 comments",
    as: "delegate",
    outcome: "4422 too-large",
    run: (raid) =>
      write(raid, (notes) => {
        for (let i = 0; i <= 10_000; i++) {
          notes.set(`c:x${i}`, raid.stage.comment(raid.me.person.id, `x${i}`, { text: "x" }));
        }
      }),
  },
  {
    name: "own comment deleted instead of withdrawn",
    as: "delegate",
    outcome: "4422 bad-record",
    run: (raid) => {
      const doc = new Y.Doc();
      putComment(doc, raid.stage.comment(raid.me.person.id, "x-comment"));
      const put = Y.encodeStateAsUpdate(doc);
      const before = Y.encodeStateVector(doc);
      notesMap(doc, raid.me.person.id).delete("c:x-comment");
      return force(raid, raid.notes, [put, Y.encodeStateAsUpdate(doc, before)]);
    },
  },
  {
    name: "Y.Map in the place of a record",
    as: "delegate",
    outcome: "4422 nested-type",
    run: (raid) => write(raid, (notes) => notes.set("c:x", new Y.Map([["id", "x"]]))),
  },
  {
    name: "document within a document",
    as: "delegate",
    outcome: "4422 nested-type",
    run: (raid) => write(raid, (notes) => notes.set("c:x", new Y.Doc())),
  },
  {
    name: "JSON a hundred deep",
    as: "delegate",
    outcome: "4422 nested-type",
    run: (raid) => {
      let value: unknown = 1;
      for (let i = 0; i < 100; i++) value = { in: value };
      return write(raid, (notes) => notes.set("c:x", value));
    },
  },
  {
    name: "bytes in the place of a record",
    as: "delegate",
    outcome: "4422 nested-type",
    run: (raid) => write(raid, (notes) => notes.set("c:x", new Uint8Array(64))),
  },
  {
    name: "notes of a reader",
    as: "reader",
    outcome: "door: forbidden",
    run: (raid) => knock(raid, raid.notes),
  },
  {
    name: "proposal in another drafter's name",
    as: "drafter",
    outcome: "4422 not-yours",
    run: (raid) =>
      decide(raid, (doc) => proposeDecision(doc, PROPOSAL, raid.stage.victims.drafter.person.id, inHours(0))),
  },
  {
    name: "validation by a drafter",
    as: "drafter",
    outcome: "4422 chair-only",
    run: (raid) => decide(raid, (doc) => validateDecision(doc, RECORDS.later, raid.me.person.id, inHours(0))),
  },
  {
    name: "validation in the chair's name",
    as: "drafter",
    outcome: "4422 chair-only",
    run: (raid) =>
      decide(raid, (doc) => validateDecision(doc, RECORDS.later, raid.stage.victims.chair.person.id, inHours(0))),
  },
  {
    name: "validation of words that the drafter never proposed",
    as: "chair",
    outcome: "4422 not-yours",
    run: (raid) =>
      decide(raid, (doc) => {
        proposeDecision(doc, PROPOSAL, raid.stage.victims.drafter.person.id, inHours(0));
        validateDecision(doc, RECORDS.later, raid.me.person.id, inHours(0));
      }),
  },
  {
    name: "decision on a comment that is not there",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) =>
      decide(raid, (doc) => proposeDecision(doc, { ...PROPOSAL, comment: "nobody" }, raid.me.person.id, inHours(0))),
  },
  {
    name: "decision of the year 2000",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) => decide(raid, (doc) => proposeDecision(doc, PROPOSAL, raid.me.person.id, "2000-01-01T00:00:00.000Z")),
  },
  {
    name: "decision of next week",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) => decide(raid, (doc) => proposeDecision(doc, PROPOSAL, raid.me.person.id, inHours(7 * 24))),
  },
  {
    name: "others' decisions deleted",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) => decide(raid, (doc) => decisionsMap(doc).clear()),
  },
  {
    name: "decision by another's Yjs client",
    as: "drafter",
    outcome: "4422 foreign-client",
    run: (raid) =>
      decide(
        raid,
        (doc) => proposeDecision(doc, PROPOSAL, raid.me.person.id, inHours(0)),
        raid.stage.at("decisions").doc.clientID,
      ),
  },
  {
    name: "decisions opened by a delegate",
    as: "delegate",
    outcome: "door: forbidden",
    run: (raid) => knock(raid, raid.decisions),
  },
  {
    name: "the committee's board opened by a delegate",
    as: "delegate",
    outcome: "door: forbidden",
    run: (raid) => knock(raid, `${raid.report}/board`),
  },
  {
    name: "another delegate's board opened",
    as: "delegate",
    outcome: "door: forbidden",
    run: (raid) => knock(raid, `${raid.report}/board/${raid.stage.victims.delegate.person.id}`),
  },
  {
    name: "one's own board written",
    as: "delegate",
    outcome: "4422 read-only",
    run: (raid) =>
      force(
        raid,
        `${raid.report}/board/${raid.me.person.id}`,
        updateOf(new Y.Doc(), (doc) => doc.getMap("board").set("a", 1)),
      ),
  },
  {
    name: "the board written by the chair",
    as: "chair",
    outcome: "4422 read-only",
    run: (raid) =>
      force(
        raid,
        `${raid.report}/board`,
        updateOf(new Y.Doc(), (doc) => doc.getMap("board").set("a", 1)),
      ),
  },
  {
    name: "the board's records deleted",
    as: "drafter",
    outcome: "4422 read-only",
    run: async (raid) => {
      const board = await raid.enter().read(`${raid.report}/board`);
      return force(
        raid,
        `${raid.report}/board`,
        updateOf(board, (doc) => doc.getMap("board").clear()),
      );
    },
  },
];
