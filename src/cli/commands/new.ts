import { writeReportFile } from "#collab";
import { composeReportFile } from "#comments";
import { fieldsOf, initialFields, slotsOf } from "#model";
import type { Command } from "../command.ts";
import { DATA, EXIT, ID, OUTPUT, SET, TEMPLATE } from "../command.ts";
import { usageOptionMissing } from "../errors.ts";
import { writeBytes } from "../files.ts";
import { givenFields } from "../given-fields.ts";
import { composerFor, findRuleSet, findTemplate, openCatalogue } from "../report-source.ts";

/** Makes an empty report: every slot of the template, the fields given, initial values for the rest. */
export const newCommand: Command = {
  name: "new",
  summary: "summary.new",
  operands: "none",
  options: [TEMPLATE, SET, OUTPUT, ID, DATA],
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
