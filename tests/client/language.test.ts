import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const SPACES = ["shell", "workspace", "delegate"];

function texts(language: string, space: string): Map<string, string> {
  const file = new URL(`../../src/client/language/${language}/${space}.json`, import.meta.url);
  return new Map(Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, string>));
}

const stem = (key: string): string => key.replace(/_(?:one|other)$/u, "");
const stems = (map: Map<string, string>): string[] => [...new Set([...map.keys()].map(stem))].toSorted();
const places = (text: string): string[] => [...new Set(text.match(/\{\w+\}/gu) ?? [])].toSorted();

describe.each(SPACES)("the texts of %s", (space) => {
  const vi = texts("vi", space);
  const en = texts("en", space);

  it("are there in both languages", () => {
    expect(stems(en)).toEqual(stems(vi));
  });

  it("have the forms of number that each language needs", () => {
    // `kind_other` is a kind and no form of number.
    const counted = (map: Map<string, string>, form: string): string[] =>
      [...map].filter(([key, text]) => key.endsWith(form) && text.includes("{count}")).map(([key]) => stem(key));
    expect(counted(vi, "_one")).toEqual([]);
    expect(counted(en, "_one").toSorted()).toEqual(counted(en, "_other").toSorted());
    expect(counted(vi, "_other").toSorted()).toEqual(counted(en, "_other").toSorted());
  });

  it("name the same values in both languages", () => {
    for (const [key, text] of vi) {
      const other = en.get(key);
      if (other !== undefined) expect(places(other), key).toEqual(places(text));
    }
  });

  it("are written in composed characters and say something", () => {
    for (const [key, text] of [...vi, ...en]) {
      expect(text.trim(), key).not.toBe("");
      expect(text.normalize("NFC"), key).toBe(text);
    }
  });
});
