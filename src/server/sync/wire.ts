import * as decoding from "lib0/decoding";
import * as Y from "yjs";

/** The outer types of messages that a client may send, as Hocuspocus numbers them. */
const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const QUERY_AWARENESS = 3;
const SYNC_REPLY = 4;
const CLOSE_DOCUMENT = 7;

/** The inner types of sync messages: what one has, what the other lacks, and one change. */
export const SYNC_STEP_1 = 0;
export const SYNC_STEP_2 = 1;
const SYNC_UPDATE = 2;

/** The longest address of a document: two ids and a word. */
const LONGEST_ADDRESS = 150;

/** The longest token: our clients send none, the session says who they are. */
const LONGEST_TOKEN = 4096;

/**
 * The document that a message is about, where its frame can be read to its end and clients may send it; else null. What is inside an update is another
 * matter; but nothing gets as far as Hocuspocus that would only make it throw.
 */
export function addressOf(message: Uint8Array): string | null {
  try {
    const decoder = decoding.createDecoder(message);
    const address = decoding.readVarString(decoder);
    // Behind a NUL would stand a session: one socket could sit down at one document without end.
    if (address.length > LONGEST_ADDRESS || address.includes("\0")) return null;
    return isReadableAs(decoding.readVarUint(decoder), decoder) ? address : null;
  } catch {
    return null;
  }
}

function isReadableAs(type: number, decoder: decoding.Decoder): boolean {
  switch (type) {
    case SYNC:
    case SYNC_REPLY: {
      const step = decoding.readVarUint(decoder);
      const bytes = decoding.readVarUint8Array(decoder);
      if (step === SYNC_STEP_1) readStateVector(bytes);
      return step === SYNC_STEP_1 || step === SYNC_STEP_2 || step === SYNC_UPDATE;
    }
    case AWARENESS:
      readAwareness(decoding.readVarUint8Array(decoder));
      return true;
    case AUTH:
      // A token is all that a client may say of itself.
      return decoding.readVarUint(decoder) === 0 && decoding.readVarString(decoder).length <= LONGEST_TOKEN;
    default:
      return type === QUERY_AWARENESS || type === CLOSE_DOCUMENT;
  }
}

function readStateVector(bytes: Uint8Array): void {
  const decoder = decoding.createDecoder(bytes);
  for (let clients = decoding.readVarUint(decoder); clients > 0; clients--) {
    decoding.readVarUint(decoder);
    decoding.readVarUint(decoder);
  }
}

function readAwareness(bytes: Uint8Array): void {
  const decoder = decoding.createDecoder(bytes);
  for (let clients = decoding.readVarUint(decoder); clients > 0; clients--) {
    decoding.readVarUint(decoder);
    decoding.readVarUint(decoder);
    JSON.parse(decoding.readVarString(decoder));
  }
}

/** How much of a document a state vector lacks, from 0 to 1: that much of it has to be sent. */
export function lackOf(doc: Y.Doc, stateVector: Uint8Array): number {
  const known = Y.decodeStateVector(stateVector);
  let [lack, all] = [0, 0];
  for (const [client, structs] of doc.store.clients) {
    const last = structs.at(-1);
    const state = last ? last.id.clock + last.length : 0;
    all += state;
    lack += Math.max(0, state - (known.get(client) ?? 0));
  }
  return all === 0 ? 0 : lack / all;
}
