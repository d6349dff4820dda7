import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "../command.ts";
import { EXIT } from "../command.ts";
import { writeOut } from "../files.ts";

/** Prints the version of the installation. */
export const versionCommand: Command = {
  name: "version",
  summary: "summary.version",
  operands: "none",
  options: [],
  async run(call) {
    const own: { version: string } = JSON.parse(await readFile(join(call.root, "package.json"), "utf8"));
    await writeOut(`${own.version}\n`, call.streams);
    return EXIT.done;
  },
};
