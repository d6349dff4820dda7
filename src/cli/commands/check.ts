import type { Finding } from "#model";
import { carriedOutIn } from "#comments";
import { checkReport, say, unchangedFindings } from "#model";
import type { Call, Command } from "../command.ts";
import { DATA, EXIT } from "../command.ts";
import { writeOut } from "../files.ts";
import { openCatalogue, openReportFile, plainReport } from "../report-source.ts";
import { tell } from "../words.ts";

/** Says what a report lacks and what looks wrong in it: a line each, or as JSON. Only what it lacks makes it incomplete. */
export const checkCommand: Command = {
  name: "check",
  summary: "summary.check",
  operands: "file",
  options: [{ name: "json", about: "option.json.check" }, DATA],
  async run(call) {
    const [source = "-"] = call.files;
    const catalogue = await openCatalogue(call);
    const file = await openReportFile(source, catalogue, call);
    const report = plainReport(file, catalogue, source, call);
    const unchanged = unchangedFindings(report.threads, carriedOutIn(file, report));
    const findings = [...checkReport(report, call.language), ...unchanged];
    await writeOut(call.flags.has("json") ? asJson(findings, call) : asLines(findings, call), call.streams);
    return findings.some((finding) => finding.severity === "gap") ? EXIT.gaps : EXIT.done;
  },
};

function message(finding: Finding, call: Call): string {
  return say(call.language, `check.${finding.code}`, finding.values);
}

function asJson(findings: readonly Finding[], call: Call): string {
  const told = findings.map((finding) => ({ ...finding, message: message(finding, call) }));
  return `${JSON.stringify(told, null, 2)}\n`;
}

function asLines(findings: readonly Finding[], call: Call): string {
  const gaps = findings.filter((finding) => finding.severity === "gap");
  const warnings = findings.filter((finding) => finding.severity === "warning");
  const lines = [
    gaps.length === 0
      ? tell(call.language, "check.complete")
      : tell(call.language, "check.gaps", { count: gaps.length }),
    ...gaps.map((finding) => `- ${message(finding, call)}`),
  ];
  if (warnings.length > 0) lines.push(tell(call.language, "check.warnings", { count: warnings.length }));
  lines.push(...warnings.map((finding) => `- ${message(finding, call)}`));
  return `${lines.join("\n")}\n`;
}
