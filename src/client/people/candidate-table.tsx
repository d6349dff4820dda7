import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { classNames } from "../ui/class-names.ts";
import { Pill } from "../ui/pill.tsx";
import styles from "./candidate-table.module.css";
import type { Candidate } from "./people-list.ts";

/** Who was read from a list: each with a tick, and with what speaks against it. */
export function CandidateTable({
  candidates,
  invited,
  onChoose,
}: {
  readonly candidates: readonly Candidate[];
  /** The lines that will be invited. */
  readonly invited: ReadonlySet<number>;
  readonly onChoose: (line: number, invite: boolean) => void;
}): ReactElement {
  const { t } = useTranslation("shell");
  if (candidates.length === 0) return <p className={styles["none"]}>{t("invite.nobody-yet")}</p>;
  const doubtful = candidates.filter(({ problem }) => problem !== null).length;
  return (
    <section aria-label={t("invite.preview")} className={styles["preview"]}>
      <p role="status">
        {t("invite.read", { count: candidates.length })}
        {doubtful > 0 ? ` ${t("invite.doubtful", { count: doubtful })}` : ""}
      </p>
      <div className={styles["scroll"]}>
        <table className={styles["table"]}>
          <thead>
            <tr>
              <th scope="col">{t("invite.tick")}</th>
              <th scope="col">{t("people.name")}</th>
              <th scope="col">{t("people.unit")}</th>
              <th scope="col">{t("invite.note")}</th>
            </tr>
          </thead>
          <tbody>
            {candidates.map(({ line, name, unit, problem }) => {
              const impossible = problem === "no-name" || problem === "too-long";
              return (
                <tr key={line} className={classNames(!invited.has(line) && styles["left-out"])}>
                  <td>
                    <input
                      type="checkbox"
                      className={styles["tick"]}
                      aria-label={t("invite.tick-person", { name: name === "" ? t("invite.line", { line }) : name })}
                      checked={invited.has(line)}
                      disabled={impossible}
                      onChange={(event) => onChoose(line, event.currentTarget.checked)}
                    />
                  </td>
                  <td>{name}</td>
                  <td>{unit}</td>
                  <td>
                    {problem === null ? null : (
                      <Pill tone={impossible ? "danger" : "warn"}>{t(`invite.problem-${problem}`)}</Pill>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
