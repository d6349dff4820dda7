import type { ReportFile } from "#collab";
import { docFrom, mergeReportFiles, readReportFile } from "#collab";
import type { LeftOut } from "#comments";
import { fileOfDelegate, mergeWithDelegates } from "#comments";
import type { Person, Version } from "#model";
import { openRound } from "#model";
import { parseDocumentName } from "#protocol";
import * as Y from "yjs";
import { ruleSetUnknown } from "../errors.ts";
import type { LogEntry, StoredReport, StoredVersion } from "../storage/storage.ts";
import { SERVER } from "../storage/storage.ts";
import { now } from "../tokens.ts";
import { reportFile } from "./report-room.ts";
import type { Office } from "./report-room.ts";

/** The largest file that is taken. */
export const LARGEST_FILE: number = 64 * 1024 * 1024;

/** Reads a `.tongket` file and checks all that is in it: nothing of a wrong one is used. */
export function openReportFile(office: Office, bytes: Uint8Array): ReportFile {
  const file = readReportFile(bytes, (value) => office.catalogue.check("manifest", value, "manifest.json"));
  if (!office.catalogue.ruleSets.has(file.manifest.ruleSet)) throw ruleSetUnknown(file.manifest.ruleSet);
  return file;
}

/**
 * Stores a report that comes in a file, or merges it into the report that is there. `chair` is the person as whom the
 * installation's chair acts in a new one that has no chair of its own.
 */
export async function takeReportFile(
  office: Office,
  file: ReportFile,
  chair: Person,
): Promise<{ id: string; leftOut: readonly LeftOut[] }> {
  const { id } = file.manifest.report;
  const known = await office.storage.reports.get(id);
  if (known) return { id, leftOut: await mergeReportFile(office, known, file) };
  const { savedBy, people } = file.manifest;
  if (savedBy !== undefined) throw fileOfDelegate(people.find((person) => person.id === savedBy)?.name ?? savedBy);
  await storeReportFile(office, file, chair);
  return { id, leftOut: [] };
}

async function storeReportFile(office: Office, file: ReportFile, chair: Person): Promise<void> {
  const { manifest } = file;
  const { report } = manifest;
  const own = manifest.people.find((person) => person.role === "chair");
  await office.storage.reports.create({
    report: {
      id: report.id,
      template: manifest.template,
      ruleSet: manifest.ruleSet,
      sample: report.sample,
      chair: own?.id ?? chair.id,
      ...(manifest.audience === undefined ? {} : { audience: manifest.audience }),
      createdAt: report.createdAt,
    },
    people: own ? manifest.people : [chair, ...manifest.people],
    rounds: manifest.rounds,
    versions: storedVersions(file),
    log: [...documentsOf(file)]
      .map(([document, bytes]) => logEntry(report.id, document, bytes, new Y.Doc()))
      .filter(saysSomething),
  });
  void office.roundClock.look();
}

/**
 * Merges a file into the report of the same id: through the log, so that everybody who has it open sees what came. What
 * is known here stays as it is: a file may bring people, rounds and versions, but changes nobody's role, no round and no
 * frozen draft. Of a delegate's copy only that person's notes are taken, unless `everything` is wanted; what was left out
 * is told. A deleted report comes back. Throws `file-other-report` for a file of another one.
 */
export async function mergeReportFile(
  office: Office,
  report: StoredReport,
  file: ReportFile,
  everything = false,
): Promise<readonly LeftOut[]> {
  const { storage, live } = office;
  const present = await reportFile(office, report);
  const { file: merged, leftOut } = everything
    ? { file: mergeReportFiles([present, file]), leftOut: new Map<number, LeftOut[]>() }
    : mergeWithDelegates([present, file]);
  const { people, rounds, versions } = present.manifest;
  const isNew = <T>(known: readonly T[], id: (of: T) => unknown) => {
    const ids = new Set(known.map(id));
    return (of: T): boolean => !ids.has(id(of));
  };
  await storage.reports.putPeople(report.id, merged.manifest.people.filter(isNew(people, (person) => person.id)));
  await storage.reports.putRounds(
    report.id,
    merged.manifest.rounds
      .filter(isNew(rounds, (round) => round.number))
      .map((round) => (openRound(rounds) && round.closedAt === undefined ? { ...round, closedAt: now() } : round)),
    storedVersions(merged).filter(isNew<Version>(versions, (version) => version.id)),
  );
  const entries: LogEntry[] = [];
  for (const [document, bytes] of documentsOf(merged)) {
    const name = parseDocumentName(`${report.id}/${document}`);
    if (name) entries.push(logEntry(report.id, document, bytes, await live.document(name)));
  }
  await live.append(entries.filter(saysSomething));
  if (report.deletedAt !== null) await storage.reports.markDeleted(report.id, null);
  live.desks.forget(report.id);
  live.refreshBoards(report.id);
  live.announce(report.id);
  void office.roundClock.look();
  return leftOut.get(1) ?? [];
}

function documentsOf(file: ReportFile): Map<string, Uint8Array> {
  const documents = new Map([
    ["body", file.body],
    ["decisions", file.decisions],
  ]);
  for (const [person, state] of file.notes) documents.set(`notes/${person}`, state);
  return documents;
}

/** What `state` has beyond `present`, as an entry of the log. Notes bring their author's Yjs clients with them. */
function logEntry(report: string, document: string, state: Uint8Array, present: Y.Doc): LogEntry {
  const person = document.startsWith("notes/") ? document.slice("notes/".length) : SERVER;
  const doc = docFrom(state);
  const claims = person === SERVER ? [] : [...Y.decodeStateVector(Y.encodeStateVector(doc)).keys()];
  const bytes = Y.snapshotContainsUpdate(Y.snapshot(present), state)
    ? new Uint8Array()
    : Y.encodeStateAsUpdate(doc, Y.encodeStateVector(present));
  return { report, document, person, at: now(), bytes, claims };
}

function saysSomething(entry: LogEntry): boolean {
  return entry.bytes.length > 2;
}

function storedVersions(file: ReportFile): StoredVersion[] {
  return file.manifest.versions.flatMap((version) => {
    const bytes = file.versions.get(version.id);
    return bytes ? [{ ...version, bytes }] : [];
  });
}
