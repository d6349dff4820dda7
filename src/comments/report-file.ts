import type { Manifest, ReportFile } from "#collab";
import { docFrom, readSlot, readTable, readText, seedBody, slotText } from "#collab";
import type {
  Comment,
  CommentInput,
  CommentTarget,
  Decision,
  PersonInput,
  Report,
  ReportInput,
  Reply,
  Round,
  RuleSet,
  Template,
  Version,
} from "#model";
import { responseSuffices, roundOf, ruleSetInForce, say, slotsOf, tableGrid, tableOfInput, WIDEST_SPAN } from "#model";
import * as Y from "yjs";
import { anchorRange, wordsOf } from "./anchor.ts";
import { threadsOf } from "./board.ts";
import { byRound } from "./board-stances.ts";
import { cellTarget } from "./cell-anchor.ts";
import { decisionsMap, readAnswers } from "./decision.ts";
import {
  importCellMissing,
  importCommentIncomplete,
  importCommentSlotUnknown,
  importPersonTwice,
  importPersonUnknown,
  importQuoteMissing,
  importResponseMissing,
  importRoundsWrong,
  importRoundUnknown,
  importSlotMissing,
  importSlotUnknown,
  importTableRowMissing,
  importTableWide,
  importTimeWrong,
  roundMissing,
  versionMissing,
} from "./errors.ts";
import { putComment, putReply, readNotes } from "./notes.ts";

/** Where the ids and the time of a new report come from. `newId` gives 1 to 64 letters, digits, `-` or `_`, never twice the same. */
export interface Composer {
  readonly newId: () => string;
  /** UTC in ISO 8601 with milliseconds. */
  readonly now: string;
}

/**
 * A new report from plain data, as a report file. The same input and the same composer give the same file.
 *
 * `input` must fit `schemas/report.schema.json`; what a schema cannot say is checked here and named: a slot the template
 * has and the input has not, or the other way round; a quotation that does not stand in its slot; a person or round that
 * is not there; rounds that do not count 1, 2, 3 with only the last open; a decision without its response. Comments are
 * counted from 1 in these errors.
 */
export function composeReportFile(
  input: ReportInput,
  template: Template,
  reportId: string,
  composer: Composer,
): ReportFile {
  checkSlots(input, template);
  checkTables(input);
  checkPeople(input.people ?? []);
  const seed = `${reportId} ${composer.newId()} ${JSON.stringify(input)}`;

  const body = freshDoc(`${seed} body`);
  seedBody(body, template, input.fields, input.slots, composer.newId);
  const bodyState = Y.encodeStateAsUpdate(body);
  const chair = (input.people ?? []).find((person) => person.role === "chair")?.id ?? "import";
  const { rounds, versions } = composeRounds(input, chair, composer);

  const notes = new Map<string, Y.Doc>();
  const notesOf = (person: string): Y.Doc => {
    const doc = notes.get(person) ?? freshDoc(`${seed} notes ${person}`);
    notes.set(person, doc);
    return doc;
  };
  const decisions = freshDoc(`${seed} decisions`);
  for (const [index, given] of (input.comments ?? []).entries()) {
    checkComment(given, index + 1, input);
    const comment = composeComment(given, index + 1, body, composer.newId());
    putComment(notesOf(comment.author), comment);
    for (const answer of given.replies ?? []) {
      const reply: Reply = {
        id: composer.newId(),
        comment: comment.id,
        author: answer.author,
        text: answer.text,
        createdAt: instant(answer.createdAt),
        withdrawn: false,
      };
      putReply(notesOf(reply.author), reply);
    }
    if (given.decision) decisionsMap(decisions).set(comment.id, composeDecision(given.decision, comment.id));
  }

  const manifest: Manifest = {
    format: "tongket",
    version: 1,
    report: { id: reportId, sample: input.sample ?? false, createdAt: composer.now },
    template,
    ruleSet: input.ruleSet ?? template.ruleSet,
    people: input.people ?? [],
    rounds,
    versions,
  };
  return {
    manifest,
    body: bodyState,
    decisions: Y.encodeStateAsUpdate(decisions),
    notes: new Map([...notes].map(([person, doc]) => [person, Y.encodeStateAsUpdate(doc)])),
    versions: new Map(versions.map((version) => [version.id, bodyState])),
  };
}

