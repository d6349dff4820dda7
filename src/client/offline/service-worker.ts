import { assetsNamedBy, strategyOf } from "./strategy.ts";

// The types of the DOM library describe a page; of a worker, this much is used here.
interface WaitingEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface RequestEvent extends WaitingEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface PageMessage extends WaitingEvent {
  readonly data: unknown;
}
interface WorkerScope {
  readonly location: { readonly origin: string };
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: "install" | "activate", listener: (event: WaitingEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: RequestEvent) => void): void;
  addEventListener(type: "message", listener: (event: PageMessage) => void): void;
}
declare const self: WorkerScope;

const CACHE = "tongket.shell.1";
const SHELL = "/";
/** More files than any two versions of the application have; beyond, the oldest go. */
const MOST_KEPT = 300;
/** How long a page waits for a slow network before the kept shell is shown, milliseconds. */
const PATIENCE = 4_000;

async function page(request: Request): Promise<Response> {
  const kept = await caches.match(SHELL);
  if (!kept) return fetch(request);
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), PATIENCE));
  const asked = fetch(request).then((response) => (response.status >= 502 ? kept : response));
  return Promise.race([asked.catch(() => kept), late]);
}

async function asset(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) {
    const cache = await caches.open(CACHE);
    await cache.put(request, response.clone());
  }
  return response;
}

/**
 * Keeps what a page that has just opened well is made of, and only then the shell that names it: so the kept shell
 * never asks for a file that is not kept.
 */
async function keep(urls: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  const shell = await fetch(SHELL, { cache: "no-cache" });
  if (!shell.ok) return;
  const named = assetsNamedBy(await shell.clone().text());
  for (const url of new Set([...named, ...urls])) {
    if (!(await cache.match(url))) await cache.add(url);
  }
  await cache.put(SHELL, shell);
  const keys = await cache.keys();
  const old = keys.filter((key) => new URL(key.url).pathname !== SHELL).slice(0, Math.max(0, keys.length - MOST_KEPT));
  await Promise.all(old.map(async (key) => cache.delete(key)));
}

function urlsIn(data: unknown): string[] | null {
  if (typeof data !== "object" || data === null || !("keep" in data) || !Array.isArray(data.keep)) return null;
  return data.keep.filter((url): url is string => {
    return (
      typeof url === "string" && strategyOf({ method: "GET", mode: "cors", url }, self.location.origin) === "asset"
    );
  });
}

// A new worker takes over at once: hashed names keep old and new pages apart.
self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => {
  const tidy = async (): Promise<void> => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name !== CACHE).map(async (name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});
self.addEventListener("fetch", (event) => {
  const strategy = strategyOf(event.request, self.location.origin);
  if (strategy === "page") event.respondWith(page(event.request));
  if (strategy === "asset") event.respondWith(asset(event.request));
});
self.addEventListener("message", (event) => {
  const urls = urlsIn(event.data);
  if (urls) event.waitUntil(keep(urls));
});
