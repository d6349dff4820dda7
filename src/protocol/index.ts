export type { RefusalReason } from "./close-code.ts";
export { CLOSE } from "./close-code.ts";
export type { DocumentName } from "./document-name.ts";
export { formatDocumentName, isId, parseDocumentName } from "./document-name.ts";
export type {
  ChairRequest,
  CopyFate,
  CopyPreview,
  CopyRefusal,
  CreateReportRequest,
  CreateReportResponse,
  Edit,
  EditsRequest,
  ErrorBody,
  FreshLink,
  InviteRequest,
  MakeVersionRequest,
  ChangeRoundRequest,
  OpenRoundRequest,
  PersonRow,
  ReportInfo,
  ReportSummary,
  ServerMessage,
  SettingsRequest,
  Session,
  TakeCopiesRequest,
  TakenCopiesResponse,
  TemplateChoice,
} from "./rest.ts";
export {
  API,
  chairRequest,
  createReportRequest,
  editsRequest,
  inviteRequest,
  makeVersionRequest,
  changeRoundRequest,
  openRoundRequest,
  settingsRequest,
  takeCopiesRequest,
  VERSION_NAME,
} from "./rest.ts";
export type { Action } from "./rights.ts";
export { documentRight, may } from "./rights.ts";
