import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Extent, Side } from "./history.ts";

const ROOT = join(import.meta.dirname, "../..");

/** All that decides how a history is written and stored: when any of it changes, the history is written anew. */
const SOURCES: Readonly<Record<Side, readonly string[]>> = {
  ours: ["src/collab", "src/editor/binding"],
  peer: ["node_modules/y-prosemirror/package.json"],
};

const SHARED = [
  "src/model/schema.ts",
  "tests/bench/history.ts",
  ...["yjs", "prosemirror-model", "prosemirror-transform"].map((name) => `node_modules/${name}/package.json`),
];

/** One history as each side stores it: the bytes, and what its page is given beside them. */
export type Histories = Readonly<Record<Side, { readonly bytes: string; readonly company: string }>>;

/**
 * The files of one history, written by both sides. Writing takes a minute or two, so what a side wrote is kept for as
 * long as nothing of what made it changes.
 */
export async function writtenHistories(extent: Extent): Promise<Histories> {
  const [ours, peer] = await Promise.all([written("ours", extent), written("peer", extent)]);
  const words = [ours, peer].map((folder) => readFileSync(join(folder, "words"), "utf8"));
  if (words[0] !== words[1]) throw new Error(`the two histories differ: ${words.join(" and ")}`);
  const files = (folder: string): Histories["ours"] => ({
    bytes: join(folder, "state.bin"),
    company: join(folder, "company.json"),
  });
  return { ours: files(ours), peer: files(peer) };
}

async function written(side: Side, extent: Extent): Promise<string> {
  const cache = join(tmpdir(), "tongket-bench");
  const folder = join(cache, `${side}-${fingerprint(side, extent)}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const making = mkdtempSync(join(cache, "making-"));
  const script = join(import.meta.dirname, "history-process.ts");
  await promisify(execFile)(process.execPath, ["--import", "tsx", script, side, making, JSON.stringify(extent)], {
    cwd: ROOT,
  });
  renameSync(making, folder);
  return folder;
}

function fingerprint(side: Side, extent: Extent): string {
  const hash = createHash("sha256").update(JSON.stringify(extent));
  for (const source of [...SHARED, ...SOURCES[side]])
    for (const file of filesOf(join(ROOT, source))) hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}

function filesOf(path: string): string[] {
  if (/\.\w+$/.test(path)) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
