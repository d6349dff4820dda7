export type { BookmarkTarget } from "./bookmarks.ts";
export { bookmarkTargets } from "./bookmarks.ts";
export type { ExportKind, ExportOptions } from "./export-report.ts";
export { exportReport } from "./export-report.ts";
export type { ArchiveMember } from "./import/archive.ts";
export { archiveMembers } from "./import/archive.ts";
export { readWordFile } from "./import/read-word-file.ts";
export { copyMarks, readReturnedCopy } from "./import/returned-copy.ts";
export type { SentRound } from "./import/returned-copy.ts";
export { sentRound } from "./import/sent-round.ts";
export type { SentAs } from "./import/sent-round.ts";
export type { WordLimits } from "./import/limits.ts";
export { WORD_LIMITS } from "./import/limits.ts";
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
} from "./import/word-file.ts";
export type { ImportGoal } from "./import/plan-import.ts";
export { planImport } from "./import/plan-import.ts";
export { reportHtml } from "./text/html.ts";
export { reportMarkdown } from "./text/markdown.ts";
