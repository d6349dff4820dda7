import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "./tongket.ts";

const read = async (language: string, name: string): Promise<Record<string, string>> =>
  JSON.parse(await readFile(join(ROOT, "src", "cli", "language", language, name), "utf8")) as Record<string, string>;

const blanks = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).sort();

describe("the sentences of the command line", () => {
  it.each(["cli.json", "build.json"])("in %s stand in both languages with the same blanks", async (name) => {
    const [vi, en] = await Promise.all([read("vi", name), read("en", name)]);
    expect(Object.keys(en).sort()).toEqual(Object.keys(vi).sort());
    for (const [key, text] of Object.entries(vi)) {
      expect(text).not.toBe("");
      expect(blanks(en[key] ?? "")).toEqual(blanks(text));
    }
  });
});
