import { readFileSync } from "node:fs";
import type { Browser, CDPSession, Page } from "playwright-core";
import { docFrom } from "#collab";
import { numberOutline, slotsOf } from "#model";
import * as Y from "yjs";
import { shippedCatalogue } from "../support/catalogue.ts";
import { launchChromium } from "../support/chromium.ts";
import { LABELS } from "../support/editor-labels.ts";
import type { Setting } from "./browser/page.ts";
import { serveBenchPage } from "./browser/served.ts";
import type { Cost } from "./browser/trace.ts";
import { traced } from "./browser/trace.ts";
import type { Extent, Side } from "./history.ts";
import type { BenchRow } from "./row.ts";
import { benchRow } from "./row.ts";
import { median, share } from "./sample.ts";
import { writtenHistories } from "./written.ts";

const KEYS = 120;
/** Keystrokes before those that count: code is warm then, as it is for somebody who has been writing. */
const WARM = 30;

interface Measured {
  readonly opening: Cost;
  readonly heap: number;
  readonly memory: number;
  readonly local: readonly Cost[];
  readonly remote: readonly Cost[];
  readonly wire: { readonly update: number; readonly presence: number };
}

/**
 * A long report in a real browser beside plain y-prosemirror: one history of edits stored by each, then pages that
 * differ in the editor alone, in turns. Milliseconds are of the processor, on the page's main thread; figures are
 * medians over the rounds.
 */
export async function benchBrowser(
  size: { blocks: number; edits: number; comments: number },
  rounds: number,
): Promise<BenchRow[]> {
  const { templates, ruleSets } = await shippedCatalogue();
  const template = templates.get("party-cell");
  const ruleSet = template && ruleSets.get(template.ruleSet);
  if (!template || !ruleSet) throw new Error("the cell's template is shipped");
  const extent: Extent = { ...size, people: 20, slots: slotsOf(template).map(({ id }) => id) };
  const histories = await writtenHistories(extent);
  const setting: Setting = {
    outline: numberOutline(template, ruleSet, { year: "2021" }),
    ruleSet,
    labels: LABELS,
    people: extent.people,
  };
  const served = await serveBenchPage(histories);
  // Frames are drawn as soon as they are ready: what is measured is the work, not the wait for the screen.
  const browser = await launchChromium(["--disable-frame-rate-limit", "--disable-gpu-vsync"]);
  const runs: Record<Side, Measured[]> = { ours: [], peer: [] };
  try {
    for (let round = 0; round < rounds; round++) {
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
  const atRest = (side: Side): number =>
    Y.encodeStateAsUpdate(docFrom(readFileSync(histories[side].bytes))).length / 1000;
  return [
    ...keystrokeRows("local", row),
    ...keystrokeRows("remote", row),
    row("open from cold, bytes to editor", "ms", ({ opening }) => opening.handled),
    row("open from cold, to the painted page", "ms", ({ opening }) => opening.painted),
    row("open from cold, to the painted page by the clock", "ms", ({ opening }) => opening.seen),
    row("memory: JavaScript heap", "MB", (one) => one.heap / 1e6),
    row("memory: the page as the browser counts it", "MB", (one) => one.memory / 1e6),
    row("on the wire: a letter typed", "B", (one) => one.wire.update),
    row("on the wire: the caret after it", "B", (one) => one.wire.presence),
    benchRow("first exchange and at rest, as an update", "kB", atRest("ours"), atRest("peer")),
  ];
}

function keystrokeRows(
  which: "local" | "remote",
  row: (name: string, unit: string, figure: (one: Measured) => number) => BenchRow,
): BenchRow[] {
  const cost = (name: string, part: number, of: (cost: Cost) => number): BenchRow =>
    row(`${which} keystroke, ${name}, p${part * 100}`, "ms", (one) => share(one[which].map(of), part));
  return [
    cost("own work", 0.5, ({ work }) => work),
    cost("own work", 0.95, ({ work }) => work),
    cost("with the browser's handling of it", 0.5, ({ handled }) => handled),
    cost("to paint", 0.5, ({ painted }) => painted),
    cost("to paint", 0.95, ({ painted }) => painted),
    cost("of that style and layout", 0.5, ({ style, layout }) => style + layout),
    cost("of that painting", 0.5, ({ paint }) => paint),
    cost("to paint by the clock", 0.95, ({ seen }) => seen),
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
    const opened = await traced(browser, page, async () =>
      page.evaluate(async (given) => window.bench.open(given), setting),
    );
    const [opening] = opened.costs;
    if (!opening) throw new Error("the page was not seen to open");
    await page.evaluate(() => window.bench.forget());
    const heap = (await heapOf(cdp)) - empty;
    const memory = await page.evaluate(async () => {
      const own = performance as Performance & { measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }> };
      return (await own.measureUserAgentSpecificMemory?.())?.bytes ?? 0;
    });
    await page.evaluate(async () => window.bench.goToMiddle());
    await page.evaluate((people) => window.bench.setMoving(people), setting.people);
    await typeKeys(cdp, page, WARM);
    const { costs: local } = await traced(browser, page, async () => typeKeys(cdp, page, KEYS));
    const arrive = async (from: number, count: number): Promise<void> =>
      page.evaluate(async ([first, many]) => window.bench.remote(first, many, 30), [from, count] as const);
    await arrive(0, WARM);
    const { costs: remote } = await traced(browser, page, async () => arrive(WARM, KEYS));
    await page.evaluate(() => window.bench.setMoving(0));
    const wire = await page.evaluate(async () => window.bench.typedOnTheWire());
    const shown = await page.evaluate(() => window.bench.shown());
    console.error(`${side}: ${JSON.stringify({ ...shown, local: local.length, remote: remote.length, opening })}`);
    return { opening, heap, memory, local, remote, wire };
  } finally {
    await context.close();
  }
}

/** Real key events, one after the other. */
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
