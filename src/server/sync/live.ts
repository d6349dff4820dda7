import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { ORIGIN } from "#collab";
import type { DocumentName, ServerMessage } from "#protocol";
import { CLOSE, documentRight, formatDocumentName, parseDocumentName } from "#protocol";
import type { Document } from "@hocuspocus/server";
import { Hocuspocus } from "@hocuspocus/server";
import type { FastifyBaseLogger } from "fastify";
import * as Y from "yjs";
import type { LogEntry, Storage } from "../storage/storage.ts";
import { now } from "../tokens.ts";
import { memberOf } from "../visitor.ts";
import { Boards } from "./boards.ts";
import { Desks } from "./desk.ts";
import { compactDocument, documentKey, fillDocument, loadDocument } from "./document-store.ts";
import { Gate } from "./gate.ts";
import type { Denial, DenialReason, Guest, GuestConnection, GuestContext, Seat, Verdict } from "./guest.ts";
import type { LobbyOptions } from "./lobby.ts";
import { Lobby } from "./lobby.ts";
import { Herald } from "./herald.ts";
import { rewritePresence } from "./presence.ts";
import { lackOf, SYNC_STEP_1, SYNC_STEP_2 } from "./wire.ts";

/**
 * After so many updates on top of its snapshot, a document gets a new one; a large document later, after one for so many
 * bytes of it. To make one takes as long as the document is large: so what a keystroke costs here does not grow with it.
 */
const COMPACT_AFTER = 500;
const BYTES_PER_UPDATE = 400;

/** The most that a document costs who asks for it, in bytes of the allowance: everybody may load what is theirs. */
const DEAREST = 8 * 1024 * 1024;

/** How many documents that nobody has open are kept read. */
const KEPT_READ = 100;

export interface LiveOptions extends Omit<LobbyOptions, "receive"> {
  readonly storage: Storage;
}

/**
 * The live documents: every socket, every seat at a document, and the one way by which updates get in. What a client
 * sends is decided on and committed before it is applied; what the server writes is committed before it is shown.
 */
export class Live {
  readonly desks: Desks;
  private readonly storage: Storage;
  private readonly log: FastifyBaseLogger;
  private readonly gate: Gate;
  private readonly boards: Boards;
  private readonly herald: Herald;
  private readonly hocuspocus: Hocuspocus<GuestContext>;
  private readonly lobby: Lobby;
  private readonly read = new Map<string, Promise<Y.Doc>>();
  private readonly compacting = new Set<Promise<void>>();
  /** Nothing is written any more. */
  private ended = false;

  constructor(options: LiveOptions) {
    this.storage = options.storage;
    this.log = options.log;
    this.desks = new Desks(options.storage, (name) => this.document(name));
    this.gate = new Gate(options.storage, this.desks);
    this.boards = new Boards(options.storage, this.desks, {
      openBoards: (report) => this.openBoards(report),
      append: (entries) => this.append(entries),
      failed: (report, error) => this.log.error({ report, err: error }, "the boards of a report could not follow"),
    });
    this.herald = new Herald((report) => this.tellOthers(report));
    const hocuspocus = this.configure();
    this.hocuspocus = hocuspocus;
    this.lobby = new Lobby({
      ...options,
      receive: (guest, request) => hocuspocus.handleConnection(guest.socket, request, { guest }),
    });
  }

  // #region Sockets

  /** Answers an upgrade on `/collab`. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    return this.lobby.upgrade(request, stream, head);
  }

  /** Closes every socket in which one of a person's revoked links was opened, telling each document first. */
  kick(report: string, person: string, links: readonly string[]): void {
    if (links.length === 0) return;
    const gone = new Set(links);
    // A link opened after the socket was is not among its visitor's, but it has a seat.
    const seated = new Set(
      this.connections(report)
        .filter(({ context }) => context.seat?.member.me.id === person)
        .map(({ context }) => context.guest),
    );
    const leaves = (guest: Guest): boolean =>
      seated.has(guest) || guest.visitor.links.some(({ link }) => gone.has(link));
    this.closeGuests(leaves, CLOSE.signedOut, "kicked");
  }

