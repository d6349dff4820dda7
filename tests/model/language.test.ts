import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { say, textKeys } from "#model";
import { describe, expect, it } from "vitest";

const SOURCE = join(import.meta.dirname, "..", "..", "src", "model");

function placeholders(text: string): string[] {
  return (text.match(/\{\w+\}/g) ?? []).toSorted((a, b) => a.localeCompare(b));
}

describe("the texts", () => {
  it("have the same keys in both languages", () => {
    const sorted = (language: "vi" | "en"): string[] => textKeys(language).toSorted((a, b) => a.localeCompare(b));
    expect(sorted("vi")).toEqual(sorted("en"));
  });

  it("have the same placeholders in both languages", () => {
    const differ = textKeys("vi").filter(
      (key) => placeholders(say("vi", key)).join() !== placeholders(say("en", key)).join(),
    );
    expect(differ).toEqual([]);
  });

  it("are in composed letters, not empty, without white space around", () => {
    for (const language of ["vi", "en"] as const) {
      for (const key of textKeys(language)) {
        const text = say(language, key);
        expect(text, key).toBe(text.normalize("NFC").trim());
        expect(text, key).not.toBe("");
      }
    }
  });

  it("name each key in one file only", () => {
    const files = readdirSync(join(SOURCE, "language", "vi"));
    const keys = files.flatMap((file) =>
      Object.keys(JSON.parse(readFileSync(join(SOURCE, "language", "vi", file), "utf8")) as object),
    );
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });
});

describe("saying a text", () => {
  it("fills in values and leaves a name without one", () => {
    expect(say("vi", "check.round-open", { round: 2 })).toContain("số 2");
    expect(say("en", "check.round-open")).toContain("{round}");
  });

  it("says the key itself where there is no text", () => {
    expect(say("vi", "error.nothing-of-the-kind")).toBe("error.nothing-of-the-kind");
  });

  it("says a value that is the key of a problem as its text, filled by the same values", () => {
    const tell = (problem: string): string =>
      say("en", "error.data-invalid", { source: "a.json", pointer: "/b", problem, limit: 3 });
    expect(tell("problem.number-small")).toContain("at /b: it is too small; the least is 3.");
    expect(tell("problem.nothing-of-the-kind")).toContain("at /b: problem.nothing-of-the-kind.");
    expect(tell("error.fault")).toContain("at /b: error.fault.");
  });

  it("does not fill in what a value holds", () => {
    expect(say("en", "check.field-wrong", { value: "{label}", label: "Year" })).toBe(
      "The value “{label}” of “Year” is not valid.",
    );
  });
});
