import type { Report } from "#model";

/** What is exported: the clean final text, the draft with its comments, or the table of comments and responses. */
export type ExportKind = "final" | "draft" | "responses";

export interface ExportOptions {
  /** Called as the file is written, with paragraphs done and their total; the last call has both equal. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * The Word file of a report. A pure function: the same report gives the same bytes, on every machine and in every
 * time zone. The caller owes a report whose rule set numbers its outline.
 */
export function exportReport(report: Report, as: ExportKind, options: ExportOptions = {}): Promise<Uint8Array> {
  options.onProgress?.(0, 1);
  return Promise.reject(new Error(`export of ${report.id} as ${as} is on its way`));
}
