import { parseArgs } from "node:util";
import { shippedCatalogue } from "../support/catalogue.ts";
import { makeCopies } from "./copies.ts";
import { arrived, judge, readCopies, reportWith, sayings, takenInto } from "./trial.ts";
import { makeWorld } from "./world.ts";

/**
 * `npm run returned -- --rounds N --seed S [--no-office]`: N rounds, of seeds S to S+N-1, each with 30 copies that delegates
 * send back. Prints what became of what they said, and exits with 1 where a comment is lost, one is at a wrong place, a
 * remark comes that nobody made, fewer than 97% are placed, or copies that come again or in another order bring something
 * else. On the way most were saved as Word, Google Docs or WPS saves, and some by LibreOffice, unless told not to.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "10" },
      seed: { type: "string", default: "1" },
      office: { type: "boolean", default: true },
    },
    allowNegative: true,
  });
  const catalogue = await shippedCatalogue();
  let failed = false;
  console.log("seed  copies  said  exact  listed  wrong  lost  surplus  asked  again  other order  ms/copy");
  for (let seed = Number(values.seed); seed < Number(values.seed) + Number(values.rounds); seed++) {
    const world = makeWorld(catalogue, seed);
    const made = await makeCopies(world, seed);
    const copies = await arrived(made, values.office);
    const begun = performance.now();
    const { read, asked } = await readCopies(world, copies);
    const { notes } = takenInto(world, read, world.file.notes);
    const time = (performance.now() - begun) / copies.length;
    const report = reportWith(world, notes);
    const found = judge(world, report, copies, read);
    const { read: anew } = await readCopies({ ...world, report }, copies);
    const again = takenInto(world, anew, notes).taken.records.size === 0;
    const other = reportWith(world, takenInto(world, read.toReversed(), world.file.notes).notes);
    const same = JSON.stringify(sayings(other)) === JSON.stringify(sayings(report));
    const row = [seed, copies.length, found.expected, found.exact, found.listed, found.wrong.length, found.lost.length];
    const rest = [found.surplus.length, asked, again ? "same" : "OTHER", same ? "same" : "OTHER", time.toFixed(0)];
    console.log([...row, ...rest].join("  "));
    for (const line of [...found.wrong, ...found.lost, ...found.surplus]) console.log(`  ${line}`);
    const enough = found.exact >= found.expected * 0.97;
    failed ||= found.wrong.length + found.lost.length + found.surplus.length > 0 || !again || !same || !enough;
  }
  return failed ? 1 : 0;
}

process.exitCode = await main();
