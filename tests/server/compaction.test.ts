import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { expect, it, onTestFinished } from "vitest";
import * as Y from "yjs";
import { slotText } from "#collab";
import { CLOSE } from "#protocol";
import { compactDocument, fillDocument, loadDocument, saysTheSame } from "../../src/server/sync/document-store.ts";
import { stepsOf } from "../../src/server/sync/edit-trail.ts";
import { openSqliteStorage } from "../../src/server/storage/sqlite-storage.ts";
import type { Storage } from "../../src/server/storage/storage.ts";
import { openHall, openServer, Browser, temporaryFolder } from "./support.ts";

const AT = "2022-01-18T02:15:00.000Z";
const KEY = { report: "a", document: "body" };

async function openStorage(): Promise<Storage> {
  const storage = openSqliteStorage(join(temporaryFolder(), "test.sqlite"));
  onTestFinished(() => storage.close());
  const template = {
    id: "t",
    version: 1,
    name: { vi: "", en: "" },
    description: { vi: "", en: "" },
    ruleSet: "r",
    typeName: "",
    subject: "",
    fields: [],
    outline: [],
  };
  await storage.reports.create({
    report: { id: "a", template, ruleSet: "r", sample: false, chair: "c", createdAt: AT },
    people: [],
    rounds: [],
    versions: [],
    log: [],
  });
  return storage;
}

/** Two people's edits, each update logged on its own. */
async function write(storage: Storage, count: number): Promise<Y.Doc> {
  const [one, two] = [new Y.Doc(), new Y.Doc()];
  const updates: Uint8Array[] = [];
  for (const [doc, other] of [
    [one, two],
    [two, one],
  ] as const) {
    doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === "other") return;
      updates.push(update);
      Y.applyUpdate(other, update, "other");
    });
  }
  for (let i = 0; i < count; i++) {
    const text = slotText(i % 2 ? one : two, "opening");
    if (i % 7 === 6) text.delete(0, 3);
    else text.insert(i % (text.length + 1), `chữ ${i} `, i % 3 ? {} : { strong: true });
  }
  for (const bytes of updates) await storage.log.append([{ ...KEY, person: "p", at: AT, bytes, claims: [] }]);
  return one;
}

it("keeps who edited what and when of the log that a snapshot replaces", async () => {
  const storage = await openStorage();
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => void updates.push(update));
  for (let i = 0; i < 6; i++) slotText(doc, "opening").insert(0, "chữ ");
  slotText(doc, "opening").delete(0, 4);
  const at = (i: number): string => new Date(Date.UTC(2026, 0, 1, 8, i < 3 ? i : i + 30)).toISOString();
  for (const [i, bytes] of updates.entries()) {
    await storage.log.append([{ ...KEY, person: i === 1 ? "b" : "a", at: at(i), bytes, claims: [] }]);
  }
  const before = stepsOf(await storage.log.logged(KEY));
  await compactDocument(storage, KEY, AT);
  expect(await storage.log.logged(KEY)).toEqual([]);
  const kept = await storage.log.trail(KEY);
  expect(kept).toEqual(before);
  expect(kept.map(({ person, from, until }) => [person, from, until])).toEqual([
    ["a", at(0), at(2)],
    ["b", at(1), at(1)],
    ["a", at(3), at(6)],
  ]);
  const letters = (runs: readonly { length: number }[]): number => runs.reduce((sum, { length }) => sum + length, 0);
  expect(kept.map(({ inserted, deleted }) => [letters(inserted), letters(deleted)])).toEqual([
    [8, 0],
    [4, 0],
    [12, 4],
  ]);
});

