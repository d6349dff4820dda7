import { isTextRoot } from "#collab";
import type { DocumentName } from "#protocol";
import { formatDocumentName } from "#protocol";
import * as Y from "yjs";
import { documentDamaged } from "../errors.ts";
import type { DocumentKey, Storage, StoredDocument } from "../storage/storage.ts";
import { isFollowed, stepsOf } from "./edit-trail.ts";

/** The storage's name of a document. */
export function documentKey(name: DocumentName): DocumentKey {
  return { report: name.report, document: formatDocumentName(name).slice(name.report.length + 1) };
}

/**
 * Brings everything stored of a document into `doc`, in one transaction: snapshot, then log. Throws `document-damaged`
 * where it does not decode or something is missing in it, and `doc` is then not to be used.
 */
export function fillDocument(doc: Y.Doc, stored: StoredDocument, key: DocumentKey, origin: unknown): void {
  try {
    doc.transact(() => {
      if (stored.snapshot) Y.applyUpdate(doc, stored.snapshot, origin);
      for (const update of stored.updates) Y.applyUpdate(doc, update, origin);
    }, origin);
  } catch (error) {
    throw documentDamaged(key.report, key.document, error);
  }
  if (isPending(doc)) throw documentDamaged(key.report, key.document);
}

/** How much room a document takes. */
export function storedBytes({ snapshot, updates }: StoredDocument): number {
  return updates.reduce((sum, update) => sum + update.length, snapshot?.length ?? 0);
}

/** True where the document waits for updates it has not seen. */
export function isPending(doc: Y.Doc): boolean {
  return doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
}

/** A stored document as a Yjs document of its own. */
export async function loadDocument(storage: Storage, key: DocumentKey): Promise<Y.Doc> {
  const doc = new Y.Doc();
  fillDocument(doc, await storage.log.load(key), key, null);
  return doc;
}

/**
 * Puts a snapshot in the place of a document's log. The snapshot is decoded again and must say the same, in state and
 * in content, before anything is deleted. Gives the bytes stored before and after, or null where there was nothing
 * to do.
 */
export async function compactDocument(
  storage: Storage,
  key: DocumentKey,
  at: string,
): Promise<{ before: number; bytes: number } | null> {
  const stored = await storage.log.load(key);
  if (stored.updates.length === 0) return null;
  const doc = new Y.Doc();
  fillDocument(doc, stored, key, null);
  const snapshot = Y.encodeStateAsUpdate(doc);
  const again = new Y.Doc();
  fillDocument(again, { ...stored, snapshot, updates: [] }, key, null);
  if (!saysTheSame(doc, again)) throw documentDamaged(key.report, key.document);
  const replaced = (await storage.log.logged(key)).filter(({ seq }) => seq <= stored.seq);
  await storage.log.replace(key, stored.seq, at, snapshot, isFollowed(key) ? stepsOf(replaced) : []);
  return { before: storedBytes(stored), bytes: snapshot.length };
}

/** True where two documents have the same state vector and the same content under every root. */
export function saysTheSame(a: Y.Doc, b: Y.Doc): boolean {
  const states = [a, b].map((doc) => Buffer.from(Y.encodeStateVector(doc)).toString("base64"));
  if (states[0] !== states[1]) return false;
  const roots = new Set([...a.share.keys(), ...b.share.keys()]);
  return [...roots].every((root) => contentOf(a, root) === contentOf(b, root));
}

function contentOf(doc: Y.Doc, root: string): string {
  if (isTextRoot(root)) return JSON.stringify(doc.getText(root).toDelta());
  return JSON.stringify(Object.entries(doc.getMap(root).toJSON()).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
