import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { expect, it } from "vitest";
import { slotText } from "#collab";
import { CLOSE } from "#protocol";
import { Intruder } from "../attacks/intruder.ts";
import { openHall } from "./support.ts";
import * as Y from "yjs";

it("acknowledges nothing that could not be stored, and gets it again from the client when it can be", async () => {
  const hall = await openHall();
  const name = `${hall.report}/body`;
  const line = hall.chair.line();
  const body = await line.document(name);
  const watcher = await hall.chair.line().document(name);

  const database = new DatabaseSync(join(hall.server.data, "tongket.sqlite"));
  database.exec("create trigger full before insert on log begin select raise(abort, 'disk full'); end");
  slotText(body.doc, "opening").insert(1, "Chưa lưu được.");
  expect(await line.closed).toEqual({ code: CLOSE.notStored, reason: "not-stored" });
  expect(body.provider.hasUnsyncedChanges).toBe(true);
  expect(slotText(watcher.doc, "opening").toJSON()).not.toContain("Chưa lưu được.");

  database.exec("drop trigger full");
  database.close();
  // The client comes back by itself and sends it again.
  await watcher.until(() => slotText(watcher.doc, "opening").toJSON().includes("Chưa lưu được."));
  await body.saved();
  expect(slotText(body.doc, "opening").toJSON().split("Chưa lưu được.").length).toBe(2);
});

it("says of each update whether it was stored, in order", async () => {
  const hall = await openHall();
  const name = `${hall.report}/body`;
  const raw = new Intruder(hall.chair);
  await raw.sit(name);
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  for (let i = 0; i < 40; i++) slotText(doc, "opening").insert(0, `${i} `);
  for (const update of updates) raw.update(name, update);
  await raw.until(() => raw.answers.length === updates.length);
  expect(raw.answers.every(Boolean)).toBe(true);
  const database = new DatabaseSync(join(hall.server.data, "tongket.sqlite"), { readOnly: true });
  const row: unknown = database.prepare("select count(*) as n from log where document = 'body'").get();
  database.close();
  expect(row).toEqual({ n: 41 });
});
