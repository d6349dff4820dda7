import { Check } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { ThreadRow } from "#model";
import { rowState } from "#model";
import { formatDateTime } from "../../language/format.ts";
import { useLanguage } from "../../language/use-language.ts";
import { Button } from "../../ui/button.tsx";
import { useDesk } from "../workspace.tsx";
import { RowChange } from "./row-change.tsx";
import { useThreadActs } from "./thread-acts.ts";
import styles from "./thread-card.module.css";

/** What was decided on a row of comments, and by whom; the chair validates it here. Nothing where nothing is decided. */
export function ThreadAnswer({
  row,
  onEdit,
}: {
  readonly row: ThreadRow;
  readonly onEdit: () => void;
}): ReactElement | null {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const { info, chair } = useDesk();
  const { attempt } = useThreadActs();
  const { decision } = row.leading;
  if (!decision) return null;
  const nameOf = (id: string): string => info.people.find((person) => person.id === id)?.name ?? id;
  const by =
    decision.validatedBy === undefined
      ? t("decision.proposedBy", { name: nameOf(decision.proposedBy) })
      : t("decision.validatedBy", { name: nameOf(decision.validatedBy) });
  const validated = rowState(row) === "validated";
  return (
    <div className={styles["answer"]}>
      <p>
        <b>{t(`decision.outcome.${decision.outcome}`)}</b>
        {decision.response === "" ? "" : `: ${decision.response}`}
      </p>
      <small>
        {by} · {formatDateTime(language, decision.validatedAt ?? decision.proposedAt)}
      </small>
      {decision.validatedBy !== undefined && !validated ? (
        <small className={styles["why"]}>{t("merge.notCovered")}</small>
      ) : null}
      <RowChange row={row} />
      <div className={styles["row"]}>
        <Button variant="quiet" onClick={onEdit}>
          {t("decision.edit")}
        </Button>
        {chair && !validated ? (
          <Button variant="primary" icon={<Check />} onClick={() => attempt((answering) => answering.validate([row]))}>
            {t("decision.validate")}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
