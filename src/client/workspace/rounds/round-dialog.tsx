import type { ReactElement } from "react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Round } from "#model";
import { openRound, roundAnswers } from "#model";
import { may } from "#protocol";
import { formatDateTime } from "../../language/format.ts";
import { useLanguage } from "../../language/use-language.ts";
import { useRoundState } from "../../live/use-server-time.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { SelectField } from "../../ui/field.tsx";
import { useDesk, useWorkspace } from "../workspace.tsx";
import { LateTaking } from "./late-taking.tsx";
import { Participation } from "./participation.tsx";
import { Reminder } from "./reminder.tsx";
import { RoundActions } from "./round-actions.tsx";
import styles from "./round-dialog.module.css";
import { TimeLeft } from "./time-left.tsx";

/** All about a round: how it stands, what the chair does with it, and who has answered and who has not. */
export function RoundDialog({ onClose }: { readonly onClose: () => void }): ReactElement | null {
  const { t } = useTranslation("workspace");
  const { report } = useWorkspace();
  const [chosen, choose] = useState<number | null>(null);
  const round =
    report.rounds.find(({ number }) => number === chosen) ?? openRound(report.rounds) ?? report.rounds.at(-1);
  if (!round) return null;
  return (
    <Dialog open onOpenChange={onClose} title={t("round.title", { number: round.number })} size="l">
      <div className={styles["all"]}>
        {report.rounds.length > 1 ? (
          <SelectField
            label={t("round.which")}
            value={String(round.number)}
            onChange={(value) => choose(Number(value))}
            choices={report.rounds.map(({ number }) => ({
              value: String(number),
              label: t("thread.round", { number }),
            }))}
          />
        ) : null}
        <About key={round.number} round={round} />
      </div>
    </Dialog>
  );
}

function About({ round }: { readonly round: Round }): ReactElement {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const { report, me } = useWorkspace();
  const { live } = useDesk();
  const state = useRoundState(round, live.clock);
  const answers = useMemo(() => roundAnswers(report, round), [report, round]);
  const chair = may(me.role, "change-round");
  const end = round.closedAt ?? round.deadline;
  return (
    <>
      <p className={styles["state"]}>
        <b>{t(`round.state.${state}`)}</b>
        <span>{t("round.since", { time: formatDateTime(language, round.openedAt) })}</span>
        {state === "closed" && end !== undefined ? (
          <span>{t("round.ended", { time: formatDateTime(language, end) })}</span>
        ) : null}
        {state !== "closed" && round.deadline !== undefined ? (
          <span>
            {t("round.deadlineAt", { time: formatDateTime(language, round.deadline) })} (
            <TimeLeft deadline={round.deadline} />)
          </span>
        ) : null}
      </p>
      {chair ? <RoundActions round={round} state={state} /> : null}
      <Participation answers={answers} />
      {chair && state === "closed" ? <LateTaking round={round} answers={answers} /> : null}
      {state === "closed" ? null : <Reminder round={round} answers={answers} />}
    </>
  );
}
