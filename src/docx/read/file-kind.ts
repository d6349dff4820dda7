import type { ForeignKind } from "./errors.ts";

/** Where a compound file (OLE) keeps the names of its streams, they are in UTF-16. */
const ENCRYPTED_STREAM = "EncryptedPackage";
const LOOKED_AT = 4096;
const ZIP_SIGNS = ["PK\x03\x04", "PK\x05\x06", "PK\x07\x08"];

/**
 * What the first bytes say a file is: "zip" for what may be a Word file, else the kind of another. The name plays no
 * part: it is often wrong.
 */
export function fileKind(bytes: Uint8Array): ForeignKind | "zip" {
  if (bytes.length === 0) return "empty";
  const head = latin1(bytes.subarray(0, LOOKED_AT));
  if (ZIP_SIGNS.some((sign) => head.startsWith(sign))) return "zip";
  if (head.startsWith("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return isEncrypted(bytes) ? "encrypted" : "legacy";
  if (/^\s*\{\\rtf/.test(head)) return "rtf";
  if (head.slice(0, 1024).includes("%PDF-")) return "pdf";
  // UTF-16 leaves a zero byte beside each plain letter.
  const plain = head.replaceAll("\0", "").replace(/^(?:\xEF\xBB\xBF|\xFF\xFE|\xFE\xFF)/, "");
  if (
    /^\s*MIME-Version:/i.test(plain) ||
    /^\s*(?:<!--[^]*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta)\b/i.test(plain)
  )
    return "html";
  if (/^\s*<\?xml/.test(plain)) return /<html\b/i.test(plain) ? "html" : "xml";
  if (/^[\s\0]*$/.test(head) && bytes.every((byte) => byte === 0 || byte === 0x20 || byte === 0x0a || byte === 0x0d)) {
    return "empty";
  }
  return "other";
}

/** What a zip is that holds no Word document, by the names of its entries. `mimetype` is the entry of that name. */
export function packageKind(names: readonly string[], mimetype: string): ForeignKind {
  if (mimetype.includes("opendocument.text")) return "odt";
  if (mimetype.includes("opendocument")) return "sheet";
  if (names.some((name) => /^(?:xl|ppt)\//i.test(name))) return "sheet";
  return names.some(isMember) ? "archive" : "other";
}

/** Whether an entry of a zip is a file that somebody put there to be read. */
export function isMember(name: string): boolean {
  return /\.(?:docx|docm|dotx|doc|odt|rtf|pdf)$/i.test(name) && !/(?:^|\/)(?:__MACOSX\/|\.|~\$)/.test(name);
}

/** A file under a password is a compound file as well, with the real package sealed in one of its streams. */
function isEncrypted(bytes: Uint8Array): boolean {
  const wide = Array.from(ENCRYPTED_STREAM, (letter) => [letter.charCodeAt(0), 0]).flat();
  // Names of streams stand in entries of 128 bytes at multiples of that.
  for (let at = 512; at + wide.length <= bytes.length; at += 128) {
    if (wide.every((byte, index) => bytes[at + index] === byte)) return true;
  }
  return false;
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}
