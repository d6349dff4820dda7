import type { ReactElement } from "react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { CommentKind, ResponseGroup } from "#model";
import { COMMENT_KINDS } from "#model";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/field.tsx";
import { useWorkspace } from "../workspace.tsx";
import styles from "./comments-tab.module.css";
import type { ResponseFilter } from "./response-filter.ts";
import { ALL_RESPONSES, unitsOf } from "./response-filter.ts";
import type { ThreadFilter } from "./thread-filter.ts";
import { NO_FILTER } from "./thread-filter.ts";

/** What each list of comments may be narrowed by; an empty value asks for nothing. */
interface ListFilter {
  readonly state: ThreadFilter["state"];
  readonly slot: string;
  readonly person?: string;
  readonly unit: string;
  readonly kind: CommentKind | "";
  readonly round: number | "";
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

const QUESTIONS = ["state", "slot", "person", "unit", "kind", "round"] as const satisfies (keyof ListFilter)[];

const THREAD_STATES = ["open", "proposed", "validated", "unchanged", "unplaced", "withdrawn"] as const;
const RESPONSE_STATES = ["open", "proposed", "validated"] as const;

/** How many things a filter asks for, but for words. */
export function narrowness(filter: ListFilter): number {
  return QUESTIONS.filter((name) => (filter[name] ?? "") !== "").length;
}

/** Which threads the list shows, one choice for each thing that one may ask for. */
export function ThreadFilters({
  filter,
  onChange,
}: {
  readonly filter: ThreadFilter;
  readonly onChange: (filter: ThreadFilter) => void;
}): ReactElement {
  const { report, titleOf, outline } = useWorkspace();
  const people = useMemo(() => {
    const authors = new Map(report.threads.map(({ author }) => [author.id, author]));
    return [...authors.values()].sort((a, b) => a.name.localeCompare(b.name, "vi"));
  }, [report.threads]);
  return (
    <ListFilters
      filter={filter}
      onChange={onChange}
      off={{ ...NO_FILTER, text: filter.text }}
      states={THREAD_STATES}
      slots={outline.map(({ slot }) => ({ value: slot.id, label: titleOf(slot.id) }))}
      people={people.map(({ id, name }) => ({ value: id, label: name }))}
      units={people.map(({ unit }) => unit).filter((unit) => unit !== "")}
      rounds={[0, ...report.rounds.map(({ number }) => number)]}
    />
  );
}

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
  const rows = groups.flatMap((group) => group.rows);
  return (
    <ListFilters
      filter={filter}
      onChange={onChange}
      off={{ ...ALL_RESPONSES, outcome: filter.outcome }}
      states={RESPONSE_STATES}
      slots={groups.flatMap(({ slot, title }) => (slot === null ? [] : [{ value: slot, label: title }]))}
      units={rows.flatMap(unitsOf)}
      rounds={[...new Set(rows.flatMap((row) => row.rounds))].sort((a, b) => a - b)}
    />
  );
}

function ListFilters<Filter extends ListFilter>({
  filter,
  onChange,
  off,
  states,
  slots,
  people,
  units,
  rounds,
}: {
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
  /** The filter once it asks for nothing more. */
  readonly off: Filter;
  readonly states: readonly Exclude<Filter["state"], "">[];
  readonly slots: readonly Choice[];
  /** Absent where one does not choose by person. */
  readonly people?: readonly Choice[];
  /** In any order, repeated or not. */
  readonly units: readonly string[];
  readonly rounds: readonly number[];
}): ReactElement {
  const { t } = useTranslation("workspace");
  const named = [...new Set(units)].sort((a, b) => a.localeCompare(b, "vi"));
  const roundName = (number: number): string => (number === 0 ? t("thread.noRound") : t("thread.round", { number }));
  const questions: Record<(typeof QUESTIONS)[number], readonly Choice[] | undefined> = {
    state: states.map((state) => ({ value: state, label: t(`thread.state.${state}`) })),
    slot: slots,
    person: people,
    unit: named.map((unit) => ({ value: unit, label: unit })),
    kind: COMMENT_KINDS.map((kind) => ({ value: kind, label: t(`thread.kind.${kind}`) })),
    round: rounds.map((number) => ({ value: String(number), label: roundName(number) })),
  };
  const choose = (name: keyof ListFilter, value: string): void =>
    onChange({ ...filter, [name]: name === "round" && value !== "" ? Number(value) : value });
  return (
    <div className={styles["filters"]}>
      {QUESTIONS.map((name) => {
        const choices = questions[name];
        return choices === undefined ? null : (
          <SelectField
            key={name}
            label={t(`panel.${name}`)}
            value={String(filter[name] ?? "")}
            onChange={(value) => choose(name, value)}
            choices={[{ value: "", label: t("panel.any") }, ...choices]}
          />
        );
      })}
      <Button disabled={narrowness(filter) === 0} onClick={() => onChange(off)}>
        {t("panel.filterOff")}
      </Button>
    </div>
  );
}
