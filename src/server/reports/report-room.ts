import type { Manifest, ReportFile } from "#collab";
import { docFrom, fieldsMap, readText } from "#collab";
import type { Role, Round, RuleSet, Version } from "#model";
import { fillIn, isEmptySlot, openRound, roundOf, ruleSetInForce, slotsOf, takesLate, threadState } from "#model";
import type { ReportInfo, ReportSummary } from "#protocol";
import type { Catalogue } from "../catalogue.ts";
import { ruleSetUnknown } from "../errors.ts";
import type { Exporter } from "../export/exporter.ts";
import type { Storage, StoredReport } from "../storage/storage.ts";
import type { Live } from "../sync/live.ts";
import { now } from "../tokens.ts";
import type { Turns } from "../turns.ts";
import type { Member } from "../visitor.ts";
import type { WordReader } from "../word/word-reader.ts";
import type { CopyShelf } from "./copy-shelf.ts";
import type { RoundClock } from "./round-clock.ts";

/** What everything about reports works with. */
export interface Office {
  readonly storage: Storage;
  readonly live: Live;
  readonly catalogue: Catalogue;
  /** One change of rounds at a time: two chairs at once must not open two. */
  readonly roundTurns: Turns;
  readonly roundClock: RoundClock;
  /** Reads Word files of strangers where they can do no harm. */
  readonly words: WordReader;
  /** What was read of returned copies and not taken yet. */
  readonly copies: CopyShelf;
  /** Makes files beside all else. */
  readonly exporter: Exporter;
  /** One draft from elsewhere at a time: each takes all the attention it can get. */
  readonly exportTurns: Turns;
  /** One PDF at a time, which others need not wait for. */
  readonly pdfTurns: Turns;
  /** The program that makes PDF files; null where it is not installed. */
  readonly libreOffice: string | null;
}

export function isCommittee(role: Role): boolean {
  return role === "chair" || role === "drafter";
}

/** The rule set a stored report prints by. Throws `rule-set-unknown` where this installation has it no longer. */
export function ruleSetOf(office: Office, report: StoredReport): RuleSet {
  const ruleSet = office.catalogue.ruleSets.get(report.ruleSet);
  if (!ruleSet) throw ruleSetUnknown(report.ruleSet);
  return ruleSet;
}

/** The versions a role may read: delegates only the drafts sent out to them. */
export function visibleVersions(role: Role, versions: readonly Version[]): readonly Version[] {
  return role === "delegate" ? versions.filter((version) => version.round !== undefined) : versions;
}

/** The fields as this person may see them: a delegate those of the draft last sent out. */
async function fieldsFor(office: Office, { report, me }: Member): Promise<Record<string, string>> {
  const last = me.role === "delegate" ? (await office.storage.reports.rounds(report.id)).at(-1) : undefined;
  const version = last && (await office.storage.reports.version(report.id, last.version));
  if (version) return frozenFields(version.bytes);
  return fieldsNow(office, report);
}

/** The fields as they are now. */
export async function fieldsNow(office: Office, report: StoredReport): Promise<Record<string, string>> {
  return plainFields(fieldsMap(await office.live.document({ kind: "body", report: report.id })).toJSON());
}

/** The fields of frozen drafts, read once of each: a conference opens the same one all at once. */
const FROZEN = new WeakMap<Uint8Array, Record<string, string>>();

function frozenFields(state: Uint8Array): Record<string, string> {
  const known = FROZEN.get(state) ?? plainFields(fieldsMap(docFrom(state)).toJSON());
  FROZEN.set(state, known);
  return known;
}

