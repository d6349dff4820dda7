import { Inflate } from "fflate";
import { wordDamaged, wordHostile, wordTooComplex, wordTooLarge } from "./errors.ts";
import type { WordLimits } from "./limits.ts";

const END = 0x06054b50;
const END64 = 0x06064b50;
const END64_LOCATOR = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_SIZE = 22;
const CENTRAL_SIZE = 46;
const LOCAL_SIZE = 30;
const LONGEST_COMMENT = 0xffff;
/** Stands for a number that is too large for its place and is said in the 64-bit field. */
const ELSEWHERE = 0xffffffff;
/** Packed bytes given to the unpacker at once: a thousand times as many may come out before they can be counted. */
const STEP = 4096;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly checksum: number;
  readonly size: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The entries of a zip, unpacked one by one when asked for. Trusts nothing the file says: names that lead out of the
 * package, names that come twice and entries that lie over each other are refused, sizes are bounded before anything
 * is unpacked, an entry never unpacks to more than it announced, and its length and checksum must be right.
 */
export class PackageEntries {
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #bytes: Uint8Array;
  readonly #limits: WordLimits;
  #unpacked = 0;

  constructor(bytes: Uint8Array, limits: WordLimits) {
    this.#bytes = bytes;
    this.#limits = limits;
    this.#entries = directory(bytes, limits);
  }

  /** All names, with `/` between folders and none before the first. */
  names(): string[] {
    return [...this.#entries.values()].map((entry) => entry.name);
  }

  /** The bytes of an entry, found as Word does whatever the capitals of its name; null where there is none. */
  read(name: string, largest: number = this.#limits.part): Uint8Array | null {
    const entry = this.#entries.get(name.toLowerCase());
    if (!entry) return null;
    this.#unpacked += entry.size;
    if (entry.size > largest) throw wordTooLarge(entry.name, largest);
    if (this.#unpacked > this.#limits.parts) throw wordTooLarge(entry.name, this.#limits.parts);
    if (entry.encrypted) throw wordDamaged(entry.name, "encrypted zip entry");
    const packed = this.#bytes.subarray(entry.from, entry.to);
    const plain = entry.method === 0 ? packed : entry.method === 8 ? inflate(packed, entry) : null;
    if (plain === null) throw wordDamaged(entry.name, `zip method ${entry.method}`);
    if (plain.length !== entry.size) throw wordHostile(entry.name, "not of the size it announces");
    if (crc32(plain) !== entry.checksum) throw wordDamaged(entry.name, "wrong checksum");
    return plain;
  }
}

function inflate(packed: Uint8Array, { name, size }: Entry): Uint8Array {
  const plain = new Uint8Array(size);
  let length = 0;
  const stream = new Inflate((chunk) => {
    if (length + chunk.length > size) throw wordHostile(name, "unpacks to more than it announces");
    plain.set(chunk, length);
    length += chunk.length;
  });
  for (let at = 0; at < packed.length; at += STEP) {
    try {
      stream.push(packed.subarray(at, at + STEP), at + STEP >= packed.length);
    } catch (error) {
      throw isFromInflate(error) ? wordDamaged(name, "cut off or no deflate data", error) : error;
    }
  }
  return plain.subarray(0, length);
}

/** Errors of fflate bear a number as their code, ours a word. */
function isFromInflate(error: unknown): boolean {
  return !(error instanceof Error && "code" in error && typeof error.code === "string");
}

function directory(bytes: Uint8Array, limits: WordLimits): Map<string, Entry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { end, count, start } = endOfDirectory(view);
  if (count > limits.entries) throw wordTooComplex("", "entries", limits.entries);
  const entries = new Map<string, Entry>();
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL_SIZE > end || view.getUint32(at, true) !== CENTRAL) throw wordDamaged("", "zip directory");
    const nameEnd = at + CENTRAL_SIZE + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    const next = extraEnd + view.getUint16(at + 32, true);
    if (next > end) throw wordDamaged("", "zip directory");
    const name = entryName(bytes.subarray(at + CENTRAL_SIZE, nameEnd), (view.getUint16(at + 8, true) & 0x800) !== 0);
    if (!name.endsWith("/")) {
      if (entries.has(name.toLowerCase())) throw wordHostile(name, "there twice");
      entries.set(name.toLowerCase(), readEntry(view, at, name, { from: nameEnd, to: extraEnd }));
    }
    at = next;
  }
  refuseOverlap([...entries.values()], start);
  return entries;
}

