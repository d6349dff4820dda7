import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunningServer } from "#server";
import { startServer } from "#server";
import { buildClient } from "./built-pages.ts";

const ROOT = join(import.meta.dirname, "../..");

/** A server with the client as it ships, on a data folder of its own that holds the sample report. */
export interface ServedClient {
  readonly url: string;
  readonly chairLink: string;
  /** The server's data folder. */
  readonly data: string;
  /** Stops and starts again on the same port and data. */
  restart(): Promise<void>;
  /** Stops answering, as a network that is gone. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Serves the client, which it builds where the run has not; `libreOffice` as the server takes it. The caller closes it.
 */
export async function serveClient(options: { readonly libreOffice?: string | null } = {}): Promise<ServedClient> {
  const folder = mkdtempSync(join(tmpdir(), "tongket-served-"));
  const client = await buildClient();
  const start = async (port: number): Promise<RunningServer> =>
    startServer({
      root: ROOT,
      data: join(folder, "data"),
      port,
      host: "127.0.0.1",
      client: client.folder,
      sample: true,
      log: "silent",
      ...options,
    });
  let server: RunningServer | null = await start(0);
  const { port, url, chairLink } = server;
  const stop = async (): Promise<void> => {
    await server?.close();
    server = null;
  };
  return {
    url,
    chairLink,
    data: join(folder, "data"),
    restart: async () => {
      await stop();
      server = await start(port);
    },
    stop,
    close: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
      client.remove();
    },
  };
}
