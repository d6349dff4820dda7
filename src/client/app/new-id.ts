const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";

/**
 * A new id of 21 characters with 126 bits of chance, for comments, replies and blocks. `crypto.randomUUID` would not do:
 * browsers give it only to secure origins, and a laptop that serves a meeting room over plain HTTP is none.
 */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(21)), (byte) => ALPHABET.charAt(byte & 63)).join("");
}
