import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { composeReportFile } from "#comments";
import type { FastifyBaseLogger } from "fastify";
import { chairPerson } from "./chair.ts";
import { takeReportFile } from "./reports/report-files.ts";
import type { Office } from "./reports/report-room.ts";
import { newId, now } from "./tokens.ts";

const SEEDED = "sample.seeded";

/** The fixture a newcomer finds; where it is not there, the first of all. */
const SAMPLE = "vien-khoa-hoc-to-chuc-nha-nuoc-dang-uy.json";

/**
 * Puts one sample report into an installation that has never had a report. Once only: a sample that was deleted does
 * not come back. A fixture that is wrong costs the sample, never the start.
 */
export async function seedSample(office: Office, fixtures: string, log: FastifyBaseLogger): Promise<void> {
  if ((await office.storage.setting(SEEDED)) !== null) return;
  const isEmpty = (await office.storage.reports.list()).length === 0;
  if (isEmpty) {
    try {
      await seed(office, fixtures);
    } catch (error) {
      log.error({ err: error }, "the sample report could not be made");
      return;
    }
  }
  await office.storage.changeSetting(SEEDED, now());
}

async function seed(office: Office, fixtures: string): Promise<void> {
  const names = (await readdir(fixtures)).filter((name) => name.endsWith(".json")).toSorted();
  const name = names.includes(SAMPLE) ? SAMPLE : names[0];
  if (name === undefined) return;
  const file = join(fixtures, name);
  const parsed: unknown = JSON.parse(await readFile(file, "utf8"));
  const input = office.catalogue.check("report", parsed, file);
  const template = office.catalogue.templates.get(input.template);
  if (!template) return;
  const made = composeReportFile({ ...input, sample: true }, template, newId(), { newId, now: now() });
  await takeReportFile(office, made, await chairPerson(office.storage));
}
