import { LIMITS } from "#comments";
import type { Audience, Comment, CommentTarget, QuotedRange } from "#model";
import { quotedCell, withFirstRange } from "#model";
import type { CommentSubject, CommentWords } from "./comment-words.ts";

/** What is being written: a new comment, or an edit of one's own. */
export type Writing =
  | { readonly about: CommentTarget; readonly subject: CommentSubject }
  | { readonly editing: Comment; readonly subject: CommentSubject };

/** What a sheet quotes of the target of a comment. */
export function quoteOf(target: CommentTarget): Pick<CommentSubject, "quote" | "cell" | "also"> {
  if (target.scope === "cell") return { cell: quotedCell(target.quote) };
  if (target.scope !== "range") return {};
  const also = target.also?.map(({ quote }) => quote.exact);
  return { quote: target.quote.exact, ...(also ? { also } : {}) };
}

/** The words of a sheet with one more place; one that is there already is not added again. */
export function withPlace(words: CommentWords, first: CommentTarget, place: QuotedRange): CommentWords {
  const also = words.also ?? [];
  const known = first.scope === "range" ? [first, ...also] : also;
  const there = known.some(
    ({ slot, anchor }) => slot === place.slot && anchor.start === place.anchor.start && anchor.end === place.anchor.end,
  );
  return there || also.length >= LIMITS.also ? words : { ...words, also: [...also, place] };
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
  /** True where the round is over and late comments are taken. */
  readonly late?: boolean;
  /** UTC, ISO 8601. */
  readonly now: string;
  /** Who may see it, as the sheet has just said. */
  readonly audience: Audience;
}

/** The comment that comes of the words. A wording that the words no longer propose is gone from it. */
export function commentOf(writing: Writing, { kind, text, proposal, part, also }: CommentWords, maker: Maker): Comment {
  const said = { kind, text, ...(proposal === undefined ? {} : { proposal }) };
  if ("editing" in writing) {
    const { proposal: _before, audience: _told, ...rest } = writing.editing;
    return { ...rest, ...said, ...toldOf(maker), editedAt: maker.now };
  }
  return {
    id: maker.newId(),
    author: maker.author,
    round: maker.round,
    target: targetOf(writing.about, also, proposal === undefined ? 0 : (part ?? 0)),
    createdAt: maker.now,
    ...(maker.late ? { late: true } : {}),
    withdrawn: false,
    ...said,
    ...toldOf(maker),
  };
}

/** What a new comment is about. A proposed wording is for its first range, so that one comes first. */
function targetOf(about: CommentTarget, also: readonly QuotedRange[] | undefined, part: number): CommentTarget {
  return about.scope === "range" && also ? withFirstRange({ ...about, also }, part) : about;
}

function toldOf({ audience }: Maker): Pick<Comment, "audience"> {
  return audience === "own" ? {} : { audience };
}
