import type { Person } from "#model";
import { forbidden, reportMissing, signedOut } from "./errors.ts";
import type { OpenedLink, Storage, StoredReport } from "./storage/storage.ts";
import { hashToken, newId, newToken, now } from "./tokens.ts";

/** Who a browser is: the links opened in it that still hold, last opened first. */
export interface Visitor {
  readonly session: string;
  readonly links: readonly OpenedLink[];
}

/** A visitor in one report. */
export interface Member {
  readonly report: StoredReport;
  readonly me: Person;
  /** Everybody this browser has been in this report: it may send on what one of them left unsent. */
  readonly selves: readonly string[];
}

/** The visitor of a session token, or null where none of its links holds. */
export async function visitorOf(storage: Storage, token: string | undefined): Promise<Visitor | null> {
  if (token === undefined || token === "") return null;
  const session = hashToken(token);
  const links = await storage.access.opened(session);
  return links.length === 0 ? null : { session, links };
}

/** The persons a browser may be, as the log names them: `REPORT/PERSON`, or `chair`. */
export function whoIs(visitor: Visitor | null): string[] {
  return (visitor?.links ?? []).map(({ report, person }) => (report === null ? "chair" : `${report}/${person}`));
}

/** True where the link of the installation's chair was opened. */
export function isChair(visitor: Visitor): boolean {
  return visitor.links.some((link) => link.report === null);
}

/**
 * Who the visitor is in a report: the person of the link last opened, where several fit. Throws `report-missing` where
 * there is none, or `forbidden`. A deleted report is found with `deleted` alone.
 */
export async function memberOf(
  storage: Storage,
  visitor: Visitor,
  report: string,
  deleted: "hidden" | "found" = "hidden",
): Promise<Member> {
  const links = visitor.links.filter((link) => link.report === null || link.report === report);
  const stored = await storage.reports.get(report);
  if (!stored || (stored.deletedAt !== null && deleted === "hidden")) throw reportMissing(report);
  const ids = [...new Set(links.map((link) => link.person ?? stored.chair))];
  const people = await storage.reports.people(report);
  const me = people.find((person) => person.id === ids[0]);
  if (!me) throw forbidden();
  return { report: stored, me, selves: ids };
}

/** Demands a visitor who is the installation's chair. */
export function demandChair(visitor: Visitor | null): Visitor {
  if (!visitor) throw signedOut();
  if (!isChair(visitor)) throw forbidden();
  return visitor;
}

/** Makes a link for a person, or with null for the installation's chair, and gives its token. */
export async function makeLinks(
  storage: Storage,
  report: string | null,
  people: readonly (string | null)[],
): Promise<string[]> {
  const made = people.map((person) => ({
    token: newToken(),
    link: { id: newId(), report, person, createdAt: now(), openedAt: null, revokedAt: null },
  }));
  await storage.access.addLinks(made.map(({ link, token }) => ({ link, token: hashToken(token) })));
  return made.map(({ token }) => token);
}
