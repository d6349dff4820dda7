import type { BoardRecord, Notes } from "#comments";
import type { Comment, Reply } from "#model";

/**
 * Comments that reached the server after their round was closed. They cannot go in any more, and their document would be
 * refused with them for ever; so they are taken out of it and kept on this device, in words, for the person to use.
 */
export interface LateComments {
  read(): Comment[];
  /** Keeps the comments, one that is known already in its new words. False where the device did not keep them all. */
  add(comments: readonly Comment[]): boolean;
  remove(id: string): void;
}

const KEYS = "tongket.late.";

/** The words of all comments on a report that came too late and are still on this device, whoever wrote them. */
export function lateWords(report: string): string[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(`${KEYS}${report}.`))
      .flatMap((key) => lateComments(report, key.slice(`${KEYS}${report}.`.length)).read())
      .flatMap(({ text, proposal = "" }) => [text, proposal])
      .filter((words) => words !== "");
  } catch {
    // A browser that lets nothing be stored.
    return [];
  }
}

export function lateComments(report: string, person: string): LateComments {
  const key = `${KEYS}${report}.${person}`;
  const read = (): Comment[] => {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
      // Only `add` writes here.
      return Array.isArray(value) ? (value as Comment[]) : [];
    } catch {
      return [];
    }
  };
  const write = (comments: readonly Comment[]): boolean => {
    try {
      if (comments.length === 0) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(comments));
      return true;
    } catch {
      return false;
    }
  };
  return {
    read,
    add: (comments) => {
      const added = new Map(comments.map((comment) => [comment.id, comment]));
      return comments.length === 0 || write([...read().filter(({ id }) => !added.has(id)), ...added.values()]);
    },
    remove: (id) => {
      write(read().filter((comment) => comment.id !== id));
    },
  };
}

/** True where the server has exactly these words. */
export function isReceived(comment: Comment, record: BoardRecord | null): boolean {
  return (
    record !== null &&
    record.comment.text === comment.text &&
    record.comment.proposal === comment.proposal &&
    record.comment.kind === comment.kind &&
    record.comment.withdrawn === comment.withdrawn
  );
}

/**
 * What of the notes the board does not have, as comments: a reply becomes one about the same thing. One that is
 * `withdrawn` is a withdrawal that came too late: the board still has the words. What was withdrawn before the board had
 * it says nothing and is left out.
 */
export function unreceived(notes: Notes, board: readonly BoardRecord[]): Comment[] {
  const records = new Map(board.map((record) => [record.comment.id, record]));
  const standing = new Set(board.flatMap(({ comment }) => (comment.withdrawn ? [] : [comment.id])));
  const comments = notes.comments.filter((comment) => !isReceived(comment, records.get(comment.id) ?? null));
  const replies = notes.replies.flatMap((reply): Comment[] => {
    const about = notes.comments.find((comment) => comment.id === reply.comment);
    const known = records.get(reply.comment)?.replies.find((one) => one.reply.id === reply.id)?.reply;
    if (known && !known.withdrawn) standing.add(reply.id);
    const received = known !== undefined && known.text === reply.text && known.withdrawn === reply.withdrawn;
    return about && !received ? [inPlaceOf(reply, about)] : [];
  });
  return [...comments, ...replies].filter(({ id, withdrawn }) => !withdrawn || standing.has(id));
}

function inPlaceOf({ id, author, text, createdAt, withdrawn }: Reply, { round, target }: Comment): Comment {
  return { id, author, text, createdAt, withdrawn, round, target, kind: "other" };
}

/** A late comment as a new one of a round that is open. */
export function renewed(
  late: Comment,
  made: { readonly id: string; readonly round: number; readonly now: string; readonly late?: boolean },
): Comment {
  // A new comment was never edited.
  const { editedAt: _before, late: _mark, ...rest } = late;
  return { ...rest, id: made.id, round: made.round, createdAt: made.now, ...(made.late ? { late: true } : {}) };
}
