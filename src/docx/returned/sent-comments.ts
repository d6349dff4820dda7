import type { Report } from "#model";
import { FROM_COPY } from "#model";
import { wordComments } from "../print/word-comments.ts";

/** Vietnam keeps one time zone, seven hours before UTC, all year. */
const VIETNAM_OFFSET = 7 * 60 * 60 * 1000;

/** A comment, reply or decision of ours as it is written into a file that goes out. */
export interface SentComment {
  /** The comment that it is, or belongs to. */
  readonly comment: string;
  readonly durableId: string;
  readonly author: string;
  /** The clock on the wall, as far as seconds; empty for what came in a copy itself: there it bears the same time. */
  readonly stamp: string;
  /** Of a note that says that a comment is about these words too, what it says; null of all others. */
  readonly note: string | null;
}

/**
 * Everything that may have gone out as a comment in a file of this report: what was withdrawn since, and decisions as
 * they were before they were validated, among it.
 */
export function sentComments(report: Report): SentComment[] {
  const threads = report.threads.map((thread) => ({
    ...thread,
    comment: { ...thread.comment, withdrawn: false },
    replies: thread.replies.map(({ reply, author }) => ({ reply: { ...reply, withdrawn: false }, author })),
  }));
  const proposed = threads.map((thread) => {
    if (!thread.decision) return thread;
    const { validatedBy: _by, validatedAt: _at, ...decision } = thread.decision;
    return { ...thread, decision };
  });
  return [threads, proposed].flatMap((some) => {
    const { threads: numbered, comments } = wordComments({ ...report, threads: some }, 0, { everyPart: true });
    return numbered.flatMap(({ thread, numbers, part }): SentComment[] => {
      const ids = [thread.comment.id, ...thread.replies.map(({ reply }) => reply.id)];
      return numbers.flatMap((number, index): SentComment[] => {
        const known = comments[number];
        if (!known) return [];
        const { durableId, author, text } = known;
        if (part > 0) return [{ comment: thread.comment.id, durableId, author, stamp: "", note: text }];
        const isOurs = !(ids[index] ?? "").startsWith(FROM_COPY);
        const stamp = isOurs ? new Date(known.time + VIETNAM_OFFSET).toISOString().slice(0, 19) : "";
        return [{ comment: thread.comment.id, durableId, author, stamp, note: null }];
      });
    });
  });
}
