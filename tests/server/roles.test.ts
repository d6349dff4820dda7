import { expect, it } from "vitest";
import type { Role } from "#model";
import { documentRight, may } from "#protocol";
import type { Action, DocumentName } from "#protocol";
import { formatDocumentName } from "#protocol";
import type { Browser, Guest, Hall } from "./support.ts";
import { openHall } from "./support.ts";

const ROLES: readonly Role[] = ["chair", "drafter", "delegate", "reader"];

async function everyRole(hall: Hall): Promise<Record<Role, { browser: Browser; person: string }>> {
  const guests = await Promise.all(
    (["drafter", "delegate", "reader"] as const).map(async (role) => [role, await hall.invite(role)] as const),
  );
  const of = Object.fromEntries(guests) as Record<Exclude<Role, "chair">, Guest>;
  const me = (await hall.chair.info(hall.report)).me;
  return {
    chair: { browser: hall.chair, person: me.id },
    drafter: { browser: of.drafter.browser, person: of.drafter.person.id },
    delegate: { browser: of.delegate.browser, person: of.delegate.person.id },
    reader: { browser: of.reader.browser, person: of.reader.person.id },
  };
}

/** The routes of a report, each with what it takes to go through it. The last one ends the report. */
const ROUTES: readonly { method: string; path: string; action: Action; body?: unknown; ok: number }[] = [
  { method: "GET", path: "", action: "read-report", ok: 200 },
  { method: "GET", path: "/people", action: "invite", ok: 200 },
  {
    method: "POST",
    path: "/people",
    action: "invite",
    body: { people: [{ role: "reader", name: "R", unit: "" }] },
    ok: 201,
  },
  { method: "POST", path: "/people/NOBODY/link", action: "invite", body: {}, ok: 404 },
  { method: "DELETE", path: "/people/NOBODY/link", action: "invite", ok: 404 },
  { method: "POST", path: "/rounds", action: "open-round", body: {}, ok: 201 },
  { method: "POST", path: "/rounds/1/close", action: "close-round", body: {}, ok: 200 },
  { method: "POST", path: "/versions", action: "make-version", body: { name: "Bản lưu" }, ok: 201 },
  { method: "PATCH", path: "/versions/NONE", action: "rename-version", body: { name: "Tên mới" }, ok: 404 },
  { method: "GET", path: "/versions/NONE", action: "read-versions", ok: 404 },
  { method: "GET", path: "/export?as=final", action: "export-final", ok: 200 },
  { method: "GET", path: "/export?as=draft", action: "export-draft", ok: 200 },
  { method: "GET", path: "/export?as=responses", action: "export-responses", ok: 200 },
  // No round is open any more, but one was: its draft can be had.
  { method: "GET", path: "/export?as=for-comment", action: "export-for-comment", ok: 200 },
  { method: "GET", path: "/archive", action: "export-archive", ok: 200 },
  { method: "POST", path: "/archive", action: "merge-archive", body: new Uint8Array([1, 2, 3]), ok: 400 },
  { method: "POST", path: "/import/word", action: "import-word", body: new Uint8Array([1, 2, 3]), ok: 400 },
  { method: "POST", path: "/returned?name=a.docx", action: "collect-copies", body: new Uint8Array([1, 2, 3]), ok: 200 },
  {
    method: "POST",
    path: "/returned/confirm",
    action: "collect-copies",
    body: { copies: [{ copy: "NONE", people: {} }] },
    ok: 409,
  },
  { method: "POST", path: "/restore", action: "delete-report", body: {}, ok: 204 },
  { method: "DELETE", path: "", action: "delete-report", ok: 204 },
];

function send(browser: Browser, method: string, path: string, body: unknown): Promise<Response> {
  if (body === undefined) return browser.fetch(path, { method });
  if (body instanceof Uint8Array) {
    return browser.fetch(path, {
      method,
      body: new Uint8Array(body),
      headers: { "content-type": "application/octet-stream" },
    });
  }
  return browser.fetch(path, { method, body: JSON.stringify(body), headers: { "content-type": "application/json" } });
}

