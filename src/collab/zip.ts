import { inflateSync } from "fflate";
import { fileDamaged, fileNotZip, fileTooLarge } from "./errors.ts";

const MEBIBYTE = 1024 * 1024;
/** Far above any report: a hundred thousand words with all their history stay below five. */
const LARGEST_FILE = 128 * MEBIBYTE;
const LARGEST_ENTRY = 64 * MEBIBYTE;
const LARGEST_WHOLE = 256 * MEBIBYTE;
const MOST_ENTRIES = 10_000;

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_SIZE = 22;
const CENTRAL_SIZE = 46;
const LOCAL_SIZE = 30;
const LONGEST_COMMENT = 0xffff;

/**
 * The entries of a zip by name. Trusts nothing the file says: sizes are bounded before anything is unpacked, an entry
 * never unpacks to more than it announced, its length and checksum must be right, and no two have one name.
 */
export function unzip(bytes: Uint8Array): Map<string, Uint8Array> {
  if (bytes.length > LARGEST_FILE) throw fileTooLarge("", LARGEST_FILE / MEBIBYTE);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === null) throw fileNotZip();
  const count = view.getUint16(end + 10, true);
  if (count > MOST_ENTRIES) throw fileTooLarge("", LARGEST_FILE / MEBIBYTE);
  const entries = new Map<string, Uint8Array>();
  let at = view.getUint32(end + 16, true);
  let whole = 0;
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL_SIZE > end || view.getUint32(at, true) !== CENTRAL) throw fileDamaged("zip");
    const nameLength = view.getUint16(at + 28, true);
    const name = asciiName(bytes.subarray(at + CENTRAL_SIZE, at + CENTRAL_SIZE + nameLength));
    if (name === null || entries.has(name)) throw fileDamaged(name ?? "zip");
    const size = view.getUint32(at + 24, true);
    whole += size;
    if (size > LARGEST_ENTRY) throw fileTooLarge(name, LARGEST_ENTRY / MEBIBYTE);
    if (whole > LARGEST_WHOLE) throw fileTooLarge(name, LARGEST_WHOLE / MEBIBYTE);
    entries.set(name, readEntry(view, bytes, at, name, size));
    at += CENTRAL_SIZE + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function findEnd(view: DataView): number | null {
  for (let at = view.byteLength - END_SIZE; at >= 0 && at >= view.byteLength - END_SIZE - LONGEST_COMMENT; at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  return null;
}

function readEntry(view: DataView, bytes: Uint8Array, central: number, name: string, size: number): Uint8Array {
  const flags = view.getUint16(central + 8, true);
  const method = view.getUint16(central + 10, true);
  const checksum = view.getUint32(central + 16, true);
  const packed = view.getUint32(central + 20, true);
  const local = view.getUint32(central + 42, true);
  const isEncrypted = (flags & 1) !== 0;
  if (isEncrypted || local + LOCAL_SIZE > bytes.length || view.getUint32(local, true) !== LOCAL)
    throw fileDamaged(name);
  const from = local + LOCAL_SIZE + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (from + packed > bytes.length) throw fileDamaged(name);
  const data = bytes.subarray(from, from + packed);
  const plain = method === 0 ? data : method === 8 ? inflate(data, size, name) : null;
  if (plain === null || plain.length !== size || crc32(plain) !== checksum) throw fileDamaged(name);
  return plain;
}

function inflate(data: Uint8Array, size: number, name: string): Uint8Array {
  try {
    // One byte more than announced, so that an entry which holds more is found out without unpacking it.
    return inflateSync(data, { out: new Uint8Array(size + 1) });
  } catch (cause) {
    throw fileDamaged(name, cause);
  }
}

/** Our entries have names of plain letters; anything else (a path upwards, a device, a trick of encoding) is no entry. */
function asciiName(bytes: Uint8Array): string | null {
  const name = String.fromCharCode(...bytes.subarray(0, 256));
  return bytes.length <= 256 && /^[A-Za-z0-9_-]+(?:\/[A-Za-z0-9_-]+)?\.[a-z]+$/.test(name) ? name : null;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

const CRC: readonly number[] = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = (c & 1) === 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
