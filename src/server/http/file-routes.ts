import { writeReportFile } from "#collab";
import { assembleReport, carriedOutIn } from "#comments";
import type { ExportKind } from "#docx";
import { exportReport } from "#docx";
import { fillIn, responseCsv, responseData, say } from "#model";
import type { Report, ResponseForm } from "#model";
import type { Action } from "#protocol";
import type { FastifyInstance, FastifyReply } from "fastify";
import { chairPerson } from "../chair.ts";
import { requestInvalid } from "../errors.ts";
import { LARGEST_FILE, mergeReportFile, openReportFile, takeReportFile } from "../reports/report-files.ts";
import { reportFile, ruleSetOf } from "../reports/report-room.ts";
import { demandChair } from "../visitor.ts";
import type { Clerk } from "./clerk.ts";
import { fileBody, member, visitor } from "./clerk.ts";

const ACTIONS: Readonly<Record<ExportKind, Action>> = {
  final: "export-final",
  draft: "export-draft",
  responses: "export-responses",
};

const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

const CSV = "text/csv; charset=utf-8; header=present";
const JSON_TYPE = "application/json; charset=utf-8";

/** Word files and tables out, `.tongket` files in and out. */
export function fileRoutes(app: FastifyInstance, clerk: Clerk): void {
  const { office } = clerk;

  app.get<{ Querystring: { as?: string; format?: string } }>("/api/reports/:report/export", async (request, reply) => {
    const as = kindOf(request.query.as);
    const form = formOf(request.query.format, as);
    const { report } = await member(clerk, request, ACTIONS[as]);
    const file = await reportFile(office, report);
    const whole = assembleReport(file, ruleSetOf(office, report));
    if (form === "csv")
      return attach(reply, fileName(as, whole), form, CSV, Buffer.from(responseCsv(whole, carriedOutIn(file, whole))));
    if (form === "json") {
      const text = `${JSON.stringify(responseData(whole, carriedOutIn(file, whole)), null, 2)}\n`;
      return attach(reply, fileName(as, whole), form, JSON_TYPE, Buffer.from(text));
    }
    const bytes = await office.exportTurns.run(() => exportReport(whole, as));
    return attach(reply, fileName(as, whole), "docx", DOCX, bytes);
  });

  app.get("/api/reports/:report/archive", async (request, reply) => {
    const { report } = await member(clerk, request, "export-archive");
    const file = await reportFile(office, report);
    const whole = assembleReport(file, ruleSetOf(office, report));
    return attach(reply, fileName("archive", whole), "tongket", "application/octet-stream", writeReportFile(file));
  });

  app.post<{ Querystring: { take?: string } }>(
    "/api/reports/:report/archive",
    { bodyLimit: LARGEST_FILE },
    async (request, reply) => {
      const { report } = await member(clerk, request, "merge-archive");
      const file = openReportFile(office, fileBody(request));
      const leftOut = await mergeReportFile(office, report, file, request.query.take === "all");
      return leftOut.length === 0 ? reply.code(204).send() : reply.send({ leftOut });
    },
  );

  app.post("/api/reports/import", { bodyLimit: LARGEST_FILE }, async (request, reply) => {
    demandChair(await visitor(clerk, request));
    const file = openReportFile(office, fileBody(request));
    const { id, leftOut } = await takeReportFile(office, file, await chairPerson(office.storage));
    return reply.code(201).send(leftOut.length === 0 ? { id } : { id, leftOut });
  });
}

function kindOf(as: string | undefined): ExportKind {
  if (as === "final" || as === "draft" || as === "responses") return as;
  throw requestInvalid("/as", "final | draft | responses");
}

/** The form of the file: Word, or for the response table also one for spreadsheets or programs. */
function formOf(format: string | undefined, as: ExportKind): ResponseForm | "docx" {
  if (format === undefined || format === "docx") return "docx";
  if (as === "responses" && (format === "csv" || format === "json")) return format;
  throw requestInvalid("/format", as === "responses" ? "docx | csv | json" : "docx");
}

/** What a person would call the file, without what file systems do not take. */
function fileName(kind: ExportKind | "archive", report: Report): string {
  const name = say("vi", `file.name.${kind}`, {
    subject: fillIn(report.template.subject, report.fields),
    organisation: report.fields["organisation"] ?? "",
  });
  return name
    .replaceAll(/[\\/:*?"<>|\p{Cc}]+/gu, " ")
    .replaceAll(/\s+/g, " ")
    .replace(/[\s.-]+$/, "")
    .slice(0, 150);
}

function attach(reply: FastifyReply, name: string, extension: string, type: string, bytes: Uint8Array): FastifyReply {
  const plain = name
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll("đ", "d")
    .replaceAll("Đ", "D")
    .replaceAll(/[^\x20-\x7e]|["\\]/g, "_");
  const encoded = encodeURIComponent(`${name}.${extension}`).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return reply
    .header("content-disposition", `attachment; filename="${plain}.${extension}"; filename*=UTF-8''${encoded}`)
    .header("cache-control", "no-store")
    .type(type)
    .send(Buffer.from(bytes));
}
