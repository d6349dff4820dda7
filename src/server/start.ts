import { networkInterfaces } from "node:os";
import { join } from "node:path";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { say } from "#model";
import { loadCatalogue } from "./catalogue.ts";
import { portForbidden, portTaken } from "./errors.ts";
import { Exporter } from "./export/exporter.ts";
import { bareApp, furnishApp } from "./http/app.ts";
import type { Clerk } from "./http/clerk.ts";
import { hostOf, isFromHere } from "./http/origin.ts";
import type { Office } from "./reports/report-room.ts";
import { CopyShelf } from "./reports/copy-shelf.ts";
import { WordReader } from "./word/word-reader.ts";
import { RoundClock } from "./reports/round-clock.ts";
import { seedSample } from "./sample.ts";
import { takeDataFolder } from "./storage/data-folder.ts";
import { openSqliteStorage } from "./storage/sqlite-storage.ts";
import type { Storage } from "./storage/storage.ts";
import { Live } from "./sync/live.ts";
import { newId } from "./tokens.ts";
import { Turns } from "./turns.ts";
import { makeLinks, visitorOf } from "./visitor.ts";
import { findLibreOffice } from "./libre-office.ts";

/** What a server needs to know. */
export interface ServerOptions {
  /** The folder that holds `templates/`, `schemas/` and `fixtures/`. */
  readonly root: string;
  /** The data folder; made where it is missing. */
  readonly data: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** The address to listen on; absent: every one of this machine, so that phones can open a link. */
  readonly host?: string;
  /** The built client, `dist/client`. */
  readonly client: string;
  /** The program of LibreOffice, which makes PDF files; null: there is none. Absent: what is found on this machine. */
  readonly libreOffice?: string | null;
  /** False: an empty data folder stays empty. */
  readonly sample?: boolean;
  /** The level of the log on standard error; `warn` where absent. */
  readonly log?: "silent" | "error" | "warn" | "info" | "debug";
  /** Where the log goes instead: one line of JSON at a time. */
  readonly logTo?: { write(line: string): void };
}

/** A server that answers. */
export interface RunningServer {
  /** For a browser on this machine. */
  readonly url: string;
  readonly port: number;
  /** A fresh link that signs the chair in. Links of earlier starts stay valid. */
  readonly chairLink: string;
  /** Stores what is under way, closes every socket and lets the data folder go. */
  close(): Promise<void>;
}

const EVERYWHERE = "0.0.0.0";

/**
 * Starts the one process that serves everything. Prints nothing. Rejects with `port-taken`, `port-forbidden`,
 * `data-unwritable`, `data-in-use`, `data-newer` or `data-damaged`, having changed nothing of what was there.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const folder = takeDataFolder(options.data);
  try {
    const storage = openSqliteStorage(folder.database);
    try {
      return await serve(options, storage, () => folder.release());
    } catch (error) {
      await storage.close();
      throw error;
    }
  } catch (error) {
    folder.release();
    throw error;
  }
}

async function serve(options: ServerOptions, storage: Storage, release: () => void): Promise<RunningServer> {
  const app = bareApp(options.log ?? "warn", options.logTo);
  const catalogue = await loadCatalogue({
    root: options.root,
    data: options.data,
    // Read by whoever started the server, like the lines of the command.
    onSkipped: ({ code, details }) => app.log.warn({ code, ...details }, say("vi", `error.${code}`, details)),
  });
  const cookie = `tongket-${(await storage.settingOnce("installation", newId())).slice(0, 8)}`;
  const live = new Live({
    storage,
    log: app.log,
    fromHere: isFromHere,
    visitor: (request) => visitorOf(storage, app.parseCookie(request.headers.cookie ?? "")[cookie]),
  });
  const roundTurns = new Turns();
  const roundClock = new RoundClock({ storage, live, roundTurns, log: app.log });
  const libreOffice = options.libreOffice === undefined ? findLibreOffice(process.env) : options.libreOffice;
  const words = new WordReader({ office: libreOffice });
  const office: Office = {
    storage,
    live,
    catalogue,
    roundTurns,
    roundClock,
    exporter: new Exporter(),
    exportTurns: new Turns(),
    pdfTurns: new Turns(),
    libreOffice,
    words,
    copies: new CopyShelf(),
  };
  const host = options.host ?? EVERYWHERE;
  const clerk: Clerk = { office, cookie, linkBase: (request) => linkBase(request, host) };
  try {
    await furnishApp(app, clerk, options.client);
    app.server.on("upgrade", (request, stream, head) => {
      if (request.url?.split("?")[0] === "/collab") void live.upgrade(request, stream, head);
      else stream.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
    });
    if (options.sample !== false) await seedSample(office, join(options.root, "fixtures"), app.log);
    await roundClock.look();
    const port = await listen(app, options.port, host);
    const [token = ""] = await makeLinks(storage, null, [null]);
    const url = `http://${host === EVERYWHERE ? "localhost" : bracketed(host)}:${port}`;
    return {
      url,
      port,
      chairLink: `${url}/k/${token}`,
      close: async () => {
        await roundClock.close();
        await live.close();
        await app.close();
        await office.exporter.close();
        await words.close();
        await storage.close();
        release();
      },
    };
  } catch (error) {
    await roundClock.close();
    await live.close();
    await app.close();
    throw error;
  }
}

async function listen(app: FastifyInstance, port: number, host: string): Promise<number> {
  try {
    await app.listen({ port, host });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EADDRINUSE") throw portTaken(port);
    if (code === "EACCES") throw portForbidden(port);
    throw error;
  }
  const address = app.server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/**
 * How a link begins. A chair at the machine itself knows it as localhost, which leads nowhere on a delegate's phone:
 * there the machine's address in its network stands instead, where it listens there.
 */
function linkBase(request: FastifyRequest, listening: string): string {
  const host = hostOf(request.raw);
  const base = new URL(`${request.protocol}://${host === "" ? "localhost" : host}`);
  const atMachine = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(base.hostname);
  if (atMachine && listening === EVERYWHERE) base.hostname = networkAddress() ?? base.hostname;
  return base.origin;
}

function networkAddress(): string | undefined {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find((address) => address.family === "IPv4" && !address.internal)?.address;
}
