import type { Comment, Person, Reply, Round } from "#model";
import type * as Y from "yjs";
import { changedKeys } from "./changed-keys.ts";
import { commentKey, notesMap, replyKey } from "./notes.ts";
import type { RefusalWord } from "./record.ts";
import { LIMITS, readComment, readReply, sameJson } from "./record.ts";

/** How far ahead of the server a device's clock may run. A wrong clock must not keep a delegate from commenting. */
const CLOCK_SKEW = 24 * 3600 * 1000;

/**
 * Whether the step from `before` to `after` (which must hold every update of `before`) is one that `person` may take
 * with the notes of their own; null where it is, else the first thing that speaks against it.
 *
 * - a record is exactly of its shape, under its own key, by `person`, of a known slot and an existing round, and made
 *   no later than a day after `now`
 * - what a comment is about, its round and its time of making never change; records are never removed
 * - a delegate makes, edits and withdraws comments only while their round is open; the committee also outside any
 *   round, under the number 0
 * - the committee replies at any time, a delegate to comments of their own while their round is open
 *
 * `foreign` says whether an id already names another person's comment; without it nothing is known of the others.
 * Only the root of this person is looked at: that there is no other, the caller has to see to.
 */
export function notesViolation(
  before: Y.Doc,
  after: Y.Doc,
  person: Person,
  rounds: readonly Round[],
  now: string,
  slots: readonly string[],
  foreign: (comment: string) => boolean = () => false,
): RefusalWord | null {
  const map = notesMap(after, person.id);
  const changes = changedKeys(notesMap(before, person.id), map);
  if (changes.length === 0) return null;
  if (person.role === "reader") return "read-only";
  if (map.size > LIMITS.records) return "too-large";

  const committee = person.role !== "delegate";
  const latest = Date.parse(now) + CLOCK_SKEW;
  const isOpen = (round: number): boolean =>
    round === 0 ? committee : rounds.some((known) => known.number === round && known.closedAt === undefined);

  const commentViolation = (old: Comment | null, comment: Comment): RefusalWord | null => {
    if (comment.target.scope !== "report" && !slots.includes(comment.target.slot)) return "bad-record";
    if (old && !sameOrigin(old, comment)) return "bad-record";
    if (!old && foreign(comment.id)) return "not-yours";
    return isOpen(comment.round) ? null : "round-closed";
  };
  const replyViolation = (old: Reply | null, reply: Reply): RefusalWord | null => {
    if (old && (old.comment !== reply.comment || old.createdAt !== reply.createdAt)) return "bad-record";
    if (committee) return null;
    const comment = readComment(map.get(commentKey(reply.comment)));
    if (!comment) return "not-yours";
    return isOpen(comment.round) ? null : "round-closed";
  };

  for (const change of changes) {
    const comment = readComment(change.after);
    const reply = comment ? null : readReply(change.after);
    const record = comment ?? reply;
    if (!record || !sameJson(record, change.after)) return "bad-record";
    if (change.key !== (comment ? commentKey(record.id) : replyKey(record.id))) return "bad-record";
    if (record.author !== person.id) return "not-yours";
    if (Date.parse(record.createdAt) > latest) return "bad-record";
    const word = comment
      ? commentViolation(readComment(change.before), comment)
      : reply && replyViolation(readReply(change.before), reply);
    if (word) return word;
  }
  return null;
}

function sameOrigin(old: Comment, comment: Comment): boolean {
  return old.round === comment.round && old.createdAt === comment.createdAt && sameJson(old.target, comment.target);
}
