import { docFrom } from "#collab";
import { assembleReport, takeCopies, writeRecords } from "#comments";
import type { CopyToTake, TakenCopies } from "#comments";
import { copyMarks, readReturnedCopy, readWordFile, sentRound } from "#docx";
import type { SentRound } from "#docx";
import type { CommentThread, Place, Report, ReturnedCopy } from "#model";
import * as Y from "yjs";
import { convertWithOffice } from "../support/office.ts";
import { random } from "../support/random.ts";
import { PROGRAMS, resaved } from "../support/resaved.ts";
import type { Expected, MadeCopy } from "./copies.ts";
import type { World } from "./world.ts";

/** A copy that was read, and who its authors are. */
export interface ReadCopy extends CopyToTake {
  readonly made: MadeCopy;
  readonly copy: ReturnedCopy;
}

/**
 * The copies as they arrive: those sent from Word were saved by one program after another as it saves, and some by
 * LibreOffice itself, unless it is not to be asked.
 */
export async function arrived(copies: readonly MadeCopy[], office = true): Promise<MadeCopy[]> {
  const programs = Object.values(PROGRAMS);
  const converted = office ? copies.filter(({ way }) => way === "office") : [];
  const saved =
    converted.length === 0
      ? []
      : await convertWithOffice(
          converted.map(({ bytes }) => bytes),
          "docx",
        );
  return copies.map((copy, index) => {
    const bytes = saved[converted.indexOf(copy)];
    if (bytes) return { ...copy, bytes };
    const resavings = copy.way === "word" ? programs[index % programs.length] : undefined;
    return resavings ? { ...copy, bytes: resaved(copy.bytes, resavings, random(index)) } : copy;
  });
}

/** Reads copies as the program does; where it asks who somebody is, it is the delegate whose copy it is. */
export async function readCopies(
  world: World,
  copies: readonly MadeCopy[],
): Promise<{ read: ReadCopy[]; asked: number }> {
  const rounds = new Map<string, SentRound>();
  const read: ReadCopy[] = [];
  let asked = 0;
  for (const made of copies) {
    const file = readWordFile(made.bytes);
    const marks = copyMarks(file);
    const allow = file.protection === "trackedChanges" ? "changes" : "comments";
    const person = world.report.people.find(({ id }) => id === marks.person) ?? null;
    const key = `${marks.person ?? ""} ${allow}`;
    const sent = rounds.get(key) ?? (await sentRound(world.frozen, world.report, { round: 1, person, allow }));
    rounds.set(key, sent);
    const copy = readReturnedCopy(file, sent);
    const people = new Map<string, string | null>();
    for (const author of copy.authors) {
      if (!author.sure) asked++;
      people.set(author.name, author.sure ? author.person : made.person);
    }
    read.push({ made, copy, people, savedAt: file.modified, revision: file.revision });
  }
  return { read, asked };
}

/** The notes after some copies were taken. */
export function takenInto(
  world: World,
  read: readonly CopyToTake[],
  notes: ReadonlyMap<string, Uint8Array>,
): { notes: Map<string, Uint8Array>; taken: TakenCopies } {
  const round = world.report.rounds[0];
  if (!round) throw new Error("there is a round");
  const taken = takeCopies(
    {
      template: world.report.template,
      round,
      frozen: world.body,
      notes: new Map([...notes].map(([person, state]) => [person, docFrom(state)])),
      now: "2022-01-07T00:00:00.000Z",
    },
    read,
  );
  const after = new Map(notes);
  for (const [person, records] of taken.records) {
    const { update } = writeRecords(notes.get(person), person, records);
    after.set(
      person,
      Y.encodeStateAsUpdate(
        docFrom(...[notes.get(person) ?? [], update].flatMap((one) => (one instanceof Uint8Array ? [one] : []))),
      ),
    );
  }
  return { notes: after, taken };
}

/** What came of what was expected. */
export interface Findings {
  readonly expected: number;
  readonly exact: number;
  /** Kept, and listed as without a place. */
  readonly listed: number;
  readonly wrong: string[];
  readonly lost: string[];
  /** Records that nobody made. */
  readonly surplus: string[];
}

/** Compares a report after the copies were taken with what they were made to bring. */
export function judge(world: World, after: Report, copies: readonly MadeCopy[], read: readonly ReadCopy[]): Findings {
  const had = new Set(world.report.threads.map(({ comment }) => comment.id));
  const threads = after.threads.filter(({ comment }) => !had.has(comment.id));
  const used = new Set<CommentThread>();
  const unplaced = new Set(
    read.flatMap(({ copy }) => copy.remarks.filter(({ placed }) => !placed).map(({ text }) => text)),
  );
  const findings: Findings = { expected: 0, exact: 0, listed: 0, wrong: [], lost: [], surplus: [] };
  let [expected, exact, listed] = [0, 0, 0];
  for (const copy of copies) {
    for (const one of copy.expected) {
      expected++;
      const verdict = verdictOn(one, world, threads, after, used, unplaced);
      const said = `${copy.name} (${copy.way}): ${JSON.stringify(one)}`;
      if (verdict === "exact") exact++;
      else if (verdict === "listed") listed++;
      else (verdict === "lost" ? findings.lost : findings.wrong).push(said);
    }
  }
  for (const thread of threads) {
    if (!used.has(thread))
      findings.surplus.push(JSON.stringify({ ...thread.comment, target: undefined, place: thread.place }));
  }
  return { ...findings, expected, exact, listed };
}

