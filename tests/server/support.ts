import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import * as Y from "yjs";
import type { Person, Role } from "#model";
import type { FreshLink, ReportInfo, ServerMessage } from "#protocol";
import type { RunningServer, ServerOptions } from "#server";
import { startServer } from "#server";

export const ROOT: string = join(import.meta.dirname, "../..");

/** An empty folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tongket-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A running server on a data folder of its own, without the sample, that ends with the test. */
export async function openServer(options: Partial<ServerOptions> = {}): Promise<RunningServer & { data: string }> {
  const data = options.data ?? temporaryFolder();
  const server = await startServer({
    root: ROOT,
    data,
    port: 0,
    host: "127.0.0.1",
    client: join(ROOT, "dist", "client"),
    sample: false,
    log: "silent",
    ...options,
  });
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => (closing ??= server.close());
  onTestFinished(close);
  return { ...server, data, close };
}

/** A browser: its cookies, and the sockets it has open. */
export class Browser {
  readonly server: RunningServer;
  cookie = "";

  constructor(server: RunningServer) {
    this.server = server;
  }

  /** Opens a link; gives where it leads. */
  async open(link: string): Promise<string> {
    const response = await this.fetch(new URL(link).pathname);
    const [set] = response.headers.getSetCookie();
    if (set) this.cookie = set.split(";")[0] ?? "";
    return response.headers.get("location") ?? "";
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookie) headers.set("cookie", this.cookie);
    return fetch(this.server.url + path, { redirect: "manual", ...init, headers });
  }

  /** Sends JSON and reads JSON; the answer has to be of `status`. */
  async ask<T>(method: string, path: string, body?: unknown, status?: number): Promise<T> {
    const response = await this.fetch(path, {
      method,
      ...(body === undefined
        ? {}
        : body instanceof Uint8Array
          ? { body: new Blob([new Uint8Array(body)]), headers: { "content-type": "application/octet-stream" } }
          : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await response.text();
    const wanted = status ?? (response.ok ? response.status : 200);
    if (response.status !== wanted) throw new Error(`${method} ${path}: ${response.status}, not ${wanted}: ${text}`);
    return text === "" ? (undefined as T) : JSON.parse(text);
  }

  info(report: string): Promise<ReportInfo> {
    return this.ask("GET", `/api/reports/${report}`);
  }

  /** A raw socket, with whatever headers. */
  socket(headers: Record<string, string> = {}): WebSocket {
    const socket = new WebSocket(`${this.server.url.replace("http", "ws")}/collab`, {
      headers: { ...(this.cookie ? { cookie: this.cookie } : {}), ...headers },
    });
    socket.on("error", () => undefined);
    onTestFinished(() => socket.terminate());
    return socket;
  }

  /** One socket for many documents, as the client has it. */
  line(): Line {
    return new Line(this);
  }
}

export interface Ending {
  readonly code: number;
  readonly reason: string;
}

/** A socket of the collaboration protocol. */
export class Line {
  readonly websocket: HocuspocusProviderWebsocket;
  /** How the socket was closed, the first time that it was. */
  readonly closed: Promise<Ending>;

  constructor(browser: Browser) {
    const { cookie } = browser;
    class CookieSocket extends WebSocket {
      constructor(url: string) {
        super(url, { headers: cookie ? { cookie } : {} });
        this.on("error", () => undefined);
      }
    }
    this.websocket = new HocuspocusProviderWebsocket({
      url: `${browser.server.url.replace("http", "ws")}/collab`,
      WebSocketPolyfill: CookieSocket,
      delay: 20,
      minDelay: 20,
      maxDelay: 100,
      jitter: false,
    });
    this.closed = new Promise((resolve) => {
      this.websocket.on("close", ({ event }: { event: { code: number; reason: string } }) => {
        // Most tests end here; a client that comes back is tested by name.
        resolve({ code: event.code, reason: event.reason });
      });
    });
    onTestFinished(() => this.end());
  }

  end(): void {
    this.websocket.destroy();
  }

  /** Opens a document and waits until the server's state is here. */
  async document(name: string, doc: Y.Doc = new Y.Doc()): Promise<OpenDocument> {
    const open = new OpenDocument(this, name, doc);
    await open.synced;
    return open;
  }

  /** Why a document was not opened. */
  async denied(name: string): Promise<string> {
    const open = new OpenDocument(this, name, new Y.Doc());
    open.synced.catch(() => undefined);
    return open.denied;
  }
}

/** A document at a line. */
export class OpenDocument {
  readonly doc: Y.Doc;
  readonly provider: HocuspocusProvider;
  readonly synced: Promise<void>;
  readonly denied: Promise<string>;
  readonly messages: ServerMessage[] = [];
  private readonly listeners = new Set<() => void>();

  constructor(line: Line, name: string, doc: Y.Doc) {
    this.doc = doc;
    this.provider = new HocuspocusProvider({ websocketProvider: line.websocket, name, document: doc });
    this.denied = new Promise((resolve) => {
      this.provider.on("authenticationFailed", ({ reason }: { reason: string }) => resolve(reason));
    });
    this.synced = new Promise((resolve, reject) => {
      this.provider.on("synced", () => resolve());
      void this.denied.then((reason) => reject(new Error(`${name} was denied: ${reason}`)));
    });
    this.provider.on("stateless", ({ payload }: { payload: string }) => {
      this.messages.push(JSON.parse(payload));
      this.changed();
    });
    this.provider.on("unsyncedChanges", () => this.changed());
    this.provider.awareness?.on("change", () => this.changed());
    doc.on("update", () => this.changed());
    this.provider.attach();
    onTestFinished(() => this.provider.destroy());
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }

  /** Resolves as soon as something that happened to the document makes it true. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!condition()) return;
        this.listeners.delete(look);
        resolve();
      };
      this.listeners.add(look);
      look();
    });
  }

  /** Resolves when the server has acknowledged everything. */
  saved(): Promise<void> {
    return this.until(() => !this.provider.hasUnsyncedChanges);
  }
}

/** A server with a chair signed in and a fresh report, and browsers for whom the chair invites. */
export interface Hall {
  readonly server: RunningServer & { data: string };
  readonly chair: Browser;
  readonly report: string;
  invite(role: Exclude<Role, "chair">, name?: string): Promise<Guest>;
}

export interface Guest {
  readonly browser: Browser;
  readonly person: Person;
  readonly link: string;
}

export async function openHall(options: Partial<ServerOptions> = {}): Promise<Hall> {
  const server = await openServer(options);
  const chair = new Browser(server);
  await chair.open(server.chairLink);
  const { id: report } = await chair.ask<{ id: string }>(
    "POST",
    "/api/reports",
    { template: "party-committee", fields: { organisation: "Đảng ủy Mẫu", year: "2021", place: "Hà Nội" } },
    201,
  );
  return {
    server,
    chair,
    report,
    invite: async (role, name = `Người ${role}`) => {
      const [fresh] = await chair.ask<FreshLink[]>(
        "POST",
        `/api/reports/${report}/people`,
        { people: [{ role, name, unit: "Chi bộ Mẫu" }] },
        201,
      );
      if (!fresh) throw new Error("no link");
      const browser = new Browser(server);
      await browser.open(fresh.url);
      return { browser, person: fresh.person, link: fresh.url };
    },
  };
}
