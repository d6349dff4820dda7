import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import { WebSocket } from "ws";
import * as Y from "yjs";
import type { ReportInfo, ServerMessage } from "#protocol";
import type { RunningServer } from "#server";

/** Takes what is to be done when whoever asked is done. */
export type AtEnd = (end: () => void) => void;

/** A browser: its cookies, and the sockets it has open. */
export class Browser {
  readonly server: Pick<RunningServer, "url">;
  readonly atEnd: AtEnd;
  cookie = "";

  constructor(server: Pick<RunningServer, "url">, atEnd: AtEnd) {
    this.server = server;
    this.atEnd = atEnd;
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
    this.atEnd(() => socket.terminate());
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
  readonly atEnd: AtEnd;

  constructor(browser: Browser) {
    this.atEnd = browser.atEnd;
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
    this.atEnd(() => this.end());
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
    line.atEnd(() => this.provider.destroy());
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
