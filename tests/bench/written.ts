import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Extent, Side } from "./history.ts";

const ROOT = join(import.meta.dirname, "../..");

/** All that decides how a history is written and stored: when any of it changes, histories are written anew. */
const SOURCES = ["package-lock.json", "src/collab", "src/model", "src/editor/binding", "tests/bench/history.ts"];

/**
 * A folder with the same history as each side stores it: `ours.bin` and `peer.bin`, and beside each the company. Writing
 * one takes a minute or two, so it is kept for as long as nothing of what made it changes.
 */
export async function writtenHistories(extent: Extent): Promise<string> {
  const cache = join(ROOT, "node_modules/.cache/bench");
  const folder = join(cache, fingerprint(extent));
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const made = mkdtempSync(join(cache, "making-"));
  const words = await Promise.all((["ours", "peer"] as const).map(async (side) => write(side, made, extent)));
  if (words[0] !== words[1]) throw new Error(`the two histories differ: ${words.join(" and ")}`);
  renameSync(made, folder);
  return folder;
}

async function write(side: Side, folder: string, extent: Extent): Promise<string> {
  const script = join(import.meta.dirname, "history-process.ts");
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", script, side, folder, JSON.stringify(extent)],
    { cwd: ROOT },
  );
  return (JSON.parse(stdout) as { words: string }).words;
}

function fingerprint(extent: Extent): string {
  const hash = createHash("sha256").update(JSON.stringify(extent));
  for (const source of SOURCES) for (const file of filesOf(join(ROOT, source))) hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}

function filesOf(path: string): string[] {
  if (/\.\w+$/.test(path)) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
