import { Paragraph } from "docx";
import type { ICommentOptions } from "docx";
import type { CommentThread, Decision, Outcome, Person, Report } from "#model";
import {
  excerpt,
  initials,
  isUnplaced,
  numberOutline,
  placeOfPart,
  plainMentions,
  printedTitle,
  quotedCell,
  quotedPlaces,
  say,
  VIETNAM_OFFSET,
  voiceOf,
  voiceWords,
} from "#model";
import type { NumberedThread } from "./comment-anchors.ts";
import { printedRange } from "./comment-anchors.ts";
import { STYLE } from "./paragraph-style.ts";
import { printable, textRun } from "./printable.ts";
import type { TrackedWordings } from "./tracked-wording.ts";
import { NOTHING_TRACKED, trackWordings } from "./tracked-wording.ts";

/** One comment as Word keeps it. */
export interface WordComment {
  readonly number: number;
  readonly author: string;
  /** UTC, milliseconds since 1970. */
  readonly time: number;
  readonly durableId: string;
  /** What it says. */
  readonly text: string;
  readonly options: ICommentOptions;
}

/** The comments of a draft, threads numbered in the order of the report, each followed by its replies. */
export interface WordComments {
  readonly threads: readonly NumberedThread[];
  readonly comments: readonly WordComment[];
  /** Wordings that they propose and that are written into the text; none unless asked for. */
  readonly tracked: TrackedWordings;
}

export const NO_COMMENTS: WordComments = { threads: [], comments: [], tracked: NOTHING_TRACKED };

/**
 * All comments that were not withdrawn, as Word comments. Replies are Word replies of one level; a decision is the last
 * reply, by who validated it or else proposed it; a thread is resolved once its decision is validated. In Word a comment
 * has one range: at each further place that it is about stands a note of its author's that says so, everywhere where it
 * is placed, or at all of them (`everyPart`). `fallback` is the time of what bears none that can be read.
 */
export function wordComments(
  report: Report,
  fallback: number,
  { track = false, everyPart = false }: { readonly track?: boolean; readonly everyPart?: boolean } = {},
): WordComments {
  const author = authorNames(report.people);
  const timeOf = (at: string): number => (Number.isNaN(Date.parse(at)) ? fallback : Date.parse(at));
  const tracked = track
    ? trackWordings(
        report,
        (thread) => author(thread.author),
        ({ comment }) => timeOf(comment.createdAt),
      )
    : NOTHING_TRACKED;
  const titleOf = slotTitles(report);
  const durable = durableIds();
  const threads: NumberedThread[] = [];
  const comments: WordComment[] = [];
  const add = (
    entry: { id: string; by: Person; at: string; paragraphs: readonly string[] },
    extra: Pick<ICommentOptions, "parentId" | "resolved">,
  ): number => {
    const number = comments.length;
    const time = timeOf(entry.at);
    const durableId = durable(entry.id);
    const name = author(entry.by);
    comments.push({
      number,
      author: name,
      time,
      durableId,
      text: entry.paragraphs.join("\n"),
      options: {
        id: number,
        author: name,
        initials: initials(entry.by.name),
        // Word reads this as the clock on the wall, whatever zone is written behind it.
        date: new Date(time + VIETNAM_OFFSET),
        durableId,
        children: entry.paragraphs.map((text) => new Paragraph({ style: STYLE.comment, children: [textRun(text)] })),
        ...extra,
      },
    });
    return number;
  };

  for (const thread of report.threads) {
    const { comment, decision } = thread;
    if (comment.withdrawn) continue;
    const resolved = decision?.validatedAt !== undefined;
    const why = tracked.notWritten.get(comment.id);
    const entry = {
      id: comment.id,
      by: thread.author,
      at: comment.createdAt,
      paragraphs: [...commentParagraphs(thread, report, titleOf), ...(why ? [say("vi", `print.comment.${why}`)] : [])],
    };
    const numbers = [add(entry, { resolved })];
    const parentId = numbers[0] ?? 0;
    for (const { reply, author: by } of thread.replies) {
      if (reply.withdrawn) continue;
      const entry = {
        id: reply.id,
        by,
        at: reply.createdAt,
        paragraphs: plainMentions(reply.text, report.people).split("\n"),
      };
      numbers.push(add(entry, { parentId, resolved }));
    }
    if (decision) {
      const by = report.people.find((person) => person.id === decider(decision)) ?? unknown(decider(decision));
      const at = decision.validatedAt ?? decision.proposedAt;
      const entry = { id: `decision ${comment.id}`, by, at, paragraphs: decisionParagraphs(decision) };
      numbers.push(add(entry, { parentId, resolved }));
    }
    threads.push({ thread, numbers, part: 0 });
    const [first = "", ...others] = quotedPlaces(comment.target);
    for (const index of others.keys()) {
      const part = index + 1;
      if (!everyPart && !isPrintedPart(thread, part, report)) continue;
      const paragraphs = [say("vi", "print.comment.alsoHere", { quote: excerpt(first) })];
      const note = { id: `also ${comment.id} ${part}`, by: thread.author, at: comment.createdAt, paragraphs };
      threads.push({ thread, numbers: [add(note, { resolved })], part });
    }
  }
  return { threads, comments, tracked };
}

