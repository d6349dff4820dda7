import { Copy } from "lucide-react";
import type { ReactElement } from "react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Round, RoundAnswer } from "#model";
import { reminderText } from "#model";
import { formatDateTime } from "../../language/format.ts";
import { copyText } from "../../people/copy-text.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { useToast } from "../../ui/toast.tsx";
import { useWorkspace } from "../workspace.tsx";
import styles from "./round-dialog.module.css";

/** A letter to all who have not answered, ready to be copied. It is Vietnamese whatever the language of the interface. */
export function Reminder({
  round,
  answers,
}: {
  readonly round: Round;
  readonly answers: readonly RoundAnswer[];
}): ReactElement | null {
  const { t } = useTranslation("workspace");
  const toast = useToast();
  const { report } = useWorkspace();
  const silent = useMemo(
    () => answers.filter(({ state }) => state === "silent").map(({ person }) => person),
    [answers],
  );
  if (silent.length === 0) return null;
  const until = round.deadline === undefined ? null : formatDateTime("vi", round.deadline);
  const text = reminderText(report, round, silent, until);
  const copy = async (): Promise<void> => {
    const copied = await copyText(text);
    toast(copied ? { title: t("remind.copied"), tone: "ok" } : { title: t("remind.notCopied"), tone: "danger" });
  };
  return (
    <section aria-label={t("remind.title")} className={styles["answers"]}>
      <h3>{t("remind.title")}</h3>
      <TextField label={t("remind.text")} value={text} onChange={() => undefined} rows={8} />
      <div>
        <Button icon={<Copy />} onClick={() => void copy()}>
          {t("remind.copy")}
        </Button>
      </div>
    </section>
  );
}
