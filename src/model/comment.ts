import type { Audience } from "./audience.ts";

/** A person who takes part in one report. `id` never changes; name and unit are what others see. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly role: Role;
}

/** What a person may do in one report. */
export type Role = "chair" | "drafter" | "delegate" | "reader";

/** What a comment asks for. */
export type CommentKind = "clarify" | "add" | "specify" | "wording" | "figures" | "other";

export const COMMENT_KINDS: readonly CommentKind[] = ["clarify", "add", "specify", "wording", "figures", "other"];

/** The words a comment was about, as they stood when it was made, with a little of what stood around them. */
export interface Quotation {
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
}

/**
 * The ends of a range as Yjs relative positions, base64. `start` clings to the first character, `end` to the last.
 * Opaque outside the comments part.
 */
export interface RangeAnchor {
  readonly start: string;
  readonly end: string;
  /** The characters themselves, by their ids. Without it the anchor is about whatever stands between its ends. */
  readonly characters?: string;
}

/** Words of a slot, anchored and quoted. */
export interface QuotedRange {
  readonly slot: string;
  readonly anchor: RangeAnchor;
  readonly quote: Quotation;
}

/**
 * What a comment is about: words of a slot and, in `also`, those of further places; a cell of a table, a slot as a whole, or the report as a whole. The
 * quotation of a cell is its text; what stands around it is its row and its column, as far as they have names.
 */
export type CommentTarget =
  | (QuotedRange & { readonly scope: "range"; readonly also?: readonly QuotedRange[] })
  | {
      readonly scope: "cell";
      readonly slot: string;
      readonly table: string;
      readonly cell: string;
      readonly quote: Quotation;
    }
  | { readonly scope: "slot"; readonly slot: string }
  | { readonly scope: "report" };

/** A remark by one person. Times are UTC in ISO 8601 with milliseconds. */
export interface Comment {
  readonly id: string;
  readonly author: string;
  /** The number of the round it belongs to; 0 for one made outside any round, by the committee itself. */
  readonly round: number;
  readonly target: CommentTarget;
  readonly kind: CommentKind;
  /** Plain text; may be empty only where `proposal` is given. */
  readonly text: string;
  /** The wording proposed instead of the quoted words; only on a range. */
  readonly proposal?: string;
  readonly createdAt: string;
  readonly editedAt?: string;
  /** Made after its round was closed, and taken all the same; absent for all others. */
  readonly late?: true;
  /**
   * How far other delegates may see it, as its author was told when it was sent; absent: not at all. The report's setting
   * may narrow it.
   */
  readonly audience?: Exclude<Audience, "own">;
  /** Withdrawn by its author: kept on record, no longer counted or answered. */
  readonly withdrawn: boolean;
}

/** A reply to a comment. Replies have one level: a reply answers a comment, never another reply. */
export interface Reply {
  readonly id: string;
  readonly comment: string;
  readonly author: string;
  readonly text: string;
  readonly createdAt: string;
  readonly editedAt?: string;
  readonly withdrawn: boolean;
}

/** The committee's answer: taken up, taken up in part, kept as drafted, or put off. */
export type Outcome = "accept" | "partly" | "keep" | "later";

export const OUTCOMES: readonly Outcome[] = ["accept", "partly", "keep", "later"];

/** One decision on one comment. It is proposed first, then validated by the chair; a later proposal undoes the validation. */
export interface Decision {
  readonly comment: string;
  readonly outcome: Outcome;
  /** The written response; never empty unless the outcome is a plain accept. */
  readonly response: string;
  readonly proposedBy: string;
  readonly proposedAt: string;
  readonly validatedBy?: string;
  readonly validatedAt?: string;
  /** The other comments of its row that it was validated for, by their ids; absent where there were none. */
  readonly covers?: readonly string[];
}

/** A point in the current text: `offset` in UTF-16 units from the beginning of a block's text. */
export interface Point {
  readonly block: string;
  readonly offset: number;
}

/** Where a comment stands in the current text. */
export interface Place {
  readonly slot: string;
  readonly from: Point;
  readonly to: Point;
  /**
   * True where its words are gone, and the same words with what stood around them are found here: nobody has said yet that
   * it is about these.
   */
  readonly uncertain?: true;
  /** The cell it stands in: then both ends are the beginning of the caption of the table that holds the cell. */
  readonly cell?: string;
}

/** Words of a slot, named so that they are found again. */
export interface Spot {
  readonly slot: string;
  readonly anchor: RangeAnchor;
}

/** A cell of a table, named so that it is found again; `slot` is where the table's block stood. */
export interface CellSpot {
  readonly slot: string;
  readonly table: string;
  readonly cell: string;
}