function endOfDirectory(view: DataView): { end: number; count: number; start: number } {
  const last = view.byteLength - END_SIZE;
  for (let at = last; at >= 0 && at >= last - LONGEST_COMMENT; at--) {
    if (view.getUint32(at, true) !== END) continue;
    const count = view.getUint16(at + 10, true);
    const start = view.getUint32(at + 16, true);
    if (count !== 0xffff && start !== ELSEWHERE) return { end: at, count, start };
    const locator = at - 20;
    if (locator < 0 || view.getUint32(locator, true) !== END64_LOCATOR) throw wordDamaged("", "zip directory");
    const wide = Number(view.getBigUint64(locator + 8, true));
    if (wide + 56 > view.byteLength || view.getUint32(wide, true) !== END64) throw wordDamaged("", "zip directory");
    return {
      end: wide,
      count: Number(view.getBigUint64(wide + 32, true)),
      start: Number(view.getBigUint64(wide + 48, true)),
    };
  }
  throw wordDamaged("", "cut off: the zip directory is missing");
}

/** Names that lead out of the package are of use to nobody but an attacker; the other slash is of old programs. */
function entryName(bytes: Uint8Array, isUtf8: boolean): string {
  if (bytes.length > 1024) throw wordHostile("", "an entry with a name of more than 1024 bytes");
  const name = (isUtf8 ? utf8(bytes) : (utf8OrNull(bytes) ?? latin1(bytes))).replaceAll("\\", "/").replace(/^\/+/, "");
  const parts = name.split("/");
  if (parts.includes("..") || /^[A-Za-z]:/.test(name) || name.includes("\0")) {
    throw wordHostile(name.replaceAll("\0", "\\0"), "a name that leads out of the file");
  }
  return parts.filter((part) => part !== ".").join("/");
}

function utf8(bytes: Uint8Array): string {
  return utf8OrNull(bytes) ?? latin1(bytes);
}

function utf8OrNull(bytes: Uint8Array): string | null {
  try {
    return decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""));
  } catch {
    return null;
  }
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

function readEntry(view: DataView, at: number, name: string, extra: { from: number; to: number }): Entry {
  let packed = view.getUint32(at + 20, true);
  let size = view.getUint32(at + 24, true);
  let local = view.getUint32(at + 42, true);
  // The 64-bit field holds only what did not fit, in this order.
  let field = wideField(view, extra);
  const wide = (): number => {
    if (field === null || field + 8 > extra.to) throw wordDamaged(name, "zip directory");
    const value = Number(view.getBigUint64(field, true));
    field += 8;
    return value;
  };
  if (size === ELSEWHERE) size = wide();
  if (packed === ELSEWHERE) packed = wide();
  if (local === ELSEWHERE) local = wide();
  if (local + LOCAL_SIZE > view.byteLength || view.getUint32(local, true) !== LOCAL) {
    throw wordDamaged(name, "cut off");
  }
  const from = local + LOCAL_SIZE + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (from + packed > view.byteLength) throw wordDamaged(name, "cut off");
  return {
    name,
    method: view.getUint16(at + 10, true),
    encrypted: (view.getUint16(at + 8, true) & 1) !== 0,
    checksum: view.getUint32(at + 16, true),
    size,
    from,
    to: from + packed,
  };
}

function wideField(view: DataView, { from, to }: { from: number; to: number }): number | null {
  for (let at = from; at + 4 <= to; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) === 1) return at + 4;
  }
  return null;
}

/** A bomb of one part that many names unpack again and again. */
function refuseOverlap(entries: readonly Entry[], directoryStart: number): void {
  let reached = 0;
  for (const entry of entries.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    if (entry.from < reached || entry.to > directoryStart) throw wordHostile(entry.name, "lies over another entry");
    reached = entry.to;
  }
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

const CRC: Uint32Array = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = (c & 1) === 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});
