import type { Comment, CommentThread, Comparison, Place, PlaceChange, Report, ReportText, Template } from "#model";
import { changeAt, compareTexts } from "#model";
import type { ReportFile } from "#collab";
import { docFrom, readText } from "#collab";
import type * as Y from "yjs";
import { inDraftOrder } from "./thread-order.ts";

/** A draft that was frozen: its body, and the text in it. */
export interface FrozenDraft {
  readonly body: Y.Doc;
  readonly text: ReportText;
}

/** Whether a comment was taken up, so that one asks what became of the text. */
function isTakenUp({ comment, decision }: Pick<CommentThread, "comment" | "decision">): boolean {
  return !comment.withdrawn && (decision?.outcome === "accept" || decision?.outcome === "partly");
}

/**
 * The version that a comment was made on: that of its round; of a comment outside any round the last one saved before it.
 * Null where there is none.
 */
export function draftOf(
  { comment }: Pick<CommentThread, "comment">,
  report: Pick<Report, "rounds" | "versions">,
): string | null {
  const round = report.rounds.find(({ number }) => number === comment.round);
  if (round) return round.version;
  const before = report.versions.filter(({ createdAt }) => createdAt <= comment.createdAt);
  return before.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1)).at(-1)?.id ?? null;
}

/** The versions that one needs to know what became of the comments that were taken up. */
export function draftsToCompare(report: Pick<Report, "rounds" | "versions" | "threads">): string[] {
  return [...new Set(report.threads.filter(isTakenUp).flatMap((thread) => draftOf(thread, report) ?? []))];
}

/**
 * What became of the text at the place of every comment that was taken up, by the id of the comment. A comment whose
 * draft is not among `drafts`, or whose words were not in it, is left out: nothing is known of it.
 */
export function carriedOut(
  report: Pick<Report, "template" | "rounds" | "versions" | "threads" | "slots" | "fields">,
  drafts: ReadonlyMap<string, FrozenDraft>,
): Map<string, PlaceChange> {
  const changes = new Map<string, PlaceChange>();
  const taken = report.threads.filter(isTakenUp);
  for (const [version, { body, text }] of drafts) {
    const here = taken.filter((thread) => draftOf(thread, report) === version);
    if (here.length === 0) continue;
    const comparison: Comparison = compareTexts(text, report, report.template, (a, b) => [
      { text: a, kind: "deleted" },
      { text: b, kind: "inserted" },
    ]);
    const places = placesIn(body, here, report.template);
    for (const { comment } of here) {
      const change = changeAt({ comment }, places.get(spelled(comment)) ?? null, comparison, text);
      if (change) changes.set(comment.id, { since: version, ...change });
    }
  }
  return changes;
}

/** A frozen draft never changes, nor where a comment stands in it. */
const known = new WeakMap<Y.Doc, Map<string, Place | null>>();

/** Where comments stand in a frozen draft, by {@link spelled}. */
function placesIn(
  body: Y.Doc,
  threads: readonly CommentThread[],
  template: Template,
): ReadonlyMap<string, Place | null> {
  const places = known.get(body) ?? new Map<string, Place | null>();
  known.set(body, places);
  const fresh = threads.filter(({ comment }) => !places.has(spelled(comment)));
  for (const { comment, place } of inDraftOrder(fresh, template, body)) places.set(spelled(comment), place);
  return places;
}

function spelled({ id, target }: Comment): string {
  return `${id} ${JSON.stringify(target)}`;
}

/** What {@link carriedOut} says of a report that a file holds. */
export function carriedOutIn(file: ReportFile, report: Report): Map<string, PlaceChange> {
  const drafts = new Map<string, FrozenDraft>();
  for (const version of draftsToCompare(report)) {
    const state = file.versions.get(version);
    if (!state) continue;
    const body = docFrom(state);
    drafts.set(version, { body, text: readText(body, report.template) });
  }
  return carriedOut(report, drafts);
}
