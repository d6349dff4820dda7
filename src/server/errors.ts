import { TongketError } from "#model";

/**
 * Data from outside does not fit its schema. `pointer` is a JSON pointer into `source`; `problem` is the key of a
 * `problem.` text, which `values` fill, or words as they are.
 */
export function dataInvalid(
  source: string,
  pointer: string,
  problem: string,
  values: Readonly<Record<string, string | number>> = {},
): TongketError {
  return new TongketError("data-invalid", { ...values, source, pointer: pointer === "" ? "/" : pointer, problem });
}

/** A file that should hold JSON does not. */
export function notJson(source: string, problem: string): TongketError {
  return new TongketError("data-not-json", { source, problem });
}

/** A rule set inherits from one that does not exist, or from itself. */
export function inheritUnknown(source: string, id: string): TongketError {
  return new TongketError("inherit-unknown", { source, id });
}

/** Two templates or rule sets bear one id. */
export function idTwice(source: string, id: string): TongketError {
  return new TongketError("id-twice", { source, id });
}

export function ruleSetUnknown(id: string): TongketError {
  return new TongketError("rule-set-unknown", { id });
}

export function templateUnknown(id: string): TongketError {
  return new TongketError("template-unknown", { id });
}

export function dataUnwritable(data: string, cause: unknown): TongketError {
  return new TongketError("data-unwritable", { data }, { cause });
}

export function dataInUse(data: string): TongketError {
  return new TongketError("data-in-use", { data });
}

/** The database was written by a later edition of this program. */
export function dataNewer(data: string, found: number, known: number): TongketError {
  return new TongketError("data-newer", { data, found, known });
}

export function dataDamaged(data: string, cause: unknown): TongketError {
  return new TongketError("data-damaged", { data }, { cause });
}

export function portTaken(port: number): TongketError {
  return new TongketError("port-taken", { port });
}

export function portForbidden(port: number): TongketError {
  return new TongketError("port-forbidden", { port });
}

/** A stored document that does not decode: it is served to nobody rather than served empty. */
export function documentDamaged(report: string, document: string, cause?: unknown): TongketError {
  return new TongketError("document-damaged", { report, document }, { cause });
}

export function requestInvalid(pointer: string, problem: string): TongketError {
  return new TongketError("request-invalid", { pointer: pointer === "" ? "/" : pointer, problem });
}

export function fieldUnknown(field: string): TongketError {
  return new TongketError("field-unknown", { field });
}

export function fieldInvalid(field: string, problem: string): TongketError {
  return new TongketError("field-invalid", { field, problem });
}

export function signedOut(): TongketError {
  return new TongketError("signed-out");
}

/** The link by which a browser came into a report was revoked: what it keeps of the report is to go. */
export function linkRevoked(report: string): TongketError {
  return new TongketError("link-revoked", { report });
}

export function forbidden(): TongketError {
  return new TongketError("forbidden");
}

export function reportMissing(report: string): TongketError {
  return new TongketError("report-missing", { report });
}

export function personMissing(person: string): TongketError {
  return new TongketError("person-missing", { person });
}

export function versionMissing(version: string): TongketError {
  return new TongketError("version-missing", { version });
}

/** The version of a round bears the round's name: delegates know the draft by it. */
export function versionOfRound(round: number): TongketError {
  return new TongketError("version-of-round", { round });
}

export function roundMissing(round: number): TongketError {
  return new TongketError("round-missing", { round });
}

export function roundOpen(round: number): TongketError {
  return new TongketError("round-open", { round });
}

export function roundClosed(round: number): TongketError {
  return new TongketError("round-already-closed", { round });
}

export function roundNotLast(round: number): TongketError {
  return new TongketError("round-not-last", { round });
}

/** A deadline is in the future, by the server's clock. */
export function deadlinePast(deadline: string): TongketError {
  return new TongketError("deadline-past", { deadline });
}

export function originForeign(): TongketError {
  return new TongketError("origin-foreign");
}

/** LibreOffice, which makes PDF files, is not installed here. */
export function officeMissing(): TongketError {
  return new TongketError("office-missing");
}

/** LibreOffice made nothing of a file. `said` is the last it said. */
export function officeFailed(said: string, cause: unknown): TongketError {
  return new TongketError("office-failed", { said }, { cause });
}

/** A returned copy names another report than the one it is brought to. */
export function copyOfOther(report: string, here: string): TongketError {
  return new TongketError("copy-of-other", { report, here });
}

/** A Word file that names no report, and shares no paragraph with the draft that was sent out. */
export function copyOfNothing(): TongketError {
  return new TongketError("copy-of-nothing");
}

/** The server has let go of what it had read of a returned copy. */
export function copyForgotten(): TongketError {
  return new TongketError("copy-forgotten");
}

/** Only the chair takes what comes back after a round was closed. */
export function copyLate(round: number): TongketError {
  return new TongketError("copy-late", { round });
}
