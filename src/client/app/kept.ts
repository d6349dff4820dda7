const NAME = "tongket.kept";
const STORE = "answers";

/**
 * Answers of the server kept on this device, so that a page opens without a network: a path to what it answered last.
 * A browser that stores nothing keeps nothing, and every function here still works.
 */
export interface KeptAnswers {
  read(path: string): Promise<unknown>;
  write(path: string, answer: unknown): Promise<void>;
  /** Forgets a path and everything below it. */
  forget(path: string): Promise<void>;
  /** Forgets everything: on sign-out nothing of a report stays on the device. */
  clear(): Promise<void>;
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("no answer from storage")));
  });
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1);
  request.addEventListener("upgradeneeded", () => request.result.createObjectStore(STORE));
  return settled(request);
}

async function within<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T | undefined> {
  try {
    const database = await open();
    try {
      return await settled(work(database.transaction(STORE, mode).objectStore(STORE)));
    } finally {
      database.close();
    }
  } catch {
    // No storage here (a private window, a full disk): the page works, only not without a network.
    return undefined;
  }
}

export const keptAnswers: KeptAnswers = {
  read: (path) => within<unknown>("readonly", (store) => store.get(path)),
  write: async (path, answer) => {
    await within("readwrite", (store) => store.put(answer, path));
  },
  forget: async (path) => {
    await within("readwrite", (store) => store.delete(path));
    // "0" follows "/".
    await within("readwrite", (store) => store.delete(IDBKeyRange.bound(`${path}/`, `${path}0`)));
  },
  clear: async () => {
    await within("readwrite", (store) => store.clear());
  },
};
