import { basename, extname } from "node:path";
import type { Command } from "../command.ts";
import { DATA, EXIT, OUTPUT } from "../command.ts";
import { usageOptionMissing, usageValueWrong } from "../errors.ts";
import { writeBytes } from "../files.ts";
import { openCatalogue, openReportFile, plainReport } from "../report-source.ts";
import { tell } from "../words.ts";

const KINDS = ["final", "draft", "responses"] as const;

/** How long an export runs before it is said how far it is, in milliseconds. */
const PATIENCE = 1000;

/** Writes one of the Word files of a report. */
export const exportCommand: Command = {
  name: "export",
  summary: "summary.export",
  operands: "file",
  options: [
    { name: "as", placeholder: "placeholder.kind", about: "option.as" },
    { ...OUTPUT, about: "option.output.export" },
    DATA,
  ],
  async run(call) {
    const [source = "-"] = call.files;
    const as = call.values.get("as");
    if (as === undefined) throw usageOptionMissing("--as");
    const kind = KINDS.find((known) => known === as);
    if (!kind) throw usageValueWrong("--as", as, KINDS.join(", "));
    const output = call.values.get("output") ?? defaultOutput(source, kind);

    const catalogue = await openCatalogue(call);
    const report = plainReport(await openReportFile(source, catalogue, call), catalogue, source, call);
    // The Word library takes longer to load than all the rest.
    const { exportReport } = await import("#docx");
    const { messages } = call.streams;
    const start = performance.now();
    let told = "";
    const bytes = await exportReport(report, kind, {
      onProgress(done, total) {
        if (!messages.isTTY || performance.now() - start < PATIENCE) return;
        const line = tell(call.language, "export.progress", { percent: Math.floor((100 * done) / total) });
        if (line !== told) messages.write(`\r${line}`);
        told = line;
      },
    });
    if (told !== "") messages.write("\n");
    await writeBytes(output, bytes, call.streams);
    if (!call.values.has("output") && output !== "-") {
      messages.write(`${tell(call.language, "written", { file: output })}\n`);
    }
    return EXIT.done;
  },
};

function defaultOutput(source: string, kind: string): string {
  return source === "-" ? "-" : `${basename(source, extname(source))}-${kind}.docx`;
}
