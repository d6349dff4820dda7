import type * as Y from "yjs";

/** Why an update is not let in. */
export type UpdateRefusal = "malformed" | "pending" | "absurd-length" | "unknown-root" | "nested-type" | "too-large";

/** What updates of one document may hold. */
export interface UpdateRules {
  /** True for the names of the roots that the document has. */
  readonly roots: (name: string) => boolean;
  /** True for a root that is text with formats; any other is a map of plain JSON. A boolean speaks of all roots. */
  readonly text: boolean | ((name: string) => boolean);
  readonly maxBytes: number;
}

/** What {@link inspectUpdate} found: the client ids that write something new, and the refusal, if any. */
export interface UpdateInspection {
  readonly clients: number[];
  readonly refusal: UpdateRefusal | null;
}

export function inspectUpdate(update: Uint8Array, doc: Y.Doc, rules: UpdateRules): UpdateInspection {
  throw new Error(`not yet: ${update.length} ${doc.clientID} ${rules.maxBytes}`);
}
