import type { Role } from "#model";
import type { DocumentName } from "./document-name.ts";

/** What a person does beyond reading and writing documents. */
export type Action =
  | "read-report"
  | "read-versions"
  | "read-edits"
  | "read-others"
  | "change-settings"
  | "make-version"
  | "rename-version"
  | "export-final"
  | "export-draft"
  | "export-for-comment"
  | "export-responses"
  | "export-archive"
  | "merge-archive"
  | "import-word"
  | "collect-copies"
  | "collect-late"
  | "invite"
  | "open-round"
  | "close-round"
  | "change-round"
  | "delete-report";

const COMMITTEE: readonly Role[] = ["chair", "drafter"];
const CHAIR: readonly Role[] = ["chair"];

const ALLOWED: Readonly<Record<Action, readonly Role[]>> = {
  "read-report": ["chair", "drafter", "delegate", "reader"],
  "read-versions": ["chair", "drafter", "delegate", "reader"],
  "read-edits": COMMITTEE,
  "read-others": ["delegate"],
  "change-settings": CHAIR,
  "make-version": COMMITTEE,
  "rename-version": COMMITTEE,
  "export-final": ["chair", "drafter", "reader"],
  "export-draft": COMMITTEE,
  // A delegate the copy made out for themselves.
  "export-for-comment": ["chair", "drafter", "delegate"],
  "export-responses": COMMITTEE,
  "export-archive": COMMITTEE,
  "merge-archive": CHAIR,
  "import-word": COMMITTEE,
  "collect-copies": COMMITTEE,
  "collect-late": CHAIR,
  invite: CHAIR,
  "open-round": CHAIR,
  "close-round": CHAIR,
  "change-round": CHAIR,
  "delete-report": CHAIR,
};

export function may(role: Role, action: Action): boolean {
  return ALLOWED[action].includes(role);
}

/**
 * What a person may do with a document: `write`, `read`, or null for nothing. Delegates read frozen versions, never the
 * live body; only the server writes a board.
 */
export function documentRight(role: Role, person: string, name: DocumentName): "write" | "read" | null {
  const committee = COMMITTEE.includes(role);
  switch (name.kind) {
    case "body":
      return committee ? "write" : role === "reader" ? "read" : null;
    case "notes":
      return name.person === person && role !== "reader" ? "write" : null;
    case "board":
      if (name.person === undefined) return committee ? "read" : null;
      return name.person === person ? "read" : null;
    case "decisions":
      return committee ? "write" : null;
  }
}
