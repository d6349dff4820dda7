import { join } from "node:path";
import { Server } from "@hocuspocus/server";
import { startServer } from "#server";
import * as Y from "yjs";
import { readFileSync } from "node:fs";

/** What a server's process tells of itself. */
export interface Told {
  readonly url: string;
  readonly chairLink: string;
}

/**
 * A server in a process of its own, so that its memory is its own: ours on a data folder, or a bare Hocuspocus that
 * holds one document. Answers `memory` with the bytes that it holds.
 */
async function main([side, place = ""]: readonly string[]): Promise<void> {
  process.send?.(side === "ours" ? await ours(place) : await bare(place));
  process.on("message", (message) => {
    if (message === "memory") process.send?.(process.memoryUsage().rss);
  });
  process.on("disconnect", () => process.exit());
}

async function ours(data: string): Promise<Told> {
  const server = await startServer({
    root: join(import.meta.dirname, "../.."),
    data,
    port: 0,
    host: "127.0.0.1",
    client: join(data, "none"),
    sample: true,
    log: "silent",
  });
  return { url: server.url, chairLink: server.chairLink };
}

async function bare(state: string): Promise<Told> {
  const bytes = new Uint8Array(readFileSync(state));
  const server = new Server({
    port: 0,
    address: "127.0.0.1",
    quiet: true,
    onLoadDocument: async ({ document }) => Y.applyUpdate(document, bytes),
  });
  await server.listen();
  return { url: server.webSocketURL, chairLink: "" };
}

await main(process.argv.slice(2));
