import { Download, Ellipsis, MessageSquare, Trash2, Users } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { ReportSummary } from "#protocol";
import { may } from "#protocol";
import { Link, navigate } from "../app/router.tsx";
import { formatDateTime, formatRelative } from "../language/format.ts";
import { useLanguage } from "../language/use-language.ts";
import { useNow } from "../language/use-now.ts";
import { IconButton } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { Menu, MenuItem, MenuSeparator } from "../ui/menu.tsx";
import { Pill } from "../ui/pill.tsx";
import styles from "./report-row.module.css";

/** One report of the list. All of it is one link to the report; the menu lies above it. */
export function ReportRow({
  report,
  onDownload,
  onDelete,
}: {
  readonly report: ReportSummary;
  readonly onDownload: () => void;
  readonly onDelete: () => void;
}): ReactElement {
  const { t } = useTranslation("shell");
  const language = useLanguage();
  const now = useNow();
  const { role } = report;
  return (
    <li className={styles["row"]}>
      <span className={styles["year"]} aria-hidden="true">
        {report.year}
      </span>
      <div className={styles["what"]}>
        <h2 className={styles["organisation"]}>
          <Link to={{ page: "report", report: report.id }} className={styles["link"]}>
            {report.organisation === "" ? t("reports.unnamed") : report.organisation}
          </Link>
        </h2>
        <p className={styles["title"]}>{report.title}</p>
        <div className={styles["pills"]}>
          <RoundPill report={report} />
          {report.sample ? <Pill tone="info">{t("reports.sample")}</Pill> : null}
          {role === "chair" ? null : <Pill>{t(`role.${role}`)}</Pill>}
          <time
            className={styles["changed"]}
            dateTime={report.changedAt}
            title={formatDateTime(language, report.changedAt)}
          >
            {t("reports.changed", { when: formatRelative(language, report.changedAt, now) })}
          </time>
        </div>
      </div>
      <Progress written={report.slots.written} total={report.slots.total} />
      <Comments open={report.comments.open} total={report.comments.total} />
      <div className={styles["menu"]}>
        {may(role, "export-archive") ? (
          <Menu
            trigger={
              <IconButton label={t("reports.menu", { organisation: report.organisation })}>
                <Ellipsis />
              </IconButton>
            }
          >
            {may(role, "invite") ? (
              <MenuItem icon={<Users />} onSelect={() => navigate({ page: "people", report: report.id })}>
                {t("reports.people")}
              </MenuItem>
            ) : null}
            <MenuItem icon={<Download />} onSelect={onDownload}>
              {t("reports.download")}
            </MenuItem>
            {may(role, "delete-report") ? (
              <>
                <MenuSeparator />
                <MenuItem icon={<Trash2 />} tone="danger" onSelect={onDelete}>
                  {t("reports.delete")}
                </MenuItem>
              </>
            ) : null}
          </Menu>
        ) : null}
      </div>
    </li>
  );
}

function RoundPill({ report }: { readonly report: ReportSummary }): ReactElement {
  const { t } = useTranslation("shell");
  const language = useLanguage();
  const { round, rounds } = report;
  if (round && round.closedAt === undefined) {
    const until =
      round.deadline === undefined ? "" : ` · ${t("round.until", { when: formatDateTime(language, round.deadline) })}`;
    return <Pill tone="warn">{t("round.open", { number: round.number }) + until}</Pill>;
  }
  if (rounds > 0) return <Pill tone="ok">{t("round.closed", { number: rounds })}</Pill>;
  return <Pill>{t("round.none")}</Pill>;
}

function Progress({ written, total }: { readonly written: number; readonly total: number }): ReactElement {
  const { t } = useTranslation("shell");
  const share = total === 0 ? 0 : Math.round((written / total) * 100);
  return (
    <div className={styles["progress"]}>
      <span>{t("reports.progress", { written, total })}</span>
      <span className={styles["track"]} aria-hidden="true">
        <span className={classNames(styles["bar"], share === 100 && styles["full"])} style={{ width: `${share}%` }} />
      </span>
    </div>
  );
}

function Comments({ open, total }: { readonly open: number; readonly total: number }): ReactElement {
  const { t } = useTranslation("shell");
  return (
    <div className={classNames(styles["comments"], open > 0 && styles["waiting"])}>
      <MessageSquare aria-hidden="true" />
      <span>
        {total === 0
          ? t("reports.no-comments")
          : open > 0
            ? t("reports.open-comments", { open, total })
            : t("reports.all-answered", { count: total })}
      </span>
    </div>
  );
}
