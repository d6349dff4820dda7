import type { DocumentName, RefusalReason } from "#protocol";
import type { Connection } from "@hocuspocus/server";
import type { WebSocket } from "ws";
import type { DocumentKey } from "../storage/storage.ts";
import type { Member, Visitor } from "../visitor.ts";
import type { Meter } from "./meter.ts";

/** One open socket: a browser, and what it has sent so far. */
export interface Guest {
  readonly socket: WebSocket;
  readonly visitor: Visitor;
  readonly meter: Meter;
  /** The documents, by their wire names, that were opened to the guest. */
  readonly seats: Set<string>;
  /** As the log names the guest. */
  readonly who: readonly string[];
}

/** A guest at one document. */
export interface Seat {
  readonly name: DocumentName;
  readonly key: DocumentKey;
  readonly member: Member;
  readonly right: "write" | "read";
  /** The Yjs client as which the guest is present here, once it is known. */
  presence: number | null;
  /** As how many Yjs clients the guest has been present here. */
  presences: number;
  /** Gives way to the next writer, where writers of this document take turns. */
  release: (() => void) | null;
}

/** What Hocuspocus carries for each document of each socket. The seat is there once the guest may sit down. */
export interface GuestContext {
  readonly guest: Guest;
  readonly seat?: Seat;
}

export type GuestConnection = Connection<GuestContext>;

/** Why a document is not opened, as the wire says it in the place of a permission. */
export type DenialReason = "forbidden" | "not-found" | "not-stored";

/** What Hocuspocus takes for a denial: it is told to the client, and logged by nobody. */
export interface Denial {
  readonly reason: DenialReason;
}

/** What came of an update: taken, or refused and why, or not stored, or its sender was sent away meanwhile. */
export type Verdict = "taken" | "not-stored" | "gone" | RefusalReason;
