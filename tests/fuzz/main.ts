import { parseArgs } from "node:util";
import { emptyTally, LawBroken, runSchedule } from "./schedule.ts";

/** `npm run fuzz -- --schedules N --seed S`: runs seeds S to S+N-1. The last line sums up; exit code 1 on any fault. */
function main(): number {
  const { values } = parseArgs({
    options: { schedules: { type: "string", default: "20000" }, seed: { type: "string", default: "1" } },
  });
  const schedules = Number(values.schedules);
  const seed = Number(values.seed);
  const tally = emptyTally();
  const faults: number[] = [];
  const begun = performance.now();
  for (let i = 0; i < schedules; i++) {
    try {
      runSchedule(seed + i, tally);
    } catch (error) {
      if (!(error instanceof LawBroken)) throw error;
      faults.push(seed + i);
      if (faults.length <= 3) console.log(`${error.message}\n`);
    }
  }
  const edits = Object.values(tally.edits).reduce((sum, n) => sum + n, 0);
  console.log(JSON.stringify(tally));
  if (faults.length > 0) console.log(`seeds at fault: ${faults.slice(0, 50).join(" ")}`);
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  console.log(`${schedules} schedules from seed ${seed}, ${edits} edits, ${faults.length} at fault, ${seconds} s`);
  return faults.length > 0 ? 1 : 0;
}

process.exitCode = main();
