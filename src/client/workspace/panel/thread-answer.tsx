import { Check } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { validateDecision } from "#comments";
import type { CommentThread } from "#model";
import { problemText } from "../../app/errors.ts";
import { formatDateTime } from "../../language/format.ts";
import { useLanguage } from "../../language/use-language.ts";
import { Button } from "../../ui/button.tsx";
import { useToast } from "../../ui/toast.tsx";
import { useDesk } from "../workspace.tsx";
import styles from "./thread-card.module.css";

/** What was decided on a comment, and by whom; the chair validates it here. Nothing where nothing is decided. */
export function ThreadAnswer({
  thread,
  onEdit,
}: {
  readonly thread: CommentThread;
  readonly onEdit: () => void;
}): ReactElement | null {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const toast = useToast();
  const { info, decisions, chair, me, live } = useDesk();
  const { decision, comment } = thread;
  if (!decision) return null;
  const nameOf = (id: string): string => info.people.find((person) => person.id === id)?.name ?? id;
  const by =
    decision.validatedBy === undefined
      ? t("decision.proposedBy", { name: nameOf(decision.proposedBy) })
      : t("decision.validatedBy", { name: nameOf(decision.validatedBy) });
  const validate = (): void => {
    if (!decisions) return;
    try {
      validateDecision(decisions, comment.id, me.id, live.clock.iso());
    } catch (error) {
      toast({ title: problemText(language, error), tone: "danger" });
    }
  };
  return (
    <div className={styles["answer"]}>
      <p>
        <b>{t(`decision.outcome.${decision.outcome}`)}</b>
        {decision.response === "" ? "" : `: ${decision.response}`}
      </p>
      <small>
        {by} · {formatDateTime(language, decision.validatedAt ?? decision.proposedAt)}
      </small>
      <div className={styles["row"]}>
        <Button variant="quiet" onClick={onEdit}>
          {t("decision.edit")}
        </Button>
        {chair && decision.validatedAt === undefined ? (
          <Button variant="primary" icon={<Check />} onClick={validate}>
            {t("decision.validate")}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
