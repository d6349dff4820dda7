import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** The folder of the installation. */
export const ROOT: string = join(import.meta.dirname, "..", "..");

export const FIXTURES: string = join(ROOT, "fixtures");

/** What one run of the command said. */
export interface Run {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs the command as people do, as a process of its own. */
export function tongket(
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly input?: Uint8Array | string;
    readonly env?: Readonly<Record<string, string>>;
    readonly bin?: string;
  } = {},
): Promise<Run> {
  const { TONGKET_LANG: _lang, TONGKET_DEBUG: _debug, SOURCE_DATE_EPOCH: _epoch, ...env } = process.env;
  const child = spawn(process.execPath, [options.bin ?? join(ROOT, "bin", "tongket.mjs"), ...args], {
    cwd: options.cwd ?? ROOT,
    env: { ...env, ...options.env },
  });
  const stdout: Buffer[] = [];
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  child.stdin.on("error", () => undefined);
  child.stdin.end(options.input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({ code, stdout: Buffer.concat(stdout), stderr: options.bin ? stderr : afterBuilding(stderr) }),
    );
  });
}

/** What was said after the command had brought itself up to date, which any run may have to. */
function afterBuilding(stderr: string): string {
  return stderr.replaceAll(/^(?:Đang dựng|Building|Một tiến trình khác|Another run).*\n/gm, "");
}

/** A folder of one's own with a name that is hard on careless programs; gone after the tests of the file. */
export async function ownFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "báo cáo năm "));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The names in a folder, also the hidden ones. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort();
}
