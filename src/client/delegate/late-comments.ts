import type { BoardRecord } from "#comments";
import type { Comment } from "#model";

/**
 * Comments that reached the server after their round was closed. They cannot go in any more, and their document would be
 * refused with them for ever; so they are taken out of it and kept on this device, in words, for the person to use.
 */
export interface LateComments {
  read(): Comment[];
  add(comments: readonly Comment[]): void;
  remove(id: string): void;
}

export function lateComments(report: string, person: string): LateComments {
  const key = `tongket.late.${report}.${person}`;
  const read = (): Comment[] => {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
      // Only `add` writes here.
      return Array.isArray(value) ? (value as Comment[]) : [];
    } catch {
      return [];
    }
  };
  const write = (comments: readonly Comment[]): void => {
    try {
      if (comments.length === 0) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(comments));
    } catch {
      // The caller does not discard anything unless it can be read back.
    }
  };
  return {
    read,
    add: (comments) => {
      const known = read();
      write([...known, ...comments.filter((comment) => known.every((one) => one.id !== comment.id))]);
    },
    remove: (id) => write(read().filter((comment) => comment.id !== id)),
  };
}

/** True where the server has exactly these words. */
export function isReceived(comment: Comment, record: BoardRecord | null | undefined): boolean {
  return (
    record !== null &&
    record !== undefined &&
    record.comment.text === comment.text &&
    record.comment.proposal === comment.proposal &&
    record.comment.kind === comment.kind &&
    record.comment.withdrawn === comment.withdrawn
  );
}
