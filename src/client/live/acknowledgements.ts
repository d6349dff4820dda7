import * as decoding from "lib0/decoding";

/** Outer types of Hocuspocus messages and inner types of sync messages, as they stand on the wire. */
const SYNC = 0;
const AWARENESS = 1;
const SYNC_STATUS = 8;
const SYNC_STEP_2 = 1;
const SYNC_UPDATE = 2;

/** What a message means for the question whether something is saved. */
export type Traffic = {
  readonly document: string;
  readonly kind: "state" | "update" | "stored" | "not-stored" | "presence";
} | null;

/**
 * Reads a message of either direction: `state` and `update` carry changes and are each answered once, in order, by
 * `stored` or `not-stored`; `presence` tells who is here. Every other message, and anything unreadable, is null.
 */
export function trafficOf(message: Uint8Array): Traffic {
  try {
    const decoder = decoding.createDecoder(message);
    const document = decoding.readVarString(decoder);
    const type = decoding.readVarUint(decoder);
    if (type === SYNC) {
      const inner = decoding.readVarUint(decoder);
      if (inner === SYNC_STEP_2) return { document, kind: "state" };
      return inner === SYNC_UPDATE ? { document, kind: "update" } : null;
    }
    if (type === AWARENESS) return { document, kind: "presence" };
    if (type === SYNC_STATUS) return { document, kind: decoding.readVarInt(decoder) === 1 ? "stored" : "not-stored" };
    return null;
  } catch {
    return null;
  }
}

/**
 * The acknowledgements of one document over one socket. The provider's own counter starts at one after every
 * reconnection whatever is on its way, and so could say "saved" too early; this one counts what the socket really
 * carried. Make a new one for every socket.
 */
export class Acknowledgements {
  private outstanding = 0;
  /** True once this side has sent its whole state over the socket. */
  stateSent = false;
  private refused = false;

  sent(kind: "state" | "update"): void {
    this.outstanding++;
    if (kind === "state") this.stateSent = true;
  }

  received(kind: "stored" | "not-stored"): void {
    this.outstanding = Math.max(0, this.outstanding - 1);
    if (kind === "not-stored") this.refused = true;
  }

  /** True where the server has said of everything we have that it is stored. */
  get complete(): boolean {
    return this.stateSent && this.outstanding === 0 && !this.refused;
  }
}
