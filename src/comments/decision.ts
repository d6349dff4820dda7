import type { Decision, Outcome, Person, Placing } from "#model";
import { responseSuffices } from "#model";
import type * as Y from "yjs";
import { changedKeys } from "./changed-keys.ts";
import { decisionMissing, responseMissing } from "./errors.ts";
import type { Merge } from "./merge.ts";
import { mergesMap, readMerge, readMerges } from "./merge.ts";
import { placingsMap, readPlacing, readPlacings, spotsOf } from "./placing.ts";
import type { RefusalWord } from "./record.ts";
import { isInstant, isRecordId, readDecision, sameJson } from "./record.ts";

/** One decision per comment, under the comment's id; a plain JSON record that is always replaced whole. */
export function decisionsMap(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("decisions");
}

/** The decisions by comment. Total: what is no decision, or stands under another comment's id, is passed over. */
export function readDecisions(doc: Y.Doc): Map<string, Decision> {
  const decisions = new Map<string, Decision>();
  for (const [key, value] of decisionsMap(doc).entries()) {
    const decision = readDecision(value);
    if (decision?.comment === key) decisions.set(key, decision);
  }
  return decisions;
}

/** All that the committee says about comments. */
export interface Answers {
  /** By the comment they were made on. */
  readonly decisions: ReadonlyMap<string, Decision>;
  /** Comments that were decided on and are open again. */
  readonly reopened: ReadonlySet<string>;
  readonly merges: ReadonlyMap<string, Merge>;
  readonly placings: ReadonlyMap<string, Placing>;
}

/** The answers of a report. Total, as what it reads. */
export function readAnswers(doc: Y.Doc): Answers {
  const reopened = [...decisionsMap(doc)].filter(([key, value]) => readReopening(value)?.comment === key);
  return {
    decisions: readDecisions(doc),
    reopened: new Set(reopened.map(([key]) => key)),
    merges: readMerges(doc),
    placings: readPlacings(doc),
  };
}

/** Stands in the place of a decision that was taken back. Who knows only decisions sees none. */
interface Reopening {
  readonly comment: string;
  readonly reopenedBy: string;
  readonly reopenedAt: string;
}

function readReopening(value: unknown): Reopening | null {
  if (typeof value !== "object" || value === null) return null;
  const fields: { comment?: unknown; reopenedBy?: unknown; reopenedAt?: unknown } = value;
  const { comment, reopenedBy, reopenedAt } = fields;
  if (!isRecordId(comment) || !isRecordId(reopenedBy) || !isInstant(reopenedAt)) return null;
  return { comment, reopenedBy, reopenedAt };
}

/** Records that `person` (an id) takes back what was decided on a comment: it is open again. */
export function reopenComment(doc: Y.Doc, comment: string, person: string, now: string): void {
  const reopening: Reopening = { comment, reopenedBy: person, reopenedAt: now };
  decisionsMap(doc).set(comment, reopening);
}

/**
 * Records what `person` (an id) proposes to answer, in place of any earlier decision: a validation is undone by it.
 * Throws `response-missing` where an outcome other than a plain accept has no written response.
 */
export function proposeDecision(
  doc: Y.Doc,
  proposal: { readonly comment: string; readonly outcome: Outcome; readonly response: string },
  person: string,
  now: string,
): void {
  const { comment, outcome, response } = proposal;
  if (!responseSuffices(outcome, response)) throw responseMissing(comment);
  const decision: Decision = { comment, outcome, response, proposedBy: person, proposedAt: now };
  decisionsMap(doc).set(comment, decision);
}

/**
 * Records that `person` (an id) validates the decision as proposed, for the comment and for `others` that are merged with
 * it. Throws `decision-missing` where there is none.
 */
export function validateDecision(
  doc: Y.Doc,
  comment: string,
  person: string,
  now: string,
  others: readonly string[] = [],
): void {
  const decision = readDecision(decisionsMap(doc).get(comment));
  if (decision?.comment !== comment) throw decisionMissing(comment);
  const { covers: _, ...proposal } = decision;
  const validated: Decision = {
    ...proposal,
    validatedBy: person,
    validatedAt: now,
    ...(others.length > 0 ? { covers: [...others] } : {}),
  };
  decisionsMap(doc).set(comment, validated);
}

/**
 * Whether the step from `before` to `after` (which must hold every update of `before`) is one that `person` may take
 * with the decisions, merges and places; null where it is. Drafters and the chair propose, reopen, merge, separate and
 * place under their own name; the chair alone validates, under the chair's own name. A validation repeats the proposal it was given on:
 * while another proposal is under way that may be one already overwritten here, so what the chair validates is not
 * compared with what stood before. Nothing is removed, and nothing is said of what `isComment` does not know, nor of a
 * place in what is none of the `slots`.
 */
export function decisionsViolation(
  before: Y.Doc,
  after: Y.Doc,
  person: Person,
  isComment: (id: string) => boolean,
  slots: readonly string[],
): RefusalWord | null {
  const decisions = changedKeys(decisionsMap(before), decisionsMap(after));
  const merges = changedKeys(mergesMap(before), mergesMap(after));
  const placings = changedKeys(placingsMap(before), placingsMap(after));
  if (decisions.length + merges.length + placings.length === 0) return null;
  if (person.role !== "chair" && person.role !== "drafter") return "read-only";
  for (const { key, after: value } of decisions) {
    const violation = isComment(key) ? decisionViolation(key, value, person) : "bad-record";
    if (violation) return violation;
  }
  for (const { key, after: value } of merges) {
    const merge = readMerge(value);
    if (!merge || merge.comment !== key || !sameJson(merge, value) || !isComment(key)) return "bad-record";
    if (merge.with !== null && !isComment(merge.with)) return "bad-record";
    if (merge.by !== person.id) return "not-yours";
  }
  for (const { key, after: value } of placings) {
    const placing = readPlacing(value);
    if (!placing || placing.comment !== key || !sameJson(placing, value) || !isComment(key)) return "bad-record";
    if (!spotsOf(placing).every(({ slot }) => slots.includes(slot))) return "bad-record";
    if (placing.by !== person.id) return "not-yours";
  }
  return null;
}

function decisionViolation(key: string, value: unknown, person: Person): RefusalWord | null {
  const reopening = readReopening(value);
  if (reopening && reopening.comment === key && sameJson(reopening, value)) {
    return reopening.reopenedBy === person.id ? null : "not-yours";
  }
  const decision = readDecision(value);
  if (!decision || decision.comment !== key || !sameJson(decision, value)) return "bad-record";
  if (decision.validatedBy === undefined) return decision.proposedBy === person.id ? null : "not-yours";
  if (person.role !== "chair") return "chair-only";
  return decision.validatedBy === person.id ? null : "not-yours";
}
