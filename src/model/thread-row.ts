import type { CommentThread, ThreadState } from "./comment.ts";
import { threadState } from "./comment.ts";

/** Comments that are answered together: the one that leads, then those merged with it, in the order of the threads. */
export interface ThreadRow {
  readonly leading: CommentThread;
  readonly others: readonly CommentThread[];
}

/**
 * Threads as rows, each where the one that leads it stands; where that one is not among them, the first of its threads
 * leads. Every thread is in one row.
 */
export function threadRows(threads: readonly CommentThread[]): ThreadRow[] {
  const merged = new Map<string, CommentThread[]>();
  for (const thread of threads) {
    if (thread.mergedWith === undefined) continue;
    const row = merged.get(thread.mergedWith);
    if (row) row.push(thread);
    else merged.set(thread.mergedWith, [thread]);
  }
  // Of two persons' comments of one id the first leads; the other has a row of its own.
  const leaders = new Map<string, CommentThread>();
  for (const thread of threads) {
    const { id } = thread.comment;
    if (thread.mergedWith === undefined && !leaders.has(id)) leaders.set(id, thread);
  }
  return threads.flatMap((thread): ThreadRow[] => {
    const { comment, mergedWith } = thread;
    if (mergedWith === undefined) {
      return [{ leading: thread, others: leaders.get(comment.id) === thread ? (merged.get(comment.id) ?? []) : [] }];
    }
    const row = merged.get(mergedWith) ?? [];
    return leaders.has(mergedWith) || row[0] !== thread ? [] : [{ leading: thread, others: row.slice(1) }];
  });
}

/** The threads of a row, the one that leads first. */
export function threadsOfRow({ leading, others }: ThreadRow): CommentThread[] {
  return [leading, ...others];
}

/** How far a row has come: as far as the one that has come least. */
export function rowState(row: ThreadRow): ThreadState {
  const states = new Set(threadsOfRow(row).map(threadState));
  return STATES.find((state) => states.has(state)) ?? "open";
}

const STATES: readonly ThreadState[] = ["open", "proposed", "validated", "withdrawn"];
