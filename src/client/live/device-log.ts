import * as Y from "yjs";
import type { UnsavedTally } from "./unsaved-tally.ts";

/** The stores of a document's database, as y-indexeddb lays them out: updates under rising keys, facts by name. */
const UPDATES = "updates";
const FACTS = "custom";
const UNSAVED = "unsaved/";

/** From so many records on, the log is written anew as one: at the next pause, and at the latest at `MOST`. */
const MANY = 500;
const MOST = 2_000;
const PAUSE = 1_000;
/** How long a failed write waits before it is tried again. */
const AGAIN = 5_000;
/** How long figures may wait that err on the safe side. */
const FIGURES = 2_000;

/** Why this device does not keep a document: there is no room, or the browser fails or forbids it. */
export type DeviceFault = "full" | "failing";

/** What a {@link DeviceLog} is about. */
export interface LoggedDocument {
  readonly name: string;
  readonly doc: Y.Doc;
  readonly tally: UnsavedTally;
  /** True for the origin of a change that was made on this page. */
  isOwn(origin: unknown): boolean;
  /** Called when something was committed, and when a fault began or ended. */
  changed(): void;
}

/**
 * One document's copy on this device: a log of its updates in IndexedDB. A change is `unkept` until the transaction that
 * holds it is committed to the disk. What comes while one transaction runs goes into the next, so that a slow disk is
 * asked once for many keystrokes. The page's own figure of unsaved changes is committed with the changes it counts.
 *
 * A write that fails is tried again, with the whole document. Several pages may keep one document: each deletes only
 * records whose content it holds.
 */
export class DeviceLog {
  /** Settles with true when the document holds what the device had; with false where that cannot be read. */
  readonly loaded: Promise<boolean>;
  private readonly about: LoggedDocument;
  private readonly unsavedKey: string;
  private readonly facts = new Map<string, unknown>();
  private readonly newFacts = new Map<string, unknown>();
  private database: IDBDatabase | null = null;
  private queue: Uint8Array[] = [];
  /** Own changes that are not committed: those of the running transaction, and those after it. */
  private writing: number | null = null;
  private waiting = 0;
  /** Everything up to this key, and these later ones, is in the document. */
  private upTo = 0;
  private written: number[] = [];
  private whole = false;
  private countAnew = false;
  private readable = true;
  private current: DeviceFault | null = null;
  private closed = false;
  private again: ReturnType<typeof setTimeout> | null = null;
  private trim: ReturnType<typeof setTimeout> | null = null;
  private figures: ReturnType<typeof setTimeout> | null = null;

  constructor(about: LoggedDocument) {
    this.about = about;
    this.unsavedKey = `${UNSAVED}${about.doc.clientID}`;
    about.doc.on("update", this.take);
    this.loaded = this.load();
  }

  /** Own changes that are not yet committed on this device. */
  get unkept(): number {
    return (this.writing ?? 0) + this.waiting;
  }

  get fault(): DeviceFault | null {
    return this.current;
  }

  /** A fact kept beside the document: as it was found, or as it was last set. Known once `loaded` has settled. */
  recall(fact: string): unknown {
    return this.facts.get(fact);
  }

  /** Keeps a fact that can be cloned; undefined forgets it. */
  remember(fact: string, value: unknown): void {
    this.facts.set(fact, value);
    this.newFacts.set(fact, value);
    this.flush();
  }

  /** The server has everything: the figures of unsaved changes are forgotten, in a moment or with the next change. */
  confirmed(): void {
    for (const key of this.about.tally.confirmed()) this.newFacts.set(key, undefined);
    this.figures ??= setTimeout(() => {
      this.figures = null;
      this.countAnew = true;
      this.flush();
    }, FIGURES);
  }

  private readonly take = (update: Uint8Array, origin: unknown): void => {
    if (origin === this) return;
    const own = this.about.isOwn(origin);
    if (own) this.waiting++;
    if (this.closed) return;
    this.queue.push(update);
    if (own) this.countAnew = true;
    this.flush();
  };

  private async load(): Promise<boolean> {
    try {
      await this.open();
      const { database } = this;
      if (!database) return false;
      const stores = database.transaction([UPDATES, FACTS], "readonly");
      const updates = stores.objectStore(UPDATES);
      const facts = stores.objectStore(FACTS);
      const [keys, found, names, values] = await Promise.all([
        settled(updates.getAllKeys()),
        settled<unknown[]>(updates.getAll()),
        settled(facts.getAllKeys()),
        settled<unknown[]>(facts.getAll()),
      ]);
      if (this.closed) return false;
      names.forEach((fact, i) => {
        if (typeof fact === "string" && !this.newFacts.has(fact)) this.facts.set(fact, values[i]);
      });
      this.apply(found);
      this.upTo = Number(keys.at(-1) ?? 0);
      if (keys.length >= MANY) this.tidyLater();
      const others = [...this.facts].filter(([fact]) => fact.startsWith(UNSAVED) && fact !== this.unsavedKey);
      this.about.tally.find(new Map(others.map(([fact, count]) => [fact, Number(count) || 0])));
      this.about.changed();
      this.flush();
      return true;
    } catch (error) {
      this.failed(error);
      return false;
    }
  }

  private apply(updates: readonly unknown[]): void {
    const { doc } = this.about;
    doc.transact(() => {
      for (const update of updates) {
        try {
          if (update instanceof Uint8Array) Y.applyUpdate(doc, update, this);
        } catch {
          // One record that cannot be read costs itself alone; what is there is then never deleted.
          this.readable = false;
        }
      }
    }, this);
  }

