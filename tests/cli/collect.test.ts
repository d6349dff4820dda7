import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { writeReportFile } from "#collab";
import { shippedCatalogue } from "../support/catalogue.ts";
import { makeCopies } from "../returned/copies.ts";
import { makeWorld, withSecondRound } from "../returned/world.ts";
import { ownFolder, tongket } from "./tongket.ts";

const EPOCH = { SOURCE_DATE_EPOCH: String(Date.UTC(2022, 0, 8) / 1000) };

it("collects the copies of a round into the notes of their authors, lists what has to be looked at, and brings nothing twice", async () => {
  const folder = await ownFolder();
  const world = makeWorld(await shippedCatalogue(), 11);
  // The first was made out for its delegate; in the fifth the properties are lost, the author is not.
  const copies = (await makeCopies(world, 11)).filter(({ way }) => way !== "office").slice(0, 6);
  await writeFile(join(folder, "gốc.tongket"), writeReportFile(world.file));
  for (const copy of copies) await writeFile(join(folder, copy.name), copy.bytes);
  await writeFile(join(folder, "khác.docx"), "không phải Word");
  const names = copies.map(({ name }) => name);
  const run = await tongket(["collect", "gốc.tongket", ...names, "khác.docx", "-o", "ra.tongket", "--json"], {
    cwd: folder,
    env: EPOCH,
  });
  expect(run.stderr).toBe("");
  expect(run.code).toBe(1);
  const told: { files: { file: string; refused?: { code: string }; remarks?: { fate: string }[] }[] } = JSON.parse(
    String(run.stdout),
  );
  expect(told.files.at(-1)).toMatchObject({ file: "khác.docx", refused: { code: "word-not-word" } });
  const said = copies.flatMap(({ expected }) => expected).length;
  const fresh = told.files.flatMap(({ remarks = [] }) => remarks).filter(({ fate }) => fate === "new").length;
  expect(fresh).toBe(said);

  const lines = await tongket(["collect", "ra.tongket", ...names.toReversed(), "-o", "lại.tongket"], {
    cwd: folder,
    env: EPOCH,
  });
  expect(lines.code).toBe(0);
  expect(String(lines.stdout)).toContain(`đã có ${said}, chưa nhận 0`);
  expect(await readFile(join(folder, "lại.tongket"))).toEqual(await readFile(join(folder, "ra.tongket")));
  const other = await tongket(["collect", "gốc.tongket", ...names.toReversed(), "-o", "ngược.tongket"], {
    cwd: folder,
    env: EPOCH,
  });
  expect(other.code).toBe(0);
  expect(await readFile(join(folder, "ngược.tongket"))).toEqual(await readFile(join(folder, "ra.tongket")));
});

it("takes nothing of an author who is not known for sure until --as says who it is", async () => {
  const folder = await ownFolder();
  const world = makeWorld(await shippedCatalogue(), 11);
  const [copy] = (await makeCopies(world, 11)).filter(({ name }) => name === "gop-y-25.docx");
  if (!copy) throw new Error("the 25th copy was made");
  await writeFile(join(folder, "gốc.tongket"), writeReportFile(world.file));
  await writeFile(join(folder, "a.docx"), copy.bytes);
  const run = await tongket(["collect", "gốc.tongket", "a.docx", "-o", "ra.tongket"], { cwd: folder, env: EPOCH });
  expect(run.code).toBe(1);
  expect(String(run.stdout)).toContain("không biết “Windows User” là ai");
  expect(String(run.stdout)).toMatch(/mới 0, sửa lại 0, đã có 0, chưa nhận [1-9]/);
  const as = (who: string) =>
    tongket(["collect", "gốc.tongket", "a.docx", "--as", `a.docx=${who}`, "-o", "ra.tongket"], {
      cwd: folder,
      env: EPOCH,
    });
  const settled = await as(copy.person);
  expect(settled.code).toBe(0);
  expect(String(settled.stdout)).toContain(`mới ${copy.expected.length}, sửa lại 0, đã có 0, chưa nhận 0`);
  const wrong = await as("ai-đó");
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain("d25");
});

it("reads a copy that does not name its round beside the draft it is nearest to, unless --round says which", async () => {
  const folder = await ownFolder();
  const world = makeWorld(await shippedCatalogue(), 11);
  const copy = (await makeCopies(world, 11, 6)).find(({ way }) => way === "no-ids");
  if (!copy) throw new Error("a copy without properties was made");
  await writeFile(join(folder, "gốc.tongket"), writeReportFile(withSecondRound(world)));
  await writeFile(join(folder, "a.docx"), copy.bytes);
  const collect = (...more: string[]) =>
    tongket(["collect", "gốc.tongket", "a.docx", "--as", `a.docx=${copy.person}`, "-o", "ra.tongket", ...more], {
      cwd: folder,
      env: EPOCH,
    });
  const guessed = String((await collect()).stdout);
  expect(guessed).toContain("dự thảo lần 1: ");
  expect(guessed).toContain("tệp không ghi đợt nào: so với dự thảo lần 1");
  const asked = await collect("--round", "2");
  expect(asked.code).toBe(0);
  expect(String(asked.stdout)).toContain("dự thảo lần 2: ");
  expect(String(asked.stdout)).not.toContain("không ghi đợt nào");
  const missing = await collect("--round", "3");
  expect(missing.code).toBe(1);
  expect(String(missing.stdout)).toContain("a.docx: không nhận.");
});
