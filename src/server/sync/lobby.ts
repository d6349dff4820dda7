import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { RefusalReason } from "#protocol";
import { CLOSE } from "#protocol";
import type { Hocuspocus } from "@hocuspocus/server";
import type { FastifyBaseLogger } from "fastify";
import type { WebSocket } from "ws";
import { WebSocketServer } from "ws";
import type { Visitor } from "../visitor.ts";
import { whoIs } from "../visitor.ts";
import type { Guest } from "./guest.ts";
import type { Allowance } from "./meter.ts";
import { Meter } from "./meter.ts";
import { addressOf } from "./wire.ts";

/** One byte each: the protocol's own beat, on which the client relies where no document has news. */
const PING = 9;
const PONG = 10;
const BEAT = 10_000;

/**
 * What may come in by one link, over all its sockets: an hour of fast typing in one go, and more per second than any
 * keyboard.
 */
const ALLOWANCE: Allowance = {
  messages: { burst: 4000, perSecond: 400 },
  bytes: { burst: 48 * 1024 * 1024, perSecond: 2 * 1024 * 1024 },
};

/** How many sockets one link may have open: a hall full of people who share one. */
const MOST_SOCKETS = 1000;

/** What one socket may send to documents that are not open to it: a page knocks at a handful, once each time it comes. */
const EARLY = { messages: 800, bytes: 4 * 1024 * 1024, addresses: 80 };

/** How much may wait to be sent to one socket, in bytes: who does not read is sent away. */
const MOST_UNREAD = 64 * 1024 * 1024;

/** The largest message: an update with its address. A whole report pasted at once is far smaller. */
export const LARGEST_MESSAGE: number = 4 * 1024 * 1024;

/**
 * Long messages travel deflated: a long report with its history takes a third, a keystroke is left as it is. Nothing is
 * kept between messages, so that a hall full of sockets takes no memory for it; what unpacks to more than the largest
 * message is refused like any other.
 */
const DEFLATE = { threshold: 4096, serverNoContextTakeover: true, clientNoContextTakeover: true };

export interface LobbyOptions {
  readonly log: FastifyBaseLogger;
  /** The visitor a request comes from. */
  readonly visitor: (request: IncomingMessage) => Promise<Visitor | null>;
  /** True where a page of ours made the request, or no page at all. */
  readonly fromHere: (request: IncomingMessage) => boolean;
  /** Takes a new guest on, and gives what its messages go to. */
  readonly receive: (
    guest: Guest,
    request: Request,
  ) => Pick<ReturnType<Hocuspocus["handleConnection"]>, "handleMessage" | "handleClose" | "lastMessageReceivedAt">;
}

