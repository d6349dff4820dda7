import { readFileSync } from "node:fs";
import { Server } from "@hocuspocus/server";
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
import { Seat } from "./seat.ts";
import type { Door } from "./seat.ts";
import { prepare } from "./workspace.ts";
import { writtenHistories } from "./written.ts";

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
    const ours = await count({ ...chair.door, document: `${report}/body` });
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

interface Place extends Door {
  readonly document: string;
}

async function count(place: Place): Promise<Counted> {
  const writer = await Seat.take(place);
  const doc = await writer.open(place.document);
  const opening = writer.received;
  const reader = await Seat.take(place);
  await reader.open(place.document);
  await quiet();
  const bytes = (): number => writer.sent + writer.received + reader.received;
  const before = bytes();
  // Letters behind one another into the longest text there is, each a message of its own.
  let item = longestText(doc);
  for (let i = 0; i < LETTERS; i++) {
    item = letterBehind(doc, item, writer);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await quiet();
  const letter = (bytes() - before) / LETTERS;
  writer.leave();
  reader.leave();
  return { opening, letter };
}

function letterBehind(doc: Y.Doc, left: Y.Item, origin: unknown): Y.Item {
  return doc.transact((transaction) => {
    const id = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID));
    const content = new Y.ContentString("n");
    const item = new Y.Item(id, left, left.lastId, left.right, left.right?.id ?? null, left.parent, null, content);
    item.integrate(transaction, 0);
    return item;
  }, origin);
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
