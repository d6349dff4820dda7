import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { expect, it } from "vitest";
import type { ReportSummary, TemplateChoice } from "#protocol";
import { startServer } from "#server";
import { Browser, openHall, openServer, ROOT, temporaryFolder } from "./support.ts";

const OPTIONS = {
  root: ROOT,
  port: 0,
  host: "127.0.0.1",
  client: join(ROOT, "dist", "client"),
  sample: false,
  log: "silent",
} as const;

it("finds everything again after a restart", async () => {
  const hall = await openHall();
  const drafter = await hall.invite("drafter");
  const body = await drafter.browser.line().document(`${hall.report}/body`);
  body.doc.getText("slot:opening").insert(1, "Năm 2021 đã qua.");
  await body.saved();
  await hall.chair.ask("POST", `/api/reports/${hall.report}/rounds`, {}, 201);
  await hall.server.close();

  const again = await openServer({ data: hall.server.data });
  const chair = new Browser(again);
  chair.cookie = hall.chair.cookie;
  const info = await chair.info(hall.report);
  expect(info.rounds).toHaveLength(1);
  expect(info.people.map((person) => person.role)).toEqual(["chair", "drafter"]);
  const returned = new Browser(again);
  await returned.open(drafter.link);
  const text = (await returned.line().document(`${hall.report}/body`)).doc.getText("slot:opening").toJSON();
  expect(text).toContain("Năm 2021 đã qua.");
});

it("keeps earlier chair links valid and gives a fresh one at each start", async () => {
  const first = await openServer();
  await first.close();
  const second = await openServer({ data: first.data });
  expect(second.chairLink.split("/k/")[1]).not.toBe(first.chairLink.split("/k/")[1]);
  const browser = new Browser(second);
  expect(await browser.open(first.chairLink)).toBe("/");
});

it("refuses a second start on the same data and harms nothing", async () => {
  const first = await openServer();
  await expect(startServer({ ...OPTIONS, data: first.data })).rejects.toMatchObject({ code: "data-in-use" });
  const browser = new Browser(first);
  expect(await browser.open(first.chairLink)).toBe("/");
  await first.close();
  const after = await openServer({ data: first.data });
  expect(after.port).toBeGreaterThan(0);
});

it("names a taken port and leaves the data free", async () => {
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(0, "127.0.0.1", resolve));
  const address = blocker.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const data = temporaryFolder();
  await expect(startServer({ ...OPTIONS, data, port })).rejects.toMatchObject({
    code: "port-taken",
    details: { port },
  });
  await new Promise((resolve) => blocker.close(resolve));
  await openServer({ data, port });
});

it("names a folder it cannot write", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "a-file"), "");
  const data = join(folder, "a-file", "data");
  await expect(startServer({ ...OPTIONS, data })).rejects.toMatchObject({ code: "data-unwritable", details: { data } });
});

it("leaves data of a later edition alone", async () => {
  const { data, close } = await openServer();
  await close();
  const database = new DatabaseSync(join(data, "tongket.sqlite"));
  database.exec("pragma user_version = 999");
  database.close();
  await expect(startServer({ ...OPTIONS, data })).rejects.toMatchObject({
    code: "data-newer",
    details: { found: 999 },
  });
});

it("leaves a damaged database alone", async () => {
  const data = temporaryFolder();
  const file = join(data, "tongket.sqlite");
  writeFileSync(file, "this is not a database, whatever its name says".repeat(100));
  await expect(startServer({ ...OPTIONS, data })).rejects.toMatchObject({ code: "data-damaged" });
  expect(readFileSync(file, "utf8")).toContain("this is not a database");
});

it("puts one sample into an empty installation, which stays deleted", async () => {
  const first = await openServer({ sample: true });
  const chair = new Browser(first);
  await chair.open(first.chairLink);
  const [sample, ...others] = await chair.ask<ReportSummary[]>("GET", "/api/reports");
  expect(others).toEqual([]);
  expect(sample?.sample).toBe(true);
  expect(sample?.slots.written).toBeGreaterThan(5);
  expect(sample?.comments.total).toBeGreaterThan(3);
  expect((await chair.info(sample?.id ?? "")).me.role).toBe("chair");

  await chair.ask("DELETE", `/api/reports/${sample?.id}`, undefined, 204);
  expect(await chair.ask("GET", "/api/reports")).toEqual([]);
  await first.close();
  const second = await openServer({ data: first.data, sample: true });
  const again = new Browser(second);
  again.cookie = chair.cookie;
  expect(await again.ask("GET", "/api/reports")).toEqual([]);
  await again.ask("POST", `/api/reports/${sample?.id}/restore`, {}, 204);
  expect(await again.ask<ReportSummary[]>("GET", "/api/reports")).toHaveLength(1);
});

it("picks up a template of one's own and leaves a broken one out", async () => {
  const data = temporaryFolder();
  mkdirSync(join(data, "templates"));
  const shipped = JSON.parse(readFileSync(join(ROOT, "templates", "party-cell.json"), "utf8"));
  writeFileSync(join(data, "templates", "own.json"), JSON.stringify({ ...shipped, id: "our-cell" }));
  writeFileSync(join(data, "templates", "broken.json"), "{");
  const server = await openServer({ data });
  const chair = new Browser(server);
  await chair.open(server.chairLink);
  const templates = await chair.ask<TemplateChoice[]>("GET", "/api/templates");
  const ids = templates.map(({ template }) => template.id);
  expect(ids).toContain("our-cell");
  expect(ids).toHaveLength(readdirSync(join(ROOT, "templates")).filter((name) => name.endsWith(".json")).length + 1);
});

it("serves the built client: names for ever, pages asked for again, and says when it is not built", async () => {
  const client = join(temporaryFolder(), "client");
  const bare = await openServer({ client });
  const answer = await fetch(`${bare.url}/r/x`);
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain("npm run build");

  mkdirSync(join(client, "assets"), { recursive: true });
  writeFileSync(join(client, "index.html"), "<!doctype html><title>Tổng kết</title>");
  writeFileSync(join(client, "assets", "main-abc.js"), "export {};");
  expect(existsSync(join(client, "index.html"))).toBe(true);
  const server = await openServer({ client });
  for (const path of ["/", "/r/some-report"]) {
    const page = await fetch(server.url + path);
    expect(await page.text()).toContain("Tổng kết");
    expect(page.headers.get("cache-control")).toBe("no-cache");
    expect(page.headers.get("content-security-policy")).toContain("script-src 'self';");
  }
  const asset = await fetch(`${server.url}/assets/main-abc.js`);
  expect(asset.headers.get("cache-control")).toContain("immutable");
  expect((await fetch(`${server.url}/assets/gone.js`)).status).toBe(404);
  expect((await fetch(`${server.url}/api/nothing`)).status).toBe(404);
  for (const path of [
    "/..%2f..%2fpackage.json",
    "/%2e%2e/%2e%2e/package.json",
    "/assets/..%2f..%2f..%2fpackage.json",
  ]) {
    expect(await (await fetch(server.url + path)).text()).not.toContain("dependencies");
  }
});

it("reads data that was copied while it ran", async () => {
  const hall = await openHall();
  const copy = join(temporaryFolder(), "copy");
  cpSync(hall.server.data, copy, { recursive: true });
  const other = await openServer({ data: copy });
  const chair = new Browser(other);
  chair.cookie = hall.chair.cookie;
  expect((await chair.info(hall.report)).id).toBe(hall.report);
});
