import type { Answers, BoardRecord, Merge } from "#comments";
import { answerRecords } from "#comments";
import type { Comment, Decision, Person, Reply } from "#model";

/**
 * The board's records with what this device knows better: one's own comments and replies, and the decisions and merges,
 * which the server takes up into the board a moment later, or when there is a network again.
 */
export function withOwnRecords(
  records: readonly BoardRecord[],
  own: { readonly comments: readonly Comment[]; readonly replies: readonly Reply[] },
  answers: Answers,
  me: Person,
): BoardRecord[] {
  const mine = new Map(own.comments.map((comment) => [comment.id, comment]));
  const known = records.map((record): BoardRecord => {
    const { comment } = record;
    const local = comment.author === me.id ? mine.get(comment.id) : undefined;
    if (local) mine.delete(comment.id);
    return {
      ...record,
      comment: local ?? comment,
      replies: withOwnReplies(record.replies, own.replies, comment.id, me),
    };
  });
  const unsent = [...mine.values()].map((comment): BoardRecord => ({
    comment,
    author: me,
    replies: withOwnReplies([], own.replies, comment.id, me),
    decision: null,
  }));
  return answered(
    [...known, ...unsent].map((record) => placed(record, answers)),
    answers,
  );
}

/** What the board says of an answer or a merge counts until the device has the document that says it. */
function answered(records: readonly BoardRecord[], { decisions, reopened, merges }: Answers): BoardRecord[] {
  const decided = new Map<string, Decision>(decisions);
  const merged = new Map<string, Merge>(merges);
  for (const { comment, decision, mergedWith } of records) {
    const { id } = comment;
    if (decision?.comment === id && !decided.has(id) && !reopened.has(id)) decided.set(id, decision);
    if (mergedWith !== undefined && !merged.has(id)) {
      merged.set(id, { comment: id, with: mergedWith, by: "", at: "" });
    }
  }
  return answerRecords(records, decided, merged);
}

/** A record with what the committee says about its place, as this device knows it. */
function placed(record: BoardRecord, { placings }: Answers): BoardRecord {
  const placing = placings.get(record.comment.id);
  return placing ? { ...record, placing } : record;
}

function withOwnReplies(
  replies: BoardRecord["replies"],
  own: readonly Reply[],
  comment: string,
  me: Person,
): BoardRecord["replies"] {
  const mine = new Map(own.filter((reply) => reply.comment === comment).map((reply) => [reply.id, reply]));
  const known = replies.map((one) => {
    const local = one.reply.author === me.id ? mine.get(one.reply.id) : undefined;
    if (!local) return one;
    mine.delete(local.id);
    return { ...one, reply: local };
  });
  return [...known, ...[...mine.values()].map((reply) => ({ reply, author: me }))];
}
