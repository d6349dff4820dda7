import { benchExport } from "./export.ts";
import { benchKeystroke } from "./keystroke.ts";
import type { BenchRow } from "./row.ts";

// `npm run bench`: ours and a peer on the same data in one run. Figures of a shared machine vary; the ratios vary less.
// A ratio above 1 means that we need less than the peer.

/** The first pass warms the machine up; the second counts. */
function warmed(bench: () => BenchRow[]): BenchRow[] {
  bench();
  return bench();
}

const rows: readonly BenchRow[] = [...warmed(benchKeystroke), ...benchExport()];
const round = (value: number): string => value.toPrecision(3);
const table = rows.map(({ name, ours, peer, ratio, unit }) => [
  name,
  `${round(ours)} ${unit}`,
  `${round(peer)} ${unit}`,
  round(ratio),
]);
const lines = [["", "ours", "peer", "peer / ours"], ...table];
const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => (line[column] ?? "").length)));
for (const line of lines) {
  console.log(
    line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart((widths[i] ?? 0) + 2))).join(""),
  );
}
