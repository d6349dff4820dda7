import type { Decision, Round } from "#model";
import type * as Y from "yjs";
import { changedKeys } from "./changed-keys.ts";
import { decisionsMap } from "./decision.ts";
import { mergesMap } from "./merge.ts";
import { notesMap, replyKey } from "./notes.ts";
import { placingsMap } from "./placing.ts";
import type { RefusalWord } from "./record.ts";
import { isInstant, readDecision, readReply, sameJson } from "./record.ts";

/**
 * How far a time that a device gives may lie from what the server's clock allows, in milliseconds. A wrong clock must
 * not keep a delegate from commenting; a time beyond it was not made by a clock.
 */
export const TIME_TOLERANCE: number = 24 * 3600 * 1000;

/** When the records of a report can have been made at all, by the server's clock. */
export interface RecordTimes {
  readonly now: string;
  /** When the report was made. */
  readonly since: string;
  readonly rounds: readonly Round[];
}

/**
 * What speaks against the times and ids that `person` gives to their notes in the step from `before` to `after`, beside
 * the rules of the notes themselves. A time that is new lies no more than {@link TIME_TOLERANCE} before the opening of
 * the record's round (outside any round, before the report) and no more than that after `now`. A new reply bears no id
 * that `foreign` knows for another person's record.
 */
export function notesForgery(
  before: Y.Doc,
  after: Y.Doc,
  person: string,
  times: RecordTimes,
  foreign: (id: string) => boolean,
): RefusalWord | null {
  const [old, map] = [notesMap(before, person), notesMap(after, person)];
  if (forgesTime(old, map, times)) return "bad-record";
  for (const change of changedKeys(old, map)) {
    const reply = change.before === undefined ? readReply(change.after) : null;
    if (reply && change.key === replyKey(reply.id) && foreign(reply.id)) return "not-yours";
  }
  return null;
}

/** What is known to have been proposed on comments of one report, overwritten or not. Decisions are added as they come. */
export class Proposals {
  readonly #known = new Map<string, Decision[]>();

  /** Takes in what stands in a document of decisions. */
  note(doc: Y.Doc): void {
    for (const value of decisionsMap(doc).values()) this.add(value);
  }

  add(value: unknown): void {
    const decision = readDecision(value);
    if (!decision) return;
    const known = this.#known.get(decision.comment);
    if (!known) this.#known.set(decision.comment, [decision]);
    else if (!known.some((one) => sameProposal(one, decision))) known.push(decision);
  }

  has(decision: Decision): boolean {
    return this.#known.get(decision.comment)?.some((one) => sameProposal(one, decision)) === true;
  }
}

/**
 * What speaks against the times and proposals in a step of the decisions, merges and places, beside their own rules: times as in
 * {@link notesForgery}; and who validates what another proposed repeats it word for word, so that nobody is made to
 * have proposed what they did not.
 */
export function decisionsForgery(
  before: Y.Doc,
  after: Y.Doc,
  person: string,
  times: RecordTimes,
  proposals: Proposals,
): RefusalWord | null {
  const roots = [decisionsMap, mergesMap, placingsMap];
  if (roots.some((root) => forgesTime(root(before), root(after), times))) return "bad-record";
  for (const change of changedKeys(decisionsMap(before), decisionsMap(after))) {
    const decision = readDecision(change.after);
    if (decision && decision.proposedBy !== person && !proposals.has(decision)) return "not-yours";
  }
  return null;
}

function sameProposal(a: Decision, b: Decision): boolean {
  return (
    a.outcome === b.outcome &&
    a.response === b.response &&
    a.proposedBy === b.proposedBy &&
    a.proposedAt === b.proposedAt
  );
}

function forgesTime(before: Y.Map<unknown>, after: Y.Map<unknown>, { now, since, rounds }: RecordTimes): boolean {
  const latest = Date.parse(now) + TIME_TOLERANCE;
  return changedKeys(before, after).some((change) => {
    const [old, record] = [fieldsOf(change.before), fieldsOf(change.after)];
    const round = rounds.find(({ number }) => number === record["round"]);
    const earliest = Date.parse(round?.openedAt ?? since) - TIME_TOLERANCE;
    return Object.entries(record).some(([key, value]) => {
      if (!isInstant(value) || sameJson(old[key], value)) return false;
      const time = Date.parse(value);
      return time < earliest || time > latest;
    });
  });
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
