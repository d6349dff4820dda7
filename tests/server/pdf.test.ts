import { chmod, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, onTestFinished, vi } from "vitest";
import { slotText } from "#collab";
import type { ReportInfo } from "#protocol";
import { findLibreOffice, wordToPdf } from "#server";
import { findOffice } from "../support/office.ts";
import { openHall } from "./support.ts";

const folder = await mkdtemp(join(tmpdir(), "tongket-pdf-test-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A program that stands for LibreOffice: does what `script` says. */
async function standIn(name: string, script: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

/** A folder for what is made in between that nobody else uses, until the test is over. */
async function ownTemporary(): Promise<string> {
  const own = await mkdtemp(join(folder, "temporary-"));
  vi.stubEnv("TMPDIR", own);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  return own;
}

it("prints the final report and the table as PDF where LibreOffice is there, while others are served", async () => {
  const hall = await openHall({ libreOffice: findOffice().soffice });
  const body = await hall.chair.line().document(`${hall.report}/body`);
  slotText(body.doc, "opening").insert(1, "Một câu của báo cáo.");
  await body.saved();
  expect((await hall.chair.info(hall.report)).pdf).toBe(true);
  const url = `/api/reports/${hall.report}/export?format=pdf&as=`;
  const made = Promise.all(["final", "responses"].map((as) => hall.chair.fetch(url + as)));
  let served = 0;
  for (let waiting = true; waiting; served++) {
    const first = await Promise.race([made.then(() => null), hall.chair.fetch("/api/health")]);
    waiting = first !== null;
    if (first) expect(first.status).toBe(200);
  }
  expect(served).toBeGreaterThan(20);
  for (const response of await made) {
    expect(response.headers.get("content-type")).toBe("application/pdf");
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(new TextDecoder().decode(bytes.subarray(0, 5))).toBe("%PDF-");
    expect(bytes.length).toBeGreaterThan(5000);
  }
});

it("says plainly, in the reader's language, that there is no PDF without LibreOffice, and offers none", async () => {
  const hall = await openHall({ libreOffice: null });
  const info: ReportInfo = await hall.chair.info(hall.report);
  expect(info).not.toHaveProperty("pdf");
  for (const [language, words] of [
    ["vi", "không có LibreOffice"],
    ["en", "LibreOffice is not installed"],
  ] as const) {
    const refused = await hall.chair.fetch(`/api/reports/${hall.report}/export?as=final&format=pdf`, {
      headers: { "accept-language": language },
    });
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({
      error: { code: "office-missing", message: expect.stringContaining(words) },
    });
  }
});

it("ends a conversion that takes too long with all it started, and leaves nothing behind", async () => {
  const temporary = await ownTemporary();
  const mark = join(folder, "still-running");
  const program = await standIn("slow", `( while :; do date >> "${mark}"; sleep 0.1; done ) & sleep 600`);
  const started = performance.now();
  await expect(wordToPdf(program, new Uint8Array([1]), 3000)).rejects.toMatchObject({ code: "office-failed" });
  expect(performance.now() - started).toBeLessThan(60_000);
  const { size } = await stat(mark);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect((await stat(mark)).size).toBe(size);
  expect(await readdir(temporary)).toEqual([]);
});

it("tells what the program said where it makes nothing", async () => {
  const program = await standIn("broken", "echo 'Error: source file could not be loaded' >&2; exit 1");
  await expect(wordToPdf(program, new Uint8Array([1]))).rejects.toMatchObject({
    code: "office-failed",
    details: { said: "Error: source file could not be loaded" },
  });
  await expect(wordToPdf(join(folder, "none"), new Uint8Array([1]))).rejects.toMatchObject({ code: "office-failed" });
});

it("finds the program that is named, else one on the PATH, and none that cannot be run", async () => {
  const program = await standIn("soffice", "exit 0");
  expect(findLibreOffice({ PATH: `/nowhere:${folder}` })).toBe(program);
  expect(findLibreOffice({ PATH: folder, SOFFICE_PATH: "/nowhere/soffice" })).toBeNull();
  await writeFile(join(folder, "plain"), "");
  expect(findLibreOffice({ SOFFICE_PATH: join(folder, "plain") })).toBeNull();
});
