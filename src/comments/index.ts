export type { SlotRange } from "./anchor.ts";
export { anchorRange, placeOf, resolveAnchor } from "./anchor.ts";
export type { BoardRecord, Gathering } from "./board.ts";
export { boardFor, boardMap, gatherRecords, placeRecords, readBoard, threadsOf, writeBoard } from "./board.ts";
export type { FrozenDraft } from "./carried-out.ts";
export { carriedOut, carriedOutIn, draftsToCompare } from "./carried-out.ts";
export type { CellStand, CellTarget } from "./cell-anchor.ts";
export { CellFinder, cellTarget } from "./cell-anchor.ts";
export { DraftOrder } from "./thread-order.ts";
export type { Answers } from "./decision.ts";
export {
  decisionsMap,
  decisionsViolation,
  proposeDecision,
  readAnswers,
  readDecisions,
  reopenComment,
  validateDecision,
} from "./decision.ts";
export type { Merge } from "./merge.ts";
export { answerRecords, mergeComments, mergesMap, readMerges, separateComment } from "./merge.ts";
export type { Former } from "./standing-spot.ts";
export { cellSpotAt, spotAt, standingSpot, whereItStood } from "./standing-spot.ts";
export { confirmPlace, placingsMap, refusePlace, saidOf, takeBackPlace } from "./placing.ts";
export { readBoardStances, writeBoardStances } from "./board-stances.ts";
export { notesMap, putComment, putReply, putStance, readNotes } from "./notes.ts";
export type { Notes } from "./notes.ts";
export { fileOfDelegate } from "./errors.ts";
export type { LeftOut } from "./delegate-file.ts";
export { leftOutText, mergeWithDelegates } from "./delegate-file.ts";
export type { OtherComment, OtherPerson } from "./others.ts";
export { othersFor } from "./others.ts";
export { fileWithRecords } from "./returned-file.ts";
export type { NewRecords } from "./new-records.ts";
export { writeRecords } from "./new-records.ts";
export type { RemarkFate } from "./copy-desk.ts";
export type { CopyOutcome, CopyToTake, TakenCopies, TakingSide } from "./returned-notes.ts";
export { takeCopies } from "./returned-notes.ts";
export type { RecordTimes } from "./forgery.ts";
export { decisionsForgery, notesForgery, Proposals, TIME_TOLERANCE } from "./forgery.ts";
export { notesViolation } from "./notes-rules.ts";
export type { RefusalWord } from "./record.ts";
export { LIMITS } from "./record.ts";
export type { Composer } from "./report-file.ts";
export { assembleReport, composeReportFile, frozenReport } from "./report-file.ts";
