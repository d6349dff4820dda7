import { TongketError } from "#model";

/** The bytes are no zip, so no `.tongket` file. */
export function fileNotZip(): TongketError {
  return new TongketError("file-not-zip");
}

/** An entry is missing, unreadable, twice there, foreign to the format, or says what no report can say. */
export function fileDamaged(entry: string, cause?: unknown): TongketError {
  return new TongketError("file-damaged", { entry }, cause === undefined ? undefined : { cause });
}

/** A later edition of the format, which this program cannot read. */
export function fileNewer(version: string | number): TongketError {
  return new TongketError("file-newer", { version });
}

/** Packed or unpacked it is larger than any report; `limit` is in mebibytes. */
export function fileTooLarge(entry: string, limit: number): TongketError {
  return new TongketError("file-too-large", { entry, limit });
}

/** Files of different reports cannot be merged. */
export function fileOtherReport(report: string, other: string): TongketError {
  return new TongketError("file-other-report", { report, other });
}
