import type { CommentKind, CommentThread, ThreadState } from "#model";
import { isUnplaced, quotedWords, threadState } from "#model";

/** Which threads the list shows. An empty value asks for nothing. */
export interface ThreadFilter {
  readonly state: ThreadState | "unplaced" | "";
  readonly slot: string;
  readonly person: string;
  readonly unit: string;
  readonly kind: CommentKind | "";
  readonly text: string;
}

export const NO_FILTER: ThreadFilter = { state: "", slot: "", person: "", unit: "", kind: "", text: "" };

/** True where the thread is asked for. Withdrawn comments are out of the way unless they are what is asked for. */
export function isWanted(thread: CommentThread, filter: ThreadFilter): boolean {
  const { comment, author } = thread;
  if (!inState(thread, filter.state)) return false;
  if (filter.slot !== "" && (comment.target.scope === "report" || comment.target.slot !== filter.slot)) return false;
  if (filter.person !== "" && author.id !== filter.person) return false;
  if (filter.unit !== "" && author.unit !== filter.unit) return false;
  if (filter.kind !== "" && comment.kind !== filter.kind) return false;
  return filter.text.trim() === "" || fold(wordsOf(thread)).includes(fold(filter.text));
}

function inState(thread: CommentThread, wanted: ThreadFilter["state"]): boolean {
  const state = threadState(thread);
  if (wanted === "unplaced") return isUnplaced(thread) && state !== "withdrawn";
  return wanted === "" ? state !== "withdrawn" : state === wanted;
}

/** Everything of a thread that one may remember it by. */
function wordsOf({ comment, author, replies, decision }: CommentThread): string {
  return [
    author.name,
    author.unit,
    quotedWords(comment.target) ?? "",
    comment.text,
    comment.proposal ?? "",
    ...replies.filter(({ reply }) => !reply.withdrawn).map(({ reply }) => reply.text),
    decision?.response ?? "",
  ].join("\n");
}

/** Found with or without diacritics and capitals, as people type when they look for something. */
function fold(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLocaleLowerCase("vi").replaceAll("đ", "d").trim();
}

/** Threads in the order they come, cut where the slot changes. Null stands for the report as a whole. */
export function bySlot(
  threads: readonly CommentThread[],
): { readonly slot: string | null; readonly threads: readonly CommentThread[] }[] {
  const groups: { slot: string | null; threads: CommentThread[] }[] = [];
  for (const thread of threads) {
    const { target } = thread.comment;
    const slot = target.scope === "report" ? null : target.slot;
    const last = groups.at(-1);
    if (last && last.slot === slot) last.threads.push(thread);
    else groups.push({ slot, threads: [thread] });
  }
  return groups;
}
