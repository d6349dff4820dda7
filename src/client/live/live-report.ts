import { HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import type { Role } from "#model";
import type { DocumentName, ServerMessage } from "#protocol";
import { documentRight } from "#protocol";
import type { Missed } from "./absence.ts";
import { trafficOf } from "./acknowledgements.ts";
import { forgetDocuments, isPrivateWindow, keepFromEviction } from "./device-store.ts";
import type { Ending } from "./ending.ts";
import { endingOf } from "./ending.ts";
import { LiveDocument } from "./live-document.ts";
import { paragraphsSince, wordsOfNotes } from "./unsent.ts";
import type { SocketObserver } from "./observed-socket.ts";
import { observedSocket } from "./observed-socket.ts";
import { PATIENCE, Pulse } from "./pulse.ts";
import { ServerClock } from "./server-clock.ts";
import type { DeviceCondition, Ended, SocketState, SyncState } from "./sync-state.ts";
import { sameSyncState, syncState, wouldLose } from "./sync-state.ts";

/** How often a quiet socket is asked for a sign of life, and how often it is looked at. */
const HEARTBEAT = 15_000;
const LOOK = 2_000;
/** How long a document that the server lacks something of leaves it alone the first time. */
const BEHIND = 10_000;
/** As which a socket is given up that says nothing. */
const SILENT = { code: 4408, reason: "silent" };

export type DocumentKind = DocumentName["kind"];

export interface OpenReportOptions {
  readonly report: string;
  readonly person: string;
  readonly role: Role;
  /** `ws://…/collab` */
  readonly url: string;
  /**
   * Asks the server whether this person may still come in. Called where a socket does not open or a document is
   * refused at the door, which alone do not say why.
   */
  readonly check: () => Promise<"member" | Ended>;
  readonly pauses?: Pauses;
}

/** How long the connection rests before it tries anew the first time, in milliseconds; later each time longer. */
export interface Pauses {
  /** After a socket was lost. */
  readonly socket: number;
  /** After the server refused a document for the lack of what others wrote. */
  readonly behind: number;
}

/**
 * Opens the live documents of a report over one socket that comes back by itself. Nothing is fetched before
 * {@link LiveReport.document} asks for it. The caller closes it.
 */
export function openReport(options: OpenReportOptions): LiveReport {
  return new LiveReport(options);
}

/** The provider's socket, which can be given up without a goodbye. */
class Connection extends HocuspocusProviderWebsocket {
  giveUp(): void {
    this.emit("close", { event: SILENT });
  }
}

/** One person's live connection to one report. */
export class LiveReport {
  readonly report: string;
  readonly person: string;
  readonly role: Role;
  readonly clock: ServerClock = new ServerClock(Date.now);
  private readonly options: OpenReportOptions;
  private readonly pauses: Pauses;
  private readonly socket: Connection;
  private readonly documents = new Map<DocumentKind, LiveDocument>();
  private readonly listeners = new Set<() => void>();
  private readonly changeListeners = new Set<() => void>();
  private readonly othersListeners = new Set<() => void>();
  private socketState: SocketState = { status: "connecting", wasOpen: false, ended: null };
  private privateWindow = false;
  private askedToStay = false;
  private missed: Missed | null = null;
  /** What was written here and cannot be sent any more, paragraph by paragraph, once the link is revoked. */
  unsent: readonly string[] = [];
  private snapshot: SyncState;
  private asking = false;
  private waitingSince: number | null = null;
  private readonly pulse = new Pulse(Date.now);
  /** Counts the sockets: only the last one counts. */
  private turn = 0;
  private readonly heartbeat: ReturnType<typeof setInterval>;
  private readonly watch: ReturnType<typeof setInterval>;
  private closed = false;

  constructor(options: OpenReportOptions) {
    this.options = options;
    this.report = options.report;
    this.person = options.person;
    this.role = options.role;
    this.snapshot = syncState(this.socketState, [], "good");
    // Everybody comes back after a restart of the server; not all in the same moment.
    this.pauses = options.pauses ?? { socket: Math.round(600 + Math.random() * 1_800), behind: BEHIND };
    void this.lookAround();
    this.socket = new Connection({
      url: options.url,
      WebSocketPolyfill: observedSocket(() => this.observe()),
      delay: this.pauses.socket,
      minDelay: Math.min(500, this.pauses.socket),
      maxDelay: 20_000,
      // The pulse finds a dead socket sooner; a hidden page is only allowed one a minute.
      messageReconnectTimeout: 150_000,
    });
    this.heartbeat = setInterval(() => this.beat(), HEARTBEAT);
    this.watch = setInterval(() => this.look(), LOOK);
    window.addEventListener("online", this.comeBack);
    window.addEventListener("offline", this.doubt);
    document.addEventListener("visibilitychange", this.comeBack);
    document.addEventListener("resume", this.comeBack);
    window.addEventListener("pageshow", this.comeBack);
    window.addEventListener("beforeunload", this.warn);
  }

  private async lookAround(): Promise<void> {
    this.privateWindow = await isPrivateWindow();
    this.changed();
  }

  /**
   * One of the report's documents, opened on first use. The delegate's board is that person's own; the committee's is
   * everybody's. Throws a RangeError for a document this role may not read: a mistake of the caller, not of the person.
   */
  document(kind: DocumentKind): LiveDocument {
    const open = this.documents.get(kind);
    if (open) return open;
    const name = this.nameOf(kind);
    const right = documentRight(this.role, this.person, name);
    if (right === null) throw new RangeError(`a ${this.role} has no ${kind} document`);
    const made = new LiveDocument(
      {
        socket: this.socket,
        report: this.report,
        person: this.person,
        behind: this.pauses.behind,
        now: () => this.clock.iso(),
        changed: () => this.changed(),
        ended: (ending) => this.ended(ending),
        told: (message) => this.told(message),
      },
      name,
      { writable: right === "write", presence: kind === "body", watched: kind === "body" && right === "write" },
    );
    this.documents.set(kind, made);
    this.changed();
    return made;
  }

  private nameOf(kind: DocumentKind): DocumentName {
    const { report, person } = this;
    if (kind === "notes") return { kind, report, person };
    if (kind === "board") return this.role === "delegate" ? { kind, report, person } : { kind, report };
    return { kind, report };
  }

  /** The state of everything; the same object until something changes, as `useSyncExternalStore` wants it. */
  readonly getSyncState = (): SyncState => this.snapshot;

  /** What others changed while one was away, until it is dismissed; the same object until there is more. */
  readonly getMissed = (): Missed | null => this.missed;

  dismissMissed(): void {
    this.documents.get("body")?.absence?.dismiss();
    this.changed();
  }

  /** Calls back on every change of the state, and of what was missed. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Calls back when what REST serves about the report has changed. */
  onReportChanged(listener: () => void): () => void {
    this.changeListeners.add(listener);
    return () => this.changeListeners.delete(listener);
  }

  /** Calls back when what a delegate sees of others' comments has changed. */
  onOthersChanged(listener: () => void): () => void {
    this.othersListeners.add(listener);
    return () => this.othersListeners.delete(listener);
  }

  /** Sends again what the server refused because it lacked something that may have come meanwhile. */
  reconsider(): void {
    this.documents.forEach((document) => document.reconsider());
  }

  /** Gives up what the server refuses: forgets this device's copy of every refused document. Load the page anew. */
  async discardRefused(): Promise<void> {
    const refused = [...this.documents.values()].filter((document) => document.state.refused !== null);
    await Promise.all(refused.map(async (document) => document.discard()));
    this.changed();
  }

  /** A socket begins: nothing of an earlier one counts any more. */
  private observe(): SocketObserver {
    const turn = ++this.turn;
    const isLast = (): boolean => turn === this.turn;
    this.pulse.dialled();
    this.documents.forEach((document) => document.opening());
    return {
      opened: () => {
        if (!isLast()) return;
        this.pulse.opened();
        this.moved({ status: "open", wasOpen: true, ended: null });
      },
      closed: (code, reason, wasOpen) => {
        if (isLast()) this.left(code, reason, wasOpen);
      },
      sending: (message) => this.sending(message),
      received: (message) => {
        if (isLast()) this.received(message);
      },
    };
  }

  private condition(): DeviceCondition {
    const faults = [...this.documents.values()].flatMap(({ writable, fault }) => (writable && fault ? [fault] : []));
    return faults[0] ?? (this.privateWindow ? "private" : "good");
  }

  private changed(): void {
    const documents = [...this.documents.values()].map((document) => document.state);
    const next = syncState(this.socketState, documents, this.condition());
    // Now there is work that lives on this device alone.
    if (next.kind === "offline" && next.unsaved > 0 && !this.askedToStay) {
      this.askedToStay = true;
      void keepFromEviction();
    }
    if (next.unsaved === 0) this.waitingSince = null;
    else this.waitingSince ??= Date.now();
    const missed = this.documents.get("body")?.absence?.missed ?? null;
    if (missed === this.missed && sameSyncState(next, this.snapshot)) return;
    this.missed = missed;
    this.snapshot = next;
    for (const listener of this.listeners) listener();
  }

  private moved(state: SocketState): void {
    this.socketState = state;
    this.changed();
  }

  private left(code: number, reason: string, wasOpen: boolean): void {
    if (this.closed) return;
    this.pulse.closed();
    this.documents.forEach((document) => void document.left(this.clock.iso()));
    this.moved({ ...this.socketState, status: "closed" });
    const ending = endingOf(code, reason);
    if (ending.kind === "signed-out" || ending.kind === "gone") this.ended(ending);
    else if (!wasOpen) void this.ask();
  }

  private ended(ending: Ending): void {
    if (ending.kind === "retry" || ending.kind === "signed-out") void this.ask();
    else if (ending.kind === "gone") this.stop("gone");
    else this.changed();
  }

  /** Whether we are still welcome: a closed door may be locked or only stuck. */
  private async ask(): Promise<void> {
    if (this.asking || this.socketState.ended !== null) return;
    this.asking = true;
    try {
      const answer = await this.options.check();
      if (answer === "revoked") await this.leave();
      else if (answer !== "member") this.stop(answer);
    } finally {
      this.asking = false;
    }
  }

  private stop(ended: Ended): void {
    this.moved({ ...this.socketState, status: "closed", ended });
    this.socket.disconnect();
  }

  private told(message: ServerMessage): void {
    if (message.type === "kicked") {
      void this.leave();
      return;
    }
    if (message.type === "others-changed") {
      for (const listener of this.othersListeners) listener();
      return;
    }
    this.reconsider();
    for (const listener of this.changeListeners) listener();
  }

  /** The link was revoked: what was never sent is held for the person to take along, and the device forgets the rest. */
  private async leave(): Promise<void> {
    if (this.socketState.ended !== null) return;
    const [body, notes] = [this.documents.get("body"), this.documents.get("notes")];
    const before = body?.absence?.before ?? null;
    this.unsent = [
      ...(body && before && body.state.unsaved > 0 ? paragraphsSince(body.doc, before) : []),
      ...(notes && notes.state.unsaved > 0 ? wordsOfNotes(notes.doc, this.person) : []),
    ];
    this.stop("revoked");
    await Promise.all([...this.documents.values()].map(async (document) => document.discard()));
    await forgetDocuments({ report: this.report, person: this.person });
  }

  private sending(message: Uint8Array): boolean {
    const traffic = trafficOf(message);
    if (traffic?.kind !== "state" && traffic?.kind !== "update" && traffic?.kind !== "presence") return true;
    return this.documentNamed(traffic.document)?.sending(traffic.kind) ?? true;
  }

  private received(message: Uint8Array): void {
    this.pulse.heard();
    const traffic = trafficOf(message);
    if (traffic?.kind !== "stored" && traffic?.kind !== "not-stored") return;
    this.waitingSince = Date.now();
    this.documentNamed(traffic.document)?.received(traffic.kind);
  }

  private documentNamed(name: string): LiveDocument | undefined {
    return [...this.documents.values()].find((document) => document.name === name);
  }

  /** A socket without presence carries nothing for hours; a small exchange shows that it lives. */
  private beat(waking = false): void {
    if (this.socketState.status !== "open") return;
    // Before the first exchange an answer is due anyway.
    [...this.documents.values()].find((document) => document.state.exchanged)?.provider.forceSync();
    this.pulse.asked(waking);
  }

  private look(): void {
    const found = this.pulse.look();
    const { status, ended } = this.socketState;
    if (ended !== null) return;
    if (found === "slept") this.comeBack();
    else if (found === "dead") this.abandon();
    else if (status === "open" && this.waitingSince !== null && this.snapshot.kind !== "refused") {
      if (Date.now() - this.waitingSince <= PATIENCE) return;
      this.waitingSince = Date.now();
      this.abandon();
    }
  }

  /** Gives up a socket that says nothing, without waiting for its goodbye, and opens another. */
  private abandon(): void {
    const { status, ended } = this.socketState;
    if (this.closed || ended !== null || this.socket.webSocket === null) return;
    this.turn++;
    this.left(SILENT.code, SILENT.reason, status === "open");
    this.socket.giveUp();
    if (status === "open") void this.socket.connect();
  }

  /** The page or the network is back: a closed socket is opened again at once, and an open one must show that it is. */
  private readonly comeBack = (): void => {
    if (this.closed || this.socketState.ended !== null || document.visibilityState === "hidden") return;
    if (this.socketState.status === "closed") void this.socket.connect();
    else this.beat(true);
  };

  /** The browser thinks it is offline. A server on this very machine is still there, so look. */
  private readonly doubt = (): void => {
    fetch("/api/health", { cache: "no-store" }).catch(() => this.abandon());
  };

  private readonly warn = (event: BeforeUnloadEvent): void => {
    if (wouldLose(this.snapshot)) event.preventDefault();
  };

  /** Ends the connection. Unsaved work stays on the device. */
  close(): void {
    this.closed = true;
    clearInterval(this.heartbeat);
    clearInterval(this.watch);
    window.removeEventListener("online", this.comeBack);
    window.removeEventListener("offline", this.doubt);
    document.removeEventListener("visibilitychange", this.comeBack);
    document.removeEventListener("resume", this.comeBack);
    window.removeEventListener("pageshow", this.comeBack);
    window.removeEventListener("beforeunload", this.warn);
    this.documents.forEach((open) => open.close());
    this.socket.destroy();
  }
}
