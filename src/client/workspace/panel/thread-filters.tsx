import type { ReactElement } from "react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { COMMENT_KINDS } from "#model";
import type { ThreadState } from "#model";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/field.tsx";
import { useWorkspace } from "../workspace.tsx";
import styles from "./comments-tab.module.css";
import { NO_FILTER } from "./thread-filter.ts";
import type { ThreadFilter } from "./thread-filter.ts";

const STATES: readonly (ThreadState | "unplaced" | "unchanged")[] = [
  "open",
  "proposed",
  "validated",
  "unchanged",
  "unplaced",
  "withdrawn",
];

/** How many things a filter asks for, but for words. */
export function narrowness(filter: ThreadFilter): number {
  return Object.entries(filter).filter(([name, value]) => name !== "text" && name !== "mentioned" && value !== "")
    .length;
}

/** Which threads the list shows, one choice for each thing that one may ask for. */
export function ThreadFilters({
  filter,
  onChange,
}: {
  readonly filter: ThreadFilter;
  readonly onChange: (filter: ThreadFilter) => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const { report, titleOf, outline } = useWorkspace();
  const people = useMemo(() => {
    const authors = new Map(report.threads.map(({ author }) => [author.id, author]));
    return [...authors.values()].sort((a, b) => a.name.localeCompare(b.name, "vi"));
  }, [report.threads]);
  const units = [...new Set(people.map((person) => person.unit).filter((unit) => unit !== ""))].sort((a, b) =>
    a.localeCompare(b, "vi"),
  );
  const any = { value: "", label: t("panel.any") };
  const set = (change: Partial<ThreadFilter>): void => onChange({ ...filter, ...change });
  const roundName = (number: number): string => (number === 0 ? t("thread.noRound") : t("thread.round", { number }));
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
        choices={[any, ...outline.map(({ slot }) => ({ value: slot.id, label: titleOf(slot.id) }))]}
      />
      <SelectField
        label={t("panel.person")}
        value={filter.person}
        onChange={(person) => set({ person })}
        choices={[any, ...people.map((person) => ({ value: person.id, label: person.name }))]}
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
          ...[0, ...report.rounds.map(({ number }) => number)].map((number) => ({
            value: String(number),
            label: roundName(number),
          })),
        ]}
      />
      <Button disabled={narrowness(filter) === 0} onClick={() => onChange({ ...NO_FILTER, text: filter.text })}>
        {t("panel.filterOff")}
      </Button>
    </div>
  );
}
