import "fake-indexeddb/auto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { slotText } from "#collab";
import type { Person } from "#model";
import type { ReportInfo, ReportSummary, Session } from "#protocol";
import type { RunningServer } from "#server";
import { startServer } from "#server";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { WebSocket } from "ws";
import { forgetDocuments } from "../../src/client/live/device-store.ts";
import type { LiveReport } from "../../src/client/live/live-report.ts";
import { openReport } from "../../src/client/live/live-report.ts";
import { copyAsFile } from "../../src/client/workspace/notices/report-copy.ts";
import type { SyncState } from "../../src/client/live/sync-state.ts";

const ROOT = join(import.meta.dirname, "../..");
const SLOT = "opening";
/** A machine that is four times slower is no fault. */
const PATIENCE = { timeout: 60_000, interval: 10 };
/** Nothing is won by resting between a test and a server of this very process. */
const PAUSES = { socket: 20, behind: 50 };

/** The little of a browser that the live connection touches, around a real server and real sockets. */
let data: string;
let server: RunningServer;
let cookie = "";
/** The cookies of who has opened a report, each in a browser of their own. */
const browsers: string[] = [];
let report: string;
let me: Person;
const opened: LiveReport[] = [];

async function start(port: number): Promise<RunningServer> {
  return startServer({
    root: ROOT,
    data,
    port,
    host: "127.0.0.1",
    client: join(data, "none"),
    sample: true,
    log: "silent",
  });
}

async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  const headers = new Headers(init.headers);
  headers.set("cookie", cookie);
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { ...init, headers });
  expect(response.ok, `${init.method ?? "GET"} ${path}: ${response.status}`).toBe(true);
  const value: T = response.status === 204 ? undefined : await response.json();
  return value;
}

async function signIn(link: string): Promise<string> {
  const { pathname } = new URL(link);
  const response = await fetch(`http://127.0.0.1:${server.port}${pathname}`, { redirect: "manual" });
  return response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

function open(
  person: Person = me,
  check: () => Promise<"member" | "signed-out" | "gone"> = async () => "member",
): LiveReport {
  const live = openReport({
    report,
    person: person.id,
    role: person.role,
    url: `ws://127.0.0.1:${server.port}/collab?browser=${browsers.push(cookie) - 1}`,
    check,
    pauses: PAUSES,
  });
  opened.push(live);
  return live;
}

function closeAll(): void {
  for (const live of opened.splice(0)) live.close();
}

async function reaches(live: LiveReport, kind: SyncState["kind"]): Promise<SyncState> {
  return vi.waitFor(() => {
    const state = live.getSyncState();
    if (state.kind !== kind) throw new Error(`${state.kind} instead of ${kind}`);
    return state;
  }, PATIENCE);
}

/** Waits until the text of a report has these words. */
async function reads(live: LiveReport, words: string): Promise<void> {
  await vi.waitFor(() => expect(slotText(live.document("body").doc, SLOT).toJSON()).toContain(words), PATIENCE);
}

function type(live: LiveReport, text: string): void {
  slotText(live.document("body").doc, SLOT).insert(0, text, {});
}

/** Invites somebody to the report; gives their link and who they are. */
async function invite(role: "drafter" | "delegate", name: string): Promise<{ url: string; person: Person }> {
  const [invited] = await ask<{ url: string; person: Person }[]>(`/api/reports/${report}/people`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ people: [{ role, name, unit: "Tổ 1" }] }),
  });
  if (!invited) throw new Error("nobody was invited");
  return invited;
}

/** Stops the server, does something to its data, and starts it on the same port: the pages come back by themselves. */
async function meanwhile(act: () => void): Promise<void> {
  const { port } = server;
  await server.close();
  act();
  server = await start(port);
}

/** A drafter beside the chair, and a server of which a backup is made: `restored` puts the backup in its place. */
async function besideADrafter(name: string): Promise<{
  /** The drafter's report, open. */
  theirs: LiveReport;
  /** From then on pages are opened as the chair's, or as the drafter's. */
  asChair: () => void;
  asDrafter: () => void;
  person: Person;
  backUp: () => Promise<void>;
  restored: () => Promise<void>;
}> {
  const { url, person } = await invite("drafter", name);
  const chairs = cookie;
  const drafters = await signIn(url);
  cookie = drafters;
  const theirs = open(person);
  theirs.document("body");
  await reaches(theirs, "saved");
  const folder = mkdtempSync(join(tmpdir(), "tongket-backup-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return {
    theirs,
    asChair: () => void (cookie = chairs),
    asDrafter: () => void (cookie = drafters),
    person,
    backUp: () => meanwhile(() => cpSync(data, folder, { recursive: true })),
    restored: () =>
      meanwhile(() => {
        rmSync(data, { recursive: true });
        cpSync(folder, data, { recursive: true });
      }),
  };
}

beforeAll(async () => {
  const stored = new Map<string, string>();
  const localStorage = new Proxy(
    {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
      removeItem: (key: string) => void stored.delete(key),
    },
    { ownKeys: () => [...stored.keys()], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) },
  );
  class BrowserSocket extends WebSocket {
    constructor(url: string | URL) {
      const browser = new URL(url).searchParams.get("browser");
      super(url, { headers: { cookie: browsers[Number(browser)] ?? "" } });
      // A server that is away is an ordinary event, not a crash.
      this.on("error", () => undefined);
    }
  }
  vi.stubGlobal("localStorage", localStorage);
  vi.stubGlobal("WebSocket", BrowserSocket);
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));

  data = mkdtempSync(join(tmpdir(), "tongket-live-"));
  server = await start(0);
});

