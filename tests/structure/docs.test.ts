import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** The names in a folder; of all folders below it too where `deep`. */
function names(folder: string, deep = false): string[] {
  return readdirSync(join(ROOT, folder), { recursive: deep, encoding: "utf8" });
}

const PARTS = names("src");

/** Every document of the repository, by its path. */
const DOCUMENTS = [
  ...names("."),
  ...names("docs", true).map((name) => `docs/${name}`),
  ...["templates", "schemas", "fixtures", ...PARTS.map((part) => `src/${part}`)].map((folder) => `${folder}/README.md`),
]
  .filter((path) => path.endsWith(".md") && existsSync(join(ROOT, path)))
  .toSorted();

/** Paths of a data folder or inside a `.tongket` file, which are not of the repository. */
const ELSEWHERE = new Set(["README.md: data/templates/", "docs/storage.md: manifest.json"]);

/** A path that begins with a folder of the repository. */
const TOP = /^(src|tests|docs|templates|schemas|fixtures|bin)\//;

/** What stands between backticks and looks like a file or folder: a path with a slash, or a name with a known ending. */
function pathsIn(text: string): string[] {
  return [...text.matchAll(/`([^`\s]+)`/g)]
    .map(([, words = ""]) => words)
    .filter((words) => /^\.?[\w][\w./*-]*$/.test(words))
    .filter(
      (words) =>
        /\.(tsx?|json|md|css|html|mjs)$/.test(words) || /^[\w.-]+(\/[\w.-]+)*\/$/.test(words) || TOP.test(words),
    );
}

/** Where a document may mean a path from: the top, src, its own folder or one below it; a README, also the texts. */
function stands(document: string, path: string): boolean {
  const own = dirname(document);
  const below = own.startsWith("src/") ? [own, ...names(own).map((name) => `${own}/${name}`)] : [own];
  return ["", "src", "src/*", ...below, "src/model/language/vi"].some((folder) => exists(join(folder, path)));
}

/** Whether there is such a path; a `*` stands for any name. */
function exists(path: string): boolean {
  const star = path.split("/").findIndex((name) => name.includes("*"));
  if (star < 0) return existsSync(join(ROOT, path));
  const parts = path.split("/");
  const folder = parts.slice(0, star).join("/");
  if (!existsSync(join(ROOT, folder))) return false;
  const [before = "", after = ""] = (parts[star] ?? "").split("*");
  return names(folder)
    .filter((name) => name.startsWith(before) && name.endsWith(after))
    .some((name) => exists([folder, name, ...parts.slice(star + 1)].join("/")));
}

describe("the documents", () => {
  it("are those at the top, of docs, of the data and of the parts", () => {
    for (const name of ["README.md", "docs/sync-spec.md", "src/server/README.md", "templates/README.md"]) {
      expect(DOCUMENTS).toContain(name);
    }
  });

  it.each(DOCUMENTS)("%s links to what is there", (document) => {
    const links = [...read(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
    const broken = links
      .filter((link) => !/^(https?:|mailto:|#)/.test(link))
      .filter((link) => !existsSync(join(ROOT, dirname(document), link.replace(/#.*/, ""))));
    expect(broken).toEqual([]);
  });

  it.each(DOCUMENTS)("%s names files that are there", (document) => {
    const missing = pathsIn(read(document)).filter(
      (path) => !ELSEWHERE.has(`${document}: ${path}`) && !stands(document, path),
    );
    expect(missing).toEqual([]);
  });

  it("name scripts that package.json has", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const builtIn = new Set(["test", "start"]);
    for (const document of DOCUMENTS) {
      for (const [, run, name = ""] of read(document).matchAll(/npm (run (?:--silent )?)?([a-z]+)/g)) {
        if (run === undefined && !builtIn.has(name)) continue;
        expect(Object.keys(scripts), `${document}: npm ${run ?? ""}${name}`).toContain(name);
      }
    }
  });

  it("name commands and options that the command line has", () => {
    const commands = names("src/cli/commands").map((name) => read(`src/cli/commands/${name}`));
    const source = [...commands, read("src/cli/command.ts"), read("src/cli/main.ts")].join("\n");
    const calls = DOCUMENTS.flatMap((document) =>
      [...read(document).matchAll(/npx tongket ([a-z]+)([^\n`#]*)/g)].map(([, name = "", rest = ""]) => ({
        name,
        rest,
      })),
    );
    expect(calls.length).toBeGreaterThan(5);
    for (const { name, rest } of calls) {
      expect(source).toContain(`name: "${name}"`);
      for (const [, option = ""] of rest.matchAll(/--([a-z-]+)/g)) expect(source).toContain(`name: "${option}"`);
    }
  });

  it("number the decisions without a gap", () => {
    const numbers = readdirSync(join(ROOT, "docs/decisions")).map((name) => Number(name.slice(0, 4)));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, at) => at + 1));
  });

  it("speak of no machine", () => {
    const told = DOCUMENTS.filter((document) => /(^|[\s`(])\/(tmp|work|home|root|Users)\//.test(read(document)));
    expect(told).toEqual([]);
  });
});
