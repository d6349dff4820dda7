import { strFromU8, unzipSync } from "fflate";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import * as Y from "yjs";
import { fieldsMap, readReportFile, slotText, writeReportFile } from "#collab";
import { composeReportFile, putComment, readBoard } from "#comments";
import type { ReportInput, Template } from "#model";
import type { ErrorBody, ReportSummary } from "#protocol";
import { loadCatalogue } from "#server";
import { Browser, openHall, openServer, ROOT } from "./support.ts";

const AT = "2022-01-18T02:15:00.000Z";
const FIXTURE = "van-phong-vien-han-lam-dang-uy.json";

async function bytesOf(response: Response): Promise<Uint8Array> {
  expect(response.status).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}

/** A fixture as a report file, made outside the server. */
async function fixtureFile(id: string): Promise<{ bytes: Uint8Array; input: ReportInput; template: Template }> {
  const catalogue = await loadCatalogue({ root: ROOT });
  const input: ReportInput = JSON.parse(readFileSync(join(ROOT, "fixtures", FIXTURE), "utf8"));
  const template = catalogue.templates.get(input.template);
  if (!template) throw new Error(input.template);
  let count = 0;
  const file = composeReportFile(input, template, id, { newId: () => `n${count++}`, now: AT });
  return { bytes: writeReportFile(file), input, template };
}

it("exports a Word file under a Vietnamese name", async () => {
  const hall = await openHall();
  const body = await hall.chair.line().document(`${hall.report}/body`);
  slotText(body.doc, "opening").insert(1, "Năm 2021 là năm đầu nhiệm kỳ.");
  await body.saved();
  const response = await hall.chair.fetch(`/api/reports/${hall.report}/export?as=final`);
  const disposition = response.headers.get("content-disposition") ?? "";
  const name = decodeURIComponent(disposition.split("filename*=UTF-8''")[1] ?? "");
  expect(name).toMatch(/^Báo cáo tổng kết .*2021.*Đảng ủy Mẫu\.docx$/);
  expect(disposition).toMatch(/filename="[ -~]+\.docx"/);
  const parts = unzipSync(await bytesOf(response));
  expect(strFromU8(parts["word/document.xml"] ?? new Uint8Array())).toContain("Năm 2021 là năm đầu nhiệm kỳ.");
  expect((await hall.chair.fetch(`/api/reports/${hall.report}/export?as=pdf`)).status).toBe(400);
});

it("prints by the organisation's own presentation and by the rule set of the report's date, and says so to the page", async () => {
  const hall = await openHall();
  const body = await hall.chair.line().document(`${hall.report}/body`);
  fieldsMap(body.doc).set("presentation", "lề phải = 20");
  fieldsMap(body.doc).set("date", "2022-01-05");
  await body.saved();
  const parts = unzipSync(await bytesOf(await hall.chair.fetch(`/api/reports/${hall.report}/export?as=final`)));
  expect(strFromU8(parts["word/document.xml"] ?? new Uint8Array())).toMatch(/<w:pgMar [^>]*w:right="1134"/);
  const { ruleSet, madeWith } = await hall.chair.info(hall.report);
  expect([ruleSet.id, ruleSet.page.margin.right, madeWith]).toEqual(["party-36-2018", 20, "party-05-2026"]);
});

