import type { ReportSummary, TemplateChoice } from "#protocol";
import { createReportRequest, settingsRequest } from "#protocol";
import type { FastifyInstance } from "fastify";
import { chairPerson } from "../chair.ts";
import { signedOut } from "../errors.ts";
import { othersOf, setAudience } from "../reports/audience.ts";
import { createReport } from "../reports/new-report.ts";
import { reportInfo, reportSummary } from "../reports/report-room.ts";
import { now } from "../tokens.ts";
import { demandChair, isChair, memberOf } from "../visitor.ts";
import type { Clerk } from "./clerk.ts";
import { body, member, visitor } from "./clerk.ts";

/** The largest first text of a report, as JSON: many times the longest report that was seen. */
const LARGEST_TEXT = 16 * 1024 * 1024;

/** Templates, the list of reports, and one report. */
export function reportRoutes(app: FastifyInstance, clerk: Clerk): void {
  const { office } = clerk;

  app.route({
    method: "GET",
    url: "/api/templates",
    handler: async (request): Promise<TemplateChoice[]> => {
      if (!(await visitor(clerk, request))) throw signedOut();
      return [...office.catalogue.templates.values()].flatMap((template) => {
        const ruleSet = office.catalogue.ruleSets.get(template.ruleSet);
        return ruleSet ? [{ template, ruleSet }] : [];
      });
    },
  });

  app.route({
    method: "GET",
    url: "/api/reports",
    handler: async (request): Promise<ReportSummary[]> => {
      const here = await visitor(clerk, request);
      if (!here) throw signedOut();
      const mine = new Set(here.links.map((link) => link.report));
      const summaries: ReportSummary[] = [];
      for (const report of await office.storage.reports.list()) {
        if (!isChair(here) && !mine.has(report.id)) continue;
        summaries.push(await reportSummary(office, await memberOf(office.storage, here, report.id)));
      }
      return summaries;
    },
  });

  app.post("/api/reports", { bodyLimit: LARGEST_TEXT }, async (request, reply) => {
    demandChair(await visitor(clerk, request));
    const { template, ...given } = body(createReportRequest, request);
    const id = await createReport(office, template, given, await chairPerson(office.storage));
    return reply.code(201).send({ id });
  });

  app.route({
    method: "GET",
    url: "/api/reports/:report",
    handler: async (request) => reportInfo(office, await member(clerk, request, "read-report")),
  });

  app.route({
    method: "GET",
    url: "/api/reports/:report/others",
    handler: async (request) => othersOf(office, await member(clerk, request, "read-others")),
  });

  app.patch("/api/reports/:report/settings", async (request, reply) => {
    const { report } = await member(clerk, request, "change-settings");
    await setAudience(office, report.id, body(settingsRequest, request).audience);
    return reply.code(204).send();
  });

  app.delete("/api/reports/:report", async (request, reply) => {
    const { report } = await member(clerk, request, "delete-report");
    await office.storage.reports.markDeleted(report.id, now());
    office.live.closeReport(report.id);
    return reply.code(204).send();
  });

  app.post("/api/reports/:report/restore", async (request, reply) => {
    const { report } = await member(clerk, request, "delete-report", "found");
    await office.storage.reports.markDeleted(report.id, null);
    void office.roundClock.look();
    return reply.code(204).send();
  });
}
