import type { ReactElement } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportPlan } from "#model";
import type { TemplateChoice } from "#protocol";
import { api } from "../app/api.ts";
import { problemText } from "../app/errors.ts";
import { useLanguage, useLocalised } from "../language/use-language.ts";
import { Button } from "../ui/button.tsx";
import { useToast } from "../ui/toast.tsx";
import type { LaidWord } from "../word-import/laid-word.ts";
import { openPieces } from "../word-import/laid-word.ts";
import type { Brought, Placing } from "../word-import/placing.ts";
import { WordFileButton } from "../word-import/word-file-button.tsx";
import { WordImportDialog } from "../word-import/word-import-dialog.tsx";
import styles from "./from-word.module.css";
import type { WordDrafting } from "./use-word-draft.ts";

/** A file with how it lies, as a window shows it. */
interface ShownWord {
  readonly name: string;
  readonly bytes: Blob;
  readonly plan: ImportPlan;
  /** How a person or a change of the template has placed it; null where it was just read. */
  readonly before: LaidWord | null;
}

/**
 * Offers to begin from a Word file: last year's, or one half written. What was brought is told, can be looked at again,
 * and can be removed. On another template it is laid anew by itself, and what then has no place is told by name.
 */
export function FromWord({
  choice,
  fields,
  word: { draft, laid, failure, set, again },
  reviewing,
  onReview,
  onUse,
}: {
  readonly choice: TemplateChoice;
  readonly fields: Readonly<Record<string, string>>;
  readonly word: WordDrafting;
  /** True while a person looks at how the file lies. */
  readonly reviewing: boolean;
  readonly onReview: (open: boolean) => void;
  readonly onUse: (brought: Brought) => void;
}): ReactElement {
  const { t } = useTranslation("shell");
  const language = useLanguage();
  const localised = useLocalised();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [read, setRead] = useState<ShownWord | null>(null);
  const { template, ruleSet } = choice;
  const shown = read ?? (reviewing && draft && laid ? { ...draft, plan: laid.plan, before: laid } : null);

  const take = async (file: File): Promise<void> => {
    setBusy(true);
    try {
      const bytes = new Blob([await file.arrayBuffer()]);
      setRead({ name: file.name, bytes, plan: await api.planWord({ template: template.id }, bytes), before: null });
    } catch (error) {
      toast({ title: problemText(language, error), tone: "danger" });
    } finally {
      setBusy(false);
    }
  };
  const close = (): void => {
    setRead(null);
    onReview(false);
  };
  const use = (brought: Brought, placing: Placing): void => {
    close();
    if (!shown) return;
    const { name, bytes, plan, before } = shown;
    const own = { template, plan, placing, brought, again: [], seen: true };
    // Elsewhere the same file stays as it lies there.
    set({ name, bytes, laid: { ...(before ? draft?.laid : {}), [template.id]: own }, last: template.id });
    onUse(brought);
  };
  return (
    <section className={styles["offer"]} aria-labelledby="from-word">
      <div className={styles["words"]}>
        <h2 id="from-word">{t("word.about")}</h2>
        <div role="status">
          {draft === null ? (
            <p>{t("word.aboutText")}</p>
          ) : laid ? (
            <LaidWords name={draft.name} laid={laid} />
          ) : failure ? (
            <p className={styles["open"]}>
              {t("word.notLaid", { name: draft.name, template: localised(template.name) })}{" "}
              {problemText(language, failure)}
            </p>
          ) : (
            <p>{t("word.laying", { name: draft.name, template: localised(template.name) })}</p>
          )}
        </div>
      </div>
      <div className={styles["actions"]}>
        {laid ? <Button onClick={() => onReview(true)}>{t("word.review")}</Button> : null}
        {failure ? <Button onClick={again}>{t("again")}</Button> : null}
        {draft ? <Button onClick={() => set(null)}>{t("word.remove")}</Button> : null}
        <WordFileButton busy={busy} onFile={(file) => void take(file)} />
      </div>
      {shown ? (
        <WordImportDialog
          name={shown.name}
          plan={shown.plan}
          ground={{ template, ruleSet, fields }}
          before={shown.before}
          onUse={use}
          onClose={close}
        />
      ) : null}
    </section>
  );
}

/** What a file brings, and which of its headings have no place, or one that has to be looked at. */
function LaidWords({ name, laid }: { readonly name: string; readonly laid: LaidWord }): ReactElement {
  const { t } = useTranslation("shell");
  const { brought, again } = laid;
  const open = openPieces(laid);
  return (
    <>
      <p>{t("word.brought", { name, words: brought.words, count: Object.keys(brought.slots).length })}</p>
      {open.length > 0 ? <p className={styles["open"]}>{t("word.left", { count: open.length })}</p> : null}
      {again.length > 0 ? <p className={styles["open"]}>{t("word.again", { titles: again.join("; ") })}</p> : null}
    </>
  );
}
