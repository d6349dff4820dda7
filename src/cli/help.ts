import type { Language, Template } from "#model";
import type { Command, OptionSpec } from "./command.ts";
import { tell } from "./words.ts";

/** May be given to every command. */
const LANGUAGE_OPTION: OptionSpec = { name: "lang", placeholder: "placeholder.language", about: "option.lang" };

/** The page on all commands. */
export function overviewLines(commands: readonly Command[], language: Language): string[] {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    tell(language, "help.title"),
    "",
    tell(language, "help.commands"),
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${tell(language, command.summary)}`),
    "",
    tell(language, "help.options"),
    ...optionLines([LANGUAGE_OPTION], language),
    "",
    tell(language, "help.more"),
    tell(language, "help.exit"),
  ];
}

/** The page on one command. */
export function commandLines(command: Command, language: Language, templates: readonly Template[]): string[] {
  const file = tell(language, "placeholder.file");
  const operand = {
    none: "",
    file: ` ${file}`,
    files: ` ${file}…`,
    command: ` [${tell(language, "placeholder.command")}]`,
  };
  const lines = [
    `tongket ${command.name}: ${tell(language, command.summary)}`,
    "",
    `${tell(language, "help.usage")} tongket ${command.name}${operand[command.operands]}${usage(command, language)}`,
    "",
    tell(language, "help.options"),
    ...optionLines([...command.options, LANGUAGE_OPTION], language),
  ];
  if (templates.length === 0) return lines;
  const width = Math.max(...templates.map((template) => template.id.length));
  const rows = templates.map((template) => `  ${template.id.padEnd(width)}  ${template.name[language]}`);
  return [...lines, "", tell(language, "help.templates"), ...rows];
}

function usage(command: Command, language: Language): string {
  return command.options.map((option) => ` [${spelling(option, language)}]`).join("");
}

function optionLines(options: readonly OptionSpec[], language: Language): string[] {
  const spelt = options.map((option) => spelling(option, language));
  const width = Math.max(...spelt.map((text) => text.length));
  return options.map((option, index) => `  ${(spelt[index] ?? "").padEnd(width)}  ${tell(language, option.about)}`);
}

function spelling(option: OptionSpec, language: Language): string {
  const name = option.short === undefined ? `--${option.name}` : `-${option.short}`;
  return option.placeholder ? `${name} ${tell(language, option.placeholder)}` : name;
}
