import type { Person } from "#model";
import { say } from "#model";
import type { Office } from "./reports/report-room.ts";
import type { Storage } from "./storage/storage.ts";
import { newId } from "./tokens.ts";

const NAME = "chair.name";
const PERSON = "chair.person";

/** The name under which the installation's chair appears. */
export async function chairName(storage: Storage): Promise<string> {
  return (await storage.setting(NAME)) ?? say("vi", "person.chair");
}

/** The installation's chair as a person of the reports made here: the same person in each. */
export async function chairPerson(storage: Storage): Promise<Person> {
  const id = await storage.settingOnce(PERSON, newId());
  return { id, name: await chairName(storage), unit: "", role: "chair" };
}

/** Changes that name, also in the reports where the chair bears the old one: not where an imported chair has another. */
export async function renameChair(office: Office, name: string): Promise<void> {
  const { storage, live } = office;
  const before = await chairName(storage);
  await storage.changeSetting(NAME, name);
  await storage.reports.renameChair(before, name);
  for (const report of await storage.reports.list()) {
    live.desks.forget(report.id);
    live.refreshBoards(report.id);
    live.announce(report.id);
  }
}
