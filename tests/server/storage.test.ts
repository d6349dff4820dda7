import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { Template } from "#model";
import { openSqliteStorage } from "../../src/server/storage/sqlite-storage.ts";
import { MIGRATIONS } from "../../src/server/storage/tables.ts";
import type { LogEntry, NewReport, Storage } from "../../src/server/storage/storage.ts";
import { temporaryFolder } from "./support.ts";

const AT = "2022-01-18T02:15:00.000Z";
const LATER = "2022-01-19T02:15:00.000Z";

const TEMPLATE: Template = {
  id: "t",
  version: 1,
  name: { vi: "Mẫu", en: "Template" },
  description: { vi: "", en: "" },
  ruleSet: "r",
  typeName: "BÁO CÁO",
  subject: "tổng kết năm {year}",
  fields: [],
  outline: [],
};

function newReport(id: string): NewReport {
  return {
    report: { id, template: TEMPLATE, ruleSet: "r", sample: false, chair: "chair", createdAt: AT },
    people: [{ id: "chair", name: "Chủ trì", unit: "", role: "chair" }],
    rounds: [],
    versions: [],
    log: [entry(id, "body", 1)],
  };
}

function entry(report: string, document: string, byte: number, claims: readonly number[] = []): LogEntry {
  return { report, document, person: "chair", at: LATER, bytes: Uint8Array.of(byte), claims };
}

