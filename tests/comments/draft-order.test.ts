import { describe, expect, it } from "vitest";
import { fieldsMap, readText, slotText, TextReader } from "#collab";
import type { BoardRecord } from "#comments";
import { DraftOrder, placeRecords } from "#comments";
import type * as Y from "yjs";
import type { Random } from "../support/random.ts";
import { random } from "../support/random.ts";
import { BINH, bodyOf, commentOf, commentOn, copyOf, templateOf } from "./sample.ts";

const TEMPLATE = templateOf("a", "b", "c");

function body(): Y.Doc {
  return bodyOf({ a: ["một hai ba", "bốn năm"], b: ["sáu bảy tám"], c: ["chín mười"] });
}

function edit(doc: Y.Doc, r: Random): string {
  const slot = r.pick(["a", "b"]);
  const text = slotText(doc, slot);
  const at = r.int(text.length + 1);
  if (r() < 0.5 || text.length < 8) text.insert(at, r() < 0.2 ? "\n" : "x ", {});
  else text.delete(Math.min(at, text.length - 3), 3);
  return slot;
}

describe("what is read again and again", () => {
  it("says what a fresh reading says, and keeps what has not changed", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const r = random(seed);
      const doc = body();
      const reader = new TextReader(doc, TEMPLATE);
      for (let n = 0; n < 20; n++) {
        const before = reader.read();
        const touched = edit(doc, r);
        if (n % 5 === 0) fieldsMap(doc).set("year", String(2000 + n));
        const now = reader.read();
        expect(now, `seed ${seed}, edit ${n}`).toEqual(readText(copyOf(doc), TEMPLATE));
        for (const slot of ["a", "b", "c"]) if (slot !== touched) expect(now.slots[slot]).toBe(before.slots[slot]);
        expect(now.slots[touched]).not.toBe(before.slots[touched]);
      }
    }
  });
});

/** A comment on words of two slots. */
function onBoth(doc: Y.Doc): BoardRecord["comment"] {
  const comment = commentOn(doc, "b", "sáu", "7");
  const { target } = commentOn(doc, "a", "năm", "8");
  if (comment.target.scope !== "range" || target.scope !== "range") throw new Error("no ranges");
  const { scope: _range, ...other } = target;
  return { ...comment, target: { ...comment.target, also: [other] } };
}

describe("a comment on several ranges", () => {
  it("stands where the first of them stands that has a place", () => {
    const doc = body();
    const record = { comment: onBoth(doc), author: BINH, replies: [], decision: null };
    const order = new DraftOrder<BoardRecord>(TEMPLATE, doc);
    expect(order.of([record])[0]?.place?.slot).toBe("b");
    const text = slotText(doc, "b");
    text.delete(text.toJSON().indexOf("sáu"), 3);
    expect(order.of([record])[0]?.place?.slot).toBe("a");
    expect(placeRecords([record], TEMPLATE, doc)[0]?.place?.slot).toBe("a");
    const other = slotText(doc, "a");
    other.delete(other.toJSON().indexOf("năm"), 3);
    expect(order.of([record])[0]?.place).toBeNull();
  });
});

describe("the order of the draft, asked again and again", () => {
  it("is what it is when asked once, and gives the same threads where nothing about them has changed", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const r = random(seed);
      const doc = body();
      const record = (comment: BoardRecord["comment"]): BoardRecord => ({
        comment,
        author: BINH,
        replies: [],
        decision: null,
      });
      const records = [
        record(commentOn(doc, "a", "hai", "1")),
        record(commentOn(doc, "a", "bốn năm", "2")),
        record(commentOn(doc, "b", "bảy", "3")),
        record(commentOn(doc, "c", "mười", "4")),
        record(onBoth(doc)),
        record(commentOf("5")),
        record(commentOf("6", { target: { scope: "slot", slot: "b" } })),
      ];
      const order = new DraftOrder<BoardRecord>(TEMPLATE, doc);
      for (let n = 0; n < 20; n++) {
        const before = order.of(records);
        edit(doc, r);
        const now = order.of(records);
        expect(now, `seed ${seed}, edit ${n}`).toEqual(placeRecords(records, TEMPLATE, copyOf(doc)));
        for (const id of ["4", "5", "6"])
          expect(now.find(({ comment }) => comment.id === id)).toBe(before.find(({ comment }) => comment.id === id));
      }
    }
  });
});
