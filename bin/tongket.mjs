#!/usr/bin/env node
/**
 * The command `tongket`. In a clone it first builds what is missing or older than its sources, then hands the
 * arguments to the command line in dist/node. Standard output belongs to the command: building is told on standard
 * error. `tongket build` builds and does nothing else.
 */
import { existsSync, readFileSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");
const args = process.argv.slice(2);

/**
 * What is built: where it goes, the parts of src it does not hold, and how Vite is called. Both are put together from
 * the one vite.config.ts.
 */
const TARGETS = {
  node: {
    leavesOut: ["client", "editor"],
    vite: (outDir) => ({ root, build: { ssr: true, outDir, emptyOutDir: true } }),
  },
  client: {
    leavesOut: ["cli", "server", "docx"],
    vite: (outDir) => ({ root: join(root, "src", "client"), build: { outDir, emptyOutDir: true } }),
  },
};

/** How long to wait for another run that is building, and how often to look, in milliseconds. */
const LOCK_PATIENCE = 300_000;
const LOCK_PAUSE = 100;

const exitCode = await run();
if (exitCode !== undefined) process.exitCode = exitCode;

async function run() {
  const command = args.find((arg, index) => !arg.startsWith("-") && args[index - 1] !== "--lang");
  // Without its sources this is an installed package, which comes built.
  if (existsSync(join(root, "src"))) {
    const targets = command === "serve" || command === "build" ? ["node", "client"] : ["node"];
    try {
      for (const target of targets) await bringUpToDate(target, command === "build");
    } catch (error) {
      process.stderr.write(
        `${words().failed.replace("{problem}", process.env.TONGKET_DEBUG === "1" ? error.stack : error.message)}\n`,
      );
      return 4;
    }
    if (command === "build") return 0;
  }
  const { main } = await import(pathToFileURL(join(dist, "node", "main.mjs")).href);
  return main(args, root);
}

/** Builds a target where it is missing or older than a source, or where `always`. */
async function bringUpToDate(target, always) {
  if (!always && (await isFresh(target))) return;
  const unlock = await lock();
  try {
    // The run that held the lock before may have built the very same.
    if (!always && (await isFresh(target))) return;
    await build(target);
  } finally {
    await unlock();
  }
}

async function isFresh(target) {
  try {
    const built = Number(await readFile(join(dist, target, ".sources"), "utf8"));
    return built >= (await newestSource(target));
  } catch {
    return false;
  }
}

/**
 * When the sources of a target last changed. Folders count as well: their time changes when a file in them goes away.
 */
async function newestSource(target) {
  let newest = 0;
  const visit = async (path, leavesOut) => {
    const found = await stat(path);
    newest = Math.max(newest, found.mtimeMs);
    if (!found.isDirectory()) return;
    for (const name of await readdir(path)) {
      if (name !== "node_modules" && !leavesOut.includes(name)) await visit(join(path, name), []);
    }
  };
  for (const name of ["src", "vite.config.ts", "package-lock.json"]) {
    await visit(join(root, name), TARGETS[target].leavesOut);
  }
  return newest;
}

/** Builds beside the place and changes over at the end: a failed or broken-off build leaves what was there. */
async function build(target) {
  const start = performance.now();
  process.stderr.write(`${words()[target]} … `);
  const fresh = join(dist, `.new-${target}`);
  const old = join(dist, `.old-${target}`);
  const newest = await newestSource(target);
  try {
    const { build: viteBuild } = await import("vite");
    await viteBuild({ configFile: join(root, "vite.config.ts"), logLevel: "silent", ...TARGETS[target].vite(fresh) });
  } catch (error) {
    process.stderr.write("\n");
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
  await writeFile(join(fresh, ".sources"), String(newest));
  await rm(old, { recursive: true, force: true });
  if (existsSync(join(dist, target))) await rename(join(dist, target), old);
  await rename(fresh, join(dist, target));
  await rm(old, { recursive: true, force: true });
  const seconds = ((performance.now() - start) / 1000).toLocaleString(language(), { maximumFractionDigits: 1 });
  process.stderr.write(`${words().done.replace("{seconds}", seconds)}\n`);
}

/** Waits until no other run builds. Gives the function that lets the next one in. */
async function lock() {
  await mkdir(dist, { recursive: true });
  const file = join(dist, ".building");
  const deadline = Date.now() + LOCK_PATIENCE;
  for (let told = false; ; told = true) {
    try {
      const handle = await open(file, "wx");
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rm(file, { force: true });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (!(await isHeld(file)) || Date.now() > deadline) {
      await rm(file, { force: true });
      continue;
    }
    if (!told) process.stderr.write(`${words().waiting}\n`);
    await new Promise((resolve) => setTimeout(resolve, LOCK_PAUSE));
  }
}

/** Whether the run that took the lock is still alive. */
async function isHeld(file) {
  const pid = Number(await readFile(file, "utf8").catch(() => "gone"));
  // Just made and not yet written, or gone by now: look again later.
  if (!Number.isInteger(pid) || pid === 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** The few sentences of building, in the language of the call. */
function words() {
  return JSON.parse(readFileSync(join(root, "src", "cli", "language", language(), "build.json"), "utf8"));
}

function language() {
  const at = args.findIndex((arg) => arg === "--lang" || arg.startsWith("--lang="));
  const wanted = args[at] === "--lang" ? args[at + 1] : args[at]?.slice("--lang=".length);
  return (wanted ?? process.env.TONGKET_LANG) === "en" ? "en" : "vi";
}