it("lets each role through the routes that are its own, and nobody else", async () => {
  const hall = await openHall();
  const people = await everyRole(hall);
  const stranger = await openHall().then(async (other) => (await other.invite("drafter")).browser);
  stranger.cookie = "";
  const wrong: string[] = [];
  for (const { method, path, action, body, ok } of ROUTES) {
    // The chair goes last: what it does changes what the others would find.
    for (const role of ROLES.toReversed()) {
      const response = await send(people[role].browser, method, `/api/reports/${hall.report}${path}`, body);
      const allowed = may(role, action);
      // What only one can do at a time is done by the first who may.
      const fine = allowed ? response.status === ok || response.status === 409 : response.status === 403;
      if (!fine) wrong.push(`${role} ${method} ${path}: ${response.status}`);
    }
    const outside = await send(stranger, method, `/api/reports/${hall.report}${path}`, body);
    if (outside.status !== 401) wrong.push(`nobody ${method} ${path}: ${outside.status}`);
  }
  expect(wrong).toEqual([]);
});

it("keeps the installation's own routes for its chair", async () => {
  const hall = await openHall();
  const people = await everyRole(hall);
  for (const role of ["drafter", "delegate", "reader"] as const) {
    const { browser } = people[role];
    const statuses = await Promise.all([
      send(browser, "POST", "/api/reports", { template: "party-cell", fields: { year: "2021" } }),
      send(browser, "POST", "/api/reports/import", new Uint8Array([1])),
      send(browser, "PATCH", "/api/chair", { name: "Tôi" }),
    ]);
    expect(statuses.map((response) => response.status)).toEqual([403, 403, 403]);
  }
});

it("shows nobody a report that is another's", async () => {
  const hall = await openHall();
  const { browser } = await hall.invite("drafter");
  const { id: other } = await hall.chair.ask<{ id: string }>("POST", "/api/reports", {
    template: "party-cell",
    fields: { organisation: "Chi bộ khác", year: "2021" },
  });
  await browser.ask("GET", `/api/reports/${other}`, undefined, 403);
  expect(await browser.ask<unknown[]>("GET", "/api/reports")).toHaveLength(1);
  expect(await hall.chair.ask<unknown[]>("GET", "/api/reports")).toHaveLength(2);
  expect(await browser.line().denied(`${other}/body`)).toBe("forbidden");
  expect(await browser.line().denied("nowhere/body")).toBe("not-found");
  expect(await browser.line().denied("../body")).toBe("not-found");
  await browser.ask("GET", "/api/reports/%2e%2e", undefined, 404);
});

it("shows a delegate nobody else and no unsent version", async () => {
  const hall = await openHall();
  const delegate = await hall.invite("delegate");
  await hall.invite("delegate", "Người thứ hai");
  const version = await hall.chair.ask<{ id: string }>("POST", `/api/reports/${hall.report}/versions`, {
    name: "Nội bộ",
  });
  const info = await delegate.browser.info(hall.report);
  expect(info.people.map((person) => person.id)).toEqual([delegate.person.id]);
  expect(info.versions).toEqual([]);
  const path = `/api/reports/${hall.report}/versions/${version.id}`;
  expect((await delegate.browser.fetch(path)).status).toBe(404);
  expect((await hall.chair.fetch(path)).status).toBe(200);
});

it("opens to each role the documents that are its own, and writes only where it may", async () => {
  const hall = await openHall();
  const people = await everyRole(hall);
  const { report } = hall;
  const wrong: string[] = [];
  for (const role of ROLES) {
    const { browser, person } = people[role];
    const other = people[role === "delegate" ? "drafter" : "delegate"].person;
    const names: DocumentName[] = [
      { kind: "body", report },
      { kind: "decisions", report },
      { kind: "board", report },
      { kind: "board", report, person },
      { kind: "board", report, person: other },
      { kind: "notes", report, person },
      { kind: "notes", report, person: other },
    ];
    for (const name of names) {
      const wire = formatDocumentName(name);
      const right = documentRight(role, person, name);
      const line = browser.line();
      if (right === null) {
        if ((await line.denied(wire)) !== "forbidden") wrong.push(`${role} ${wire} was opened`);
      } else {
        const open = await line.document(wire);
        const scope = right === "read" ? "readonly" : "read-write";
        if (open.provider.authorizedScope !== scope) wrong.push(`${role} ${wire}: ${open.provider.authorizedScope}`);
      }
      line.end();
    }
  }
  expect(wrong).toEqual([]);
});
