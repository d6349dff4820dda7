import { DeletedTextRun, InsertedTextRun } from "docx";
import type { IRunPropertiesOptions, ParagraphChild } from "docx";
import type { Block, CommentThread, Place, Report } from "#model";
import { blockText, placeOfPart, VIETNAM_OFFSET } from "#model";
import type { SpotRange } from "./comment-anchors.ts";
import { isPrinted, printedRange } from "./comment-anchors.ts";
import { runChildren } from "./printable.ts";

/** What a proposed wording changes in one block: words taken out, and others put in behind them. */
export interface TrackedWording {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  readonly author: string;
  /** By the clock on the wall in Vietnam, as Word reads it. */
  readonly date: string;
  /** True where the block goes on in the next one. */
  readonly joins: boolean;
  /** True where it is joined to the one before, which leaves it without its number or sign. */
  readonly joined: boolean;
}

/** The proposed wordings of a draft that are written into its text. */
export interface TrackedWordings {
  /** By slot, then by the block's place in it; those of one block do not overlap. */
  readonly blocks: ReadonlyMap<string, ReadonlyMap<number, readonly TrackedWording[]>>;
  /** The comments whose wording could not be written in, since another one changes the same words. */
  readonly crossed: ReadonlySet<string>;
}

export const NOTHING_TRACKED: TrackedWordings = { blocks: new Map(), crossed: new Set() };

/** Gives out the numbers of revisions, far from those of bookmarks. */
export function revisionNumbers(): () => number {
  let last = 1_000_000;
  return () => ++last;
}

/**
 * Writes every proposed wording over exactly its words, in the order of the report: where two want the same words, the
 * first is written in. Left out are those whose place is not sure, those the committee keeps as drafted or puts off, and
 * those that stand there already.
 */
export function trackWordings(
  { threads, slots }: Pick<Report, "threads" | "slots">,
  authorOf: (thread: CommentThread) => string,
  timeOf: (thread: CommentThread) => number,
): TrackedWordings {
  const blocks = new Map<string, Map<number, TrackedWording[]>>();
  const crossed = new Set<string>();
  const taken = new Map<string, SpotRange[]>();
  for (const thread of threads) {
    const { comment } = thread;
    const place = placeOfPart(thread, 0);
    const slot = place?.slot ?? "";
    const content = slots[slot] ?? [];
    const range = place && canBeTracked(thread, place) ? printedRange(content, place.from, place.to) : null;
    const changes = range && comment.proposal !== undefined ? changesOf(comment.proposal, range, content) : [];
    if (!range || changes.length === 0) continue;
    const others = taken.get(slot) ?? [];
    if (others.some((other) => overlap(other, range))) {
      crossed.add(comment.id);
      continue;
    }
    taken.set(slot, [...others, range]);
    const ofSlot = blocks.get(slot) ?? new Map<number, TrackedWording[]>();
    blocks.set(slot, ofSlot);
    const date = `${new Date(timeOf(thread) + VIETNAM_OFFSET).toISOString().slice(0, 19)}Z`;
    for (const { index, ...change } of changes) {
      ofSlot.set(index, [...(ofSlot.get(index) ?? []), { ...change, author: authorOf(thread), date }]);
    }
  }
  return { blocks, crossed };
}

function canBeTracked({ comment, decision }: CommentThread, { uncertain, cell }: Place): boolean {
  if (comment.withdrawn || uncertain === true || cell !== undefined) return false;
  return decision?.outcome !== "keep" && decision?.outcome !== "later";
}

type Change = Pick<TrackedWording, "from" | "to" | "insert" | "joins" | "joined"> & { readonly index: number };

/**
 * Line by line where the wording has as many lines as the range has blocks, so that blocks stay; else all of it in the
 * first block, to which the others are joined. Nothing where that would change nothing, or take a table apart.
 */
function changesOf(proposal: string, [from, to]: SpotRange, content: readonly Block[]): Change[] {
  const covered = content.slice(from.index, to.index + 1);
  if (covered.length > 1 && covered.some((block) => block.kind === "table")) return [];
  const texts = covered.map(blockText);
  const stretch = texts.map((text, at) => ({
    index: from.index + at,
    from: at === 0 ? from.offset : 0,
    to: at === texts.length - 1 ? to.offset : text.length,
  }));
  const words = stretch.map((each, at) => (texts[at] ?? "").slice(each.from, each.to));
  const wanted = proposal.trim().split(/\r\n|[\r\n\u2028\u2029]/u);
  if (words.join("\n").trim() === wanted.join("\n")) return [];
  const [first] = stretch;
  if (!first || first.from === first.to) return [];
  const alone = { joins: false, joined: false };
  if (wanted.length === stretch.length && covered.every(isPrinted) && stretch.every((each) => each.from < each.to)) {
    return stretch
      .map((each, at) => ({ ...each, ...alone, insert: wanted[at] ?? "" }))
      .filter(({ insert }, at) => insert !== words[at]);
  }
  const printed = stretch.filter((_, at) => covered.slice(at, at + 1).every(isPrinted));
  return printed.map((each, at) => ({
    ...each,
    insert: at === 0 ? wanted.join("\n") : "",
    joins: at < printed.length - 1,
    joined: at > 0,
  }));
}

function overlap([a, b]: SpotRange, [c, d]: SpotRange): boolean {
  const before = (one: SpotRange[0], other: SpotRange[0]): boolean =>
    one.index < other.index || (one.index === other.index && one.offset < other.offset);
  return before(a, d) && before(c, b);
}

/** Words taken out by a proposed wording. */
export function deletedRun(
  text: string,
  style: IRunPropertiesOptions,
  { author, date }: TrackedWording,
  id: number,
): ParagraphChild {
  return new DeletedTextRun({ ...style, children: runChildren(text), id, author, date });
}

/** Words put in by a proposed wording. */
export function insertedRun(
  style: IRunPropertiesOptions,
  { author, date, insert }: TrackedWording,
  id: number,
): ParagraphChild {
  return new InsertedTextRun({ ...style, children: runChildren(insert), id, author, date });
}
