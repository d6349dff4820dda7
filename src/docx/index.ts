export type { BookmarkTarget } from "./print/bookmarks.ts";
export { bookmarkTargets } from "./print/bookmarks.ts";
export type { ExportKind, ExportOptions } from "./print/export-report.ts";
export { exportReport } from "./print/export-report.ts";
export type { ArchiveMember } from "./read/archive.ts";
export { archiveMembers } from "./read/archive.ts";
export { readWordFile } from "./read/read-word-file.ts";
export { copyMarks, readReturnedCopy } from "./returned/returned-copy.ts";
export type { SentRound } from "./returned/returned-copy.ts";
export { sentRound } from "./returned/sent-round.ts";
export type { SentAs } from "./returned/sent-round.ts";
export type { WordLimits } from "./read/limits.ts";
export { WORD_LIMITS } from "./read/limits.ts";
export type {
  WordAside,
  WordBlock,
  WordCell,
  WordChange,
  WordComment,
  WordFile,
  WordLeftOut,
  WordParagraph,
  WordRun,
  WordSpot,
  WordStamp,
  WordTable,
} from "./read/word-file.ts";
export type { ImportGoal } from "./skeleton/plan-import.ts";
export { planImport } from "./skeleton/plan-import.ts";
export { reportHtml } from "./text/html.ts";
export { reportMarkdown } from "./text/markdown.ts";
