import { officialDate } from "./dates.ts";
import type { FieldSpec } from "./template.ts";
import { fillIn } from "./template.ts";

/**
 * The values a new report starts with: those given, and for the other fields what their `initial` becomes, or a
 * choice's first value. An initial value that needs a field without a value stays away, so that it is seen as missing.
 */
export function initialFields(
  specs: readonly FieldSpec[],
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const values: Record<string, string> = { ...given };
  // An initial value may speak of a field that stands after it, so one round may fill in what the next one needs.
  for (let round = 0; round < specs.length; round++) {
    for (const spec of specs) {
      if (values[spec.id] !== undefined) continue;
      const value = fillIn(spec.initial ?? spec.choices?.[0]?.value ?? "", values);
      if (value !== "" && !/\{\w+\}/.test(value)) values[spec.id] = value;
    }
  }
  return values;
}

/** True where `value` may stand in the field: empty, or short enough and a real date, year or choice. */
export function fieldFits(spec: FieldSpec, value: string): boolean {
  if (value === "") return true;
  if (value.length > spec.maxLength) return false;
  switch (spec.input) {
    case "year":
      return /^\d{4}$/.test(value);
    case "date":
      return officialDate(value) !== null;
    case "choice":
      return spec.choices?.some((choice) => choice.value === value) ?? false;
    case "text":
      return !value.includes("\n");
    case "lines":
      return true;
  }
}
