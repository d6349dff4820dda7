import type { ReactElement } from "react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "../language/format.ts";
import { useLanguage } from "../language/use-language.ts";
import { StateLine } from "../live/state-line.tsx";
import styles from "./status-bar.module.css";
import { useEditor } from "./use-editor.ts";
import { useWorkspace } from "./workspace.tsx";

/** Whether the work is saved, how long the text is, and what stands open where the caret is. */
export function StatusBar(): ReactElement {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const { live, report, titleOf, committee } = useWorkspace();
  const words = useEditor((snapshot) => snapshot.words);
  const slot = useEditor((snapshot) => snapshot.slot);
  const slotWords = useEditor((snapshot) => (snapshot.slot === null ? 0 : (snapshot.slots[snapshot.slot]?.words ?? 0)));
  const here = useMemo(
    () =>
      report.threads.filter(
        ({ comment }) => !comment.withdrawn && comment.target.scope !== "report" && comment.target.slot === slot,
      ),
    [report.threads, slot],
  );
  return (
    <footer className={styles["bar"]}>
      <StateLine live={live} />
      {words === null ? null : <span>{t("status.words", { words: formatNumber(language, words) })}</span>}
      {slot === null || slotWords === null ? null : (
        <span className={styles["slot"]}>
          {t("status.slot", { slot: titleOf(slot), words: formatNumber(language, slotWords) })}
          {committee && here.length > 0
            ? ` · ${t("status.comments", { count: here.length, open: here.filter((thread) => thread.decision === null).length })}`
            : ""}
        </span>
      )}
    </footer>
  );
}