  /** Closes the sockets of a session that has signed out. */
  signOut(session: string): void {
    this.closeGuests((guest) => guest.visitor.session === session, CLOSE.signedOut, "signed-out");
  }

  /** Closes every socket that has a document of this report open. */
  closeReport(report: string): void {
    const here = new Set(this.connections(report).map((connection) => connection.context.guest));
    this.closeGuests((guest) => here.has(guest), CLOSE.notFound, "not-found");
  }

  private closeGuests(which: (guest: Guest) => boolean, code: number, reason: string): void {
    const leaving = new Set(this.lobby.find(which));
    for (const connection of this.connections()) {
      if (!leaving.has(connection.context.guest)) continue;
      if (reason === "kicked") connection.sendStateless(JSON.stringify({ type: "kicked" } satisfies ServerMessage));
      // What it has sent and we have not yet taken is no longer its to send.
      connection.readOnly = true;
    }
    for (const guest of leaving) this.lobby.turnOut(guest, code, reason);
  }

  /** Tells everybody in a report to fetch again what REST serves; each socket once. */
  announce(report: string): void {
    const message = JSON.stringify({ type: "report-changed" } satisfies ServerMessage);
    const told = new Set<Guest>();
    for (const connection of this.connections(report)) {
      const kind = connection.context.seat?.name.kind;
      if ((kind !== "body" && kind !== "notes") || told.has(connection.context.guest)) continue;
      told.add(connection.context.guest);
      connection.sendStateless(message);
    }
  }

  /** Tells the delegates of a report that others' comments have changed, where they see any. */
  private async tellOthers(report: string): Promise<void> {
    try {
      const audience = (await this.storage.reports.get(report))?.audience ?? "own";
      if (audience === "own") return;
    } catch (error) {
      this.log.error({ report, err: error }, "the delegates of a report could not be told");
      return;
    }
    const message = JSON.stringify({ type: "others-changed" } satisfies ServerMessage);
    for (const connection of this.connections(report)) {
      const { seat } = connection.context;
      if (seat?.name.kind === "notes" && seat.member.me.role === "delegate") connection.sendStateless(message);
    }
  }

  private connections(report?: string): GuestConnection[] {
    return [...this.hocuspocus.documents.values()]
      .filter((document) => report === undefined || parseDocumentName(document.name)?.report === report)
      .flatMap((document) => document.getConnections());
  }

  /** Lets nobody in any more, writes what waits and closes every socket. */
  async close(): Promise<void> {
    this.herald.close();
    await this.boards.close();
    await this.lobby.close();
    await Promise.all([...this.hocuspocus.documents.keys()].map((document) => this.compact(document)));
    await Promise.all(this.compacting);
    this.ended = true;
  }

  // #endregion
  // #region Documents

  /**
   * A document as it is now, open or not. To be read only: an open one is the very one that everybody writes. What was
   * never written is an empty document.
   */
  async document(name: DocumentName): Promise<Y.Doc> {
    const wire = formatDocumentName(name);
    const live = this.hocuspocus.documents.get(wire);
    if (live) return live;
    const known = this.read.get(wire);
    if (known) return known;
    const reading = loadDocument(this.storage, documentKey(name));
    if (this.read.size >= KEPT_READ) this.read.delete(this.read.keys().next().value ?? "");
    this.read.set(wire, reading);
    reading.catch(() => this.read.delete(wire));
    return reading;
  }

  /** The whole state of a document as one update. */
  async state(name: DocumentName): Promise<Uint8Array> {
    return Y.encodeStateAsUpdate(await this.document(name));
  }

  /** Commits updates of the server's own, or from a file, and applies them wherever their documents are open. */
  async append(entries: readonly LogEntry[]): Promise<void> {
    await this.storage.log.append(entries);
    for (const entry of entries) {
      const wire = `${entry.report}/${entry.document}`;
      this.read.delete(wire);
      const show = (document: Document): void => {
        this.gate.passed(document, entry.claims, entry.person);
        Y.applyUpdate(document, entry.bytes, ORIGIN.server);
      };
      const live = this.hocuspocus.documents.get(wire);
      if (live) show(live);
      // One that is just being loaded may have read the log before this was in it. Whoever waits for the loading must
      // not be waited for here.
      void this.hocuspocus.loadingDocuments.get(wire)?.then(show, () => undefined);
      const name = parseDocumentName(wire);
      if (name) this.follow(name);
    }
  }