function plainFields(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** All that is not in a Yjs document, as `member` may see it. */
export async function reportInfo(office: Office, member: Member): Promise<ReportInfo> {
  const { report, me } = member;
  const [people, rounds, versions, fields] = await Promise.all([
    office.storage.reports.people(report.id),
    office.storage.reports.rounds(report.id),
    office.storage.reports.versions(report.id),
    fieldsFor(office, member),
  ]);
  return {
    id: report.id,
    sample: report.sample,
    template: report.template,
    ruleSet: ruleSetInForce(ruleSetOf(office, report), fields, office.catalogue.ruleSets.values()),
    madeWith: report.ruleSet,
    fields,
    me,
    people: isCommittee(me.role) ? people : [me],
    rounds: isCommittee(me.role) ? rounds : rounds.map((round) => roundFor(me.id, round)),
    versions: visibleVersions(me.role, versions),
    audience: report.audience ?? "own",
    ...(office.libreOffice === null ? {} : { pdf: true as const }),
    now: now(),
  };
}

/** A round without the names of others whose late comments it takes. */
function roundFor(person: string, round: Round): Round {
  const { late: _names, ...rest } = round;
  return takesLate(round, person) ? { ...rest, late: [person] } : rest;
}

/** One row of the list of reports, as `member` may see it. */
export async function reportSummary(office: Office, member: Member): Promise<ReportSummary> {
  const { report, me } = member;
  const rounds = await office.storage.reports.rounds(report.id);
  const fields = await fieldsFor(office, member);
  const text = readText(await office.live.document({ kind: "body", report: report.id }), report.template);
  const slots = slotsOf(report.template);
  const records = (await office.live.desks.records(report.id)).filter(
    ({ comment }) => !comment.withdrawn && (isCommittee(me.role) || comment.author === me.id),
  );
  const subject = fillIn(report.template.subject, fields);
  return {
    id: report.id,
    title: subject.charAt(0).toLocaleUpperCase("vi") + subject.slice(1),
    organisation: fields["organisation"] ?? "",
    year: fields["year"] ?? "",
    sample: report.sample,
    role: me.role,
    template: report.template.id,
    slots: { written: slots.filter((slot) => !isEmptySlot(text.slots[slot.id])).length, total: slots.length },
    round: openRound(rounds),
    rounds: rounds.length,
    comments: {
      open: records.filter((record) => threadState(record) !== "validated").length,
      total: records.length,
    },
    changedAt: report.changedAt,
  };
}

/** How many comments that stand each person has made. */
export async function commentCounts(office: Office, report: string): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { comment } of await office.live.desks.records(report)) {
    if (!comment.withdrawn) counts.set(comment.author, (counts.get(comment.author) ?? 0) + 1);
  }
  return counts;
}

/** What a file of a report says of itself. `people` keeps the order in which they came. */
async function manifestOf({ storage }: Office, report: StoredReport): Promise<Manifest> {
  return {
    format: "tongket",
    version: 1,
    report: { id: report.id, sample: report.sample, createdAt: report.createdAt },
    template: report.template,
    ruleSet: report.ruleSet,
    people: await storage.reports.people(report.id),
    rounds: await storage.reports.rounds(report.id),
    versions: await storage.reports.versions(report.id),
    ...(report.audience === undefined ? {} : { audience: report.audience }),
  };
}

/** A report as a file of nothing but what was sent out in a round; without a number in the open or the newest one. */
export async function sentFile(office: Office, report: StoredReport, number?: number): Promise<ReportFile> {
  const manifest = await manifestOf(office, report);
  const round = roundOf(manifest.rounds, number);
  const version = round && (await office.storage.reports.version(report.id, round.version));
  const nothing = new Uint8Array([0, 0]);
  const versions = new Map(version ? [[version.id, version.bytes]] : []);
  return { manifest, body: nothing, decisions: nothing, notes: new Map(), versions };
}

/** A report as a file, with everything in it. */
export async function reportFile(office: Office, report: StoredReport): Promise<ReportFile> {
  const { storage, live } = office;
  const manifest = await manifestOf(office, report);
  const heads = await storage.log.heads(report.id);
  const notes = new Map<string, Uint8Array>();
  for (const document of heads.keys()) {
    if (!document.startsWith("notes/")) continue;
    const person = document.slice("notes/".length);
    notes.set(person, await live.state({ kind: "notes", report: report.id, person }));
  }
  const frozen = new Map<string, Uint8Array>();
  for (const { id } of manifest.versions) {
    const version = await storage.reports.version(report.id, id);
    if (version) frozen.set(id, version.bytes);
  }
  return {
    manifest,
    body: await live.state({ kind: "body", report: report.id }),
    decisions: await live.state({ kind: "decisions", report: report.id }),
    notes,
    versions: frozen,
  };
}
