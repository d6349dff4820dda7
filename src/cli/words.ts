import type { Language } from "#model";
import en from "./language/en/cli.json" with { type: "json" };
import vi from "./language/vi/cli.json" with { type: "json" };

/** The sentences of the command line. Both languages have the same; a test holds them together. */
export type Word = keyof typeof vi;

const WORDS: Readonly<Record<Language, Readonly<Record<Word, string>>>> = { vi, en };

/** The sentence in a language, with every `{name}` replaced by its value. */
export function tell(language: Language, word: Word, values: Readonly<Record<string, string | number>> = {}): string {
  return WORDS[language][word].replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
