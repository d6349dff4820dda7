import { ATTACKS, besiege } from "./siege.ts";
import type { Report } from "./siege.ts";
import { Stage } from "./stage.ts";

/**
 * `npm run attacks [-- WORDS]`: makes every attack, or those whose name has the words, on a real server while victims
 * work there, and prints what came of each. Exit code 1 where one is not refused as documented, or where a victim
 * noticed it.
 */
async function main(words: string): Promise<number> {
  const attacks = ATTACKS.filter(({ name }) => name.includes(words));
  const stage = await Stage.open();
  const reports: Report[] = [];
  try {
    for (const attack of attacks) {
      const report = await besiege(stage, attack);
      reports.push(report);
      print([
        attack.name,
        attack.as,
        report.outcome,
        report.faults.length === 0 ? "nothing" : "see below",
        report.line,
      ]);
    }
  } finally {
    await stage.close();
  }
  const failed = reports.filter(({ faults }) => faults.length > 0);
  for (const { attack, faults } of failed) process.stdout.write(`\n${attack.name}:\n  ${faults.join("\n  ")}\n`);
  process.stdout.write(
    `\n${reports.length} attacks, ${reports.length - failed.length} refused unnoticed, ${failed.length} not\n`,
  );
  return failed.length === 0 && reports.length > 0 ? 0 : 1;
}

const WIDTHS = [64, 9, 24, 15];

function print(cells: readonly string[]): void {
  process.stdout.write(
    `${cells
      .map((cell, i) => cell.padEnd(WIDTHS[i] ?? 0))
      .join(" ")
      .trimEnd()}\n`,
  );
}

print(["attack", "as", "refused", "victims noticed", "log"]);
process.exitCode = await main(process.argv.slice(2).join(" "));
