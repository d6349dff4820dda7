import { expect, it } from "vitest";
import * as Y from "yjs";
import type { Round } from "#model";
import { openHall } from "./support.ts";

it("freezes the draft under its name when a round opens", async () => {
  const hall = await openHall();
  const drafter = await hall.invite("drafter");
  const delegate = await hall.invite("delegate");
  const body = await drafter.browser.line().document(`${hall.report}/body`);
  const text = body.doc.getText("slot:opening");
  text.insert(1, "Bản gửi đại biểu.");
  await body.saved();

  const deadline = "2099-01-20T10:00:00Z";
  const round = await hall.chair.ask<Round>("POST", `/api/reports/${hall.report}/rounds`, { deadline }, 201);
  expect(round).toMatchObject({ number: 1, deadline: "2099-01-20T10:00:00.000Z" });
  text.insert(1, "Sửa sau khi gửi. ");
  await body.saved();

  const info = await delegate.browser.info(hall.report);
  expect(info.rounds).toEqual([round]);
  expect(info.versions).toMatchObject([{ id: round.version, name: "Dự thảo lần 1", round: 1 }]);
  const response = await delegate.browser.fetch(`/api/reports/${hall.report}/versions/${round.version}`);
  expect(response.headers.get("content-type")).toBe("application/octet-stream");
  const frozen = new Y.Doc();
  Y.applyUpdate(frozen, new Uint8Array(await response.arrayBuffer()));
  const sent = frozen.getText("slot:opening").toJSON();
  expect(sent).toContain("Bản gửi đại biểu.");
  expect(sent).not.toContain("Sửa sau");
});

it("has at most one round open, whoever asks at once", async () => {
  const hall = await openHall();
  const path = `/api/reports/${hall.report}/rounds`;
  const statuses = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const headers = { "content-type": "application/json" };
      return (await hall.chair.fetch(path, { method: "POST", body: "{}", headers })).status;
    }),
  );
  expect(statuses.toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409, 409]);
  const closed = await hall.chair.ask<Round>("POST", `${path}/1/close`, undefined, 200);
  expect(closed.closedAt).toBeDefined();
  await hall.chair.ask("POST", `${path}/1/close`, {}, 409);
  await hall.chair.ask("POST", `${path}/9/close`, {}, 404);
  const second = await hall.chair.ask<Round>("POST", path, {}, 201);
  expect(second.number).toBe(2);
});

it("tells everybody in the report, once per socket, that it has changed", async () => {
  const hall = await openHall();
  const drafter = await hall.invite("drafter");
  const delegate = await hall.invite("delegate");
  const line = drafter.browser.line();
  const body = await line.document(`${hall.report}/body`);
  const notes = await line.document(`${hall.report}/notes/${drafter.person.id}`);
  const theirs = await delegate.browser.line().document(`${hall.report}/notes/${delegate.person.id}`);
  await hall.chair.ask("POST", `/api/reports/${hall.report}/rounds`, {}, 201);
  await theirs.until(() => theirs.messages.length > 0);
  expect(theirs.messages).toEqual([{ type: "report-changed" }]);
  await body.until(() => body.messages.length + notes.messages.length > 0);
  expect([...body.messages, ...notes.messages]).toEqual([{ type: "report-changed" }]);
});
