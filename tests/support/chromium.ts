import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(): string | null {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    for (const name of NAMES) {
      const path = join(folder, name);
      if (folder !== "" && runnable(path)) return path;
    }
  }
  return null;
}

function inPlaywrightCache(): string | null {
  const cache = process.env["PLAYWRIGHT_BROWSERS_PATH"] ?? join(homedir(), ".cache", "ms-playwright");
  if (!existsSync(cache)) return null;
  for (const folder of readdirSync(cache)
    .filter((name) => name.startsWith("chromium"))
    .sort()
    .reverse()) {
    for (const inner of ["chrome-linux/chrome", "chrome-linux64/chrome", "chrome-linux/headless_shell"]) {
      const path = join(cache, folder, inner);
      if (runnable(path)) return path;
    }
  }
  return null;
}

/** The browser shipped inside an npm package: it runs on x64 Linux only, so it is asked for its version first. */
async function packaged(): Promise<string | null> {
  if (process.platform !== "linux" || process.arch !== "x64") return null;
  try {
    const { default: sparticuz } = await import("@sparticuz/chromium");
    const path = await sparticuz.executablePath();
    execFileSync(path, ["--version"], { stdio: "ignore", timeout: 30_000 });
    return path;
  } catch {
    return null;
  }
}

function installed(): string | null {
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return null;
  console.log("No Chromium found: installing Debian's (apt-get install chromium fonts-noto-core) …");
  try {
    execFileSync("apt-get", ["update", "-qq"], { stdio: "inherit" });
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-core"], {
      stdio: "inherit",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  } catch {
    return null;
  }
  return onPath();
}

/**
 * The Chromium the browser tests drive: `$CHROMIUM_PATH`, the PATH, Playwright's cache, a packaged one, then apt as
 * root. Throws with what to install where there is none: the browser tests are never skipped.
 */
export async function findChromium(): Promise<string> {
  const given = process.env["CHROMIUM_PATH"];
  if (given !== undefined && given !== "") {
    if (runnable(given)) return given;
    throw new Error(`CHROMIUM_PATH is ${given}, which cannot be run.`);
  }
  const found = onPath() ?? inPlaywrightCache() ?? (await packaged()) ?? installed();
  if (found !== null) return found;
  throw new Error(
    "The browser tests need Chromium and found none. Install it (Debian: sudo apt-get install chromium fonts-noto-core) " +
      "or set CHROMIUM_PATH to a Chrome, Edge or Chromium, then run the tests again.",
  );
}

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A headless browser for one test file, with `more` arguments. The caller closes it. */
export async function launchChromium(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args: [...ARGUMENTS, ...more] });
}

/** A browser process on a profile that stays in its folder. */
export interface ProfileBrowser {
  readonly context: BrowserContext;
  /** Ends it as a power cut or a crash does: every process at once, without a word to any page. */
  kill(): Promise<void>;
}

/** Starts a headless browser on the profile in `folder`, as somebody's own browser is started again and again. */
export async function launchProfile(folder: string, options: BrowserContextOptions): Promise<ProfileBrowser> {
  const executablePath = await findChromium();
  const context = await chromium.launchPersistentContext(folder, { ...options, executablePath, args: ARGUMENTS });
  const browser = context.browser();
  if (!browser) throw new Error("a profile without a browser");
  const session = await browser.newBrowserCDPSession();
  return {
    context,
    kill: async () => {
      const { processInfo } = await session.send("SystemInfo.getProcessInfo");
      const closed = new Promise((resolve) => context.once("close", resolve));
      for (const { id } of processInfo) process.kill(id, "SIGKILL");
      await closed;
    },
  };
}
