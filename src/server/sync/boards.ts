import { docFrom, ORIGIN } from "#collab";
import { boardFor, writeBoard, writeBoardStances } from "#comments";
import type { Person } from "#model";
import type { DocumentName } from "#protocol";
import * as Y from "yjs";
import type { LogEntry, Storage } from "../storage/storage.ts";
import { SERVER } from "../storage/storage.ts";
import { now } from "../tokens.ts";
import type { Desks } from "./desk.ts";
import { documentKey, loadDocument } from "./document-store.ts";

type BoardName = Extract<DocumentName, { kind: "board" }>;

/** How long changes are gathered before the boards follow, milliseconds. */
const GATHER = 60;

/** When boards that could not be written are tried again, milliseconds. */
const AGAIN = 2000;

/** What the boards need of the live documents. */
export interface BoardHost {
  /** The boards of a report that somebody has open. */
  openBoards(report: string): readonly { readonly name: BoardName; readonly doc: Y.Doc }[];
  /** Commits entries and applies them wherever their documents are open. */
  append(entries: readonly LogEntry[]): Promise<void>;
  failed(report: string, error: unknown): void;
}

/**
 * Writes the boards: `board` with every comment, for the committee, and `board/PERSON` with what that person may see.
 * A board follows the notes and decisions while somebody has it open, and is brought up to date whenever it is loaded;
 * so nothing is lost that a killed process had not yet written on it.
 */
export class Boards {
  private readonly storage: Storage;
  private readonly desks: Desks;
  private readonly host: BoardHost;
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly running = new Map<string, Promise<void>>();
  /** The server's own copy of each open board, on which it writes before the rest of the world sees it. */
  private readonly copies = new WeakMap<Y.Doc, Y.Doc>();
  private closed = false;

  constructor(storage: Storage, desks: Desks, host: BoardHost) {
    this.storage = storage;
    this.desks = desks;
    this.host = host;
  }

  /** Has the open boards of a report follow, in a moment. */
  touch(report: string, after: number = GATHER): void {
    if (this.timers.has(report) || this.closed) return;
    this.timers.set(
      report,
      setTimeout(() => void this.follow(report), after),
    );
  }

  /** Brings the open boards of a report up to date at once. */
  async follow(report: string): Promise<void> {
    clearTimeout(this.timers.get(report));
    this.timers.delete(report);
    const before = this.running.get(report) ?? Promise.resolve();
    const run = before
      .then(() => this.writeOpen(report))
      .catch((error: unknown) => {
        this.host.failed(report, error);
        this.touch(report, AGAIN);
      });
    this.running.set(report, run);
    await run;
    if (this.running.get(report) === run) this.running.delete(report);
  }

  /** Brings a board that is not open up to date in the log. */
  async rebuild(name: BoardName): Promise<void> {
    const people = await this.storage.reports.people(name.report);
    const update = await this.updateFor(name, await loadDocument(this.storage, documentKey(name)), people);
    if (update) await this.host.append([boardEntry(name, update)]);
  }

  /** Writes what still waits. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.timers.keys()].map((report) => this.follow(report)));
    await Promise.all(this.running.values());
  }

  /** Writes the boards that are open: the committee's first, then everybody else's in one commit. */
  private async writeOpen(report: string): Promise<void> {
    const boards = this.host.openBoards(report);
    const people = await this.storage.reports.people(report);
    for (const some of [
      boards.filter(({ name }) => name.person === undefined),
      boards.filter(({ name }) => name.person !== undefined),
    ]) {
      const written: { readonly doc: Y.Doc; readonly copy: Y.Doc; readonly entry: LogEntry }[] = [];
      for (const { name, doc } of some) {
        const copy = this.copies.get(doc) ?? docFrom(Y.encodeStateAsUpdate(doc));
        const update = await this.updateFor(name, copy, people);
        if (!update) {
          this.copies.set(doc, copy);
          continue;
        }
        // A copy that says more than the log is of no use where the commit fails.
        this.copies.delete(doc);
        written.push({ doc, copy, entry: boardEntry(name, update) });
      }
      await this.host.append(written.map(({ entry }) => entry));
      for (const { doc, copy } of written) this.copies.set(doc, copy);
    }
  }

  /** Writes the present records into `copy`; the update that did it, or null where the board said so already. */
  private async updateFor(name: BoardName, copy: Y.Doc, people: readonly Person[]): Promise<Uint8Array | null> {
    const records = await this.desks.records(name.report);
    const viewer = people.find((person) => person.id === name.person);
    const seen = name.person === undefined ? records : viewer ? boardFor(records, viewer) : [];
    // What others declare of a round is told to the committee alone.
    const stances = name.person === undefined ? await this.desks.stances(name.report) : [];
    let update: Uint8Array | null = null;
    const keep = (bytes: Uint8Array): void => {
      update = bytes;
    };
    copy.on("update", keep);
    copy.transact(() => {
      writeBoard(copy, seen, ORIGIN.server);
      writeBoardStances(copy, stances, ORIGIN.server);
    }, ORIGIN.server);
    copy.off("update", keep);
    return update;
  }
}

function boardEntry(name: BoardName, bytes: Uint8Array): LogEntry {
  return { ...documentKey(name), person: SERVER, at: now(), bytes, claims: [] };
}
