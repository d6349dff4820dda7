import type { ReportFile } from "./report-file.ts";
export function mergeReportFiles(files: readonly ReportFile[]): ReportFile {
  throw new Error(`not yet ${files.length}`);
}
