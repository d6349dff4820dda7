import { useTranslation } from "react-i18next";
import type { Language, Localised } from "#model";

/** The language of the interface; the component is drawn again when it changes. */
export function useLanguage(): Language {
  const { i18n } = useTranslation("shell");
  return i18n.language === "en" ? "en" : "vi";
}

/** A function that picks the text of the interface's language, as for template names and field labels. */
export function useLocalised(): (text: Localised) => string {
  const language = useLanguage();
  return (text) => text[language];
}
