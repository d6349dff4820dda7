import { openRound, say } from "#model";
import type { Round, Version } from "#model";
import { roundClosed, roundMissing, roundOpen, versionMissing, versionOfRound } from "../errors.ts";
import type { StoredVersion } from "../storage/storage.ts";
import { newId, now } from "../tokens.ts";
import type { Member } from "../visitor.ts";
import type { Office } from "./report-room.ts";

/** Freezes the body as it is, under a name. */
export async function makeVersion(office: Office, member: Member, name: string): Promise<Version> {
  const { bytes, ...version } = await frozen(office, member, name);
  await office.storage.reports.putRounds(member.report.id, [], [{ ...version, bytes }]);
  office.live.announce(member.report.id);
  return version;
}

/** Gives a version another name. Throws `version-missing`, and `version-of-round` for the draft of a round. */
export async function renameVersion(office: Office, member: Member, id: string, name: string): Promise<Version> {
  const report = member.report.id;
  const version = (await office.storage.reports.versions(report)).find((known) => known.id === id);
  if (!version) throw versionMissing(id);
  if (version.round !== undefined) throw versionOfRound(version.round);
  if (version.name === name) return version;
  const renamedAt = now();
  await office.storage.reports.renameVersion(report, id, name, renamedAt);
  office.live.announce(report);
  return { ...version, name, renamedAt };
}

/** Freezes the body as *Dự thảo lần n* and opens its round. Throws `round-open` while one is open. */
export function startRound(office: Office, member: Member, deadline?: string): Promise<Round> {
  return office.roundTurns.run(async () => {
    const report = member.report.id;
    const rounds = await office.storage.reports.rounds(report);
    const open = openRound(rounds);
    if (open) throw roundOpen(open.number);
    const number = (rounds.at(-1)?.number ?? 0) + 1;
    // The name is printed on the draft, so it is Vietnamese whatever the language of the interface.
    const version = { ...(await frozen(office, member, say("vi", "round.name", { round: number }))), round: number };
    const round: Round = {
      number,
      version: version.id,
      openedAt: version.createdAt,
      ...(deadline === undefined ? {} : { deadline: new Date(deadline).toISOString() }),
    };
    await office.storage.reports.putRounds(report, [round], [version]);
    office.live.announce(report);
    return round;
  });
}

/** Closes a round. Throws `round-missing` or `round-already-closed`. */
export function endRound(office: Office, member: Member, number: number): Promise<Round> {
  return office.roundTurns.run(async () => {
    const report = member.report.id;
    const round = (await office.storage.reports.rounds(report)).find((known) => known.number === number);
    if (!round) throw roundMissing(number);
    if (round.closedAt !== undefined) throw roundClosed(number);
    const closed: Round = { ...round, closedAt: now() };
    await office.storage.reports.putRounds(report, [closed], []);
    office.live.announce(report);
    return closed;
  });
}

async function frozen(office: Office, { report, me }: Member, name: string): Promise<StoredVersion> {
  const bytes = await office.live.state({ kind: "body", report: report.id });
  return { id: newId(), name, createdAt: now(), createdBy: me.id, bytes };
}
