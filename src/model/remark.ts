import type { CommentKind, Point } from "./comment.ts";

/** Words of one slot, by the blocks of the draft that was sent out. */
export interface DraftStretch {
  readonly slot: string;
  readonly from: Point;
  readonly to: Point;
}

/** What a remark in a returned copy is about, in the draft that was sent out. */
export type RemarkTarget =
  | { readonly scope: "range"; readonly stretch: DraftStretch; readonly also: readonly DraftStretch[] }
  | { readonly scope: "cell"; readonly slot: string; readonly table: string; readonly cell: string }
  | { readonly scope: "slot"; readonly slot: string }
  | { readonly scope: "report" };

/**
 * What somebody says in a returned copy: a comment, a reply, a tracked change, or a change that is only found by
 * comparing the copy with what was sent out.
 */
export interface Remark {
  readonly source: "comment" | "reply" | "tracked" | "silent";
  /** The author's name as the file has it; of a silent change, and where the file names nobody, empty. */
  readonly author: string;
  /** The time in the file, as far as seconds: what is the same in every copy. Empty where it has none. */
  readonly stamp: string;
  /** The instant it was made (UTC, ISO 8601 with milliseconds), or empty where nothing tells. */
  readonly at: string;
  /** What survives in Word over saves; empty where the file has none. */
  readonly durableId: string;
  readonly kind: CommentKind;
  /** Empty only where there is a proposal. */
  readonly text: string;
  /** The wording it proposes instead of the words of its target; only on a range. */
  readonly proposal?: string;
  readonly target: RemarkTarget;
  /** The words it stands on, as the copy has them. */
  readonly quote: string;
  /**
   * False where its words were not found in the draft: then the target is a slot or the report, and `guess` the block
   * that says most nearly the same, if any does.
   */
  readonly placed: boolean;
  readonly guess: { readonly slot: string; readonly block: string; readonly text: string } | null;
  /** Of a reply: the comment of ours that it answers, or the place in the list of the remark that it answers. */
  readonly answers: { readonly comment: string } | { readonly remark: number } | null;
}

/** A name under which something is said in a copy, and who that is. */
export interface CopyAuthor {
  readonly name: string;
  readonly remarks: number;
  /** The person it is, or the likeliest; null where nobody is likely. */
  readonly person: string | null;
  /** False where a person has to say who it is. */
  readonly sure: boolean;
  /** Who else it may be, likeliest first, `person` among them. */
  readonly candidates: readonly string[];
}

/** What a returned copy brings, in terms of the draft that was sent out. */
export interface ReturnedCopy {
  /** The report, round and draft that the file itself names; null where it does not. */
  readonly report: string | null;
  readonly round: number | null;
  readonly draft: string | null;
  readonly authors: readonly CopyAuthor[];
  readonly remarks: readonly Remark[];
  /** Comments of ours that were in the file when it went out and are there still. */
  readonly ours: number;
  /** How many blocks of the draft stand in the copy, and how many there are. */
  readonly blocks: { readonly found: number; readonly all: number };
  /** True where so much of the draft is missing that this is no copy of the whole: what is missing is then no remark. */
  readonly partial: boolean;
}

/** Begins the id of a comment or a reply that came in a returned copy, and of no other. */
export const FROM_COPY = "w-";