/** What the committee says of one place that is gone: that it is here, and not at any of those. */
export interface Said<T> {
  readonly here: T | null;
  readonly not: readonly T[];
}

/**
 * What the committee says about where a comment stands whose words are gone: at these words (`here`), and not at those
 * (`not`); in `also` the same of its further ranges, by their number from 1, in `cell` of the cell it is about. The comment
 * itself stays as its author wrote it.
 */
export interface Placing extends Said<Spot> {
  readonly comment: string;
  readonly also?: readonly (Said<Spot> & { readonly part: number })[];
  readonly cell?: Said<CellSpot>;
  readonly by: string;
  readonly at: string;
}

/** A comment with all that belongs to it, as plain data: what the screen, the table and the Word file are made from. */
export interface CommentThread {
  readonly comment: Comment;
  readonly author: Person;
  /** Null where the comment is about a slot or the report, or where its words or its cell are gone. */
  readonly place: Place | null;
  /** Where each of several ranges stands, in their own order; absent where the comment is not about several. */
  readonly places?: readonly (Place | null)[];
  readonly replies: readonly { readonly reply: Reply; readonly author: Person }[];
  /** What was decided on it, or on the comment that it is merged with. */
  readonly decision: Decision | null;
  /** The comment that leads the row it is answered in; absent where it leads its row or is answered by itself. */
  readonly mergedWith?: string;
  /** What the committee said about where it stands. */
  readonly placing?: Placing;
}

/** How far a comment has come. */
export type ThreadState = "withdrawn" | "open" | "proposed" | "validated";

export function threadState(thread: Pick<CommentThread, "comment" | "decision">): ThreadState {
  if (thread.comment.withdrawn) return "withdrawn";
  if (!thread.decision) return "open";
  return thread.decision.validatedAt === undefined ? "proposed" : "validated";
}

/** The words a comment is about, or null where it is about a slot or the report. */
export function quotation({ target }: Pick<Comment, "target">): Quotation | null {
  return target.scope === "range" || target.scope === "cell" ? target.quote : null;
}

/** A quoted cell in a line: its row and its column as far as they have names, then its words. */
export function quotedCell({ exact, prefix, suffix }: Quotation): string {
  const names = [prefix, suffix].filter((name) => name !== "").join(", ");
  return [names, exact.replaceAll(/\s+/gu, " ").trim()].filter((words) => words !== "").join(": ");
}

/** The words of every place that a comment on words is about, in its own order; empty where it is about none. */
export function quotedPlaces(target: CommentTarget): string[] {
  return target.scope === "range" ? [target, ...(target.also ?? [])].map(({ quote }) => quote.exact) : [];
}

/**
 * The same target with one of its ranges first, by its number from 0: the one that a proposed wording is for. The others
 * keep their order.
 */
export function withFirstRange(target: CommentTarget, part: number): CommentTarget {
  const chosen = target.scope === "range" ? target.also?.[part - 1] : undefined;
  if (target.scope !== "range" || !chosen) return target;
  const { scope, also = [], ...first } = target;
  return { scope, ...chosen, also: [first, ...also.filter((range) => range !== chosen)] };
}

/** The words a comment is about as one shows them, a cell's with its row and column; null where it is about none. */
export function quotedWords(target: CommentTarget): string | null {
  if (target.scope === "cell") return quotedCell(target.quote);
  return target.scope === "range" ? quotedPlaces(target).join(" […] ") : null;
}

/**
 * True where a comment on words or on a cell has lost them, also where they are supposed to be somewhere: it stays in every
 * list, with its quotation.
 */
export function isUnplaced(thread: Pick<CommentThread, "comment" | "place">): boolean {
  return quotation(thread.comment) !== null && (thread.place === null || thread.place.uncertain === true);
}

/** Where one of a comment's ranges stands, by its number from 0; of a comment on anything else its place. */
export function placeOfPart({ place, places }: Pick<CommentThread, "place" | "places">, part: number): Place | null {
  return places ? (places[part] ?? null) : part === 0 ? place : null;
}

/** True where some of what a comment is about is only supposed to stand somewhere: the committee has yet to say so. */
export function isSupposed({ place, places }: Pick<CommentThread, "place" | "places">): boolean {
  return [place, ...(places ?? [])].some((each) => each?.uncertain === true);
}

/** True where a decision may be recorded: every outcome but a plain accept needs a written response. */
export function responseSuffices(outcome: Outcome, response: string): boolean {
  return outcome === "accept" || response.trim() !== "";
}
