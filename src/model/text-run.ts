/** The marks a character can carry; also their names in the stored text and in the schema. */
export type MarkName = "strong" | "em" | "underline";

/** Every mark, in the order in which marks are always listed. */
export const MARKS: readonly MarkName[] = ["strong", "em", "underline"];

/** A stretch of text under one set of marks. Never empty inside a block; `marks` follow the order of {@link MARKS}. */
export interface TextRun {
  readonly text: string;
  readonly marks: readonly MarkName[];
}
