import type { Language } from "#model";
import { say, TongketError } from "#model";
import { readArguments } from "./arguments.ts";
import type { Call, Command, Streams } from "./command.ts";
import { EXIT } from "./command.ts";
import { checkCommand } from "./commands/check.ts";
import { exportCommand } from "./commands/export.ts";
import { collectCommand } from "./commands/collect.ts";
import { importCommand } from "./commands/import.ts";
import { mergeCommand } from "./commands/merge.ts";
import { newCommand } from "./commands/new.ts";
import { serveCommand } from "./commands/serve.ts";
import { showCommand } from "./commands/show.ts";
import { versionCommand } from "./commands/version.ts";
import { UsageError, usageCommandMissing, usageCommandUnknown, usageValueMissing, usageValueWrong } from "./errors.ts";
import { writeOut } from "./files.ts";
import { commandLines, overviewLines } from "./help.ts";
import { openCatalogue } from "./report-source.ts";
import { tell } from "./words.ts";

const helpCommand: Command = {
  name: "help",
  summary: "summary.help",
  operands: "command",
  options: [],
  async run(call) {
    const [name] = call.files;
    const command = COMMANDS.find((known) => known.name === name);
    if (name !== undefined && !command) throw usageCommandUnknown(name);
    const templates = command === newCommand ? [...(await openCatalogue(call)).templates.values()] : [];
    const lines = command ? commandLines(command, call.language, templates) : overviewLines(COMMANDS, call.language);
    await writeOut(`${lines.join("\n")}\n`, call.streams);
    return EXIT.done;
  },
};

const COMMANDS: readonly Command[] = [
  newCommand,
  importCommand,
  collectCommand,
  mergeCommand,
  checkCommand,
  exportCommand,
  showCommand,
  serveCommand,
  helpCommand,
  versionCommand,
];

/** Codes with which the server refuses to start. */
const START_REFUSED: ReadonlySet<string> = new Set([
  "port-taken",
  "port-forbidden",
  "data-unwritable",
  "data-in-use",
  "data-newer",
  "data-damaged",
]);

/**
 * Runs one command line (without the program's own name) and gives its exit code. `root` is the folder of the
 * installation. Whatever goes wrong is said in one line on standard error; a stack only with TONGKET_DEBUG=1.
 */
export async function main(args: readonly string[], root: string): Promise<number> {
  const streams: Streams = { input: process.stdin, output: process.stdout, messages: process.stderr };
  // Whoever reads our output may stop early, as `head` does; that is no fault.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(EXIT.done);
  });
  const environment = process.env;
  const language = environment["TONGKET_LANG"] === "en" ? "en" : "vi";
  const failed = { language, streams, debug: environment["TONGKET_DEBUG"] === "1" } as const;
  try {
    const chosen = takeLanguage(args, language);
    return await run(chosen.rest, { language: chosen.language, root, environment, streams }, failed.debug);
  } catch (error) {
    return tellError(error, { ...failed, command: null });
  }
}

type Surroundings = Pick<Call, "language" | "root" | "environment" | "streams">;

async function run(args: readonly string[], surroundings: Surroundings, debug: boolean): Promise<number> {
  const [first, ...rest] = args;
  const name = first === "--help" || first === "-h" ? "help" : first === "--version" ? "version" : first;
  const command = COMMANDS.find((known) => known.name === name) ?? null;
  try {
    if (name === undefined) throw usageCommandMissing();
    if (!command) throw usageCommandUnknown(name);
    if (rest.includes("--help") || rest.includes("-h")) {
      return await helpCommand.run({ ...readArguments(helpCommand, [command.name]), ...surroundings });
    }
    return await command.run({ ...readArguments(command, rest), ...surroundings });
  } catch (error) {
    return tellError(error, { ...surroundings, debug, command });
  }
}

/** The arguments without `--lang`, which may stand anywhere, and the language it names. */
function takeLanguage(args: readonly string[], language: Language): { rest: string[]; language: Language } {
  const rest = [...args];
  const at = rest.findIndex((arg) => arg === "--lang" || arg.startsWith("--lang="));
  if (at < 0) return { rest, language };
  const [option = "", next] = rest.slice(at);
  const value = option === "--lang" ? next : option.slice("--lang=".length);
  if (value === undefined) throw usageValueMissing("--lang");
  if (value !== "vi" && value !== "en") throw usageValueWrong("--lang", value, "vi, en");
  rest.splice(at, option === "--lang" ? 2 : 1);
  return { rest, language: value };
}

/** Says what went wrong and gives the exit code for it. */
function tellError(
  error: unknown,
  how: { language: Language; streams: Streams; debug: boolean; command: Command | null },
): number {
  const { language, streams, debug, command } = how;
  const print = (line: string): void => void streams.messages.write(`${line}\n`);
  if (debug && error instanceof Error) print(error.stack ?? error.message);
  if (!(error instanceof TongketError)) {
    const problem = error instanceof Error ? error.message : String(error);
    print(`tongket: ${say(language, "error.fault", { problem })}`);
    return EXIT.fault;
  }
  const file = error.details["in"];
  const where = file === undefined ? "" : `${file}: `;
  print(`tongket: ${where}${say(language, `error.${error.code}`, error.details)}`);
  const { known } = error.details;
  if (known !== undefined) print(tell(language, "help.known", { known }));
  if (error instanceof UsageError) {
    print(command ? tell(language, "help.see", { command: command.name }) : tell(language, "help.seeAll"));
  }
  return START_REFUSED.has(error.code) ? EXIT.notStarted : EXIT.badInput;
}