/**
 * The plain report that a file holds, with its comments placed in the present text. Total for every file that was read:
 * what its documents hold beyond a report is passed over. `named` is the rule set its manifest names, `ruleSets` are
 * those there are: the report prints by the one in force on its date, with its organisation's own values.
 */
export function assembleReport(file: ReportFile, named: RuleSet, ruleSets: Iterable<RuleSet> = []): Report {
  const { manifest } = file;
  const body = docFrom(file.body);
  const text = readText(body, manifest.template);
  const notes = [...file.notes].map(([person, update]) => readNotes(docFrom(update), person));
  return {
    ...reportOf(manifest, text, ruleSetInForce(named, text.fields, ruleSets)),
    threads: threadsOf({
      template: manifest.template,
      people: manifest.people,
      notes,
      ...readAnswers(docFrom(file.decisions)),
      body,
    }),
    stances: notes.flatMap(({ stances }) => stances).sort(byRound),
  };
}

/**
 * The report as it was sent out in a round: its frozen text, and no comments. Without a number the round is the open one,
 * or else the newest. Rule sets as for {@link assembleReport}. Throws `round-missing` where there is none, `version-missing` where the file has not its text.
 */
export function frozenReport(
  { manifest, versions }: Pick<ReportFile, "manifest" | "versions">,
  named: RuleSet,
  number?: number,
  ruleSets: Iterable<RuleSet> = [],
): Report {
  const round = roundOf(manifest.rounds, number);
  if (!round) throw roundMissing(number ?? 1);
  const state = versions.get(round.version);
  if (!state) throw versionMissing(round.version);
  const text = readText(docFrom(state), manifest.template);
  const ruleSet = ruleSetInForce(named, text.fields, ruleSets);
  return { ...reportOf(manifest, text, ruleSet), threads: [], stances: [] };
}

/** What a file says of a report beside what people said about it. */
function reportOf(
  { report, template, people, rounds, versions }: ReportFile["manifest"],
  text: ReturnType<typeof readText>,
  ruleSet: RuleSet,
): Omit<Report, "threads" | "stances"> {
  return { id: report.id, sample: report.sample, template, ruleSet, ...text, people, rounds, versions };
}

function checkSlots(input: ReportInput, template: Template): void {
  const slots = slotsOf(template);
  for (const slot of slots) {
    if (!Object.hasOwn(input.slots, slot.id)) throw importSlotMissing(slot.id, slot.title.vi);
  }
  for (const id of Object.keys(input.slots)) {
    if (!slots.some((slot) => slot.id === id)) throw importSlotUnknown(id, template.id);
  }
}

function checkTables(input: ReportInput): void {
  for (const [slot, blocks] of Object.entries(input.slots)) {
    let number = 0;
    for (const block of blocks) {
      if (typeof block === "string" || !("rows" in block)) continue;
      number++;
      const rows = block.rows.length;
      const last = Math.max(block.headerRows ?? 0, ...(block.totals ?? []));
      if (last > rows) throw importTableRowMissing(slot, number, last, rows);
      const { columns } = tableGrid(tableOfInput(block, ""));
      if (columns > WIDEST_SPAN) throw importTableWide(slot, number, columns, WIDEST_SPAN);
    }
  }
}

function checkPeople(people: readonly PersonInput[]): void {
  const seen = new Set<string>();
  for (const { id } of people) {
    if (seen.has(id)) throw importPersonTwice(id);
    seen.add(id);
  }
}

function checkComment(comment: CommentInput, number: number, input: ReportInput): void {
  const replies = comment.replies ?? [];
  const { decision } = comment;
  const named = [comment.author, ...replies.map((reply) => reply.author), decision?.proposedBy, decision?.validatedBy];
  for (const person of named) {
    if (person === undefined || input.people?.some((known) => known.id === person)) continue;
    throw importPersonUnknown(person, number);
  }
  const { round } = comment;
  if (round !== 0 && !input.rounds?.some((known) => known.number === round)) throw importRoundUnknown(round, number);
  if (comment.slot !== undefined && !Object.hasOwn(input.slots, comment.slot)) {
    throw importCommentSlotUnknown(comment.slot, number);
  }
  const words = comment.text.trim() !== "" || comment.proposal !== undefined;
  const places = [comment.quote, comment.cell].filter((place) => place !== undefined);
  if (!words || places.length > 1 || (places.length > 0 && comment.slot === undefined)) {
    throw importCommentIncomplete(number);
  }
  if (comment.proposal !== undefined && comment.quote === undefined) throw importCommentIncomplete(number);
  if (decision && !responseSuffices(decision.outcome, decision.response)) throw importResponseMissing(number);
}

