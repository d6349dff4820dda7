/**
 * `npm run dev`: the server on a seeded data folder, started anew on every change of its sources, and Vite's server for
 * the client, which passes the server's routes on. Prints one link, for the chair.
 */
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { watch } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createServer } from "vite";

const root = join(import.meta.dirname, "..");
const data = join(root, "dist", "dev-data");

/** Where the routes are passed on to: the port that vite.config.ts names. */
const SERVER_PORT = "8210";

/** Parts of src that the server does not hold. */
const CLIENT_PARTS = /^(?:client|editor)(?:[/\\]|$)/;

/** How long to wait for the rest of a change, in milliseconds: saving one file often writes several. */
const SETTLE = 200;

if (process.argv[2] === "--server") {
  const { main } = await import("#cli");
  process.exitCode = await main(["serve", "--data", data, "--port", SERVER_PORT, "--host", "127.0.0.1"], root);
} else {
  await develop();
}

async function develop(): Promise<void> {
  const vite = await createServer({ configFile: join(root, "vite.config.ts"), root: join(root, "src", "client") });
  await vite.listen();
  const [client = ""] = vite.resolvedUrls?.local ?? [];

  let told = false;
  const start = (): ChildProcess => {
    const server = spawn(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), "--server"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    createInterface({ input: server.stdout }).on("line", (line) => {
      const path = /\/k\/[\w-]+/.exec(line)?.[0];
      // Links of earlier starts stay valid, so the first is enough.
      if (path === undefined || told) return;
      told = true;
      process.stdout.write(`${new URL(path, client).href}\n`);
    });
    return server;
  };

  let server = start();
  let pending: NodeJS.Timeout | undefined;
  const restart = async (): Promise<void> => {
    if (server.exitCode === null && server.signalCode === null) {
      server.kill("SIGTERM");
      await once(server, "exit");
    }
    server = start();
  };
  for (const folder of ["src", "templates", "schemas", "fixtures"]) {
    watch(join(root, folder), { recursive: true }, (_, file) => {
      if (folder === "src" && file !== null && CLIENT_PARTS.test(file)) return;
      clearTimeout(pending);
      pending = setTimeout(() => void restart(), SETTLE);
    });
  }

  const stop = async (): Promise<void> => {
    clearTimeout(pending);
    server.kill("SIGTERM");
    await vite.close();
    process.exit(0);
  };
  process.once("SIGINT", () => void stop());
  process.once("SIGTERM", () => void stop());
}
