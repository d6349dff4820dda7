import type { Person } from "./comment.ts";
import { say } from "./language.ts";
import type { Report } from "./report.ts";
import type { Round } from "./round.ts";
import { fillIn } from "./template.ts";

/**
 * A letter to those who were asked in a round and have not answered, in Vietnamese. `until` is its deadline in words,
 * or null where it has none. Names come with their units, in the order in which they are given.
 */
export function reminderText(
  report: Pick<Report, "template" | "fields">,
  round: Pick<Round, "number">,
  people: readonly Person[],
  until: string | null,
): string {
  const { template, fields } = report;
  const title = `${template.typeName} ${fillIn(template.subject, fields)}`;
  return [
    say("vi", "remind.greeting"),
    ...people.map(({ name, unit }) => (unit === "" ? `- ${name}` : `- ${name} (${unit})`)),
    "",
    say("vi", "remind.asked", { round: round.number, title }),
    say("vi", until === null ? "remind.please" : "remind.pleaseUntil", { until: until ?? "" }),
    say("vi", "remind.link"),
    "",
    say("vi", "remind.thanks"),
  ].join("\n");
}