  /** Brings a board up to date in the log, as is done whenever one is opened. */
  async rebuildBoard(report: string, person?: string): Promise<void> {
    await this.boards.rebuild({ kind: "board", report, ...(person === undefined ? {} : { person }) });
  }

  /** Has every open board of a report written anew, in a moment: after its people have changed. */
  refreshBoards(report: string): void {
    this.boards.touch(report);
  }

  private openBoards(report: string) {
    return [...this.hocuspocus.documents.values()].flatMap((doc) => {
      const name = parseDocumentName(doc.name);
      return name?.kind === "board" && name.report === report ? [{ name, doc }] : [];
    });
  }

  private follow(name: DocumentName): void {
    if (!this.desks.changed(name)) return;
    this.boards.touch(name.report);
    this.herald.touch(name.report);
  }

  // #endregion
  // #region Hooks

  private configure(): Hocuspocus<GuestContext> {
    return new Hocuspocus<GuestContext>({
      quiet: true,
      onAuthenticate: async ({ documentName, context, connectionConfig }) => {
        const seat = await this.seat(documentName, context.guest);
        context.guest.seats.add(documentName);
        connectionConfig.readOnly = seat.right === "read";
        return { seat };
      },
      onLoadDocument: async ({ document, documentName, context }) => this.load(document, documentName, context),
      afterLoadDocument: async ({ documentName }) => {
        const name = parseDocumentName(documentName);
        // Whatever was written on the report while its board was being loaded.
        if (name?.kind === "board") this.boards.touch(name.report);
      },
      beforeSync: async ({ type, payload, document, context, connection }) => {
        const { seat, guest } = context;
        if (!seat) return;
        if (type === SYNC_STEP_1) {
          // What is asked for is paid for: the answer may be the whole document, and asking is cheap.
          const bytes = Math.min(DEAREST, lackOf(document, payload) * this.gate.room(document));
          if (!guest.meter.charge(bytes)) this.lobby.turnOut(guest, CLOSE.flooding, "flooding");
          return;
        }
        if (seat.right === "read") {
          this.hearReader(connection, seat, document, payload, type === SYNC_STEP_2);
          return;
        }
        if (connection.readOnly) return;
        const verdict = await this.decide(document, seat, payload, () => !connection.readOnly);
        if (connection.readOnly) {
          // Sent away while it was being committed: what is in the log is in the document too.
          if (verdict === "taken") Y.applyUpdate(document, payload, ORIGIN.server);
          return;
        }
        if (verdict === "taken" || verdict === "gone") return;
        // A read-only seat's updates are dropped: whatever else this socket has sent goes the same way.
        connection.readOnly = true;
        this.turnAway(connection, guest, seat, verdict);
      },
      afterHandleMessage: async ({ context }) => {
        context.seat?.release?.();
        if (context.seat) context.seat.release = null;
      },
      beforeHandleAwareness: async ({ states, awareness, context, document }) => {
        const verdict = await rewritePresence(states, context?.seat, awareness, (seat, client, claim) =>
          this.gate.owns(document, seat, client, claim),
        );
        if (!context) return;
        const connection = document.getConnections().find((one) => one.context === context);
        // Of whoever left while this was decided nobody would take back that they are present.
        if (!connection) states.clear();
        if (verdict === null) return;
        // A page that a restored backup knows less than is told the same as of its text, by the document.
        if (verdict === "foreign-client" && connection && context.seat)
          this.turnAway(connection, context.guest, context.seat, verdict);
        else {
          const code = verdict === "flooding" ? CLOSE.flooding : CLOSE.refused;
          this.lobby.turnOut(context.guest, code, verdict, { document: document.name });
        }
      },
      onChange: async ({ documentName }) => {
        this.read.delete(documentName);
        const name = parseDocumentName(documentName);
        if (name) this.follow(name);
      },
      onStoreDocument: async ({ documentName }) => {
        if (!this.ended) await this.compact(documentName);
      },
    });
  }