function composeRounds(
  input: ReportInput,
  chair: string,
  composer: Composer,
): { rounds: Round[]; versions: Version[] } {
  const rounds: Round[] = [];
  const versions: Version[] = [];
  const given = (input.rounds ?? []).toSorted((a, b) => a.number - b.number);
  for (const [index, { number, openedAt, deadline, closedAt }] of given.entries()) {
    if (number !== index + 1 || (closedAt === undefined && index + 1 < given.length)) throw importRoundsWrong(number);
    const version = composer.newId();
    const name = say("vi", "round.name", { round: number });
    versions.push({ id: version, name, createdAt: instant(openedAt), createdBy: chair, round: number });
    rounds.push({
      number,
      version,
      openedAt: instant(openedAt),
      ...(deadline === undefined ? {} : { deadline: instant(deadline) }),
      ...(closedAt === undefined ? {} : { closedAt: instant(closedAt) }),
    });
  }
  return { rounds, versions };
}

function composeComment(given: CommentInput, number: number, body: Y.Doc, id: string): Comment {
  return {
    id,
    author: given.author,
    round: given.round,
    target: composeTarget(given, number, body),
    kind: given.kind,
    text: given.text,
    ...(given.proposal === undefined ? {} : { proposal: given.proposal }),
    createdAt: instant(given.createdAt),
    withdrawn: given.withdrawn ?? false,
  };
}

function composeTarget(given: CommentInput, number: number, body: Y.Doc): CommentTarget {
  const { slot, quote } = given;
  if (slot === undefined) return { scope: "report" };
  if (given.cell) return composeCellTarget(slot, given.cell, number, body);
  if (quote === undefined) return { scope: "slot", slot };
  const text = slotText(body, slot);
  const from = indexOfOccurrence(wordsOf(text), quote, given.occurrence ?? 1);
  if (from < 0 || quote.trim() === "") throw importQuoteMissing(slot, quote, number);
  return { scope: "range", slot, ...anchorRange(text, from, from + quote.length) };
}

function composeCellTarget(
  slot: string,
  cell: NonNullable<CommentInput["cell"]>,
  number: number,
  body: Y.Doc,
): CommentTarget {
  const tables = readSlot(slotText(body, slot)).flatMap(({ table }) => table ?? []);
  const id = tables[cell.table - 1]?.id;
  const table = id === undefined ? null : readTable(body, id);
  const at = table && tableGrid(table).rows[cell.row - 1]?.find(({ column }) => column === cell.column - 1);
  const target = table && at?.cell ? cellTarget(slot, table, at.cell.id) : null;
  if (!target) throw importCellMissing(slot, cell, number);
  return target;
}

function composeDecision(given: NonNullable<CommentInput["decision"]>, comment: string): Decision {
  const { outcome, response, proposedBy, proposedAt, validatedBy, validatedAt } = given;
  const proposal: Decision = { comment, outcome, response, proposedBy, proposedAt: instant(proposedAt) };
  if (validatedBy === undefined || validatedAt === undefined) return proposal;
  return { ...proposal, validatedBy, validatedAt: instant(validatedAt) };
}

/** Where `words` stands in `text` for the `occurrence`th time (from 1), or -1. */
function indexOfOccurrence(text: string, words: string, occurrence: number): number {
  let at = text.indexOf(words);
  for (let n = 1; n < occurrence && at >= 0; n++) at = text.indexOf(words, at + 1);
  return at;
}

/** An instant of any offset in the one form records use. */
function instant(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) throw importTimeWrong(time);
  return date.toISOString();
}

/**
 * A document whose client id comes from `seed`: whatever is put in under one id is the same each time, as Yjs demands.
 * So the seed of a report holds all that goes into it.
 */
function freshDoc(seed: string): Y.Doc {
  const doc = new Y.Doc();
  let hash = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193);
  doc.clientID = hash >>> 0;
  return doc;
}
