import { createHash, randomBytes } from "node:crypto";
import type { ReportFile } from "#collab";
import { readReportFile } from "#collab";
import type { Composer } from "#comments";
import { assembleReport, frozenReport } from "#comments";
import type { Report, RuleSet, Template } from "#model";
import { say, TongketError } from "#model";
import type { Catalogue } from "#server";
import { loadCatalogue } from "#server";
import type { Call } from "./command.ts";
import { ruleSetUnknown, templateUnknown, usageValueWrong } from "./errors.ts";
import { readBytes } from "./files.ts";
import { tell } from "./words.ts";

/** The templates, rule sets and schemas of the installation and of the data folder named, if any. */
export function openCatalogue(call: Call): Promise<Catalogue> {
  const data = call.values.get("data");
  // A wrong file of one's own is told, and left out; the report at hand may well do without it.
  const onSkipped = (error: TongketError): void => {
    call.streams.messages.write(`tongket: ${say(call.language, `error.${error.code}`, error.details)}\n`);
  };
  return loadCatalogue({ root: call.root, onSkipped, ...(data === undefined ? {} : { data }) });
}

/** A report file, checked. What is wrong with it is said with its name. */
export async function openReportFile(file: string, catalogue: Catalogue, call: Call): Promise<ReportFile> {
  const bytes = await readBytes(file, call.streams);
  return about(nameOf(file, call), () =>
    readReportFile(bytes, (manifest) => catalogue.check("manifest", manifest, "manifest.json"), "keep"),
  );
}

/** The plain report of a file. */
export function plainReport(file: ReportFile, catalogue: Catalogue, source: string, call: Call): Report {
  return about(nameOf(source, call), () =>
    assembleReport(file, findRuleSet(catalogue, file.manifest.ruleSet), catalogue.ruleSets.values()),
  );
}

/** The report of a file as it was sent out in a round: the one numbered, else the open or the newest. */
export function sentReport(
  file: ReportFile,
  catalogue: Catalogue,
  source: string,
  call: Call,
  round: number | undefined,
): Report {
  return about(nameOf(source, call), () =>
    frozenReport(file, findRuleSet(catalogue, file.manifest.ruleSet), round, catalogue.ruleSets.values()),
  );
}

export function findTemplate(catalogue: Catalogue, id: string): Template {
  const template = catalogue.templates.get(id);
  if (!template) throw templateUnknown(id, [...catalogue.templates.keys()].join(", "));
  return template;
}

export function findRuleSet(catalogue: Catalogue, id: string): RuleSet {
  const ruleSet = catalogue.ruleSets.get(id);
  if (!ruleSet) throw ruleSetUnknown(id, [...catalogue.ruleSets.keys()].join(", "));
  return ruleSet;
}

/** What a file is called in messages. */
export function nameOf(file: string, call: Call): string {
  return file === "-" ? tell(call.language, "input") : file;
}

/** Runs `work`; an error it throws names the file `name` from then on, unless it does already. */
export function about<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw errorAbout(name, error);
  }
}

/** The error with the name of the file it is about, unless it names it already. */
export function errorAbout(name: string, error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (!(error instanceof TongketError) || error.details["source"] === name) return error;
  return new TongketError(error.code, { ...error.details, in: name }, { cause: error });
}

/**
 * The id of a new report, and where its other ids and its time come from. With `--id` every id follows from it, with
 * SOURCE_DATE_EPOCH (seconds) the time is that one: with both, the same input gives the same file.
 */
export function composerFor(call: Call): { id: string; composer: Composer } {
  const given = call.values.get("id");
  if (given !== undefined && !/^[A-Za-z0-9_-]{1,64}$/.test(given)) {
    throw usageValueWrong("--id", given, "A-Z a-z 0-9 _ - (1–64)");
  }
  const id = given ?? randomId();
  let count = 0;
  const newId =
    given === undefined ? randomId : () => shortId(createHash("sha256").update(`${id} ${++count}`).digest());
  return { id, composer: { newId, now: startTime(call).toISOString() } };
}

/** The time of what is made: now, or the one that SOURCE_DATE_EPOCH gives. */
export function startTime(call: Call): Date {
  const epoch = call.environment["SOURCE_DATE_EPOCH"];
  if (epoch === undefined || epoch === "") return new Date();
  const time = new Date(Number(epoch) * 1000);
  if (!/^\d+$/.test(epoch) || Number.isNaN(time.getTime())) throw usageValueWrong("SOURCE_DATE_EPOCH", epoch, "0–9");
  return time;
}

function randomId(): string {
  return shortId(randomBytes(16));
}

/** 16 signs of 5 bits each: long enough never to meet again, and no sign that a shell or a file name minds. */
function shortId(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, 16), (byte) => "abcdefghijkmnpqrstuvwxyz23456789".charAt(byte & 31)).join("");
}
