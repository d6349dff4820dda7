import * as Y from "yjs";
import { docFrom } from "#collab";
import { HeadlessView, numberedIds } from "./headless-view.ts";

const NETWORK = { source: "network" };

/** A way between two documents on which messages wait, in order, until somebody moves them on. */
export class Line {
  readonly waiting: Uint8Array[] = [];
  readonly to: Y.Doc;

  constructor(to: Y.Doc) {
    this.to = to;
  }

  /** Delivers the `n`th waiting message; `keep` leaves it there to come again. */
  deliver(n = 0, keep = false): void {
    const message = this.waiting[n];
    if (!message) return;
    if (!keep) this.waiting.splice(n, 1);
    Y.applyUpdate(this.to, message, NETWORK);
  }

  drop(n: number): void {
    this.waiting.splice(n, 1);
  }
}

/** One person's editor and the lines that tie it to the server. */
export interface Peer {
  readonly name: string;
  readonly view: HeadlessView;
  readonly up: Line;
  readonly down: Line;
}

/** A server and several editors on a network that can hold, reorder, repeat and lose messages. No clock, no sleep. */
export class Peers {
  readonly server: Y.Doc;
  readonly all: readonly Peer[];

  constructor(count: number, slots: readonly string[], seed: Uint8Array) {
    this.server = docFrom(seed);
    this.server.clientID = 1;
    this.all = Array.from({ length: count }, (_, i) => {
      const doc = docFrom(seed);
      doc.clientID = 100 + i;
      const name = String.fromCharCode(65 + i);
      return {
        name,
        view: new HeadlessView(doc, slots, numberedIds(name)),
        up: new Line(this.server),
        down: new Line(doc),
      };
    });
    for (const peer of this.all) {
      peer.view.doc.on("update", (update: Uint8Array, origin: unknown) => {
        if (origin !== NETWORK) peer.up.waiting.push(update);
      });
    }
    this.server.on("update", (update: Uint8Array) => {
      for (const peer of this.all) peer.down.waiting.push(update);
    });
  }

  /** Everything that waits arrives, and what was lost is asked for again, as at a reconnection. */
  reconnect(peer: Peer): void {
    peer.up.waiting.length = 0;
    peer.down.waiting.length = 0;
    const { doc } = peer.view;
    Y.applyUpdate(this.server, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(this.server)), NETWORK);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(this.server, Y.encodeStateVector(doc)), NETWORK);
  }

  /** Reconnects everybody until all hold the same. */
  quiesce(): void {
    for (let round = 0; round < 12; round++) {
      for (const peer of this.all) this.reconnect(peer);
      if (this.all.every((peer) => isSameState(peer.view.doc, this.server))) return;
    }
    throw new Error("the documents do not come to rest");
  }

  destroy(): void {
    for (const peer of this.all) peer.view.destroy();
  }
}

/** True where two documents hold the same structs and deletions. */
export function isSameState(a: Y.Doc, b: Y.Doc): boolean {
  return Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b));
}