  private async open(): Promise<void> {
    const request = indexedDB.open(this.about.name, 1);
    request.addEventListener("upgradeneeded", () => {
      request.result.createObjectStore(UPDATES, { autoIncrement: true });
      request.result.createObjectStore(FACTS);
    });
    const database = await settled(request);
    if (this.closed) {
      database.close();
      return;
    }
    this.database = database;
    // Another page forgets this document: what is here must not come back by itself.
    database.addEventListener("versionchange", () => {
      this.detach();
      this.say("failing");
    });
    database.addEventListener("close", () => {
      this.database = null;
      this.failed(null);
    });
  }

  /** Begins a transaction with everything that waits, unless one runs. */
  private flush(): void {
    const { database } = this;
    if (!database || this.writing !== null || this.again !== null) return;
    if (this.queue.length === 0 && this.newFacts.size === 0 && !this.countAnew && !this.whole) return;
    const whole = this.whole || (this.readable && this.written.length + this.queue.length >= MOST);
    const own = this.waiting;
    this.writing = own;
    this.waiting = 0;
    let transaction: IDBTransaction | null = null;
    try {
      // Own words reach the disk itself before they are said to be kept; what the server has may take its time.
      const durability = own > 0 ? "strict" : "relaxed";
      const running = database.transaction([UPDATES, FACTS], "readwrite", { durability });
      transaction = running;
      const keys = this.put(running.objectStore(UPDATES), whole);
      const facts = this.putFacts(running.objectStore(FACTS));
      this.queue = [];
      running.addEventListener("complete", () => this.committed(whole, keys));
      running.addEventListener("abort", () => {
        for (const [fact, value] of facts) if (!this.newFacts.has(fact)) this.newFacts.set(fact, value);
        this.failed(running.error);
      });
      running.commit();
    } catch (error) {
      transaction?.abort();
      this.failed(error);
    }
  }

  private putFacts(store: IDBObjectStore): Map<string, unknown> {
    const { own } = this.about.tally;
    if (this.countAnew) this.newFacts.set(this.unsavedKey, own === 0 ? undefined : own);
    const facts = new Map(this.newFacts);
    for (const [fact, value] of facts) {
      if (value === undefined) store.delete(fact);
      else store.put(value, fact);
    }
    this.newFacts.clear();
    this.countAnew = false;
    return facts;
  }

  private put(updates: IDBObjectStore, whole: boolean): number[] {
    const keys: number[] = [];
    const add = (update: Uint8Array): void => {
      const request = updates.add(update);
      request.addEventListener("success", () => keys.push(Number(request.result)));
    };
    if (whole) {
      // The old go first: where there is no room, that makes some.
      if (this.readable) {
        if (this.upTo > 0) updates.delete(IDBKeyRange.upperBound(this.upTo));
        for (const key of this.written) updates.delete(key);
      }
      add(Y.encodeStateAsUpdate(this.about.doc));
    } else for (const update of this.queue) add(update);
    return keys;
  }

  private committed(whole: boolean, keys: readonly number[]): void {
    if (whole) {
      this.whole = false;
      if (this.readable) {
        this.upTo = 0;
        this.written = [];
      }
    }
    this.written.push(...keys);
    this.writing = null;
    this.current = null;
    if (this.written.length >= MANY && this.readable) this.tidyLater();
    this.about.changed();
    this.flush();
  }

  private tidyLater(): void {
    if (this.trim !== null) clearTimeout(this.trim);
    this.trim = setTimeout(() => {
      this.trim = null;
      this.whole = true;
      this.flush();
    }, PAUSE);
  }

  private failed(error: unknown): void {
    if (this.closed) return;
    this.waiting += this.writing ?? 0;
    this.writing = null;
    this.whole = true;
    this.countAnew = true;
    this.again ??= setTimeout(() => void this.retry(), AGAIN);
    this.say(isQuota(error) ? "full" : "failing");
  }

  private async retry(): Promise<void> {
    this.again = null;
    if (this.closed) return;
    try {
      if (!this.database) await this.open();
      this.flush();
    } catch (error) {
      this.failed(error);
    }
  }

  private say(fault: DeviceFault): void {
    this.current = fault;
    this.about.changed();
  }

  private detach(): void {
    this.closed = true;
    for (const timer of [this.again, this.trim, this.figures]) if (timer !== null) clearTimeout(timer);
    this.database?.close();
    this.database = null;
  }

  /** Writes what waits and lets go of the copy. */
  close(): void {
    if (this.closed) return;
    // The last transaction may begin while another runs: the database closes after both.
    this.writing = null;
    this.again = null;
    this.countAnew = true;
    this.flush();
    this.about.doc.off("update", this.take);
    this.detach();
  }

  /** Forgets the copy. What the document is told afterwards is not kept. */
  async forget(): Promise<void> {
    this.detach();
    await deleteDatabase(this.about.name);
  }
}

function isQuota(error: unknown): boolean {
  return error instanceof Error && error.name === "QuotaExceededError";
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("no answer from storage")));
  });
}

/** Deletes a database, at once or when the last page that holds it has closed. Never fails. */
export function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.deleteDatabase(name);
      for (const end of ["success", "error", "blocked"]) request.addEventListener(end, () => resolve());
    } catch {
      resolve();
    }
  });
}
