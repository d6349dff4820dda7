import type { CommentTarget } from "#model";
import { isUnplaced, OUTCOMES, responseSuffices, threadState } from "#model";
import { describe, expect, it } from "vitest";
import { decision, thread } from "../support/sample-report.ts";

const RANGE: CommentTarget = {
  scope: "range",
  slot: "opening",
  anchor: { start: "", end: "" },
  quote: { exact: "a", prefix: "", suffix: "" },
};
const PLACE = { slot: "opening", from: { block: "a", offset: 0 }, to: { block: "a", offset: 1 } };

describe("a comment", () => {
  it("goes from open by a proposal to a validated decision", () => {
    const validated = decision("c", { validatedBy: "chair", validatedAt: "2022-01-05T00:00:00.000Z" });
    expect(threadState(thread("c", RANGE))).toBe("open");
    expect(threadState(thread("c", RANGE, { decision: decision("c") }))).toBe("proposed");
    expect(threadState(thread("c", RANGE, { decision: validated }))).toBe("validated");
  });

  it("stays withdrawn whatever was decided", () => {
    expect(threadState(thread("c", RANGE, { comment: { withdrawn: true }, decision: decision("c") }))).toBe(
      "withdrawn",
    );
  });

  it("is unplaced only where it was about words and they are gone", () => {
    expect(isUnplaced(thread("c", RANGE))).toBe(true);
    expect(isUnplaced(thread("c", RANGE, { place: PLACE }))).toBe(false);
    expect(isUnplaced(thread("c", { scope: "slot", slot: "opening" }))).toBe(false);
    expect(isUnplaced(thread("c", { scope: "report" }))).toBe(false);
  });

  it("needs a written response for every outcome but a plain accept", () => {
    expect(OUTCOMES.filter((outcome) => responseSuffices(outcome, " \n"))).toEqual(["accept"]);
    expect(OUTCOMES.filter((outcome) => !responseSuffices(outcome, "vì…"))).toEqual([]);
  });
});
