import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import type { ReportFile } from "#collab";
import { docFrom, slotText, writeReportFile } from "#collab";
import { decisionsMap, putComment, resolveAnchor } from "#comments";
import type { Person } from "#model";
import { slotsOf } from "#model";
import * as Y from "yjs";
import { shippedCatalogue } from "../support/catalogue.ts";
import { launchChromium } from "../support/chromium.ts";
import { serveClient } from "../support/served-client.ts";
import type { Cost } from "./browser/trace.ts";
import { traced } from "./browser/trace.ts";
import { typeKeys } from "./browser.ts";
import { Company, Session } from "./guests.ts";
import type { Company as Given, Extent } from "./history.ts";
import type { BenchRow } from "./row.ts";
import { benchRow } from "./row.ts";
import { median, share } from "./sample.ts";
import { writtenHistories } from "./written.ts";

const KEYS = 120;
const WARM = 30;
const PEOPLE = 20;
const SHORT = 300;

interface Measured {
  readonly opened: number;
  readonly local: readonly Cost[];
  /** The longest that the page was busy at one stretch while the person typed and for three seconds afterwards. */
  readonly longest: number;
}

/**
 * The whole page of the committee, as it ships and over a real server, with 1,000 comments and 20 people who move about:
 * a report of 300 blocks beside one of 3,000. What a keystroke costs must not grow with the report: the "peer" here is
 * our own page with the short report.
 */
export async function benchWorkspace(
  size: { blocks: number; edits: number; comments: number },
  rounds: number,
): Promise<BenchRow[]> {
  const served = await serveClient();
  const browser = await launchChromium(["--disable-frame-rate-limit", "--disable-gpu-vsync"]);
  try {
    const chair = new Session(served.url);
    await chair.open(served.chairLink);
    const sizes = [size, { ...size, blocks: SHORT, edits: Math.round((size.edits * SHORT) / size.blocks) }];
    const desks = await Promise.all(sizes.map(async (one) => prepare(chair, one)));
    const runs: Measured[][] = [[], []];
    for (let round = 0; round < rounds; round++) {
      for (const [n, desk] of desks.entries()) runs[n]?.push(await measure(browser, chair, desk));
    }
    const [long = [], short = []] = runs;
    const row = (name: string, unit: string, figure: (one: Measured) => number): BenchRow =>
      benchRow(
        `workspace, ${size.blocks} blocks (peer: ${SHORT}): ${name}`,
        unit,
        median(long.map(figure)),
        median(short.map(figure)),
      );
    const cost = (name: string, part: number, of: (cost: Cost) => number): BenchRow =>
      row(`local keystroke, ${name}, p${part * 100}`, "ms", ({ local }) => share(local.map(of), part));
    return [
      cost("own work", 0.5, ({ work }) => work),
      cost("own work", 0.95, ({ work }) => work),
      cost("with the browser's handling of it", 0.5, ({ handled }) => handled),
      cost("to paint", 0.5, ({ painted }) => painted),
      cost("to paint", 0.95, ({ painted }) => painted),
      cost("of that style and layout", 0.5, ({ style, layout }) => style + layout),
      cost("of that painting", 0.5, ({ paint }) => paint),
      cost("to paint by the clock", 0.95, ({ seen }) => seen),
      row("longest task while typing and after", "ms", ({ longest }) => longest),
      row("opened until it can be written in, by the clock", "ms", ({ opened }) => opened),
    ];
  } finally {
    await browser.close();
    await served.close();
  }
}

/** A report that was put on a server, and where its people's cursors are. */
export interface Desk {
  readonly report: string;
  readonly cursors: readonly unknown[];
}

