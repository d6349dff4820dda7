import * as decoding from "lib0/decoding";

/** The outer types of messages that a client may send, as Hocuspocus numbers them. */
const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const QUERY_AWARENESS = 3;
const SYNC_REPLY = 4;
const STATELESS = 5;
const CLOSE_DOCUMENT = 7;

/** The inner types of sync messages: what one has, what the other lacks, and one change. */
export const SYNC_STEP_1 = 0;
export const SYNC_STEP_2 = 1;
const SYNC_UPDATE = 2;

/** The longest address of a document: two ids and a word, with a session key of Hocuspocus' own. */
const LONGEST_ADDRESS = 300;

/**
 * True for a message whose frame can be read to its end and that clients may send. What is inside an update is another
 * matter; but nothing gets as far as Hocuspocus that would only make it throw.
 */
export function isReadable(message: Uint8Array): boolean {
  try {
    const decoder = decoding.createDecoder(message);
    if (decoding.readVarString(decoder).length > LONGEST_ADDRESS) return false;
    return isReadableAs(decoding.readVarUint(decoder), decoder);
  } catch {
    return false;
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
      decoding.readVarUint(decoder);
      decoding.readVarString(decoder);
      return true;
    case STATELESS:
      decoding.readVarString(decoder);
      return true;
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
