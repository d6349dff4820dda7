import { unzipSync } from "fflate";
import { expect, it } from "vitest";
import type { OtherComment } from "#comments";
import { putComment } from "#comments";
import type { Audience, Comment } from "#model";
import type { Guest, Hall, OpenDocument } from "./support.ts";
import { openHall } from "./support.ts";

interface Scene {
  readonly hall: Hall;
  readonly an: Guest;
  readonly binh: Guest;
  readonly notes: OpenDocument;
}

async function openScene(): Promise<Scene> {
  const hall = await openHall();
  await hall.chair.ask("POST", `/api/reports/${hall.report}/rounds`, {}, 201);
  const [an, binh] = [await hall.invite("delegate", "Nguyễn Văn An"), await hall.invite("delegate", "Trần Thị Bình")];
  const notes = await an.browser.line().document(`${hall.report}/notes/${an.person.id}`);
  return { hall, an, binh, notes };
}

async function say({ an, notes }: Scene, id: string, audience: Exclude<Audience, "own"> | null): Promise<void> {
  const comment: Comment = {
    id,
    author: an.person.id,
    round: 1,
    target: { scope: "report" },
    kind: "other",
    text: `Lời ${id}`,
    createdAt: new Date().toISOString(),
    ...(audience === null ? {} : { audience }),
    withdrawn: false,
  };
  putComment(notes.doc, comment);
  await notes.saved();
}

const set = ({ hall }: Scene, audience: Audience): Promise<unknown> =>
  hall.chair.ask("PATCH", `/api/reports/${hall.report}/settings`, { audience }, 204);

const others = ({ hall, binh }: Scene): Promise<OtherComment[]> =>
  binh.browser.ask("GET", `/api/reports/${hall.report}/others`);

it("shows a delegate nobody else's comments until the chair sets it otherwise", async () => {
  const scene = await openScene();
  await say(scene, "c1", "all");
  expect((await scene.binh.browser.info(scene.hall.report)).audience).toBe("own");
  expect(await others(scene)).toEqual([]);
  const path = `/api/reports/${scene.hall.report}/settings`;
  for (const who of [scene.binh, await scene.hall.invite("drafter")]) {
    const answer = await who.browser.fetch(path, {
      method: "PATCH",
      body: JSON.stringify({ audience: "all" }),
      headers: { "content-type": "application/json" },
    });
    expect(answer.status).toBe(403);
  }
  await scene.hall.chair.ask("PATCH", path, { audience: "everybody" }, 400);
  expect(await others(scene)).toEqual([]);
});

it("shows what each author was told of, and takes it back at once when the setting is narrowed", async () => {
  const scene = await openScene();
  await say(scene, "quiet", null);
  await say(scene, "nameless", "unnamed");
  await say(scene, "open", "all");
  await set(scene, "all");
  const all = await others(scene);
  expect(new Map(all.map(({ text, by }) => [text, by?.name]))).toEqual(
    new Map([
      ["Lời nameless", undefined],
      ["Lời open", "Nguyễn Văn An"],
    ]),
  );
  await set(scene, "unnamed");
  const unnamed = await others(scene);
  expect(unnamed.map(({ text }) => text).toSorted()).toEqual(["Lời nameless", "Lời open"]);
  const told = JSON.stringify(unnamed);
  const telling = [scene.an.person.id, "Nguyễn", "Chi bộ Mẫu", '"open"', "createdAt"];
  for (const words of [...telling, ...all.map(({ id }) => id)]) expect(told).not.toContain(words);
  await set(scene, "own");
  expect(await others(scene)).toEqual([]);
});

it("puts nothing of others into the documents that a delegate may open", async () => {
  const scene = await openScene();
  await set(scene, "all");
  const { hall, binh } = scene;
  const board = await binh.browser.line().document(`${hall.report}/board/${binh.person.id}`);
  await say(scene, "open", "all");
  await hall.chair.line().document(`${hall.report}/board`);
  expect((await others(scene)).length).toBe(1);
  expect(board.doc.getMap("board").size).toBe(0);
});

it("tells the delegates' open pages, and theirs alone, that there is something new", async () => {
  const scene = await openScene();
  const { hall, binh } = scene;
  const own = await binh.browser.line().document(`${hall.report}/notes/${binh.person.id}`);
  const chair = await hall.chair.line().document(`${hall.report}/body`);
  await set(scene, "unnamed");
  await own.until(() => own.messages.some(({ type }) => type === "report-changed"));
  expect((await binh.browser.info(hall.report)).audience).toBe("unnamed");
  await say(scene, "c1", "unnamed");
  await own.until(() => own.messages.some(({ type }) => type === "others-changed"));
  expect(chair.messages.map(({ type }) => type)).not.toContain("others-changed");
});

it("keeps the setting in the report's file, and lets a file change none that is there", async () => {
  const scene = await openScene();
  const { hall } = scene;
  await set(scene, "unnamed");
  const path = `/api/reports/${hall.report}/archive`;
  const file = new Uint8Array(await (await hall.chair.fetch(path)).arrayBuffer());
  const manifest = new TextDecoder().decode(unzipSync(file)["manifest.json"]);
  expect(JSON.parse(manifest)).toMatchObject({ audience: "unnamed" });
  await set(scene, "own");
  await hall.chair.ask("POST", path, file, 204);
  expect((await hall.chair.info(hall.report)).audience).toBe("own");
  const elsewhere = await openHall();
  await elsewhere.chair.ask("POST", "/api/reports/import", file, 201);
  expect((await elsewhere.chair.info(hall.report)).audience).toBe("unnamed");
});
