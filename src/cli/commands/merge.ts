import type { ReportFile } from "#collab";
import { mergeReportFiles, writeReportFile } from "#collab";
import type { Command } from "../command.ts";
import { DATA, EXIT, OUTPUT } from "../command.ts";
import { otherReport, usageOptionMissing } from "../errors.ts";
import { writeBytes } from "../files.ts";
import { nameOf, openCatalogue, openReportFile } from "../report-source.ts";

/** Merges files of one report: any number of them, in any order, any number of times. */
export const mergeCommand: Command = {
  name: "merge",
  summary: "summary.merge",
  operands: "files",
  options: [OUTPUT, DATA],
  async run(call) {
    const output = call.values.get("output");
    if (output === undefined) throw usageOptionMissing("-o");
    const catalogue = await openCatalogue(call);
    const files: ReportFile[] = [];
    for (const name of call.files) {
      const file = await openReportFile(name, catalogue, call);
      checkSameReport(file, files[0], nameOf(name, call));
      files.push(file);
    }
    await writeBytes(output, writeReportFile(mergeReportFiles(files)), call.streams);
    return EXIT.done;
  },
};

/** The merge would refuse it as well, but only here is it known which file it is. */
function checkSameReport(file: ReportFile, first: ReportFile | undefined, name: string): void {
  const other = file.manifest.report.id;
  const report = first?.manifest.report.id ?? other;
  if (other !== report) throw otherReport(report, other, name);
}
