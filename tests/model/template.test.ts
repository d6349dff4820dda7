import { fillIn, slotsOf } from "#model";
import { describe, expect, it } from "vitest";
import { COMMITTEE } from "./shipped.ts";

describe("filling in", () => {
  it("takes the next year from the year", () => {
    expect(fillIn("năm {year}, năm {nextYear}", { year: "2099" })).toBe("năm 2099, năm 2100");
  });

  it("leaves a name without a value as it is, so that it is seen", () => {
    expect(fillIn("{place}, {nextYear}, {organisation}", { year: "năm nay", organisation: "" })).toBe(
      "{place}, {nextYear}, {organisation}",
    );
  });

  it("does not fill in what a value itself holds", () => {
    expect(fillIn("{a}", { a: "{b}", b: "c" })).toBe("{b}");
  });
});

describe("the slots of a template", () => {
  it("come in reading order, out of parts and sections", () => {
    const ids = slotsOf(COMMITTEE).map((slot) => slot.id);
    expect(ids.slice(0, 5)).toEqual(["opening", "membership", "advantages", "difficulties", "political-tasks"]);
    expect(ids.at(-1)).toBe("appendix-figures");
  });
});
