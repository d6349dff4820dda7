import type { IncomingMessage } from "node:http";

const LOOPBACK = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/** The host by which the browser knows us; what a proxy says counts only where it runs on this machine. */
export function hostOf(request: IncomingMessage): string {
  const forwarded = request.headers["x-forwarded-host"];
  const trusted = LOOPBACK.has(request.socket.remoteAddress ?? "");
  if (trusted && typeof forwarded === "string" && forwarded !== "") return forwarded.split(",")[0]?.trim() ?? "";
  return request.headers.host ?? "";
}

/**
 * True where a page of ours made the request, or something that is no browser: a foreign page cannot leave both headers
 * out.
 */
export function isFromHere(request: IncomingMessage): boolean {
  const { origin } = request.headers;
  if (origin !== undefined) return URL.canParse(origin) && new URL(origin).host === hostOf(request);
  const site = request.headers["sec-fetch-site"];
  return site === undefined || site === "same-origin" || site === "none";
}
