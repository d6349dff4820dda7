import { parseArgs } from "node:util";
import { shippedCatalogue } from "../support/catalogue.ts";
import { random } from "../support/random.ts";
import type { MadeCopy } from "./copies.ts";
import { makeCopies } from "./copies.ts";
import { editionsOf, shuffled } from "./editions.ts";
import { arrived, judge, readCopies, reportWith, sayings, shown, takenInto, takenInTurn } from "./trial.ts";
import type { World } from "./world.ts";
import { makeWorld } from "./world.ts";

/**
 * `npm run returned -- --rounds N --seed S [--no-office]`: N rounds, of seeds S to S+N-1, each with 30 copies that delegates
 * send back. Prints what became of what they said, and exits with 1 where a comment is lost, one is at a wrong place, a
 * remark comes that nobody made, fewer than 97% are placed, or copies that come again or in another order bring something
 * else; and where copies of a day before, with other words in the same remarks, come among them one by one in orders of
 * chance, and change what stands there in the end. On the way most were saved as Word, Google Docs or WPS saves, and some by LibreOffice, unless told not to.
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
  console.log(
    "seed  copies  said  exact  listed  wrong  lost  surplus  asked  again  other order  among older  ms/copy",
  );
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
    const older = await amongOlder(world, copies, seed);
    const row = [seed, copies.length, found.expected, found.exact, found.listed, found.wrong.length, found.lost.length];
    const rest = [
      found.surplus.length,
      asked,
      again ? "same" : "OTHER",
      same ? "same" : "OTHER",
      older.told,
      time.toFixed(0),
    ];
    console.log([...row, ...rest].join("  "));
    for (const line of [...found.wrong, ...found.lost, ...found.surplus, ...older.faults]) console.log(`  ${line}`);
    const enough = found.exact >= found.expected * 0.97;
    failed ||= older.faults.length > 0;
    failed ||= found.wrong.length + found.lost.length + found.surplus.length > 0 || !again || !same || !enough;
  }
  return failed ? 1 : 0;
}

/** Takes copies one by one, with older editions of them among them: whatever the order, the later words stand. */
async function amongOlder(
  world: World,
  copies: readonly MadeCopy[],
  seed: number,
): Promise<{ told: string; faults: string[] }> {
  const r = random(seed);
  const editions = copies.flatMap((copy) => editionsOf(copy, r) ?? []);
  const later = editions.map((one) => one.later);
  const { read } = await readCopies(world, [...later, ...editions.map(({ earlier }) => earlier)]);
  const faults: string[] = [];
  let first: readonly string[] | null = null;
  for (let turn = 0; turn < 3; turn++) {
    const order = shuffled(read, r);
    const report = reportWith(world, takenInTurn(world, order));
    const found = judge(world, report, later, read);
    const names = order.map(({ made: { name } }) => name).join(" ");
    const said = [...found.wrong, ...found.lost, ...found.surplus];
    if (said.length > 0) faults.push(`among older copies (${names}):`, ...said);
    const now = shown(report);
    first ??= now;
    const other = now.filter((one) => first?.includes(one) !== true);
    if (other.length > 0) faults.push(`another end (${names}):`, ...other);
  }
  return { told: faults.length === 0 ? `same ${later.length}` : "OTHER", faults };
}

process.exitCode = await main();
