import type { Language } from "#model";
import { say, TongketError } from "#model";
import type { ErrorBody } from "#protocol";
import type { FastifyReply, FastifyRequest } from "fastify";

/** The HTTP status of each error that is not simply a bad request. */
const STATUS: Readonly<Record<string, number>> = {
  "signed-out": 401,
  forbidden: 403,
  "link-revoked": 403,
  "origin-foreign": 403,
  "report-missing": 404,
  "person-missing": 404,
  "version-missing": 404,
  "round-missing": 404,
  "route-missing": 404,
  "round-open": 409,
  "version-of-round": 409,
  "round-already-closed": 409,
  "round-not-last": 409,
  "copy-forgotten": 409,
  "copy-late": 403,
  "deadline-past": 400,
  "file-other-report": 409,
  "file-of-delegate": 409,
  "file-too-large": 413,
  "word-too-large": 413,
  "request-too-large": 413,
  "too-many-requests": 429,
  "server-fault": 500,
  "document-damaged": 500,
  "rule-set-unknown": 409,
  "client-missing": 503,
  "office-missing": 503,
  "office-failed": 503,
};

/** The language in which to answer: English where the browser prefers it, else Vietnamese. */
export function languageOf(request: FastifyRequest): Language {
  const [first = ""] = (request.headers["accept-language"] ?? "").split(",");
  return /^\s*en\b/i.test(first) ? "en" : "vi";
}

/** Who asks for what is not theirs, is logged. */
const TOLD: ReadonlySet<number> = new Set([401, 403, 429]);

/**
 * Answers with an error of the catalogue. What is none becomes `server-fault`, and its cause goes to the log alone.
 * `who` names the persons that the browser may be.
 */
export async function answerProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  who: () => Promise<readonly string[]> = async () => [],
): Promise<void> {
  const problem = problemOf(error);
  const status = STATUS[problem.code] ?? 400;
  if (status >= 500) request.log.error({ err: error }, "a request failed");
  if (TOLD.has(status)) {
    const about = { who: await who(), address: request.ip, reason: problem.code, method: request.method };
    request.log.warn({ ...about, url: request.url.replace(/^\/k\/.*/s, "/k/…") }, "a request was refused");
  }
  const message = say(languageOf(request), `error.${problem.code}`, problem.details);
  const body: ErrorBody = { error: { code: problem.code, details: problem.details, message } };
  await reply.code(status).header("cache-control", "no-store").send(body);
}

function problemOf(error: unknown): TongketError {
  if (error instanceof TongketError) return error;
  const status =
    typeof error === "object" && error !== null && "statusCode" in error ? Number(error.statusCode) : undefined;
  if (status === 413) return new TongketError("request-too-large");
  if (status !== undefined && status >= 400 && status < 500) {
    return new TongketError("request-invalid", {
      pointer: "/",
      problem: error instanceof Error ? error.message : String(status),
    });
  }
  return new TongketError("server-fault");
}
