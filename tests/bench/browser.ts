import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, CDPSession, Page } from "playwright-core";
import { numberOutline, slotsOf } from "#model";
import * as Y from "yjs";
import { docFrom } from "#collab";
import { shippedCatalogue } from "../support/catalogue.ts";
import { launchChromium } from "../support/chromium.ts";
import { LABELS } from "../support/editor-labels.ts";
import type { KeyTime, OpeningTimes, Setting } from "./browser/page.ts";
import { serveBenchPage } from "./browser/served.ts";
import type { Extent, Side } from "./history.ts";
import type { BenchRow } from "./row.ts";
import { benchRow } from "./row.ts";
import { median, share } from "./sample.ts";
import { writtenHistories } from "./written.ts";

const ROUNDS = 3;
const KEYS = 160;
/** Keystrokes before those that count: code is warm then, as it is for somebody who has been writing. */
const WARM = 30;

interface Measured {
  readonly opening: OpeningTimes;
  readonly heap: number;
  readonly memory: number;
  readonly local: readonly KeyTime[];
  readonly remote: readonly KeyTime[];
  readonly wire: { readonly update: number; readonly presence: number };
}

/**
 * A long report in a real browser beside plain y-prosemirror: one history of edits stored by each, then pages that
 * differ in the editor alone, in turns. Milliseconds are of the page's main thread; figures are medians over the rounds.
 */
export async function benchBrowser(size: { blocks: number; edits: number; comments: number }): Promise<BenchRow[]> {
  const { templates, ruleSets } = await shippedCatalogue();
  const template = templates.get("party-cell");
  const ruleSet = template && ruleSets.get(template.ruleSet);
  if (!template || !ruleSet) throw new Error("the cell's template is shipped");
  const extent: Extent = { ...size, people: 20, slots: slotsOf(template).map(({ id }) => id) };
  const folder = await writtenHistories(extent);
  const setting: Setting = {
    outline: numberOutline(template, ruleSet, { year: "2021" }),
    ruleSet,
    labels: LABELS,
    people: extent.people,
  };
  const served = await serveBenchPage(folder);
  // Frames are drawn as soon as they are ready: what is measured is the work, not the wait for the screen.
  const browser = await launchChromium(["--disable-frame-rate-limit", "--disable-gpu-vsync"]);
  const runs: Record<Side, Measured[]> = { ours: [], peer: [] };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const side of round % 2 === 0 ? (["ours", "peer"] as const) : (["peer", "ours"] as const)) {
        runs[side].push(await measure(browser, served.url, side, setting));
      }
    }
  } finally {
    await browser.close();
    await served.close();
  }
  const row = (name: string, unit: string, figure: (one: Measured) => number): BenchRow =>
    benchRow(name, unit, median(runs.ours.map(figure)), median(runs.peer.map(figure)));
  const times = (pick: (one: Measured) => readonly KeyTime[], of: keyof KeyTime, part: number) => (one: Measured) =>
    share(
      pick(one).map((time) => time[of]),
      part,
    );
  const atRest = (side: Side): Uint8Array => readFileSync(join(folder, `${side}.bin`));
  const v1 = (side: Side): number => Y.encodeStateAsUpdate(docFrom(atRest(side))).length / 1000;
  return [
    row(
      "local keystroke, own work, p50",
      "ms",
      times((one) => one.local, "work", 0.5),
    ),
    row(
      "local keystroke, own work, p95",
      "ms",
      times((one) => one.local, "work", 0.95),
    ),
    row(
      "local keystroke to paint, p50",
      "ms",
      times((one) => one.local, "painted", 0.5),
    ),
    row(
      "local keystroke to paint, p95",
      "ms",
      times((one) => one.local, "painted", 0.95),
    ),
    row(
      "remote keystroke, own work, p50",
      "ms",
      times((one) => one.remote, "work", 0.5),
    ),
    row(
      "remote keystroke, own work, p95",
      "ms",
      times((one) => one.remote, "work", 0.95),
    ),
    row(
      "remote keystroke to paint, p50",
      "ms",
      times((one) => one.remote, "painted", 0.5),
    ),
    row(
      "remote keystroke to paint, p95",
      "ms",
      times((one) => one.remote, "painted", 0.95),
    ),
    row("open from cold: bytes to document", "ms", (one) => one.opening.read),
    row("open from cold: bytes to editor", "ms", (one) => one.opening.mounted),
    row("open from cold: bytes to painted page", "ms", (one) => one.opening.painted),
    row("memory: JavaScript heap", "MB", (one) => one.heap / 1e6),
    row("memory: the page as the browser counts it", "MB", (one) => one.memory / 1e6),
    row("on the wire: a letter typed", "B", (one) => one.wire.update),
    row("on the wire: the caret after it", "B", (one) => one.wire.presence),
    benchRow("first exchange and at rest, as an update", "kB", v1("ours"), v1("peer")),
  ];
}

async function measure(browser: Browser, url: string, side: Side, setting: Setting): Promise<Measured> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  try {
    await page.goto(url);
    await page.evaluate(async (which) => window.bench.prepare(which), side);
    const cdp = await context.newCDPSession(page);
    const empty = await heapOf(cdp);
    const opening = await page.evaluate(async (given) => window.bench.open(given), setting);
    await page.evaluate(() => window.bench.forget());
    const heap = (await heapOf(cdp)) - empty;
    const memory = await page.evaluate(async () => {
      const own = performance as Performance & { measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }> };
      return (await own.measureUserAgentSpecificMemory?.())?.bytes ?? 0;
    });
    await page.evaluate(async () => window.bench.goToMiddle());
    await page.evaluate((people) => window.bench.setMoving(people), setting.people);
    await page.evaluate(() => window.bench.watchKeys());
    await typeKeys(cdp, page, WARM + KEYS);
    const local = (await page.evaluate(() => window.bench.keyTimes())).slice(WARM);
    const remote = await page.evaluate(
      async ([warm, count]) => (await window.bench.remote(0, warm + count, 30)).slice(warm),
      [WARM, KEYS] as const,
    );
    await page.evaluate(() => window.bench.setMoving(0));
    const wire = await page.evaluate(() => window.bench.typedOnTheWire());
    const shown = await page.evaluate(() => window.bench.shown());
    console.error(side, JSON.stringify({ opening, heap: heap / 1e6, memory: memory / 1e6, shown, keys: local.length }));
    return { opening, heap, memory, local, remote, wire };
  } finally {
    await context.close();
  }
}

/** Real key events, one after the other has been painted. */
export async function typeKeys(cdp: CDPSession, page: Page, count: number): Promise<void> {
  const letters = "tong ket nam ";
  for (let i = 0; i < count; i++) {
    const text = letters.charAt(i % letters.length);
    const code = text === " " ? "Space" : `Key${text.toUpperCase()}`;
    const windowsVirtualKeyCode = text === " " ? 32 : text.toUpperCase().charCodeAt(0);
    const key = { key: text, code, windowsVirtualKeyCode };
    await cdp.send("Input.dispatchKeyEvent", { type: "keyDown", text, ...key });
    await cdp.send("Input.dispatchKeyEvent", { type: "keyUp", ...key });
    await page.waitForTimeout(25);
  }
}

async function heapOf(cdp: CDPSession): Promise<number> {
  await cdp.send("HeapProfiler.collectGarbage");
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  return usedSize;
}
