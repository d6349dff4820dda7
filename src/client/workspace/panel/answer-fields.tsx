import type { KeyboardEvent, ReactElement, RefObject } from "react";
import { useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Outcome } from "#model";
import { OUTCOMES, responseSuffices } from "#model";
import { classNames } from "../../ui/class-names.ts";
import { TextField } from "../../ui/field.tsx";
import { ariaKeys, isPressed } from "../../ui/keys.ts";
import { LIST_SHORTCUTS } from "../shortcuts.ts";
import { LONGEST } from "./comment-composer.tsx";
import type { Answer } from "./answering.ts";
import styles from "./thread-card.module.css";

/** How many usual wordings each outcome has in the language files. */
const PHRASES = [1, 2, 3, 4] as const;

/** An answer that is being written: the outcome, the words, and the usual words. It says at once where words are required. */
export function AnswerFields({
  answer: { outcome, response },
  onChange,
  missing,
  field,
}: {
  readonly answer: Answer;
  readonly onChange: (answer: Answer) => void;
  /** True once the answer was to be given without the words it needs. */
  readonly missing: boolean;
  readonly field: RefObject<HTMLElement | null>;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const group = useId();
  const required = !responseSuffices(outcome, "");
  return (
    <>
      <div role="radiogroup" aria-label={t("decision.outcome")} className={styles["segments"]}>
        {OUTCOMES.map((one) => (
          <label key={one} className={classNames(styles["segment"], outcome === one && styles["on"])}>
            <input
              type="radio"
              name={group}
              value={one}
              data-outcome={one}
              checked={outcome === one}
              aria-keyshortcuts={ariaKeys(LIST_SHORTCUTS[one])}
              onChange={() => onChange({ outcome: one, response })}
            />
            {t(`decision.outcome.${one}`)}
          </label>
        ))}
      </div>
      <TextField
        label={t("decision.response")}
        hint={required ? t("decision.responseRequired") : t("decision.responseOptional")}
        required={required}
        value={response}
        onChange={(words) => onChange({ outcome, response: words })}
        rows={3}
        maxLength={LONGEST}
        error={missing && !responseSuffices(outcome, response) ? t("decision.responseMissing") : undefined}
        controlRef={field}
      />
      <Phrases
        outcome={outcome}
        onPick={(phrase) => {
          const usual = OUTCOMES.flatMap((one) => PHRASES.map((n) => t(`decision.phrase.${one}.${n}`).trim()));
          const words = response.trim();
          // A phrase takes the place of another, and comes after what was written by hand.
          onChange({ outcome, response: words === "" || usual.includes(words) ? phrase : `${words} ${phrase}` });
          const control = field.current;
          control?.focus();
          requestAnimationFrame(() => {
            if (control instanceof HTMLTextAreaElement) {
              control.setSelectionRange(control.value.length, control.value.length);
            }
          });
        }}
        onLeave={() => field.current?.focus()}
      />
    </>
  );
}

/** The usual wordings of an outcome. With the focus in it a figure picks one. */
function Phrases({
  outcome,
  onPick,
  onLeave,
}: {
  readonly outcome: Outcome;
  readonly onPick: (phrase: string) => void;
  readonly onLeave: () => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const list = useRef<HTMLDivElement>(null);
  const keys = (event: KeyboardEvent<HTMLElement>): void => {
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const step = isPressed(event.nativeEvent, ["ArrowDown", "ArrowRight"])
      ? 1
      : isPressed(event.nativeEvent, ["ArrowUp", "ArrowLeft"])
        ? -1
        : 0;
    const picked = PHRASES.find((n) => isPressed(event.nativeEvent, [String(n)]));
    if (picked !== undefined) onPick(t(`decision.phrase.${outcome}.${picked}`));
    else if (step !== 0) buttons[(at + step + buttons.length) % buttons.length]?.focus();
    else if (isPressed(event.nativeEvent, ["Escape"])) onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={list}
      className={styles["phrases"]}
      role="group"
      aria-label={t("decision.phrases")}
      data-phrases=""
      onKeyDown={keys}
    >
      {PHRASES.map((n) => (
        <button
          key={n}
          type="button"
          aria-keyshortcuts={String(n)}
          onClick={() => onPick(t(`decision.phrase.${outcome}.${n}`))}
        >
          {t(`decision.phrase.${outcome}.${n}`).trim()}
        </button>
      ))}
    </div>
  );
}
