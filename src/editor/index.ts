export type { BlockCommand, EditorLabels } from "./labels.ts";
export { BLOCK_COMMANDS } from "./labels.ts";
export type { ThreadMark } from "./highlights.ts";
export type { PasteNotice } from "./paste/clipboard.ts";
export { personColour } from "./presence.ts";
export type { EditorCommand, ReportEditor, ReportEditorOptions } from "./report-editor.ts";
export { createReportEditor } from "./report-editor.ts";
export type { SearchOptions } from "./search.ts";
export type { EditorSnapshot, SlotState } from "./snapshot.ts";
