import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { RuleSet, Stance } from "#model";
import { voiceWords } from "#model";
import { useLanguage } from "../language/use-language.ts";
import { Button } from "../ui/button.tsx";
import { useToast } from "../ui/toast.tsx";
import styles from "./own-comments.module.css";

/**
 * Answers to a round as a whole that came too late: still on this device, to be copied, sent in the round that is shown,
 * or deleted.
 */
export function LateAnswerList({
  answers,
  received,
  round,
  taking,
  ruleSet,
  onResend,
  onForget,
}: {
  readonly answers: readonly Stance[];
  /** What the server has of the same person. */
  readonly received: readonly Stance[];
  /** The round that is shown. */
  readonly round: number;
  /** What it takes now of this person. */
  readonly taking: "all" | "late" | "nothing";
  readonly ruleSet: RuleSet;
  readonly onResend: (answer: Stance) => void;
  readonly onForget: (answer: Stance) => void;
}): ReactElement | null {
  const { t } = useTranslation("delegate");
  const language = useLanguage();
  const toast = useToast();
  if (answers.length === 0) return null;
  const wordsOf = (answer: Stance): string[] => {
    const known = received.find((stance) => stance.round === answer.round);
    return [
      answer.agrees ? t("lateAgreed") : known?.agrees ? t("lateAgreeBack") : "",
      answer.voice
        ? t("voiceOf", { voice: voiceWords(language, answer.voice, ruleSet) })
        : known?.voice
          ? t("voiceOwn")
          : "",
    ].filter((words) => words !== "");
  };
  const copy = async (answer: Stance): Promise<void> => {
    const words = [t("lateAnswerRound", { number: answer.round }), ...wordsOf(answer)];
    await navigator.clipboard.writeText(words.join("\n"));
    toast({ title: t("lateCopied"), tone: "ok" });
  };
  // In another round there is nothing to take back.
  const says = (answer: Stance): boolean => answer.round === round || answer.agrees || answer.voice !== undefined;
  return (
    <section aria-label={t("lateAnswerTitle")} className={styles["late"]}>
      <h2>{t("lateAnswerTitle")}</h2>
      <p>{t("lateAnswer")}</p>
      <ul className={styles["list"]}>
        {answers.map((answer) => (
          <li key={answer.round} className={styles["card"]}>
            <p className={styles["about"]}>{t("lateAnswerRound", { number: answer.round })}</p>
            {wordsOf(answer).map((words) => (
              <p key={words} className={styles["text"]}>
                {words}
              </p>
            ))}
            <div className={styles["row"]}>
              <Button onClick={() => void copy(answer)}>{t("lateCopy")}</Button>
              {taking !== "nothing" && says(answer) ? (
                <Button variant="primary" onClick={() => onResend(answer)}>
                  {t(taking === "late" ? "lateSend" : "lateResend")}
                </Button>
              ) : null}
              <Button onClick={() => onForget(answer)}>{t("lateForget")}</Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
