import type { ReactElement } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportPlan } from "#model";
import type { TemplateChoice } from "#protocol";
import { api } from "../app/api.ts";
import { problemText } from "../app/errors.ts";
import { useLanguage } from "../language/use-language.ts";
import { Button } from "../ui/button.tsx";
import { useToast } from "../ui/toast.tsx";
import type { Brought } from "../word-import/placing.ts";
import { WordFileButton } from "../word-import/word-file-button.tsx";
import { WordImportDialog } from "../word-import/word-import-dialog.tsx";
import styles from "./from-word.module.css";

/** Text for a new report out of a Word file, with the template that it was placed in. */
export interface WordText {
  readonly name: string;
  readonly template: string;
  readonly brought: Brought;
}

/** Offers to begin from a Word file: last year's, or one half written. What was brought is told, and can be removed. */
export function FromWord({
  choice,
  fields,
  text,
  onText,
}: {
  readonly choice: TemplateChoice;
  readonly fields: Readonly<Record<string, string>>;
  /** What was brought for the template chosen; null where nothing was. */
  readonly text: WordText | null;
  readonly onText: (text: WordText | null) => void;
}): ReactElement {
  const { t } = useTranslation("shell");
  const language = useLanguage();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [placing, setPlacing] = useState<{ name: string; plan: ImportPlan } | null>(null);
  const { template } = choice;

  const read = async (file: File): Promise<void> => {
    setBusy(true);
    try {
      setPlacing({ name: file.name, plan: await api.planWord({ template: template.id }, file) });
    } catch (error) {
      toast({ title: problemText(language, error), tone: "danger" });
    } finally {
      setBusy(false);
    }
  };
  const use = (brought: Brought): void => {
    if (placing) onText({ name: placing.name, template: template.id, brought });
    setPlacing(null);
  };
  return (
    <section className={styles["offer"]} aria-labelledby="from-word">
      <div className={styles["words"]}>
        <h2 id="from-word">{t("word.about")}</h2>
        <p role="status">
          {text
            ? t("word.brought", {
                name: text.name,
                words: text.brought.words,
                count: Object.keys(text.brought.slots).length,
              })
            : t("word.aboutText")}
        </p>
      </div>
      <div className={styles["actions"]}>
        {text ? <Button onClick={() => onText(null)}>{t("word.remove")}</Button> : null}
        <WordFileButton busy={busy} onFile={(file) => void read(file)} />
      </div>
      {placing ? (
        <WordImportDialog
          name={placing.name}
          plan={placing.plan}
          ground={{ template, ruleSet: choice.ruleSet, fields }}
          onUse={use}
          onClose={() => setPlacing(null)}
        />
      ) : null}
    </section>
  );
}
