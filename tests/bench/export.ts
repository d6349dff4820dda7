import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { BenchRow } from "./row.ts";
import { benchRow } from "./row.ts";
import { median } from "./sample.ts";

interface Measured {
  readonly time: number;
  readonly peak: number;
  readonly bytes: number;
}

const RUNS = 3;

/**
 * Exports the draft of a report of 1,000 paragraphs and 300 comments, each time in a process of its own, beside the bare
 * docx library writing the same paragraphs without styles, numbers or comments. Figures are medians.
 */
export function benchExport(): BenchRow[] {
  const ours = Array.from({ length: RUNS }, () => measure("ours"));
  const peer = Array.from({ length: RUNS }, () => measure("peer"));
  const row = (name: string, unit: string, figure: (measured: Measured) => number): BenchRow =>
    benchRow(name, unit, median(ours.map(figure)), median(peer.map(figure)));
  return [
    row("export of 1,000 paragraphs and 300 comments: time (peer: bare docx, no comments)", "ms", ({ time }) => time),
    row("export of 1,000 paragraphs and 300 comments: peak memory of the process", "MB", ({ peak }) => peak / 2 ** 20),
    row("export of 1,000 paragraphs and 300 comments: size of the file", "kB", ({ bytes }) => bytes / 1000),
  ];
}

function measure(who: "ours" | "peer"): Measured {
  const root = join(import.meta.dirname, "..", "..");
  const script = join(import.meta.dirname, "export-process.ts");
  const out = execFileSync(process.execPath, ["--import", "tsx", script, who], { cwd: root, encoding: "utf8" });
  return JSON.parse(out) as Measured;
}
