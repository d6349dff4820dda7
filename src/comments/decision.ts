import type { Decision, Outcome, Person } from "#model";
import { responseSuffices } from "#model";
import type * as Y from "yjs";
import { changedKeys } from "./changed-keys.ts";
import { decisionMissing, responseMissing } from "./errors.ts";
import type { RefusalWord } from "./record.ts";
import { readDecision, sameJson } from "./record.ts";

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

/** Records that `person` (an id) validates the decision as proposed. Throws `decision-missing` where there is none. */
export function validateDecision(doc: Y.Doc, comment: string, person: string, now: string): void {
  const decision = readDecisions(doc).get(comment);
  if (!decision) throw decisionMissing(comment);
  const validated: Decision = { ...decision, validatedBy: person, validatedAt: now };
  decisionsMap(doc).set(comment, validated);
}

/**
 * Whether the step from `before` to `after` (which must hold every update of `before`) is one that `person` may take
 * with the decisions; null where it is. Drafters and the chair propose under their own name; the chair alone validates,
 * under the chair's own name. A validation repeats the proposal it was given on: while another proposal is under way
 * that may be one already overwritten here, so what the chair validates is not compared with what stood before.
 * Nothing is removed, and there is no decision on what `isComment` does not know.
 */
export function decisionsViolation(
  before: Y.Doc,
  after: Y.Doc,
  person: Person,
  isComment: (id: string) => boolean,
): RefusalWord | null {
  const changes = changedKeys(decisionsMap(before), decisionsMap(after));
  if (changes.length === 0) return null;
  if (person.role !== "chair" && person.role !== "drafter") return "read-only";
  for (const { key, after: value } of changes) {
    const decision = readDecision(value);
    if (!decision || decision.comment !== key || !sameJson(decision, value) || !isComment(key)) return "bad-record";
    if (decision.validatedBy === undefined) {
      if (decision.proposedBy !== person.id) return "not-yours";
    } else {
      if (person.role !== "chair") return "chair-only";
      if (decision.validatedBy !== person.id) return "not-yours";
    }
  }
  return null;
}
