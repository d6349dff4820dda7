export { readReportFile, writeReportFile } from "./archive.ts";
export { isBodyRoot } from "./body-root.ts";
export type { UpdateInspection, UpdateRefusal, UpdateRules } from "./inspect.ts";
export { inspectUpdate } from "./inspect.ts";
export type { Origin } from "./layout.ts";
export {
  BLOCK_KEY,
  docFrom,
  FIELDS_ROOT,
  fieldsMap,
  isTextRoot,
  LEAD,
  ORIGIN,
  slotOfRoot,
  slotRoot,
  slotText,
  tableCellText,
  tableOfRoot,
} from "./layout.ts";
export type { Copy, Living } from "./lineage.ts";
export { deleteRuns, Lineage, LINEAGE_ROOT, recordCopies, recordedCopies } from "./lineage.ts";
export type { EditedRuns } from "./edit-trail.ts";
export { editedBetween, editedBy } from "./edit-trail.ts";
export { mergeReportFiles } from "./merge.ts";
export { readText, TextReader } from "./report-text.ts";
export { RootVersions } from "./root-versions.ts";
export type { Manifest, ReportFile } from "./report-file.ts";
export type { Run } from "./run.ts";
export { joinedRuns, overlapOf } from "./run.ts";
export { seedBody } from "./seed.ts";
export type { SlotChange } from "./slot-change.ts";
export { slotChanges } from "./slot-change.ts";
export { insertBehind, removeRange, removeText } from "./slot-write.ts";
export type { Marker, SlotAttributes, SlotMeasure, SlotPiece } from "./slot.ts";
export {
  deriveIds,
  indexAt,
  isStoredId,
  markAttributes,
  markerAttributes,
  measureSlot,
  OBJECT_SIGN,
  pointAt,
  readMarker,
  readMarks,
  readSlot,
  slotPieces,
} from "./slot.ts";
export type { TableContent } from "./table-edit.ts";
export { TableEdit, writeTable } from "./table-edit.ts";
export type { Align } from "./table-frame.ts";
export { restoreTable } from "./table-restore.ts";
export type { LaidCell, LaidColumn, LaidRow, LaidTable, Spot } from "./table.ts";
export { cellId, changedTables, layTable, MOST_COLUMNS, MOST_ROWS, readTable, spotOf } from "./table.ts";
