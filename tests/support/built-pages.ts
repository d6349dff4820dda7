import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";

const ROOT = join(import.meta.dirname, "../..");
const EDITOR_PAGE = join(ROOT, "tests/e2e/editor-page");

/** Where a run of the browser's tests has built what they all open, for whoever serves it. */
const BUILT = { client: "TONGKET_BUILT_CLIENT", editorPage: "TONGKET_BUILT_EDITOR_PAGE" } as const;

/** Vitest's set-up of the browser's tests: builds once what every file opens, and removes it after the last. */
export default async function buildOnce(): Promise<() => void> {
  const client = await buildClient();
  const editorPage = await buildEditorPage();
  process.env[BUILT.client] = client.folder;
  process.env[BUILT.editorPage] = editorPage.folder;
  return () => {
    client.remove();
    editorPage.remove();
  };
}

/** A folder with built files; `remove` does nothing where they belong to the whole run. */
interface Built {
  readonly folder: string;
  readonly remove: () => void;
}

/** The client as it ships. */
export async function buildClient(): Promise<Built> {
  return built(BUILT.client, (folder) => {
    const env: Record<string, string | undefined> = { ...process.env, NODE_ENV: "production" };
    // What a plugin may do otherwise under Vitest is not what ships.
    delete env["VITEST"];
    execFileSync(process.execPath, [join(ROOT, "node_modules/vite/bin/vite.js"), "build", "--outDir", folder], {
      cwd: ROOT,
      env,
      stdio: ["ignore", "ignore", "inherit"],
    });
  });
}

/** The page of the editor alone. */
export async function buildEditorPage(): Promise<Built> {
  return built(BUILT.editorPage, async (outDir) => {
    await build({
      configFile: false,
      root: EDITOR_PAGE,
      logLevel: "error",
      build: { outDir, emptyOutDir: true, target: "es2022", minify: false },
    });
  });
}

async function built(name: string, build: (folder: string) => Promise<void> | void): Promise<Built> {
  const known = process.env[name];
  if (known !== undefined) return { folder: known, remove: () => undefined };
  const folder = mkdtempSync(join(tmpdir(), "tongket-built-"));
  await build(folder);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
