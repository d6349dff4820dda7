import type { Comment, CommentTarget } from "#model";
import { quotedCell } from "#model";
import type { CommentSubject, CommentWords } from "./comment-words.ts";

/** What is being written: a new comment, or an edit of one's own. */
export type Writing =
  | { readonly about: CommentTarget; readonly subject: CommentSubject }
  | { readonly editing: Comment; readonly subject: CommentSubject };

/** What a sheet quotes of the target of a comment. */
export function quoteOf(target: CommentTarget): Pick<CommentSubject, "quote" | "cell"> {
  if (target.scope === "cell") return { cell: quotedCell(target.quote) };
  return target.scope === "range" ? { quote: target.quote.exact } : {};
}

/** An edit of one's own comment, begun with its present words. */
export function editOf(comment: Comment, subject: Pick<CommentSubject, "key" | "heading">): Writing {
  const { target, kind, text, proposal } = comment;
  return {
    editing: comment,
    subject: {
      ...subject,
      ...quoteOf(target),
      words: { kind, text, ...(proposal === undefined ? {} : { proposal }) },
    },
  };
}

/** What a new comment is made with; an edit keeps its own, and only takes the time. */
export interface Maker {
  readonly newId: () => string;
  readonly author: string;
  readonly round: number;
  /** UTC, ISO 8601. */
  readonly now: string;
}

/** The comment that comes of the words. A wording that the words no longer propose is gone from it. */
export function commentOf(writing: Writing, { kind, text, proposal }: CommentWords, maker: Maker): Comment {
  const said = { kind, text, ...(proposal === undefined ? {} : { proposal }) };
  if ("editing" in writing) {
    const { proposal: _before, ...rest } = writing.editing;
    return { ...rest, ...said, editedAt: maker.now };
  }
  return {
    id: maker.newId(),
    author: maker.author,
    round: maker.round,
    target: writing.about,
    createdAt: maker.now,
    withdrawn: false,
    ...said,
  };
}
