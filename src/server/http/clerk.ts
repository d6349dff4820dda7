import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Action } from "#protocol";
import { isId, may } from "#protocol";
import { forbidden, linkRevoked, reportMissing, requestInvalid, signedOut } from "../errors.ts";
import type { Office } from "../reports/report-room.ts";
import { hashToken } from "../tokens.ts";
import type { Member, Visitor } from "../visitor.ts";
import { memberOf, visitorOf } from "../visitor.ts";

/** What the routes work with. */
export interface Clerk {
  readonly office: Office;
  /** The name of the session cookie. Several installations on one host keep theirs apart. */
  readonly cookie: string;
  /** How the address of a link begins, for the one who asked. */
  readonly linkBase: (request: FastifyRequest) => string;
}

export function visitor(clerk: Clerk, request: FastifyRequest): Promise<Visitor | null> {
  return visitorOf(clerk.office.storage, request.cookies[clerk.cookie]);
}

/** The visitor in the report that the address names, who may do `action`. Throws otherwise. */
export async function member(
  clerk: Clerk,
  request: FastifyRequest,
  action: Action,
  deleted: "hidden" | "found" = "hidden",
): Promise<Member> {
  const { storage } = clerk.office;
  const here = await visitor(clerk, request);
  const report = parameter(request, "report");
  const token = request.cookies[clerk.cookie];
  const mayEnter = here?.links.some((link) => link.report === null || link.report === report) === true;
  // Only what was revoked is told so, for the browser then forgets the report; a session that is unknown may come back.
  if (!mayEnter && token !== undefined && (await storage.access.wasRevoked(hashToken(token), report))) {
    throw linkRevoked(report);
  }
  if (!here) throw signedOut();
  const found = await memberOf(storage, here, report, deleted);
  if (!may(found.me.role, action)) throw forbidden();
  return found;
}

/** A part of the address. What cannot name anything names no report either. */
export function parameter(request: FastifyRequest, name: string): string {
  const parameters: unknown = request.params;
  const value: unknown =
    typeof parameters === "object" && parameters !== null
      ? Object.entries(parameters).find(([key]) => key === name)?.[1]
      : "";
  if (typeof value !== "string" || !isId(value)) throw reportMissing(String(value));
  return value;
}

/** The body of a request as its schema reads it. Throws `request-invalid` with the place. */
export function body<T>(schema: z.ZodType<T>, request: FastifyRequest): T {
  const read = schema.safeParse(request.body ?? {});
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw requestInvalid(`/${(issue?.path ?? []).map(String).join("/")}`, issue?.message ?? "");
}

/** The body of a request that is a file. */
export function fileBody(request: FastifyRequest): Uint8Array {
  if (Buffer.isBuffer(request.body)) return new Uint8Array(request.body);
  throw requestInvalid("", "a file");
}
