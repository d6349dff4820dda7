/** What the service worker does with a request. */
export type Strategy =
  /** A page: from the network, and where that fails the kept shell, which finds its page by the address. */
  | "page"
  /** A file whose name bears the hash of its content: the kept copy is as good as any. */
  | "asset"
  /** None of its business: the API, links that sign in, sockets, other servers, everything that changes something. */
  | "pass";

/** `origin` is the server's own. Total: what is not known passes. */
export function strategyOf(
  request: { readonly method: string; readonly url: string; readonly mode: string },
  origin: string,
): Strategy {
  if (request.method !== "GET" || !URL.canParse(request.url)) return "pass";
  const url = new URL(request.url);
  if (url.origin !== origin || /^\/(?:api|k|collab)(?:\/|$)/.test(url.pathname)) return "pass";
  if (url.pathname.startsWith("/assets/")) return "asset";
  return request.mode === "navigate" ? "page" : "pass";
}

/** The scripts and style sheets of our own that a page of HTML names. */
export function assetsNamedBy(html: string): string[] {
  return [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/gu)].map((match) => match[1] ?? "");
}
