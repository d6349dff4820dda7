import type { SlotRole } from "./template.ts";

/**
 * What headings of reports are called besides the titles of templates, as data: by these the headings of a Word draft
 * find their slots. `schemas/title-words.schema.json` is its schema.
 */
export interface TitleWords {
  /** Words that mean one thing in titles, group by group. */
  readonly same?: readonly (readonly string[])[];
  /** Words that tell no title from another. */
  readonly idle?: readonly string[];
  /** Titles that may go on with what they are about: what stands behind `title` and one of `before` tells no more. */
  readonly about?: readonly { readonly title: string; readonly before: readonly string[] }[];
  /** What headings of a role are usually called. */
  readonly usual?: Readonly<Partial<Record<SlotRole, readonly string[]>>>;
}
