import { parseArgs } from "node:util";
import type { Command } from "./command.ts";
import {
  usageArgumentUnwanted,
  usageFileMissing,
  usageOptionUnknown,
  usageStreamTwice,
  usageValueMissing,
  usageValueUnwanted,
} from "./errors.ts";

/** What stands on a command line after the name of the command. */
export interface Given {
  readonly values: ReadonlyMap<string, string>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly flags: ReadonlySet<string>;
  readonly files: readonly string[];
}

/** Reads the arguments as the command wants them. Throws a usage error that names what is wrong. */
export function readArguments(command: Command, args: readonly string[]): Given {
  const options = Object.fromEntries(
    command.options.map((option) => [
      option.name,
      {
        type: option.placeholder ? ("string" as const) : ("boolean" as const),
        ...(option.short === undefined ? {} : { short: option.short }),
      },
    ]),
  );
  // Tokens, because the errors of the strict mode are English sentences.
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const values = new Map<string, string>();
  const lists = new Map<string, string[]>();
  const flags = new Set<string>();
  const files: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") files.push(token.value);
    if (token.kind !== "option") continue;
    const option = command.options.find((known) => known.name === token.name);
    if (!option) throw usageOptionUnknown(token.rawName);
    if (!option.placeholder) {
      if (token.value !== undefined) throw usageValueUnwanted(token.rawName);
      flags.add(option.name);
    } else {
      if (token.value === undefined) throw usageValueMissing(token.rawName);
      values.set(option.name, token.value);
      if (option.multiple) lists.set(option.name, [...(lists.get(option.name) ?? []), token.value]);
    }
  }
  checkOperands(command, files);
  return { values, lists, flags, files };
}

function checkOperands(command: Command, files: readonly string[]): void {
  const most = { none: 0, file: 1, files: Infinity, command: 1 }[command.operands];
  const extra = files[most];
  if (extra !== undefined) throw usageArgumentUnwanted(extra);
  const needed = command.operands === "file" || command.operands === "files";
  if (needed && files.length === 0) throw usageFileMissing();
  if (files.filter((file) => file === "-").length > 1) throw usageStreamTwice();
}
