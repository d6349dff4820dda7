import type { ReactElement } from "react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { RoundAnswer } from "#model";
import { compareNames, voiceWords } from "#model";
import { useLanguage } from "../../language/use-language.ts";
import { useWorkspace } from "../workspace.tsx";
import styles from "./round-dialog.module.css";

const STATES = ["commented", "agreed", "silent"] as const;

/** Who was asked, who commented, who agreed and who has not answered, by unit. */
export function Participation({ answers }: { readonly answers: readonly RoundAnswer[] }): ReactElement {
  const { t } = useTranslation("workspace");
  const units = useMemo(() => byUnit(answers), [answers]);
  const count = (state: RoundAnswer["state"]): number => answers.filter((answer) => answer.state === state).length;
  if (answers.length === 0) return <p>{t("answers.nobody")}</p>;
  return (
    <section aria-label={t("answers.title")} className={styles["answers"]}>
      <h3>{t("answers.title")}</h3>
      <p>
        {t("answers.counts", {
          asked: answers.length,
          commented: count("commented"),
          agreed: count("agreed"),
          silent: count("silent"),
        })}
      </p>
      <div className={styles["scroll"]} tabIndex={0} role="group" aria-label={t("answers.table")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("answers.unit")}</th>
              {STATES.map((state) => (
                <th key={state} scope="col">
                  {t(`answers.${state}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {units.map(([unit, list]) => (
              <tr key={unit}>
                <th scope="row">{unit === "" ? t("answers.noUnit") : unit}</th>
                {STATES.map((state) => (
                  <td key={state} data-state={state}>
                    <Names answers={list.filter((answer) => answer.state === state)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Names({ answers }: { readonly answers: readonly RoundAnswer[] }): ReactElement {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const { report } = useWorkspace();
  if (answers.length === 0) return <span className={styles["none"]}>{t("answers.none")}</span>;
  return (
    <ul>
      {answers.map(({ person, comments, voice }) => (
        <li key={person.id}>
          {person.name}
          {comments > 0 ? ` (${comments})` : ""}
          {voice ? <small> {t("voice.speaks", { voice: voiceWords(language, voice, report.ruleSet) })}</small> : null}
        </li>
      ))}
    </ul>
  );
}

function byUnit(answers: readonly RoundAnswer[]): [string, RoundAnswer[]][] {
  const units = new Map<string, RoundAnswer[]>();
  for (const answer of answers) units.set(answer.person.unit, [...(units.get(answer.person.unit) ?? []), answer]);
  return [...units]
    .toSorted(([a], [b]) => a.localeCompare(b, "vi", { numeric: true }))
    .map(([unit, list]) => [unit, list.toSorted((a, b) => compareNames(a.person.name, b.person.name))]);
}
