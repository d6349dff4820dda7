export type { Audience } from "./audience.ts";
export { AUDIENCES, narrower } from "./audience.ts";
export type { Block, BlockKind } from "./block.ts";
export { BLOCK_KINDS, blockShape, blockText, blockTexts, DEEPEST } from "./block.ts";
export type { CellPlace } from "./cell-place.ts";
export { cellPlace, cellPlaceWords } from "./cell-place.ts";
export { checkReport } from "./checks.ts";
export type {
  CellSpot,
  Comment,
  CommentKind,
  CommentTarget,
  CommentThread,
  Decision,
  Outcome,
  Person,
  Place,
  Placing,
  Point,
  QuotedRange,
  Quotation,
  RangeAnchor,
  Reply,
  Role,
  Said,
  Spot,
  ThreadState,
} from "./comment.ts";
export { excerpt } from "./completeness.ts";
export {
  COMMENT_KINDS,
  isSupposed,
  isUnplaced,
  OUTCOMES,
  placeOfPart,
  quotation,
  quotedCell,
  quotedPlaces,
  quotedWords,
  responseSuffices,
  threadState,
  withFirstRange,
} from "./comment.ts";
export type { BlockChange, Comparison, SlotChange } from "./comparison.ts";
export { compareTexts } from "./comparison.ts";
export type { StayingBlock } from "./block-match.ts";
export { longestRise, stayingBlocks } from "./block-match.ts";
export type { BlockPlace, PlaceChange, WordsChange } from "./place-change.ts";
export { changeAt, isUnchanged, unchangedFindings } from "./place-change.ts";
export type { RestoreScope } from "./restoration.ts";
export { restoredText } from "./restoration.ts";
export type { Finding } from "./completeness.ts";
export { longDate, officialDate, parseDate, shortDate, VIETNAM_OFFSET, wallTime } from "./dates.ts";
export { TongketError } from "./errors.ts";
export type { Figure } from "./figure.ts";
export { formatNumber, readNumber } from "./figure.ts";
export { fieldFits, initialFields } from "./field-values.ts";
export type {
  Certainty,
  ImportCounts,
  ImportField,
  ImportLoss,
  ImportPiece,
  ImportPlan,
  PieceOrigin,
  PlaceReason,
  StandingYear,
} from "./import-plan.ts";
export {
  blocksOfInput,
  hasText,
  inputTexts,
  isUnsettled,
  placedSlots,
  standingYears,
  textInput,
} from "./import-plan.ts";
export type { Language } from "./language.ts";
export { say, textKeys } from "./language.ts";
export { likeness, wordList, wordPairs } from "./likeness.ts";
export { decodeLegacy, legacyEncoding } from "./legacy-font.ts";
export type { MarkChange, Replacement } from "./line-rewrite.ts";
export { markChanges, replacements, runsBetween } from "./line-rewrite.ts";
export type { NumberedSlot, OutlineEntry } from "./numbering.ts";
export {
  blockLabels,
  headingPaths,
  levelFormat,
  levelLabel,
  numberOutline,
  ordinalWord,
  printedTitle,
  roman,
  tableLabel,
  tablesBefore,
  titleInPlace,
  titlesAbove,
  vietnameseLetter,
} from "./numbering.ts";
export type { MentionPart } from "./mention.ts";
export { mentionParts, mentions, plainMentions, withMentions } from "./mention.ts";
export { compareNames, initials } from "./names.ts";
export { fieldsOf, printedFields } from "./printed-fields.ts";
export { FROM_COPY } from "./remark.ts";
export type { CopyAuthor, DraftStretch, Remark, RemarkTarget, ReturnedCopy } from "./remark.ts";
export type { Report, ReportText, Unshown, Version } from "./report.ts";
export { countWords, isEmptySlot } from "./report.ts";
export { reminderText } from "./reminder.ts";
export type { RoundAnswer } from "./round-answers.ts";
export { roundAnswers } from "./round-answers.ts";
export type { Round, RoundState } from "./round.ts";
export { EVERYBODY, openRound, roundOf, roundState, takesLate } from "./round.ts";
export type {
  BlockInput,
  CommentInput,
  PersonInput,
  ReportInput,
  RoundInput,
  TableInput,
  TextInput,
} from "./report-input.ts";
export type {
  Contributor,
  ResponseCounts,
  ResponseGroup,
  ResponseRemark,
  ResponseRow,
  ResponseTable,
} from "./response-table.ts";
export { contributorWords, responseTable } from "./response-table.ts";
export { ruleSetInForce } from "./presentation.ts";
export type { Family, LevelFormat, LineBelow, PrintedLine, Provenance, RuleSet, TextStyle } from "./rule-set.ts";
export { blockNode, nodeBlock, reportSchema } from "./schema.ts";
export type { FieldSpec, GroupNode, Localised, OutlineNode, SlotNode, SlotRole, Template } from "./template.ts";
export { fillIn, ROLES, slotsOf } from "./template.ts";
export type { Stance, Voice } from "./stance.ts";
export { voiceOf, voiceWords } from "./stance.ts";
export type { GridCell, Table, TableCell, TableGrid, TableRow } from "./table.ts";
export { cellText, columnTitle, emptyTable, headerRows, tableGrid, titlesOfCell, WIDEST_SPAN } from "./table.ts";
export { comparedWords, similarGroups, Similarity, similarRows } from "./similarity.ts";
export type { ResponseData, ResponseDataRow, ResponseForm } from "./response-file.ts";
export { responseCsv, responseData } from "./response-file.ts";
export type { ThreadRow } from "./thread-row.ts";
export { rowState, threadRows, threadsOfRow } from "./thread-row.ts";
export type { MarkName, TextRun } from "./text-run.ts";
export { tableOfInput } from "./table-input.ts";
export type { TitleWords } from "./title-words.ts";
export { MARKS } from "./text-run.ts";
export type { UnbalancedTotal } from "./totals.ts";
export { checkTotals } from "./totals.ts";
export type { CellChange, LineChange, TableChange } from "./table-comparison.ts";
export type { Piece, WordDiff } from "./word-diff.ts";
