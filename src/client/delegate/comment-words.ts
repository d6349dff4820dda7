import type { CommentKind, QuotedRange } from "#model";

/** What the sheet gives back: the words of a comment, without where it belongs. */
export interface CommentWords {
  readonly kind: CommentKind;
  readonly text: string;
  /** Absent where no wording is proposed. */
  readonly proposal?: string;
  /** Which of the places the wording is for, from 0; absent for the first. An edited comment has it for its first. */
  readonly part?: number;
  /** Further places a new comment is about; absent where there are none. */
  readonly also?: readonly QuotedRange[];
}

/** What is commented on. `key` names it on this device, so that half-written words are found again. */
export interface CommentSubject {
  readonly key: string;
  readonly heading: string;
  /** The words it is about; absent for a cell, a slot or the report. Only these can be given another wording. */
  readonly quote?: string;
  /** The cell it is about, quoted. */
  readonly cell?: string;
  /** The words of the further places it is about, where a comment is edited: they stay what they are. */
  readonly also?: readonly string[];
  /** The words with which the sheet opens again after a further place was chosen. */
  readonly begun?: CommentWords;
  /** The words so far, where a comment is edited. */
  readonly words?: CommentWords;
}
