import { basename, extname } from "node:path";
import type { ReportFile } from "#collab";
import { carriedOutIn } from "#comments";
import type { ExportKind, ExportOptions } from "#docx";
import type { Person, Report } from "#model";
import { responseCsv, responseData } from "#model";
import { findLibreOffice, officeMissing, wordToPdf } from "#server";
import type { Call, Command } from "../command.ts";
import { DATA, EXIT, OUTPUT } from "../command.ts";
import { personMissing, usageOptionMissing, usageValueWrong } from "../errors.ts";
import { writeBytes } from "../files.ts";
import { openCatalogue, openReportFile, plainReport, sentReport } from "../report-source.ts";
import { tell } from "../words.ts";
import { keepYoungGenerationSmall } from "../young-generation.ts";

const KINDS = ["final", "draft", "for-comment", "responses"] as const;

const ALLOWED = ["comments", "changes"] as const;

/** The forms of each kind of file. */
const FORMS = {
  final: ["docx", "pdf", "html", "md"],
  draft: ["docx", "pdf"],
  "for-comment": ["docx", "pdf"],
  responses: ["docx", "pdf", "csv", "json"],
} as const;

type Form = (typeof FORMS)[ExportKind][number];

/** How long an export runs before it is said how far it is, in milliseconds. */
const PATIENCE = 1000;

/** Writes one of the files of a report: in Word, as PDF, the final text also for the web, the table also for programs. */
export const exportCommand: Command = {
  name: "export",
  summary: "summary.export",
  operands: "file",
  options: [
    { name: "as", placeholder: "placeholder.kind", about: "option.as" },
    { name: "format", placeholder: "placeholder.form", about: "option.format" },
    { name: "columns", placeholder: "placeholder.columns", about: "option.columns" },
    { name: "track", about: "option.track" },
    { name: "round", placeholder: "placeholder.number", about: "option.round" },
    { name: "allow", placeholder: "placeholder.allow", about: "option.allow" },
    { name: "for", placeholder: "placeholder.person", about: "option.for" },
    { ...OUTPUT, about: "option.output.export" },
    DATA,
  ],
  async run(call) {
    const [source = "-"] = call.files;
    const as = call.values.get("as");
    if (as === undefined) throw usageOptionMissing("--as");
    const kind = KINDS.find((known) => known === as);
    if (!kind) throw usageValueWrong("--as", as, KINDS.join(", "));
    const given = call.values.get("format") ?? "docx";
    const known: readonly Form[] = FORMS[kind];
    const form = known.find((one) => one === given);
    if (!form) throw usageValueWrong("--format", given, known.join(", "));
    const output = call.values.get("output") ?? defaultOutput(source, kind, form);

    const catalogue = await openCatalogue(call);
    const file = await openReportFile(source, catalogue, call);
    const options = kindOptions(kind, file.manifest.people, call);
    const report =
      kind === "for-comment"
        ? sentReport(file, catalogue, source, call, options.round)
        : plainReport(file, catalogue, source, call);
    const { messages } = call.streams;
    const bytes = await fileBytes(form, { file, report, kind, options }, call);
    await writeBytes(output, bytes, call.streams);
    if (!call.values.has("output") && output !== "-") {
      messages.write(`${tell(call.language, "written", { file: output })}\n`);
    }
    return EXIT.done;
  },
};

/** What is asked of one kind of file; refused where it is asked of another. */
function kindOptions(kind: ExportKind, people: readonly Person[], { values, flags }: Call): ExportOptions {
  const track = flags.has("track");
  if (track && kind !== "draft") throw usageValueWrong("--as", kind, "--as draft --track");
  const columns = values.get("columns");
  if (columns !== undefined && kind !== "responses") throw usageValueWrong("--as", kind, "--as responses --columns");
  if (columns !== undefined && columns !== "4" && columns !== "5") throw usageValueWrong("--columns", columns, "4, 5");
  const given = ["round", "allow", "for"].find((name) => values.has(name));
  if (kind !== "for-comment") {
    if (given !== undefined) throw usageValueWrong(`--${given}`, values.get(given) ?? "", "--as for-comment");
    return { track, ...(columns === undefined ? {} : { columns: columns === "5" ? 5 : 4 }) };
  }
  const [round, allow, who] = [values.get("round"), values.get("allow"), values.get("for")];
  if (round !== undefined && !/^[1-9]\d{0,5}$/.test(round)) throw usageValueWrong("--round", round, "1, 2, 3 …");
  const allowed = ALLOWED.find((known) => known === allow);
  if (allow !== undefined && !allowed) throw usageValueWrong("--allow", allow, ALLOWED.join(", "));
  return {
    ...(round === undefined ? {} : { round: Number(round) }),
    ...(allowed ? { allow: allowed } : {}),
    ...(who === undefined ? {} : { person: personNamed(who, people) }),
  };
}

/** The person of an id, or else the one person of a name. */
function personNamed(who: string, people: readonly Person[]): Person {
  const plain = (name: string): string => name.normalize("NFC").replaceAll(/\s+/gu, " ").trim().toLocaleLowerCase("vi");
  const named = people.filter(({ name }) => plain(name) === plain(who));
  const person = people.find(({ id }) => id === who) ?? (named.length === 1 ? named[0] : undefined);
  if (person) return person;
  if (named.length === 0) throw personMissing(who);
  throw usageValueWrong("--for", who, named.map(({ id }) => id).join(", "));
}

/** What goes into the file, and what is asked of it. */
interface Wanted {
  readonly file: ReportFile;
  readonly report: Report;
  readonly kind: ExportKind;
  readonly options: ExportOptions;
}

async function fileBytes(form: Form, { file, report, kind, options }: Wanted, call: Call): Promise<Uint8Array> {
  switch (form) {
    case "docx":
      return wordFile(report, kind, options, call);
    case "pdf": {
      const program = findLibreOffice(call.environment);
      if (program === null) throw officeMissing();
      return wordToPdf(program, await wordFile(report, kind, options, call));
    }
    case "html":
      return Buffer.from((await import("#docx")).reportHtml(report));
    case "md":
      return Buffer.from((await import("#docx")).reportMarkdown(report));
    case "csv":
      return Buffer.from(responseCsv(report, carriedOutIn(file, report)));
    case "json":
      return Buffer.from(`${JSON.stringify(responseData(report, carriedOutIn(file, report)), null, 2)}\n`);
  }
}

async function wordFile(report: Report, kind: ExportKind, options: ExportOptions, call: Call): Promise<Uint8Array> {
  keepYoungGenerationSmall();
  // The Word library takes longer to load than all the rest.
  const { exportReport } = await import("#docx");
  const { messages } = call.streams;
  const start = performance.now();
  let told = "";
  const bytes = await exportReport(report, kind, {
    ...options,
    onProgress(done, total) {
      if (!messages.isTTY || performance.now() - start < PATIENCE) return;
      const line = tell(call.language, "export.progress", { percent: Math.floor((100 * done) / total) });
      if (line !== told) messages.write(`\r${line}`);
      told = line;
    },
  });
  if (told !== "") messages.write("\n");
  return bytes;
}

function defaultOutput(source: string, kind: string, form: string): string {
  return source === "-" ? "-" : `${basename(source, extname(source))}-${kind}.${form}`;
}
