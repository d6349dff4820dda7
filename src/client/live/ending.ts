import type { RefusalReason } from "#protocol";
import { CLOSE } from "#protocol";

/**
 * What a closing means for the client: `retry` by itself, `refused` (the document stays closed until its change is
 * discarded or the page is opened anew), or an end for the whole report.
 */
export type Ending =
  | { readonly kind: "retry" }
  | { readonly kind: "refused"; readonly reason: RefusalReason }
  | { readonly kind: "signed-out" }
  | { readonly kind: "gone" };

const REASONS: ReadonlySet<string> = new Set<RefusalReason>([
  "malformed",
  "pending",
  "foreign-client",
  "absurd-length",
  "unknown-root",
  "nested-type",
  "too-large",
  "bad-record",
  "not-yours",
  "round-closed",
  "chair-only",
  "read-only",
]);

function isRefusal(text: string): text is RefusalReason {
  return REASONS.has(text);
}

/**
 * The meaning of a close code and reason, of the socket or of one document on it. A document's closing bears only a
 * reason on the wire; there the name of a code stands for the code. What is not known is worth another try.
 */
export function endingOf(code: number, reason: string): Ending {
  if (isRefusal(reason)) return { kind: "refused", reason };
  if (code === CLOSE.refused) return { kind: "refused", reason: "malformed" };
  if (code === CLOSE.signedOut || code === CLOSE.forbidden) return { kind: "signed-out" };
  if (code === CLOSE.notFound) return { kind: "gone" };
  switch (reason) {
    case "signed-out":
    case "signedOut":
    case "forbidden":
    case "permission-denied":
    case "kicked":
      return { kind: "signed-out" };
    case "not-found":
    case "notFound":
      return { kind: "gone" };
    default:
      return { kind: "retry" };
  }
}
