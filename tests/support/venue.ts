import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { Person } from "#model";
import type { FreshLink, ReportSummary } from "#protocol";
import { Browser as Api } from "./browser.ts";
import { launchChromium } from "./chromium.ts";
import { Network } from "./network.ts";
import type { ServedClient } from "./served-client.ts";
import { serveClient } from "./served-client.ts";

/** The sizes at which people come: a laptop, and a phone that is touched. Both speak Vietnamese. */
export const LAPTOP: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, locale: "vi-VN" };
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
  locale: "vi-VN",
};

/** How long a page is waited for: a machine that is four times slower is no fault. */
const PATIENCE = 60_000;
const OUTPUT = join(import.meta.dirname, "../e2e/output");

/** Somebody to be invited, as the server takes them. */
export interface Invited {
  readonly role: Exclude<Person["role"], "chair">;
  readonly name: string;
  readonly unit?: string;
}

/**
 * Where the people of one test file meet: the client as it ships on a server of its own with the sample report, and a
 * browser in which each person has a window at a size. It opens before the file's first test and closes after its last;
 * an error on anybody's page fails the test in which it came, and a test that fails leaves a picture of every page.
 */
export class Venue {
  readonly #name: string;
  readonly #options: Parameters<typeof serveClient>[0];
  readonly #contexts: BrowserContext[] = [];
  readonly #networks = new WeakMap<Page, Network>();
  readonly #faults: string[] = [];
  readonly #atEnd: (() => void)[] = [];
  #served: ServedClient | null = null;
  #browser: Browser | null = null;
  #chair: Api | null = null;

  constructor(name: string, options: Parameters<typeof serveClient>[0] = {}) {
    this.#name = name;
    this.#options = options;
  }

  get served(): ServedClient {
    if (!this.#served) throw new Error("the venue is open while tests run");
    return this.#served;
  }

  get url(): string {
    return this.served.url;
  }

  /** The chair without a window: asks the server. */
  get chair(): Api {
    if (!this.#chair) throw new Error("the venue is open while tests run");
    return this.#chair;
  }

  async open(): Promise<void> {
    mkdirSync(OUTPUT, { recursive: true });
    this.#served = await serveClient(this.#options);
    this.#chair = new Api(this.#served, (end) => this.#atEnd.push(end));
    await this.#chair.open(this.#served.chairLink);
    this.#browser = await launchChromium();
  }

  /** Opens a window of somebody's own: a path of this server or a whole address. */
  async visit(options: BrowserContextOptions, address: string, who = "page"): Promise<Page> {
    return this.#open(await this.#context(options), address, who);
  }

  /** The same, on a network that {@link network} cuts and mends. */
  async visitOnNetwork(options: BrowserContextOptions, address: string, who = "page"): Promise<Page> {
    const context = await this.#context(options);
    const network = await Network.of(context);
    const page = await this.#open(context, address, who);
    this.#networks.set(page, network);
    return page;
  }

  /** The way to the server of a page that came by {@link visitOnNetwork}. */
  network(page: Page): Network {
    const found = this.#networks.get(page);
    if (!found) throw new Error("this page came without a network that can be cut");
    return found;
  }

  async #context(options: BrowserContextOptions): Promise<BrowserContext> {
    if (!this.#browser) throw new Error("the venue is open while tests run");
    const context = await this.#browser.newContext(options);
    this.#contexts.push(context);
    return context;
  }

  async #open(context: BrowserContext, address: string, who: string): Promise<Page> {
    const page = this.watch(await context.newPage(), who);
    await page.goto(new URL(address, this.url).href);
    return page;
  }

  /** Gives a page the patience of all others, and notices what goes wrong on it. */
  watch(page: Page, who: string): Page {
    page.setDefaultTimeout(PATIENCE);
    page.on("pageerror", (error) => this.#faults.push(`${who}: ${error.message}`));
    return page;
  }

  /** The id of the sample report. */
  async sample(): Promise<string> {
    const [sample] = await this.chair.ask<ReportSummary[]>("GET", "/api/reports");
    if (!sample) throw new Error("no sample report");
    return sample.id;
  }

  /** Makes an empty report; gives its id. */
  async make(template: string, fields: Readonly<Record<string, string>>): Promise<string> {
    return (await this.chair.ask<{ id: string }>("POST", "/api/reports", { template, fields }, 201)).id;
  }

  /** Takes a `.tongket` file as a report; gives its id. */
  async bring(file: Uint8Array): Promise<string> {
    return (await this.chair.ask<{ id: string }>("POST", "/api/reports/import", file, 201)).id;
  }

  /** Sends something to a report as the chair, as `/rounds/1/close`. */
  async post<T>(report: string, path: string, data?: object): Promise<T> {
    return this.chair.ask<T>("POST", `/api/reports/${report}${path}`, data);
  }

  /** Changes something of a report as the chair. */
  async patch<T>(report: string, path: string, data: object): Promise<T> {
    return this.chair.ask<T>("PATCH", `/api/reports/${report}${path}`, data);
  }

  /** A Word file of a report, by the words that follow `export?`. */
  async export(report: string, asked: string): Promise<Uint8Array> {
    const answer = await this.chair.fetch(`/api/reports/${report}/export?${asked}`);
    expect(answer.status, asked).toBe(200);
    return new Uint8Array(await answer.arrayBuffer());
  }

  /** Invites people to a report; gives who they are and their links, in the same order. */
  async invite<const People extends readonly Invited[]>(
    report: string,
    ...people: People
  ): Promise<{ readonly [Each in keyof People]: FreshLink }> {
    const asked = people.map((person) => ({ unit: "", ...person }));
    const fresh = await this.post<{ readonly [Each in keyof People]: FreshLink }>(report, "/people", { people: asked });
    expect(fresh).toHaveLength(people.length);
    return fresh;
  }

  /** A picture of a page for a person to look at, in tests/e2e/output. */
  async shot(page: Page, name: string): Promise<void> {
    await page.screenshot({ path: join(OUTPUT, `${name}.png`) });
  }

  /** Pictures of every page that is open, after a test that failed. */
  async failed(): Promise<void> {
    const pages = this.#contexts.flatMap((context) => context.pages());
    await Promise.all(pages.map(async (page, i) => this.shot(page, `${this.#name}-failed-${i}`)));
  }

  /** What went wrong on the pages since this was asked last. */
  takeFaults(): string[] {
    return this.#faults.splice(0);
  }

  /** Everybody leaves. */
  async clear(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map(async (context) => context.close()));
  }

  async close(): Promise<void> {
    await this.clear();
    await this.#browser?.close();
    for (const end of this.#atEnd.splice(0)) end();
    await this.#served?.close();
  }
}

/**
 * The venue of a test file, asked for at its top; the tests use it. With `stay` people keep their windows from test to
 * test, as steps of one day do; otherwise each test begins without anybody. The rest of
 * the options is for the server.
 */
export function openVenue(
  name: string,
  { stay = true, ...options }: { readonly stay?: boolean } & Parameters<typeof serveClient>[0] = {},
): Venue {
  const venue = new Venue(name, options);
  beforeAll(() => venue.open());
  afterEach(async ({ task }) => {
    const faults = venue.takeFaults();
    if (task.result?.state === "fail" || faults.length > 0) await venue.failed();
    if (!stay) await venue.clear();
    expect(faults).toEqual([]);
  });
  afterAll(() => venue.close());
  return venue;
}
