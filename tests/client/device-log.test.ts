import "fake-indexeddb/auto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { IndexeddbPersistence } from "y-indexeddb";
import * as Y from "yjs";
import { DeviceLog } from "../../src/client/live/device-log.ts";
import { UnsavedTally } from "../../src/client/live/unsaved-tally.ts";

const FROM_SERVER = Symbol("from the server");

interface Page {
  readonly doc: Y.Doc;
  readonly log: DeviceLog;
  readonly tally: UnsavedTally;
  type(text: string): void;
  text(): string;
  /** Resolves as soon as something that happened on the device makes it true. */
  until(condition: () => boolean): Promise<void>;
}

/** A machine that is four times slower is no fault. */
const PATIENCE = { timeout: 60_000, interval: 5 };

const pages: Page[] = [];
let names = 0;
let name = "";

/** A page that has the document open, as the live connection does it. */
async function open(): Promise<Page> {
  const doc = new Y.Doc();
  const tally = new UnsavedTally();
  const isOwn = (origin: unknown): boolean => origin === null;
  doc.on("update", (_update: Uint8Array, origin: unknown) => {
    if (isOwn(origin)) tally.add();
  });
  const waiting = new Set<() => void>();
  const changed = (): void => {
    for (const look of waiting) look();
  };
  const log = new DeviceLog({ name, doc, tally, isOwn, changed });
  const page: Page = {
    doc,
    log,
    tally,
    type: (text) => doc.getText("t").insert(doc.getText("t").length, text),
    text: () => doc.getText("t").toJSON(),
    until: (condition) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!condition()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
  pages.push(page);
  await log.loaded;
  return page;
}

/** The page goes as a killed process does: what is not committed is lost with it. */
function kill(page: Page): void {
  page.doc.destroy();
}

function kept(page: Page): Promise<void> {
  return page.until(() => page.log.unkept === 0);
}

function records(): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.addEventListener("error", () => reject(request.error ?? new Error(name)));
    request.addEventListener("success", () => {
      const count = request.result.transaction("updates").objectStore("updates").count();
      count.addEventListener("success", () => {
        request.result.close();
        resolve(count.result);
      });
    });
  });
}

/** Has writes fail as they do without room, until the returned function is called. */
function fill(): () => void {
  const spy = vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(() => {
    throw new DOMException("no room", "QuotaExceededError");
  });
  return () => spy.mockRestore();
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  for (const page of pages.splice(0)) page.log.close();
});

function fresh(): void {
  name = `tongket/r/p/${names++}`;
}

