import { TongketError } from "#model";
import { mebibytes } from "./limits.ts";

/** What a file is that is no `.docx`, by the code of its error. */
export type ForeignKind =
  | "empty"
  | "legacy"
  | "encrypted"
  | "odt"
  | "rtf"
  | "pdf"
  | "html"
  | "xml"
  | "sheet"
  | "archive"
  | "other";

/** The file is of another kind, and has to be saved as `.docx` first. */
export function foreignFile(kind: ForeignKind): TongketError {
  switch (kind) {
    case "empty":
      return new TongketError("word-empty");
    case "legacy":
      return new TongketError("word-legacy");
    case "encrypted":
      return new TongketError("word-encrypted");
    case "odt":
      return new TongketError("word-odt");
    case "rtf":
      return new TongketError("word-rtf");
    case "pdf":
      return new TongketError("word-pdf");
    case "html":
      return new TongketError("word-html");
    case "xml":
      return new TongketError("word-xml");
    case "sheet":
      return new TongketError("word-sheet");
    case "archive":
      return new TongketError("word-archive");
    case "other":
      return new TongketError("word-not-word");
  }
}

/** A part is missing, cut off, unreadable, or says what no Word file says; `problem` is for who looks into the file. */
export function wordDamaged(part: string, problem: string, cause?: unknown): TongketError {
  return new TongketError("word-damaged", { part, problem }, cause === undefined ? undefined : { cause });
}

/** The file, or a part unpacked, is larger than any report. */
export function wordTooLarge(part: string, limit: number): TongketError {
  return new TongketError("word-too-large", { part, limit: mebibytes(limit) });
}

/** A part holds more of something than any report does. */
export function wordTooComplex(part: string, what: keyof typeof COUNTED, limit: number): TongketError {
  return new TongketError("word-too-complex", { part, what: COUNTED[what], limit });
}

const COUNTED = {
  entries: "zip entries",
  elements: "XML elements",
  depth: "nested XML elements",
  attributes: "XML attributes",
  paragraphs: "paragraphs",
  comments: "comments",
} as const;

/** The file is made to do harm: what it does is never found in a file that a writing program saved. */
export function wordHostile(part: string, problem: string): TongketError {
  return new TongketError("word-hostile", { part, problem });
}
