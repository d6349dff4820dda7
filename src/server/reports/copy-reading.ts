import type { ReportFile } from "#collab";
import { docFrom } from "#collab";
import type { CopyOutcome, CopyToTake, NewRecords } from "#comments";
import { assembleReport, frozenReport, takeCopies } from "#comments";
import type { SentRound, WordFile } from "#docx";
import { copyMarks, readReturnedCopy, sentRound } from "#docx";
import type { Report, ReturnedCopy, Round, RuleSet } from "#model";
import { roundOf, TongketError } from "#model";
import { copyOfOther, copyOfNothing, roundMissing } from "../errors.ts";
import type { WordReader } from "../word/word-reader.ts";

/** A returned copy that was read. */
export interface ReadCopy {
  readonly name: string;
  readonly round: Round;
  /**
   * Whether the file names its round (or there is no other), somebody asked for it, or its words are most nearly those of
   * that round's draft.
   */
  readonly roundBy: "file" | "asked" | "words";
  readonly copy: ReturnedCopy;
  /** When the file was saved last, as far as it says. */
  readonly savedAt: string;
  /** How often it was saved, as far as it says. */
  readonly revision: number;
}

/** A file that is no copy that can be read, and why. */
export interface RefusedCopy {
  readonly name: string;
  readonly refused: TongketError;
}

/** Reads returned copies of one report, each against the frozen draft of its own round. Nothing is stored. */
export class CopyReading {
  readonly #file: ReportFile;
  readonly #ruleSet: RuleSet;
  readonly #ruleSets: readonly RuleSet[];
  readonly #reader: WordReader;
  readonly #report: Report;
  readonly #rounds = new Map<string, SentRound>();

  constructor(file: ReportFile, ruleSet: RuleSet, ruleSets: Iterable<RuleSet>, reader: WordReader) {
    this.#file = file;
    this.#ruleSet = ruleSet;
    this.#ruleSets = [...ruleSets];
    this.#reader = reader;
    this.#report = assembleReport(file, ruleSet, this.#ruleSets);
  }

