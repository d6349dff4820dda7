import { changeRoundRequest, editsRequest, makeVersionRequest, openRoundRequest } from "#protocol";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { roundMissing, versionMissing } from "../errors.ts";
import { editsOf } from "../reports/edits.ts";
import { visibleVersions } from "../reports/report-room.ts";
import { changeRound, endRound, makeVersion, renameVersion, startRound } from "../reports/rounds.ts";
import type { Clerk } from "./clerk.ts";
import { body, member, parameter } from "./clerk.ts";

/** Rounds of comments and frozen versions. */
export function roundRoutes(app: FastifyInstance, clerk: Clerk): void {
  const { office } = clerk;

  app.post("/api/reports/:report/rounds", async (request, reply) => {
    const chair = await member(clerk, request, "open-round");
    return reply.code(201).send(await startRound(office, chair, body(openRoundRequest, request).deadline));
  });

  app.route({
    method: "POST",
    url: "/api/reports/:report/rounds/:number/close",
    handler: async (request) => {
      const chair = await member(clerk, request, "close-round");
      return endRound(office, chair, roundNumber(request));
    },
  });

  app.route({
    method: "PATCH",
    url: "/api/reports/:report/rounds/:number",
    handler: async (request) => {
      const chair = await member(clerk, request, "change-round");
      return changeRound(office, chair, roundNumber(request), body(changeRoundRequest, request));
    },
  });

  app.post("/api/reports/:report/versions", async (request, reply) => {
    const maker = await member(clerk, request, "make-version");
    return reply.code(201).send(await makeVersion(office, maker, body(makeVersionRequest, request).name));
  });

  app.route({
    method: "PATCH",
    url: "/api/reports/:report/versions/:version",
    handler: async (request) => {
      const maker = await member(clerk, request, "rename-version");
      const { name } = body(makeVersionRequest, request);
      return renameVersion(office, maker, parameter(request, "version"), name);
    },
  });

  app.route({
    method: "POST",
    url: "/api/reports/:report/edits",
    handler: async (request) => {
      const asker = await member(clerk, request, "read-edits");
      return editsOf(office, asker, body(editsRequest, request));
    },
  });

  app.get("/api/reports/:report/versions/:version", async (request, reply) => {
    const { me, report } = await member(clerk, request, "read-versions");
    const version = await office.storage.reports.version(report.id, parameter(request, "version"));
    if (!version || visibleVersions(me.role, [version]).length === 0)
      throw versionMissing(parameter(request, "version"));
    // What is frozen never changes, but who may see it does: only the browser itself may keep it.
    return reply
      .header("cache-control", "private, max-age=31536000, immutable")
      .type("application/octet-stream")
      .send(Buffer.from(version.bytes));
  });
}

function roundNumber(request: FastifyRequest): number {
  const number = Number(parameter(request, "number"));
  if (!Number.isInteger(number)) throw roundMissing(0);
  return number;
}
