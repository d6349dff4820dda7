import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { WebSocket } from "ws";
import * as Y from "yjs";
import type { Browser, Ending } from "../support/browser.ts";

/** Message types of the collaboration protocol. */
export const SYNC = 0;
export const AWARENESS = 1;
export const AUTH = 2;
export const QUERY_AWARENESS = 3;
export const STATELESS = 5;
export const BROADCAST_STATELESS = 6;
const SYNC_STATUS = 8;

/** A client of nobody's making, that says whatever it likes: frames and bytes, no provider. */
export class Intruder {
  readonly socket: WebSocket;
  readonly closed: Promise<Ending>;
  /** The answers to updates, in order: stored or not. */
  readonly answers: boolean[] = [];
  /** Why documents were not opened, by their names. */
  readonly denied = new Map<string, string>();
  private readonly states = new Map<string, Uint8Array>();
  private readonly listeners = new Set<() => void>();
  private readonly authenticated = new Set<string>();

  constructor(browser: Pick<Browser, "socket">, headers?: Record<string, string>) {
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
    if (type === AUTH) {
      const isDenied = decoding.readVarUint(decoder) === 1;
      if (isDenied) this.denied.set(name, decoding.readVarString(decoder));
      this.authenticated.add(name);
    }
    if (type === SYNC && decoding.readVarUint(decoder) === 1) {
      this.states.set(name, decoding.readVarUint8Array(decoder));
    }
    if (type === SYNC_STATUS) this.answers.push(decoding.readVarUint(decoder) === 1);
    for (const listener of this.listeners) listener();
  }

  /** Resolves when the socket is open, or closed again. */
  opened(): Promise<void> {
    return new Promise((resolve) => {
      if (this.socket.readyState !== WebSocket.CONNECTING) resolve();
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

  /** Asks for a document; why it is denied, or null where it was opened. */
  async sit(name: string): Promise<string | null> {
    await this.opened();
    this.send(name, AUTH, (encoder) => {
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarString(encoder, "");
    });
    await Promise.race([this.until(() => this.authenticated.has(name)), this.closed]);
    return this.denied.get(name) ?? null;
  }

  /** The whole of a document, as the server gives it. */
  async read(name: string): Promise<Y.Doc> {
    const denied = await this.sit(name);
    if (denied !== null) throw new Error(`${name}: ${denied}`);
    this.states.delete(name);
    this.ask(name);
    await Promise.race([this.until(() => this.states.has(name)), this.closed]);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, this.states.get(name) ?? new Uint8Array([0, 0]));
    return doc;
  }

  /** Asks for all of a document. */
  ask(name: string): void {
    this.send(name, SYNC, (encoder) => {
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarUint8Array(encoder, Y.encodeStateVector(new Y.Doc()));
    });
  }

  send(name: string, type: number, write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarString(encoder, name);
    encoding.writeVarUint(encoder, type);
    write(encoder);
    this.bytes(encoding.toUint8Array(encoder));
  }

  /** Sends what need not be a message at all. */
  bytes(bytes: Uint8Array): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(bytes);
  }

  /** Sends an update, as typing does (2) or as joining does (1). */
  update(name: string, update: Uint8Array, step: 1 | 2 = 2): void {
    this.send(name, SYNC, (encoder) => {
      encoding.writeVarUint(encoder, step);
      encoding.writeVarUint8Array(encoder, update);
    });
  }

  /** Says who is present: Yjs clients with their clocks and states, null for one that is gone. */
  present(name: string, states: readonly { client: number; clock: number; state: unknown }[]): void {
    this.send(name, AWARENESS, (encoder) => {
      const inner = encoding.createEncoder();
      encoding.writeVarUint(inner, states.length);
      for (const { client, clock, state } of states) {
        encoding.writeVarUint(inner, client);
        encoding.writeVarUint(inner, clock);
        encoding.writeVarString(inner, JSON.stringify(state));
      }
      encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner));
    });
  }
}
