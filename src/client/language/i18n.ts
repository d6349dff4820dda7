import i18next, { changeLanguage, use } from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language } from "#model";
import enDelegate from "./en/delegate.json" with { type: "json" };
import enShell from "./en/shell.json" with { type: "json" };
import enWorkspace from "./en/workspace.json" with { type: "json" };
import viDelegate from "./vi/delegate.json" with { type: "json" };
import viShell from "./vi/shell.json" with { type: "json" };
import viWorkspace from "./vi/workspace.json" with { type: "json" };

const REMEMBERED = "tongket.language";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "shell";
    keySeparator: false;
    nsSeparator: false;
    interpolationPrefix: "{";
    interpolationSuffix: "}";
    resources: { shell: typeof viShell; workspace: typeof viWorkspace; delegate: typeof viDelegate };
  }
}

function remembered(): Language {
  try {
    return localStorage.getItem(REMEMBERED) === "en" ? "en" : "vi";
  } catch {
    return "vi";
  }
}

/**
 * Makes the texts of the interface ready: namespaces `shell`, `workspace` and `delegate`, flat keys, `{name}` for a
 * value, `_one` / `_other` after a key with a `count`. Vietnamese unless this browser chose English.
 */
export async function startLanguage(): Promise<void> {
  i18next.on("languageChanged", (language) => {
    document.documentElement.lang = language;
  });
  await use(initReactI18next).init({
    lng: remembered(),
    fallbackLng: "vi",
    ns: ["shell", "workspace", "delegate"],
    defaultNS: "shell",
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false, prefix: "{", suffix: "}" },
    resources: {
      vi: { shell: viShell, workspace: viWorkspace, delegate: viDelegate },
      en: { shell: enShell, workspace: enWorkspace, delegate: enDelegate },
    },
  });
}

/** Changes the language at once and for the next visits. */
export async function chooseLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(REMEMBERED, language);
  } catch {
    // A browser that stores nothing still changes the language for this page.
  }
  await changeLanguage(language);
}
