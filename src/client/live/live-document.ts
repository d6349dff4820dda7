import { HocuspocusProvider } from "@hocuspocus/provider";
import type { HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import { removeAwarenessStates } from "y-protocols/awareness";
import type { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import type { DocumentName, RefusalReason, ServerMessage } from "#protocol";
import { formatDocumentName } from "#protocol";
import { Absence } from "./absence.ts";
import { Acknowledgements } from "./acknowledgements.ts";
import type { DeviceFault } from "./device-log.ts";
import { DeviceLog } from "./device-log.ts";
import { deviceName } from "./device-store.ts";
import { endingOf } from "./ending.ts";
import type { Ending } from "./ending.ts";
import type { DocumentState } from "./sync-state.ts";
import { UnsavedTally } from "./unsaved-tally.ts";

/** How long a device may take to give its copy before the server's is taken without it. */
const DEVICE_PATIENCE = 4_000;
/** And how long until it counts as failing: some browsers hang without an error. */
const DEVICE_HANGS = 20_000;

/** The longest that a server which lacks something is left alone. */
const LONGEST_BEHIND = 600_000;

/** What a document needs of the connection it lives on. */
export interface DocumentHost {
  readonly socket: HocuspocusProviderWebsocket;
  readonly report: string;
  readonly person: string;
  /** How long a server that lacks something is left alone the first time, in milliseconds. */
  readonly behind: number;
  /** The time of the server, UTC. */
  now(): string;
  changed(): void;
  ended(ending: Ending, document: LiveDocument): void;
  told(message: ServerMessage): void;
}

/** One Yjs document of the report, live: kept on the device, exchanged with the server, its own work counted. */
export class LiveDocument {
  readonly doc: Y.Doc = new Y.Doc();
  readonly provider: HocuspocusProvider;
  /** Presence, where the document has it; else null. */
  readonly awareness: Awareness | null;
  /** The name on the wire. */
  readonly name: string;
  readonly writable: boolean;
  /** Settles when there is something to show: the device's copy is loaded, or the server's state has arrived. */
  readonly ready: Promise<void>;
  /** What others change while the connection is lost, where the document is watched for it; else null. */
  readonly absence: Absence | null;
  private acknowledgements = new Acknowledgements();
  private exchangedOnce = false;
  private refusal: RefusalReason | null = null;
  private readonly tally = new UnsavedTally();
  private readonly host: DocumentHost;
  private readonly log: DeviceLog;
  /** True once the device has given its copy, or failed to. */
  private deviceRead = false;
  private deviceHangs = false;
  private failures = 0;
  private behind = 0;
  private again: ReturnType<typeof setTimeout> | null = null;
  private closed = false;

  constructor(
    host: DocumentHost,
    documentName: DocumentName,
    options: { writable: boolean; presence: boolean; watched: boolean },
  ) {
    this.host = host;
    this.name = formatDocumentName(documentName);
    this.writable = options.writable;
    const onDevice = deviceName(host.report, host.person, documentName.kind);
    this.provider = new HocuspocusProvider({
      name: this.name,
      document: this.doc,
      websocketProvider: host.socket,
      token: "",
      ...(options.presence ? {} : { awareness: null }),
      onStateless: ({ payload }) => this.listen(payload),
      onAuthenticationFailed: ({ reason }) => this.end(endingOf(0, reason), true),
      onClose: ({ event }) => {
        // The provider also passes on the closing of the socket, which the connection itself hears.
        if (event.code === 1000) this.end(endingOf(0, event.reason), false);
      },
    });
    this.awareness = this.provider.awareness;
    // Counted first: the log commits each change together with the figure.
    this.doc.on("update", this.count);
    this.log = new DeviceLog({
      name: onDevice,
      doc: this.doc,
      tally: this.tally,
      isOwn: (origin) => this.isOwn(origin),
      changed: () => this.host.changed(),
    });
    this.absence = options.watched ? new Absence(this.doc, this.log, (origin) => origin === this.provider) : null;
    const arrived = new Promise<void>((resolve) =>
      this.provider.on("synced", () => {
        // Who only reads has nothing to be acknowledged: what the server had is here, and that is all.
        if (!this.writable) this.exchangedOnce = true;
        this.host.changed();
        resolve();
      }),
    );
    const loaded = this.load();
    this.ready = Promise.race([arrived, loaded.then((found) => (found ? undefined : arrived))]);
  }

  /** The document on the device first, then the server: so that what waits here goes along in the first exchange. */
  private async load(): Promise<boolean> {
    await Promise.race([this.read(), new Promise<void>((resolve) => setTimeout(resolve, DEVICE_PATIENCE))]);
    if (!this.closed) this.provider.attach();
    return !isBlank(this.doc);
  }

  private async read(): Promise<void> {
    const done = (hangs: boolean): void => {
      this.deviceRead = true;
      this.deviceHangs = hangs;
      this.host.changed();
    };
    const patience = setTimeout(() => done(true), DEVICE_HANGS);
    await this.log.loaded;
    this.absence?.found();
    clearTimeout(patience);
    done(false);
  }

  private isOwn(origin: unknown): boolean {
    return this.writable && origin !== this.provider && origin !== this.log;
  }

  private readonly count = (_update: Uint8Array, origin: unknown): void => {
    if (!this.isOwn(origin)) return;
    this.tally.add();
    this.host.changed();
  };

  get state(): DocumentState {
    const unsaved = this.tally.total;
    return {
      exchanged: this.exchangedOnce && this.deviceRead,
      unsaved,
      unkept: Math.min(unsaved, this.log.unkept),
      refused: this.refusal,
    };
  }

  /** Why the device does not keep this document; null where it does. */
  get fault(): DeviceFault | null {
    return this.log.fault ?? (this.deviceHangs ? "failing" : null);
  }

  /** A socket begins: what an earlier one acknowledged is known, what it did not is sent again in the exchange. */
  opening(): void {
    this.acknowledgements = new Acknowledgements();
    this.exchangedOnce = false;
  }

  /** The socket is lost; `now` is the time, UTC. */
  async left(now: string): Promise<void> {
    this.exchangedOnce = false;
    await this.log.loaded;
    if (!this.exchangedOnce && !this.closed) this.absence?.left(now);
  }

  /**
   * Whether a message with changes may go out, or one that tells who is present. Before the exchange a change need not:
   * the exchange carries everything.
   */
  sending(kind: "state" | "update" | "presence"): boolean {
    if (kind === "presence") return this.refusal === null;
    // What comes from the device late is no change of one's own.
    if (this.refusal !== null || (kind === "update" && !this.writable)) return false;
    if (kind === "update" && !this.acknowledgements.stateSent) return false;
    this.acknowledgements.sent(kind);
    return true;
  }

  received(kind: "stored" | "not-stored"): void {
    if (!this.writable) return;
    this.acknowledgements.received(kind);
    if (!this.acknowledgements.complete) return;
    this.exchangedOnce = true;
    this.failures = this.behind = 0;
    this.absence?.returned(this.host.now(), this.tally.total > 0);
    this.log.confirmed();
    this.host.changed();
  }

  private listen(payload: string): void {
    let message: unknown;
    try {
      message = JSON.parse(payload);
    } catch {
      return;
    }
    if (typeof message !== "object" || message === null || !("type" in message)) return;
    const { type } = message;
    if (type === "report-changed" || type === "others-changed" || type === "kicked") this.host.told({ type });
  }

  private end(ending: Ending, atTheDoor: boolean): void {
    if (this.closed) return;
    this.opening();
    if (ending.kind === "refused") this.refusal = ending.reason;
    if (this.refusal === "foreign-client") this.renewClient();
    // The chair may just be mending it: at first soon, then ever more rarely, as each refusal costs the whole socket.
    if (this.isBehind()) {
      const pause = Math.min(LONGEST_BEHIND, this.host.behind * 4 ** this.behind++);
      this.again ??= setTimeout(() => this.reconsider(), pause);
    }
    if (ending.kind === "retry") this.tryAgain();
    else this.host.ended(ending, this);
    if (atTheDoor && ending.kind === "retry") this.host.ended(ending, this);
    this.host.changed();
  }

  /** Sends again what was refused because the server lacked something: it may be there now. */
  reconsider(): void {
    if (this.closed || !this.isBehind()) return;
    this.refusal = null;
    if (this.again !== null) clearTimeout(this.again);
    this.again = null;
    this.reopen();
    this.host.changed();
  }

  /** True where the server refuses because it lacks what others wrote, as one restored from an older backup does. */
  private isBehind(): boolean {
    return this.refusal === "foreign-client" || this.refusal === "pending";
  }

  /**
   * Goes on as another Yjs client. A restored server may have heard what this page wrote from somebody else first, who
   * then owns the client it was written as: nothing more would be taken from it.
   */
  private renewClient(): void {
    const before = this.doc.clientID;
    this.doc.clientID = new Y.Doc().clientID;
    const { awareness } = this;
    if (!awareness) return;
    const state = awareness.getLocalState();
    removeAwarenessStates(awareness, [before], "renewed");
    awareness.clientID = this.doc.clientID;
    awareness.setLocalState(state);
  }

  private reopen(): void {
    if (!this.closed && this.host.socket.webSocket?.readyState === WebSocket.OPEN) {
      void this.provider.onOpen(new Event("open"));
    }
  }

  private tryAgain(): void {
    if (this.again !== null) return;
    const pause = Math.min(30_000, 1_000 * 2 ** this.failures++);
    this.again = setTimeout(
      () => {
        this.again = null;
        this.reopen();
      },
      pause * (0.5 + Math.random()),
    );
  }

  /** Forgets the device's copy: what the server has not taken is gone. The page must be loaded anew afterwards. */
  async discard(): Promise<void> {
    this.tally.confirmed();
    await this.log.forget();
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    if (this.again !== null) clearTimeout(this.again);
    this.doc.off("update", this.count);
    this.provider.destroy();
    this.log.close();
    this.doc.destroy();
  }
}

function isBlank(doc: Y.Doc): boolean {
  return doc.store.clients.size === 0;
}
