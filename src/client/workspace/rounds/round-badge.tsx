import type { ReactElement } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Round } from "#model";
import { openRound } from "#model";
import { useRoundState } from "../../live/use-server-time.ts";
import { Pill } from "../../ui/pill.tsx";
import { useDesk, useWorkspace } from "../workspace.tsx";
import styles from "./round-badge.module.css";
import { RoundDialog } from "./round-dialog.tsx";
import { TimeLeft } from "./time-left.tsx";

/** How the round stands and how long it still takes comments; the committee opens all about it from here. */
export function RoundBadge(): ReactElement {
  const { t } = useTranslation("workspace");
  const { report, committee } = useWorkspace();
  const [open, setOpen] = useState(false);
  const round = openRound(report.rounds) ?? report.rounds.at(-1);
  if (!round) return <Pill tone="info">{t("round.none")}</Pill>;
  if (!committee) return <RoundPill round={round} />;
  return (
    <>
      <button type="button" className={styles["badge"]} onClick={() => setOpen(true)}>
        <RoundPill round={round} />
      </button>
      {open ? <RoundDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function RoundPill({ round }: { readonly round: Round }): ReactElement {
  const { t } = useTranslation("workspace");
  const { live } = useDesk();
  const state = useRoundState(round, live.clock);
  const { number, deadline } = round;
  if (state === "closed") return <Pill>{t("round.closed", { number })}</Pill>;
  if (state === "paused") return <Pill tone="info">{t("round.paused", { number })}</Pill>;
  if (deadline === undefined) return <Pill tone="warn">{t("round.open", { number })}</Pill>;
  return (
    <Pill tone="warn">
      {t("round.number", { number })} · <TimeLeft deadline={deadline} />
    </Pill>
  );
}
