import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { keysOf, stagesOf } from "../support/vietnamese-input.ts";
import type { Keying } from "../support/vietnamese-input.ts";

const ROOT = join(import.meta.dirname, "..", "..");

/** Every word of the reports and templates that come with the program. */
function words(): string[] {
  const files = ["fixtures", "templates"].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith(".json"))
      .map((name) => readFileSync(join(ROOT, folder, name), "utf8")),
  );
  const found = files.flatMap((text) => text.replaceAll(String.raw`\n`, " ").match(/[\p{L}\p{M}]+/gu) ?? []);
  return [...new Set(found)].filter((word) => /[^a-z]/iu.test(word));
}

const last = (keys: string, keying: Keying): string => stagesOf(keys, keying).at(-1) ?? "";

describe("the input method that the tests type with", () => {
  test("shows each stage of a word, its signs moving as letters come", () => {
    expect(stagesOf("tieengs", "telex")).toEqual(["t", "ti", "tie", "tiê", "tiên", "tiêng", "tiếng"]);
    expect(stagesOf("tie6ng1", "vni")).toEqual(["t", "ti", "tie", "tiê", "tiên", "tiêng", "tiếng"]);
    expect(stagesOf("toasn", "telex")).toEqual(["t", "to", "toa", "tóa", "toán"]);
    expect(stagesOf("dduwowcj", "telex")).toEqual(["d", "đ", "đu", "đư", "đưo", "đươ", "đươc", "được"]);
    expect(stagesOf("d9uo7c5", "vni")).toEqual(["d", "đ", "đu", "đuo", "đươ", "đươc", "được"]);
  });

  test.each([
    ["thuowr", "thuở"],
    ["thuowngf", "thường"],
    ["thuwowngf", "thường"],
    ["thuwongf", "thường"],
    ["dangd", "đang"],
    ["nhwng", "nhưng"],
    ["quaatj", "quật"],
    ["giaf", "già"],
    ["gif", "gì"],
    ["hoaf", "hòa"],
    ["ngoaif", "ngoài"],
    ["DDARNG", "ĐẢNG"],
    ["Ddangr", "Đảng"],
  ])("spells %s as %s", (keys, word) => {
    expect(last(keys, "telex")).toBe(word);
  });

  test.each([
    ["aaa", "aa"],
    ["ddd", "dd"],
    ["uww", "uw"],
    ["ass", "as"],
    ["tess", "tes"],
    ["asz", "a"],
  ])("takes a sign back: %s gives %s", (keys, word) => {
    expect(last(keys, "telex")).toBe(word);
  });

  test("takes a digit back: a66 gives a6, a11 gives a1", () => {
    expect(last("a66", "vni")).toBe("a6");
    expect(last("a11", "vni")).toBe("a1");
  });

  test.each(["telex", "vni"] as const)("keys in every word of the sample reports and templates by %s", (keying) => {
    const all = words();
    expect(all.length).toBeGreaterThan(500);
    // The reports place a tone by one custom or the other, the test's method by one: the letters and signs are the same.
    const signs = (word: string): string => word.normalize("NFD").split("").toSorted().join("");
    const wrong = all.filter((word) => signs(last(keysOf(word, keying), keying)) !== signs(word));
    expect(wrong).toEqual([]);
  });
});
