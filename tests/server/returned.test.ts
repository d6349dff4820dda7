import { zipSync } from "fflate";
import { expect, it } from "vitest";
import { writeReportFile } from "#collab";
import { readBoard } from "#comments";
import type { CopyPreview, CopyRefusal, ErrorBody, FreshLink, TakenCopiesResponse } from "#protocol";
import { shippedCatalogue } from "../support/catalogue.ts";
import { makeCopies } from "../returned/copies.ts";
import type { MadeCopy } from "../returned/copies.ts";
import { editionsOf } from "../returned/editions.ts";
import { makeWorld, withSecondRound } from "../returned/world.ts";
import type { World } from "../returned/world.ts";
import { random } from "../support/random.ts";
import { Browser, openServer } from "./support.ts";

interface Desk {
  readonly chair: Browser;
  readonly world: World;
  readonly copies: readonly MadeCopy[];
  invite(role: "drafter" | "delegate"): Promise<Browser>;
}

/** A server with the report of a world, and some copies that came back. */
async function openDesk(count: number, how: { closedAt?: string; second?: boolean } = {}): Promise<Desk> {
  const server = await openServer();
  const world = makeWorld(await shippedCatalogue(), 5, how.closedAt === undefined ? {} : { closedAt: how.closedAt });
  const copies = (await makeCopies(world, 5)).filter(({ way }) => way !== "office").slice(0, count);
  const chair = new Browser(server);
  await chair.open(server.chairLink);
  const created = await chair.fetch("/api/reports/import", {
    method: "POST",
    body: new Uint8Array(writeReportFile(how.second ? withSecondRound(world) : world.file)),
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
  query: Record<string, string> = {},
): Promise<(CopyPreview | CopyRefusal)[]> {
  const path = `/api/reports/returned/returned?${String(new URLSearchParams({ name, ...query }))}`;
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

const PREVIEW = "/api/reports/returned/returned/preview";

it("says of copies all together what would become of them, and of an older one that it says nothing new", async () => {
  const { chair, copies } = await openDesk(2);
  const editions = copies.flatMap((copy) => editionsOf(copy, random(1)) ?? []);
  const files = editions.flatMap(({ later, earlier }) => [later, earlier]);
  const found = previews((await Promise.all(files.map((file) => upload(chair, file)))).flat());
  const before = readBoard((await chair.line().document("returned/board")).doc).length;
  // The older ones come first: they are new, and the newer ones change them.
  const all = await chair.ask<TakenCopiesResponse>("POST", PREVIEW, taking(found), 200);
  expect(all.copies.map(({ fates }) => fates.filter((fate) => fate === "new").length > 3)).toEqual(
    files.map(({ name }) => name.startsWith("trước-")),
  );
  expect(readBoard((await chair.line().document("returned/board")).doc)).toHaveLength(before);
  const newer = found.filter(({ name }) => !name.startsWith("trước-"));
  await chair.ask("POST", CONFIRM, taking(newer), 200);
  const older = previews((await Promise.all(editions.map(({ earlier }) => upload(chair, earlier)))).flat());
  const fates = new Set(older.flatMap((one) => one.fates));
  expect(fates).toEqual(new Set(["known", "older"]));
});

it("reads a copy that does not name its round beside the draft it is nearest to, or that which is asked for", async () => {
  const { chair, copies } = await openDesk(6, { second: true });
  const nameless = copies.find(({ way }) => way === "no-ids");
  const named = copies.find(({ way }) => way === "word");
  if (!nameless || !named) throw new Error("both were made");
  const [guessed] = previews(await upload(chair, nameless));
  expect(guessed).toMatchObject({ round: 1, roundBy: "words", closed: true });
  const [asked] = previews(await upload(chair, nameless, { round: "2" }));
  expect(asked).toMatchObject({ round: 2, roundBy: "asked", closed: false });
  // Beside the other draft, what that draft has put in since is a change.
  expect(asked?.read.remarks.length).toBeGreaterThan(guessed?.read.remarks.length ?? 0);
  expect(previews(await upload(chair, named, { round: "2" }))[0]).toMatchObject({ round: 1, roundBy: "file" });
  const archive = zipSync({ "một.docx": nameless.bytes, "hai.docx": named.bytes });
  const both = previews(await upload(chair, { name: "cả.zip", bytes: archive }));
  expect(both.map(({ name }) => name).toSorted()).toEqual(["cả.zip/hai.docx", "cả.zip/một.docx"]);
  const one = await upload(chair, { name: "cả.zip", bytes: archive }, { only: "cả.zip/một.docx", round: "2" });
  expect(one).toMatchObject([{ name: "cả.zip/một.docx", round: 2, roundBy: "asked" }]);
  const [missing] = await upload(chair, nameless, { round: "3" });
  expect(missing).toMatchObject({ error: { code: "round-missing" } });
  await chair.ask("POST", CONFIRM, taking(asked ? [asked] : []), 200);
  const board = await chair.line().document("returned/board");
  const text = nameless.expected.flatMap((each) => (each.kind === "comment" ? [each.text] : []))[0] ?? "";
  await expect
    .poll(() => readBoard(board.doc).find(({ comment }) => comment.text.endsWith(text))?.comment.round)
    .toBe(2);
});

it("marks as late what was written after the round was closed, and that alone", async () => {
  // Comments are made from 09:10 to 09:49 on a clock in Vietnam.
  const closedAt = "2022-01-05T02:30:00.000Z";
  const { chair, copies } = await openDesk(6, { closedAt });
  const found = previews((await Promise.all(copies.map((copy) => upload(chair, copy)))).flat());
  expect(found.every(({ closed }) => closed)).toBe(true);
  const written = (one: CopyPreview): number =>
    one.read.remarks.filter(({ source, at }) => source === "comment" && at > closedAt).length;
  expect(found.some((one) => written(one) > 0)).toBe(true);
  expect(found.some((one) => written(one) === 0)).toBe(true);
  for (const one of found) expect(one.late).toBeGreaterThanOrEqual(written(one));
  const taken = await chair.ask<TakenCopiesResponse>("POST", CONFIRM, taking(found), 200);
  expect(taken.copies.map(({ late }) => late)).toEqual(found.map(({ late }) => late));
  const board = await chair.line().document("returned/board");
  const late = found.reduce((sum, one) => sum + one.late, 0);
  await expect.poll(() => readBoard(board.doc).filter(({ comment }) => comment.late).length).toBe(late);
  for (const { comment } of readBoard(board.doc)) expect(comment.late ?? false).toBe(comment.createdAt > closedAt);
  const again = await chair.ask<TakenCopiesResponse>("POST", CONFIRM, taking(found), 200);
  expect(again.copies.every((one) => one.late === 0)).toBe(true);
});
