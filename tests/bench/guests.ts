import type { FreshLink } from "#protocol";
import { Seat } from "./seat.ts";
import type { Door } from "./seat.ts";

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

  async get(path: string): Promise<Response> {
    const response = await fetch(this.url + path, { headers: { cookie: this.#cookie } });
    if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
    return response;
  }

  async ask<T>(method: string, path: string, body: string | Uint8Array<ArrayBuffer>): Promise<T> {
    const type = typeof body === "string" ? "application/json" : "application/octet-stream";
    const headers = { cookie: this.#cookie, "content-type": type };
    const response = await fetch(this.url + path, { method, headers, body });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** Where this browser's sockets go. */
  get door(): Door {
    return { url: `${this.url.replace("http", "ws")}/collab`, headers: { cookie: this.#cookie } };
  }
}

/** So many drafters at one report, whom the chair lets in. Each moves about four times a second until they leave. */
export class Company {
  readonly #guests: { readonly seat: Seat; readonly client: number }[] = [];
  readonly #document: string;
  #moving: ReturnType<typeof setInterval> | undefined;

  private constructor(document: string) {
    this.#document = document;
  }

  static async enter(chair: Session, report: string, count: number): Promise<Company> {
    const company = new Company(`${report}/body`);
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
      const seat = await Seat.take(session.door);
      seat.enter(company.#document);
      company.#guests.push({ seat, client: clientId() });
    }
    return company;
  }

  moveAbout(cursors: readonly unknown[]): void {
    let n = 0;
    this.#moving = setInterval(() => {
      const guest = this.#guests[n % this.#guests.length];
      guest?.seat.appear(this.#document, guest.client, { cursor: cursors[n % cursors.length] });
      n++;
    }, 250 / this.#guests.length);
  }

  /** One of them types. */
  type(update: Uint8Array): void {
    this.#guests[0]?.seat.tell(this.#document, update);
  }

  leave(): void {
    clearInterval(this.#moving);
    for (const { seat } of this.#guests) seat.leave();
  }
}

/** A Yjs client of nobody else's. */
function clientId(): number {
  return 1 + Math.floor(Math.random() * 2 ** 31);
}
