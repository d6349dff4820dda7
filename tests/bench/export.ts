import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import type { Report } from "#model";
import { bigReport } from "../support/big-report.ts";
import { shippedCatalogue } from "../support/catalogue.ts";
import { exportPeers } from "./export-peers.ts";
import { waitingRows } from "./export-waiting.ts";
import type { ProcessCost } from "./process-cost.ts";
import { costOf } from "./process-cost.ts";
import type { BenchRow } from "./row.ts";
import { benchRow } from "./row.ts";
import { median } from "./sample.ts";

const ROOT = join(import.meta.dirname, "..", "..");

const RUNS = 3;

/** Where one writer's figures come from: each time a process of its own, from its start to its end. */
interface Figures {
  readonly time: number;
  readonly work: number;
  readonly peak: number;
}

/**
 * Exports the draft of a report of 1,000 paragraphs and 300 comments, 100 of them with replies, beside other programs
 * that write the same words, and beside the bare docx library with and without the same features. A peer that is not
 * there, and cannot be fetched, is said. Then ten times the content, and how long others wait for a server that exports.
 */
export async function benchExport(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "tongket-bench-export-"));
  // Beside the project's packages, which it needs.
  const built = join(ROOT, "node_modules", ".cache", "bench-export");
  try {
    const script = await builtScript(built);
    const small = await reportFile(folder, 1000, 300);
    const large = await reportFile(folder, 10_000, 3000);
    const node = (who: string, source: string, env: Record<string, string> = {}): Promise<ProcessCost> =>
      costOf(process.execPath, [script, who, source, join(folder, `${who}.docx`)], { cwd: ROOT, env });
    const ours = await figures(() => node("ours", small.path));
    const rows: BenchRow[] = [];
    const beside = (name: string, peer: Figures): void => {
      rows.push(
        benchRow(`export, 1,000 paragraphs and 300 comments: processor (peer: ${name})`, "ms", ours.work, peer.work),
        benchRow(`export: from start to end (peer: ${name})`, "ms", ours.time, peer.time),
        benchRow(`export: peak memory (peer: ${name})`, "MB", ours.peak / 2 ** 20, peer.peak / 2 ** 20),
      );
    };
    for (const peer of exportPeers(small.report, folder)) {
      try {
        beside(peer.name, await figures(() => peer.run()));
      } catch (error) {
        console.log(`${peer.name}: left out (${error instanceof Error ? error.message : String(error)})`);
      }
    }
    beside("bare docx, same features", await figures(() => node("features", small.path)));
    beside("bare docx, no comments, no styles", await figures(() => node("plain", small.path)));
    const [ten, tenBare] = [
      await figures(() => node("ours", large.path)),
      await figures(() => node("features", large.path)),
    ];
    rows.push(
      benchRow("export of ten times that: processor (peer: bare docx, same features)", "ms", ten.work, tenBare.work),
      benchRow("export of ten times that: peak memory", "MB", ten.peak / 2 ** 20, tenBare.peak / 2 ** 20),
      benchRow("export of ten times that: times as long (peer: ten)", "×", ten.work / ours.work, 10),
    );
    const hashes = new Set<string>();
    for (const TZ of ["UTC", "Asia/Ho_Chi_Minh", "America/St_Johns"])
      hashes.add((await node("ours", small.path, { TZ })).output);
    if (hashes.size !== 1) throw new Error("the bytes differ between processes or time zones");
    return [...rows, ...(await waitingRows())];
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(built, { recursive: true, force: true });
  }
}

/** The medians of a few runs after one that warms the disk. */
async function figures(run: () => Promise<ProcessCost>): Promise<Figures> {
  await run();
  const costs: ProcessCost[] = [];
  for (let n = 0; n < RUNS; n++) costs.push(await run());
  return {
    time: median(costs.map(({ time }) => time)),
    work: median(costs.map(({ work }) => work)),
    peak: median(costs.map(({ peak }) => peak)),
  };
}

/** The process as it is shipped: built, so that nobody waits for TypeScript. */
async function builtScript(outDir: string): Promise<string> {
  mkdirSync(outDir, { recursive: true });
  await build({
    configFile: false,
    root: ROOT,
    logLevel: "silent",
    // As vite.config.ts has it.
    ssr: { noExternal: ["docx", "fflate"] },
    build: {
      ssr: join(import.meta.dirname, "export-process.ts"),
      outDir,
      target: "node20",
      rolldownOptions: { output: { entryFileNames: "export.mjs" } },
    },
  });
  return join(outDir, "export.mjs");
}

async function reportFile(folder: string, blocks: number, comments: number): Promise<{ path: string; report: Report }> {
  const catalogue = await shippedCatalogue();
  const template = catalogue.templates.get("party-committee");
  const ruleSet = template && catalogue.ruleSets.get(template.ruleSet);
  if (!template || !ruleSet) throw new Error("the Party template is shipped");
  const report = bigReport(template, ruleSet, blocks, comments);
  const path = join(folder, `report-${blocks}.json`);
  writeFileSync(path, JSON.stringify(report));
  return { path, report };
}
