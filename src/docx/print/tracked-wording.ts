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
  /** The comments whose wording could not be written in, and why. */
  readonly notWritten: ReadonlyMap<string, NotWritten>;
}

/** Why a wording stays in its comment: another one changes the same words, or it would take a table apart. */
export type NotWritten = "crossed" | "acrossTable";

export const NOTHING_TRACKED: TrackedWordings = { blocks: new Map(), notWritten: new Map() };

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
  const notWritten = new Map<string, NotWritten>();
  const taken = new Map<string, SpotRange[]>();
  for (const thread of threads) {
    const { comment } = thread;
    const place = placeOfPart(thread, 0);
    const slot = place?.slot ?? "";
    const content = slots[slot] ?? [];
    const range = place && canBeTracked(thread, place) ? printedRange(content, place.from, place.to) : null;
    const changes = range && comment.proposal !== undefined ? changesOf(comment.proposal, range, content) : [];
    if (changes === null) notWritten.set(comment.id, "acrossTable");
    if (!range || !changes || changes.length === 0) continue;
    const others = taken.get(slot) ?? [];
    if (others.some((other) => overlap(other, range))) {
      notWritten.set(comment.id, "crossed");
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
  return { blocks, notWritten };
}

function canBeTracked({ comment, decision }: CommentThread, { uncertain, cell }: Place): boolean {
  if (comment.withdrawn || uncertain === true || cell !== undefined) return false;
  return decision?.outcome !== "keep" && decision?.outcome !== "later";
}

type Change = Pick<TrackedWording, "from" | "to" | "insert" | "joins" | "joined"> & { readonly index: number };

/** A stretch of one block that a proposed wording is about. */
interface Stretch {
  readonly index: number;
  readonly from: number;
  readonly to: number;
  readonly words: string;
  readonly block: Block;
}

/**
 * Line by line where the wording has as many lines as the range has blocks, so that blocks stay; else all of it in the
 * first block, to which the others are joined. A table is never joined to anything: where one is in the range, the lines
 * that stay as they are stay apart from those that change. Nothing where the wording would change nothing; null where it
 * would take a table apart.
 */
function changesOf(proposal: string, [from, to]: SpotRange, content: readonly Block[]): Change[] | null {
  const covered = content.slice(from.index, to.index + 1);
  const stretches = covered.map((block, at): Stretch => {
    const text = blockText(block);
    const own = { from: at === 0 ? from.offset : 0, to: at === covered.length - 1 ? to.offset : text.length };
    return { ...own, index: from.index + at, words: text.slice(own.from, own.to), block };
  });
  const wanted = proposal.trim().split(/\r\n|[\r\n\u2028\u2029]/u);
  if (
    stretches
      .map(({ words }) => words)
      .join("\n")
      .trim() === wanted.join("\n")
  )
    return [];
  const [first] = stretches;
  if (!first || first.from === first.to) return [];
  const byLine = lineByLine(stretches, wanted);
  if (byLine || stretches.length === 1 || covered.every(({ kind }) => kind !== "table")) {
    return byLine ?? joinedChanges(stretches, wanted);
  }
  const middle = withoutEnds(stretches, wanted);
  const within = lineByLine(middle.stretches, middle.wanted);
  if (within) return within;
  if (middle.stretches.some(({ block }) => block.kind === "table")) return null;
  const joined = joinedChanges(middle.stretches, middle.wanted);
  return joined.length > 0 ? joined : null;
}

/** A change for each line that differs; null where lines and blocks are not as many, or a block has nothing to change. */
function lineByLine(stretches: readonly Stretch[], wanted: readonly string[]): Change[] | null {
  if (wanted.length !== stretches.length) return null;
  const differing = stretches.flatMap((each, at) =>
    wanted[at] === each.words ? [] : [{ ...each, insert: wanted[at] ?? "" }],
  );
  if (differing.some(({ block, from, to }) => !isPrinted(block) || from === to)) return null;
  return differing.map(({ index, from, to, insert }) => ({ index, from, to, insert, joins: false, joined: false }));
}

/** The first block with the whole wording, and the others joined to it. */
function joinedChanges(stretches: readonly Stretch[], wanted: readonly string[]): Change[] {
  const printed = stretches.filter((_, at) => stretches.slice(at, at + 1).every(({ block }) => isPrinted(block)));
  return printed.map(({ index, from, to }, at) => ({
    index,
    from,
    to,
    insert: at === 0 ? wanted.join("\n") : "",
    joins: at < printed.length - 1,
    joined: at > 0,
  }));
}

/** What is left where lines that say the same as their blocks are taken off at both ends. */
function withoutEnds(
  stretches: readonly Stretch[],
  wanted: readonly string[],
): { readonly stretches: readonly Stretch[]; readonly wanted: readonly string[] } {
  const most = Math.min(stretches.length, wanted.length);
  let head = 0;
  while (head < most && stretches[head]?.words.trim() === wanted[head]?.trim()) head++;
  let tail = 0;
  while (tail < most - head && stretches.at(-1 - tail)?.words.trim() === wanted.at(-1 - tail)?.trim()) tail++;
  // Lines that are only put in stand behind the words before them, or else before those after them.
  if (head + tail === stretches.length) {
    if (head > 0 && stretches[head - 1]?.block.kind !== "table") head--;
    else if (tail > 0 && stretches.at(-tail)?.block.kind !== "table") tail--;
  }
  return {
    stretches: stretches.slice(head, stretches.length - tail),
    wanted: wanted.slice(head, wanted.length - tail),
  };
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
