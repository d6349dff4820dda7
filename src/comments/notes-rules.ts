import type { Comment, CommentTarget, Person, Reply, Round, Stance } from "#model";
import { roundState, takesLate } from "#model";
import type * as Y from "yjs";
import { changedKeys } from "./changed-keys.ts";
import { TIME_TOLERANCE } from "./forgery.ts";
import { isTrailKey, readTrail, trailKey } from "./copy-trail.ts";
import { commentKey, notesMap, replyKey, stanceKey } from "./notes.ts";
import type { RefusalWord } from "./record.ts";
import { LIMITS, readComment, readReply, readStance, sameJson } from "./record.ts";

/**
 * Whether the step from `before` to `after` (which must hold every update of `before`) is one that `person` may take
 * with the notes of their own; null where it is, else the first thing that speaks against it.
 *
 * - a record is exactly of its shape, under its own key, by `person`, of a known slot and an existing round, and made
 *   no later than a day after `now`
 * - what a comment is about, its round, its time of making and whether it is late never change; records are never
 *   removed
 * - a delegate makes, edits and withdraws comments, and declares a stance, only while their round is open at `now`; the
 *   committee comments also outside any round, under the number 0
 * - in a closed round whose late comments of this person are taken, what is made and edited is marked as late
 * - the committee replies at any time, a delegate to comments of their own while their round takes these
 * - beside records there are trails of copies alone, of their shape
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
  if (map.size > LIMITS.records) {
    const trails = [...map.keys()].filter(isTrailKey).length;
    if (map.size - trails > LIMITS.records || trails > LIMITS.records) return "too-large";
  }

  const committee = person.role !== "delegate";
  const latest = Date.parse(now) + TIME_TOLERANCE;
  const takes = (number: number, late: boolean): boolean => {
    if (number === 0) return committee;
    const round = rounds.find((known) => known.number === number);
    if (!round) return false;
    const state = roundState(round, now);
    return state === "open" || (state === "closed" && late && takesLate(round, person.id));
  };

  const commentViolation = (old: Comment | null, comment: Comment): RefusalWord | null => {
    if (!slotsOfTarget(comment.target).every((slot) => slots.includes(slot))) return "bad-record";
    if (old && !sameOrigin(old, comment)) return "bad-record";
    if (!old && foreign(comment.id)) return "not-yours";
    return takes(comment.round, comment.late === true) ? null : "round-closed";
  };
  const replyViolation = (old: Reply | null, reply: Reply): RefusalWord | null => {
    if (old && (old.comment !== reply.comment || old.createdAt !== reply.createdAt)) return "bad-record";
    if (committee) return null;
    const comment = readComment(map.get(commentKey(reply.comment)));
    if (!comment) return "not-yours";
    return takes(comment.round, comment.late === true) ? null : "round-closed";
  };
  const stanceViolation = (stance: Stance): RefusalWord | null => {
    if (stance.round === 0) return "bad-record";
    return takes(stance.round, stance.late === true) ? null : "round-closed";
  };

  for (const change of changes) {
    // What a copy left beside the records: it says nothing to people, and tells older copies from later ones.
    const trail = readTrail(change.after);
    if (trail && change.key === trailKey(trail.id) && sameJson(trail, change.after)) continue;
    const record = readKnown(change.after);
    if (!record || !sameJson(record.value, change.after) || change.key !== record.key) return "bad-record";
    if (record.value.author !== person.id) return "not-yours";
    if (Date.parse(record.value.createdAt) > latest) return "bad-record";
    const word =
      record.kind === "comment"
        ? commentViolation(readComment(change.before), record.value)
        : record.kind === "reply"
          ? replyViolation(readReply(change.before), record.value)
          : stanceViolation(record.value);
    if (word) return word;
  }
  return null;
}

type Known =
  | { readonly kind: "comment"; readonly key: string; readonly value: Comment }
  | { readonly kind: "reply"; readonly key: string; readonly value: Reply }
  | { readonly kind: "stance"; readonly key: string; readonly value: Stance };

/** The record that a stored value holds, with the key it belongs under; null where it holds none. */
function readKnown(value: unknown): Known | null {
  const comment = readComment(value);
  if (comment) return { kind: "comment", key: commentKey(comment.id), value: comment };
  const reply = readReply(value);
  if (reply) return { kind: "reply", key: replyKey(reply.id), value: reply };
  const stance = readStance(value);
  return stance && { kind: "stance", key: stanceKey(stance.round), value: stance };
}

function slotsOfTarget(target: CommentTarget): string[] {
  if (target.scope === "report") return [];
  const also = target.scope === "range" ? (target.also ?? []) : [];
  return [target.slot, ...also.map(({ slot }) => slot)];
}

function sameOrigin(old: Comment, comment: Comment): boolean {
  return (
    old.round === comment.round &&
    old.createdAt === comment.createdAt &&
    old.late === comment.late &&
    sameJson(old.target, comment.target)
  );
}
