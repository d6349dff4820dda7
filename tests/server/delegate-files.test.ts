import { expect, it } from "vitest";
import * as Y from "yjs";
import { slotText } from "#collab";
import type { LeftOut } from "#comments";
import { putComment, readBoard } from "#comments";
import type { ErrorBody } from "#protocol";
import { ownFile } from "../../src/client/delegate/own-file.ts";
import type { Guest, Hall } from "./support.ts";
import { openHall } from "./support.ts";

/** What a delegate's device saves: the frozen draft and one's own notes, with what `edit` does to either. */
async function savedBy(hall: Hall, guest: Guest, edit: (notes: Y.Doc, body: Y.Doc) => void): Promise<Uint8Array> {
  const info = await guest.browser.info(hall.report);
  const round = info.rounds.at(-1);
  if (!round) throw new Error("no round");
  const frozen = await guest.browser.fetch(`/api/reports/${hall.report}/versions/${round.version}`);
  const body = new Y.Doc();
  Y.applyUpdate(body, new Uint8Array(await frozen.arrayBuffer()));
  const notes = new Y.Doc();
  edit(notes, body);
  return ownFile(info, round, body, notes);
}

function say(author: string, id: string, text = "Viết khi không có mạng.") {
  return (notes: Y.Doc): void =>
    putComment(notes, {
      id,
      author,
      round: 1,
      target: { scope: "report" },
      kind: "other",
      text,
      createdAt: new Date().toISOString(),
      withdrawn: false,
    });
}

const merge = (hall: Hall, file: Uint8Array, query = ""): Promise<Response> =>
  hall.chair.fetch(`/api/reports/${hall.report}/archive${query}`, {
    method: "POST",
    body: new Blob([new Uint8Array(file)]),
    headers: { "content-type": "application/octet-stream" },
  });

it("takes delegates' files in any order, twice, also after the round, and shows their comments at once", async () => {
  const hall = await openHall();
  await hall.chair.ask("POST", `/api/reports/${hall.report}/rounds`, {}, 201);
  const guests = await Promise.all(Array.from({ length: 4 }, (_, n) => hall.invite("delegate", `Đại biểu ${n}`)));
  const files = await Promise.all(guests.map((guest, n) => savedBy(hall, guest, say(guest.person.id, `c${n}`))));
  await hall.chair.ask("POST", `/api/reports/${hall.report}/rounds/1/close`, {}, 200);
  const board = await hall.chair.line().document(`${hall.report}/board`);
  for (const file of [...files.toReversed(), ...files]) expect((await merge(hall, file)).status).toBe(204);
  await board.until(() => board.doc.getMap("board").size === 4);
  expect(readBoard(board.doc).map(({ author }) => author.name)).toEqual(
    expect.arrayContaining(["Đại biểu 0", "Đại biểu 3"]),
  );
});

it("takes from a delegate's file that person's notes alone, and says what was left out", async () => {
  const hall = await openHall();
  await hall.chair.ask("POST", `/api/reports/${hall.report}/rounds`, {}, 201);
  const guest = await hall.invite("delegate", "Đại biểu Xa");
  const file = await savedBy(hall, guest, (notes, body) => {
    say(guest.person.id, "own")(notes);
    slotText(body, "opening").insert(1, "Tự sửa.");
  });
  const answer = await merge(hall, file);
  expect(answer.status).toBe(200);
  const { leftOut }: { leftOut: LeftOut[] } = await answer.json();
  expect(leftOut).toEqual([{ what: "body", who: "Đại biểu Xa" }]);
  const body = await hall.chair.line().document(`${hall.report}/body`);
  expect(slotText(body.doc, "opening").toJSON()).not.toContain("Tự sửa.");
  // The chair may take it all the same.
  expect((await merge(hall, file, "?take=all")).status).toBe(204);
  await body.until(() => slotText(body.doc, "opening").toJSON().includes("Tự sửa."));
});

it("holds nothing of anybody else in a delegate's file, and makes no report of it", async () => {
  const hall = await openHall();
  await hall.chair.ask("POST", `/api/reports/${hall.report}/rounds`, {}, 201);
  const [an, binh] = [await hall.invite("delegate", "Nguyễn Văn An"), await hall.invite("delegate", "Trần Thị Bình")];
  const notes = await an.browser.line().document(`${hall.report}/notes/${an.person.id}`);
  say(an.person.id, "a", "Lời riêng của An.")(notes.doc);
  await notes.saved();
  const file = await savedBy(hall, binh, say(binh.person.id, "b"));
  const elsewhere = await openHall();
  const response = await elsewhere.chair.fetch("/api/reports/import", {
    method: "POST",
    body: new Blob([new Uint8Array(file)]),
    headers: { "content-type": "application/octet-stream" },
  });
  expect(response.status).toBe(409);
  const { error }: ErrorBody = await response.json();
  expect(error).toMatchObject({ code: "file-of-delegate", details: { who: "Trần Thị Bình" } });
  expect(Buffer.from(file).includes(an.person.id)).toBe(false);
});
