import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lintConfiguration, PARTS } from "./walls.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const BIN = join(ROOT, "node_modules/.bin");

/** What a tool says of a copy of the tree, and whether it went red. */
function run(folder: string, tool: string, ...args: string[]): { red: boolean; output: string } {
  try {
    return {
      red: false,
      output: execFileSync(join(BIN, tool), args, { cwd: folder, encoding: "utf8", stdio: "pipe" }),
    };
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return { red: true, output: `${stdout}${stderr}` };
  }
}

describe("the walls", () => {
  it("stand in .oxlintrc.json as the table has them (npm run walls)", () => {
    expect(JSON.parse(readFileSync(join(ROOT, ".oxlintrc.json"), "utf8"))).toEqual(lintConfiguration());
  });

  it.each(PARTS)("stand in the tsconfig of $name as the table has them", (part) => {
    const config = JSON.parse(readFileSync(join(ROOT, `src/${part.name}/tsconfig.json`), "utf8")) as {
      references: { path: string }[];
    };
    expect(config.references.map((reference) => reference.path)).toEqual(part.parts.map((name) => `../${name}`));
  });

  it("stand in ARCHITECTURE.md as the table has them", () => {
    const text = readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8");
    for (const part of PARTS) {
      const row = text.split("\n").find((line) => line.startsWith(`| \`${part.name}\` `));
      const imports =
        row
          ?.split("|")[3]
          ?.match(/`\w+`/g)
          ?.map((name) => name.slice(1, -1)) ?? [];
      expect(imports, `the row of ${part.name}`).toEqual(part.parts);
    }
  });
});

describe("a planted violation", () => {
  let folder = "";

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "tongket-walls-"));
    for (const name of [
      "src",
      "schemas",
      "templates",
      "bin",
      "package.json",
      "tsconfig.json",
      "tsconfig.base.json",
      ".oxlintrc.json",
      "knip.json",
      "vite.config.ts",
      "vitest.config.ts",
      "tests/structure",
    ]) {
      cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    }
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Writes `code` as a new file of a part, asks the tool, and takes the file away again. */
  function plant(path: string, code: string, tool: string, ...args: string[]): { red: boolean; output: string } {
    const file = join(folder, path);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, code);
    try {
      return run(folder, tool, ...args);
    } finally {
      rmSync(file);
    }
  }

  const tsc = (part: string): string[] => [
    "-p",
    `src/${part}`,
    "--noEmit",
    "--composite",
    "false",
    "--incremental",
    "false",
    "--emitDeclarationOnly",
    "false",
  ];

  it.each([
    ["model uses the DOM", "model", "export const title: string = document.title;", "Cannot find name 'document'"],
    ["model uses Node", "model", "export const here: string = process.cwd();", "Cannot find name 'process'"],
    ["collab sets a timer", "collab", "setTimeout(() => undefined, 1);\nexport {};", "Cannot find name 'setTimeout'"],
  ])("turns tsc red where %s", (_, part, code, said) => {
    const { red, output } = plant(`src/${part}/planted.ts`, code, "tsc", ...tsc(part));
    expect(red).toBe(true);
    expect(output).toContain(said);
  });

  it.each([
    [
      "model imports collab",
      "no-restricted-imports",
      "model",
      'import { slotText } from "#collab";\nexport const planted: unknown = slotText;',
    ],
    [
      "docx imports yjs",
      "no-restricted-imports",
      "docx",
      'import { Doc } from "yjs";\nexport const planted: unknown = Doc;',
    ],
    [
      "client imports server",
      "no-restricted-imports",
      "client",
      'import { startServer } from "#server";\nexport const planted: unknown = startServer;',
    ],
    [
      "server imports client by path",
      "no-restricted-imports",
      "server",
      'import * as planted from "../client/index.ts";\nexport { planted };',
    ],
    [
      "docx goes round the door of model",
      "no-restricted-imports",
      "docx",
      'import { roman } from "../model/numbering.ts";\nexport const planted: unknown = roman;',
    ],
    ["model takes chance", "no-restricted-properties", "model", "export const planted: number = Math.random();"],
    ["comments read the clock", "no-restricted-properties", "comments", "export const planted: number = Date.now();"],
    ["a type is any", "no-explicit-any", "model", "export const planted: any = 1;"],
  ])("turns oxlint red where %s (%s)", (_, rule, part, code) => {
    const { red, output } = plant(
      `src/${part}/planted.ts`,
      code,
      "oxlint",
      "--disable-nested-config",
      `src/${part}/planted.ts`,
    );
    expect(red, output).toBe(true);
    expect(output).toContain(rule);
  });

  it("leaves oxlint green where it keeps to the walls", () => {
    const code = 'import { roman } from "#model";\nexport const planted: string = roman(1);\n';
    const { red, output } = plant("src/docx/planted.ts", code, "oxlint", "src/docx/planted.ts");
    expect(red, output).toBe(false);
  });

  it("turns oxlint red where two files import each other", () => {
    writeFileSync(
      join(folder, "src/model/planted-a.ts"),
      'import { b } from "./planted-b.ts";\nexport const a: number = b;\n',
    );
    writeFileSync(
      join(folder, "src/model/planted-b.ts"),
      'import { a } from "./planted-a.ts";\nexport const b: number = a;\n',
    );
    const { red, output } = run(folder, "oxlint", "src/model/planted-a.ts", "src/model/planted-b.ts");
    rmSync(join(folder, "src/model/planted-a.ts"));
    rmSync(join(folder, "src/model/planted-b.ts"));
    expect(red, output).toBe(true);
    expect(output).toContain("no-cycle");
  });

  it("turns knip red where a file is dead", () => {
    const { red, output } = plant(
      "src/model/planted.ts",
      "export const planted = 1;\n",
      "knip",
      "--include",
      "files",
      "--no-progress",
    );
    expect(red).toBe(true);
    expect(output).toContain("src/model/planted.ts");
  });
});
