import { METHODS } from "./methods.ts";
import type { Method } from "./methods.ts";
import { OPERATIONS, runTrial } from "./trial.ts";
import { SUPPOSITIONS, VERDICTS } from "./verdict.ts";
import type { Supposition, Verdict } from "./verdict.ts";

/** How often each method gave each answer. */
export type Counts = Record<Method, Record<Verdict, number>>;

/** What came of the trials of each operation. */
export interface Findings {
  readonly counts: Record<string, Counts>;
  /** Of comments of which no word is left: where they are supposed to be. */
  readonly supposed: Record<string, Record<Supposition, number>>;
  /** Trials that broke a law, or in which ours was not exact, for those who want to look at them. */
  readonly faults: string[];
  readonly missed: string[];
}

/** How many of a hundred answers of ours may be at other words, in any operation. */
const WRONG = 0.1;

export function emptyFindings(): Findings {
  return { counts: {}, supposed: {}, faults: [], missed: [] };
}

/** Runs every `of`th trial from `part` on, of each operation. */
export function runTrials(trials: number, seed: number, names: readonly string[], of = 1, part = 0): Findings {
  const found = emptyFindings();
  for (const name of names) {
    const counts = emptyCounts();
    found.counts[name] = counts;
    for (let i = part; i < trials; i += of) {
      try {
        const { verdicts, supposition, told } = runTrial(name, seed + i);
        if (supposition) (found.supposed[name] ??= { right: 0, wrong: 0, none: 0 })[supposition]++;
        for (const method of METHODS) counts[method][verdicts[method]]++;
        if (verdicts.ours !== "exact" && verdicts.ours !== "unplaced") found.missed.push(told());
      } catch (fault) {
        found.faults.push(`${name}, seed ${seed + i}: ${fault instanceof Error ? fault.message : String(fault)}`);
      }
    }
  }
  return found;
}

export function addFindings(sum: Findings, { counts, supposed, faults, missed }: Findings): void {
  for (const [name, more] of Object.entries(supposed)) {
    const all = (sum.supposed[name] ??= { right: 0, wrong: 0, none: 0 });
    for (const one of SUPPOSITIONS) all[one] += more[one];
  }
  for (const [name, more] of Object.entries(counts)) {
    const all = (sum.counts[name] ??= emptyCounts());
    for (const method of METHODS) for (const verdict of VERDICTS) all[method][verdict] += more[method][verdict];
  }
  sum.faults.push(...faults);
  sum.missed.push(...missed);
}

function emptyCounts(): Counts {
  const none = (): Record<Verdict, number> => ({ exact: 0, part: 0, unplaced: 0, wrong: 0, lost: 0 });
  return { ours: none(), plain: none(), marks: none(), quote: none() };
}

/** Each limit that ours misses, in words. */
export function missedLimits({ counts, faults }: Findings): string[] {
  const missed = faults.map((fault) => `fault: ${fault}`);
  for (const [name, { ours }] of Object.entries(counts)) {
    const limit = OPERATIONS[name]?.limit ?? null;
    const exact = share(ours.exact, standing(ours));
    const wrong = share(ours.wrong, all(ours));
    if (limit !== null && exact !== null && exact < limit)
      missed.push(`${name}: ${exact.toFixed(2)}% exact, not ${limit}%`);
    if (limit !== null && wrong !== null && wrong >= WRONG)
      missed.push(`${name}: ${wrong.toFixed(2)}% wrong, not below ${WRONG}%`);
  }
  return missed;
}

/**
 * The table: of comments whose words still stand the share that is found exactly, in part, or not at all; of all comments
 * the share that is found at words it was never about.
 */
export function spellTable({ counts }: Findings): string {
  const head = ["", "stand", ...METHODS.map((method) => `${method}: exact part lost wrong`)];
  const rows = Object.entries(counts).map(([name, row]) => [
    name,
    `${standingWords(row)}`,
    ...METHODS.map((method) => {
      const { exact, part, lost, wrong } = row[method];
      const most = standing(row[method]);
      return [percent(exact, most), percent(part, most), percent(lost, most), percent(wrong, all(row[method]))].join(
        " ",
      );
    }),
  ]);
  const lines = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  return lines
    .map((line) =>
      line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  "),
    )
    .join("\n");
}

/** The second table: of comments of which no word is left the share that is supposed where they were written anew, and elsewhere. */
export function spellSupposed({ supposed }: Findings): string {
  return Object.entries(supposed)
    .map(([name, { right, wrong, none }]) => {
      const sum = right + wrong + none;
      const shares = [right, wrong, none].map((count) => percent(count, sum));
      return `${name.padEnd(20)} ${String(sum).padStart(6)} gone; supposed right ${shares[0]} wrong ${shares[1]} none ${shares[2]}`;
    })
    .join("\n");
}

/** How many comments had words left: those that ours should have found. */
function standingWords({ ours }: Counts): number {
  return standing(ours);
}

/** The answers that were not rightly none. */
function standing({ exact, part, lost, wrong }: Record<Verdict, number>): number {
  return exact + part + lost + wrong;
}

function all(verdicts: Record<Verdict, number>): number {
  return standing(verdicts) + verdicts.unplaced;
}

function share(some: number, of: number): number | null {
  return of === 0 ? null : (100 * some) / of;
}

function percent(some: number, of: number): string {
  return (share(some, of)?.toFixed(2) ?? "–").padStart(6);
}
