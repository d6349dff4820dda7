import { planImport, WORD_LIMITS } from "#docx";
import type { ImportGoal } from "#docx";
import { fieldsMap } from "#collab";
import type { ImportPlan } from "#model";
import type { FastifyInstance } from "fastify";
import { ruleSetUnknown, templateUnknown } from "../errors.ts";
import { ruleSetOf } from "../reports/report-room.ts";
import { demandChair } from "../visitor.ts";
import type { Clerk } from "./clerk.ts";
import { fileBody, member, visitor } from "./clerk.ts";

/** The largest Word file that is taken: as large as the reader reads. */
const LARGEST_WORD_FILE = WORD_LIMITS.file;

/** A Word draft is laid beside a skeleton. Nothing is stored: what goes where is for a person to settle. */
export function wordRoutes(app: FastifyInstance, clerk: Clerk): void {
  const { office } = clerk;
  const plan = async (bytes: Uint8Array, goal: ImportGoal): Promise<ImportPlan> => {
    const file = await office.words.read(bytes);
    // Laying it out takes all the attention it can get.
    return office.exportTurns.run(async () => planImport(file, goal));
  };

  app.post<{ Querystring: { template?: string } }>(
    "/api/import/word",
    { bodyLimit: LARGEST_WORD_FILE },
    async (request, reply) => {
      demandChair(await visitor(clerk, request));
      const id = request.query.template ?? "";
      const template = office.catalogue.templates.get(id);
      if (!template) throw templateUnknown(id);
      const ruleSet = office.catalogue.ruleSets.get(template.ruleSet);
      if (!ruleSet) throw ruleSetUnknown(template.ruleSet);
      return reply.send(await plan(fileBody(request), { template, ruleSet, titleWords: office.catalogue.titleWords }));
    },
  );

  app.post("/api/reports/:report/import/word", { bodyLimit: LARGEST_WORD_FILE }, async (request, reply) => {
    const { report } = await member(clerk, request, "import-word");
    const body = await office.live.document({ kind: "body", report: report.id });
    const year: unknown = fieldsMap(body).get("year");
    const goal = {
      template: report.template,
      ruleSet: ruleSetOf(office, report),
      titleWords: office.catalogue.titleWords,
      ...(typeof year === "string" && year !== "" ? { year } : {}),
    };
    return reply.send(await plan(fileBody(request), goal));
  });
}
