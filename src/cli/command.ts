import type { Language } from "#model";
import type { Word } from "./words.ts";

/** An option of a command. Without a placeholder it takes no value. */
export interface OptionSpec {
  readonly name: string;
  readonly short?: string;
  readonly placeholder?: Word;
  readonly about: Word;
  /** May be given several times. */
  readonly multiple?: boolean;
}

/** Where a command reads and writes beside files. */
export interface Streams {
  readonly input: AsyncIterable<Uint8Array>;
  readonly output: NodeJS.WritableStream;
  readonly messages: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** What a command is given: the options as the user wrote them, and the world outside. */
export interface Call {
  /** The first value of each option that takes one. */
  readonly values: ReadonlyMap<string, string>;
  /** Every value of the options that may be given several times. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  /** The options without a value that were given. */
  readonly flags: ReadonlySet<string>;
  readonly files: readonly string[];
  readonly language: Language;
  /** The folder of the installation: templates, schemas, the built client. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly streams: Streams;
}

/** One command of the command line. */
export interface Command {
  readonly name: string;
  readonly summary: Word;
  /** What stands after the name in the usage line; the word is the placeholder of a file. */
  readonly operands: "none" | "file" | "files" | "command";
  readonly options: readonly OptionSpec[];
  /** Does the work and gives the exit code. Throws a `TongketError` where the input does not allow it. */
  run(call: Call): Promise<number>;
}

/** Exit codes, documented in docs/errors.md. */
export const EXIT: {
  readonly done: 0;
  readonly gaps: 1;
  readonly badInput: 2;
  readonly notStarted: 3;
  readonly fault: 4;
} = { done: 0, gaps: 1, badInput: 2, notStarted: 3, fault: 4 };

export const OUTPUT: OptionSpec = {
  name: "output",
  short: "o",
  placeholder: "placeholder.file",
  about: "option.output",
};

export const DATA: OptionSpec = { name: "data", placeholder: "placeholder.dir", about: "option.data" };

export const ID: OptionSpec = { name: "id", placeholder: "placeholder.id", about: "option.id" };

export const TEMPLATE: OptionSpec = { name: "template", placeholder: "placeholder.id", about: "option.template" };

export const SET: OptionSpec = { name: "set", placeholder: "placeholder.value", about: "option.set", multiple: true };
