import * as encoding from "lib0/encoding";
import { WebSocket } from "ws";
import type { FreshLink } from "#protocol";

/** Message types of the collaboration protocol. */
const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const UPDATE = 2;

/** A browser's session with a server: what opening a link leaves behind. */
export class Session {
  readonly url: string;
  #cookie = "";

  constructor(url: string) {
    this.url = url;
  }

  async open(link: string): Promise<void> {
    const response = await fetch(new URL(new URL(link).pathname, this.url), { redirect: "manual" });
    this.#cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  }

  get cookie(): { name: string; value: string } {
    const [name = "", value = ""] = this.#cookie.split("=", 2);
    return { name, value };
  }

  async ask<T>(method: string, path: string, body: string | Uint8Array<ArrayBuffer>): Promise<T> {
    const type = typeof body === "string" ? "application/json" : "application/octet-stream";
    const headers = { cookie: this.#cookie, "content-type": type };
    const response = await fetch(this.url + path, { method, headers, body });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  socket(): WebSocket {
    const socket = new WebSocket(`${this.url.replace("http", "ws")}/collab`, { headers: { cookie: this.#cookie } });
    socket.on("error", (error) => console.error("a guest's socket failed", error.message));
    return socket;
  }
}

/** One of the people present: moves a caret about and, if asked, types. Reads nothing of what comes. */
class Guest {
  readonly #socket: WebSocket;
  readonly #document: string;
  readonly #client: number;
  #clock = 0;

  constructor(socket: WebSocket, document: string, client: number) {
    this.#socket = socket;
    this.#document = document;
    this.#client = client;
  }

  async enter(): Promise<void> {
    const once = async (event: string): Promise<unknown> => new Promise((resolve) => this.#socket.once(event, resolve));
    await once("open");
    const answered = once("message");
    this.#send(AUTH, (encoder) => {
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarString(encoder, "");
    });
    await answered;
  }

  move(cursor: unknown): void {
    this.#send(AWARENESS, (encoder) => {
      const states = encoding.createEncoder();
      encoding.writeVarUint(states, 1);
      encoding.writeVarUint(states, this.#client);
      encoding.writeVarUint(states, ++this.#clock);
      encoding.writeVarString(states, JSON.stringify({ cursor }));
      encoding.writeVarUint8Array(encoder, encoding.toUint8Array(states));
    });
  }

  type(update: Uint8Array): void {
    this.#send(SYNC, (encoder) => {
      encoding.writeVarUint(encoder, UPDATE);
      encoding.writeVarUint8Array(encoder, update);
    });
  }

  leave(): void {
    this.#socket.terminate();
  }

  #send(type: number, write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarString(encoder, this.#document);
    encoding.writeVarUint(encoder, type);
    write(encoder);
    this.#socket.send(encoding.toUint8Array(encoder));
  }
}

/** So many drafters at one report, whom the chair lets in. Each moves about four times a second until they leave. */
export class Company {
  readonly #guests: Guest[] = [];
  #moving: ReturnType<typeof setInterval> | undefined;

  static async enter(chair: Session, report: string, count: number): Promise<Company> {
    const company = new Company();
    const people = Array.from({ length: count }, (_, n) => ({
      role: "drafter",
      name: `Người ${n}`,
      unit: "Tổ biên tập",
    }));
    const path = `/api/reports/${report}/people`;
    const links = await chair.ask<FreshLink[]>("POST", path, JSON.stringify({ people }));
    for (const { url } of links) {
      const session = new Session(chair.url);
      await session.open(url);
      const guest = new Guest(session.socket(), `${report}/body`, clientId());
      await guest.enter();
      company.#guests.push(guest);
    }
    return company;
  }

  moveAbout(cursors: readonly unknown[]): void {
    let n = 0;
    this.#moving = setInterval(() => {
      this.#guests[n % this.#guests.length]?.move(cursors[n % cursors.length]);
      n++;
    }, 250 / this.#guests.length);
  }

  /** One of them types. */
  type(update: Uint8Array): void {
    this.#guests[0]?.type(update);
  }

  leave(): void {
    clearInterval(this.#moving);
    for (const guest of this.#guests) guest.leave();
  }
}

/** A Yjs client of nobody else's. */
function clientId(): number {
  return 1 + Math.floor(Math.random() * 2 ** 31);
}
