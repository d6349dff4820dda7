import { readFileSync } from "node:fs";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { Server } from "@hocuspocus/server";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { WebSocket } from "ws";
import * as Y from "yjs";
import { docFrom } from "#collab";
import { slotsOf } from "#model";
import { pack } from "../../src/server/storage/packed.ts";
import { shippedCatalogue } from "../support/catalogue.ts";
import { serveClient } from "../support/served-client.ts";
import { Session } from "./guests.ts";
import type { Extent } from "./history.ts";
import type { BenchRow } from "./row.ts";
import { benchRow } from "./row.ts";
import { prepare } from "./workspace.ts";
import { writtenHistories } from "./written.ts";

const SYNC = 0;
const AUTH = 2;
const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;
const LETTERS = 200;

/** Long enough for everything that a letter sets going to have come through, in milliseconds. */
const QUIET = 1500;

interface Counted {
  /** Received until the document is whole. */
  readonly opening: number;
  /** Sent and received by who types, and received by one who reads along, for each letter. */
  readonly letter: number;
}

/**
 * The bytes on the sockets, headers and answers included: our server beside a bare Hocuspocus server with y-prosemirror's
 * form of the same report. Both clients offer compression, as browsers do. At rest: one state as ours lies on the disk, and
 * as Hocuspocus' own database extension writes it.
 */
export async function benchWire(size: { blocks: number; edits: number; comments: number }): Promise<BenchRow[]> {
  const { templates } = await shippedCatalogue();
  const template = templates.get("party-cell");
  if (!template) throw new Error("the cell's template is shipped");
  const extent: Extent = { ...size, people: 20, slots: slotsOf(template).map(({ id }) => id) };
  const histories = await writtenHistories(extent);
  const served = await serveClient();
  const peerState = new Uint8Array(readFileSync(histories.peer.bytes));
  const bare = new Server({
    port: 0,
    address: "127.0.0.1",
    quiet: true,
    onLoadDocument: async ({ document }) => Y.applyUpdate(document, peerState),
  });
  try {
    const chair = new Session(served.url);
    await chair.open(served.chairLink);
    const { report } = await prepare(chair, size);
    await bare.listen();
    const { name, value } = chair.cookie;
    const ours = await count({
      url: `${served.url.replace("http", "ws")}/collab`,
      headers: { cookie: `${name}=${value}` },
      document: `${report}/body`,
    });
    const peer = await count({ url: bare.webSocketURL, headers: {}, document: `${report}/body` });
    const plain = Y.encodeStateAsUpdate(docFrom(peerState));
    const packed = pack(Y.encodeStateAsUpdate(docFrom(readFileSync(histories.ours.bytes))));
    return [
      benchRow("on the socket: the first exchange", "kB", ours.opening / 1000, peer.opening / 1000),
      benchRow("on the socket: a letter, there and to one reader", "B", ours.letter, peer.letter),
      benchRow("at rest on the server", "kB", packed.length / 1000, plain.length / 1000),
    ];
  } finally {
    await bare.destroy();
    await served.close();
  }
}

interface Place {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly document: string;
}

async function count(place: Place): Promise<Counted> {
  const writer = await Line.open(place);
  const opening = writer.received;
  const reader = await Line.open(place);
  await quiet();
  const before = writer.sent + writer.received + reader.received;
  await writer.type();
  await quiet();
  const letter = (writer.sent + writer.received + reader.received - before) / LETTERS;
  writer.close();
  reader.close();
  return { opening, letter };
}

/** One connection to a document, and the bytes on it. */
class Line {
  readonly #socket: WebSocket;
  readonly #tcp: Socket;
  readonly #document: string;
  readonly #doc = new Y.Doc();

  private constructor(socket: WebSocket, tcp: Socket, document: string) {
    this.#socket = socket;
    this.#tcp = tcp;
    this.#document = document;
  }

  /** Ready once the document is whole. */
  static async open({ url, headers, document }: Place): Promise<Line> {
    const { port, hostname } = new URL(url);
    const tcp = connect(Number(port), hostname);
    const socket = new WebSocket(url, { headers: { ...headers }, createConnection: () => tcp });
    const line = new Line(socket, tcp, document);
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    const whole = new Promise<void>((resolve) => {
      socket.on("message", (message: Buffer) => {
        if (line.#take(message)) resolve();
      });
    });
    line.#send(AUTH, (encoder) => {
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarString(encoder, "");
    });
    line.#send(SYNC, (encoder) => {
      encoding.writeVarUint(encoder, STEP_1);
      encoding.writeVarUint8Array(encoder, Y.encodeStateVector(line.#doc));
    });
    await whole;
    return line;
  }

  get received(): number {
    return this.#tcp.bytesRead;
  }

  get sent(): number {
    return this.#tcp.bytesWritten;
  }

  /** Types letters behind one another into the longest text there is, each a message of its own. */
  async type(): Promise<void> {
    let item = longestText(this.#doc);
    this.#doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== this) return;
      this.#send(SYNC, (encoder) => {
        encoding.writeVarUint(encoder, UPDATE);
        encoding.writeVarUint8Array(encoder, update);
      });
    });
    for (let i = 0; i < LETTERS; i++) {
      item = this.#letterBehind(item);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  close(): void {
    this.#socket.terminate();
  }

  #letterBehind(left: Y.Item): Y.Item {
    return this.#doc.transact((transaction) => {
      const { doc } = transaction;
      const id = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID));
      const content = new Y.ContentString("n");
      const item = new Y.Item(id, left, left.lastId, left.right, left.right?.id ?? null, left.parent, null, content);
      item.integrate(transaction, 0);
      return item;
    }, this);
  }

  #take(message: Uint8Array): boolean {
    // Hocuspocus' ping is a single byte without an address.
    if (message.length === 1) return false;
    const decoder = decoding.createDecoder(message);
    decoding.readVarString(decoder);
    if (decoding.readVarUint(decoder) !== SYNC || decoding.readVarUint(decoder) !== STEP_2) return false;
    Y.applyUpdate(this.#doc, decoding.readVarUint8Array(decoder));
    return true;
  }

  #send(type: number, write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarString(encoder, this.#document);
    encoding.writeVarUint(encoder, type);
    write(encoder);
    this.#socket.send(encoding.toUint8Array(encoder));
  }
}

/** The item with the longest living text: a letter behind it stands in the midst of words on either side. */
function longestText(doc: Y.Doc): Y.Item {
  let longest: Y.Item | null = null;
  for (const structs of doc.store.clients.values()) {
    for (const struct of structs) {
      if (!(struct instanceof Y.Item) || struct.deleted || !(struct.content instanceof Y.ContentString)) continue;
      if (longest === null || struct.length > longest.length) longest = struct;
    }
  }
  if (!longest) throw new Error("the report has no text");
  return longest;
}

async function quiet(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, QUIET));
}
