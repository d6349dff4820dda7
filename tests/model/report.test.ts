import type { Round } from "#model";
import { countWords, isEmptySlot, openRound } from "#model";
import { describe, expect, it } from "vitest";
import { block } from "../support/sample-report.ts";

describe("a report", () => {
  it("has at most the one round that is not closed", () => {
    const closed: Round = {
      number: 1,
      version: "v1",
      openedAt: "2022-01-01T00:00:00.000Z",
      closedAt: "2022-01-02T00:00:00.000Z",
    };
    const open: Round = { number: 2, version: "v2", openedAt: "2022-01-03T00:00:00.000Z" };
    expect(openRound([])).toBeNull();
    expect(openRound([closed])).toBeNull();
    expect(openRound([closed, open])).toBe(open);
  });

  it("has an empty slot where there is nothing but white space", () => {
    expect(isEmptySlot(undefined)).toBe(true);
    expect(isEmptySlot([])).toBe(true);
    expect(isEmptySlot([block("a", ""), block("b", " \u00a0 ", "heading", 1)])).toBe(true);
    expect(isEmptySlot([block("a", ""), block("b", ".")])).toBe(false);
  });

  it("counts words between white space, composed or not", () => {
    expect(countWords("Đảng ủy  cơ sở;\tchi bộ")).toBe(6);
    expect(countWords("Đảng ủy cơ sở".normalize("NFD"))).toBe(4);
    expect(countWords("  ")).toBe(0);
  });
});
