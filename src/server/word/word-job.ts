import type { ArchiveMember, WordFile, WordLimits } from "#docx";

/** What the thread that reads Word files is asked. */
export interface WordJob {
  readonly want: "file" | "members";
  readonly bytes: Uint8Array;
  readonly limits: WordLimits;
}

/** What it answers: what was read, the refusal by its code, or a fault of the program. */
export type WordAnswer =
  | { readonly file: WordFile }
  | { readonly members: readonly ArchiveMember[] | null }
  | { readonly refused: { readonly code: string; readonly details: Readonly<Record<string, string | number>> } }
  | { readonly fault: string };
