import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { editedBetween, editedBy, joinedRuns, overlapOf, slotText } from "#collab";
import { markerAttributes } from "../../src/collab/slot.ts";

function written(): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const text = slotText(doc, "a");
  text.insert(0, "\n", markerAttributes("p1", "paragraph", 0));
  text.insert(1, "một hai", {});
  text.insert(8, "\n", markerAttributes("p2", "paragraph", 0));
  text.insert(9, "ba bốn", {});
  return doc;
}

/** The text that runs stand for, of a document that never forgets. */
function spelled(doc: Y.Doc, runs: readonly { client: number; clock: number; length: number }[]): string {
  const letters = new Map<string, string>();
  for (let item = slotText(doc, "a")._start; item !== null; item = item.right) {
    if (!(item.content instanceof Y.ContentString)) continue;
    const { client, clock } = item.id;
    item.content.str.split("").forEach((letter, i) => letters.set(`${client}:${clock + i}`, letter));
  }
  return runs
    .flatMap(({ client, clock, length }) =>
      Array.from({ length }, (_, i) => letters.get(`${client}:${clock + i}`) ?? ""),
    )
    .join("");
}

describe("what was edited", () => {
  it("is known of an update by what it puts in and takes out", () => {
    const doc = written();
    const updates: Uint8Array[] = [];
    doc.on("update", (update) => void updates.push(update));
    slotText(doc, "a").delete(1, 3);
    slotText(doc, "a").insert(1, "bốn");
    const [taken, put] = updates.map((update) => editedBy(update));
    expect(taken?.inserted).toEqual([]);
    expect(taken?.deleted.map(({ length }) => length)).toEqual([3]);
    expect(put?.inserted.map(({ client, length }) => [client, length])).toEqual([[1, 3]]);
    expect(put?.deleted).toEqual([]);
  });

  it("is told of the blocks one asks for alone, of what was put in and of what is gone", () => {
    const before = written();
    const now = new Y.Doc({ gc: false });
    now.clientID = 2;
    Y.applyUpdate(now, Y.encodeStateAsUpdate(before));
    const text = slotText(now, "a");
    text.delete(5, 3);
    text.insert(5, "tám", {});
    text.insert(text.length, " năm", {});
    const p1 = [{ slot: "a", block: "p1" }];
    const p2 = [{ slot: "a", block: "p2" }];
    const first = editedBetween(before, now, { before: p1, now: p1 });
    expect([spelled(now, first.inserted), spelled(now, first.deleted)]).toEqual(["tám", "hai"]);
    const second = editedBetween(before, now, { before: p2, now: p2 });
    expect([spelled(now, second.inserted), spelled(now, second.deleted)]).toEqual([" năm", ""]);
    expect(editedBetween(before, now, { before: [], now: [{ slot: "a", block: "none" }] })).toEqual({
      inserted: [],
      deleted: [],
    });
  });

  it("is told of a block that is gone whole", () => {
    const before = written();
    const now = new Y.Doc();
    Y.applyUpdate(now, Y.encodeStateAsUpdate(before));
    slotText(now, "a").delete(8, 7);
    const { deleted } = editedBetween(before, now, { before: [{ slot: "a", block: "p2" }], now: [] });
    expect(deleted.reduce((sum, { length }) => sum + length, 0)).toBe(7);
  });
});

it("runs that touch are one, and only what is in both lists is in both", () => {
  const run = (clock: number, length: number): { client: number; clock: number; length: number } => ({
    client: 1,
    clock,
    length,
  });
  expect(joinedRuns([run(5, 2), run(0, 3), run(3, 1), run(6, 4)])).toEqual([run(0, 4), run(5, 5)]);
  expect(overlapOf([run(0, 10)], [run(8, 5), { ...run(0, 5), client: 2 }])).toEqual([run(8, 2)]);
});
