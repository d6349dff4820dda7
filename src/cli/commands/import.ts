import { writeReportFile } from "#collab";
import { composeReportFile } from "#comments";
import type { Command } from "../command.ts";
import { DATA, EXIT, ID, OUTPUT } from "../command.ts";
import { usageOptionMissing } from "../errors.ts";
import { readJson, writeBytes } from "../files.ts";
import { about, composerFor, findRuleSet, findTemplate, nameOf, openCatalogue } from "../report-source.ts";

/** Makes a report from a JSON file with text, persons, rounds, comments and decisions. */
export const importCommand: Command = {
  name: "import",
  summary: "summary.import",
  operands: "file",
  options: [OUTPUT, ID, DATA],
  async run(call) {
    const [source = "-"] = call.files;
    const output = call.values.get("output");
    if (output === undefined) throw usageOptionMissing("-o");
    const catalogue = await openCatalogue(call);
    const value = await readJson(source, call.streams);
    const name = nameOf(source, call);
    const file = about(name, () => {
      const input = catalogue.check("report", value, name);
      const template = findTemplate(catalogue, input.template);
      findRuleSet(catalogue, input.ruleSet ?? template.ruleSet);
      const { id, composer } = composerFor(call);
      return composeReportFile(input, template, id, composer);
    });
    await writeBytes(output, writeReportFile(file), call.streams);
    return EXIT.done;
  },
};
