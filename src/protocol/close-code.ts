/**
 * Codes with which the server closes a socket. 44xx: come back only after something has changed (a new link, a
 * reload); 45xx: come back later by yourself.
 */
export const CLOSE = {
  /** No valid session: open a link again. */
  signedOut: 4401,
  /** The person may not open this document. */
  forbidden: 4403,
  /** No such report or document, or it was deleted. */
  notFound: 4404,
  /** The update was refused: malformed, foreign, or against a rule. Reason: a {@link RefusalReason}. */
  refused: 4422,
  /** Too much in too short a time. */
  flooding: 4429,
  /** The update could not be stored; the client still has it and sends it again. */
  notStored: 4503,
} as const;

/** Why an update was refused; the close reason on the wire and the word in the log. */
export type RefusalReason =
  | "malformed"
  | "pending"
  | "foreign-client"
  | "absurd-length"
  | "unknown-root"
  | "nested-type"
  | "too-large"
  | "bad-record"
  | "not-yours"
  | "round-closed"
  | "chair-only"
  | "read-only";
