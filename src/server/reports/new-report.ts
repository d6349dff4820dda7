import { seedBody } from "#collab";
import { composeReportFile } from "#comments";
import type { FieldSpec, Person, ReportInput, RuleSet, Template } from "#model";
import { fieldsOf, fillIn, slotsOf } from "#model";
import type { CreateReportRequest } from "#protocol";
import * as Y from "yjs";
import { fieldInvalid, fieldUnknown, templateUnknown } from "../errors.ts";
import { SERVER } from "../storage/storage.ts";
import { newId, now } from "../tokens.ts";
import type { Office } from "./report-room.ts";
import { ruleSetOf } from "./report-room.ts";

/** Makes a report from a template with the values of its form and its first text, and gives its id. */
export async function createReport(
  office: Office,
  templateId: string,
  given: Pick<CreateReportRequest, "fields" | "slots">,
  chair: Person,
): Promise<string> {
  const template = office.catalogue.templates.get(templateId);
  if (!template) throw templateUnknown(templateId);
  const id = newId();
  const report = {
    id,
    template,
    ruleSet: template.ruleSet,
    sample: false,
    chair: chair.id,
    createdAt: now(),
    changedAt: "",
    deletedAt: null,
  };
  const fields = fieldValues(template, ruleSetOf(office, report), given.fields);
  const slots = given.slots ? checkedSlots(office, template, fields, given.slots) : {};
  const body = new Y.Doc();
  seedBody(body, template, fields, slots, newId);
  await office.storage.reports.create({
    report,
    people: [chair],
    rounds: [],
    versions: [],
    log: [
      {
        report: id,
        document: "body",
        person: SERVER,
        at: report.createdAt,
        bytes: Y.encodeStateAsUpdate(body),
        claims: [body.clientID],
      },
    ],
  });
  return id;
}

/** First text, checked as an imported report is: what is wrong is told with its place. */
function checkedSlots(
  office: Office,
  template: Template,
  fields: Readonly<Record<string, string>>,
  given: NonNullable<CreateReportRequest["slots"]>,
): ReportInput["slots"] {
  const empty = Object.fromEntries(slotsOf(template).map((slot) => [slot.id, []]));
  const text: unknown = JSON.parse(JSON.stringify({ ...empty, ...given }).normalize("NFC"));
  const input = office.catalogue.check("report", { template: template.id, fields, slots: text }, "slots");
  composeReportFile(input, template, newId(), { newId, now: now() });
  return input.slots;
}

/** What a form gave, checked field by field, with the first values of what it left out. */
function fieldValues(
  template: Template,
  ruleSet: RuleSet,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const specs = fieldsOf(template, ruleSet);
  for (const id of Object.keys(given)) if (!specs.some((spec) => spec.id === id)) throw fieldUnknown(id);
  const values: Record<string, string> = {};
  for (const spec of specs) {
    const value = given[spec.id]?.normalize("NFC").trim();
    if (value !== undefined) checkField(spec, value);
    if (value) values[spec.id] = value;
  }
  for (const spec of specs) {
    const first = spec.initial ?? (spec.input === "choice" ? spec.choices?.[0]?.value : undefined);
    if (given[spec.id] === undefined && first !== undefined) values[spec.id] = fillIn(first, values);
    // Every title depends on it, so a report without its year is not made. What else is required may come later.
    if (spec.input === "year" && spec.required && !values[spec.id]) throw fieldInvalid(spec.id, "required");
  }
  return values;
}

function checkField(spec: FieldSpec, value: string): void {
  if (value === "") return;
  if (value.length > spec.maxLength) throw fieldInvalid(spec.id, `maxLength ${spec.maxLength}`);
  if (spec.input === "year" && !/^\d{4}$/.test(value)) throw fieldInvalid(spec.id, "yyyy");
  if (spec.input === "date" && Number.isNaN(Date.parse(value))) throw fieldInvalid(spec.id, "yyyy-mm-dd");
  if (spec.input !== "lines" && /[\n\r]/.test(value)) throw fieldInvalid(spec.id, "one line");
  if (spec.input === "choice" && !spec.choices?.some((choice) => choice.value === value)) {
    throw fieldInvalid(spec.id, (spec.choices ?? []).map((choice) => choice.value).join(", "));
  }
}
