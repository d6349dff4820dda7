import enChecks from "./language/en/checks.json" with { type: "json" };
import enErrors from "./language/en/errors.json" with { type: "json" };
import enPrint from "./language/en/print.json" with { type: "json" };
import enPresentation from "./language/en/presentation.json" with { type: "json" };
import enReturned from "./language/en/returned.json" with { type: "json" };
import viChecks from "./language/vi/checks.json" with { type: "json" };
import viErrors from "./language/vi/errors.json" with { type: "json" };
import viPresentation from "./language/vi/presentation.json" with { type: "json" };
import viPrint from "./language/vi/print.json" with { type: "json" };
import viReturned from "./language/vi/returned.json" with { type: "json" };

/** The languages of the interface, first the default. */
export type Language = "vi" | "en";

const TEXTS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  vi: { ...viErrors, ...viChecks, ...viPresentation, ...viPrint, ...viReturned },
  en: { ...enErrors, ...enChecks, ...enPresentation, ...enPrint, ...enReturned },
};

/** Every key of the language files of this part. Both languages have the same. */
export function textKeys(language: Language): string[] {
  return Object.keys(TEXTS[language]);
}

/**
 * The text under `key` with every `{name}` replaced by its value. A key without a text is returned as it is, so that
 * something is always said; a test finds such keys. A value that is itself the key of a `problem.` text is said as that
 * text, filled by the same values: so an error can carry what is wrong in no language.
 */
export function say(language: Language, key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const texts = TEXTS[language];
  const fill = (text: string, told: (value: string) => string): string =>
    text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => told(String(values[name] ?? whole)));
  return fill(texts[key] ?? key, (value) => {
    const problem = value.startsWith("problem.") ? texts[value] : undefined;
    return problem === undefined ? value : fill(problem, (inner) => inner);
  });
}
