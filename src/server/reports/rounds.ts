import { EVERYBODY, openRound, roundState, say } from "#model";
import type { Round, Version } from "#model";
import type { ChangeRoundRequest } from "#protocol";
import {
  deadlinePast,
  roundClosed,
  roundMissing,
  roundNotLast,
  roundOpen,
  versionMissing,
  versionOfRound,
} from "../errors.ts";
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

/**
 * Freezes the body as *Dự thảo lần n* and opens its round. Throws `round-open` while one is open, and `deadline-past`.
 */
export async function startRound(office: Office, member: Member, deadline?: string): Promise<Round> {
  const round = await office.roundTurns.run(async () => {
    const report = member.report.id;
    const rounds = await office.storage.reports.rounds(report);
    const open = openRound(rounds);
    if (open) throw roundOpen(open.number);
    checkDeadline(deadline);
    const number = (rounds.at(-1)?.number ?? 0) + 1;
    // The name is printed on the draft, so it is Vietnamese whatever the language of the interface.
    const version = { ...(await frozen(office, member, say("vi", "round.name", { round: number }))), round: number };
    const opened: Round = {
      number,
      version: version.id,
      openedAt: version.createdAt,
      ...(deadline === undefined ? {} : { deadline: instant(deadline) }),
    };
    await office.storage.reports.putRounds(report, [opened], [version]);
    office.live.announce(report);
    return opened;
  });
  void office.roundClock.look();
  return round;
}

/** Closes a round. Throws `round-missing` or `round-already-closed`. */
export function endRound(office: Office, member: Member, number: number): Promise<Round> {
  return change(office, member, number, (round) => {
    if (round.closedAt !== undefined) throw roundClosed(number);
    const { pausedAt: _over, ...rest } = round;
    return { ...rest, closedAt: now() };
  });
}

/**
 * Changes a round that was opened: its pause, its deadline, whether it is closed, whose late comments it takes. Asking
 * for what is so already changes nothing. Throws `round-missing`; `round-already-closed` where only an open round can
 * be changed so; `round-not-last` where a later one was opened meanwhile; `deadline-past`.
 */
export function changeRound(
  office: Office,
  member: Member,
  number: number,
  request: ChangeRoundRequest,
): Promise<Round> {
  return change(office, member, number, (round, rounds, people) => {
    const { pausedAt, closedAt: _closed, deadline: _before, ...rest } = round;
    const until = round.deadline === undefined ? {} : { deadline: round.deadline };
    const state = roundState(round, now());
    switch (request.change) {
      case "pause":
        if (state === "closed") throw roundClosed(number);
        return pausedAt === undefined ? { ...round, pausedAt: now() } : round;
      case "resume":
        if (state === "closed") throw roundClosed(number);
        return pausedAt === undefined ? round : { ...rest, ...until };
      case "deadline": {
        if (state === "closed") throw roundClosed(number);
        checkDeadline(request.deadline);
        const paused = pausedAt === undefined ? {} : { pausedAt };
        return {
          ...rest,
          ...paused,
          ...(request.deadline === undefined ? {} : { deadline: instant(request.deadline) }),
        };
      }
      case "reopen":
        if (state !== "closed") throw roundOpen(number);
        if (rounds.some((other) => other.number > number)) throw roundNotLast(number);
        checkDeadline(request.deadline);
        return { ...rest, ...(request.deadline === undefined ? {} : { deadline: instant(request.deadline) }) };
      case "late": {
        const { late: _taken, ...others } = round;
        const late = request.late.includes(EVERYBODY)
          ? [EVERYBODY]
          : request.late.filter((id) => people.has(id)).toSorted();
        return late.length === 0 ? others : { ...others, late };
      }
    }
  });
}

/** One change of a round, made and announced where anything has changed. */
async function change(
  office: Office,
  member: Member,
  number: number,
  how: (round: Round, rounds: readonly Round[], people: ReadonlySet<string>) => Round,
): Promise<Round> {
  const report = member.report.id;
  const changed = await office.roundTurns.run(async () => {
    const rounds = await office.storage.reports.rounds(report);
    const round = rounds.find((known) => known.number === number);
    if (!round) throw roundMissing(number);
    const people = new Set((await office.storage.reports.people(report)).map(({ id }) => id));
    const made = how(round, rounds, people);
    if (made === round) return round;
    const stamped: Round = { ...made, changedAt: now() };
    await office.storage.reports.putRounds(report, [stamped], []);
    office.live.announce(report);
    return stamped;
  });
  void office.roundClock.look();
  return changed;
}

function instant(time: string): string {
  return new Date(time).toISOString();
}

function checkDeadline(deadline: string | undefined): void {
  if (deadline !== undefined && instant(deadline) <= now()) throw deadlinePast(instant(deadline));
}

async function frozen(office: Office, { report, me }: Member, name: string): Promise<StoredVersion> {
  const bytes = await office.live.state({ kind: "body", report: report.id });
  return { id: newId(), name, createdAt: now(), createdBy: me.id, bytes };
}
