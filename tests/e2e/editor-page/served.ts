import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, preview } from "vite";

/** The page of the editor, built and served on a port of its own. The caller closes it. */
export async function serveEditorPage(): Promise<{ url: string; close: () => Promise<void> }> {
  const outDir = mkdtempSync(join(tmpdir(), "tongket-editor-page-"));
  const common = { configFile: false, root: import.meta.dirname, logLevel: "error" } as const;
  await build({ ...common, build: { outDir, emptyOutDir: true, target: "es2022", minify: false } });
  const server = await preview({ ...common, build: { outDir }, preview: { port: 0, host: "127.0.0.1" } });
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
