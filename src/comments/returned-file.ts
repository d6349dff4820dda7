import type { ReportFile } from "#collab";
import { docFrom, mergeReportFiles } from "#collab";
import * as Y from "yjs";
import type { NewRecords } from "./new-records.ts";
import { writeRecords } from "./new-records.ts";

/** A report file with further records in the notes of some persons. The same file and records give the same bytes. */
export function fileWithRecords(file: ReportFile, records: ReadonlyMap<string, NewRecords>): ReportFile {
  const notes = new Map(file.notes);
  for (const [person, own] of records) {
    const state = file.notes.get(person);
    const { update } = writeRecords(state, person, own);
    notes.set(person, Y.encodeStateAsUpdate(state ? docFrom(state, update) : docFrom(update)));
  }
  // As any merge, so that what says the same has the same bytes.
  return mergeReportFiles([{ ...file, notes }]);
}
