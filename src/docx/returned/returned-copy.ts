import type { Person, Remark, RemarkTarget, ReturnedCopy } from "#model";
import { likeness, say } from "#model";
import type { ChangeRemark, LaidCopy } from "./copy-changes.ts";
import { changesOf } from "./copy-changes.ts";
import { copyLines } from "./copy-lines.ts";
import { CopyMap } from "./copy-map.ts";
import { copyAuthors } from "./copy-people.ts";
import { Targets } from "./copy-targets.ts";
import type { DraftText, SentDraft } from "./draft-units.ts";
import { paragraphsOf } from "./draft-units.ts";
import { textKey } from "./line-diff.ts";
import { matchLines } from "./match-lines.ts";
import { matchTables } from "./match-tables.ts";
import type { SentComment } from "./sent-comments.ts";
import type { WordComment, WordFile, WordSpot } from "../read/word-file.ts";

/** What a returned copy is compared with. */
export interface SentRound {
  readonly text: DraftText;
  readonly draft: SentDraft;
  readonly people: readonly Person[];
  /** Everything that may have been in the file when it went out. */
  readonly comments: readonly SentComment[];
}

/** Below this share of the draft's blocks a file is no copy of the whole. */
const WHOLE = 0.7;

/** From this likeness on a block is the nearest guess. */
const NEAR = 0.15;

/** What the file itself says of where it came from. */
export function copyMarks({
  properties,
}: WordFile): Pick<ReturnedCopy, "report" | "round" | "draft"> & { person: string | null } {
  const round = Number(properties["TongketRound"]);
  return {
    report: properties["TongketReport"] ?? null,
    round: Number.isInteger(round) && round > 0 ? round : null,
    draft: properties["TongketDraft"] ?? null,
    person: properties["TongketPerson"] ?? null,
  };
}

/**
 * Reads what people said in a returned copy. Whatever its words are, every comment and every change is in the result.
 * `name` is that of the file: where nothing else tells who wrote in it, a name in it is the likeliest.
 */
export function readReturnedCopy(file: WordFile, sent: SentRound, name = ""): ReturnedCopy {
  const { draft } = sent;
  const tables = matchTables(file, draft);
  const lines = copyLines(file, (table) => tables.has(table));
  const match = matchLines(lines.lines, draft);
  const map = new CopyMap(draft, lines, match);
  const targets = new Targets(sent.text.template, draft, lines, match, map);
  const blocks = draft.units.flatMap(({ subject, text }, unit) =>
    subject.type === "block" && text.trim() !== "" ? [unit] : [],
  );
  const found = blocks.filter((unit) => match.ofUnit.has(unit)).length;
  const copy: LaidCopy = { draft, lines, match, map, targets, tables, partial: found < blocks.length * WHOLE };
  const changes = changesOf(copy);
  const { person, ...marks } = copyMarks(file);
  const { remarks: comments, ours } = commentRemarks(file, sent, copy, changes);
  const remarks = [...comments, ...changes.map(changeRemark)];
  return {
    ...marks,
    authors: copyAuthors(remarks, sent.people, person, name),
    remarks,
    ours,
    blocks: { found, all: blocks.length },
    partial: copy.partial,
  };
}

function changeRemark({ dates, author, added: _added, ...rest }: ChangeRemark): Remark {
  const first = dates.filter((date) => date !== "").toSorted()[0] ?? "";
  return {
    ...rest,
    source: author === null ? "silent" : "tracked",
    author: author ?? "",
    stamp: stampOf(first),
    at: instantOf(stampOf(first), ""),
    durableId: "",
    guess: null,
    answers: null,
  };
}

/** Comments and replies that were not ours, replies behind what they answer. */
function commentRemarks(
  file: WordFile,
  sent: SentRound,
  copy: LaidCopy,
  changes: readonly ChangeRemark[],
): { remarks: Remark[]; ours: number } {
  const ours = new Map<string, string>();
  for (const comment of file.comments) {
    const known = knownComment(comment, sent.comments);
    if (known) ours.set(comment.id, known.comment);
  }
  const cells = cellsOf(copy);
  const fresh = file.comments.filter(({ id }) => !ours.has(id));
  const remarks: Remark[] = [];
  const places = new Map<string, number>();
  for (const comment of fresh.toSorted((a, b) => Number(a.parent !== null) - Number(b.parent !== null))) {
    const root = comment.parent;
    const answered = root === null ? undefined : ours.get(root);
    const place = root === null ? undefined : places.get(root);
    const about = placeOf(comment, copy, changes, cells);
    const isReply = answered !== undefined || place !== undefined;
    places.set(comment.id, remarks.length);
    const words = comment.text.normalize("NFC").trim();
    const said = words === "" ? say("vi", "returned.empty") : words;
    const quote = comment.quote.replaceAll(/\s+/gu, " ").trim();
    remarks.push({
      source: isReply ? "reply" : "comment",
      author: comment.author.trim(),
      stamp: stampOf(comment.date),
      at: instantOf(stampOf(comment.date), comment.dateUtc),
      durableId: comment.durableId,
      kind: "other",
      text: about.named || isReply || quote === "" ? said : say("vi", "returned.about", { words: quote, text: said }),
      target: about.target,
      quote,
      placed: isReply || about.placed,
      guess: isReply || about.placed ? null : guessOf(quote, copy),
      answers: answered !== undefined ? { comment: answered } : place !== undefined ? { remark: place } : null,
    });
  }
  return { remarks, ours: ours.size };
}

/** How much of a time a file keeps at least: a `.doc` cuts it off behind the minute. */
const TO_THE_MINUTE = "2022-01-05T09:35".length;

