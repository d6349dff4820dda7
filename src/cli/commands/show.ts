import type { Command } from "../command.ts";
import { DATA, EXIT } from "../command.ts";
import { writeOut } from "../files.ts";
import { reportLines } from "../report-lines.ts";
import { openCatalogue, openReportFile, plainReport } from "../report-source.ts";

/** Prints the plain report: to read, or as JSON for other programs. */
export const showCommand: Command = {
  name: "show",
  summary: "summary.show",
  operands: "file",
  options: [{ name: "json", about: "option.json.show" }, DATA],
  async run(call) {
    const [source = "-"] = call.files;
    const catalogue = await openCatalogue(call);
    const report = plainReport(await openReportFile(source, catalogue, call), catalogue, source, call);
    const text = call.flags.has("json")
      ? JSON.stringify(inKeyOrder(report), null, 2)
      : reportLines(report, call.language).join("\n");
    await writeOut(`${text}\n`, call.streams);
    return EXIT.done;
  },
};

/** The same JSON value with the keys of every object in the order of their code units. */
function inKeyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inKeyOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, inKeyOrder(member)]));
}