  /**
   * The copies in one file: a zip may hold several; `only` is the name of the one that is read. `round` counts where a
   * file does not name its own; absent, that is the one whose draft says most nearly what the file says.
   */
  async read(
    name: string,
    bytes: Uint8Array,
    { round, only }: { readonly round?: number | undefined; readonly only?: string | undefined } = {},
  ): Promise<(ReadCopy | RefusedCopy)[]> {
    const read: (ReadCopy | RefusedCopy)[] = [];
    try {
      const members = await this.#reader.unpack(name, bytes);
      for (const member of members) {
        const own = members.length === 1 && member.name === name ? name : `${name}/${member.name}`;
        if (only !== undefined && own !== only) continue;
        read.push(await this.#readOne(own, member.bytes, round).catch((error: unknown) => refusedCopy(own, error)));
      }
    } catch (error) {
      read.push(refusedCopy(name, error));
    }
    return read;
  }

  async #readOne(name: string, bytes: Uint8Array, wanted?: number): Promise<ReadCopy> {
    const file = await this.#reader.read(bytes);
    const marks = copyMarks(file);
    const { rounds, report } = this.#file.manifest;
    if (marks.report !== null && marks.report !== report.id) throw copyOfOther(marks.report, report.id);
    const named = rounds.find(({ version }) => version === marks.draft)?.number ?? marks.round;
    const number = named ?? wanted;
    const likely = number === undefined ? newestFirst(rounds) : [roundOf(rounds, number)];
    let best: { round: Round; copy: ReturnedCopy; apart: number } | null = null;
    for (const round of likely) {
      if (!round) continue;
      const copy = readReturnedCopy(file, await this.#sent(file, round, marks.person), name);
      const apart = distance(copy);
      if (!best || apart < best.apart) best = { round, copy, apart };
    }
    if (!best) throw roundMissing(number ?? 1);
    const { round, copy } = best;
    if (copy.blocks.found === 0 && marks.report === null) throw copyOfNothing();
    const isTold = named !== null || rounds.length === 1;
    const roundBy = isTold ? "file" : wanted === undefined ? "words" : "asked";
    return { name, round, roundBy, copy, savedAt: file.modified, revision: file.revision };
  }

  async #sent(file: WordFile, round: Round, owner: string | null): Promise<SentRound> {
    const allow = file.protection === "trackedChanges" ? "changes" : "comments";
    const key = JSON.stringify([round.number, owner, allow]);
    const known = this.#rounds.get(key);
    if (known) return known;
    const frozen = frozenReport(this.#file, this.#ruleSet, round.number, this.#ruleSets);
    const person = this.#report.people.find(({ id }) => id === owner) ?? null;
    const sent = await sentRound(frozen, this.#report, { round: round.number, person, allow });
    this.#rounds.set(key, sent);
    return sent;
  }
}

/** Among how many rounds that of a file which does not name it is looked for. */
const ROUNDS = 5;

/** The open round, then the newest: where two drafts are as near, the first of them is meant. */
function newestFirst(rounds: readonly Round[]): Round[] {
  const first = roundOf(rounds);
  const others = rounds.filter((round) => round !== first).toSorted((a, b) => b.number - a.number);
  return (first ? [first, ...others] : others).slice(0, ROUNDS);
}

/** How much of a copy is not as the draft has it: what is missing, and what is otherwise. */
function distance({ blocks, remarks }: ReturnedCopy): number {
  const changes = remarks.filter(({ source }) => source === "tracked" || source === "silent");
  return blocks.all - blocks.found + changes.length;
}

function refusedCopy(name: string, error: unknown): RefusedCopy {
  if (error instanceof TongketError) return { name, refused: error };
  throw error;
}

/** A copy that was read, and whom the secretary says that its authors are, by their names in the file. */
export interface SettledCopy {
  readonly read: ReadCopy;
  readonly choices: Readonly<Record<string, string | null>>;
}

/**
 * What some copies bring to the notes of those who wrote in them, by person, and what becomes of each copy. A name that
 * is not settled, and was not sure, brings nothing.
 */
export function takeReadCopies(
  file: ReportFile,
  copies: readonly SettledCopy[],
  now: string,
): { records: ReadonlyMap<string, NewRecords>; copies: readonly CopyOutcome[] } {
  const notes = new Map([...file.notes].map(([person, state]) => [person, docFrom(state)]));
  const records = new Map<string, NewRecords>();
  const outcomes: CopyOutcome[] = copies.map(() => ({ fates: [], late: 0 }));
  for (const number of new Set(copies.map(({ read }) => read.round.number))) {
    const here = [...copies.keys()].filter((index) => copies[index]?.read.round.number === number);
    const round = file.manifest.rounds.find((one) => one.number === number);
    const state = round && file.versions.get(round.version);
    if (!round || !state) throw roundMissing(number);
    const side = { template: file.manifest.template, round, frozen: docFrom(state), notes, now };
    const taken = takeCopies(
      side,
      here.flatMap((index): CopyToTake[] => {
        const one = copies[index];
        if (!one) return [];
        const { copy, savedAt, revision } = one.read;
        return [{ copy, people: settled(one), savedAt, revision }];
      }),
    );
    for (const [at, index] of here.entries()) outcomes[index] = taken.copies[at] ?? { fates: [], late: 0 };
    for (const [person, own] of taken.records) {
      const known = records.get(person) ?? { comments: [], replies: [], trails: [] };
      records.set(person, {
        comments: [...known.comments, ...own.comments],
        replies: [...known.replies, ...own.replies],
        trails: [...known.trails, ...own.trails],
      });
    }
  }
  return { records, copies: outcomes };
}

function settled({ read, choices }: SettledCopy): Map<string, string | null> {
  return new Map(
    read.copy.authors.map(({ name, person, sure }) => [
      name,
      Object.hasOwn(choices, name) ? (choices[name] ?? null) : sure ? person : null,
    ]),
  );
}
