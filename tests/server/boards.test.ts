import { expect, it } from "vitest";
import * as Y from "yjs";
import { proposeDecision, putComment, putReply, readBoard, validateDecision } from "#comments";
import type { Comment } from "#model";
import type { PersonRow, ReportSummary } from "#protocol";
import type { Guest, Hall, OpenDocument } from "./support.ts";
import { Browser, openHall, openServer } from "./support.ts";

const AT = new Date().toISOString();

function comment(author: string, id: string): Comment {
  return {
    id,
    author,
    round: 1,
    target: { scope: "report" },
    kind: "other",
    text: `Ý kiến ${id}`,
    createdAt: AT,
    withdrawn: false,
  };
}

async function openRoundHall(): Promise<Hall> {
  const hall = await openHall();
  await hall.chair.ask("POST", `/api/reports/${hall.report}/rounds`, {}, 201);
  return hall;
}

function notesOf(hall: Hall, guest: Guest): Promise<OpenDocument> {
  return guest.browser.line().document(`${hall.report}/notes/${guest.person.id}`);
}

function idsOn(board: OpenDocument): string[] {
  return readBoard(board.doc).map((record) => record.comment.id);
}

it("shows the committee every comment, and each delegate only what is theirs to see", async () => {
  const hall = await openRoundHall();
  const [one, two, drafter] = [
    await hall.invite("delegate", "Đại biểu Một"),
    await hall.invite("delegate", "Đại biểu Hai"),
    await hall.invite("drafter", "Thư ký"),
  ];
  const board = await drafter.browser.line().document(`${hall.report}/board`);
  const ownBoard = await one.browser.line().document(`${hall.report}/board/${one.person.id}`);
  const [notesOne, notesTwo] = [await notesOf(hall, one), await notesOf(hall, two)];
  putComment(notesOne.doc, comment(one.person.id, "c1"));
  putComment(notesTwo.doc, comment(two.person.id, "c2"));
  await board.until(() => idsOn(board).length === 2);
  expect(
    readBoard(board.doc)
      .map(({ author }) => author.name)
      .toSorted(),
  ).toEqual(["Đại biểu Hai", "Đại biểu Một"]);
  await ownBoard.until(() => idsOn(ownBoard).length === 1);
  expect(idsOn(ownBoard)).toEqual(["c1"]);

  const reply = {
    id: "r1",
    comment: "c1",
    author: drafter.person.id,
    text: "Cảm ơn.",
    createdAt: AT,
    withdrawn: false,
  };
  putReply((await notesOf(hall, drafter)).doc, reply);
  await ownBoard.until(() => readBoard(ownBoard.doc)[0]?.replies.length === 1);

  const decisions = await drafter.browser.line().document(`${hall.report}/decisions`);
  proposeDecision(
    decisions.doc,
    { comment: "c1", outcome: "keep", response: "Giữ như dự thảo." },
    drafter.person.id,
    AT,
  );
  await board.until(() => readBoard(board.doc).some((record) => record.decision !== null));
  expect(readBoard(ownBoard.doc)[0]?.decision).toBeNull();
  const chairDecisions = await hall.chair.line().document(`${hall.report}/decisions`);
  validateDecision(chairDecisions.doc, "c1", (await hall.chair.info(hall.report)).me.id, AT);
  await ownBoard.until(() => readBoard(ownBoard.doc)[0]?.decision?.response === "Giữ như dự thảo.");

  const [summary] = await hall.chair.ask<ReportSummary[]>("GET", "/api/reports");
  expect(summary?.comments).toEqual({ open: 1, total: 2 });
  const rows = await hall.chair.ask<PersonRow[]>("GET", `/api/reports/${hall.report}/people`);
  expect(rows.find((row) => row.person.id === one.person.id)?.comments).toBe(1);
});

it("shows on a board opened later, or after a kill, all that was written before", async () => {
  const hall = await openRoundHall();
  const delegate = await hall.invite("delegate");
  const notes = await notesOf(hall, delegate);
  putComment(notes.doc, comment(delegate.person.id, "c1"));
  await notes.saved();
  const first = await hall.chair.line().document(`${hall.report}/board`);
  expect(idsOn(first)).toEqual(["c1"]);
  first.provider.destroy();
  putComment(notes.doc, comment(delegate.person.id, "c2"));
  await notes.saved();
  await hall.server.close();

  const again = await openServer({ data: hall.server.data });
  const chair = new Browser(again);
  chair.cookie = hall.chair.cookie;
  // The copy that this device kept is brought forward, not doubled.
  const board = await chair.line().document(`${hall.report}/board`, first.doc);
  expect(idsOn(board)).toEqual(["c1", "c2"]);
});

it("loses no comment of many people who write at once", async () => {
  const hall = await openRoundHall();
  const board = await hall.chair.line().document(`${hall.report}/board`);
  const guests = await Promise.all(Array.from({ length: 12 }, (_, i) => hall.invite("delegate", `Đại biểu ${i}`)));
  const open = await Promise.all(guests.map((guest) => notesOf(hall, guest)));
  for (let turn = 0; turn < 5; turn++) {
    for (const [i, notes] of open.entries()) {
      putComment(notes.doc, comment(guests[i]?.person.id ?? "", `c${i}-${turn}`));
    }
  }
  await board.until(() => idsOn(board).length === 60);
  const wanted = open.flatMap((_, i) => Array.from({ length: 5 }, (_, turn) => `c${i}-${turn}`));
  expect(idsOn(board).toSorted()).toEqual(wanted.toSorted());
});

it("follows the name of a person", async () => {
  const hall = await openRoundHall();
  const me = (await hall.chair.info(hall.report)).me;
  const notes = await hall.chair.line().document(`${hall.report}/notes/${me.id}`);
  putComment(notes.doc, comment(me.id, "c1"));
  const board = await hall.chair.line().document(`${hall.report}/board`);
  await board.until(() => idsOn(board).length === 1);
  await hall.chair.ask("PATCH", "/api/chair", { name: "Tên mới" });
  await board.until(() => readBoard(board.doc)[0]?.author.name === "Tên mới");
  expect(Y.encodeStateVector(board.doc).length).toBeGreaterThan(1);
});
