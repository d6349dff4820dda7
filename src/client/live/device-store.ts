import { IndexeddbPersistence } from "y-indexeddb";
import type * as Y from "yjs";

/** Every name on this device begins with this, so that signing out finds them all. */
const PREFIX = "tongket/";
const UNSAVED = "tongket.unsaved/";

/** The name of a document on this device. It bears the person: what one wrote is never sent as another's. */
export function deviceName(report: string, person: string, kind: string): string {
  return `${PREFIX}${report}/${person}/${kind}`;
}

/** True where this browser stores documents. Private windows of some browsers and full disks do not. */
export async function storageWorks(): Promise<boolean> {
  try {
    const name = `${PREFIX}probe`;
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.addEventListener("success", () => {
        request.result.close();
        resolve();
      });
      request.addEventListener("error", () => reject(request.error ?? new Error("no storage")));
    });
    indexedDB.deleteDatabase(name);
    return true;
  } catch {
    return false;
  }
}

/** One document's copy on this device. */
export interface DeviceCopy {
  /** The origin of transactions that load from the device. */
  readonly origin: unknown;
  /** Settles when the document holds what the device had. */
  readonly loaded: Promise<void>;
  close(): Promise<void>;
  /** Forgets the copy. Nothing may be written to the document afterwards. */
  forget(): Promise<void>;
}

/** Loads the copy into the document and keeps it from then on. */
export function keepOnDevice(name: string, doc: Y.Doc): DeviceCopy {
  const persistence = new IndexeddbPersistence(name, doc);
  return {
    origin: persistence,
    loaded: persistence.whenSynced.then(() => undefined),
    close: async () => {
      await persistence.destroy();
    },
    forget: async () => {
      await persistence.clearData();
    },
  };
}

/**
 * How many changes of a document wait on this device, over reloads. Each page keeps its own figure under its Yjs client
 * id, because two tabs write at once; `confirmed` ends those that this page has loaded.
 */
export class UnsavedTally {
  private readonly own: string;
  private readonly found = new Map<string, number>();
  private count = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(name: string, client: number) {
    const prefix = `${UNSAVED}${name}/`;
    this.own = `${prefix}${client}`;
    for (const key of storedKeys(prefix)) this.found.set(key, Number(readStored(key)) || 0);
  }

  get total(): number {
    let total = this.count;
    for (const count of this.found.values()) total += count;
    return total;
  }

  add(): void {
    this.count++;
    // The first change is written at once, a run of keystrokes together.
    if (this.count === 1) this.write();
    else this.timer ??= setTimeout(() => this.write(), 400);
  }

  confirmed(): void {
    if (this.total === 0 && this.found.size === 0) return;
    this.count = 0;
    this.write();
    for (const key of this.found.keys()) removeStored(key);
    this.found.clear();
  }

  /** Writes what is not yet written: before the page goes. */
  write(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.count === 0) removeStored(this.own);
    else writeStored(this.own, String(this.count));
  }
}

function storedKeys(prefix: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function writeStored(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Without storage the figure lasts as long as the page.
  }
}

function removeStored(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was stored.
  }
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.addEventListener("success", () => resolve());
    request.addEventListener("error", () => resolve());
    // Another tab still holds it: it goes when that tab closes.
    request.addEventListener("blocked", () => resolve());
  });
}

/** Forgets every document on this device, or those of one report and person, with the tallies of their changes. */
export async function forgetDocuments(of?: { readonly report: string; readonly person: string }): Promise<void> {
  const prefix = of ? `${PREFIX}${of.report}/${of.person}/` : PREFIX;
  for (const key of storedKeys(`${UNSAVED}${prefix}`)) removeStored(key);
  try {
    const databases = await indexedDB.databases();
    await Promise.all(
      databases.map(async ({ name }) => {
        if (name?.startsWith(prefix)) await deleteDatabase(name);
      }),
    );
  } catch {
    // No storage: nothing was kept.
  }
}
