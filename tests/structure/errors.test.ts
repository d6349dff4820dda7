import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { textKeys } from "#model";

const ROOT = resolve(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** Every source file of the program with its text. */
const SOURCES = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ path: `src/${path}`, text: read(`src/${path}`) }));

/** What `pattern` captures anywhere in `text`. */
function captures(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? "");
}

/** The codes the program makes errors of, and those it says without making one. */
const MADE = new Set(
  SOURCES.flatMap(({ text }) => [
    ...captures(text, /new (?:TongketError|UsageError)\(\s*"([^"]+)"/g),
    ...captures(text, /["`]error\.([a-z-]+)["`]/g),
  ]),
);

/** Each row of docs/errors.md: its code and what it says. */
const ROWS = read("docs/errors.md")
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => ({ code: /^\| `([^`]+)` \|/.exec(line)?.[1] ?? line, line }));

const sorted = (codes: Iterable<string>): string[] => [...codes].toSorted();

describe("the errors", () => {
  it("name their code where they are made, so that a code can be found", () => {
    const made = SOURCES.flatMap(({ path, text }) =>
      captures(text, /new (?:TongketError|UsageError)\(\s*([^"\s][^,)]*)/g).map((code) => `${path}: ${code}`),
    );
    // What is made anew there is an error that was made elsewhere.
    expect(sorted(made)).toEqual([
      "src/cli/report-source.ts: error.code",
      "src/server/export/exporter.ts: answer.refused.code",
      "src/server/word/word-reader.ts: answer.refused.code",
    ]);
  });

  it("have one row each in docs/errors.md, and no row is of another", () => {
    expect(MADE.size).toBeGreaterThan(50);
    expect(sorted(ROWS.map((row) => row.code))).toEqual(sorted(MADE));
  });

  it.each(["vi", "en"] as const)("have each a text in %s, and no text is of another", (language) => {
    const texts = textKeys(language).filter((key) => key.startsWith("error."));
    expect(sorted(texts)).toEqual(sorted([...MADE].map((code) => `error.${code}`)));
  });

  it("are answered with the HTTP status that their row names", () => {
    const [, table = ""] = /const STATUS[^{]*\{([^}]*)\}/.exec(read("src/server/http/problem.ts")) ?? [];
    const status = new Map([...table.matchAll(/"?([a-z-]+)"?: (\d{3}),/g)].map(([, code, number]) => [code, number]));
    expect(status.size).toBeGreaterThan(10);
    for (const { code, line } of ROWS) {
      const named = /\(HTTP (\d{3})\)/.exec(line)?.[1];
      expect(named ?? "400", `the row of ${code}`).toBe(status.get(code) ?? "400");
    }
  });

  it("end the command line with the exit code that their row names", () => {
    const [, table = ""] = /const START_REFUSED[^[]*\[([^\]]*)\]/.exec(read("src/cli/main.ts")) ?? [];
    const refused = captures(table, /"([a-z-]+)"/g);
    expect(refused.length).toBeGreaterThan(3);
    expect(sorted(ROWS.filter((row) => row.line.includes("(exit 3)")).map((row) => row.code))).toEqual(sorted(refused));
  });
});