describe("a document's copy on the device", () => {
  it("counts a change as kept once it is committed, and gives it to the next page with its figure", async () => {
    fresh();
    const page = await open();
    page.type("một ");
    page.type("hai ");
    expect(page.log.unkept).toBe(2);
    await kept(page);
    kill(page);
    const next = await open();
    expect(next.text()).toBe("một hai ");
    expect(next.tally.total).toBe(2);
    expect(next.log.unkept).toBe(0);
  });

  it("keeps what others wrote without counting it", async () => {
    fresh();
    const page = await open();
    page.doc.transact(() => page.type("của người khác"), FROM_SERVER);
    expect(page.log.unkept).toBe(0);
    page.log.close();
    const next = await open();
    expect(next.text()).toBe("của người khác");
    expect(next.tally.total).toBe(0);
  });

  it("takes in what is written before the device has answered", async () => {
    fresh();
    const first = await open();
    first.type("cũ");
    first.log.close();
    const second = open();
    pages.at(-1)?.type("mới");
    const page = await second;
    expect(page.text().replace("mới", "")).toBe("cũ");
    await kept(page);
    kill(page);
    expect((await open()).text()).toHaveLength(5);
  });

  it("forgets the figure once the server has everything", async () => {
    fresh();
    const page = await open();
    page.type("một");
    await kept(page);
    page.log.confirmed();
    expect(page.tally.total).toBe(0);
    page.log.close();
    expect((await open()).tally.total).toBe(0);
  });

  it("writes what waits when it is closed", async () => {
    fresh();
    const page = await open();
    for (const word of ["một ", "hai ", "ba "]) page.type(word);
    page.log.close();
    expect((await open()).text()).toBe("một hai ba ");
  });

  it("is full where there is no room, and keeps everything once there is some", async () => {
    fresh();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const page = await open();
    page.type("trước ");
    await kept(page);
    const empty = fill();
    page.type("khi đầy ");
    await page.until(() => page.log.fault === "full");
    page.type("vẫn viết ");
    expect(page.log.unkept).toBe(2);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(page.log.fault).toBe("full");
    empty();
    await vi.advanceTimersByTimeAsync(6_000);
    await kept(page);
    expect(page.log.fault).toBeNull();
    kill(page);
    const next = await open();
    expect(next.text()).toBe("trước khi đầy vẫn viết ");
    expect(next.tally.total).toBe(3);
  });

  it("is failing where the browser refuses, without an error for whoever writes", async () => {
    fresh();
    vi.spyOn(indexedDB, "open").mockImplementation(() => {
      throw new DOMException("not here", "SecurityError");
    });
    const page = await open();
    expect(await page.log.loaded).toBe(false);
    page.type("vẫn viết được");
    expect(page.log.fault).toBe("failing");
    expect(page.log.unkept).toBe(1);
  });

  it("lets go of a document that another page forgets, and says so", async () => {
    fresh();
    const page = await open();
    const other = await open();
    page.type("một");
    await kept(page);
    await other.log.forget();
    await page.until(() => page.log.fault === "failing");
    page.type("hai");
    expect(page.log.unkept).toBe(1);
    expect((await open()).text()).toBe("");
  });

  it("remembers facts beside the document", async () => {
    fresh();
    const page = await open();
    page.log.remember("away", { at: 5, before: new Uint8Array([1, 2]) });
    page.log.close();
    const next = await open();
    expect(next.log.recall("away")).toEqual({ at: 5, before: new Uint8Array([1, 2]) });
    next.log.remember("away", undefined);
    next.log.close();
    expect((await open()).log.recall("away")).toBeUndefined();
  });

  it("becomes one record in a pause, and loses nothing by it", async () => {
    fresh();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const page = await open();
    for (let i = 0; i < 700; i++) {
      page.type("a");
      if (i % 100 === 0) await kept(page);
    }
    await kept(page);
    expect(await records()).toBe(700);
    await vi.advanceTimersByTimeAsync(1_000);
    await vi.waitFor(async () => expect(await records()).toBe(1), PATIENCE);
    page.type("b");
    await kept(page);
    kill(page);
    expect((await open()).text()).toBe(`${"a".repeat(700)}b`);
  });

  it("never grows beyond a bound without a pause", async () => {
    fresh();
    const page = await open();
    for (let i = 0; i < 6_000; i++) {
      page.type("a");
      if (i % 50 === 0) await kept(page);
    }
    await kept(page);
    expect(await records()).toBeLessThan(2_000);
    kill(page);
    expect((await open()).text()).toHaveLength(6_000);
  });

  it("is kept by two pages at once that tidy up without taking each other's words", async () => {
    fresh();
    const [one, two] = [await open(), await open()];
    for (let i = 0; i < 600; i++) {
      one.type("1");
      two.type("2");
      if (i % 100 === 0) await Promise.all([kept(one), kept(two)]);
    }
    await Promise.all([kept(one), kept(two)]);
    await vi.waitFor(async () => expect(await records()).toBeLessThanOrEqual(2), PATIENCE);
    kill(one);
    kill(two);
    const next = await open();
    expect(next.text().match(/1/g)).toHaveLength(600);
    expect(next.text().match(/2/g)).toHaveLength(600);
    expect(next.tally.total).toBe(1_200);
  });

  it("costs one damaged record alone, and never deletes what it could not read", async () => {
    fresh();
    const page = await open();
    page.type("còn đọc được");
    await kept(page);
    await new Promise<void>((resolve) => {
      const request = indexedDB.open(name);
      request.addEventListener("success", () => {
        const damage = request.result.transaction("updates", "readwrite");
        damage.objectStore("updates").add(new Uint8Array([7, 7, 7]));
        damage.addEventListener("complete", () => {
          request.result.close();
          resolve();
        });
      });
    });
    kill(page);
    const next = await open();
    expect(next.text()).toBe("còn đọc được");
    for (let i = 0; i < 600; i++) next.type("a");
    await kept(next);
    kill(next);
    expect((await open()).text()).toBe(`còn đọc được${"a".repeat(600)}`);
  });

  it("has the layout of y-indexeddb, so that either reads what the other kept", async () => {
    fresh();
    const theirs = new Y.Doc();
    const persistence = new IndexeddbPersistence(name, theirs);
    await persistence.whenSynced;
    theirs.getText("t").insert(0, "của y-indexeddb");
    await persistence.destroy();
    const page = await open();
    expect(page.text()).toBe("của y-indexeddb");
    page.type(", rồi của ta");
    await kept(page);
    page.log.close();
    const again = new Y.Doc();
    await new IndexeddbPersistence(name, again).whenSynced;
    expect(again.getText("t").toJSON()).toBe("của y-indexeddb, rồi của ta");
  });
});
