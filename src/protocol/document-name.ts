/**
 * The Yjs documents of a report, one per domain of permission. On the wire a name is `REPORT/body`,
 * `REPORT/notes/PERSON`, `REPORT/board`, `REPORT/board/PERSON` or `REPORT/decisions`.
 */
export type DocumentName =
  | { readonly kind: "body"; readonly report: string }
  | { readonly kind: "notes"; readonly report: string; readonly person: string }
  /** Without a person: every thread, for the committee. With one: what that person may see. Written by the server alone. */
  | { readonly kind: "board"; readonly report: string; readonly person?: string }
  | { readonly kind: "decisions"; readonly report: string };

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** True for what may name a report or a person: it stands in document names, addresses and file names. */
export function isId(text: string): boolean {
  return ID.test(text);
}

export function formatDocumentName(name: DocumentName): string {
  const person = "person" in name && name.person !== undefined ? `/${name.person}` : "";
  return `${name.report}/${name.kind}${person}`;
}

/** The document a wire name means, or null where it means none. */
export function parseDocumentName(text: string): DocumentName | null {
  const [report, kind, person, ...rest] = text.split("/");
  if (report === undefined || !isId(report) || rest.length > 0) return null;
  if (person !== undefined && !isId(person)) return null;
  if (kind === "body" || kind === "decisions") return person === undefined ? { kind, report } : null;
  if (kind === "notes") return person === undefined ? null : { kind, report, person };
  if (kind === "board") return person === undefined ? { kind, report } : { kind, report, person };
  return null;
}
