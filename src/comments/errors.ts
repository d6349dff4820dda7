import { TongketError } from "#model";

export const responseMissing = (comment: string): TongketError => new TongketError("response-missing", { comment });

export const decisionMissing = (comment: string): TongketError => new TongketError("decision-missing", { comment });

export const importSlotMissing = (slot: string, title: string): TongketError =>
  new TongketError("import-slot-missing", { slot, title });

export const importSlotUnknown = (slot: string, template: string): TongketError =>
  new TongketError("import-slot-unknown", { slot, template });

export const importCommentSlotUnknown = (slot: string, comment: number): TongketError =>
  new TongketError("import-comment-slot-unknown", { slot, comment });

export const importQuoteMissing = (slot: string, quote: string, comment: number): TongketError =>
  new TongketError("import-quote-missing", { slot, quote, comment });

export const importTableRowMissing = (slot: string, table: number, row: number, rows: number): TongketError =>
  new TongketError("import-table-row-missing", { slot, table, row, rows });

export const importTableWide = (slot: string, table: number, columns: number, most: number): TongketError =>
  new TongketError("import-table-wide", { slot, table, columns, most });

export const importCellMissing = (
  slot: string,
  cell: { readonly table: number; readonly row: number; readonly column: number },
  comment: number,
): TongketError => new TongketError("import-cell-missing", { slot, ...cell, comment });

export const importCommentIncomplete = (comment: number): TongketError =>
  new TongketError("import-comment-incomplete", { comment });

export const importPersonUnknown = (person: string, comment: number): TongketError =>
  new TongketError("import-person-unknown", { person, comment });

export const importPersonTwice = (person: string): TongketError => new TongketError("import-person-twice", { person });

export const importRoundUnknown = (round: number, comment: number): TongketError =>
  new TongketError("import-round-unknown", { round, comment });

export const importRoundsWrong = (round: number): TongketError => new TongketError("import-rounds-wrong", { round });

export const importResponseMissing = (comment: number): TongketError =>
  new TongketError("import-response-missing", { comment });

export const importTimeWrong = (time: string): TongketError => new TongketError("import-time-wrong", { time });

/** A delegate's copy where a whole report is needed. */
export const fileOfDelegate = (who: string): TongketError => new TongketError("file-of-delegate", { who });

export const roundMissing = (round: number): TongketError => new TongketError("round-missing", { round });

export const versionMissing = (version: string): TongketError => new TongketError("version-missing", { version });
