import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { WebSocket } from "ws";
import type { Browser, Ending } from "./support.ts";

/** Message types of the collaboration protocol. */
export const SYNC = 0;
export const AWARENESS = 1;
export const AUTH = 2;
export const BROADCAST_STATELESS = 6;
const SYNC_STATUS = 8;

/** A client that says whatever it likes. */
export class RawGuest {
  readonly socket: WebSocket;
  readonly closed: Promise<Ending>;
  /** The answers to updates, in order: stored or not. */
  readonly answers: boolean[] = [];
  private readonly listeners = new Set<() => void>();
  private authenticated = new Set<string>();

  constructor(browser: Browser, headers?: Record<string, string>) {
    this.socket = browser.socket(headers);
    this.closed = new Promise((resolve) => {
      this.socket.once("close", (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    this.socket.on("message", (data: Buffer) => this.hear(new Uint8Array(data)));
  }

  private hear(message: Uint8Array): void {
    if (message.length === 1) return;
    const decoder = decoding.createDecoder(message);
    const name = decoding.readVarString(decoder);
    const type = decoding.readVarUint(decoder);
    if (type === AUTH) this.authenticated.add(name);
    if (type === SYNC_STATUS) this.answers.push(decoding.readVarUint(decoder) === 1);
    for (const listener of this.listeners) listener();
  }

  /** Resolves when the socket is open, or closed again. */
  opened(): Promise<void> {
    return new Promise((resolve) => {
      if (this.socket.readyState === this.socket.OPEN) resolve();
      this.socket.once("open", () => resolve());
      this.socket.once("close", () => resolve());
    });
  }

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

  /** Sits down at a document. */
  async sit(name: string): Promise<void> {
    await this.opened();
    this.send(name, AUTH, (encoder) => {
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarString(encoder, "");
    });
    await this.until(() => this.authenticated.has(name));
  }

  send(name: string, type: number, write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarString(encoder, name);
    encoding.writeVarUint(encoder, type);
    write(encoder);
    this.socket.send(encoding.toUint8Array(encoder));
  }

  /** Sends an update, as typing does (2) or as joining does (1). */
  update(name: string, update: Uint8Array, step: 1 | 2 = 2): void {
    this.send(name, SYNC, (encoder) => {
      encoding.writeVarUint(encoder, step);
      encoding.writeVarUint8Array(encoder, update);
    });
  }
}
