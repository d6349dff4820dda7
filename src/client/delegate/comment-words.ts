import type { CommentKind } from "#model";

/** What the sheet gives back: the words of a comment, without where it belongs. */
export interface CommentWords {
  readonly kind: CommentKind;
  readonly text: string;
  /** Absent where no wording is proposed. */
  readonly proposal?: string;
}

/** What is commented on. `key` names it on this device, so that half-written words are found again. */
export interface CommentSubject {
  readonly key: string;
  readonly heading: string;
  /** The words it is about; absent for a cell, a slot or the report. Only these can be given another wording. */
  readonly quote?: string;
  /** The cell it is about, quoted. */
  readonly cell?: string;
  /** The words so far, where a comment is edited. */
  readonly words?: CommentWords;
}
