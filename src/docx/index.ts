export type { ExportKind, ExportOptions } from "./export-report.ts";
export { exportReport } from "./export-report.ts";
