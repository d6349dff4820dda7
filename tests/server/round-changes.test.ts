import { expect, it } from "vitest";
import { putComment, putStance, readBoardStances } from "#comments";
import type { Comment, Person, Round } from "#model";
import type { ErrorBody } from "#protocol";
import { Browser, openHall, openServer, temporaryFolder } from "./support.ts";

type Hall = Awaited<ReturnType<typeof openHall>>;

/** Enough for a request on the slowest machine, where a deadline has to be in the future when the server hears of it. */
const SHORTLY = 2_000;

const soon = (ms: number): string => new Date(Date.now() + ms).toISOString();

const change = (hall: Hall, body: unknown, status = 200, number = 1): Promise<Round> =>
  hall.chair.ask("PATCH", `/api/reports/${hall.report}/rounds/${number}`, body, status);

async function refusal(hall: Hall, body: unknown, number = 1): Promise<string> {
  const response = await hall.chair.fetch(`/api/reports/${hall.report}/rounds/${number}`, {
    method: "PATCH",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  const { error }: ErrorBody = await response.json();
  return `${response.status} ${error.code}`;
}

function comment(person: Person, id: string, more: Partial<Comment> = {}): Comment {
  return {
    id,
    author: person.id,
    round: 1,
    target: { scope: "report" },
    kind: "other",
    text: "Đồng chí cho rõ hơn.",
    createdAt: new Date().toISOString(),
    withdrawn: false,
    ...more,
  };
}

it("pauses and resumes a round; asking for what is so already changes nothing", async () => {
  const hall = await openHall();
  await hall.chair.ask("POST", `/api/reports/${hall.report}/rounds`, {}, 201);
  const paused = await change(hall, { change: "pause" });
  expect(paused.pausedAt).toBeDefined();
  expect(await change(hall, { change: "pause" })).toEqual(paused);
  const resumed = await change(hall, { change: "resume" });
  expect(resumed.pausedAt).toBeUndefined();
  expect(await change(hall, { change: "resume" })).toEqual(resumed);
  await hall.chair.ask("POST", `/api/reports/${hall.report}/rounds/1/close`, undefined, 200);
  expect(await refusal(hall, { change: "pause" })).toBe("409 round-already-closed");
  expect(await refusal(hall, { change: "resume" })).toBe("409 round-already-closed");
  expect(await refusal(hall, { change: "pause" }, 7)).toBe("404 round-missing");
  expect(await refusal(hall, { change: "burn" })).toBe("400 request-invalid");
});

it("is the chair's alone to change a round", async () => {
  const hall = await openHall();
  const drafter = await hall.invite("drafter");
  await hall.chair.ask("POST", `/api/reports/${hall.report}/rounds`, {}, 201);
  await drafter.browser.ask("PATCH", `/api/reports/${hall.report}/rounds/1`, { change: "pause" }, 403);
});

it("takes no deadline that has passed, and moves or drops one of an open round", async () => {
  const hall = await openHall();
  const path = `/api/reports/${hall.report}/rounds`;
  await hall.chair.ask("POST", path, { deadline: soon(-1000) }, 400);
  await hall.chair.ask("POST", path, { deadline: soon(60_000) }, 201);
  expect(await refusal(hall, { change: "deadline", deadline: soon(-1) })).toBe("400 deadline-past");
  const moved = soon(120_000);
  expect((await change(hall, { change: "deadline", deadline: moved })).deadline).toBe(moved);
  expect((await change(hall, { change: "deadline" })).deadline).toBeUndefined();
});

it("closes a round at its deadline by itself, tells everybody, and opens it again with another", async () => {
  const hall = await openHall();
  const delegate = await hall.invite("delegate");
  const notes = await delegate.browser.line().document(`${hall.report}/notes/${delegate.person.id}`);
  const deadline = soon(SHORTLY);
  await hall.chair.ask("POST", `/api/reports/${hall.report}/rounds`, { deadline }, 201);
  await notes.until(() => notes.messages.length === 2);
  const [round] = (await delegate.browser.info(hall.report)).rounds;
  expect(round).toMatchObject({ closedAt: deadline, deadline });

  const until = soon(60_000);
  const again = await change(hall, { change: "reopen", deadline: until });
  expect(again).toMatchObject({ number: 1, deadline: until });
  expect(again.closedAt).toBeUndefined();
  expect(await refusal(hall, { change: "reopen" })).toBe("409 round-open");
});

it("opens only the last round again", async () => {
  const hall = await openHall();
  const path = `/api/reports/${hall.report}/rounds`;
  for (const number of [1, 2]) {
    await hall.chair.ask("POST", path, {}, 201);
    await hall.chair.ask("POST", `${path}/${number}/close`, undefined, 200);
  }
  expect(await refusal(hall, { change: "reopen" }, 1)).toBe("409 round-not-last");
  expect((await change(hall, { change: "reopen" }, 200, 2)).closedAt).toBeUndefined();
});

it("closes at the start what came due while no server ran", async () => {
  const data = temporaryFolder();
  const hall = await openHall({ data });
  const deadline = soon(SHORTLY);
  await hall.chair.ask("POST", `/api/reports/${hall.report}/rounds`, { deadline }, 201);
  await hall.server.close();
  await expect.poll(() => Date.now(), { timeout: 60_000 }).toBeGreaterThan(Date.parse(deadline));
  const server = await openServer({ data });
  const chair = new Browser(server);
  await chair.open(server.chairLink);
  expect((await chair.info(hall.report)).rounds).toMatchObject([{ number: 1, closedAt: deadline }]);
});

it("refuses comments in a paused and in a closed round, and takes late ones where the chair says so", async () => {
  const hall = await openHall();
  const [binh, chi] = [await hall.invite("delegate"), await hall.invite("delegate")];
  const write = async (who: typeof binh, id: string, more: Partial<Comment> = {}): Promise<string> => {
    const line = who.browser.line();
    const notes = await line.document(`${hall.report}/notes/${who.person.id}`);
    putComment(notes.doc, comment(who.person, id, more));
    const verdict = await Promise.race([notes.saved().then(() => "taken"), line.closed.then(({ reason }) => reason)]);
    line.end();
    return verdict;
  };
  await hall.chair.ask("POST", `/api/reports/${hall.report}/rounds`, {}, 201);
  await change(hall, { change: "pause" });
  expect(await write(binh, "b1")).toBe("round-closed");
  await change(hall, { change: "resume" });
  expect(await write(binh, "b2")).toBe("taken");
  await hall.chair.ask("POST", `/api/reports/${hall.report}/rounds/1/close`, undefined, 200);
  expect(await write(binh, "b3", { late: true })).toBe("round-closed");

  const taken = await change(hall, { change: "late", late: [binh.person.id, "nobody"] });
  expect(taken.late).toEqual([binh.person.id]);
  expect((await binh.browser.info(hall.report)).rounds[0]?.late).toEqual([binh.person.id]);
  expect((await chi.browser.info(hall.report)).rounds[0]?.late).toBeUndefined();
  expect(await write(binh, "b4")).toBe("round-closed");
  expect(await write(binh, "b5", { late: true })).toBe("taken");
  expect(await write(chi, "c1", { late: true })).toBe("round-closed");
  await change(hall, { change: "late", late: ["*"] });
  expect(await write(chi, "c2", { late: true })).toBe("taken");
  expect((await change(hall, { change: "late", late: [] })).late).toBeUndefined();
  expect(await write(chi, "c3", { late: true })).toBe("round-closed");
});

it("shows on the committee's board, and on nobody else's, what a delegate declares of a round", async () => {
  const hall = await openHall();
  const drafter = await hall.invite("drafter");
  const [binh, chi] = [await hall.invite("delegate"), await hall.invite("delegate")];
  await hall.chair.ask("POST", `/api/reports/${hall.report}/rounds`, {}, 201);
  const board = await drafter.browser.line().document(`${hall.report}/board`);
  const theirs = await chi.browser.line().document(`${hall.report}/board/${chi.person.id}`);
  const notes = await binh.browser.line().document(`${hall.report}/notes/${binh.person.id}`);
  const stance = {
    author: binh.person.id,
    round: 1,
    agrees: true,
    voice: { unit: "Chi bộ 3", people: 24 },
    createdAt: new Date().toISOString(),
  };
  putStance(notes.doc, stance);
  await notes.saved();
  await board.until(() => readBoardStances(board.doc).length === 1);
  expect(readBoardStances(board.doc)).toEqual([stance]);
  putStance(notes.doc, { ...stance, agrees: false });
  await board.until(() => readBoardStances(board.doc)[0]?.agrees === false);
  expect(readBoardStances(theirs.doc)).toEqual([]);
});
