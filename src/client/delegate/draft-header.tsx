import { List } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Round } from "#model";
import { fillIn } from "#model";
import type { ReportInfo } from "#protocol";
import { formatDateTime } from "../language/format.ts";
import { useLanguage } from "../language/use-language.ts";
import { IconButton } from "../ui/button.tsx";
import { Pill } from "../ui/pill.tsx";
import styles from "./delegate-page.module.css";

/** Whose report it is, until when it can be commented on, and how much of it was read, in per cent. */
export function DraftHeader({
  info,
  round,
  read,
  onOutline,
}: {
  readonly info: ReportInfo;
  readonly round: Round;
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
        <RoundPill round={round} />
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

function RoundPill({ round }: { readonly round: Round }): ReactElement {
  const { t } = useTranslation("delegate");
  const language = useLanguage();
  const { deadline, number } = round;
  if (round.closedAt !== undefined) return <Pill>{t("roundClosed", { number })}</Pill>;
  return (
    <Pill tone="warn">
      {deadline === undefined
        ? t("roundOpen", { number })
        : t("roundUntil", { number, time: formatDateTime(language, deadline) })}
    </Pill>
  );
}
