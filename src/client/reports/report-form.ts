import type { FieldSpec } from "#model";
import { fillIn, parseDate } from "#model";

/** What a person has typed into the form so far: only fields that were touched. */
export type Touched = Readonly<Record<string, string>>;

/** What is wrong with a field: the key of a text, and the values it needs. */
export type FieldProblem =
  | { readonly key: "invalid.required" | "invalid.year" | "invalid.date" | "invalid.choice" }
  | { readonly key: "invalid.too-long"; readonly max: number };

/**
 * The year a report made on this day is most likely about. Reports are written in the last months of their year and the
 * first of the next.
 */
export function likelyYear(today: Date): number {
  return today.getMonth() < 6 ? today.getFullYear() - 1 : today.getFullYear();
}

/**
 * The value of every field: what was typed, else the field's initial text with `{year}`, `{nextYear}` and earlier fields
 * filled in, else the first choice, else the likely year. Untouched fields follow the fields they are made from.
 */
export function valuesOf(specs: readonly FieldSpec[], touched: Touched, today: Date): Record<string, string> {
  const values: Record<string, string> = {};
  const year = specs.find((spec) => spec.input === "year");
  if (year) values[year.id] = touched[year.id] ?? year.initial ?? String(likelyYear(today));
  for (const spec of specs) values[spec.id] = touched[spec.id] ?? values[spec.id] ?? initialValue(spec, values);
  return values;
}

function initialValue(spec: FieldSpec, values: Readonly<Record<string, string>>): string {
  if (spec.initial !== undefined) return fillIn(spec.initial, values);
  return spec.input === "choice" ? (spec.choices?.[0]?.value ?? "") : "";
}

/** What is wrong with one field's value; null where nothing is. */
export function problemOf(spec: FieldSpec, value: string): FieldProblem | null {
  const text = value.trim();
  if (text === "") return spec.required ? { key: "invalid.required" } : null;
  if (text.length > spec.maxLength) return { key: "invalid.too-long", max: spec.maxLength };
  if (spec.input === "year") return /^[12]\d{3}$/.test(text) ? null : { key: "invalid.year" };
  if (spec.input === "date") return parseDate(text) ? null : { key: "invalid.date" };
  if (spec.input === "choice" && !spec.choices?.some((choice) => choice.value === text))
    return { key: "invalid.choice" };
  return null;
}

/** Everything wrong with the form, in the order of the fields. */
export function problemsOf(
  specs: readonly FieldSpec[],
  values: Readonly<Record<string, string>>,
): ReadonlyMap<string, FieldProblem> {
  const problems = new Map<string, FieldProblem>();
  for (const spec of specs) {
    const problem = problemOf(spec, values[spec.id] ?? "");
    if (problem) problems.set(spec.id, problem);
  }
  return problems;
}

/** The values as they are sent: trimmed, in NFC, spaces at line ends and empty lines at the end of lists removed. */
export function sentFields(
  specs: readonly FieldSpec[],
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  const sent: Record<string, string> = {};
  for (const spec of specs) {
    const value = (values[spec.id] ?? "").normalize("NFC");
    sent[spec.id] = value
      .split("\n")
      .map((line) => line.trim())
      .join("\n")
      .trim();
  }
  return sent;
}
