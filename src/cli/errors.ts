import { TongketError } from "#model";

/** The call itself is wrong: told with a line on how to call. */
export class UsageError extends TongketError {}

export const usageCommandMissing = (): UsageError => new UsageError("usage-command-missing");

export const usageCommandUnknown = (command: string): UsageError =>
  new UsageError("usage-command-unknown", { command });

export const usageOptionUnknown = (option: string): UsageError => new UsageError("usage-option-unknown", { option });

export const usageOptionMissing = (option: string): UsageError => new UsageError("usage-option-missing", { option });

export const usageValueMissing = (option: string): UsageError => new UsageError("usage-value-missing", { option });

export const usageValueUnwanted = (option: string): UsageError => new UsageError("usage-value-unwanted", { option });

export const usageValueWrong = (option: string, value: string, expected: string): UsageError =>
  new UsageError("usage-value-wrong", { option, value, expected });

export const usageFileMissing = (): UsageError => new UsageError("usage-file-missing");

export const usageArgumentUnwanted = (argument: string): UsageError =>
  new UsageError("usage-argument-unwanted", { argument });

export const usageStreamTwice = (): UsageError => new UsageError("usage-stream-twice");

export const fileMissing = (file: string): TongketError => new TongketError("file-missing", { file });

export const fileUnreadable = (file: string, cause: unknown): TongketError =>
  new TongketError("file-unreadable", { file, problem: reason(cause) }, { cause });

export const fileUnwritable = (file: string, cause: unknown): TongketError =>
  new TongketError("file-unwritable", { file, problem: reason(cause) }, { cause });

export const fileNotJson = (file: string, cause: unknown): TongketError =>
  new TongketError("file-not-json", { file, problem: reason(cause) }, { cause });

export const personMissing = (person: string): TongketError => new TongketError("person-missing", { person });
export const placeHeadingUnknown = (heading: string, known: string): TongketError =>
  new TongketError("place-heading-unknown", { heading, known });

export const placeHeadingAmbiguous = (heading: string, known: string): TongketError =>
  new TongketError("place-heading-ambiguous", { heading, known });

export const placeSlotUnknown = (slot: string, known: string): TongketError =>
  new TongketError("place-slot-unknown", { slot, known });

export const templateUnknown = (template: string, known: string): TongketError =>
  new TongketError("template-unknown", { id: template, known });

export const ruleSetUnknown = (ruleSet: string, known: string): TongketError =>
  new TongketError("rule-set-unknown", { id: ruleSet, known });

export const fieldUnknown = (field: string, known: string): TongketError =>
  new TongketError("set-field-unknown", { field, known });

export const fieldValueWrong = (field: string, label: string, value: string): TongketError =>
  new TongketError("field-value-wrong", { field, label, value });

/** As the merge itself says it, with the name of the file that belongs elsewhere. */
export const otherReport = (report: string, other: string, name: string): TongketError =>
  new TongketError("file-other-report", { report, other, in: name });

/** What the system commonly says of a file, as the text that says it to people. */
const SYSTEM_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: "problem.folder-missing",
  ENOTDIR: "problem.folder-missing",
  EISDIR: "problem.folder-there",
  EACCES: "problem.denied",
  EPERM: "problem.denied",
  EROFS: "problem.denied",
  ENOSPC: "problem.disk-full",
};

function reason(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const problem = SYSTEM_PROBLEMS[code];
  if (problem !== undefined) return problem;
  return cause instanceof Error ? cause.message : String(cause);
}
