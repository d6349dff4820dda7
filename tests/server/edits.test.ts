import { expect, it } from "vitest";
import type { Round } from "#model";
import type { Edit } from "#protocol";
import { readSlot } from "#collab";
import { stepsOf } from "../../src/server/sync/edit-trail.ts";
import { openHall } from "./support.ts";

it("tells who changed a block since the draft, and when", async () => {
  const hall = await openHall();
  const [ann, binh] = [await hall.invite("drafter"), await hall.invite("drafter")];
  const hers = await ann.browser.line().document(`${hall.report}/body`);
  const text = hers.doc.getText("slot:opening");
  text.insert(1, "Năm qua cơ quan làm tốt.", {});
  text.insert(text.length, "\n", { b: { id: "sau", kind: "paragraph", level: 0 } });
  text.insert(text.length, "Câu sau.", { b: null });
  await hers.saved();
  const round = await hall.chair.ask<Round>("POST", `/api/reports/${hall.report}/rounds`, {}, 201);
  const [first, second] = readSlot(text).map(({ id }) => id);
  const place = (block = ""): { slot: string; block: string }[] => [{ slot: "opening", block }];
  const ask = (block?: string): Promise<Edit[]> =>
    hall.chair.ask<Edit[]>(
      "POST",
      `/api/reports/${hall.report}/edits`,
      { since: round.version, before: place(block), after: place(block) },
      200,
    );
  expect(await ask(first)).toEqual([]);

  text.delete(1, 4);
  text.insert(1, "Sáu chữ mới ", {});
  await hers.saved();
  const his = await binh.browser.line().document(`${hall.report}/body`);
  await his.until(() => his.doc.getText("slot:opening").toJSON().includes("Sáu chữ mới"));
  his.doc.getText("slot:opening").insert(13, "ba ", {});
  await his.saved();

  const size = ({ person, inserted, deleted }: Edit): unknown => [person, inserted, deleted];
  const told = await ask(first);
  expect(told.map(size)).toEqual(
    expect.arrayContaining([
      [binh.person.id, 3, 0],
      [ann.person.id, 12, 4],
    ]),
  );
  expect(told.every(({ from, until }) => from !== undefined && until !== undefined)).toBe(true);
  expect(await ask(second)).toEqual([]);
});

it("is told to the committee alone, and of versions that there are", async () => {
  const hall = await openHall();
  const delegate = await hall.invite("delegate");
  const path = `/api/reports/${hall.report}/edits`;
  const request = { since: "none", before: [], after: [] };
  await delegate.browser.ask("POST", path, request, 403);
  await hall.chair.ask("POST", path, request, 404);
});

it("makes one step of what a person wrote without a long pause, whoever wrote in between", () => {
  const bytes = new Uint8Array([0, 0]);
  const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 8, minute)).toISOString();
  const steps = stepsOf([
    { person: "a", at: at(0), bytes },
    { person: "b", at: at(2), bytes },
    { person: "a", at: at(9), bytes },
    { person: "a", at: at(30), bytes },
  ]);
  expect(steps.map(({ person, from, until }) => [person, from, until])).toEqual([
    ["a", at(0), at(9)],
    ["b", at(2), at(2)],
    ["a", at(30), at(30)],
  ]);
});
