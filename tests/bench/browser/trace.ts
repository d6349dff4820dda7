import type { Browser, Page } from "playwright-core";

/** What the page's main thread did, as the browser itself recorded it. Times are of the processor, in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly data?: { readonly type?: string; readonly name?: string } };
}

/** What one keystroke cost the page's main thread, in milliseconds of the processor: waiting for it is not in it. */
export interface Cost {
  /** The page's own scripts in the tasks that handled it: the editor's, and those that draw it on the page at once. */
  readonly work: number;
  /** These tasks whole: the browser's own handling of a key is in them. */
  readonly handled: number;
  /** These and everything else until the frame that shows it was handed over to be drawn. */
  readonly painted: number;
  /** From the event to that frame on the clock: on a busy machine the wait for the processor is most of it. */
  readonly seen: number;
  /** Of {@link painted}, by what it was. */
  readonly style: number;
  readonly layout: number;
  readonly paint: number;
}

const CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline", "toplevel", "blink.user_timing"];

/** The mark that a page sets where a change of somebody else's arrives. */
const ARRIVAL = "arrival";

const SCRIPTS = new Set(["FunctionCall", "RunMicrotasks", "EvaluateScript"]);

const KEY = new Set(["keydown", "keypress", "beforeinput", "input"]);

export interface Traced {
  /** Of each keystroke and arrival. */
  readonly costs: readonly Cost[];
  /** The longest task of all. */
  readonly longest: number;
}

/** Records the page's main thread while `run` goes on. */
export async function traced(browser: Browser, page: Page, run: () => Promise<void>): Promise<Traced> {
  await browser.startTracing(page, { categories: CATEGORIES });
  let trace: Buffer;
  try {
    await run();
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  return costsIn(traceEvents);
}

function costsIn(events: readonly TraceEvent[]): Traced {
  const first = events.find(isBeginning);
  if (!first) return { costs: [], longest: 0 };
  const own = events
    .filter(({ pid, tid }) => pid === first.pid && tid === first.tid)
    .toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  const tasks = own.filter(({ name, ph }) => name === "RunTask" && ph === "X");
  const longest = Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
  const beginnings = own.filter(isBeginning).map(({ ts }) => ts);
  const keys = new Set(own.filter((event) => typeOf(event) === "keydown").map(({ ts }) => ts));
  const handlings = own.filter((event) => isBeginning(event) || KEY.has(typeOf(event)));
  const handling = new Set(handlings.map(({ ts }) => tasks.findLast((task) => task.ts <= ts)));
  const scripts = outermost(own.filter(({ name }) => SCRIPTS.has(name)));
  const frames = own.filter(({ name }) => name === "Commit");
  const costs = beginnings.flatMap((begun, i) => {
    const next = beginnings[i + 1] ?? Infinity;
    const frame = frames.find(({ ts }) => ts > begun && ts < next);
    const handled = handlings.findLast(({ ts }) => ts >= begun && ts < Math.min(next, frame?.ts ?? Infinity));
    if (!frame || !handled) return [];
    const from = tasks.findLastIndex(({ ts }) => ts <= begun);
    const span = (to: number): readonly TraceEvent[] => tasks.slice(from).filter(({ ts }) => ts <= to);
    const handlers = span(handled.ts).filter((task) => handling.has(task));
    const inHandlers = ({ ts }: TraceEvent): boolean =>
      handlers.some((task) => ts >= task.ts && ts < task.ts + (task.dur ?? 0));
    // What arrives is handled by the page alone, in a task of its own.
    const byPage = keys.has(begun) ? scripts.filter(inHandlers) : handlers;
    const within = own.filter(({ ts }) => ts >= (tasks[from]?.ts ?? begun) && ts <= frame.ts + (frame.dur ?? 0));
    const spent = (...names: readonly string[]): number => sum(within.filter(({ name }) => names.includes(name)));
    return [
      {
        work: sum(byPage),
        handled: sum(handlers),
        painted: sum(span(frame.ts)),
        seen: (frame.ts + (frame.dur ?? 0) - begun) / 1000,
        style: spent("UpdateLayoutTree"),
        layout: spent("Layout"),
        paint: spent("PrePaint", "Paint", "Layerize", "Commit"),
      },
    ];
  });
  return { costs, longest };
}

/** Events that lie within no other of them; they come in the order of their beginnings. */
function outermost(events: readonly TraceEvent[]): TraceEvent[] {
  let end = -Infinity;
  return events.filter(({ ts, dur = 0 }) => {
    if (ts < end) return false;
    end = ts + dur;
    return true;
  });
}

function isBeginning(event: TraceEvent): boolean {
  return typeOf(event) === "keydown" || (event.name === ARRIVAL && event.ph !== "E");
}

function typeOf({ name, args }: TraceEvent): string {
  return name === "EventDispatch" ? (args?.data?.type ?? "") : "";
}

function sum(events: readonly TraceEvent[]): number {
  return events.reduce((all, { tdur = 0 }) => all + tdur, 0) / 1000;
}