it("puts a snapshot that says the same in the place of the log", async () => {
  const storage = await openStorage();
  const written = await write(storage, 300);
  const before = await loadDocument(storage, KEY);
  expect(await storage.log.pending(KEY)).toBe(300);
  const made = await compactDocument(storage, KEY, AT);
  expect(made?.bytes).toBeLessThan(made?.before ?? 0);
  expect(await storage.log.pending(KEY)).toBe(0);
  const after = await loadDocument(storage, KEY);
  expect(saysTheSame(before, after)).toBe(true);
  expect(saysTheSame(written, after)).toBe(true);
  expect(await compactDocument(storage, KEY, AT)).toBeNull();
});

it("leaves a log alone that does not decode or waits for something, and serves nothing of it", async () => {
  const storage = await openStorage();
  await write(storage, 10);
  const doc = new Y.Doc();
  slotText(doc, "opening").insert(0, "a");
  const state = Y.encodeStateVector(doc);
  slotText(doc, "opening").insert(1, "b");
  const bytes = Y.encodeStateAsUpdate(doc, state);
  await storage.log.append([{ ...KEY, person: "p", at: AT, bytes, claims: [] }]);
  await expect(compactDocument(storage, KEY, AT)).rejects.toMatchObject({ code: "document-damaged" });
  await expect(loadDocument(storage, KEY)).rejects.toMatchObject({ code: "document-damaged" });
  expect(await storage.log.pending(KEY)).toBe(11);
});

it("tells documents apart that differ in one mark", () => {
  const [one, two] = [new Y.Doc(), new Y.Doc()];
  slotText(one, "opening").insert(0, "chữ");
  Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
  expect(saysTheSame(one, two)).toBe(true);
  slotText(two, "opening").delete(1, 1);
  expect(Y.encodeStateVector(one)).toEqual(Y.encodeStateVector(two));
  expect(saysTheSame(one, two)).toBe(false);
  fillDocument(one, { snapshot: Y.encodeStateAsUpdate(two), updates: [], seq: 0, clients: new Map() }, KEY, null);
  expect(saysTheSame(one, two)).toBe(true);
});

it("compacts a document that is written much, while it is written, and when it is left", async () => {
  const hall = await openHall();
  const line = hall.chair.line();
  const body = await line.document(`${hall.report}/body`);
  const text = slotText(body.doc, "opening");
  for (let i = 0; i < 700; i++) text.insert(text.length, `${i} `, {});
  await body.saved();
  const wanted = text.toJSON();
  line.end();
  await hall.server.close();

  const database = new DatabaseSync(join(hall.server.data, "tongket.sqlite"), { readOnly: true });
  const count = (table: string): unknown =>
    database.prepare(`select count(*) as n from ${table} where document = 'body'`).get()?.["n"];
  expect(count("snapshot")).toBe(1);
  // What came after the snapshot waits for the next.
  expect(count("log")).toBeLessThan(500);
  database.close();
  const again = await openServer({ data: hall.server.data });
  const chair = new Browser(again);
  chair.cookie = hall.chair.cookie;
  const fresh = await chair.line().document(`${hall.report}/body`);
  expect(slotText(fresh.doc, "opening").toJSON()).toBe(wanted);
});

it("shows nobody an empty document where the stored one cannot be read, and writes nothing over it", async () => {
  const hall = await openHall();
  await hall.server.close();
  const file = join(hall.server.data, "tongket.sqlite");
  const database = new DatabaseSync(file);
  database.exec("update log set bytes = x'ffffffffff' where document = 'body'");
  database.close();
  const again = await openServer({ data: hall.server.data });
  const chair = new Browser(again);
  chair.cookie = hall.chair.cookie;
  const line = chair.line();
  void line.denied(`${hall.report}/body`);
  expect(await line.closed).toEqual({ code: CLOSE.notStored, reason: "not-stored" });
  await chair.ask("GET", `/api/reports/${hall.report}`, undefined, 500);
  line.end();
  await again.close();
  const after = new DatabaseSync(file, { readOnly: true });
  expect(after.prepare("select count(*) as n from log where document = 'body'").get()).toEqual({ n: 1 });
  after.close();
});
