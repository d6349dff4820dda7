import { deflateRawSync, inflateRawSync } from "node:zlib";
import * as Y from "yjs";

/** No update begins like this: it would be one of more than a hundred million Yjs clients. The last byte is the form. */
const PACKED = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 1);

/**
 * A whole state, an update of version 1, as it lies on the disk: as version 2 and deflated, about a quarter of its size.
 * What would not come back byte for byte is left as it is.
 */
export function pack(update: Uint8Array): Uint8Array {
  try {
    const packed = Buffer.concat([PACKED, deflateRawSync(Y.convertUpdateFormatV1ToV2(update))]);
    return packed.length < update.length && Buffer.compare(unpack(packed), update) === 0 ? packed : update;
  } catch {
    // What is no update is not the storage's business.
    return update;
  }
}

/** What {@link pack} was given. What was never packed is given back as it is. */
export function unpack(bytes: Uint8Array): Uint8Array {
  if (!PACKED.every((byte, i) => bytes[i] === byte)) return bytes;
  return Y.convertUpdateFormatV2ToV1(inflateRawSync(bytes.subarray(PACKED.length)));
}