/** A report of that size on the server, with its comments by thirty delegates, one in four answered. */
export async function prepare(
  chair: Session,
  size: { blocks: number; edits: number; comments: number },
): Promise<Desk> {
  const { templates } = await shippedCatalogue();
  const template = templates.get("party-cell");
  if (!template) throw new Error("the cell's template is shipped");
  const extent: Extent = { ...size, people: PEOPLE, slots: slotsOf(template).map(({ id }) => id) };
  const { ours } = await writtenHistories(extent);
  const body = new Uint8Array(readFileSync(ours.bytes));
  const given = JSON.parse(readFileSync(ours.company, "utf8")) as Given;
  const doc = docFrom(body);
  const at = "2022-01-02T01:00:00.000Z";
  const people = Array.from({ length: 30 }, (_, n): Person => ({
    id: `delegate-${n}`,
    name: `Đại biểu Mẫu ${n}`,
    unit: `Chi bộ ${n % 7}`,
    role: "delegate",
  }));
  const notes = new Map(people.map(({ id }) => [id, new Y.Doc()]));
  const decisions = new Y.Doc();
  given.anchors.forEach((one, n) => {
    const author = people[n % people.length];
    if (!("slot" in one) || !author) return;
    const { slot, anchor } = one;
    const text = slotText(doc, slot);
    const range = resolveAnchor(doc, slot, anchor);
    const exact = range ? text.toJSON().slice(range.from, range.to) : "";
    const quote = { exact: exact === "" ? "…" : exact, prefix: "", suffix: "" };
    const words = `Đề nghị làm rõ hơn nội dung này và nêu số liệu cụ thể (${n}).`;
    const target = { scope: "range", slot, anchor, quote } as const;
    const id = `c${n}`;
    const owner = notes.get(author.id);
    if (owner)
      putComment(owner, {
        id,
        author: author.id,
        round: 1,
        target,
        kind: "clarify",
        text: words,
        createdAt: at,
        withdrawn: false,
      });
    if (n % 4 === 0)
      decisionsMap(decisions).set(id, {
        comment: id,
        outcome: "partly",
        response: "Tiếp thu, bổ sung số liệu.",
        proposedBy: "chair",
        proposedAt: at,
      });
  });
  const id = `bench-${size.blocks}`;
  const file: ReportFile = {
    manifest: {
      format: "tongket",
      version: 1,
      report: { id, sample: true, createdAt: at },
      template,
      ruleSet: template.ruleSet,
      people,
      rounds: [{ number: 1, version: "v1", openedAt: at }],
      versions: [{ id: "v1", name: "Dự thảo lần 1", createdAt: at, createdBy: "chair", round: 1 }],
    },
    body,
    decisions: Y.encodeStateAsUpdate(decisions),
    notes: new Map([...notes].map(([person, note]) => [person, Y.encodeStateAsUpdate(note)])),
    versions: new Map([["v1", body]]),
  };
  await chair.ask("POST", "/api/reports/import", new Uint8Array(writeReportFile(file)));
  return { report: id, cursors: given.cursors };
}

async function measure(browser: Browser, chair: Session, { report, cursors }: Desk): Promise<Measured> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "vi-VN" });
  await context.addCookies([{ ...chair.cookie, url: chair.url }]);
  const page = await context.newPage();
  const company = await Company.enter(chair, report, PEOPLE);
  try {
    const cdp = await context.newCDPSession(page);
    const begun = performance.now();
    await page.goto(`${chair.url}/r/${report}`);
    await page.waitForFunction(
      () =>
        document.querySelectorAll(".tk-editor .tk-comment").length > 900 &&
        document.querySelector("[data-thread-card]"),
      undefined,
      { timeout: 120_000 },
    );
    const opened = performance.now() - begun;
    company.moveAbout(cursors);
    await page.waitForSelector(".tk-caret", { state: "attached" });
    const place = await page.evaluate(() => {
      const blocks = [...document.querySelectorAll<HTMLElement>(".tk-slot-text > p")];
      const middle = blocks.slice(blocks.length >> 1).find((block) => (block.textContent?.length ?? 0) > 150);
      middle?.scrollIntoView({ block: "center" });
      const { left = 0, top = 0, width = 0, height = 0 } = middle?.getBoundingClientRect() ?? {};
      return { x: left + width / 2, y: top + height / 2 };
    });
    await page.mouse.click(place.x, place.y);
    await typeKeys(cdp, page, WARM);
    const { costs: local, longest } = await traced(browser, page, async () => {
      await typeKeys(cdp, page, KEYS);
      await page.waitForTimeout(3000);
    });
    if (local.length < KEYS * 0.9) throw new Error(`only ${local.length} keystrokes were seen`);
    return { opened, local, longest };
  } finally {
    company.leave();
    await context.close();
  }
}
