import { Filter, Table2 } from "lucide-react";
import type { ReactElement } from "react";
import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Outcome, ResponseCounts, ResponseGroup, ResponseRemark, ResponseRow } from "#model";
import { contributorWords, cellPlaceWords, OUTCOMES, responseTable } from "#model";
import { useLanguage } from "../../language/use-language.ts";
import { Button } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import type { Tone } from "../../ui/pill.tsx";
import { Pill } from "../../ui/pill.tsx";
import { useWorkspace } from "../workspace.tsx";
import { ResponseFilters } from "./list-filters.tsx";
import type { ResponseFilter } from "./response-filter.ts";
import { ALL_RESPONSES, groupsWith } from "./response-filter.ts";
import styles from "./responses-tab.module.css";

const TONE: Readonly<Record<Outcome, Tone>> = { accept: "ok", partly: "info", keep: "none", later: "none" };

/** The table of comments and responses as it is exported: who said what on which place, and what became of it. */
export function ResponsesTab(): ReactElement {
  const { t } = useTranslation("workspace");
  const { report } = useWorkspace();
  const [filter, setFilter] = useState<ResponseFilter>(ALL_RESPONSES);
  const [filtering, setFiltering] = useState(false);
  const { counts, agreeing, groups } = useMemo(() => responseTable(report), [report]);
  const shown = groupsWith(groups, filter);
  const rowsShown = shown.reduce((sum, { rows }) => sum + rows.length, 0);
  if (counts.comments === 0) {
    return (
      <EmptyState icon={<Table2 />} title={t("responses.empty")}>
        {t("responses.emptyText")}
      </EmptyState>
    );
  }
  return (
    <div className={styles["tab"]}>
      <div className={styles["counts"]}>
        <p>{t("responses.asked", { ...counts })}</p>
        <p>{t("responses.counts", { ...counts })}</p>
        {agreeing.length > 0 ? (
          <p>{t("responses.agreeing", { names: agreeing.map(({ name }) => name).join(", ") })}</p>
        ) : null}
        <p className={styles["note"]}>{t("responses.note")}</p>
      </div>
      <FilterChips counts={counts} value={filter.outcome} onChange={(outcome) => setFilter({ ...filter, outcome })} />
      <div className={styles["tools"]}>
        <span role="status">{t("responses.shown", { count: rowsShown })}</span>
        <Button icon={<Filter />} aria-expanded={filtering} onClick={() => setFiltering(!filtering)}>
          {t("panel.filter")}
        </Button>
      </div>
      {filtering ? <ResponseFilters groups={groups} filter={filter} onChange={setFilter} /> : null}
      {shown.length === 0 ? (
        <p className={styles["nothing"]} role="status">
          {t("responses.nothing")}
        </p>
      ) : null}
      {shown.map((group) => (
        <Group key={group.slot ?? ""} group={group} />
      ))}
    </div>
  );
}

/** The counts by outcome, each of which shows only its rows. */
function FilterChips({
  counts,
  value,
  onChange,
}: {
  readonly counts: ResponseCounts;
  readonly value: ResponseFilter["outcome"];
  readonly onChange: (outcome: ResponseFilter["outcome"]) => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const chips: { readonly filter: ResponseFilter["outcome"]; readonly label: string; readonly count: number }[] = [
    { filter: "", label: t("responses.all"), count: counts.comments },
    ...OUTCOMES.map((filter) => ({ filter, label: t(`responses.outcome.${filter}`), count: counts.byOutcome[filter] })),
    { filter: "open", label: t("responses.open"), count: counts.open },
  ];
  return (
    <div className={styles["chips"]} role="group" aria-label={t("responses.filter")}>
      {chips.map(({ filter, label, count }) => (
        <button
          key={filter}
          type="button"
          className={classNames(styles["chip"], value === filter && styles["chosen"])}
          aria-pressed={value === filter}
          onClick={() => onChange(filter)}
        >
          {label} <b>{count}</b>
        </button>
      ))}
    </div>
  );
}

function Group({ group }: { readonly group: ResponseGroup }): ReactElement {
  const { t } = useTranslation("workspace");
  const heading = useId();
  return (
    <div role="group" className={styles["group"]} aria-labelledby={`${heading}-above ${heading}`}>
      {/* Two slots may bear the same title. */}
      <p id={`${heading}-above`} className={styles["above"]} lang="vi">
        {group.above.join(" › ")}
      </p>
      <h3 id={heading} className={styles["title"]} lang={group.slot === null ? undefined : "vi"}>
        {group.slot === null ? t("responses.wholeReport") : group.title}
      </h3>
      <ul className={styles["rows"]}>
        {group.rows.map((row) => (
          <Row key={row.ids[0]} row={row} />
        ))}
      </ul>
    </div>
  );
}

function Row({ row }: { readonly row: ResponseRow }): ReactElement {
  const { t } = useTranslation("workspace");
  const { activate, activeThread, report } = useWorkspace();
  const language = useLanguage();
  const active = activeThread !== null && row.ids.includes(activeThread);
  const names = row.contributors.map(({ name }) => name).join(", ");
  return (
    <li className={classNames(styles["row"], active && styles["active"])}>
      {/* Its area is the whole row; the words under it stay words for a screen reader. */}
      <button
        type="button"
        className={styles["go"]}
        aria-label={t("responses.go", { names })}
        aria-current={active || undefined}
        onClick={() => activate(row.ids[0] ?? null, "list")}
      />
      <div className={styles["head"]}>
        <ul className={styles["people"]} lang="vi">
          {row.contributors.map((one) => (
            <li key={`${one.name}\n${one.unit}`}>
              <b>{one.name}</b>
              <span className={styles["unit"]}>
                {contributorWords(language, one, report.ruleSet).slice(one.name.length)}
              </span>
            </li>
          ))}
        </ul>
        <span className={styles["pills"]}>
          <Pill tone={row.outcome === null ? "warn" : TONE[row.outcome]}>
            {row.outcome === null ? t("responses.open") : t(`responses.outcome.${row.outcome}`)}
          </Pill>
          {row.state === "proposed" ? <Pill tone="warn">{t("responses.proposed")}</Pill> : null}
        </span>
      </div>
      {row.cell ? <p className={styles["label"]}>{cellPlaceWords(row.cell, language)}</p> : null}
      {row.quote === null || row.quote === "" ? null : (
        <blockquote className={styles["quote"]} lang="vi">
          “{row.quote}”
        </blockquote>
      )}
      {row.unplaced ? <p className={styles["unplaced"]}>{t("responses.unplaced")}</p> : null}
      {row.remarks.map((remark) => (
        <Remark key={remark.ids[0]} remark={remark} />
      ))}
      {row.response === "" ? null : (
        <p className={styles["response"]}>
          <span className={styles["label"]}>{t("responses.response")}</span> <span lang="vi">{row.response}</span>
        </p>
      )}
    </li>
  );
}

function Remark({ remark: { quote, text, proposal } }: { readonly remark: ResponseRemark }): ReactElement {
  const { t } = useTranslation("workspace");
  return (
    <>
      {quote === null || quote === "" ? null : (
        <blockquote className={styles["quote"]} lang="vi">
          “{quote}”
        </blockquote>
      )}
      {text === "" ? null : (
        <p className={styles["text"]} lang="vi">
          {text}
        </p>
      )}
      {proposal === null ? null : (
        <p className={styles["text"]}>
          <span className={styles["label"]}>{t("responses.proposal")}</span> <ins lang="vi">{proposal}</ins>
        </p>
      )}
    </>
  );
}
