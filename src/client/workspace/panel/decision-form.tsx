import { Check } from "lucide-react";
import type { KeyboardEvent, ReactElement } from "react";
import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { proposeDecision, validateDecision } from "#comments";
import type { CommentThread, Outcome } from "#model";
import { OUTCOMES, responseSuffices } from "#model";
import { problemText } from "../../app/errors.ts";
import { useLanguage } from "../../language/use-language.ts";
import { Button } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { TextField } from "../../ui/field.tsx";
import { isPressed } from "../../ui/keys.ts";
import { useToast } from "../../ui/toast.tsx";
import { LIST_SHORTCUTS } from "../shortcuts.ts";
import { useDesk } from "../workspace.tsx";
import { LONGEST } from "./comment-composer.tsx";
import styles from "./thread-card.module.css";

/** How many usual wordings each outcome has in the language files. */
const PHRASES = [1, 2, 3] as const;

/** The answer to one comment: proposed by a drafter, validated by the chair. */
export function DecisionForm({
  thread,
  preset,
  onDone,
}: {
  readonly thread: CommentThread;
  /** What has just been done about the comment in the text, if anything. */
  readonly preset: Outcome | null;
  readonly onDone: () => void;
}): ReactElement | null {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const toast = useToast();
  const { decisions, me, chair, live } = useDesk();
  const { decision } = thread;
  const [outcome, setOutcome] = useState<Outcome>(preset ?? decision?.outcome ?? "accept");
  const [response, setResponse] = useState(
    decision?.response ?? (preset === "accept" ? t("decision.phrase.accept.1") : ""),
  );
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLElement>(null);
  const group = useId();
  if (!decisions) return null;

  const propose = (validate: boolean): void => {
    const words = response.trim().normalize("NFC");
    if (!responseSuffices(outcome, words)) {
      setMissing(true);
      field.current?.focus();
      return;
    }
    try {
      const { id } = thread.comment;
      const same = decision?.outcome === outcome && decision.response === words;
      if (!same) proposeDecision(decisions, { comment: id, outcome, response: words }, me.id, live.clock.iso());
      if (validate) validateDecision(decisions, id, me.id, live.clock.iso());
      onDone();
    } catch (error) {
      toast({ title: problemText(language, error), tone: "danger" });
    }
  };
  const keys = (event: KeyboardEvent): void => {
    if (!isPressed(event.nativeEvent, LIST_SHORTCUTS.propose)) return;
    event.preventDefault();
    propose(chair);
  };
  return (
    <fieldset className={styles["decision"]} onKeyDown={keys}>
      <legend className={styles["hidden"]}>{t("decision.label")}</legend>
      <div role="radiogroup" aria-label={t("decision.outcome")} className={styles["segments"]}>
        {OUTCOMES.map((one) => (
          <label key={one} className={classNames(styles["segment"], outcome === one && styles["on"])}>
            <input
              type="radio"
              name={group}
              value={one}
              data-outcome={one}
              checked={outcome === one}
              onChange={() => setOutcome(one)}
            />
            {t(`decision.outcome.${one}`)}
          </label>
        ))}
      </div>
      <TextField
        label={t("decision.response")}
        value={response}
        onChange={setResponse}
        rows={3}
        maxLength={LONGEST}
        error={missing && !responseSuffices(outcome, response) ? t("decision.responseMissing") : undefined}
        controlRef={field}
      />
      <div className={styles["phrases"]} role="group" aria-label={t("decision.phrases")}>
        {PHRASES.map((n) => (
          <button key={n} type="button" onClick={() => setResponse(t(`decision.phrase.${outcome}.${n}`))}>
            {t(`decision.phrase.${outcome}.${n}`)}
          </button>
        ))}
      </div>
      <div className={styles["row"]}>
        <Button variant={chair ? "plain" : "primary"} onClick={() => propose(false)}>
          {t("decision.propose")}
        </Button>
        {chair ? (
          <Button variant="primary" icon={<Check />} onClick={() => propose(true)}>
            {t("decision.validate")}
          </Button>
        ) : null}
      </div>
    </fieldset>
  );
}
