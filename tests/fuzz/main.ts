import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { spellScript } from "./frozen.ts";
import { runHostile } from "./hostile/siege.ts";
import { LawBroken, runSchedule } from "./schedule.ts";
import { shrunk } from "./shrink.ts";
import { addTally, emptyTally } from "./tally.ts";
import type { Tally } from "./tally.ts";
import { askProcess, shareWork } from "../support/shared-work.ts";

/** What one process found. */
interface Findings {
  readonly tally: Tally;
  readonly hostile: number;
  readonly faults: { readonly seed: string; readonly told: string }[];
}

interface Share {
  readonly schedules: number;
  readonly hostile: number;
  readonly seed: number;
  /** Every how manieth seed, beginning with which. */
  readonly of: number;
  readonly part: number;
}

/** Printing takes as long as everything else: every so manieth hostile document is. */
const PRINTED = 10;

async function runShare({ schedules, hostile, seed, of, part }: Share): Promise<Findings> {
  const tally = emptyTally();
  const faults: { seed: string; told: string }[] = [];
  let foreign = 0;
  for (let i = part; i < schedules; i += of) {
    await attempt(`${seed + i}`, () => runSchedule(seed + i, tally), faults);
  }
  for (let i = part; i < hostile; i += of) {
    foreign++;
    await attempt(`hostile ${seed + i}`, () => runHostile(seed + i, i % PRINTED === 0), faults);
  }
  return { tally, hostile: foreign, faults };
}

async function attempt(
  seed: string,
  run: () => void | Promise<void>,
  faults: { seed: string; told: string }[],
): Promise<void> {
  try {
    await run();
  } catch (error) {
    faults.push({ seed, told: error instanceof Error ? error.message : String(error) });
  }
}

/** Writes the least of a schedule that breaks a law to a file, to be frozen under its bug's name. */
function shrinkTo(file: string, seed: number): number {
  try {
    runSchedule(seed, emptyTally());
  } catch (error) {
    if (!(error instanceof LawBroken)) throw error;
    const least = shrunk(error.script);
    writeFileSync(file, spellScript(least));
    console.log(
      `seed ${seed}: ${least.was}\n${error.script.acts.length} acts, ${least.acts.length} of them in ${file}`,
    );
    return 1;
  }
  console.log(`seed ${seed} breaks no law`);
  return 0;
}

/**
 * `npm run fuzz -- --schedules N --seed S [--hostile N] [--workers N]`: runs seeds S to S+N-1 in as many processes. The
 * last line sums up; exit code 1 on any fault. `--seed S --shrink FILE` writes the least of one seed that breaks a law.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      schedules: { type: "string", default: "20000" },
      hostile: { type: "string", default: "1000" },
      seed: { type: "string", default: "1" },
      workers: { type: "string", default: String(availableParallelism()) },
      shrink: { type: "string" },
    },
  });
  const seed = Number(values.seed);
  if (values.shrink !== undefined) return shrinkTo(values.shrink, seed);
  const schedules = Number(values.schedules);
  const hostile = Number(values.hostile);
  const of = Math.max(1, Math.min(Number(values.workers), schedules));
  const begun = performance.now();
  const found = await Promise.all(
    Array.from({ length: of }, async (_, part) => {
      const share: Share = { schedules, hostile, seed, of, part };
      return of === 1 ? runShare(share) : askProcess<Findings>(import.meta.filename, share);
    }),
  );
  const tally = emptyTally();
  for (const one of found) addTally(tally, one.tally);
  const faults = found.flatMap((one) => one.faults);
  for (const { told } of faults.slice(0, 3)) console.log(`${told}\n`);
  console.log(JSON.stringify(tally));
  if (faults.length > 0) console.log(`seeds at fault: ${faults.map((fault) => fault.seed).join(", ")}`);
  const edits = Object.values(tally.edits).reduce((sum, n) => sum + n, 0);
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  const foreign = found.reduce((sum, one) => sum + one.hostile, 0);
  console.log(
    `${tally.schedules} schedules and ${foreign} hostile ones from seed ${seed}, ${edits} edits, ${faults.length} at fault, ${seconds} s`,
  );
  return faults.length > 0 ? 1 : 0;
}

await shareWork((part) => runShare(part as Share), main);
