import { expect, it } from "vitest";
import { writeReportFile } from "#collab";
import { readBoard } from "#comments";
import type { CopyPreview, CopyRefusal, ErrorBody, FreshLink, TakenCopiesResponse } from "#protocol";
import { shippedCatalogue } from "../support/catalogue.ts";
import { makeCopies } from "../returned/copies.ts";
import type { MadeCopy } from "../returned/copies.ts";
import { makeWorld } from "../returned/world.ts";
import type { World } from "../returned/world.ts";
import { Browser, openServer } from "./support.ts";

interface Desk {
  readonly chair: Browser;
  readonly world: World;
  readonly copies: readonly MadeCopy[];
  invite(role: "drafter" | "delegate"): Promise<Browser>;
}

/** A server with the report of a world, and some copies that came back. */
async function openDesk(count: number): Promise<Desk> {
  const server = await openServer();
  const world = makeWorld(await shippedCatalogue(), 5);
  const copies = (await makeCopies(world, 5)).filter(({ way }) => way !== "office").slice(0, count);
  const chair = new Browser(server);
  await chair.open(server.chairLink);
  const created = await chair.fetch("/api/reports/import", {
    method: "POST",
    body: new Uint8Array(writeReportFile(world.file)),
  });
  expect(created.status).toBe(201);
  return {
    chair,
    world,
    copies,
    invite: async (role) => {
      const people = [{ role, name: `Người ${role}`, unit: "Tổ" }];
      const [fresh] = await chair.ask<FreshLink[]>("POST", "/api/reports/returned/people", { people }, 201);
      const browser = new Browser(server);
      await browser.open(fresh?.url ?? "");
      return browser;
    },
  };
}

async function upload(
  browser: Browser,
  { name, bytes }: Pick<MadeCopy, "name" | "bytes">,
): Promise<(CopyPreview | CopyRefusal)[]> {
  const path = `/api/reports/returned/returned?name=${encodeURIComponent(name)}`;
  const response = await browser.fetch(path, { method: "POST", body: new Uint8Array(bytes) });
  expect(response.status).toBe(200);
  return response.json();
}

function previews(found: readonly (CopyPreview | CopyRefusal)[]): CopyPreview[] {
  return found.flatMap((one) => ("error" in one ? [] : [one]));
}

function taking(found: readonly CopyPreview[]): unknown {
  return {
    copies: found.map(({ copy, read }) => ({
      copy,
      people: Object.fromEntries(read.authors.map(({ name, person }) => [name, person])),
    })),
  };
}

const CONFIRM = "/api/reports/returned/returned/confirm";

it("shows what copies bring and stores nothing, then takes them, once, into the notes of those who wrote them", async () => {
  const { chair, copies } = await openDesk(5);
  const before = readBoard((await chair.line().document("returned/board")).doc).length;
  const found = previews((await Promise.all(copies.map((copy) => upload(chair, copy)))).flat());
  expect(found.map(({ name }) => name)).toEqual(copies.map(({ name }) => name));
  expect(found.flatMap(({ fates }) => fates).every((fate) => fate === "new")).toBe(true);
  const board = await chair.line().document("returned/board");
  expect(readBoard(board.doc)).toHaveLength(before);

  const taken = await chair.ask<TakenCopiesResponse>("POST", CONFIRM, taking(found), 200);
  const said = copies.flatMap(({ expected }) => expected);
  expect(taken.copies.flatMap(({ fates }) => fates)).toHaveLength(said.length);
  await expect
    .poll(() => readBoard(board.doc).length)
    .toBe(before + said.filter(({ kind }) => kind !== "reply").length);
  for (const one of said) {
    if (one.kind !== "comment") continue;
    const record = readBoard(board.doc).find(({ comment }) => comment.text.endsWith(one.text));
    expect(record?.author.id).toBe(one.person);
  }
  const again = await chair.ask<TakenCopiesResponse>("POST", CONFIRM, taking(found), 200);
  expect(again.copies.flatMap(({ fates }) => fates).every((fate) => fate === "known")).toBe(true);
});

it("lets the author go on with what came from their copy", async () => {
  const { chair, copies } = await openDesk(1);
  const [copy] = copies;
  if (!copy) throw new Error("a copy was made");
  await chair.ask("POST", CONFIRM, taking(previews(await upload(chair, copy))), 200);
  const fresh = await chair.ask<FreshLink>("POST", `/api/reports/returned/people/${copy.person}/link`, {}, 201);
  const delegate = new Browser({ url: new URL(fresh.url).origin });
  await delegate.open(fresh.url);
  const notes = await delegate.line().document(`returned/notes/${copy.person}`);
  const map = notes.doc.getMap<{ text: string; withdrawn: boolean }>(`notes:${copy.person}`);
  const [key, comment] = [...map.entries()].find(([name]) => name.startsWith("c:w-")) ?? [];
  if (key === undefined || !comment) throw new Error("the notes hold what came back");
  map.set(key, { ...comment, withdrawn: true });
  await notes.saved();
});

it("tells which file is none, and takes nothing for who is not there or what it has let go", async () => {
  const { chair, copies, world } = await openDesk(1);
  const [refused] = await upload(chair, { name: "a.docx", bytes: new Uint8Array([1, 2, 3]) });
  expect(refused).toMatchObject({ name: "a.docx", error: { code: "word-not-word" } });
  const [copy] = copies;
  if (!copy) throw new Error("a copy was made");
  const [found] = previews(await upload(chair, copy));
  const people = { [found?.read.authors[0]?.name ?? ""]: "nobody" };
  expect(
    (await chair.ask<ErrorBody>("POST", CONFIRM, { copies: [{ copy: found?.copy, people }] }, 404)).error.code,
  ).toBe("person-missing");
  const gone = await chair.ask<ErrorBody>("POST", CONFIRM, { copies: [{ copy: "GONE", people: {} }] }, 409);
  expect(gone.error.code).toBe("copy-forgotten");
  expect(world.report.threads.length).toBeGreaterThan(0);
});

it("has the chair alone take copies of a round that is closed", async () => {
  const { chair, copies, invite } = await openDesk(2);
  const drafter = await invite("drafter");
  const delegate = await invite("delegate");
  const [first, second] = copies;
  if (!first || !second) throw new Error("copies were made");
  const found = previews(await upload(drafter, first));
  await drafter.ask("POST", CONFIRM, taking(found), 200);
  const denied = await delegate.fetch(`/api/reports/returned/returned?name=a`, {
    method: "POST",
    body: new Uint8Array(first.bytes),
  });
  expect(denied.status).toBe(403);
  await chair.ask("POST", "/api/reports/returned/rounds/1/close", {}, 200);
  const late = previews(await upload(drafter, second));
  expect(late.map(({ closed }) => closed)).toEqual([true]);
  expect((await drafter.ask<ErrorBody>("POST", CONFIRM, taking(late), 403)).error.code).toBe("copy-late");
  await chair.ask("POST", CONFIRM, taking(late), 200);
});
