import { expect, it } from "vitest";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ErrorBody, FreshLink, PersonRow, Session } from "#protocol";
import { CLOSE } from "#protocol";
import { Browser, openHall, openServer } from "./support.ts";

it("signs a person in by a link, with a cookie that no script can read", async () => {
  const server = await openServer();
  const response = await fetch(server.chairLink, { redirect: "manual" });
  expect(response.status).toBe(303);
  expect(response.headers.get("location")).toBe("/");
  const [cookie = ""] = response.headers.getSetCookie();
  expect(cookie).toContain("HttpOnly");
  expect(cookie).toContain("SameSite=Lax");
  expect(cookie).not.toContain("Secure");

  const secure = await fetch(server.chairLink, { redirect: "manual", headers: { "x-forwarded-proto": "https" } });
  expect(secure.headers.getSetCookie()[0]).toContain("Secure");
});

it("stores no token, neither of links nor of sessions", async () => {
  const hall = await openHall();
  const { link, browser } = await hall.invite("delegate");
  await hall.server.close();
  const stored = ["tongket.sqlite", "tongket.sqlite-wal"]
    .map((file) => {
      try {
        return readFileSync(join(hall.server.data, file)).toString("latin1");
      } catch {
        return "";
      }
    })
    .join("");
  expect(stored).toContain("Chi b");
  for (const token of [link, hall.server.chairLink].map((url) => url.split("/k/")[1] ?? "?")) {
    expect(stored).not.toContain(token);
  }
  expect(stored).not.toContain(browser.cookie.split("=")[1]);
});

it("gathers the links opened in one browser, and takes the last one for a report", async () => {
  const hall = await openHall();
  const delegate = await hall.invite("delegate", "Bà Mẫu");
  const browser = new Browser(hall.server);
  expect(await browser.ask<Session>("GET", "/api/session")).toEqual({ chair: false, chairName: "", memberships: [] });
  expect(await browser.open(delegate.link)).toBe(`/r/${hall.report}`);
  expect((await browser.info(hall.report)).me.name).toBe("Bà Mẫu");
  await browser.open(hall.server.chairLink);
  const session = await browser.ask<Session>("GET", "/api/session");
  expect(session.chair).toBe(true);
  expect(session.memberships.map(({ report, person }) => [report, person.role])).toEqual([[hall.report, "chair"]]);
  await browser.open(delegate.link);
  expect((await browser.info(hall.report)).me.role).toBe("delegate");
});

it("leads an unknown or revoked link to the entrance, without a session", async () => {
  const hall = await openHall();
  const { link, person } = await hall.invite("delegate");
  const browser = new Browser(hall.server);
  expect(await browser.open(`${hall.server.url}/k/AAAA`)).toBe("/?link=unknown");
  await hall.chair.ask("DELETE", `/api/reports/${hall.report}/people/${person.id}/link`);
  expect(await browser.open(link)).toBe("/?link=revoked");
  expect(browser.cookie).toBe("");
});

it("ends everything at once for a person whose link is revoked", async () => {
  const hall = await openHall();
  const { browser, person } = await hall.invite("drafter");
  const other = await hall.invite("drafter", "Người khác");
  const line = browser.line();
  const body = await line.document(`${hall.report}/body`);
  const otherLine = other.browser.line();
  const otherBody = await otherLine.document(`${hall.report}/body`);

  const fresh = await hall.chair.ask<FreshLink>(
    "POST",
    `/api/reports/${hall.report}/people/${person.id}/link`,
    {},
    201,
  );
  expect(await line.closed).toEqual({ code: CLOSE.signedOut, reason: "kicked" });
  expect(body.messages).toContainEqual({ type: "kicked" });
  await browser.ask("GET", `/api/reports/${hall.report}`, undefined, 403);
  await otherBody.until(() => otherBody.messages.some((message) => message.type === "report-changed"));
  expect(otherBody.messages).not.toContainEqual({ type: "kicked" });

  await browser.open(fresh.url);
  expect((await browser.info(hall.report)).me.id).toBe(person.id);
});

it("ends it also where the link was opened after the socket was", async () => {
  const hall = await openHall();
  const [first, second] = [await hall.invite("reader", "Trước"), await hall.invite("drafter", "Sau")];
  const line = first.browser.line();
  await line.document(`${hall.report}/body`);
  await first.browser.open(second.link);
  await line.document(`${hall.report}/decisions`);
  await hall.chair.ask("DELETE", `/api/reports/${hall.report}/people/${second.person.id}/link`);
  expect(await line.closed).toEqual({ code: CLOSE.signedOut, reason: "kicked" });
  expect((await first.browser.info(hall.report)).me.id).toBe(first.person.id);
});

it("shows the chair who has opened a link", async () => {
  const hall = await openHall();
  const { person } = await hall.invite("delegate");
  const [fresh] = await hall.chair.ask<FreshLink[]>("POST", `/api/reports/${hall.report}/people`, {
    people: [{ role: "delegate", name: "Chưa mở", unit: "" }],
  });
  const rows = await hall.chair.ask<PersonRow[]>("GET", `/api/reports/${hall.report}/people`);
  const opened = new Map(rows.map((row) => [row.person.id, row.link?.openedAt ?? null]));
  expect(opened.get(person.id)).not.toBeNull();
  expect(opened.get(fresh?.person.id ?? "")).toBeNull();
});

it("signs out one browser and closes its sockets", async () => {
  const hall = await openHall();
  const { browser } = await hall.invite("reader");
  const line = browser.line();
  await line.document(`${hall.report}/body`);
  await browser.ask("DELETE", "/api/session");
  expect(await line.closed).toEqual({ code: CLOSE.signedOut, reason: "signed-out" });
  await browser.ask("GET", "/api/reports", undefined, 401);
});

it("gives the chair a name, here and in the reports made here", async () => {
  const hall = await openHall();
  await hall.chair.ask("PATCH", "/api/chair", { name: "Ông Chủ Trì Mẫu" });
  expect((await hall.chair.info(hall.report)).me.name).toBe("Ông Chủ Trì Mẫu");
  expect((await hall.chair.ask<Session>("GET", "/api/session")).chairName).toBe("Ông Chủ Trì Mẫu");
});

it("refuses what another site's page sends", async () => {
  const hall = await openHall();
  const send = (headers: Record<string, string>): Promise<Response> =>
    hall.chair.fetch(`/api/reports/${hall.report}`, { method: "DELETE", headers });
  expect((await send({ origin: "https://example.org" })).status).toBe(403);
  expect((await send({ "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await send({ origin: "null" })).status).toBe(403);
  expect((await send({ origin: hall.server.url })).status).toBe(204);
});

it("answers errors in the language of the browser", async () => {
  const server = await openServer();
  const browser = new Browser(server);
  const answer = async (language: string): Promise<string> => {
    const response = await browser.fetch("/api/reports", { headers: { "accept-language": language } });
    const body: ErrorBody = await response.json();
    expect(body.error.code).toBe("signed-out");
    return body.error.message;
  };
  expect(await answer("vi-VN,vi;q=0.9,en;q=0.8")).toContain("đăng nhập");
  expect(await answer("en-GB,en;q=0.9")).toContain("signed in");
  expect(await answer("fr")).toContain("đăng nhập");
});