  /** The seat of a guest at a document. Throws a {@link Denial}. */
  private async seat(documentName: string, guest: Guest): Promise<Seat> {
    const name = parseDocumentName(documentName);
    if (!name) {
      this.log.warn({ who: guest.who, document: documentName }, "a document was not opened: there is none");
      throw denial("not-found");
    }
    // As it is now: a link may have been opened or revoked since the socket came in.
    const links = await this.storage.access.opened(guest.visitor.session);
    const member = await memberOf(this.storage, { ...guest.visitor, links }, name.report).catch((error: unknown) => {
      this.log.warn({ who: guest.who, document: documentName }, "a document was not opened: not of this report");
      throw denial(error instanceof Error && error.message.startsWith("report-missing") ? "not-found" : "forbidden");
    });
    const right = documentRight(member.me.role, member.me.id, name);
    if (right) return { name, key: documentKey(name), member, right, presence: null, presences: 0, release: null };
    this.log.warn({ person: member.me.id, document: documentName }, "a document was not opened: no right to it");
    throw denial("forbidden");
  }

  private async load(document: Document, documentName: string, context: GuestContext): Promise<void> {
    const name = parseDocumentName(documentName);
    if (!name) throw denial("not-found");
    try {
      if (name.kind === "board") await this.boards.rebuild(name);
      const key = documentKey(name);
      const stored = await this.storage.log.load(key);
      fillDocument(document, stored, key, ORIGIN.server);
      this.gate.watch(document, stored);
    } catch (error) {
      this.log.error({ document: documentName, err: error }, "a document could not be loaded");
      context.guest.socket.close(CLOSE.notStored, "not-stored");
      throw denial("not-stored");
    }
  }

  /**
   * Who may only read is not heard. A page that knows more than the server, as after a restored backup, is told that it
   * is not stored; our pages send nothing else, and who does is sent away.
   */
  private hearReader(
    connection: GuestConnection,
    seat: Seat,
    document: Document,
    update: Uint8Array,
    isWholeState: boolean,
  ): void {
    if (this.gate.isKnown(document, update)) return;
    if (!isWholeState) this.turnAway(connection, connection.context.guest, seat, "read-only");
    else this.log.warn({ ...whereOf(seat), reason: "read-only" }, "an update was not taken");
  }

  private async decide(document: Document, seat: Seat, update: Uint8Array, holds: () => boolean): Promise<Verdict> {
    try {
      return await this.gate.admit(document, seat, update, holds);
    } catch (error) {
      this.log.error({ document: document.name, err: error }, "an update could not be stored");
      return "not-stored";
    }
  }

  private turnAway(
    connection: GuestConnection,
    guest: Guest,
    seat: Seat,
    verdict: Exclude<Verdict, "taken" | "gone">,
  ): void {
    const code = verdict === "not-stored" ? CLOSE.notStored : CLOSE.refused;
    if (verdict !== "not-stored") this.log.warn({ ...whereOf(seat), reason: verdict }, "an update was refused");
    connection.close({ code, reason: verdict });
    guest.socket.close(code, verdict);
  }

  private compact(documentName: string): Promise<void> {
    const run = this.compactNow(documentName).catch((error: unknown) => {
      this.log.error({ document: documentName, err: error }, "a snapshot was not made; the log stays as it is");
    });
    this.compacting.add(run);
    return run.finally(() => this.compacting.delete(run));
  }

  private async compactNow(documentName: string): Promise<void> {
    const name = parseDocumentName(documentName);
    if (!name) return;
    const key = documentKey(name);
    const live = this.hocuspocus.documents.get(documentName);
    const enough = Math.max(COMPACT_AFTER, live ? this.gate.room(live) / BYTES_PER_UPDATE : 0);
    if ((await this.storage.log.pending(key)) < enough) return;
    const made = await compactDocument(this.storage, key, now());
    if (!made) return;
    if (live) this.gate.compacted(live, made.before, made.bytes);
    this.log.info({ document: documentName, ...made }, "a document has a new snapshot");
  }

  // #endregion
}

function whereOf({ member, key }: Seat): { person: string; report: string; document: string } {
  return { person: member.me.id, report: key.report, document: key.document };
}

function denial(reason: DenialReason): Denial {
  return { reason };
}
