import { preview } from "vite";
import { buildEditorPage } from "../../support/built-pages.ts";

/** The page of the editor, served on a port of its own. The caller closes it. */
export async function serveEditorPage(): Promise<{ url: string; close: () => Promise<void> }> {
  const { folder, remove } = await buildEditorPage();
  const server = await preview({
    configFile: false,
    root: import.meta.dirname,
    logLevel: "error",
    build: { outDir: folder },
    preview: { port: 0, host: "127.0.0.1" },
  });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error("the page is served nowhere");
  return {
    url,
    close: async () => {
      await server.close();
      remove();
    },
  };
}
