import type { ReportFile } from "#collab";
import { assembleReport, carriedOutIn, frozenReport } from "#comments";
import type { ExportKind, ExportOptions } from "#docx";
import { exportReport, reportHtml, reportMarkdown } from "#docx";
import type { Report, RuleSet } from "#model";
import { responseCsv, responseData } from "#model";

/** The forms that are made here; PDF is printed from the first. */
export type MadeForm = "docx" | "html" | "md" | "csv" | "json";

/** A file to be made: all that it is made from crosses into the thread. */
export interface ExportJob {
  readonly file: ReportFile;
  /** The rule set that the file names, and those there are. */
  readonly named: RuleSet;
  readonly ruleSets: readonly RuleSet[];
  readonly as: ExportKind;
  readonly form: MadeForm;
  readonly options: Omit<ExportOptions, "onProgress">;
}

/** What was made, with the fields of the text that was printed: the file is called by them. */
export interface ExportedFile {
  readonly bytes: Uint8Array;
  readonly fields: Readonly<Record<string, string>>;
}

/** What the thread answers: the file, a refusal by its code, or a fault of the program. */
export type ExportAnswer =
  | ExportedFile
  | { readonly refused: { readonly code: string; readonly details: Readonly<Record<string, string | number>> } }
  | { readonly fault: string };

/** Puts the report together and makes the file. */
export async function doExport({ file, named, ruleSets, as, form, options }: ExportJob): Promise<ExportedFile> {
  const report =
    as === "for-comment" ? frozenReport(file, named, options.round, ruleSets) : assembleReport(file, named, ruleSets);
  return { bytes: await fileBytes(report, { file, as, form, options }), fields: report.fields };
}

async function fileBytes(
  report: Report,
  { file, as, form, options }: Pick<ExportJob, "file" | "as" | "form" | "options">,
): Promise<Uint8Array> {
  const text = (words: string): Uint8Array => new TextEncoder().encode(words);
  switch (form) {
    case "docx":
      return exportReport(report, as, options);
    case "html":
      return text(reportHtml(report));
    case "md":
      return text(reportMarkdown(report));
    case "csv":
      return text(responseCsv(report, carriedOutIn(file, report)));
    case "json":
      return text(`${JSON.stringify(responseData(report, carriedOutIn(file, report)), null, 2)}\n`);
  }
}
