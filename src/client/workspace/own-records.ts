import type { BoardRecord } from "#comments";
import type { Comment, Decision, Person, Reply } from "#model";

/**
 * The board's records with what this device knows better: one's own comments and replies, and the decisions, which the
 * server takes up into the board a moment later, or when there is a network again.
 */
export function withOwnRecords(
  records: readonly BoardRecord[],
  own: { readonly comments: readonly Comment[]; readonly replies: readonly Reply[] },
  decisions: ReadonlyMap<string, Decision>,
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
      decision: decisions.get(comment.id) ?? record.decision,
    };
  });
  const unsent = [...mine.values()].map((comment): BoardRecord => ({
    comment,
    author: me,
    replies: withOwnReplies([], own.replies, comment.id, me),
    decision: decisions.get(comment.id) ?? null,
  }));
  return [...known, ...unsent];
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
