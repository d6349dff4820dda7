import * as Y from "yjs";
import { OBJECT_SIGN } from "./slot.ts";

/** Removes so many units of a slot's text: what is left keeps its marks. Of text alone; see {@link removeText}. */
export function removeRange(text: Y.Text, at: number, length: number): void {
  // By its search markers Yjs comes to the place without the marks that have begun before it, takes an end of bold for
  // needless and throws it away: then what follows is bold. Without markers it walks there and knows.
  text._searchMarker = null;
  text.delete(at, length);
  text._searchMarker = [];
}

/**
 * Inserts words right behind the character before `at`, bearing its marks, within a transaction of the caller. Yjs's
 * own insertion goes behind what was deleted there as well, which takes words apart that one person types in one go
 * where somebody else has just deleted the rest.
 */
export function insertBehind(text: Y.Text, at: number, words: string): void {
  text.doc?.transact((transaction) => {
    let rest = at;
    for (let item = text._start; item !== null; item = item.right) {
      if (item.deleted || !item.countable) continue;
      if (rest > item.length) {
        rest -= item.length;
        continue;
      }
      const { doc } = transaction;
      const left = Y.getItemCleanEnd(transaction, doc.store, Y.createID(item.id.client, item.id.clock + rest - 1));
      const id = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID));
      const { right } = left;
      new Y.Item(id, left, left.lastId, right, right && right.id, text, null, new Y.ContentString(words)).integrate(
        transaction,
        0,
      );
      text._searchMarker = [];
      return;
    }
    text.insert(at, words);
  });
}

/**
 * Removes a stretch of a slot's text that reads `removed`, within a transaction of the caller. Yjs's own deletion
 * passes over content that is no text and would take what follows instead; only a hostile update puts such content in.
 */
export function removeText(text: Y.Text, at: number, removed: string): void {
  if (!removed.includes(OBJECT_SIGN) || text.doc === null) {
    removeRange(text, at, removed.length);
    return;
  }
  text.doc.transact((transaction) => {
    let before = at;
    let left = removed.length;
    for (let item = text._start; item !== null && left > 0; item = item.right) {
      if (item.deleted || !item.countable) continue;
      if (before >= item.length) {
        before -= item.length;
        continue;
      }
      if (before > 0) {
        Y.getItemCleanStart(transaction, Y.createID(item.id.client, item.id.clock + before));
        before = 0;
        continue;
      }
      if (left < item.length) Y.getItemCleanStart(transaction, Y.createID(item.id.client, item.id.clock + left));
      left -= item.length;
      item.delete(transaction);
    }
  });
}
