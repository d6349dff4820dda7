import type { FieldSpec } from "#model";
import { fieldFits } from "#model";
import type { Call } from "./command.ts";
import { fieldUnknown, fieldValueWrong, usageValueWrong } from "./errors.ts";

/** The fields that a call gives with `--set`, each checked against its form. */
export function givenFields(call: Call, specs: readonly FieldSpec[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const setting of call.lists.get("set") ?? []) {
    const sign = setting.indexOf("=");
    if (sign < 1) throw usageValueWrong("--set", setting, "field=value");
    const id = setting.slice(0, sign);
    const spec = specs.find((known) => known.id === id);
    if (!spec) throw fieldUnknown(id, specs.map((known) => known.id).join(", "));
    const text = setting.slice(sign + 1).normalize("NFC");
    const value = spec.input === "lines" ? text.replaceAll("\\n", "\n") : text;
    if (!fieldFits(spec, value)) throw fieldValueWrong(id, spec.label[call.language], value);
    fields[id] = value;
  }
  return fields;
}
