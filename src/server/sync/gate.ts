import { docFrom, inspectUpdate, isBodyRoot, isTextRoot } from "#collab";
import { decisionsForgery, decisionsViolation, notesForgery, notesViolation, Proposals } from "#comments";
import { slotsOf } from "#model";
import type { RefusalReason } from "#protocol";
import * as Y from "yjs";
import type { Storage, StoredDocument } from "../storage/storage.ts";
import { now } from "../tokens.ts";
import { Turns } from "../turns.ts";
import type { Desks } from "./desk.ts";
import { storedBytes } from "./document-store.ts";
import type { Seat, Verdict } from "./guest.ts";
import { LARGEST_MESSAGE } from "./lobby.ts";

/**
 * How much room a document may take before it takes no more, in bytes with its log: a report with all its years of
 * editing is a hundredth of it, and nobody can fill the disk.
 */
const ROOM: Readonly<Record<"body" | "notes" | "decisions", number>> = {
  body: 64 * 1024 * 1024,
  notes: 8 * 1024 * 1024,
  decisions: 32 * 1024 * 1024,
};

/** How many Yjs clients one update may bring: an offline stay makes one for every time the page was opened. */
const MOST_NEW_CLIENTS = 500;

/** Up to this length an update is logged as it came; a longer one without what is known already. */
const SHORT = 4096;

/** What the gate remembers of a live document. */
interface Watch {
  /** Yjs client ids and the persons they belong to. */
  readonly owners: Map<number, string>;
  readonly turns: Turns;
  /** How much room it takes in the storage. */
  bytes: number;
  /** The document with everything that was let in, applied yet or not; null until it is needed. */
  shadow: Y.Doc | null;
  /** What was ever proposed, of decisions; as far back as the log goes. */
  readonly proposals: Proposals;
}

/**
 * Decides on every update before it is applied, and has it committed. What it lets in is well-formed, complete, of
 * nobody's client but the sender's, within the roots of its document and, for notes and decisions, within the rules
 * of their records.
 */
export class Gate {
  private readonly storage: Storage;
  private readonly desks: Desks;
  private readonly watches = new WeakMap<Y.Doc, Watch>();

  constructor(storage: Storage, desks: Desks) {
    this.storage = storage;
    this.desks = desks;
  }

  /** Begins to watch a document that was just loaded from what is stored of it. */
  watch(document: Y.Doc, stored: StoredDocument): void {
    const bytes = storedBytes(stored);
    this.watches.set(document, {
      ...freshWatch(),
      owners: new Map(stored.clients),
      bytes,
      proposals: proposalsOf(stored),
    });
  }

  /** How much room a document takes in the storage, in bytes. */
  room(document: Y.Doc): number {
    return this.watchOf(document).bytes;
  }

  /** Notes that a document takes less room than before. */
  compacted(document: Y.Doc, before: number, after: number): void {
    this.watchOf(document).bytes -= before - after;
  }

  /** Notes what came into a document past the gate. */
  passed(document: Y.Doc, claims: readonly number[], person: string): void {
    const watch = this.watchOf(document);
    watch.shadow = null;
    for (const client of claims) watch.owners.set(client, person);
  }

  /** True where a document has all of an update already. What is no update of it is not known. */
  isKnown(document: Y.Doc, update: Uint8Array): boolean {
    const inspected = inspectUpdate(update, document, {
      roots: () => true,
      text: isTextRoot,
      maxBytes: LARGEST_MESSAGE,
      foreign: true,
    });
    return inspected.refusal === null && !inspected.isNews;
  }

  /**
   * Decides on an update and commits it; rejects where it cannot be stored. Writers of notes and decisions take turns, since their rules compare what was
   * with what would be: then the seat holds `release`, to be called once the update is applied. What `holds` says is
   * asked last: who was sent away while it was decided on writes no more.
   */
  async admit(document: Y.Doc, seat: Seat, update: Uint8Array, holds: () => boolean): Promise<Verdict> {
    if (update.length === 2 && update[0] === 0 && update[1] === 0) return "taken";
    const { kind } = seat.name;
    if (kind === "board") return "read-only";
    if (kind !== "body") seat.release = await this.watchOf(document).turns.take();
    const slots = slotsOf(seat.member.report.template).map((slot) => slot.id);
    const inspected = inspectUpdate(update, document, {
      roots: (root) => isRoot(root, seat, slots),
      text: isTextRoot,
      maxBytes: LARGEST_MESSAGE,
    });
    if (inspected.refusal) return inspected.refusal;
    // On joining, every client sends all deletions it knows; and what is sent again must not fill the log.
    if (!inspected.isNews) return "taken";
    const fresh = this.unowned(document, seat, inspected.clients);
    if (fresh === null) return "foreign-client";
    if (fresh.length > MOST_NEW_CLIENTS) return "too-large";
    const news = update.length > SHORT ? Y.diffUpdate(update, Y.encodeStateVector(document)) : update;
    if (this.watchOf(document).bytes + news.length > ROOM[kind]) return "too-large";
    const violation = kind === "body" ? null : await this.violation(document, seat, update, slots);
    if (violation) {
      this.watchOf(document).shadow = null;
      return violation;
    }
    if (holds()) return this.commit(document, seat, news, fresh);
    this.watchOf(document).shadow = null;
    return "gone";
  }

