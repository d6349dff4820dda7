import { Check } from "lucide-react";
import type { ReactElement } from "react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Outcome, ThreadRow } from "#model";
import { responseSuffices } from "#model";
import { Button } from "../../ui/button.tsx";
import { ariaKeys, isPressed } from "../../ui/keys.ts";
import { LIST_SHORTCUTS } from "../shortcuts.ts";
import { useDesk } from "../workspace.tsx";
import { AnswerFields } from "./answer-fields.tsx";
import type { Answer } from "./answering.ts";
import type { Asked } from "./thread-acts.ts";
import { useThreadActs } from "./thread-acts.ts";
import styles from "./thread-card.module.css";

/** The answer to a row of comments: proposed by a drafter, validated by the chair. */
export function DecisionForm({
  row,
  preset,
  asked,
  onDone,
}: {
  readonly row: ThreadRow;
  /** What has just been done about the comment in the text, if anything. */
  readonly preset: Outcome | null;
  readonly asked: Asked | null;
  readonly onDone: () => void;
}): ReactElement | null {
  const { t } = useTranslation("workspace");
  const { chair } = useDesk();
  const { answering, attempt, goOn } = useThreadActs();
  const { decision, comment } = row.leading;
  const [answer, setAnswer] = useState<Answer>({
    outcome: asked?.outcome ?? preset ?? decision?.outcome ?? "accept",
    response: decision?.response ?? (preset === "accept" ? t("decision.phrase.accept.1") : ""),
  });
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const [turn, setTurn] = useState(asked?.turn ?? 0);
  if (asked && asked.turn !== turn) {
    setTurn(asked.turn);
    if (asked.outcome !== null) setAnswer({ ...answer, outcome: asked.outcome });
  }
  useEffect(() => {
    if (!asked) return;
    if (asked.field === "response") field.current?.focus({ preventScroll: true });
    else form.current?.querySelector<HTMLElement>("[data-phrases] button")?.focus({ preventScroll: true });
  }, [asked]);
  if (!answering) return null;

  const send = (validate: boolean): boolean => {
    const response = answer.response.trim().normalize("NFC");
    if (!responseSuffices(answer.outcome, response)) {
      setMissing(true);
      field.current?.focus();
      return false;
    }
    return attempt(() => {
      answering.propose([row], { outcome: answer.outcome, response }, validate);
      onDone();
    });
  };
  return (
    <form
      ref={form}
      className={styles["decision"]}
      data-answer=""
      noValidate
      aria-label={t("decision.label")}
      onKeyDown={(event) => {
        if (!isPressed(event.nativeEvent, LIST_SHORTCUTS.propose)) return;
        event.preventDefault();
        event.stopPropagation();
        form.current?.requestSubmit();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        // By key one goes on; by a button one stays.
        const byKey = event.nativeEvent.submitter === null;
        if (send(chair) && byKey) goOn(comment.id);
      }}
    >
      <AnswerFields answer={answer} onChange={setAnswer} missing={missing} field={field} />
      <div className={styles["row"]}>
        {chair ? <Button onClick={() => send(false)}>{t("decision.propose")}</Button> : null}
        <Button
          type="submit"
          variant="primary"
          icon={chair ? <Check /> : undefined}
          aria-keyshortcuts={ariaKeys(LIST_SHORTCUTS.propose)}
        >
          {t(chair ? "decision.validate" : "decision.propose")}
        </Button>
      </div>
    </form>
  );
}
