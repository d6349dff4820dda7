import { parseArgs } from "node:util";
import { benchConference } from "./conference.ts";
import { benchBrowser } from "./browser.ts";
import { benchExport } from "./export.ts";
import { benchKeystroke } from "./keystroke.ts";
import type { BenchRow } from "./row.ts";
import { benchTables } from "./tables.ts";
import { benchWire } from "./wire.ts";
import { benchWorkspace } from "./workspace.ts";

// `npm run bench`: ours and a peer on the same data in one run. Figures of a shared machine vary; the ratios vary less.
// A ratio above 1 means that we need less than the peer. `-- --only browser` runs one part; `--blocks`, `--edits` and
// `--comments` say how long the report in the browser is, `--rounds` how often each page is opened.

/** The first pass warms the machine up; the second counts. */
function warmed(bench: () => BenchRow[]): BenchRow[] {
  bench();
  return bench();
}

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    blocks: { type: "string", default: "3000" },
    edits: { type: "string", default: "200000" },
    comments: { type: "string", default: "1000" },
    rounds: { type: "string", default: "3" },
    people: { type: "string", default: "300" },
    within: { type: "string", default: "60" },
    commenting: { type: "string", default: "200" },
  },
});
const size = { blocks: Number(values.blocks), edits: Number(values.edits), comments: Number(values.comments) };

const rounds = Number(values.rounds);
const conference = {
  people: Number(values.people),
  within: Number(values.within),
  commenting: Number(values.commenting),
};

const PARTS: Readonly<Record<string, () => Promise<BenchRow[]> | BenchRow[]>> = {
  headless: () => warmed(benchKeystroke),
  tables: benchTables,
  export: benchExport,
  browser: async () => benchBrowser(size, rounds),
  wire: async () => benchWire(size),
  conference: async () => benchConference(conference),
  workspace: async () => benchWorkspace(size, rounds),
};

const round = (value: number): string => value.toPrecision(3);

function print(rows: readonly BenchRow[]): void {
  const table = rows.map(({ name, ours, peer, ratio, unit }) => [
    name,
    `${round(ours)} ${unit}`,
    `${round(peer)} ${unit}`,
    round(ratio),
    ratio > 1.02 ? "ours" : ratio < 0.98 ? "peer" : "even",
  ]);
  const lines = [["", "ours", "peer", "peer / ours", "ahead"], ...table];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...lines.map((line) => (line[column] ?? "").length)));
  for (const line of lines) {
    console.log(
      line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart((widths[i] ?? 0) + 2))).join(""),
    );
  }
}

const chosen = Object.entries(PARTS).filter(
  ([name]) => values.only === undefined || values.only.split(",").includes(name),
);
if (chosen.length === 0) throw new Error(`--only takes ${Object.keys(PARTS).join(", ")}`);
const rows: BenchRow[] = [];
for (const [, run] of chosen) rows.push(...(await run()));
print(rows);