/** Where sockets come in: who they are, how much they say, and that they end. What they say is not its business. */
export class Lobby {
  private readonly options: LobbyOptions;
  private readonly log: FastifyBaseLogger;
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE,
    perMessageDeflate: DEFLATE,
  });
  private readonly guests = new Set<Guest>();
  /** By link. Kept until it is full again: who comes back at once has no more left than before. */
  private readonly meters = new Map<string, Meter>();
  private readonly beat: NodeJS.Timeout;
  private closed = false;

  constructor(options: LobbyOptions) {
    this.options = options;
    this.log = options.log;
    this.beat = setInterval(() => this.ping(), BEAT);
    this.beat.unref();
  }

  /** Answers an upgrade on `/collab`. */
  async upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    stream.on("error", (error) => this.log.debug({ err: error }, "a socket failed before it was open"));
    const visitor = await this.options.visitor(request).catch((error: unknown) => {
      this.log.error({ err: error }, "a session could not be read");
      return null;
    });
    if (!this.options.fromHere(request)) {
      const { origin } = request.headers;
      this.log.warn({ who: whoIs(visitor), reason: "origin-foreign", origin }, "a socket was refused");
      stream.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
      return;
    }
    this.sockets.handleUpgrade(request, stream, head, (socket) => {
      // Without a listener one broken frame would end the process.
      socket.on("error", (error) => {
        const reason = "code" in error ? error.code : error.message;
        this.log.warn({ who: whoIs(visitor), reason, err: error }, "a socket failed");
      });
      if (this.closed) socket.close(1001, "closing");
      else if (visitor) this.welcome(socket, request, visitor);
      else {
        this.log.warn({ address: request.socket.remoteAddress, reason: "signed-out" }, "a socket was closed");
        socket.close(CLOSE.signedOut, "signed-out");
      }
    });
  }

  private welcome(socket: WebSocket, request: IncomingMessage, visitor: Visitor): void {
    const [{ link } = { link: "" }] = visitor.links;
    const company = [...this.guests].filter((other) => other.visitor.links[0]?.link === link);
    const meter = this.meters.get(link) ?? new Meter(ALLOWANCE, () => performance.now());
    this.meters.set(link, meter);
    const guest: Guest = { socket, visitor, meter, who: whoIs(visitor), seats: new Set() };
    if (company.length >= MOST_SOCKETS) {
      this.turnOut(guest, CLOSE.flooding, "flooding");
      return;
    }
    this.guests.add(guest);
    const early = new Early();
    const connection = this.options.receive(guest, new Request(new URL(request.url ?? "/", "http://localhost")));
    socket.on("message", (data) => {
      const bytes = bytesOf(data);
      if (socket.readyState !== socket.OPEN) return;
      if (bytes.length === 1 && bytes[0] === PONG) connection.lastMessageReceivedAt = Date.now();
      else if (!meter.take(bytes.length) || socket.bufferedAmount > MOST_UNREAD)
        this.turnOut(guest, CLOSE.flooding, "flooding");
      else {
        const address = addressOf(bytes);
        if (address === null) this.turnOut(guest, CLOSE.refused, "malformed" satisfies RefusalReason);
        else if (!guest.seats.has(address) && !early.take(address, bytes.length))
          this.turnOut(guest, CLOSE.flooding, "flooding");
        else connection.handleMessage(bytes);
      }
    });
    socket.on("close", (code, reason) => {
      this.guests.delete(guest);
      connection.handleClose({ code, reason: reason.toString() });
    });
  }

  /** Closes a guest's socket and says so in the log. */
  turnOut({ socket, who }: Guest, code: number, reason: string, about: { document?: string } = {}): void {
    if (socket.readyState !== socket.OPEN) return;
    this.log.warn({ who, ...about, reason }, "a socket was closed");
    socket.close(code, reason);
  }

  private ping(): void {
    for (const guest of this.guests) {
      if (guest.socket.bufferedAmount > MOST_UNREAD) this.turnOut(guest, CLOSE.flooding, "flooding");
      else guest.socket.send(Uint8Array.of(PING));
    }
    const used = new Set([...this.guests].map(({ meter }) => meter));
    for (const [link, meter] of this.meters) if (!used.has(meter) && meter.isFull) this.meters.delete(link);
  }

  /** The guests that `which` is true of. */
  find(which: (guest: Guest) => boolean): Guest[] {
    return [...this.guests].filter(which);
  }

  /** Lets nobody in any more and closes every socket, waiting a second at most. */
  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.beat);
    const open = [...this.guests].map(({ socket }) => socket);
    const ended = open.map((socket) => new Promise((resolve) => socket.once("close", resolve)));
    for (const socket of open) socket.close(1001, "closing");
    this.meters.clear();
    const patience = setTimeout(() => open.forEach((socket) => socket.terminate()), 1000);
    await Promise.all(ended);
    clearTimeout(patience);
    this.sockets.close();
  }
}

/** Counts what comes for documents at which the guest has no seat yet: it is kept until the seat is taken. */
class Early {
  private messages = 0;
  private bytes = 0;
  private readonly addresses = new Set<string>();

  take(address: string, bytes: number): boolean {
    this.messages++;
    this.bytes += bytes;
    this.addresses.add(address);
    return this.messages <= EARLY.messages && this.bytes <= EARLY.bytes && this.addresses.size <= EARLY.addresses;
  }
}

function bytesOf(data: WebSocket.RawData): Uint8Array {
  if (Array.isArray(data)) return new Uint8Array(Buffer.concat(data));
  return new Uint8Array(data);
}