/** The comment of ours that one in the file is: by its id, or, where the file lost it, by author and time or note. */
function knownComment(
  { durableId, author, date, text }: WordComment,
  ours: readonly SentComment[],
): SentComment | null {
  const mine = ours.filter((one) => textKey(one.author) === textKey(author));
  const said = textKey(text);
  const byId =
    (durableId === "" ? undefined : mine.find((one) => one.durableId === durableId)) ??
    mine.find(({ note }) => note !== null && textKey(note) === said);
  const stamp = stampOf(date);
  if (byId || stamp === "") return byId ?? null;
  const minute = durableId === "" && stamp.endsWith(":00") ? stamp.slice(0, TO_THE_MINUTE) : stamp;
  return mine.find((one) => one.stamp === stamp) ?? mine.find((one) => one.stamp.startsWith(minute)) ?? null;
}

interface Placed {
  readonly target: RemarkTarget;
  /** False where the target does not tell which words are meant. */
  readonly named: boolean;
  readonly placed: boolean;
}

type CellOfParagraph = ReadonlyMap<number, { readonly target: RemarkTarget; readonly known: boolean }>;

/** The cell of the draft in which each paragraph of a table stands. */
function cellsOf({ tables }: LaidCopy): CellOfParagraph {
  const found = new Map<number, { target: RemarkTarget; known: boolean }>();
  for (const [table, match] of tables) {
    const { slot, table: id } = match.draft;
    for (const [index, row] of table.rows.entries()) {
      for (const cell of row) {
        const known = match.cell(index, cell);
        const target: RemarkTarget =
          known === null ? { scope: "slot", slot } : { scope: "cell", slot, table: id, cell: known };
        for (const block of cell.blocks) {
          for (const { index: at } of paragraphsOf(block)) found.set(at, { target, known: known !== null });
        }
      }
    }
  }
  return found;
}

function placeOf(
  { range }: WordComment,
  copy: LaidCopy,
  changes: readonly ChangeRemark[],
  cells: CellOfParagraph,
): Placed {
  const nowhere: Placed = { target: { scope: "report" }, named: false, placed: false };
  if (!range) return nowhere;
  const from = firstLine(range.from, range.to, copy);
  const to = lastLine(range.from, range.to, copy);
  if (from === null || to === null) {
    const cell = cells.get(range.from.paragraph);
    if (!cell) return nowhere;
    const sameCell = sameTarget(cell.target, cells.get(range.to.paragraph)?.target);
    return { target: cell.target, named: cell.known && sameCell, placed: true };
  }
  const { map, targets } = copy;
  const { pieces, added } = targets.between(
    { line: from.line, place: map.place(from.spot, "start") },
    { line: to.line, place: map.place(to.spot, "end") },
  );
  const chosen = pieces.filter((piece) => piece.from < piece.to);
  if (added.length > 0 && chosen.length === 0) {
    const change = changes.find((one) => one.added.includes(added[0] ?? -1));
    if (!change) return nowhere;
    const placed = change.target.scope !== "report";
    return { target: change.target, named: false, placed };
  }
  const found = targets.of(pieces);
  return found ? { ...found, placed: true } : nowhere;
}

/** Where a range begins in a line; one that begins in a table begins with the first line behind it. */
function firstLine(from: WordSpot, to: WordSpot, { map }: LaidCopy): { line: number; spot: WordSpot } | null {
  for (let paragraph = from.paragraph; paragraph <= to.paragraph; paragraph++) {
    const line = map.lineOf(paragraph);
    if (line !== null) return { line, spot: paragraph === from.paragraph ? from : { paragraph, at: 0 } };
  }
  return null;
}

function lastLine(from: WordSpot, to: WordSpot, { map }: LaidCopy): { line: number; spot: WordSpot } | null {
  for (let paragraph = to.paragraph; paragraph >= from.paragraph; paragraph--) {
    const line = map.lineOf(paragraph);
    const end = Number.MAX_SAFE_INTEGER;
    if (line !== null) return { line, spot: paragraph === to.paragraph ? to : { paragraph, at: end } };
  }
  return null;
}

function sameTarget(a: RemarkTarget, b: RemarkTarget | undefined): boolean {
  return b !== undefined && JSON.stringify(a) === JSON.stringify(b);
}

/** The block that says most nearly what a remark without a place stands on. */
function guessOf(quote: string, { draft, targets }: LaidCopy): Remark["guess"] {
  let best: { score: number; guess: NonNullable<Remark["guess"]> } | null = null;
  for (const [unit, { subject }] of draft.units.entries()) {
    if (subject.type !== "block") continue;
    const text = targets.words(unit);
    const score = quote === "" ? 0 : text.includes(quote) ? 1 : likeness(quote, text);
    if (score >= NEAR && score > (best?.score ?? 0)) {
      best = { score, guess: { slot: subject.slot, block: subject.block, text } };
    }
  }
  return best?.guess ?? null;
}

/** A date of a file as far as seconds; empty where it is none. */
export function stampOf(date: string): string {
  const stamp = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/.exec(date)?.[0] ?? "";
  return stamp !== "" && !Number.isNaN(Date.parse(`${stamp}Z`)) ? stamp : "";
}

/** Vietnam keeps one time zone all year: Word's clock on the wall is seven hours ahead. */
function instantOf(stamp: string, dateUtc: string): string {
  const utc = Date.parse(dateUtc);
  if (!Number.isNaN(utc)) return new Date(utc).toISOString();
  return stamp === "" ? "" : new Date(`${stamp}+07:00`).toISOString();
}
