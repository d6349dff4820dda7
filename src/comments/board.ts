import type { Comment, CommentThread, Decision, Person, Placing, Reply, Template } from "#model";
import type * as Y from "yjs";
import type { Merge } from "./merge.ts";
import { answerRecords } from "./merge.ts";
import type { Notes } from "./notes.ts";
import { readPlacing } from "./placing.ts";
import { byTime, compareText, isRecordId, readComment, readDecision, readReply, sameJson } from "./record.ts";
import { inDraftOrder } from "./thread-order.ts";

/** A comment with all that belongs to it but its place in the text: what the server puts on a board. */
export interface BoardRecord {
  readonly comment: Comment;
  readonly author: Person;
  readonly replies: readonly { readonly reply: Reply; readonly author: Person }[];
  /** What holds for it: decided on it, or on the comment that it is merged with. */
  readonly decision: Decision | null;
  /** The comment that leads its row, where that is another one. Only the committee sees it. */
  readonly mergedWith?: string;
  /** What the committee said about where it stands. Only the committee sees it. */
  readonly placing?: Placing;
}

/** What all persons have written about a report, and what was decided on it. */
export interface Gathering {
  readonly people: readonly Person[];
  readonly notes: Iterable<Pick<Notes, "comments" | "replies">>;
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly merges?: ReadonlyMap<string, Merge>;
  readonly placings?: ReadonlyMap<string, Placing>;
}

/**
 * Everybody's comments, each with its replies (oldest first) and its decision. No comment is left out: one of a person
 * unknown to `people` gets an author whose name is the id, and two of one id by two persons both appear. Replies to
 * nothing known are left out. The order of the notes does not matter.
 */
export function gatherRecords(gathering: Gathering): BoardRecord[] {
  const people = new Map(gathering.people.map((person) => [person.id, person]));
  const author = (id: string): Person => people.get(id) ?? { id, name: id, unit: "", role: "delegate" };
  const comments: Comment[] = [];
  const replies = new Map<string, Reply[]>();
  for (const notes of gathering.notes) {
    comments.push(...notes.comments);
    for (const reply of notes.replies) {
      const earlier = replies.get(reply.comment);
      if (earlier) earlier.push(reply);
      else replies.set(reply.comment, [reply]);
    }
  }
  const records = comments.sort(byTimeAndAuthor).map((comment): BoardRecord => ({
    comment,
    author: author(comment.author),
    replies: (replies.get(comment.id) ?? [])
      .sort(byTimeAndAuthor)
      .map((reply) => ({ reply, author: author(reply.author) })),
    decision: null,
    ...placed(gathering.placings?.get(comment.id)),
  }));
  return answerRecords(records, gathering.decisions, gathering.merges ?? new Map());
}

function placed(placing: Placing | null | undefined): { readonly placing?: Placing } {
  return placing ? { placing } : {};
}

function byTimeAndAuthor(a: Comment | Reply, b: Comment | Reply): number {
  return byTime(a, b) || compareText(a.author, b.author);
}

/** Records as threads with their present places in `body`, in the order of the draft. */
export function placeRecords(records: readonly BoardRecord[], template: Template, body: Y.Doc): CommentThread[] {
  return inDraftOrder(records, template, body);
}

/**
 * Everybody's comments as threads, in the order of the draft: on the report as a whole, then slot by slot; in a slot
 * first on the whole of it, then place by place, last those whose words are gone; then by time and id.
 */
export function threadsOf(input: Gathering & { readonly template: Template; readonly body: Y.Doc }): CommentThread[] {
  return placeRecords(gatherRecords(input), input.template, input.body);
}

/**
 * What `viewer` may see of the records. The committee sees all; anybody else only comments of their own, with their own
 * replies and the committee's that stand, and a decision once it is validated.
 */
export function boardFor(records: readonly BoardRecord[], viewer: Person): BoardRecord[] {
  if (isCommittee(viewer)) return [...records];
  return records
    .filter((record) => record.comment.author === viewer.id)
    .map((record) => ({
      comment: record.comment,
      author: record.author,
      replies: record.replies.filter(
        ({ reply, author }) => author.id === viewer.id || (isCommittee(author) && !reply.withdrawn),
      ),
      decision: answerTo(record),
    }));
}

/** The validated answer to a comment, without a word about those it was merged with. */
function answerTo({ comment, decision }: BoardRecord): Decision | null {
  if (decision?.validatedAt === undefined) return null;
  const { covers: _, ...answer } = decision;
  return { ...answer, comment: comment.id };
}

function isCommittee(person: Person): boolean {
  return person.role === "chair" || person.role === "drafter";
}

/** The records of a board: plain JSON, one per comment. Only the server writes it. */
export function boardMap(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("board");
}

/**
 * Makes a board say exactly `records`, writing only what differs; true where anything did. Writing the same records
 * again changes nothing.
 */
export function writeBoard(doc: Y.Doc, records: readonly BoardRecord[], origin: unknown): boolean {
  const map = boardMap(doc);
  const wanted = new Map(records.map((record) => [boardKey(record), record]));
  const removed = [...map.keys()].filter((key) => !wanted.has(key));
  const written = [...wanted].filter(([key, record]) => !sameJson(map.get(key), record));
  if (removed.length === 0 && written.length === 0) return false;
  doc.transact(() => {
    for (const key of removed) map.delete(key);
    for (const [key, record] of written) map.set(key, record);
  }, origin);
  return true;
}

/** The author is part of the key, so that nobody's comment can push another's off the board by taking its id. */
function boardKey(record: BoardRecord): string {
  return `${record.comment.author}/${record.comment.id}`;
}

/** The records of a board, oldest first. Total: what is no record is passed over. */
export function readBoard(doc: Y.Doc): BoardRecord[] {
  return [...boardMap(doc).values()]
    .flatMap((value) => readRecord(value) ?? [])
    .sort((a, b) => byTimeAndAuthor(a.comment, b.comment));
}

function readRecord(value: unknown): BoardRecord | null {
  if (typeof value !== "object" || value === null) return null;
  const fields: {
    comment?: unknown;
    author?: unknown;
    replies?: unknown;
    decision?: unknown;
    mergedWith?: unknown;
    placing?: unknown;
  } = value;
  const comment = readComment(fields.comment);
  const author = readPerson(fields.author);
  if (!comment || !author || !Array.isArray(fields.replies)) return null;
  const replies = fields.replies.flatMap((entry: { reply?: unknown; author?: unknown } | null) => {
    const reply = readReply(entry?.reply);
    const replier = readPerson(entry?.author);
    return reply && replier ? [{ reply, author: replier }] : [];
  });
  const { mergedWith } = fields;
  return {
    comment,
    author,
    replies,
    decision: readDecision(fields.decision),
    ...(isRecordId(mergedWith) ? { mergedWith } : {}),
    ...placed(readPlacing(fields.placing)),
  };
}

function readPerson(value: unknown): Person | null {
  if (typeof value !== "object" || value === null) return null;
  const { id, name, unit, role }: { id?: unknown; name?: unknown; unit?: unknown; role?: unknown } = value;
  if (!isRecordId(id) || typeof name !== "string" || typeof unit !== "string") return null;
  if (role !== "chair" && role !== "drafter" && role !== "delegate" && role !== "reader") return null;
  return { id, name, unit, role };
}
