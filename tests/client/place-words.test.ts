import { describe, expect, it } from "vitest";
import { excerptAt, neighboursOf } from "../../src/client/workspace/panel/place-words.ts";
import { block } from "../support/sample-report.ts";

const LONG = `${"Đầu đoạn rất dài ".repeat(8)}cuối đoạn.`;

const SLOTS = { a: [block("b1", LONG), block("b2", ""), block("b3", "Một hai ba."), block("b4", "Hết.")] };

describe("an excerpt", () => {
  it("gives the words with a little of what stands around them, over blocks too", () => {
    const at = (from: [string, number], to: [string, number]) => {
      const point = ([id, offset]: [string, number]) => ({ block: id, offset });
      return excerptAt(SLOTS, { slot: "a", from: point(from), to: point(to) });
    };
    expect(at(["b3", 4], ["b3", 7])).toEqual({ before: "Một ", words: "hai", after: " ba." });
    expect(at(["b3", 8], ["b4", 3])).toEqual({ before: "Một hai ", words: "ba.\nHết", after: "." });
    const long = at(["b1", LONG.length - 5], ["b1", LONG.length]);
    expect(long?.words).toBe("đoạn.");
    expect(long?.before).toMatch(/^…(?:đoạn|rất|dài|Đầu) .*cuối $/u);
    expect(long?.before.length).toBeLessThan(62);
    expect(at(["gone", 0], ["b3", 1])).toBeNull();
    expect(at(["b4", 0], ["b3", 1])).toBeNull();
  });
});

describe("the neighbours of words that are gone", () => {
  const of = (before: string | null, after: string | null) => neighboursOf(SLOTS, { slot: "a", before, after });

  it("are what stands on either side, empty lines passed over", () => {
    expect(of("b3", "b4")).toEqual({ slot: "a", before: "Một hai ba.", after: "Hết.", inside: false });
    expect(of("b2", "b2")).toMatchObject({ before: expect.stringMatching(/cuối đoạn\.$/u), after: "Một hai ba." });
    expect(of("b4", null)).toEqual({ slot: "a", before: "Hết.", after: null, inside: false });
    expect(of(null, "b3")).toEqual({ slot: "a", before: null, after: "Một hai ba.", inside: false });
    expect(of(null, null)).toEqual({ slot: "a", before: null, after: null, inside: false });
  });

  it("are the block itself where they had stood inside one", () => {
    expect(of("b3", "b3")).toEqual({ slot: "a", before: null, after: "Một hai ba.", inside: true });
  });
});
