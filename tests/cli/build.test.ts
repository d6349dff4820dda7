import { appendFile, cp, mkdir, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { namesIn, ownFolder, ROOT, tongket } from "./tongket.ts";

/** A clone of its own, never built, under a name with spaces and Vietnamese letters. */
const clone = join(await ownFolder(), "mã nguồn Tổng kết");
const bin = join(clone, "bin", "tongket.mjs");
const source = join(clone, "src", "cli", "words.ts");

const BUILT = /^Đang dựng chương trình … xong sau \d+(,\d)? giây$/m;

beforeAll(async () => {
  await mkdir(clone);
  for (const name of [
    "bin",
    "src",
    "templates",
    "schemas",
    "package.json",
    "package-lock.json",
    "vite.config.ts",
    "tsconfig.json",
    "tsconfig.base.json",
  ]) {
    const filter = (path: string): boolean => !path.includes("node_modules");
    await cp(join(ROOT, name), join(clone, name), { recursive: true, preserveTimestamps: true, filter });
  }
  await symlink(join(ROOT, "node_modules"), join(clone, "node_modules"));
});

/** Makes a source newer than anything built so far. */
async function touch(): Promise<void> {
  const soon = new Date(Date.now() + 5000);
  await utimes(source, soon, soon);
}

describe("the command in a fresh clone", () => {
  it("builds itself once, tells so on standard error alone, and works from any folder", async () => {
    const first = await tongket(["version"], { bin, cwd: "/" });
    expect(first.stderr).toMatch(BUILT);
    expect(first).toMatchObject({ code: 0, stdout: Buffer.from("0.1.0\n") });
    expect(await tongket(["version"], { bin, cwd: "/" })).toMatchObject({ code: 0, stderr: "" });
    expect((await tongket(["help", "new"], { bin, cwd: "/" })).stdout.toString()).toContain("party-committee");
  });

  it("builds again after a source changed, in the language of the call", async () => {
    await touch();
    const run = await tongket(["version", "--lang", "en"], { bin });
    expect(run.stderr).toMatch(/^Building the program … done in [\d.]+ s$/m);
    expect(await tongket(["version"], { bin })).toMatchObject({ code: 0, stderr: "" });
  });

  it("builds once where several runs begin together", async () => {
    await rm(join(clone, "dist"), { recursive: true });
    const runs = await Promise.all([1, 2, 3].map(() => tongket(["version"], { bin })));
    expect(runs.map((run) => run.code)).toEqual([0, 0, 0]);
    expect(runs.filter((run) => BUILT.test(run.stderr))).toHaveLength(1);
    expect(await namesIn(join(clone, "dist"))).toEqual(["node"]);
  });

  it("does not wait for a run that died while it built", async () => {
    const dead = await tongket(["version"], { bin });
    expect(dead.code).toBe(0);
    // No process has a number beyond what the kernel gives.
    await writeFile(join(clone, "dist", ".building"), "99999999");
    await touch();
    expect(await tongket(["version"], { bin })).toMatchObject({ code: 0, stdout: Buffer.from("0.1.0\n") });
  });

  it("keeps what was built where a build fails, and says so with exit code 4", async () => {
    const good = await readFile(source);
    await appendFile(source, "\nexport const = ;\n");
    await touch();
    const built = await readFile(join(clone, "dist", "node", "main.mjs"));
    const run = await tongket(["version"], { bin });
    expect(run).toMatchObject({ code: 4, stdout: Buffer.alloc(0) });
    expect(run.stderr).toContain("words.ts");
    expect(run.stderr).not.toMatch(/^ {4}at /m);
    expect((await readFile(join(clone, "dist", "node", "main.mjs"))).equals(built)).toBe(true);
    expect(await namesIn(join(clone, "dist"))).toEqual(["node"]);
    await writeFile(source, good);
    expect(await tongket(["version"], { bin })).toMatchObject({ code: 0 });
  });
});
