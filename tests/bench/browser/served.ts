import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, preview } from "vite";
import type { Histories } from "../written.ts";

/** The bench's page with the two histories, built as it would ship, on a port of its own. The caller closes it. */
export async function serveBenchPage(histories: Histories): Promise<{ url: string; close: () => Promise<void> }> {
  const outDir = mkdtempSync(join(tmpdir(), "tongket-bench-page-"));
  const common = { configFile: false, root: import.meta.dirname, logLevel: "error" } as const;
  await build({ ...common, build: { outDir, emptyOutDir: true, target: "es2022" } });
  for (const [side, { bytes, company }] of Object.entries(histories)) {
    copyFileSync(bytes, join(outDir, `${side}.bin`));
    copyFileSync(company, join(outDir, `${side}.json`));
  }
  const headers = {
    // Without them the browser does not tell a page how much memory it takes.
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
  };
  const server = await preview({ ...common, build: { outDir }, preview: { port: 0, host: "127.0.0.1", headers } });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error("the page is served nowhere");
  return {
    url,
    close: async () => {
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}
