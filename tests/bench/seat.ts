import { connect } from "node:net";
import type { Socket } from "node:net";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { WebSocket } from "ws";
import * as Y from "yjs";

const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const STEP_1 = 0;
const UPDATE = 2;

export interface Door {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * One person's socket to a server that speaks Hocuspocus' protocol, with as many documents on it as they open, and the
 * bytes that go over it. Updates of the documents made under the seat as origin are sent.
 */
export class Seat {
  readonly #socket: WebSocket;
  readonly #tcp: Socket;
  readonly #open = new Map<string, { readonly doc: Y.Doc; readonly whole: () => void }>();
  #clock = 0;
  /** Bytes received, by what they were about. */
  readonly heard = { text: 0, presence: 0 };
  /** Why the server closed the socket, if it did. */
  closed: string | null = null;

  private constructor(socket: WebSocket, tcp: Socket) {
    this.#socket = socket;
    this.#tcp = tcp;
    socket.on("message", (message: Buffer) => this.#take(message));
    socket.on("close", (code, reason) => {
      this.closed = `${code} ${reason.toString()}`;
    });
  }

  static async take({ url, headers }: Door): Promise<Seat> {
    const { port, hostname } = new URL(url);
    const tcp = connect(Number(port), hostname);
    const socket = new WebSocket(url, { headers: { ...headers }, createConnection: () => tcp });
    const seat = new Seat(socket, tcp);
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    return seat;
  }

  /** Gives the document once it is whole. */
  async open(name: string, doc = new Y.Doc()): Promise<Y.Doc> {
    const whole = new Promise<void>((resolve) => this.#open.set(name, { doc, whole: resolve }));
    doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === this) this.tell(name, update);
    });
    this.enter(name);
    this.#send(name, SYNC, (encoder) => {
      encoding.writeVarUint(encoder, STEP_1);
      encoding.writeVarUint8Array(encoder, Y.encodeStateVector(doc));
    });
    await whole;
    return doc;
  }

  /** Comes to a document without reading it. */
  enter(name: string): void {
    this.#send(name, AUTH, (encoder) => {
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarString(encoder, "");
    });
  }

  /** Sends an update of a document. */
  tell(name: string, update: Uint8Array): void {
    this.#send(name, SYNC, (encoder) => {
      encoding.writeVarUint(encoder, UPDATE);
      encoding.writeVarUint8Array(encoder, update);
    });
  }

  /** Says at a document that one is there, and what `state` says. */
  appear(name: string, client: number, state: unknown): void {
    this.#send(name, AWARENESS, (encoder) => {
      const states = encoding.createEncoder();
      encoding.writeVarUint(states, 1);
      encoding.writeVarUint(states, client);
      encoding.writeVarUint(states, ++this.#clock);
      encoding.writeVarString(states, JSON.stringify(state));
      encoding.writeVarUint8Array(encoder, encoding.toUint8Array(states));
    });
  }

  get received(): number {
    return this.#tcp.bytesRead;
  }

  get sent(): number {
    return this.#tcp.bytesWritten;
  }

  leave(): void {
    this.#socket.terminate();
  }

  #take(message: Uint8Array): void {
    // Hocuspocus' ping is a single byte without an address.
    if (message.length === 1) return;
    const decoder = decoding.createDecoder(message);
    const entry = this.#open.get(decoding.readVarString(decoder));
    const type = decoding.readVarUint(decoder);
    if (type === AWARENESS) this.heard.presence += message.length;
    else this.heard.text += message.length;
    if (!entry || type !== SYNC) return;
    const step = decoding.readVarUint(decoder);
    if (step === STEP_1) return;
    Y.applyUpdate(entry.doc, decoding.readVarUint8Array(decoder));
    if (step !== UPDATE) entry.whole();
  }

  #send(name: string, type: number, write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarString(encoder, name);
    encoding.writeVarUint(encoder, type);
    write(encoder);
    this.#socket.send(encoding.toUint8Array(encoder));
  }
}
