import type { Person, Report } from "#model";
import { exportReport } from "../print/export-report.ts";
import { sentDraft } from "./draft-units.ts";
import { readWordFile } from "../read/read-word-file.ts";
import type { SentRound } from "./returned-copy.ts";
import { sentComments } from "./sent-comments.ts";

/** In which file the draft went out, as a returned copy tells. */
export interface SentAs {
  readonly round: number;
  readonly person: Person | null;
  readonly allow: "comments" | "changes";
}

/**
 * What copies of a round are compared with: `frozen` is the report as it was sent out, `report` as it is now. The file
 * that went out is made once more, and read, so that each of its paragraphs is known.
 */
export async function sentRound(frozen: Report, report: Report, { round, person, allow }: SentAs): Promise<SentRound> {
  const bytes = await exportReport(frozen, "for-comment", { round, allow, ...(person ? { person } : {}) });
  return {
    text: frozen,
    draft: sentDraft(frozen, readWordFile(bytes)),
    people: report.people,
    comments: sentComments(report),
  };
}