type Verdict = "exact" | "listed" | "wrong" | "lost";

function verdictOn(
  one: Expected,
  world: World,
  threads: readonly CommentThread[],
  after: Report,
  used: Set<CommentThread>,
  unplaced: ReadonlySet<string>,
): Verdict {
  if (one.kind === "reply") {
    const root = after.threads.find(({ comment }) => comment.id === one.to || comment.text === one.to);
    const reply = root?.replies.find(({ reply: { text, author } }) => text === one.text && author === one.person);
    if (reply) return "exact";
    return after.threads.some(
      ({ comment, replies }) => comment.text === one.text || replies.some(({ reply: r }) => r.text === one.text),
    )
      ? "wrong"
      : "lost";
  }
  const own = threads.filter(({ comment }) => comment.author === one.person);
  if (one.kind === "comment") {
    const found = own.filter(({ comment }) => comment.text === one.text || comment.text.endsWith(`) ${one.text}`));
    const [thread] = found;
    if (!thread || found.length > 1) return found.length > 1 ? "wrong" : "lost";
    used.add(thread);
    if (unplaced.has(thread.comment.text)) return "listed";
    return isAt(thread, one.at) ? "exact" : "wrong";
  }
  const onBlock = own.filter(({ place, comment }) =>
    place
      ? blocksOf(world, place).includes(one.block)
      : comment.target.scope === "slot" && slotOf(world, one.block) === comment.target.slot,
  );
  if (one.kind === "words") {
    const thread = onBlock.find(
      ({ comment }) =>
        `${comment.text}\n${comment.proposal ?? ""}`.includes(one.words) && !comment.text.startsWith("(Về"),
    );
    if (thread) {
      used.add(thread);
      return "exact";
    }
    return own.some(({ comment }) => `${comment.text}\n${comment.proposal ?? ""}`.includes(one.words))
      ? "wrong"
      : "lost";
  }
  const proposals = onBlock.filter(({ comment, place }) => comment.proposal !== undefined && place);
  for (const thread of proposals) used.add(thread);
  if (proposals.length === 0) return "lost";
  return withProposals(world, one.block, proposals) === one.result ? "exact" : "wrong";
}

function isAt({ place, comment }: CommentThread, at: Extract<Expected, { kind: "comment" }>["at"]): boolean {
  if (at.scope === "cell") return place?.cell === at.cell;
  if (at.scope === "beside") return place?.from.block === at.block || comment.target.scope === "slot";
  const [from, to] = [at.from, at.to];
  return (
    place?.from.block === from[0] &&
    place.from.offset === from[1] &&
    place.to.block === to[0] &&
    place.to.offset === to[1]
  );
}

function blocksOf(world: World, place: Place): string[] {
  const ids = (world.frozen.slots[place.slot] ?? []).map(({ id }) => id);
  return ids.slice(ids.indexOf(place.from.block), ids.indexOf(place.to.block) + 1);
}

function slotOf(world: World, block: string): string | undefined {
  return world.blocks.find((one) => one.block.id === block)?.slot;
}

function withProposals(world: World, block: string, threads: readonly CommentThread[]): string {
  const known = world.blocks.find((one) => one.block.id === block);
  let text = known?.text ?? "";
  for (const { comment, place } of threads.toSorted(
    (a, b) => (b.place?.from.offset ?? 0) - (a.place?.from.offset ?? 0),
  )) {
    if (place) text = text.slice(0, place.from.offset) + (comment.proposal ?? "") + text.slice(place.to.offset);
  }
  return text;
}

/** The report of a world with other notes. */
export function reportWith(world: World, notes: ReadonlyMap<string, Uint8Array>): Report {
  return assembleReport({ ...world.file, notes }, world.report.ruleSet);
}

/** What the notes say, in one order. */
export function sayings(report: Report): string[] {
  return report.threads
    .map(({ comment, replies, place }) => JSON.stringify([comment, place, replies.map(({ reply }) => reply)]))
    .toSorted();
}

/** The notes after some copies were taken one after another, each by itself. */
export function takenInTurn(world: World, read: readonly CopyToTake[]): Map<string, Uint8Array> {
  let notes = new Map(world.file.notes);
  for (const one of read) ({ notes } = takenInto(world, [one], notes));
  return notes;
}

/** What people see of what the notes say, in one order: what was withdrawn, and which id a record has, they do not. */
export function shown(report: Report): string[] {
  return report.threads
    .filter(({ comment }) => !comment.withdrawn)
    .map(({ comment: { author, text, proposal, editedAt }, replies, place }) =>
      JSON.stringify([
        { author, text, proposal, editedAt, place },
        ...replies.flatMap(({ reply }) => (reply.withdrawn ? [] : [[reply.author, reply.text, reply.editedAt]])),
      ]),
    )
    .toSorted();
}
