import type { CellPlace } from "./cell-place.ts";
import { cellPlace } from "./cell-place.ts";
import type { CommentKind, CommentTarget, CommentThread, Outcome, ThreadState } from "./comment.ts";
import { isUnplaced, OUTCOMES, quotation, quotedWords, threadState } from "./comment.ts";
import { plainMentions } from "./mention.ts";
import { numberOutline, printedTitle, titlesAbove } from "./numbering.ts";
import type { Language } from "./language.ts";
import { say } from "./language.ts";
import type { Report } from "./report.ts";
import type { ThreadRow } from "./thread-row.ts";
import { rowState, threadRows, threadsOfRow } from "./thread-row.ts";
import { agreeingPeople } from "./round-answers.ts";
import type { Voice } from "./stance.ts";
import { voiceOf, voiceWords } from "./stance.ts";

/** What the opening of the table says. Withdrawn comments count nowhere. */
export interface ResponseCounts {
  /** Delegates who were asked. */
  readonly asked: number;
  /** People who made at least one comment, delegates or not. */
  readonly commented: number;
  /** Delegates who were asked, made none, and said that they agree. */
  readonly agreed: number;
  /** Delegates who were asked, made none and said nothing. */
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

/** What was said in a row, and by whom: comments of the same words on the same place are told once. */
export interface ResponseRemark {
  /** Of the comments, in the order of the report's threads. */
  readonly ids: readonly string[];
  /** The words commented on, where they are not those of the row. */
  readonly quote: string | null;
  /** May be empty where a wording is proposed. */
  readonly text: string;
  readonly proposal: string | null;
  /** The words that the proposed wording would stand in place of; null where none is proposed. */
  readonly replaces: string | null;
  /** Each person once. */
  readonly contributors: readonly Contributor[];
}

/** Who made a comment of a row. */
export interface Contributor {
  readonly name: string;
  readonly unit: string;
  /** For whom they spoke; null where for nobody else. */
  readonly voice: Voice | null;
  /** True where the comment came after its round was closed. */
  readonly late: boolean;
}

/** One row: a comment, or several people's comments that say the same on the same place, or that were merged. */
export interface ResponseRow {
  /** Of the comments in this row, the one that leads first. */
  readonly ids: readonly string[];
  readonly scope: CommentTarget["scope"];
  /** The words commented on; null for a comment on a slot or on the report. */
  readonly quote: string | null;
  /** Where the cell stands that the comment is about; null for one about anything else, or about a cell that is gone. */
  readonly cell: CellPlace | null;
  /** True where those words, or that cell, are no longer in the text. */
  readonly unplaced: boolean;
  readonly remarks: readonly ResponseRemark[];
  /** Everybody who made one of them, each person once. */
  readonly contributors: readonly Contributor[];
  /** Each once: what they ask for, and the rounds they belong to. */
  readonly kinds: readonly CommentKind[];
  readonly rounds: readonly number[];
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
  /** The delegates who said that they agree, and made no comment. */
  readonly agreeing: readonly Contributor[];
  readonly groups: readonly ResponseGroup[];
}

/**
 * All comments that were not withdrawn, in the order of the draft, faithful and without remarks: comments on the report
 * first, then slot by slot. Comments that were merged become one row that names everybody who made them; so do comments
 * with the same words on the same place and with the same answer.
 */
export function responseTable(report: Report): ResponseTable {
  const threads = report.threads.filter((thread) => !thread.comment.withdrawn);
  const bySlot = new Map<string | null, ThreadRow[]>();
  for (const row of threadRows(threads)) {
    const { target } = row.leading.comment;
    const slot = target.scope === "report" ? null : target.slot;
    const list = bySlot.get(slot);
    if (list) list.push(row);
    else bySlot.set(slot, [row]);
  }
  const titles = slotTitles(report);
  const groups = [...bySlot].map(([slot, list]) => {
    const { title, above } = titles.get(slot ?? "") ?? { title: slot ?? "", above: [] };
    return { slot, title, above, rows: rowsOf(list, report) };
  });
  const agreeing = agreeingPeople(report).map(({ id, name, unit }): Contributor => {
    const stance = report.stances.findLast(({ author, agrees }) => author === id && agrees);
    return { name, unit, voice: stance?.voice ?? null, late: stance?.late === true };
  });
  return { counts: countsOf(report, threads), agreeing, groups };
}

/** Who made a comment, in a line: the name, then the unit, or for whom the person spoke. */
export function contributorWords(
  language: Language,
  { name, unit, voice, late }: Contributor,
  ruleSet: Report["ruleSet"],
): string {
  const who = voice ? say(language, "voice.speaks", { voice: voiceWords(language, voice, ruleSet) }) : unit;
  return [name, who, late ? say(language, "voice.late") : ""].filter((part) => part !== "").join(", ");
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

function rowsOf(rows: readonly ThreadRow[], report: Report): ResponseRow[] {
  const same = groupedBy(rows, (row) =>
    // A row that was merged is its own; it takes in whoever says what leads it.
    JSON.stringify([sameWords(row.leading), answerOf(row.leading), rowState(row)]),
  );
  return same.flatMap((list) => {
    const [first] = list;
    return first ? [rowOf(first.leading, list, report)] : [];
  });
}

function rowOf(leading: CommentThread, rows: readonly ThreadRow[], report: Report): ResponseRow {
  const { comment, decision, place } = leading;
  const threads = rows.flatMap(threadsOfRow);
  const quote = quoteOf(leading);
  const state = rows[0] ? rowState(rows[0]) : "open";
  return {
    ids: threads.map((thread) => thread.comment.id),
    scope: comment.target.scope,
    quote,
    cell: cellPlace(report, report.template, place?.uncertain ? null : place),
    unplaced: isUnplaced(leading),
    remarks: groupedBy(threads, sameWords).flatMap((list): ResponseRemark[] => {
      const [first] = list;
      if (!first) return [];
      const own = quoteOf(first);
      return [
        {
          ids: list.map((thread) => thread.comment.id),
          quote: own === quote ? null : own,
          text: plainMentions(first.comment.text, report.people),
          proposal: first.comment.proposal ?? null,
          replaces: first.comment.proposal === undefined ? null : (quotation(first.comment)?.exact ?? null),
          contributors: contributorsOf(list, report),
        },
      ];
    }),
    contributors: contributorsOf(threads, report),
    kinds: [...new Set(threads.map((thread) => thread.comment.kind))],
    rounds: [...new Set(threads.map((thread) => thread.comment.round))].toSorted((a, b) => a - b),
    state: state === "withdrawn" ? "open" : state,
    outcome: decision?.outcome ?? null,
    response: decision?.response ?? "",
  };
}

function quoteOf({ comment: { target }, place }: CommentThread): string | null {
  return target.scope === "cell" && place !== null ? target.quote.exact : quotedWords(target);
}

function contributorsOf(threads: readonly CommentThread[], { stances }: Report): Contributor[] {
  const authors = new Map(
    threads.map(({ author, comment }): [string, Contributor] => [
      author.id,
      { name: author.name, unit: author.unit, voice: voiceOf(stances, comment), late: comment.late === true },
    ]),
  );
  return [...authors.values()];
}

/** The items of equal keys together, in the order of the first of each. */
function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

/** Equal for two comments that say the same on the same place. */
function sameWords({ comment, place }: CommentThread): string {
  const { target } = comment;
  const where =
    (place?.uncertain ? null : place) ??
    (target.scope === "cell" ? [target.table, target.cell] : quotation({ target })?.exact) ??
    target.scope;
  const slot = target.scope === "report" ? null : target.slot;
  return JSON.stringify([slot, where, plain(comment.text), plain(comment.proposal ?? "")]);
}

function answerOf({ decision }: CommentThread): unknown {
  return decision && [decision.outcome, plain(decision.response)];
}

function plain(text: string): string {
  return text.normalize("NFC").replaceAll(/\s+/gu, " ").trim();
}

function countsOf(report: Report, threads: readonly CommentThread[]): ResponseCounts {
  const commenters = new Set(threads.map((thread) => thread.author.id));
  const asked = report.people.filter((person) => person.role === "delegate");
  const agreeing = new Set(agreeingPeople(report).map(({ id }) => id));
  const inState = (state: ThreadState): number => threads.filter((thread) => threadState(thread) === state).length;
  const withOutcome = (outcome: Outcome): number =>
    threads.filter((thread) => thread.decision?.outcome === outcome).length;
  return {
    asked: asked.length,
    commented: commenters.size,
    agreed: agreeing.size,
    silent: asked.filter((person) => !commenters.has(person.id) && !agreeing.has(person.id)).length,
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
