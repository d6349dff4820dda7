import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { writeReportFile } from "#collab";
import { shippedCatalogue } from "../support/catalogue.ts";
import { makeCopies } from "../returned/copies.ts";
import { makeWorld } from "../returned/world.ts";
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
