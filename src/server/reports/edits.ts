import { docFrom, editedBetween, joinedRuns, overlapOf } from "#collab";
import type { Run } from "#collab";
import type { Edit, EditsRequest } from "#protocol";
import { versionMissing } from "../errors.ts";
import { SERVER } from "../storage/storage.ts";
import { stepsOf } from "../sync/edit-trail.ts";
import type { Member } from "../visitor.ts";
import type { Office } from "./report-room.ts";

/**
 * Who changed some blocks since a version, and when: by what of them was put in and taken out. What a file brought bears
 * the names of those who wrote it, and no time; what nobody's name is on has none. Latest first; throws
 * `version-missing`.
 */
export async function editsOf(office: Office, { report }: Member, request: EditsRequest): Promise<Edit[]> {
  const { log, reports } = office.storage;
  const version = await reports.version(report.id, request.since);
  if (!version) throw versionMissing(request.since);
  const now = await office.live.document({ kind: "body", report: report.id });
  const sought = editedBetween(docFrom(version.bytes), now, { before: request.before, now: request.after });
  const key = { report: report.id, document: "body" };
  const [kept, waiting, { clients }] = await Promise.all([log.trail(key), log.logged(key), log.load(key)]);
  const edits: Edit[] = [];
  let unknown = sought.inserted;
  for (const step of [...kept, ...stepsOf(waiting)]) {
    if (step.person === SERVER) continue;
    const inserted = overlapOf(sought.inserted, step.inserted);
    const deleted = overlapOf(sought.deleted, step.deleted);
    if (inserted.length + deleted.length === 0) continue;
    unknown = without(unknown, inserted);
    edits.push({
      person: step.person,
      from: step.from,
      until: step.until,
      inserted: lengthOf(inserted),
      deleted: lengthOf(deleted),
    });
  }
  const writers = new Map<string, number>();
  for (const { client, length } of unknown) {
    const writer = clients.get(client) ?? SERVER;
    writers.set(writer, (writers.get(writer) ?? 0) + length);
  }
  const untold = [...writers].map(([person, inserted]): Edit => ({ person, inserted, deleted: 0 }));
  return [...edits.toSorted((a, b) => ((a.until ?? "") < (b.until ?? "") ? 1 : -1)), ...untold];
}

/** What of some runs is in none of others. */
function without(runs: readonly Run[], others: readonly Run[]): Run[] {
  return runs.flatMap((run) => {
    const left: Run[] = [];
    let { clock } = run;
    const end = run.clock + run.length;
    for (const taken of joinedRuns(overlapOf([run], others))) {
      if (taken.clock > clock) left.push({ client: run.client, clock, length: taken.clock - clock });
      clock = taken.clock + taken.length;
    }
    if (clock < end) left.push({ client: run.client, clock, length: end - clock });
    return left;
  });
}

function lengthOf(runs: readonly Run[]): number {
  return runs.reduce((sum, { length }) => sum + length, 0);
}
