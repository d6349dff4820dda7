import { createHash, randomBytes } from "node:crypto";

/** A token nobody can guess: 256 random bits, fit for an address. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** How a token is stored. Tokens are random, so a plain hash suffices: there is no list to try. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/** An id for a report, person, version, link or block. */
export function newId(): string {
  return randomBytes(12).toString("base64url");
}

/** The present, as every record writes it. */
export function now(): string {
  return new Date().toISOString();
}