/** True where one of a comment's ranges surely stands on words that are printed. */
function isPrintedPart(thread: CommentThread, part: number, { slots }: Report): boolean {
  const place = placeOfPart(thread, part);
  return place !== null && !place.uncertain && printedRange(slots[place.slot] ?? [], place.from, place.to) !== null;
}

/** The printed title of every slot. */
function slotTitles({ template, ruleSet, fields }: Report): (slot: string) => string {
  const titles = new Map(
    numberOutline(template, ruleSet, fields).map(({ slot, entry }) => [slot.id, printedTitle(entry)]),
  );
  return (slot) => titles.get(slot) ?? "";
}

function decider(decision: Decision): string {
  return decision.validatedBy ?? decision.proposedBy;
}

function unknown(id: string): Person {
  return { id, name: id, unit: "", role: "reader" };
}

/** Two people of one name are told apart by their units. */
function authorNames(people: readonly Person[]): (person: Person) => string {
  const count = new Map<string, number>();
  for (const { name } of people) count.set(name, (count.get(name) ?? 0) + 1);
  return ({ name, unit }) => printable((count.get(name) ?? 0) > 1 && unit !== "" ? `${name} (${unit})` : name).trim();
}

function commentParagraphs(thread: CommentThread, report: Report, titleOf: (slot: string) => string): string[] {
  const { proposal, target, kind } = thread.comment;
  const text = plainMentions(thread.comment.text, report.people);
  const out = text.trim() === "" ? [] : text.split("\n");
  const voice = voiceOf(report.stances, thread.comment);
  const notes = [
    kind === "other" ? "" : say("vi", `kind.${kind}`),
    voice ? say("vi", "voice.speaks", { voice: voiceWords("vi", voice, report.ruleSet) }) : "",
    thread.comment.late ? say("vi", "voice.late") : "",
  ].filter((note) => note !== "");
  if (notes.length > 0) out[0] = `(${notes.join(", ")}) ${out[0] ?? ""}`.trim();
  for (const quote of quotedPlaces(target).slice(1)) out.push(say("vi", "print.comment.also", { quote }));
  if (proposal !== undefined) out.push(say("vi", "print.comment.proposal", { proposal }));
  if (isUnplaced(thread)) {
    if (target.scope === "cell") out.push(say("vi", "print.comment.cellGone", { quote: quotedCell(target.quote) }));
    if (target.scope === "range") out.push(say("vi", "print.comment.unplaced", { quote: target.quote.exact }));
    if (thread.place?.uncertain) {
      out.push(say("vi", "print.comment.uncertain", { title: titleOf(thread.place.slot) }));
    }
  }
  return out.length > 0 ? out : [""];
}

function decisionParagraphs({ outcome, response, validatedAt }: Decision): string[] {
  const lines = answerLines(outcome, response);
  return validatedAt === undefined ? [...lines, say("vi", "print.responses.proposed")] : lines;
}

/** What the committee answers: the outcome in its fixed words, unless the response begins with them, then the response. */
export function answerLines(outcome: Outcome, response: string): string[] {
  const said = say("vi", `print.outcome.${outcome}`);
  const words = response.trim();
  if (words === "") return [`${said}.`];
  const begins = words.toLocaleLowerCase("vi").startsWith(said.toLocaleLowerCase("vi"));
  return begins ? words.split("\n") : [`${said}:`, ...words.split("\n")];
}

/** Eight hexadecimal figures made from an id, always the same for it, below 0x80000000, and never twice in a file. */
function durableIds(): (id: string) => string {
  const taken = new Set<number>();
  return (id) => {
    let hash = 0x811c9dc5;
    for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
    let value = (hash >>> 1) % 0x7ffffffe || 1;
    while (taken.has(value)) value = (value % 0x7ffffffd) + 1;
    taken.add(value);
    return value.toString(16).toUpperCase().padStart(8, "0");
  };
}
