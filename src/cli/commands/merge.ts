import type { ReportFile } from "#collab";
import { mergeReportFiles, writeReportFile } from "#collab";
import type { LeftOut } from "#comments";
import { leftOutText, mergeWithDelegates } from "#comments";
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
  options: [OUTPUT, { name: "all", about: "option.all" }, DATA],
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
    const { file, leftOut } = call.flags.has("all") ? everything(files) : mergeWithDelegates(files);
    await writeBytes(output, writeReportFile(file), call.streams);
    for (const [index, reasons] of leftOut) {
      const name = nameOf(call.files[index] ?? "", call);
      for (const one of reasons) {
        call.streams.messages.write(`tongket: ${name}: ${leftOutText(call.language, one)}\n`);
      }
    }
    return EXIT.done;
  },
};

/** Whoever merges answers for what delegates' copies hold beyond their own notes. */
function everything(files: readonly ReportFile[]): ReturnType<typeof mergeWithDelegates> {
  return { file: mergeReportFiles(files), leftOut: new Map<number, LeftOut[]>() };
}

/** The merge would refuse it as well, but only here is it known which file it is. */
function checkSameReport(file: ReportFile, first: ReportFile | undefined, name: string): void {
  const other = file.manifest.report.id;
  const report = first?.manifest.report.id ?? other;
  if (other !== report) throw otherReport(report, other, name);
}
