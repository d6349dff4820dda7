import type { Comment, Decision } from "#model";
import type * as Y from "yjs";
import { byTime, compareText, isInstant, isRecordId } from "./record.ts";

/**
 * Says with which other comment a comment is answered; null where it is answered by itself again. One record for each
 * comment that was ever merged, replaced whole: the comments themselves stay as they are.
 */
export interface Merge {
  readonly comment: string;
  readonly with: string | null;
  readonly by: string;
  readonly at: string;
}

/** The merges of a report, under the id of the comment that names another. */
export function mergesMap(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("merges");
}

/** The merges by comment. Total: what is none, or stands under another comment's id, is passed over. */
export function readMerges(doc: Y.Doc): Map<string, Merge> {
  const merges = new Map<string, Merge>();
  for (const [key, value] of mergesMap(doc).entries()) {
    const merge = readMerge(value);
    if (merge?.comment === key) merges.set(key, merge);
  }
  return merges;
}

/** The merge that a stored value holds; null where it holds none. */
export function readMerge(value: unknown): Merge | null {
  if (typeof value !== "object" || value === null) return null;
  const { comment, with: other, by, at }: { comment?: unknown; with?: unknown; by?: unknown; at?: unknown } = value;
  if (!isRecordId(comment) || !isRecordId(by) || !isInstant(at)) return null;
  if (other !== null && (!isRecordId(other) || other === comment)) return null;
  return { comment, with: other, by, at };
}

/** Has `person` (an id) say that `comments` are answered with `leading`. Whoever is merged with one of them comes along. */
export function mergeComments(
  doc: Y.Doc,
  comments: readonly string[],
  leading: string,
  person: string,
  now: string,
): void {
  write(
    doc,
    comments.filter((comment) => comment !== leading),
    leading,
    person,
    now,
  );
}

/**
 * Has `person` (an id) say that a comment is answered by itself again. Those merged with it before go along with it; where
 * it leads a row, each that names it is by itself again.
 */
export function separateComment(doc: Y.Doc, comment: string, person: string, now: string): void {
  const merges = readMerges(doc);
  const named = merges.get(comment)?.with ?? null;
  const leads = named === null || chainOf(comment, (id) => merges.get(id)?.with ?? null).circle.includes(comment);
  const naming = [...merges.values()].filter((merge) => leads && merge.with === comment).map((merge) => merge.comment);
  write(doc, named === null ? naming : [comment, ...naming], null, person, now);
}

function write(doc: Y.Doc, comments: readonly string[], other: string | null, person: string, now: string): void {
  doc.transact(() => {
    for (const comment of comments) {
      const merge: Merge = { comment, with: other, by: person, at: now };
      mergesMap(doc).set(comment, merge);
    }
  });
}

/** Where naming leads from a comment: through which others, and the circle it ends in, if any. */
function chainOf(from: string, next: (id: string) => string | null): { path: string[]; circle: readonly string[] } {
  const at = new Map([[from, 0]]);
  const path = [from];
  for (let id = next(from); id !== null; id = next(id)) {
    const before = at.get(id);
    if (before !== undefined) return { path, circle: path.slice(before) };
    at.set(id, path.length);
    path.push(id);
  }
  return { path, circle: [] };
}

/** What is said about a row of comments: which one leads it, and which one its answer was first given on. */
interface RowEnd {
  readonly root: string;
  readonly leading: string;
}

/**
 * The row of every comment. Each names at most one other; whoever ends at the same one is in one row with it. Where people
 * who did not know of each other made a circle, the oldest in it is where it ends. That one leads, or, where it was
 * withdrawn, the oldest that stands. The order of the merges says nothing, and what names nothing known leads itself.
 */
function rowsOf(comments: readonly Comment[], merges: ReadonlyMap<string, Merge>): Map<string, RowEnd> {
  const known = new Map<string, Comment>();
  // Of two persons' comments of one id the one that stands counts, then the older.
  for (const comment of comments.toSorted(oldestStandingFirst)) {
    if (!known.has(comment.id)) known.set(comment.id, comment);
  }
  const next = (id: string): string | null => {
    const other = merges.get(id)?.with ?? null;
    return other !== null && known.has(other) && other !== id ? other : null;
  };
  const members = new Map<string, Comment[]>();
  const roots = new Map<string, string>();
  for (const comment of known.values()) {
    // Where a comment that was looked at before is met, the rest of the way is known.
    const { path, circle } = chainOf(comment.id, (id) => (roots.has(id) ? null : next(id)));
    const last = path.at(-1) ?? comment.id;
    const root = circle.flatMap((id) => known.get(id) ?? []).toSorted(byTime)[0]?.id ?? roots.get(last) ?? last;
    for (const id of path) roots.set(id, root);
    const row = members.get(root);
    if (row) row.push(comment);
    else members.set(root, [comment]);
  }
  const rows = new Map<string, RowEnd>();
  for (const [root, row] of members) {
    const leading = known.get(root)?.withdrawn ? (row.toSorted(oldestStandingFirst)[0]?.id ?? root) : root;
    for (const { id } of row) rows.set(id, { root, leading });
  }
  return rows;
}

function oldestStandingFirst(a: Comment, b: Comment): number {
  return Number(a.withdrawn) - Number(b.withdrawn) || byTime(a, b) || compareText(a.author, b.author);
}

/** What of a record depends on how comments are merged and answered. */
interface Answerable {
  readonly comment: Comment;
  readonly decision: Decision | null;
  readonly mergedWith?: string;
}

/**
 * The records with the decision that holds for each, and with the comment that leads its row where that is another one: a
 * decision on the leading comment is that of all in its row. A validation holds for the comments it was given on: a
 * comment that was merged since has the same answer, proposed. Decisions that were made before a comment was merged are
 * kept, and hold again once it is separated.
 */
export function answerRecords<T extends Answerable>(
  records: readonly T[],
  decisions: ReadonlyMap<string, Decision>,
  merges: ReadonlyMap<string, Merge>,
): T[] {
  const rows = rowsOf(
    records.map(({ comment }) => comment),
    merges,
  );
  return records.map((record) => {
    const { id, withdrawn } = record.comment;
    const { mergedWith: _, ...rest } = record;
    const row = rows.get(id);
    if (!row || withdrawn) return { ...(rest as T), decision: decisions.get(id) ?? null };
    const decision = decisionFor(id, answerOf(row, decisions));
    return { ...(rest as T), decision, ...(row.leading === id ? {} : { mergedWith: row.leading }) };
  });
}

/** Where the comment that led was withdrawn after it was answered, its answer holds until a later one is given. */
function answerOf({ root, leading }: RowEnd, decisions: ReadonlyMap<string, Decision>): Decision | null {
  const first = decisions.get(root) ?? null;
  const own = decisions.get(leading) ?? null;
  if (!first || !own) return own ?? first;
  return compareText(own.proposedAt, first.proposedAt) < 0 ? first : own;
}

function decisionFor(comment: string, decision: Decision | null): Decision | null {
  if (!decision || decision.comment === comment || decision.validatedBy === undefined) return decision;
  if (decision.covers?.includes(comment)) return decision;
  const { validatedBy: _by, validatedAt: _at, covers: _covers, ...proposed } = decision;
  return proposed;
}
