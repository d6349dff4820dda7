import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import {
  deriveIds,
  indexAt,
  LEAD,
  markerAttributes,
  measureSlot,
  pointAt,
  readSlot,
  readText,
  seedBody,
  slotPieces,
  slotText,
} from "#collab";
import type { Template } from "#model";
import { numberedIds } from "../support/headless-view.ts";

function text(): Y.Text {
  return slotText(new Y.Doc(), "a");
}

const TEMPLATE = {
  outline: [
    { type: "slot", id: "a" },
    { type: "slot", id: "b" },
  ],
} as unknown as Template;

describe("a slot's text", () => {
  // S2
  test("it is one empty lead paragraph where nobody wrote", () => {
    expect(readSlot(text())).toEqual([{ id: LEAD, kind: "paragraph", level: 0, runs: [] }]);
  });

  // S1 S2
  test("it begins a block at each line break, with what stands before the first as a lead", () => {
    const slot = text();
    slot.insert(0, "before", {});
    slot.insert(6, "\n", markerAttributes("x", "heading", 2));
    slot.insert(7, "plain ", {});
    slot.insert(13, "strong", { strong: true });
    expect(readSlot(slot)).toEqual([
      { id: LEAD, kind: "paragraph", level: 0, runs: [{ text: "before", marks: [] }] },
      {
        id: "x",
        kind: "heading",
        level: 2,
        runs: [
          { text: "plain ", marks: [] },
          { text: "strong", marks: ["strong"] },
        ],
      },
    ]);
  });

  // S3
  test("it gives missing and repeated ids derived ones, always the same", () => {
    expect(deriveIds(["x", null, "x", "y", null, "x"])).toEqual(["x", "~1", "x~2", "y", "~2", "x~3"]);
    const slot = text();
    slot.insert(0, "\n\n\n", markerAttributes("same", "item", 99));
    expect(readSlot(slot).map(({ id, kind, level }) => [id, kind, level])).toEqual([
      ["same", "item", 2],
      ["same~2", "item", 2],
      ["same~3", "item", 2],
    ]);
  });

  // S2
  test("it reads the same as Yjs's own delta where all is text", () => {
    const slot = text();
    slot.insert(0, "\nabc", markerAttributes("x", "paragraph", 0));
    slot.insert(3, "new", { em: true });
    slot.delete(1, 1);
    const delta: { insert: string; attributes?: Record<string, unknown> }[] = slot.toDelta();
    expect(slotPieces(slot)).toEqual(
      delta.map(({ insert, attributes }) => ({ text: insert, attributes: attributes ?? {} })),
    );
  });

  test("it counts every index, so that a point and its index belong together", () => {
    const slot = text();
    slot.insert(0, "ab", {});
    slot.insert(2, "\n", markerAttributes("x", "paragraph", 0));
    slot.insert(3, "cd", {});
    slot.insertEmbed(4, { image: "no text" });
    const measure = measureSlot(slot);
    expect(measure.length).toBe(slot.length);
    for (let index = 0; index <= slot.length; index++) expect(indexAt(slot, pointAt(slot, index))).toBe(index);
    expect(pointAt(slot, 2)).toEqual({ block: LEAD, offset: 2 });
    expect(pointAt(slot, 3)).toEqual({ block: "x", offset: 0 });
    expect(pointAt(slot, 999)).toEqual({ block: "x", offset: 3 });
    expect(indexAt(slot, { block: "x", offset: 999 })).toBe(6);
    expect(indexAt(slot, { block: "gone", offset: 0 })).toBeNull();
  });
});

describe("seeding", () => {
  test("it writes fields and blocks, and a marker where a slot has none", () => {
    const doc = new Y.Doc();
    const blocks = [
      "one\r\ntwo",
      { kind: "item" as const, level: 2, text: [{ text: "b", marks: ["em" as const] }] },
      "",
    ];
    seedBody(doc, TEMPLATE, { year: "2021" }, { a: blocks }, numberedIds("n"));
    expect(readText(doc, TEMPLATE)).toEqual({
      fields: { year: "2021" },
      slots: {
        a: [
          { id: "n1", kind: "paragraph", level: 0, runs: [{ text: "one two", marks: [] }] },
          { id: "n2", kind: "item", level: 2, runs: [{ text: "b", marks: ["em"] }] },
          { id: "n3", kind: "paragraph", level: 0, runs: [] },
        ],
        b: [{ id: "n4", kind: "paragraph", level: 0, runs: [] }],
      },
    });
  });

  test("it leaves out fields that are no strings", () => {
    const doc = new Y.Doc();
    doc.getMap("fields").set("year", 2021);
    expect(readText(doc, TEMPLATE).fields).toEqual({});
  });
});
