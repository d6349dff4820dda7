import { writeReportFile } from "#collab";
import { composeReportFile } from "#comments";
import type { FieldSpec } from "#model";
import { fieldFits, fieldsOf, initialFields, slotsOf } from "#model";
import type { Call, Command } from "../command.ts";
import { DATA, EXIT, ID, OUTPUT } from "../command.ts";
import { fieldUnknown, fieldValueWrong, usageOptionMissing, usageValueWrong } from "../errors.ts";
import { writeBytes } from "../files.ts";
import { composerFor, findRuleSet, findTemplate, openCatalogue } from "../report-source.ts";

/** Makes an empty report: every slot of the template, the fields given, initial values for the rest. */
export const newCommand: Command = {
  name: "new",
  summary: "summary.new",
  operands: "none",
  options: [
    { name: "template", placeholder: "placeholder.id", about: "option.template" },
    { name: "set", placeholder: "placeholder.value", about: "option.set", multiple: true },
    OUTPUT,
    ID,
    DATA,
  ],
  async run(call) {
    const output = call.values.get("output");
    const name = call.values.get("template");
    if (name === undefined) throw usageOptionMissing("--template");
    if (output === undefined) throw usageOptionMissing("-o");
    const catalogue = await openCatalogue(call);
    const template = findTemplate(catalogue, name);
    const specs = fieldsOf(template, findRuleSet(catalogue, template.ruleSet));
    const fields = initialFields(specs, givenFields(call, specs));
    const slots = Object.fromEntries(slotsOf(template).map((slot) => [slot.id, []]));
    const { id, composer } = composerFor(call);
    const file = composeReportFile({ template: template.id, fields, slots }, template, id, composer);
    await writeBytes(output, writeReportFile(file), call.streams);
    return EXIT.done;
  },
};

function givenFields(call: Call, specs: readonly FieldSpec[]): Record<string, string> {
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
