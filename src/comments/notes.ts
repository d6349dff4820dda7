import type { Comment, Reply, Stance } from "#model";
import type * as Y from "yjs";
import { byTime, readComment, readReply, readStance } from "./record.ts";

/** What one person has written about a report. */
export interface Notes {
  readonly comments: readonly Comment[];
  readonly replies: readonly Reply[];
  /** What the person declares of each round as a whole. */
  readonly stances: readonly Stance[];
}

/**
 * Everything one person has written about a report: comments under `c:<id>`, replies under `r:<id>`, a stance under
 * `s:<round>`, each a plain JSON record that is always replaced whole. The root bears the person's name, so that the notes of several persons can be
 * merged into one document without touching one another.
 */
export function notesMap(doc: Y.Doc, person: string): Y.Map<unknown> {
  return doc.getMap(`notes:${person}`);
}

/** The key under which a record is kept. */
export function commentKey(id: string): string {
  return `c:${id}`;
}

/** The key under which a record is kept. */
export function replyKey(id: string): string {
  return `r:${id}`;
}

/** The key under which a record is kept. */
export function stanceKey(round: number): string {
  return `s:${round}`;
}

/**
 * A person's notes, oldest first. Total: a value that is no record, or stands under another record's key, is passed
 * over, and whatever a record says of its author, the author is `person`.
 */
export function readNotes(doc: Y.Doc, person: string): { comments: Comment[]; replies: Reply[]; stances: Stance[] } {
  const comments: Comment[] = [];
  const replies: Reply[] = [];
  const stances: Stance[] = [];
  for (const [key, value] of notesMap(doc, person).entries()) {
    const comment = key.startsWith("c:") ? readComment(value) : null;
    if (comment && key === commentKey(comment.id)) comments.push({ ...comment, author: person });
    const reply = key.startsWith("r:") ? readReply(value) : null;
    if (reply && key === replyKey(reply.id)) replies.push({ ...reply, author: person });
    const stance = key.startsWith("s:") ? readStance(value) : null;
    if (stance && key === stanceKey(stance.round)) stances.push({ ...stance, author: person });
  }
  return {
    comments: comments.sort(byTime),
    replies: replies.sort(byTime),
    stances: stances.sort((a, b) => a.round - b.round),
  };
}

/** Writes a comment, new or changed, into its author's notes. Withdrawing is writing it with `withdrawn`. */
export function putComment(doc: Y.Doc, comment: Comment, origin?: unknown): void {
  doc.transact(() => notesMap(doc, comment.author).set(commentKey(comment.id), comment), origin);
}

/** Writes a reply, new or changed, into its author's notes. */
export function putReply(doc: Y.Doc, reply: Reply, origin?: unknown): void {
  doc.transact(() => notesMap(doc, reply.author).set(replyKey(reply.id), reply), origin);
}

/** Writes what a person declares of a round into their notes, in place of what they declared of it before. */
export function putStance(doc: Y.Doc, stance: Stance, origin?: unknown): void {
  doc.transact(() => notesMap(doc, stance.author).set(stanceKey(stance.round), stance), origin);
}
