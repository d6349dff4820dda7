export type { BookmarkTarget } from "./bookmarks.ts";
export { bookmarkTargets } from "./bookmarks.ts";
export type { ExportKind, ExportOptions } from "./export-report.ts";
export { exportReport } from "./export-report.ts";
