import { LINEAGE_ROOT, slotOfRoot, slotText } from "#collab";
import { anchorRange, placeOf, resolveAnchor } from "#comments";
import type { SlotRange } from "#comments";
import type { RangeAnchor } from "#model";
import * as fc from "fast-check";
import * as buffer from "lib0/buffer";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { bodyOf, copyOf, flat } from "./sample.ts";

/** A body with one paragraph, and an anchor on the words between `[` and `]`. */
function marked(text: string) {
  const from = text.indexOf("[");
  const to = text.indexOf("]") - 1;
  const body = bodyOf({ s: [text.replace(/[[\]]/g, "")] });
  const slot = slotText(body, "s");
  // Index 0 is the mark of the paragraph.
  return { body, slot, ...anchorRange(slot, from + 1, to + 1) };
}

/** True for a text without half a character. */
function isWhole(text: string): boolean {
  return new TextDecoder().decode(new TextEncoder().encode(text)) === text;
}

function rangeOf(slot: Y.Text, anchor: RangeAnchor): SlotRange | null {
  const name = slotOfRoot(Y.findRootTypeKey(slot));
  return slot.doc && name !== null ? resolveAnchor(slot.doc, name, anchor) : null;
}

function wordsAt(slot: Y.Text, anchor: RangeAnchor): string | null {
  const range = rangeOf(slot, anchor);
  return range && flat(slot).slice(range.from, range.to);
}

