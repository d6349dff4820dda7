import { wordTooComplex } from "./errors.ts";
import type { WordLimits } from "./limits.ts";
import type { Numbering } from "./numbering.ts";
import type { Styles } from "./styles.ts";
import type { WordAside, WordLeftOut } from "./word-file.ts";

/** A place in a story, whose letters are counted once its paragraph is whole. */
export interface SpotDraft {
  paragraph: number;
  at: number;
}

/** The text in which a comment stands. */
export interface RangeStory {
  readonly isBody: boolean;
  readonly texts: readonly string[];
}

/** Where a comment begins, ends and is referred to, as far as the file says. */
export interface RangeDraft {
  readonly story: RangeStory;
  from: SpotDraft | null;
  to: SpotDraft | null;
  reference: SpotDraft | null;
}

/** What is known and found over a whole file while its stories are read. */
export class Reading {
  readonly limits: WordLimits;
  readonly styles: Styles;
  readonly numbering: Numbering;
  readonly leftOut: Partial<Record<WordLeftOut, number>> = {};
  readonly asides: WordAside[] = [];
  /** The paragraphs of the body on which notes hang, by kind and id. */
  readonly notes = new Map<string, number>();
  converted = 0;
  readonly #ranges = new Map<string, RangeDraft[]>();
  #paragraphs = 0;

  constructor(limits: WordLimits, styles: Styles, numbering: Numbering) {
    this.limits = limits;
    this.styles = styles;
    this.numbering = numbering;
  }

  leaveOut(what: WordLeftOut): void {
    this.leftOut[what] = (this.leftOut[what] ?? 0) + 1;
  }

  countParagraph(part: string): void {
    if (++this.#paragraphs > this.limits.paragraphs) throw wordTooComplex(part, "paragraphs", this.limits.paragraphs);
  }

  /** The ranges of comments of one id, in the order of the file. */
  ranges(id: string): readonly RangeDraft[] {
    return this.#ranges.get(id) ?? [];
  }

  /** A range of comment `id` begins, ends or is referred to; what is not yet said of the last one is said of it. */
  mark(id: string, what: "from" | "to" | "reference", story: RangeStory, spot: SpotDraft): void {
    const ranges = this.#ranges.get(id) ?? [];
    this.#ranges.set(id, ranges);
    const last = ranges.at(-1);
    if (last && last[what] === null && what !== "from") last[what] = spot;
    else ranges.push({ story, from: null, to: null, reference: null, [what]: spot });
  }
}
