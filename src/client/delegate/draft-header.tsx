import { List } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Round } from "#model";
import { fillIn } from "#model";
import type { ReportInfo } from "#protocol";
import { formatDateTime, formatDuration } from "../language/format.ts";
import { useLanguage } from "../language/use-language.ts";
import type { ServerClock } from "../live/server-clock.ts";
import { useRoundState, useTimeLeft } from "../live/use-server-time.ts";
import { IconButton } from "../ui/button.tsx";
import { Pill } from "../ui/pill.tsx";
import styles from "./delegate-page.module.css";

/** Whose report it is, until when it can be commented on, and how much of it was read, in per cent. */
export function DraftHeader({
  info,
  round,
  clock,
  late,
  read,
  onOutline,
}: {
  readonly info: ReportInfo;
  readonly round: Round;
  readonly clock: ServerClock;
  /** True where the round is over and late comments of this person are taken. */
  readonly late: boolean;
  readonly read: number;
  readonly onOutline: () => void;
}): ReactElement {
  const { t } = useTranslation("delegate");
  const title = fillIn(info.template.subject, info.fields);
  return (
    <header className={styles["header"]}>
      <div className={styles["top"]}>
        <div className={styles["titles"]}>
          <h1>{info.fields["organisation"] ?? ""}</h1>
          <p>{`${title.charAt(0).toLocaleUpperCase("vi")}${title.slice(1)}`}</p>
        </div>
        <IconButton label={t("outline")} className={styles["outlineButton"]} onClick={onOutline}>
          <List />
        </IconButton>
      </div>
      <div className={styles["meta"]}>
        <RoundPill round={round} clock={clock} late={late} />
        <span>{info.me.unit === "" ? info.me.name : t("you", { name: info.me.name, unit: info.me.unit })}</span>
      </div>
      <div
        className={styles["progress"]}
        role="progressbar"
        aria-label={t("readProgress", { percent: read })}
        aria-valuenow={read}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <i style={{ width: `${read}%` }} />
      </div>
    </header>
  );
}

function RoundPill({
  round,
  clock,
  late,
}: {
  readonly round: Round;
  readonly clock: ServerClock;
  readonly late: boolean;
}): ReactElement {
  const { t } = useTranslation("delegate");
  const state = useRoundState(round, clock);
  const { deadline, number } = round;
  if (state === "closed")
    return <Pill tone={late ? "warn" : "none"}>{t(late ? "roundLate" : "roundClosed", { number })}</Pill>;
  if (state === "paused") return <Pill>{t("roundPaused", { number })}</Pill>;
  if (deadline === undefined) return <Pill tone="warn">{t("roundOpen", { number })}</Pill>;
  return <Countdown number={number} deadline={deadline} clock={clock} />;
}

/** Until when comments are taken and how long that is, by the server's clock. */
function Countdown({
  number,
  deadline,
  clock,
}: {
  readonly number: number;
  readonly deadline: string;
  readonly clock: ServerClock;
}): ReactElement {
  const { t } = useTranslation("delegate");
  const language = useLanguage();
  const left = useTimeLeft(deadline, clock);
  return (
    <>
      <Pill tone="warn">{t("roundUntil", { number, time: formatDateTime(language, deadline) })}</Pill>
      <b className={styles["left"]} role="timer">
        {t("timeLeft", { left: formatDuration(language, left) })}
      </b>
    </>
  );
}
