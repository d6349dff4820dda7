import { Check, Merge } from "lucide-react";
import type { KeyboardEvent, ReactElement } from "react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ThreadRow } from "#model";
import { responseSuffices, threadsOfRow } from "#model";
import { Button } from "../../ui/button.tsx";
import { isPressed } from "../../ui/keys.ts";
import { LIST_SHORTCUTS } from "../shortcuts.ts";
import { useDesk } from "../workspace.tsx";
import { AnswerFields } from "./answer-fields.tsx";
import type { Answer } from "./answering.ts";
import styles from "./bulk-bar.module.css";
import type { Asked } from "./thread-acts.ts";
import { useThreadActs } from "./thread-acts.ts";

/** One answer for all comments that are selected; or they become one row, or what is proposed on them is validated. */
export function BulkBar({
  rows,
  others,
  asked,
  onDone,
}: {
  /** The rows that are selected. */
  readonly rows: readonly ThreadRow[];
  /** Those the list shows besides. */
  readonly others: readonly ThreadRow[];
  readonly asked: Asked | null;
  readonly onDone: () => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const { chair } = useDesk();
  const { attempt, select } = useThreadActs();
  const [answering, setAnswering] = useState(asked !== null);
  const [answer, setAnswer] = useState<Answer>({ outcome: asked?.outcome ?? "accept", response: "" });
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLElement>(null);
  const bar = useRef<HTMLElement>(null);
  const [turn, setTurn] = useState(asked?.turn ?? 0);
  if (asked && asked.turn !== turn) {
    setTurn(asked.turn);
    setAnswering(true);
    if (asked.outcome !== null) setAnswer({ ...answer, outcome: asked.outcome });
  }
  useEffect(() => {
    if (asked) field.current?.focus();
  }, [asked]);
  const count = rows.reduce((sum, row) => sum + threadsOfRow(row).length, 0);
  const send = (validate: boolean): void => {
    const response = answer.response.trim().normalize("NFC");
    if (!responseSuffices(answer.outcome, response)) {
      setMissing(true);
      field.current?.focus();
      return;
    }
    if (attempt((one) => one.propose(rows, { outcome: answer.outcome, response }, validate))) onDone();
  };
  const keys = (event: KeyboardEvent): void => {
    if (!isPressed(event.nativeEvent, LIST_SHORTCUTS.propose)) return;
    event.preventDefault();
    if (answering) send(chair);
  };
  const proposed = rows.some(({ leading }) => leading.decision !== null);
  const [first] = rows;
  return (
    <section ref={bar} className={styles["bar"]} aria-label={t("bulk.label")} onKeyDown={keys} data-bulk="">
      <div className={styles["head"]}>
        <b role="status">{t("bulk.selected", { count })}</b>
        {others.length > 0 ? (
          <Button
            variant="quiet"
            onClick={() =>
              select(
                others.map(({ leading }) => leading.comment.id),
                true,
              )
            }
          >
            {t("bulk.all", { count: rows.length + others.length })}
          </Button>
        ) : null}
        <Button variant="quiet" onClick={onDone}>
          {t("bulk.none")}
        </Button>
      </div>
      {answering ? <AnswerFields answer={answer} onChange={setAnswer} missing={missing} field={field} /> : null}
      <div className={styles["acts"]}>
        {rows.length > 1 && first ? (
          <Button
            icon={<Merge />}
            onClick={() => {
              if (attempt((one) => one.merge(rows, first))) onDone();
            }}
          >
            {t("bulk.merge")}
          </Button>
        ) : null}
        {chair && proposed && !answering ? (
          <Button
            icon={<Check />}
            onClick={() => {
              if (attempt((one) => one.validate(rows))) onDone();
            }}
          >
            {t("bulk.validate")}
          </Button>
        ) : null}
        {answering ? (
          <>
            <Button variant={chair ? "plain" : "primary"} onClick={() => send(false)}>
              {t("decision.propose")}
            </Button>
            {chair ? (
              <Button variant="primary" icon={<Check />} onClick={() => send(true)}>
                {t("decision.validate")}
              </Button>
            ) : null}
          </>
        ) : (
          <Button variant="primary" onClick={() => setAnswering(true)}>
            {t("bulk.answer")}
          </Button>
        )}
      </div>
    </section>
  );
}
