import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { ResponseGroup, ResponseRow } from "#model";
import { COMMENT_KINDS } from "#model";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/field.tsx";
import styles from "./comments-tab.module.css";
import type { ResponseFilter } from "./response-filter.ts";
import { ALL_RESPONSES, unitsOf } from "./response-filter.ts";

const STATES: readonly ResponseRow["state"][] = ["open", "proposed", "validated"];

/** Which rows of the response table are shown, but for their outcome: only choices that some row answers to. */
export function ResponseFilters({
  groups,
  filter,
  onChange,
}: {
  readonly groups: readonly ResponseGroup[];
  readonly filter: ResponseFilter;
  readonly onChange: (filter: ResponseFilter) => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const rows = groups.flatMap((group) => group.rows);
  const units = [...new Set(rows.flatMap(unitsOf))].sort((a, b) => a.localeCompare(b, "vi"));
  const rounds = [...new Set(rows.flatMap((row) => row.rounds))].sort((a, b) => a - b);
  const any = { value: "", label: t("panel.any") };
  const set = (change: Partial<ResponseFilter>): void => onChange({ ...filter, ...change });
  return (
    <div className={styles["filters"]}>
      <SelectField
        label={t("panel.state")}
        value={filter.state}
        onChange={(state) => set({ state: STATES.find((known) => known === state) ?? "" })}
        choices={[any, ...STATES.map((state) => ({ value: state, label: t(`thread.state.${state}`) }))]}
      />
      <SelectField
        label={t("panel.slot")}
        value={filter.slot}
        onChange={(slot) => set({ slot })}
        choices={[any, ...groups.flatMap(({ slot, title }) => (slot === null ? [] : [{ value: slot, label: title }]))]}
      />
      <SelectField
        label={t("panel.unit")}
        value={filter.unit}
        onChange={(unit) => set({ unit })}
        choices={[any, ...units.map((unit) => ({ value: unit, label: unit }))]}
      />
      <SelectField
        label={t("panel.kind")}
        value={filter.kind}
        onChange={(kind) => set({ kind: COMMENT_KINDS.find((known) => known === kind) ?? "" })}
        choices={[any, ...COMMENT_KINDS.map((kind) => ({ value: kind, label: t(`thread.kind.${kind}`) }))]}
      />
      <SelectField
        label={t("panel.round")}
        value={String(filter.round)}
        onChange={(round) => set({ round: round === "" ? "" : Number(round) })}
        choices={[
          any,
          ...rounds.map((number) => ({
            value: String(number),
            label: number === 0 ? t("thread.noRound") : t("thread.round", { number }),
          })),
        ]}
      />
      <Button onClick={() => onChange({ ...ALL_RESPONSES, outcome: filter.outcome })}>{t("panel.filterOff")}</Button>
    </div>
  );
}