  /** True where the person may use a Yjs client id here; from then on nobody else may, if it is to be claimed. */
  async owns(document: Y.Doc, seat: Seat, client: number, claim: boolean): Promise<boolean> {
    const fresh = this.unowned(document, seat, [client]);
    if (fresh === null) return false;
    if (fresh.length > 0 && claim) {
      this.watchOf(document).owners.set(client, seat.member.me.id);
      await this.storage.log.claim(seat.key, client, seat.member.me.id);
    }
    return true;
  }

  /** The clients nobody owns yet; null where one is another person's. */
  private unowned(document: Y.Doc, seat: Seat, clients: readonly number[]): number[] | null {
    const { owners } = this.watchOf(document);
    const fresh: number[] = [];
    for (const client of clients) {
      const owner = owners.get(client);
      if (owner === undefined) fresh.push(client);
      else if (!seat.member.selves.includes(owner)) return null;
    }
    return fresh;
  }

  private async commit(document: Y.Doc, seat: Seat, update: Uint8Array, fresh: readonly number[]): Promise<Verdict> {
    const { owners } = this.watchOf(document);
    const person = seat.member.me.id;
    for (const client of fresh) owners.set(client, person);
    try {
      await this.storage.log.append([{ ...seat.key, person, at: now(), bytes: update, claims: fresh }]);
      this.watchOf(document).bytes += update.length;
      return "taken";
    } catch (error) {
      for (const client of fresh) owners.delete(client);
      this.watchOf(document).shadow = null;
      throw error;
    }
  }

  private async violation(
    document: Y.Doc,
    seat: Seat,
    update: Uint8Array,
    slots: readonly string[],
  ): Promise<RefusalReason | null> {
    const watch = this.watchOf(document);
    const { me, report } = seat.member;
    const rounds = await this.storage.reports.rounds(report.id);
    const times = { now: now(), since: report.createdAt, rounds };
    const shadow = (watch.shadow ??= docFrom(Y.encodeStateAsUpdate(document)));
    if (seat.name.kind === "decisions") {
      const authors = await this.desks.authors(report.id);
      watch.proposals.note(document);
      Y.applyUpdate(shadow, update);
      return (
        decisionsViolation(document, shadow, me, (comment) => authors.has(comment), slots) ??
        decisionsForgery(document, shadow, me.id, times, watch.proposals)
      );
    }
    const writers = await this.desks.writers(report.id);
    const foreign = (id: string): boolean => (writers.get(id) ?? me.id) !== me.id;
    Y.applyUpdate(shadow, update);
    return (
      notesViolation(document, shadow, me, rounds, times.now, slots, foreign) ??
      notesForgery(document, shadow, me.id, times, foreign)
    );
  }

  private watchOf(document: Y.Doc): Watch {
    const known = this.watches.get(document);
    if (known) return known;
    const fresh = freshWatch();
    this.watches.set(document, fresh);
    return fresh;
  }
}

function freshWatch(): Watch {
  return { owners: new Map(), turns: new Turns(), bytes: 0, shadow: null, proposals: new Proposals() };
}

/** Every proposal that a stored document of decisions tells of, those that were overwritten since its snapshot too. */
function proposalsOf({ snapshot, updates }: StoredDocument): Proposals {
  const proposals = new Proposals();
  const doc = new Y.Doc();
  const map = doc.getMap("decisions");
  map.observe(({ keysChanged }) => keysChanged.forEach((key) => proposals.add(map.get(key))));
  for (const update of [...(snapshot ? [snapshot] : []), ...updates]) Y.applyUpdate(doc, update);
  return proposals;
}

/** The roots a document has: anything else in it would be out of everybody's sight. */
function isRoot(root: string, seat: Seat, slots: readonly string[]): boolean {
  switch (seat.name.kind) {
    case "body":
      return isBodyRoot(root, slots);
    case "notes":
      return root === `notes:${seat.name.person}`;
    case "decisions":
      return root === "decisions" || root === "merges" || root === "places";
    case "board":
      return false;
  }
}