it("gives the response table for spreadsheets and for programs, to the committee alone", async () => {
  const server = await openServer();
  const chair = new Browser(server);
  await chair.open(server.chairLink);
  const { bytes, input } = await fixtureFile("tables");
  await chair.ask("POST", "/api/reports/import", bytes, 201);
  const csv = await chair.fetch("/api/reports/tables/export?as=responses&format=csv");
  expect(csv.headers.get("content-type")).toContain("text/csv");
  expect(csv.headers.get("content-disposition")).toMatch(/\.csv$/u);
  const table = await bytesOf(csv);
  expect([...table.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const json = await chair.fetch("/api/reports/tables/export?as=responses&format=json");
  expect(await json.json()).toMatchObject({
    format: "tongket-responses",
    counts: { comments: input.comments?.filter((comment) => comment.withdrawn !== true).length ?? 0 },
  });
  for (const query of ["as=responses&format=xlsx", "as=final&format=csv"]) {
    const refused = await chair.fetch(`/api/reports/tables/export?${query}`);
    expect(refused.status).toBe(400);
    const { error }: ErrorBody = await refused.json();
    expect(error).toMatchObject({ code: "request-invalid", details: { pointer: "/format" } });
  }
  expect((await new Browser(server).fetch("/api/reports/tables/export?as=responses&format=csv")).status).toBe(401);
});

it("serves everybody else while the Word file of a long report is made", async () => {
  const server = await openServer();
  const chair = new Browser(server);
  await chair.open(server.chairLink);
  const { input, template } = await fixtureFile("long");
  const line = "Đảng ủy đã lãnh đạo, chỉ đạo thực hiện tốt nhiệm vụ chính trị được giao trong năm qua. ".repeat(3);
  const [slot = ""] = Object.keys(input.slots);
  const long = { ...input, slots: { ...input.slots, [slot]: Array.from({ length: 1500 }, () => line) } };
  let count = 0;
  const file = composeReportFile(long, template, "long", { newId: () => `n${count++}`, now: AT });
  await chair.ask("POST", "/api/reports/import", writeReportFile(file), 201);
  const started = performance.now();
  const made = chair.fetch("/api/reports/long/export?as=draft").then(async (response) => {
    expect(new TextDecoder().decode(unzipSync(await bytesOf(response))["word/document.xml"])).toContain(line.trim());
    return performance.now() - started;
  });
  let served = 0;
  for (let waiting = true; waiting; served++) {
    const first = await Promise.race([made.then(() => null), chair.fetch("/api/health")]);
    waiting = first !== null;
  }
  // On one thread they would all wait for the file and be answered once or twice.
  expect(served).toBeGreaterThan((await made) / 100);
});

it("gives the final text as a page for the web and as Markdown", async () => {
  const server = await openServer();
  const chair = new Browser(server);
  await chair.open(server.chairLink);
  await chair.ask("POST", "/api/reports/import", (await fixtureFile("web")).bytes, 201);
  const page = await chair.fetch("/api/reports/web/export?as=final&format=html");
  expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
  // Shown in place it would be a page of this server.
  expect(page.headers.get("content-disposition")).toMatch(/^attachment; .*\.html$/u);
  expect(await page.text()).toContain('<html lang="vi">');
  const text = await chair.fetch("/api/reports/web/export?as=final&format=md");
  expect(text.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
  expect(await text.text()).toMatch(/^# .*tổng kết/imu);
  expect((await chair.fetch("/api/reports/web/export?as=draft&format=html")).status).toBe(400);
});

it("gives a delegate the copy for comment made out for them alone, and the committee one for anybody", async () => {
  const hall = await openHall();
  const { browser, person } = await hall.invite("delegate", "Đại biểu Mẫu");
  const other = await hall.invite("delegate", "Đại biểu Khác");
  const path = `/api/reports/${hall.report}/export?as=for-comment`;
  expect((await hall.chair.fetch(path)).status, "before the first round").toBe(404);
  const body = await hall.chair.line().document(`${hall.report}/body`);
  slotText(body.doc, "opening").insert(1, "Câu của dự thảo đã gửi.");
  await body.saved();
  await hall.chair.ask("POST", `/api/reports/${hall.report}/rounds`, {}, 201);
  slotText(body.doc, "opening").insert(1, "Câu viết sau. ");
  await body.saved();

  const response = await browser.fetch(path);
  const name = decodeURIComponent((response.headers.get("content-disposition") ?? "").split("UTF-8''")[1] ?? "");
  expect(name).toMatch(/^Bản xin ý kiến - Đại biểu Mẫu - Dự thảo lần 1 .*\.docx$/u);
  const mine = unzipSync(await bytesOf(response));
  const words = strFromU8(mine["word/document.xml"] ?? new Uint8Array());
  expect(words).toContain("Câu của dự thảo đã gửi.");
  expect(words).not.toContain("Câu viết sau.");
  expect(strFromU8(mine["docProps/custom.xml"] ?? new Uint8Array())).toContain(person.id);
  expect((await browser.fetch(`${path}&for=${other.person.id}`)).status).toBe(403);

  const theirs = unzipSync(await bytesOf(await hall.chair.fetch(`${path}&for=${other.person.id}&allow=changes`)));
  expect(strFromU8(theirs["docProps/custom.xml"] ?? new Uint8Array())).toContain(other.person.id);
  expect(strFromU8(theirs["word/settings.xml"] ?? new Uint8Array())).toContain('w:edit="trackedChanges"');
  const anybody = unzipSync(await bytesOf(await hall.chair.fetch(`${path}&round=1`)));
  expect(strFromU8(anybody["docProps/custom.xml"] ?? new Uint8Array())).not.toContain("TongketPerson");
  for (const wrong of ["&for=NOBODY", "&round=2"]) expect((await hall.chair.fetch(path + wrong)).status).toBe(404);
  for (const wrong of ["&allow=all", "&round=0"]) expect((await hall.chair.fetch(path + wrong)).status).toBe(400);
});

it("takes in a report file whole, with its people, comments and frozen drafts", async () => {
  const server = await openServer();
  const chair = new Browser(server);
  await chair.open(server.chairLink);
  const { bytes, input } = await fixtureFile("imported");
  expect(await chair.ask("POST", "/api/reports/import", bytes, 201)).toEqual({ id: "imported" });
  const info = await chair.info("imported");
  expect(info.people).toHaveLength(Math.max(input.people?.length ?? 0, info.people.length));
  expect(info.me.role).toBe("chair");
  expect(info.rounds).toHaveLength(input.rounds?.length ?? 0);
  expect(info.fields).toMatchObject(input.fields);
  const board = await chair.line().document("imported/board");
  expect(readBoard(board.doc)).toHaveLength(input.comments?.length ?? 0);
  for (const round of info.rounds) {
    const frozen = await bytesOf(await chair.fetch(`/api/reports/imported/versions/${round.version}`));
    expect(frozen.length).toBeGreaterThan(100);
  }
  for (const as of ["final", "draft", "responses"]) {
    await bytesOf(await chair.fetch(`/api/reports/imported/export?as=${as}`));
  }
});

it("gives back, as a file, what came in as one", async () => {
  const server = await openServer();
  const chair = new Browser(server);
  await chair.open(server.chairLink);
  const { bytes } = await fixtureFile("round-trip");
  await chair.ask("POST", "/api/reports/import", bytes, 201);
  const response = await chair.fetch("/api/reports/round-trip/archive");
  const name = decodeURIComponent((response.headers.get("content-disposition") ?? "").split("UTF-8''")[1] ?? "");
  expect(name).toMatch(/tổng kết công tác năm 2021.* - \S.*\.tongket$/u);
  const out = await bytesOf(response);
  const [before, after] = [unzipSync(bytes), unzipSync(out)];
  expect(Object.keys(after).toSorted()).toEqual(Object.keys(before).toSorted());
  expect(JSON.parse(strFromU8(after["manifest.json"] ?? new Uint8Array()))).toEqual(
    JSON.parse(strFromU8(before["manifest.json"] ?? new Uint8Array())),
  );
});

it("merges a file into a report that people have open, any number of times", async () => {
  const server = await openServer();
  const chair = new Browser(server);
  await chair.open(server.chairLink);
  const { bytes } = await fixtureFile("merged");
  await chair.ask("POST", "/api/reports/import", bytes, 201);
  const exported = await bytesOf(await chair.fetch("/api/reports/merged/archive"));
  const me = (await chair.info("merged")).me;

  const line = chair.line();
  const body = await line.document("merged/body");
  slotText(body.doc, "opening").insert(1, "Viết sau khi gửi tệp. ");
  await body.saved();
  const later = await bytesOf(await chair.fetch("/api/reports/merged/archive"));
  const other = await openServer();
  const away = new Browser(other);
  await away.open(other.chairLink);
  await away.ask("POST", "/api/reports/import", exported, 201);
  const awayBody = await away.line().document("merged/body");
  slotText(awayBody.doc, "opening").insert(1, "Viết ở nơi khác. ");
  await awayBody.saved();
  const awayNotes = await away.line().document(`merged/notes/${me.id}`);
  putComment(awayNotes.doc, {
    id: "away-1",
    author: me.id,
    round: 0,
    target: { scope: "report" },
    kind: "other",
    text: "Ghi chú ở nơi khác",
    createdAt: AT,
    withdrawn: false,
  });
  await awayNotes.saved();
  const returned = await bytesOf(await away.fetch("/api/reports/merged/archive"));

  const board = await line.document("merged/board");
  const count = readBoard(board.doc).length;
  for (const file of [returned, later, returned, exported]) {
    await chair.ask("POST", "/api/reports/merged/archive", file, 204);
  }
  const text = (): string => slotText(body.doc, "opening").toJSON();
  await body.until(() => text().includes("Viết ở nơi khác."));
  expect(text().split("Viết ở nơi khác.").length).toBe(2);
  expect(text().split("Viết sau khi gửi tệp.").length).toBe(2);
  await board.until(() => readBoard(board.doc).length === count + 1);
  slotText(body.doc, "opening").insert(1, "Viết tiếp. ");
  await body.saved();
  const fresh = await chair.line().document("merged/body");
  expect(slotText(fresh.doc, "opening").toJSON()).toBe(text());
});

it("lets a file change nobody's role, no round and no frozen draft", async () => {
  const hall = await openHall();
  const delegate = await hall.invite("delegate", "Đại biểu");
  await hall.chair.ask("POST", `/api/reports/${hall.report}/rounds`, {}, 201);
  const before = await hall.chair.info(hall.report);
  const [version] = before.versions;
  const path = `/api/reports/${hall.report}/versions/${version?.id}`;
  const frozen = await bytesOf(await hall.chair.fetch(path));
  const { check } = await loadCatalogue({ root: ROOT });
  const file = readReportFile(await bytesOf(await hall.chair.fetch(`/api/reports/${hall.report}/archive`)), (value) =>
    check("manifest", value, "manifest.json"),
  );
  const forged = writeReportFile({
    ...file,
    manifest: {
      ...file.manifest,
      people: [
        ...file.manifest.people.map((person) => ({ ...person, role: "chair" as const, name: `~${person.name}` })),
        { id: "new-one", name: "Người mới", unit: "", role: "delegate" as const },
      ],
      rounds: [
        ...file.manifest.rounds.map((round) => ({ ...round, closedAt: "2030-01-01T00:00:00.000Z" })),
        { number: 2, version: version?.id ?? "", openedAt: AT },
      ],
    },
    versions: new Map([[version?.id ?? "", Y.encodeStateAsUpdate(new Y.Doc())]]),
  });
  await hall.chair.ask("POST", `/api/reports/${hall.report}/archive`, forged, 204);
  const after = await hall.chair.info(hall.report);
  expect(after.people.slice(0, before.people.length)).toEqual(before.people);
  expect(after.people.map((person) => person.id)).toContain("new-one");
  expect(after.rounds[0]).toEqual(before.rounds[0]);
  expect(after.rounds.filter((round) => round.closedAt === undefined)).toHaveLength(1);
  expect(await bytesOf(await hall.chair.fetch(path))).toEqual(frozen);
  expect((await delegate.browser.info(hall.report)).me.role).toBe("delegate");
});

it("uses nothing of a wrong file", async () => {
  const hall = await openHall();
  const before = JSON.stringify(await hall.chair.info(hall.report)).replace(/"now":"[^"]+"/, "");
  const codes: string[] = [];
  const post = async (path: string, file: Uint8Array): Promise<void> => {
    const response = await hall.chair.fetch(path, {
      method: "POST",
      body: new Blob([new Uint8Array(file)]),
      headers: { "content-type": "application/zip" },
    });
    const body: ErrorBody = await response.json();
    codes.push(body.error.code);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
  };
  const { bytes } = await fixtureFile("other");
  await post(`/api/reports/${hall.report}/archive`, bytes);
  await post("/api/reports/import", new TextEncoder().encode("not a zip"));
  await post("/api/reports/import", bytes.slice(0, bytes.length - 100));
  const hostile = new Y.Doc();
  hostile.getMap("evil").set("a", 1);
  const catalogue = await loadCatalogue({ root: ROOT });
  const template = catalogue.templates.get("party-cell");
  if (!template) throw new Error("no template");
  const file = composeReportFile(
    {
      template: template.id,
      fields: { year: "2021" },
      slots: Object.fromEntries(slotIds(template).map((id) => [id, []])),
    },
    template,
    "hostile",
    { newId: () => Math.random().toString(36).slice(2), now: AT },
  );
  await post("/api/reports/import", writeReportFile({ ...file, body: Y.encodeStateAsUpdate(hostile) }));
  expect(codes).toEqual(["file-other-report", "file-not-zip", "file-not-zip", "file-damaged"]);
  expect(await hall.chair.ask<ReportSummary[]>("GET", "/api/reports")).toHaveLength(1);
  expect(JSON.stringify(await hall.chair.info(hall.report)).replace(/"now":"[^"]+"/, "")).toBe(before);
});

function slotIds(template: Template): string[] {
  return template.outline.flatMap(function visit(node): string[] {
    return node.type === "slot" ? [node.id] : node.children.flatMap(visit);
  });
}
