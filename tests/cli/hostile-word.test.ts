import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { say } from "#model";
import { heavyWord, hostileWords } from "../support/hostile-words.ts";
import { FIXTURES, namesIn, ownFolder, tongket } from "./tongket.ts";

/** Word files of strangers cost the command line no more than they cost the server. */

const folder = await ownFolder();
const FILES = hostileWords();

/** The words of a refusal as far as they do not depend on its details. */
function wordsOf(code: string): string {
  return say("en", `error.${code}`, {}).split(/[{“]/u)[0] ?? "";
}

beforeAll(async () => {
  await Promise.all(FILES.map(async ({ name, bytes }) => writeFile(join(folder, name), bytes)));
  const fixture = join(FIXTURES, "lien-hiep-hoi-dang-uy.json");
  const run = await tongket(["import", fixture, "-o", "gốc.tongket"], { cwd: folder });
  expect(run.code).toBe(0);
});

describe("tongket import", () => {
  it.each(FILES)("refuses $name by $code, and makes nothing", async ({ name, code }) => {
    const before = await namesIn(folder);
    const args = ["import", name, "--template", "party-cell", "-o", "ra.tongket", "--lang", "en"];
    const run = await tongket(args, { cwd: folder });
    expect({ code: run.code, stdout: run.stdout.toString() }).toEqual({ code: 2, stdout: "" });
    expect(run.stderr).toContain(`tongket: ${name}: ${wordsOf(code)}`);
    expect(run.stderr).not.toMatch(/^ {4}at /m);
    expect(await namesIn(folder)).toEqual(before);
  });

  it("refuses the same from standard input, and keeps no more of an endless one than it may hold", async () => {
    const [long] = FILES;
    const run = await tongket(["import", "-", "--template", "party-cell", "--lang", "en"], {
      cwd: folder,
      input: long?.bytes ?? "",
    });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(wordsOf("word-too-large"));
  });

  it("says so where a file takes more memory than there is: its reader is ended, not the command", async () => {
    await writeFile(join(folder, "nặng.docx"), heavyWord(1_000_000));
    const run = await tongket(["import", "nặng.docx", "--template", "party-cell", "--lang", "en"], {
      cwd: folder,
      env: { NODE_OPTIONS: "--max-old-space-size=80" },
    });
    expect({ code: run.code, stdout: run.stdout.toString() }).toEqual({ code: 2, stdout: "" });
    expect(run.stderr).toContain(`tongket: nặng.docx: ${wordsOf("word-too-costly").split(" (")[0]}`);
  });
});

describe("tongket collect", () => {
  it("lists each with its refusal, and takes nothing", async () => {
    const names = FILES.map(({ name }) => name);
    const run = await tongket(["collect", "gốc.tongket", ...names, "-o", "gom.tongket", "--json"], { cwd: folder });
    expect(run.stderr).toBe("");
    expect(run.code).toBe(1);
    const told = JSON.parse(run.stdout.toString()) as { files: { file: string; refused?: { code: string } }[] };
    expect(told.files.map(({ file, refused }) => ({ file, code: refused?.code }))).toEqual(
      FILES.map(({ name, code }) => ({ file: name, code })),
    );
  });
});
