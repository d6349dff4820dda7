import type { CommentKind, CommentThread, PlaceChange, ThreadRow, ThreadState } from "#model";
import {
  isUnchanged,
  isSupposed,
  isUnplaced,
  mentions,
  plainMentions,
  quotedWords,
  rowState,
  threadsOfRow,
  threadState,
} from "#model";

/** Which threads the list shows. An empty value asks for nothing. */
export interface ThreadFilter {
  readonly state: ThreadState | "unplaced" | "unchanged" | "";
  readonly slot: string;
  readonly person: string;
  readonly unit: string;
  readonly kind: CommentKind | "";
  /** The number of a round; 0 is what the committee said outside any. */
  readonly round: number | "";
  readonly text: string;
  /** The id of a person who is mentioned. */
  readonly mentioned: string;
}

type Changes = ReadonlyMap<string, PlaceChange>;

const NO_CHANGES: Changes = new Map();

export const NO_FILTER: ThreadFilter = {
  state: "",
  slot: "",
  person: "",
  unit: "",
  kind: "",
  round: "",
  text: "",
  mentioned: "",
};

/** True where a row holds a thread that is asked for. */
export function isRowWanted(row: ThreadRow, filter: ThreadFilter, changes: Changes = NO_CHANGES): boolean {
  return threadsOfRow(row).some((thread) => isWanted(thread, filter, changes));
}

/**
 * The row that comes next after the one a comment leads, of those that wait for a person: for the chair whatever is not
 * validated, for a drafter what has no decision. After the last comes the first; null where none waits but that one.
 */
export function nextWaiting(
  rows: readonly ThreadRow[],
  from: string | null,
  chair: boolean,
  step: 1 | -1 = 1,
): ThreadRow | null {
  const at = rows.findIndex(({ leading }) => leading.comment.id === from);
  for (let n = 1; n <= rows.length; n++) {
    const start = at < 0 && step === -1 ? 0 : at;
    const row = rows[(start + step * n + rows.length * n) % rows.length];
    if (!row || row.leading.comment.id === from) continue;
    const state = rowState(row);
    if (state === "open" || (chair && state === "proposed")) return row;
  }
  return null;
}

/** True where the thread is asked for. Withdrawn comments are out of the way unless they are what is asked for. */
export function isWanted(thread: CommentThread, filter: ThreadFilter, changes: Changes = NO_CHANGES): boolean {
  const { comment, author } = thread;
  if (!inState(thread, filter.state, changes)) return false;
  if (filter.slot !== "" && (comment.target.scope === "report" || comment.target.slot !== filter.slot)) return false;
  if (filter.person !== "" && author.id !== filter.person) return false;
  if (filter.unit !== "" && author.unit !== filter.unit) return false;
  if (filter.round !== "" && comment.round !== filter.round) return false;
  if (filter.kind !== "" && comment.kind !== filter.kind) return false;
  if (filter.mentioned !== "" && !isMentioned(thread, filter.mentioned)) return false;
  return filter.text.trim() === "" || fold(wordsOf(thread)).includes(fold(filter.text));
}

/** True where the comment, or a reply that stands, mentions the person. */
export function isMentioned({ comment, replies }: CommentThread, person: string): boolean {
  return (
    mentions(comment.text, person) || replies.some(({ reply }) => !reply.withdrawn && mentions(reply.text, person))
  );
}

function inState(thread: CommentThread, wanted: ThreadFilter["state"], changes: Changes): boolean {
  const state = threadState(thread);
  if (wanted === "unchanged") return isUnchanged(thread, changes);
  if (wanted === "unplaced") return (isUnplaced(thread) || isSupposed(thread)) && state !== "withdrawn";
  return wanted === "" ? state !== "withdrawn" : state === wanted;
}

/** Everything of a thread that one may remember it by. */
function wordsOf({ comment, author, replies, decision }: CommentThread): string {
  return [
    author.name,
    author.unit,
    quotedWords(comment.target) ?? "",
    plainMentions(comment.text),
    comment.proposal ?? "",
    ...replies.filter(({ reply }) => !reply.withdrawn).map(({ reply }) => plainMentions(reply.text)),
    decision?.response ?? "",
  ].join("\n");
}

/** Found with or without diacritics and capitals, as people type when they look for something. */
export function fold(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLocaleLowerCase("vi").replaceAll("đ", "d").trim();
}

/** Rows in the order they come, cut where the slot changes. Null stands for the report as a whole. */
export function bySlot(
  rows: readonly ThreadRow[],
): { readonly slot: string | null; readonly rows: readonly ThreadRow[] }[] {
  const groups: { slot: string | null; rows: ThreadRow[] }[] = [];
  for (const row of rows) {
    const { target } = row.leading.comment;
    const slot = target.scope === "report" ? null : target.slot;
    const last = groups.at(-1);
    if (last && last.slot === slot) last.rows.push(row);
    else groups.push({ slot, rows: [row] });
  }
  return groups;
}
