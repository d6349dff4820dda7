import type { CellPlace } from "./cell-place.ts";
import { cellPlace } from "./cell-place.ts";
import type { CommentTarget, CommentThread, Outcome, ThreadState } from "./comment.ts";
import { isUnplaced, OUTCOMES, quotation, quotedCell, threadState } from "./comment.ts";
import { numberOutline, printedTitle, titlesAbove } from "./numbering.ts";
import type { Report } from "./report.ts";

/** What the opening of the table says. Withdrawn comments count nowhere. */
export interface ResponseCounts {
  /** Delegates who were asked. */
  readonly asked: number;
  /** People who made at least one comment, delegates or not. */
  readonly commented: number;
  /** Delegates who were asked and made none. */
  readonly silent: number;
  readonly comments: number;
  /** Comments without a decision. */
  readonly open: number;
  /** Comments whose decision still waits for the chair. */
  readonly proposed: number;
  /** Comments whose decision the chair has validated. */
  readonly answered: number;
  /** Comments by the outcome of their decision, validated or not. */
  readonly byOutcome: Readonly<Record<Outcome, number>>;
}

/** One row: a comment, or several people's comments that say the same on the same place. */
export interface ResponseRow {
  /** Of the comments in this row, in the order of the report's threads. */
  readonly ids: readonly string[];
  readonly scope: CommentTarget["scope"];
  /** The words commented on; null for a comment on a slot or on the report. */
  readonly quote: string | null;
  /** Where the cell stands that the comment is about; null for one about anything else, or about a cell that is gone. */
  readonly cell: CellPlace | null;
  /** True where those words, or that cell, are no longer in the text. */
  readonly unplaced: boolean;
  /** May be empty where a wording is proposed. */
  readonly text: string;
  readonly proposal: string | null;
  /** Each person once. */
  readonly contributors: readonly { readonly name: string; readonly unit: string }[];
  readonly state: Exclude<ThreadState, "withdrawn">;
  /** Null while nothing is decided. */
  readonly outcome: Outcome | null;
  /** Empty where there is none. */
  readonly response: string;
}

/** The rows on one slot, or on the report as a whole. */
export interface ResponseGroup {
  readonly slot: string | null;
  /** The slot's title with its number, as printed; empty for the report as a whole. */
  readonly title: string;
  /** The printed titles the slot stands under, outermost first. */
  readonly above: readonly string[];
  readonly rows: readonly ResponseRow[];
}

/** The table of comments and responses (*bảng tổng hợp, tiếp thu, giải trình*) as plain data. */
export interface ResponseTable {
  readonly counts: ResponseCounts;
  readonly groups: readonly ResponseGroup[];
}

/**
 * All comments that were not withdrawn, in the order of the draft, faithful and without remarks: comments on the report
 * first, then slot by slot. Comments with the same words on the same place and with the same answer become one row
 * that names everybody who made them.
 */
export function responseTable(report: Report): ResponseTable {
  const threads = report.threads.filter((thread) => !thread.comment.withdrawn);
  const bySlot = new Map<string | null, CommentThread[]>();
  for (const thread of threads) {
    const { target } = thread.comment;
    const slot = target.scope === "report" ? null : target.slot;
    const list = bySlot.get(slot);
    if (list) list.push(thread);
    else bySlot.set(slot, [thread]);
  }
  const titles = slotTitles(report);
  const groups = [...bySlot].map(([slot, list]) => {
    const { title, above } = titles.get(slot ?? "") ?? { title: slot ?? "", above: [] };
    return { slot, title, above, rows: rowsOf(list, report) };
  });
  return { counts: countsOf(report, threads), groups };
}

/** The printed title of every slot and of what it stands under. */
function slotTitles({ template, ruleSet, fields }: Report): Map<string, Pick<ResponseGroup, "title" | "above">> {
  const outline = numberOutline(template, ruleSet, fields);
  const above = titlesAbove(outline);
  return new Map(
    outline.map(({ slot, entry }) => [
      slot.id,
      { title: printedTitle(entry), above: (above.get(slot.id) ?? []).map(printedTitle) },
    ]),
  );
}

function rowsOf(threads: readonly CommentThread[], report: Report): ResponseRow[] {
  const same = new Map<string, CommentThread[]>();
  for (const thread of threads) {
    const key = sameness(thread);
    const list = same.get(key);
    if (list) list.push(thread);
    else same.set(key, [thread]);
  }
  return [...same.values()].flatMap((list) => {
    const first = list[0];
    return first ? [rowOf(first, list, report)] : [];
  });
}

function rowOf(first: CommentThread, list: readonly CommentThread[], report: Report): ResponseRow {
  const { comment, decision, place } = first;
  const { target } = comment;
  const authors = new Map(list.map(({ author }) => [author.id, { name: author.name, unit: author.unit }]));
  const state = threadState(first);
  return {
    ids: list.map((thread) => thread.comment.id),
    scope: target.scope,
    quote: target.scope === "cell" && place === null ? quotedCell(target.quote) : (quotation(comment)?.exact ?? null),
    cell: cellPlace(report, report.template, place),
    unplaced: isUnplaced(first),
    text: comment.text,
    proposal: comment.proposal ?? null,
    contributors: [...authors.values()],
    state: state === "withdrawn" ? "open" : state,
    outcome: decision?.outcome ?? null,
    response: decision?.response ?? "",
  };
}

/** Equal for two comments that stand in one row. */
function sameness({ comment, place, decision }: CommentThread): string {
  const { target } = comment;
  const where =
    place ?? (target.scope === "cell" ? [target.table, target.cell] : quotation({ target })?.exact) ?? target.scope;
  const answer = decision && [decision.outcome, plain(decision.response), decision.validatedAt !== undefined];
  return JSON.stringify([where, plain(comment.text), plain(comment.proposal ?? ""), answer]);
}

function plain(text: string): string {
  return text.normalize("NFC").replaceAll(/\s+/gu, " ").trim();
}

function countsOf(report: Report, threads: readonly CommentThread[]): ResponseCounts {
  const commenters = new Set(threads.map((thread) => thread.author.id));
  const asked = report.people.filter((person) => person.role === "delegate");
  const inState = (state: ThreadState): number => threads.filter((thread) => threadState(thread) === state).length;
  const withOutcome = (outcome: Outcome): number =>
    threads.filter((thread) => thread.decision?.outcome === outcome).length;
  return {
    asked: asked.length,
    commented: commenters.size,
    silent: asked.filter((person) => !commenters.has(person.id)).length,
    comments: threads.length,
    open: inState("open"),
    proposed: inState("proposed"),
    answered: inState("validated"),
    byOutcome: Object.fromEntries(OUTCOMES.map((outcome) => [outcome, withOutcome(outcome)])) as Record<
      Outcome,
      number
    >,
  };
}