beforeEach(async () => {
  cookie = await signIn(server.chairLink);
  const [sample] = await ask<ReportSummary[]>("/api/reports");
  report = sample?.id ?? "";
  me = (await ask<{ me: Person }>(`/api/reports/${report}`)).me;
});

afterEach(async () => {
  closeAll();
  await forgetDocuments();
});

afterAll(async () => {
  closeAll();
  await server.close();
  rmSync(data, { recursive: true, force: true });
  vi.unstubAllGlobals();
});

describe("a live report", () => {
  it("is saved once its documents are exchanged, and again after an edit that another one then finds", async () => {
    const live = open();
    type(live, "Câu một. ");
    await reaches(live, "saved");
    type(live, "Câu hai. ");
    expect(live.getSyncState()).toMatchObject({ kind: "saving", unsaved: 1 });
    await reaches(live, "saved");

    closeAll();
    await forgetDocuments();
    const other = open();
    const body = other.document("body");
    await reaches(other, "saved");
    // The first was typed before the text arrived: it stands somewhere in it, once.
    for (const words of ["Câu một. ", "Câu hai. "]) {
      expect(slotText(body.doc, SLOT).toJSON().split(words)).toHaveLength(2);
    }
  });

  it("counts what waits while the server is away, and sends it when it is back", async () => {
    const live = open();
    live.document("body");
    await reaches(live, "saved");
    const { port } = server;
    await server.close();
    await reaches(live, "offline");
    for (const word of ["ba ", "hai ", "một "]) type(live, word);
    expect(live.getSyncState()).toMatchObject({ kind: "offline", unsaved: 3 });

    server = await start(port);
    expect(await reaches(live, "saved")).toMatchObject({ unsaved: 0 });
    closeAll();
    await forgetDocuments();
    const other = open();
    const body = other.document("body");
    await reaches(other, "saved");
    expect(slotText(body.doc, SLOT).toJSON()).toContain("một hai ba ");
  });

  it("keeps what waits over a reload without the server, and still knows how much", async () => {
    const first = open();
    first.document("body");
    await reaches(first, "saved");
    const { port } = server;
    await server.close();
    await reaches(first, "offline");
    type(first, "Viết khi mất mạng. ");
    await vi.waitFor(() => expect(first.getSyncState()).toMatchObject({ unsaved: 1, kept: 1 }), PATIENCE);
    closeAll();

    const second = open();
    const body = second.document("body");
    await body.ready;
    expect(slotText(body.doc, SLOT).toJSON()).toContain("Viết khi mất mạng. ");
    expect(await reaches(second, "offline")).toMatchObject({ unsaved: 1 });
    server = await start(port);
    expect(await reaches(second, "saved")).toMatchObject({ unsaved: 0 });
  });

  it("keeps a refused change and says why, until it is discarded", async () => {
    const live = open();
    const notes = live.document("notes");
    await reaches(live, "saved");
    notes.doc.getMap(`notes:${me.id}`).set("c:x", { id: "x", nonsense: true });
    const state = await reaches(live, "refused");
    expect(state).toMatchObject({ reason: "bad-record", unsaved: 1 });
    closeAll();

    const again = open();
    again.document("notes");
    expect(await reaches(again, "refused")).toMatchObject({ reason: "bad-record" });
    await again.discardRefused();
    closeAll();
    const clean = open();
    clean.document("notes");
    expect(await reaches(clean, "saved")).toMatchObject({ unsaved: 0 });
  });

  it("comes back by itself when the chair merges what a restored server lacked", async () => {
    const { theirs, asChair, backUp, restored } = await besideADrafter("Tổ viên thử");
    theirs.document("notes");
    type(theirs, "Cũng trước. ");
    await reaches(theirs, "saved");
    asChair();
    const mine = open();
    mine.document("notes");
    type(mine, "Trước bản sao lưu. ");
    await reaches(mine, "saved");
    await backUp();
    await reaches(theirs, "saved");
    type(theirs, "Tổ viên viết. ");
    await reaches(theirs, "saved");
    await reaches(mine, "saved");
    type(mine, "Chủ trì viết. ");
    await reaches(mine, "saved");
    await reads(mine, "Tổ viên viết. ");

    await restored();
    expect(await reaches(mine, "refused")).toMatchObject({ reason: "foreign-client" });
    const info = await ask<ReportInfo>(`/api/reports/${report}`);
    const held = { body: mine.document("body").doc, notes: mine.document("notes").doc, decisions: null };
    await ask(`/api/reports/${report}/archive`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: new Blob([copyAsFile(info, held)]),
    });
    mine.reconsider();
    await reaches(mine, "saved");
    closeAll();
    await forgetDocuments();
    const fresh = open();
    const body = fresh.document("body");
    await reaches(fresh, "saved");
    for (const words of ["Chủ trì viết. ", "Tổ viên viết. "]) {
      expect(slotText(body.doc, SLOT).toJSON().split(words)).toHaveLength(2);
    }
  });

  it("goes on as another client where somebody else brought its words to a restored server first", async () => {
    const { theirs, asChair, asDrafter, person, backUp, restored } = await besideADrafter("Tổ viên đến trước");
    await backUp();
    asChair();
    const mine = open();
    const away = browsers.length - 1;
    const [chairs = ""] = browsers.slice(away);
    const body = mine.document("body");
    // As an editor tells where its caret is: a page is heard of by that first.
    body.awareness?.setLocalStateField("cursor", null);
    await reaches(mine, "saved");
    type(mine, "Chủ trì viết, tổ viên đưa về. ");
    await reaches(mine, "saved");
    await reads(theirs, "tổ viên đưa về. ");

    browsers[away] = "";
    await restored();
    // Read by the drafter: the chair's own pages would bring the words from their device.
    asDrafter();
    const seen = async (): Promise<string> => {
      const fresh = open(person);
      const read = fresh.document("body");
      await reaches(fresh, "saved");
      return slotText(read.doc, SLOT).toJSON();
    };
    await vi.waitFor(async () => expect(await seen()).toContain("tổ viên đưa về. "), PATIENCE);
    browsers[away] = chairs;
    window.dispatchEvent(new Event("online"));
    await reaches(mine, "refused");
    mine.reconsider();
    await reaches(mine, "saved");
    type(mine, "Chủ trì viết tiếp. ");
    await reaches(mine, "saved");
    expect((await seen()).split("Chủ trì viết tiếp. Chủ trì viết, tổ viên đưa về. ")).toHaveLength(2);
    expect(body.awareness?.clientID).toBe(body.doc.clientID);
  });

  it("lets other documents be saved while one is refused", async () => {
    const live = open();
    const notes = live.document("notes");
    type(live, "Vẫn lưu. ");
    await reaches(live, "saved");
    notes.doc.getMap(`notes:${me.id}`).set("c:x", { id: "x", nonsense: true });
    await reaches(live, "refused");
    type(live, "Lưu tiếp. ");
    await vi.waitFor(() => expect(live.document("body").state.unsaved).toBe(0), PATIENCE);
  });

  it("says that the report has changed when the chair closes its round", async () => {
    const live = open();
    live.document("body");
    await reaches(live, "saved");
    const told = vi.fn<() => void>();
    live.onReportChanged(told);
    await ask(`/api/reports/${report}/rounds/1/close`, { method: "POST" });
    await vi.waitFor(() => expect(told).toHaveBeenCalled(), PATIENCE);
  });

  it("ends, and forgets what it kept, for a person whose link is revoked", async () => {
    const link = await invite("delegate", "Đại biểu thử");
    const chair = cookie;
    cookie = await signIn(link.url);
    const session = await ask<Session>("/api/session");
    expect(session.memberships.map(({ person }) => person.id)).toEqual([link.person.id]);
    const theirs = cookie;
    const live = open(link.person);
    live.document("notes");
    live.document("board");
    await reaches(live, "saved");
    expect(() => live.document("body")).toThrow(RangeError);

    cookie = chair;
    await ask(`/api/reports/${report}/people/${link.person.id}/link`, { method: "DELETE" });
    await reaches(live, "revoked");
    const answers = async (session: string): Promise<[number, string]> => {
      const address = `http://127.0.0.1:${server.port}/api/reports/${report}`;
      const response = await fetch(address, { headers: { cookie: session } });
      const { error }: { error: { code: string } } = await response.json();
      return [response.status, error.code];
    };
    // A session that the server does not know may come back: its browser must not forget anything.
    expect(await answers(theirs)).toEqual([403, "link-revoked"]);
    expect(await answers(theirs.replace(/=.*/u, "=unknown"))).toEqual([401, "signed-out"]);
    await vi.waitFor(async () => {
      const names = (await indexedDB.databases()).map(({ name }) => name);
      expect(names.filter((name) => name?.includes(link.person.id))).toEqual([]);
    }, PATIENCE);
  });

  it("asks whether it may come back where the socket does not open, and ends where it may not", async () => {
    cookie = "";
    const check = vi.fn(async () => "signed-out" as const);
    const live = open(me, check);
    live.document("body");
    await reaches(live, "signed-out");
    expect(check).toHaveBeenCalled();
  });
});
