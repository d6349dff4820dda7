import { createHmac } from "node:crypto";
import type { OtherComment } from "#comments";
import { othersFor } from "#comments";
import type { Audience } from "#model";
import { newToken } from "../tokens.ts";
import type { Member } from "../visitor.ts";
import type { Office } from "./report-room.ts";

/**
 * Sets what delegates see of each other's comments, and tells every page. The ids under which they were shown until now
 * mean nothing any more, so that what was seen with its name is not known again by its id.
 */
export async function setAudience(office: Office, report: string, audience: Audience): Promise<void> {
  await office.storage.changeSetting(secretKey(report), newToken());
  await office.storage.reports.setAudience(report, audience);
  office.live.announce(report);
}

/** What the member sees of others' comments. */
export async function othersOf(office: Office, { report, me }: Member): Promise<OtherComment[]> {
  const setting = report.audience ?? "own";
  if (setting === "own") return [];
  const secret = await office.storage.settingOnce(secretKey(report.id), newToken());
  const rename = (id: string): string => createHmac("sha256", secret).update(id).digest("base64url").slice(0, 16);
  return othersFor(await office.live.desks.records(report.id), me, setting, rename);
}

function secretKey(report: string): string {
  return `others-secret:${report}`;
}
