import { officialDate } from "./dates.ts";
import type { RuleSet } from "./rule-set.ts";
import type { FieldSpec, Template } from "./template.ts";
import { fillIn } from "./template.ts";

/** Room for a number or a day that is written in by hand: spaces that neither stretch nor break. */
const BLANK = "\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0";

/** The fields of a report's form: those of its rule set, each replaced by the template's of the same id, then the rest. */
export function fieldsOf(template: Template, ruleSet: RuleSet): FieldSpec[] {
  const own = new Map(template.fields.map((field) => [field.id, field]));
  const shared = ruleSet.fields.map((field) => own.get(field.id) ?? field);
  const ids = new Set(ruleSet.fields.map((field) => field.id));
  return [...shared, ...template.fields.filter((field) => !ids.has(field.id))];
}

/**
 * The fields as printed lines use them: `typeName` and `subject` of the template, and `typeCaption`, the type name as
 * it is written within a sentence; `day`, `month` and `dateYear` of the date; the number with a 0 before a single
 * figure. A number or date not given yet is room to write it in.
 */
export function printedFields(template: Template, fields: Readonly<Record<string, string>>): Record<string, string> {
  const date = officialDate(fields["date"] ?? "");
  const typeName = fillIn(template.typeName, fields);
  const number = (fields["number"] ?? "").trim();
  return {
    ...fields,
    typeName,
    typeCaption: typeName.charAt(0).toLocaleUpperCase("vi") + typeName.slice(1).toLocaleLowerCase("vi"),
    subject: fillIn(template.subject, fields),
    number: number === "" ? BLANK : /^\d$/.test(number) ? `0${number}` : number,
    day: date?.day ?? BLANK,
    month: date?.month ?? BLANK,
    dateYear: date?.year ?? BLANK,
  };
}
