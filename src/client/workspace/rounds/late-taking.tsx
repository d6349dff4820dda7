import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Round, RoundAnswer } from "#model";
import { EVERYBODY, takesLate } from "#model";
import styles from "./round-dialog.module.css";
import { useRoundChange } from "./use-round-change.ts";

/** Whose late comments the chair takes after a round was closed: of single delegates, or of all. */
export function LateTaking({
  round,
  answers,
}: {
  readonly round: Round;
  readonly answers: readonly RoundAnswer[];
}): ReactElement {
  const { t } = useTranslation("workspace");
  const [busy, change] = useRoundChange(round);
  const all = round.late?.includes(EVERYBODY) ?? false;
  const set = (late: readonly string[]): void => void change({ change: "late", late: [...late] }, t("late.done"));
  return (
    <fieldset className={styles["late"]} disabled={busy}>
      <legend>{t("late.title")}</legend>
      <p>{t("late.text")}</p>
      <label>
        <input type="checkbox" checked={all} onChange={() => set(all ? [] : [EVERYBODY])} /> {t("late.all")}
      </label>
      {answers.map(({ person }) => (
        <label key={person.id}>
          <input
            type="checkbox"
            disabled={all}
            checked={takesLate(round, person.id)}
            onChange={() => {
              const now = round.late ?? [];
              set(now.includes(person.id) ? now.filter((id) => id !== person.id) : [...now, person.id]);
            }}
          />{" "}
          {person.unit === "" ? person.name : `${person.name}, ${person.unit}`}
        </label>
      ))}
    </fieldset>
  );
}
