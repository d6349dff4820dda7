import { expect, it } from "vitest";
import type { Round, Version } from "#model";
import * as Y from "yjs";
import { docFrom, slotText } from "#collab";
import { Browser, openHall, openServer, temporaryFolder } from "./support.ts";

async function frozen(browser: Browser, report: string, version: string): Promise<Y.Doc> {
  const response = await browser.fetch(`/api/reports/${report}/versions/${version}`);
  expect(response.status).toBe(200);
  return docFrom(new Uint8Array(await response.arrayBuffer()));
}

it("keeps a version that the committee saves, with the author of the session and the time of the server", async () => {
  const hall = await openHall();
  const drafter = await hall.invite("drafter");
  const path = `/api/reports/${hall.report}/versions`;
  const before = Date.now();
  const claims = { name: "  Trước họp  ", createdBy: "somebody", createdAt: "1999-01-01T00:00:00.000Z", id: "mine" };
  const version = await drafter.browser.ask<Version>("POST", path, claims, 201);
  expect(version).toMatchObject({ name: "Trước họp", createdBy: drafter.person.id });
  expect(version.id).not.toBe("mine");
  expect(Date.parse(version.createdAt)).toBeGreaterThanOrEqual(before);
  expect(Date.parse(version.createdAt)).toBeLessThanOrEqual(Date.now());
  for (const name of [" ", "x".repeat(121), "Hai\ndòng", 7]) await drafter.browser.ask("POST", path, { name }, 400);
  expect((await hall.chair.info(hall.report)).versions).toEqual([version]);
});

it("freezes the words that were acknowledged, whatever is written afterwards", async () => {
  const hall = await openHall();
  const drafter = await hall.invite("drafter");
  const body = await drafter.browser.line().document(`${hall.report}/body`);
  const text = slotText(body.doc, "opening");
  text.insert(1, "Trước.", {});
  await body.saved();
  const path = `/api/reports/${hall.report}/versions`;
  const { id } = await drafter.browser.ask<Version>("POST", path, { name: "Bản một" }, 201);
  text.delete(1, 6);
  text.insert(1, "Sau.", {});
  await body.saved();
  const kept = slotText(await frozen(hall.chair, hall.report, id), "opening").toJSON();
  expect(kept).toContain("Trước.");
  expect(kept).not.toContain("Sau.");
});

it("renames a version and nothing else of it, and tells everybody", async () => {
  const hall = await openHall();
  const drafter = await hall.invite("drafter");
  const path = `/api/reports/${hall.report}/versions`;
  const version = await hall.chair.ask<Version>("POST", path, { name: "Bản một" }, 201);
  const bytes = Y.encodeStateAsUpdate(await frozen(hall.chair, hall.report, version.id));
  const notes = await drafter.browser.line().document(`${hall.report}/notes/${drafter.person.id}`);
  const renamed = await drafter.browser.ask<Version>("PATCH", `${path}/${version.id}`, { name: "Bản trình" }, 200);
  expect(renamed).toEqual({ ...version, name: "Bản trình", renamedAt: expect.any(String) });
  await notes.until(() => notes.messages.length > 0);
  expect((await hall.chair.info(hall.report)).versions).toEqual([renamed]);
  expect(Y.encodeStateAsUpdate(await frozen(hall.chair, hall.report, version.id))).toEqual(bytes);
  // The same name again is no change.
  expect(await hall.chair.ask<Version>("PATCH", `${path}/${version.id}`, { name: "Bản trình" }, 200)).toEqual(renamed);
  await hall.chair.ask("PATCH", `${path}/${version.id}`, { name: "" }, 400);
  await hall.chair.ask("PATCH", `${path}/none`, { name: "Bản khác" }, 404);
});

it("neither renames the draft of a round nor deletes any version", async () => {
  const hall = await openHall();
  const round = await hall.chair.ask<Round>("POST", `/api/reports/${hall.report}/rounds`, {}, 201);
  const path = `/api/reports/${hall.report}/versions`;
  await hall.chair.ask("PATCH", `${path}/${round.version}`, { name: "Bản khác" }, 409);
  const { id } = await hall.chair.ask<Version>("POST", path, { name: "Bản một" }, 201);
  for (const version of [id, round.version]) {
    const refused = await hall.chair.fetch(`${path}/${version}`, { method: "DELETE" });
    expect(refused.status).toBe(404);
  }
  expect((await hall.chair.info(hall.report)).versions.map(({ name }) => name)).toEqual(["Dự thảo lần 1", "Bản một"]);
});

it("shows a delegate neither the list nor the words of a version that was not sent out", async () => {
  const hall = await openHall();
  const delegate = await hall.invite("delegate");
  const reader = await hall.invite("reader");
  const path = `/api/reports/${hall.report}/versions`;
  const { id } = await hall.chair.ask<Version>("POST", path, { name: "Nội bộ" }, 201);
  expect((await delegate.browser.info(hall.report)).versions).toEqual([]);
  expect((await delegate.browser.fetch(`${path}/${id}`)).status).toBe(404);
  expect((await reader.browser.fetch(`${path}/${id}`)).status).toBe(200);
});

it("keeps versions and their names through a restart and in the archive", async () => {
  const data = temporaryFolder();
  const hall = await openHall({ data });
  const path = `/api/reports/${hall.report}/versions`;
  const version = await hall.chair.ask<Version>("POST", path, { name: "Bản một" }, 201);
  const renamed = await hall.chair.ask<Version>("PATCH", `${path}/${version.id}`, { name: "Bản trình" }, 200);
  const archive = await hall.chair.fetch(`/api/reports/${hall.report}/archive`);
  const file = new Uint8Array(await archive.arrayBuffer());
  await hall.server.close();

  const again = await openServer({ data });
  const chair = new Browser(again);
  chair.cookie = hall.chair.cookie;
  expect((await chair.info(hall.report)).versions).toEqual([renamed]);

  const elsewhere = await openServer();
  const other = new Browser(elsewhere);
  await other.open(elsewhere.chairLink);
  await other.ask("POST", "/api/reports/import", file, 201);
  expect((await other.info(hall.report)).versions).toEqual([renamed]);
  // A copy from before the renaming changes nothing.
  await other.ask("PATCH", `${path}/${version.id}`, { name: "Bản ký" }, 200);
  await other.ask("POST", "/api/reports/import", file, 201);
  expect((await other.info(hall.report)).versions.map(({ name }) => name)).toEqual(["Bản ký"]);
});
