import type { Comment, Reply } from "#model";
import * as Y from "yjs";
import type { Trail } from "./copy-trail.ts";
import { trailKey } from "./copy-trail.ts";
import { commentKey, notesMap, replyKey } from "./notes.ts";
import { numberOf } from "./record-id.ts";

/** What one person's notes get. */
export interface NewRecords {
  readonly comments: readonly Comment[];
  readonly replies: readonly Reply[];
  readonly trails: readonly Trail[];
}

/**
 * Writes records into a person's notes, `state` being what they hold, if anything: the update that does it, and the Yjs
 * client it is written by, which is new. The same records on the same notes give the same bytes.
 */
export function writeRecords(
  state: Uint8Array | undefined,
  person: string,
  { comments, replies, trails }: NewRecords,
): { readonly update: Uint8Array; readonly client: number } {
  const doc = new Y.Doc();
  if (state) Y.applyUpdate(doc, state);
  const before = Y.encodeStateVector(doc);
  const known = Y.decodeStateVector(before);
  let client = numberOf(JSON.stringify([person, comments, replies, trails, [...known]]));
  while (known.has(client)) client = (client + 1) >>> 0 || 1;
  doc.clientID = client;
  doc.transact(() => {
    const map = notesMap(doc, person);
    for (const comment of comments) map.set(commentKey(comment.id), comment);
    for (const reply of replies) map.set(replyKey(reply.id), reply);
    for (const trail of trails) map.set(trailKey(trail.id), trail);
  });
  return { update: Y.encodeStateAsUpdate(doc, before), client };
}