describe("an anchor", () => {
  it("quotes the words with what stands around them", () => {
    const { quote } = marked("Đảng bộ có [32 chi bộ] trực thuộc");
    expect(quote).toEqual({ exact: "32 chi bộ", prefix: "\nĐảng bộ có ", suffix: " trực thuộc" });
  });

  it("keeps about 32 characters on either side and never half a character", () => {
    const { quote } = marked(`${"😀".repeat(20)}a[x]b${"😀".repeat(20)}`);
    expect(quote.prefix.length).toBeLessThanOrEqual(32);
    expect(quote.suffix.length).toBeLessThanOrEqual(32);
    expect(quote.prefix).toSatisfy(isWhole);
    expect(quote.suffix).toSatisfy(isWhole);
  });

  it("cuts a very long quotation and says so with an ellipsis", () => {
    const { quote } = marked(`[${"dài ".repeat(2000)}]`);
    expect(quote.exact).toHaveLength(4000);
    expect(quote.exact.endsWith("…")).toBe(true);
  });

  it("leaves out what is typed at either end and takes in what is typed inside", () => {
    const { slot, anchor } = marked("một [hai ba] bốn");
    const { from, to } = rangeOf(slot, anchor) ?? expect.fail();
    slot.insert(to, "SAU", {});
    slot.insert(from + 3, "GIỮA", {});
    slot.insert(from, "TRƯỚC", {});
    expect(wordsAt(slot, anchor)).toBe("haiGIỮA ba");
  });

  it("survives a split before it and within it, and a join", () => {
    const { slot, anchor } = marked("một [hai ba] bốn");
    slot.insert(3, "\n", { b: { id: "x", kind: "paragraph", level: 0 } });
    slot.insert(9, "\n", { b: { id: "y", kind: "item", level: 1 } });
    expect(wordsAt(slot, anchor)).toBe("hai\n ba");
    slot.delete(9, 1);
    slot.delete(3, 1);
    expect(wordsAt(slot, anchor)).toBe("hai ba");
  });

  it("shrinks to what is left of its words", () => {
    const { slot, anchor } = marked("một [hai ba] bốn");
    slot.delete(1, 6);
    expect(wordsAt(slot, anchor)).toBe("i ba");
  });

  it("is gone where its words are gone, also where only marks of blocks are left of them", () => {
    const { slot, anchor } = marked("một [hai ba] bốn");
    slot.insert(8, "\n", { b: { id: "x", kind: "paragraph", level: 0 } });
    slot.delete(5, 3);
    slot.delete(6, 3);
    expect(flat(slot)).toBe("\nmột \n bốn");
    expect(rangeOf(slot, anchor)).toBeNull();
  });

  it("says the same on every copy of the text", () => {
    const { body, slot, anchor } = marked("một [hai ba] bốn");
    slot.insert(1, "đầu ", {});
    const other = slotText(copyOf(body), "s");
    expect(rangeOf(other, anchor)).toEqual(rangeOf(slot, anchor));
  });

  it("is refused an empty or a reversed range by the one who makes it", () => {
    const { slot } = marked("một [hai] ba");
    expect(() => anchorRange(slot, 3, 3)).toThrow(RangeError);
    expect(() => anchorRange(slot, 4, 2)).toThrow(RangeError);
    expect(() => anchorRange(slot, 0, slot.length + 1)).toThrow(RangeError);
  });

  it("stands nowhere in another slot or another document", () => {
    const body = bodyOf({ s: ["một hai"], t: ["một hai"] });
    const { anchor } = anchorRange(slotText(body, "s"), 1, 4);
    expect(resolveAnchor(body, "t", anchor)).toBeNull();
    expect(resolveAnchor(new Y.Doc(), "s", anchor)).toBeNull();
  });

  it("follows each of its characters through any edit", () => {
    const edit = fc.record({ at: fc.nat(), remove: fc.nat(4), insert: fc.string({ maxLength: 4 }) });
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.array(edit, { maxLength: 12 }), (a, b, edits) => {
        // Every character of the original is unique, so what is left of the range can be read off the text.
        const original = Array.from({ length: 40 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join("");
        const slot = slotText(bodyOf({ s: [original] }), "s");
        const from = 1 + (a % 39);
        const to = from + 1 + (b % (41 - from - 1 || 1));
        const kept = new Set(flat(slot).slice(from, to));
        const { anchor } = anchorRange(slot, from, to);
        for (const { at, remove, insert } of edits) {
          const index = at % (slot.length + 1);
          slot.delete(index, Math.min(remove, slot.length - index));
          slot.insert(Math.min(index, slot.length), insert.replaceAll(/[^ -~]/g, "."), {});
        }
        const present = flat(slot);
        const inside = wordsAt(slot, anchor) ?? "";
        for (const sign of original) {
          if (present.includes(sign)) expect(inside.includes(sign)).toBe(kept.has(sign));
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("a hostile anchor", () => {
  it("never throws, and creates nothing in the document", () => {
    const body = bodyOf({ s: ["một hai ba"] });
    const slot = slotText(body, "s");
    const roots = [...body.share.keys()];
    const good = anchorRange(slot, 1, 4).anchor;
    const end = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.uint8Array({ maxLength: 30 }).map((bytes) => buffer.toBase64(bytes)),
      fc.constantFrom(good.start, good.end),
    );
    fc.assert(
      fc.property(end, end, (start, stop) => {
        const range = rangeOf(slot, { start, end: stop });
        if (range) {
          expect(range.from).toBeLessThan(range.to);
          expect(range.to).toBeLessThanOrEqual(slot.length);
        }
      }),
      { numRuns: 2000 },
    );
    // Asking after moves names the root that tells of them; nothing else is named.
    expect([...body.share.keys()].filter((root) => root !== LINEAGE_ROOT)).toEqual(roots);
  });

  it("that names a root, a character never typed, or the record of a map stands nowhere", () => {
    const body = bodyOf({ s: ["một hai ba"] });
    const slot = slotText(body, "s");
    body.getMap("fields").set("year", "2021");
    const encode = (tname: string | null, client: number | null, clock = 0): string =>
      buffer.toBase64(
        Y.encodeRelativePosition(
          new Y.RelativePosition(null, tname, client === null ? null : Y.createID(client, clock), 0),
        ),
      );
    const { end } = anchorRange(slot, 1, 4).anchor;
    const field = body.getMap("fields")._map.get("year")?.id ?? expect.fail();
    for (const start of [
      encode("slot:s", null),
      encode("evil", null),
      encode(null, 77),
      encode(null, 1, 2 ** 40),
      encode(null, field.client, field.clock),
    ]) {
      expect(rangeOf(slot, { start, end })).toBeNull();
    }
    expect(body.share.has("evil")).toBe(false);
  });
});

describe("a place", () => {
  it("is where the words stand, block by block", () => {
    const body = bodyOf({ s: ["một hai", "ba bốn"] });
    const range = anchorRange(slotText(body, "s"), 5, 11);
    expect(range.quote.exact).toBe("hai\nba");
    const place = placeOf(body, { scope: "range", slot: "s", ...range });
    expect(place).toEqual({ slot: "s", from: { block: "b1", offset: 4 }, to: { block: "b2", offset: 2 } });
  });

  it("is none for a slot or the report as a whole", () => {
    const body = bodyOf({ s: ["một"] });
    expect(placeOf(body, { scope: "slot", slot: "s" })).toBeNull();
    expect(placeOf(body, { scope: "report" })).toBeNull();
  });
});
