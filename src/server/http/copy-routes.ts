import type { CopyOutcome } from "#comments";
import { writeRecords } from "#comments";
import type { Person } from "#model";
import { roundState, say } from "#model";
import type { CopyPreview, CopyRefusal, TakeCopiesRequest, TakenCopiesResponse } from "#protocol";
import { may, takeCopiesRequest } from "#protocol";
import type { FastifyInstance } from "fastify";
import { copyForgotten, copyLate, personMissing, requestInvalid } from "../errors.ts";
import type { ReadCopy, SettledCopy } from "../reports/copy-reading.ts";
import { CopyReading, takeReadCopies } from "../reports/copy-reading.ts";
import { reportFile, ruleSetOf } from "../reports/report-room.ts";
import type { LogEntry } from "../storage/storage.ts";
import { now } from "../tokens.ts";
import type { Clerk } from "./clerk.ts";
import { body, fileBody, member } from "./clerk.ts";
import { languageOf } from "./problem.ts";

/** The largest file of returned copies that is taken: one, or a zip of some. */
const LARGEST_COPY = 30 * 1024 * 1024;

/** Copies of a round that come back in Word: read one file after another, looked at, then taken. */
export function copyRoutes(app: FastifyInstance, clerk: Clerk): void {
  const { office } = clerk;

  app.post<{ Querystring: { name?: string; round?: string; only?: string } }>(
    "/api/reports/:report/returned",
    { bodyLimit: LARGEST_COPY },
    async (request, reply) => {
      const { report } = await member(clerk, request, "collect-copies");
      const bytes = fileBody(request);
      const round = request.query.round === undefined ? undefined : Number(request.query.round);
      if (round !== undefined && !(Number.isInteger(round) && round > 0)) throw requestInvalid("/round", "1, 2, 3 …");
      const name = (request.query.name ?? "").slice(0, 200);
      const found = await office.exportTurns.run(async () => {
        const file = await reportFile(office, report);
        const reading = new CopyReading(
          file,
          ruleSetOf(office, report),
          office.catalogue.ruleSets.values(),
          office.words,
        );
        const read = await reading.read(name, bytes, { round, only: request.query.only });
        return read.map((one): CopyPreview | CopyRefusal => {
          if (!("refused" in one))
            return { ...previewOf(one), ...takenAs(one), copy: office.copies.put(report.id, one) };
          const { code, details } = one.refused;
          return {
            name: one.name,
            error: { code, details, message: say(languageOf(request), `error.${code}`, details) },
          };
        });

        /** What would become of it, the likeliest authors taken for the right ones. */
        function takenAs(copy: ReadCopy): Pick<CopyPreview, "fates" | "late"> {
          const choices = Object.fromEntries(copy.copy.authors.map(({ name: author, person }) => [author, person]));
          const [outcome] = takeReadCopies(file, [{ read: copy, choices }], now()).copies;
          return outcome ?? { fates: [], late: 0 };
        }
      });
      return reply.send(found);
    },
  );

  app.post("/api/reports/:report/returned/preview", async (request, reply) => {
    const { report } = await member(clerk, request, "collect-copies");
    const settled = await settledCopies(report.id, body(takeCopiesRequest, request));
    const { copies } = takeReadCopies(await reportFile(office, report), settled, now());
    return reply.send(takenResponse(settled, copies));
  });

  app.post("/api/reports/:report/returned/confirm", async (request, reply) => {
    const { report, me } = await member(clerk, request, "collect-copies");
    const settled = await settledCopies(report.id, body(takeCopiesRequest, request));
    const rounds = await office.storage.reports.rounds(report.id);
    for (const { read } of settled) {
      const round = rounds.find(({ number }) => number === read.round.number);
      const closed = round !== undefined && roundState(round, now()) === "closed";
      if (closed && !may(me.role, "collect-late")) throw copyLate(read.round.number);
    }
    const response = await office.roundTurns.run(async (): Promise<TakenCopiesResponse> => {
      const file = await reportFile(office, report);
      const at = now();
      const { records, copies } = takeReadCopies(file, settled, at);
      const entries = [...records].map(([person, own]): LogEntry => {
        const { update, client } = writeRecords(file.notes.get(person), person, own);
        return { report: report.id, document: `notes/${person}`, person, at, bytes: update, claims: [client] };
      });
      if (entries.length > 0) await office.live.append(entries);
      return takenResponse(settled, copies);
    });
    return reply.send(response);
  });

  async function settledCopies(report: string, { copies }: TakeCopiesRequest): Promise<SettledCopy[]> {
    const people = await office.storage.reports.people(report);
    return copies.map(({ copy, people: choices }) => {
      const read = office.copies.find(report, copy);
      if (!read) throw copyForgotten();
      checkPeople(choices, people);
      return { read, choices };
    });
  }
}

function takenResponse(settled: readonly SettledCopy[], copies: readonly CopyOutcome[]): TakenCopiesResponse {
  return {
    copies: settled.map(({ read: { name } }, index) => ({ name, ...(copies[index] ?? { fates: [], late: 0 }) })),
  };
}

function previewOf({ name, round, roundBy, copy }: ReadCopy): Omit<CopyPreview, "copy" | "fates" | "late"> {
  return { name, round: round.number, roundBy, closed: roundState(round, now()) === "closed", read: copy };
}

/** Words can be given to those alone who may write some. */
function checkPeople(choices: Readonly<Record<string, string | null>>, people: readonly Person[]): void {
  for (const id of Object.values(choices)) {
    if (id !== null && !people.some((person) => person.id === id && person.role !== "reader")) throw personMissing(id);
  }
}
