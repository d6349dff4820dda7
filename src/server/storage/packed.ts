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

/** How many bytes are kept, packed and unpacked. */
const KEPT = 64_000_000;

/**
 * Unpacks, and keeps what was unpacked last: three hundred people who open the same frozen draft cost one unpacking. Equal
 * bytes give the very same object, which nobody may write to.
 */
export class Unpacking {
  private readonly kept = new Map<string, { readonly packed: Uint8Array; readonly state: Uint8Array }>();
  private readonly most: number;
  private size = 0;

  constructor(most: number = KEPT) {
    this.most = most;
  }

  /** What {@link pack} was given, of the bytes stored under `key`. */
  unpack(key: string, packed: Uint8Array): Uint8Array {
    const known = this.kept.get(key);
    this.drop(key);
    const state = known && Buffer.compare(known.packed, packed) === 0 ? known.state : unpack(packed);
    this.kept.set(key, { packed, state });
    this.size += packed.length + state.length;
    for (const oldest of this.kept.keys()) {
      if (this.size <= this.most || oldest === key) break;
      this.drop(oldest);
    }
    return state;
  }

  private drop(key: string): void {
    const known = this.kept.get(key);
    if (!known) return;
    this.kept.delete(key);
    this.size -= known.packed.length + known.state.length;
  }
}