/** What every storage has to do. `open` opens the same one again where it can be. */
function conforms(name: string, makeOpener: () => () => Storage): void {
  describe(name, () => {
    let open: () => Storage;
    let storage: Storage;
    beforeEach(async () => {
      open = makeOpener();
      storage = open();
      await storage.reports.create(newReport("a"));
      return async () => storage.close();
    });

    it("gives a report back whole", async () => {
      expect(await storage.reports.get("a")).toEqual({
        ...newReport("a").report,
        changedAt: LATER,
        deletedAt: null,
      });
      expect(await storage.reports.people("a")).toEqual(newReport("a").people);
      expect(await storage.reports.get("b")).toBeNull();
    });

    it("makes a report with everything in it or not at all", async () => {
      const twice: NewReport = { ...newReport("b"), people: [], log: [entry("nowhere", "body", 1)] };
      await expect(storage.reports.create(twice)).rejects.toThrowError();
      expect(await storage.reports.get("b")).toBeNull();
    });

    it("lists reports by their last change, without deleted ones", async () => {
      await storage.reports.create(newReport("b"));
      await storage.reports.create(newReport("c"));
      await storage.log.append([{ ...entry("a", "body", 2), at: "2023-01-01T00:00:00.000Z" }]);
      await storage.reports.markDeleted("b", LATER);
      expect((await storage.reports.list()).map((report) => report.id)).toEqual(["a", "c"]);
      await storage.reports.markDeleted("b", null);
      expect(await storage.reports.list()).toHaveLength(3);
    });

    it("keeps people in the order in which they came and replaces by id", async () => {
      await storage.reports.putPeople("a", [{ id: "p2", name: "Hai", unit: "U", role: "delegate" }]);
      await storage.reports.putPeople("a", [{ id: "p1", name: "Một", unit: "U", role: "drafter" }]);
      await storage.reports.putPeople("a", [{ id: "p2", name: "Hai khác", unit: "", role: "reader" }]);
      expect((await storage.reports.people("a")).map((person) => person.name)).toEqual(["Chủ trì", "Hai khác", "Một"]);
    });

    it("renames the chair only where the chair bears the name", async () => {
      await storage.reports.create({
        ...newReport("b"),
        people: [{ id: "chair", name: "Khác", unit: "", role: "chair" }],
      });
      await storage.reports.putPeople("a", [{ id: "namesake", name: "Chủ trì", unit: "", role: "delegate" }]);
      await storage.reports.renameChair("Chủ trì", "Bà Mẫu");
      expect((await storage.reports.people("a")).map((person) => person.name)).toEqual(["Bà Mẫu", "Chủ trì"]);
      expect((await storage.reports.people("b")).map((person) => person.name)).toEqual(["Khác"]);
    });

    it("keeps rounds and their frozen versions", async () => {
      const version = {
        id: "v",
        name: "Dự thảo lần 1",
        createdAt: AT,
        createdBy: "chair",
        round: 1,
        bytes: Uint8Array.of(9),
      };
      const round = { number: 1, version: "v", openedAt: AT };
      await storage.reports.putRounds("a", [round], [version]);
      await storage.reports.putRounds("a", [{ ...round, closedAt: LATER }], []);
      expect(await storage.reports.rounds("a")).toEqual([{ ...round, closedAt: LATER }]);
      const { bytes, ...shown } = version;
      expect(await storage.reports.versions("a")).toEqual([shown]);
      expect((await storage.reports.version("a", "v"))?.bytes).toEqual(bytes);
      expect(await storage.reports.version("a", "w")).toBeNull();
      await storage.reports.renameVersion("a", "v", "Tên khác", LATER);
      await storage.reports.renameVersion("a", "w", "Không có", LATER);
      const renamed = { ...shown, name: "Tên khác", renamedAt: LATER };
      expect(await storage.reports.versions("a")).toEqual([renamed]);
      expect(await storage.reports.version("a", "v")).toEqual({ ...renamed, bytes });
    });

    it("gives the updates of a document in their order, and of no other", async () => {
      await Promise.all([2, 3, 4].map((byte) => storage.log.append([entry("a", "body", byte)])));
      await storage.log.append([entry("a", "notes/p", 7), entry("a", "notes/p", 8)]);
      const body = await storage.log.load({ report: "a", document: "body" });
      expect(body.updates.map((update) => update[0])).toEqual([1, 2, 3, 4]);
      const notes = await storage.log.load({ report: "a", document: "notes/p" });
      expect(notes.updates.map((update) => update[0])).toEqual([7, 8]);
      expect((await storage.log.load({ report: "a", document: "decisions" })).seq).toBe(0);
      const heads = await storage.log.heads("a");
      expect([...heads.keys()].toSorted()).toEqual(["body", "notes/p"]);
      expect(heads.get("notes/p")).toBe(notes.seq);
    });

    it("loses no entry because another in the same commit is bad", async () => {
      const results = await Promise.allSettled([
        storage.log.append([entry("a", "body", 2)]),
        storage.log.append([entry("nowhere", "body", 3)]),
        storage.log.append([entry("a", "body", 4)]),
      ]);
      expect(results.map((result) => result.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
      const body = await storage.log.load({ report: "a", document: "body" });
      expect(body.updates.map((update) => update[0])).toEqual([1, 2, 4]);
    });

    it("gives a client id to the first who claims it", async () => {
      await storage.log.append([entry("a", "body", 2, [10, 4294967295])]);
      await storage.log.claim({ report: "a", document: "body" }, 10, "other");
      await storage.log.claim({ report: "a", document: "body" }, 11, "other");
      await storage.log.claim({ report: "a", document: "notes/p" }, 10, "p");
      const { clients } = await storage.log.load({ report: "a", document: "body" });
      expect([...clients].toSorted(([a], [b]) => a - b)).toEqual([
        [10, "chair"],
        [11, "other"],
        [4294967295, "chair"],
      ]);
    });

    it("puts a snapshot in the place of the updates it holds, and of no later ones", async () => {
      await storage.log.append([entry("a", "body", 2)]);
      const key = { report: "a", document: "body" };
      const { seq } = await storage.log.load(key);
      await storage.log.append([entry("a", "body", 3)]);
      await storage.log.replace(key, seq, AT, Uint8Array.of(42));
      const after = await storage.log.load(key);
      expect(after.snapshot).toEqual(Uint8Array.of(42));
      expect(after.updates.map((update) => update[0])).toEqual([3]);
      expect(await storage.log.pending(key)).toBe(1);
      expect(after.seq).toBeGreaterThan(seq);
      await storage.log.replace(key, after.seq, AT, Uint8Array.of(43));
      const last = await storage.log.load(key);
      expect(last).toMatchObject({ updates: [], seq: after.seq });
      expect((await storage.log.heads("a")).get("body")).toBe(after.seq);
    });

    it("never puts an older snapshot in the place of a newer one", async () => {
      const key = { report: "a", document: "body" };
      await storage.log.append([entry("a", "body", 2)]);
      const older = await storage.log.load(key);
      await storage.log.append([entry("a", "body", 3)]);
      const newer = await storage.log.load(key);
      await storage.log.replace(key, newer.seq, AT, Uint8Array.of(43));
      await storage.log.replace(key, older.seq, AT, Uint8Array.of(42));
      expect(await storage.log.load(key)).toMatchObject({ snapshot: Uint8Array.of(43), updates: [], seq: newer.seq });
    });

    it("knows of a session the links that hold, last opened first", async () => {
      await storage.reports.putPeople("a", [{ id: "p", name: "P", unit: "", role: "delegate" }]);
      const link = (id: string, person: string | null) => ({
        token: `hash-${id}`,
        link: { id, report: person && "a", person, createdAt: AT, openedAt: null, revokedAt: null },
      });
      await storage.access.addLinks([link("chair", null), link("p", "p")]);
      expect(await storage.access.opened("s")).toEqual([]);
      await storage.access.open("s", "chair", AT);
      await storage.access.open("s", "p", AT);
      expect(await storage.access.opened("s")).toEqual([
        { link: "p", report: "a", person: "p", role: "delegate" },
        { link: "chair", report: null, person: null, role: "chair" },
      ]);
      await storage.access.open("s", "chair", LATER);
      expect((await storage.access.opened("s")).map((known) => known.link)).toEqual(["chair", "p"]);
      expect((await storage.access.linkOf("hash-p"))?.openedAt).toBe(AT);
      expect(await storage.access.revoke("a", "p", LATER)).toEqual(["p"]);
      expect(await storage.access.revoke("a", "p", LATER)).toEqual([]);
      expect((await storage.access.opened("s")).map((known) => known.link)).toEqual(["chair"]);
      await storage.access.endSession("s");
      expect(await storage.access.opened("s")).toEqual([]);
      expect(await storage.access.linkOf("hash-none")).toBeNull();
    });

    it("keeps the first value of a setting that is set once", async () => {
      expect(await storage.settingOnce("k", "1")).toBe("1");
      expect(await storage.settingOnce("k", "2")).toBe("1");
      await storage.changeSetting("k", "3");
      expect(await storage.setting("k")).toBe("3");
      expect(await storage.setting("other")).toBeNull();
    });

    it("commits what waits before it closes", async () => {
      const appended = storage.log.append([entry("a", "body", 5)]);
      await storage.close();
      await appended;
      storage = open();
    });
  });
}

conforms("SQLite in a file", () => {
  const path = join(temporaryFolder(), "test.sqlite");
  return () => openSqliteStorage(path);
});
conforms("SQLite in memory", () => () => openSqliteStorage(":memory:"));

it("synchronises every commit in full and leaves the file readable to others", async () => {
  const path = join(temporaryFolder(), "test.sqlite");
  const storage = openSqliteStorage(path);
  onTestFinished(() => storage.close());
  await storage.reports.create(newReport("a"));
  const reader = new DatabaseSync(path, { readOnly: true });
  expect(reader.prepare("pragma journal_mode").get()).toEqual({ journal_mode: "wal" });
  expect(reader.prepare("select count(*) as n from report").get()).toEqual({ n: 1 });
  reader.close();
});

it("brings a database of every earlier form forward with what is in it", async () => {
  for (const taken of MIGRATIONS.keys()) {
    const path = join(temporaryFolder(), "old.sqlite");
    const old = new DatabaseSync(path);
    for (const step of MIGRATIONS.slice(0, taken)) for (const statement of step) old.exec(statement);
    old.exec(`pragma user_version = ${taken}`);
    if (taken > 0) {
      old.exec(
        `insert into report (id, template, rule_set, sample, chair, created_at, changed_at, deleted_at) values ('a', '${JSON.stringify(TEMPLATE)}', 'r', 0, 'chair', '${AT}', '${AT}', null)`,
      );
      old.exec(`insert into version (report, id, name, created_at, created_by, bytes)
        values ('a', 'v', 'Bản cũ', '${AT}', 'chair', x'09')`);
    }
    old.close();
    const storage = openSqliteStorage(path);
    const versions = await storage.reports.versions("a");
    expect(versions).toEqual(taken > 0 ? [{ id: "v", name: "Bản cũ", createdAt: AT, createdBy: "chair" }] : []);
    await storage.close();
  }
});
