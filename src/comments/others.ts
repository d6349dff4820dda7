import type { Audience, CommentKind, CommentTarget, Outcome, Person } from "#model";
import { narrower } from "#model";
import type { BoardRecord } from "./board.ts";
import { compareText } from "./record.ts";

/** Who said something, as another delegate may know it. */
export interface OtherPerson {
  readonly name: string;
  readonly unit: string;
}

/** Another delegate's comment, as far as a delegate may see it: this is all that leaves the server. */
export interface OtherComment {
  /** No id of a record: it leads to nothing, and to no person. */
  readonly id: string;
  /** Null where names are not shown. */
  readonly by: OtherPerson | null;
  readonly round: number;
  readonly target: CommentTarget;
  readonly kind: CommentKind;
  readonly text: string;
  readonly proposal?: string;
  /** Only where names are shown: a time can tell a name. */
  readonly createdAt?: string;
  readonly replies: readonly { readonly id: string; readonly by: OtherPerson; readonly text: string }[];
  /** The committee's answer, once it is validated. */
  readonly answer: { readonly outcome: Outcome; readonly response: string } | null;
}

/**
 * What a delegate sees of the other delegates' comments. Each is shown no wider than the report's setting, and no wider
 * than its author was told when it was sent. What is withdrawn, belongs to no round or is a committee member's is not
 * shown. Without its name a comment bears neither time nor replies, and its place in the list says nothing of when it
 * came. `rename` gives ids of which nobody can tell what they are made from.
 */
export function othersFor(
  records: readonly BoardRecord[],
  viewer: Person,
  setting: Audience,
  rename: (id: string) => string,
): OtherComment[] {
  if (viewer.role !== "delegate" || setting === "own") return [];
  return records
    .flatMap((record) => {
      const { comment, author, decision } = record;
      const audience = narrower(setting, comment.audience ?? "own");
      if (author.id === viewer.id || author.role !== "delegate") return [];
      if (audience === "own" || comment.withdrawn || comment.round === 0) return [];
      const isNamed = audience === "all";
      const { round, target, kind, text, proposal, createdAt } = comment;
      const other: OtherComment = {
        id: rename(comment.id),
        by: isNamed ? personOf(author) : null,
        round,
        target,
        kind,
        text,
        ...(proposal === undefined ? {} : { proposal }),
        ...(isNamed ? { createdAt } : {}),
        replies: isNamed ? repliesTo(record, rename) : [],
        answer: decision?.validatedAt === undefined ? null : { outcome: decision.outcome, response: decision.response },
      };
      return [other];
    })
    .sort((a, b) => compareText(a.createdAt ?? "", b.createdAt ?? "") || compareText(a.id, b.id));
}

/** What the author and the committee said beside a comment. */
function repliesTo({ comment, replies }: BoardRecord, rename: (id: string) => string): OtherComment["replies"] {
  return replies
    .filter(({ reply, author }) => !reply.withdrawn && (author.id === comment.author || author.role !== "delegate"))
    .map(({ reply, author }) => ({ id: rename(reply.id), by: personOf(author), text: reply.text }));
}

function personOf({ name, unit }: Person): OtherPerson {
  return { name, unit };
}
