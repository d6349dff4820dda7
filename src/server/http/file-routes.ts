import { writeReportFile } from "#collab";
import type { ExportKind, ExportOptions } from "#docx";
import { fillIn, roundOf, say } from "#model";
import type { Person, Report, Round } from "#model";
import type { Action } from "#protocol";
import type { FastifyInstance, FastifyReply } from "fastify";
import { chairPerson } from "../chair.ts";
import { forbidden, officeMissing, personMissing, requestInvalid } from "../errors.ts";
import type { ExportJob } from "../export/export-job.ts";
import { LARGEST_FILE, mergeReportFile, openReportFile, takeReportFile } from "../reports/report-files.ts";
import type { Office } from "../reports/report-room.ts";
import { fieldsNow, isCommittee, reportFile, ruleSetOf, sentFile } from "../reports/report-room.ts";
import { wordToPdf } from "../libre-office.ts";
import { demandChair } from "../visitor.ts";
import type { Clerk } from "./clerk.ts";
import { fileBody, member, visitor } from "./clerk.ts";

const ACTIONS: Readonly<Record<ExportKind, Action>> = {
  final: "export-final",
  draft: "export-draft",
  "for-comment": "export-for-comment",
  responses: "export-responses",
};

/** What a file that goes out is, by the end of its name. */
const TYPES = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  pdf: "application/pdf",
  html: "text/html; charset=utf-8",
  md: "text/markdown; charset=utf-8",
  csv: "text/csv; charset=utf-8; header=present",
  json: "application/json; charset=utf-8",
  tongket: "application/octet-stream",
} as const;

/** What an address asks of an export. */
interface ExportQuery {
  readonly as?: string;
  readonly format?: string;
  readonly track?: string;
  readonly columns?: string;
  readonly round?: string;
  readonly allow?: string;
  readonly for?: string;
}

/** Word files and tables out, `.tongket` files in and out. */
export function fileRoutes(app: FastifyInstance, clerk: Clerk): void {
  const { office } = clerk;

  app.get<{ Querystring: ExportQuery }>("/api/reports/:report/export", async (request, reply) => {
    const { query } = request;
    const as = kindOf(query.as);
    const form = formOf(query.format, as);
    const { report, me } = await member(clerk, request, ACTIONS[as]);
    if (form === "pdf" && office.libreOffice === null) throw officeMissing();
    const copy = as === "for-comment";
    const options: ExportOptions = copy
      ? await copyOptions(clerk, query, me, report.id)
      : { track: as === "draft" && query.track === "all", ...columnsOf(query) };
    const file = copy ? await sentFile(office, report, options.round) : await reportFile(office, report);
    const ruleSets = [...office.catalogue.ruleSets.values()];
    const made = form === "pdf" ? "docx" : form;
    const job: ExportJob = { file, named: ruleSetOf(office, report), ruleSets, as, form: made, options };
    const { bytes, fields } = await office.exporter.make(job);
    const named = { template: report.template, fields };
    const name = copy ? copyName(named, file.manifest.rounds, options) : fileName(as, named);
    return attach(reply, name, form, form === "pdf" ? await asPdf(office, bytes) : bytes);
  });

  app.get("/api/reports/:report/archive", async (request, reply) => {
    const { report } = await member(clerk, request, "export-archive");
    const file = await reportFile(office, report);
    const named = { template: report.template, fields: await fieldsNow(office, report) };
    return attach(reply, fileName("archive", named), "tongket", writeReportFile(file));
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
  if (as === "final" || as === "draft" || as === "for-comment" || as === "responses") return as;
  throw requestInvalid("/as", "final | draft | for-comment | responses");
}

/** What is asked of a copy for comments. A delegate has the one made out for themselves, whatever is asked. */
async function copyOptions(
  { office }: Clerk,
  { round, allow, for: who }: ExportQuery,
  me: Person,
  report: string,
): Promise<ExportOptions> {
  if (round !== undefined && !/^[1-9]\d{0,5}$/.test(round)) throw requestInvalid("/round", "1, 2, 3 …");
  const allowed = (["comments", "changes"] as const).find((known) => known === allow);
  if (allow !== undefined && !allowed) throw requestInvalid("/allow", "comments | changes");
  const options: ExportOptions = {
    ...(round === undefined ? {} : { round: Number(round) }),
    ...(allowed ? { allow: allowed } : {}),
  };
  if (!isCommittee(me.role)) {
    if (who !== undefined && who !== me.id) throw forbidden();
    return { ...options, person: me };
  }
  if (who === undefined) return options;
  const person = (await office.storage.reports.people(report)).find(({ id }) => id === who);
  if (!person) throw personMissing(who);
  return { ...options, person };
}

/** The name of a copy for comments: copies for many people lie in one folder. */
function copyName(report: Named, rounds: readonly Round[], { round, person }: ExportOptions): string {
  return fileName(person ? "for-comment.person" : "for-comment", report, {
    round: roundOf(rounds, round)?.number ?? "",
    person: person?.name ?? "",
  });
}

/** The forms of each kind of file. */
const FORMS = {
  final: ["docx", "pdf", "html", "md"],
  draft: ["docx", "pdf"],
  "for-comment": ["docx", "pdf"],
  responses: ["docx", "pdf", "csv", "json"],
} as const;

type Form = (typeof FORMS)[ExportKind][number];

function formOf(format: string | undefined, as: ExportKind): Form {
  const forms: readonly Form[] = FORMS[as];
  const form = forms.find((known) => known === (format ?? "docx"));
  if (!form) throw requestInvalid("/format", forms.join(" | "));
  return form;
}

/** Of the table of responses; where none are asked for, the rule set says how many. */
function columnsOf({ columns }: ExportQuery): Pick<ExportOptions, "columns"> {
  return columns === "4" || columns === "5" ? { columns: columns === "5" ? 5 : 4 } : {};
}

/** What LibreOffice prints of a Word file. It waits for other such files alone, and nobody else for it. */
function asPdf({ pdfTurns, libreOffice }: Office, word: Uint8Array): Promise<Uint8Array> {
  if (libreOffice === null) throw officeMissing();
  return pdfTurns.run(() => wordToPdf(libreOffice, word));
}

/** What a file is called by. */
type Named = Pick<Report, "template" | "fields">;

/** What a person would call the file, without what file systems do not take. */
function fileName(
  kind: ExportKind | "archive" | "for-comment.person",
  report: Named,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const name = say("vi", `file.name.${kind}`, {
    subject: fillIn(report.template.subject, report.fields),
    organisation: report.fields["organisation"] ?? "",
    ...values,
  });
  return name
    .replaceAll(/[\\/:*?"<>|\p{Cc}]+/gu, " ")
    .replaceAll(/\s+/g, " ")
    .replace(/[\s.-]+$/, "")
    .slice(0, 150);
}

function attach(reply: FastifyReply, name: string, extension: keyof typeof TYPES, bytes: Uint8Array): FastifyReply {
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
    .type(TYPES[extension])
    .send(Buffer.from(bytes));
}
