import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { addFindings, emptyFindings, missedLimits, runTrials, spellSupposed, spellTable } from "./table.ts";
import type { Findings } from "./table.ts";
import { OPERATIONS } from "./trial.ts";
import { askProcess, shareWork } from "../support/shared-work.ts";

interface Share {
  readonly trials: number;
  readonly seed: number;
  readonly names: readonly string[];
  readonly of: number;
  readonly part: number;
}

/**
 * `npm run anchors -- --trials N --seed S [--workers N] [--only NAME] [--show N]`: N trials of each operation, of seeds S
 * to S+N-1. Prints where each method finds the comments, and exits with 1 where ours misses a limit. `--show` tells of as
 * many trials in which ours was not exact.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      trials: { type: "string", default: "5000" },
      seed: { type: "string", default: "1" },
      workers: { type: "string", default: String(availableParallelism()) },
      only: { type: "string" },
      show: { type: "string", default: "0" },
    },
  });
  const trials = Number(values.trials);
  const seed = Number(values.seed);
  const names = Object.keys(OPERATIONS).filter((name) => values.only === undefined || name === values.only);
  if (names.length === 0)
    throw new RangeError(`no operation ${values.only}; there are ${Object.keys(OPERATIONS).join("; ")}`);
  const of = Math.max(1, Math.min(Number(values.workers), trials));
  const begun = performance.now();
  const found = emptyFindings();
  const parts = Array.from({ length: of }, (_, part): Share => ({ trials, seed, names, of, part }));
  for (const one of await Promise.all(
    parts.map(async (share) => (of === 1 ? runShare(share) : askProcess<Findings>(import.meta.filename, share))),
  )) {
    addFindings(found, one);
  }
  for (const told of found.missed.slice(0, Number(values.show))) console.log(`${told}\n`);
  console.log(spellTable(found));
  console.log(`\n${spellSupposed(found)}\n`);
  const missed = missedLimits(found);
  for (const limit of missed.slice(0, 20)) console.log(limit);
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  console.log(
    `${trials} trials of each of ${names.length} operations from seed ${seed}, ${missed.length} limits missed, ${seconds} s`,
  );
  return missed.length > 0 ? 1 : 0;
}

function runShare({ trials, seed, names, of, part }: Share): Findings {
  return runTrials(trials, seed, names, of, part);
}

await shareWork((part) => runShare(part as Share), main);
