import type { ReactElement, RefObject } from "react";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportPlan, RuleSet, Template } from "#model";
import { fieldsOf, isUnsettled, numberOutline, standingYears } from "#model";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { FieldChoices } from "./field-choices.tsx";
import { PieceRow } from "./piece-row.tsx";
import type { LaidWord } from "./laid-word.ts";
import type { Brought, Placing } from "./placing.ts";
import { broughtBy, firstPlacing } from "./placing.ts";
import { Received } from "./received.tsx";
import styles from "./word-import-dialog.module.css";

const NOTHING: ReadonlySet<string> = new Set();

/** What a Word file is laid beside: a template whose report is yet to be made, or a report with what it has. */
export interface ImportGround {
  readonly template: Template;
  readonly ruleSet: RuleSet;
  readonly fields: Readonly<Record<string, string>>;
  /** Slots that have text, which is never written over; absent for a report that is yet to be made. */
  readonly taken?: ReadonlySet<string>;
}

/**
 * A Word file beside the skeleton: its headings on one side, each with its place or a choice of one; on the other the
 * sections with what they receive. Nothing is written before the person says so.
 */
export function WordImportDialog({
  name,
  plan,
  ground,
  before = null,
  onUse,
  onClose,
}: {
  readonly name: string;
  readonly plan: ImportPlan;
  readonly ground: ImportGround;
  /** How it was placed before; absent or null where it is placed for the first time. */
  readonly before?: Pick<LaidWord, "placing" | "again"> | null;
  readonly onUse: (brought: Brought, placing: Placing) => void;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useTranslation("shell");
  const { template, ruleSet, taken = NOTHING } = ground;
  const made = ground.taken !== undefined;
  const notes = useRef<HTMLUListElement>(null);
  const pieces = useRef<HTMLOListElement>(null);
  const [year, setYear] = useState(ground.fields["year"] ?? "");
  const [placing, setPlacing] = useState<Placing>(
    () => before?.placing ?? firstPlacing(plan, taken, made ? ground.fields : {}, ground.fields["year"] ?? ""),
  );
  const fields = useMemo(() => ({ ...ground.fields, year }), [ground.fields, year]);
  const outline = useMemo(() => numberOutline(template, ruleSet, fields), [template, ruleSet, fields]);
  const brought = useMemo(() => broughtBy(plan, placing, taken), [plan, placing, taken]);
  const open = plan.pieces.filter((piece) => isUnsettled(piece, placing.places)).length;

  const place = (piece: string, slot: string | null): void =>
    setPlacing((now) => {
      const { [piece]: _before, ...rest } = now.places;
      return { ...now, places: slot === null ? rest : { ...rest, [piece]: slot } };
    });
  // The next heading without a place behind the one that was looked at, and from the first again.
  const last = useRef(-1);
  const toNext = (): void => {
    const choices = [...(pieces.current?.querySelectorAll<HTMLSelectElement>("[data-state] select") ?? [])];
    const waiting = (select: HTMLSelectElement): boolean => select.closest("[data-state='unsettled']") !== null;
    const next = choices.findIndex((select, index) => index > last.current && waiting(select));
    last.current = next < 0 ? choices.findIndex(waiting) : next;
    const select = choices[last.current];
    select?.focus({ preventScroll: true });
    select?.closest("li")?.scrollIntoView({ block: "center" });
  };
  // What of the file is of its year follows the year of the report.
  const changeYear = (value: string): void => {
    setYear(value);
    setPlacing((now) => ({ ...now, fields: firstPlacing(plan, taken, {}, value).fields }));
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("word.title", { name })}
      description={`${t("word.text")}${made ? ` ${t("word.textInto")}` : ""}`}
      size="l"
      initialFocus={notes}
      footer={
        <>
          <output className={styles["left"]} data-open={open > 0 || undefined}>
            {open > 0 ? t("word.left", { count: open }) : t("word.allPlaced")}
          </output>
          {open > 0 ? <Button onClick={toNext}>{t("word.next")}</Button> : null}
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            variant="primary"
            disabled={!made && !/^[12]\d{3}$/u.test(year)}
            onClick={() => onUse(made ? brought : { ...brought, fields: { ...brought.fields, year } }, placing)}
          >
            {t("word.use")}
          </Button>
        </>
      }
    >
      <Notes plan={plan} listRef={notes} />
      {before && before.again.length > 0 ? (
        <p className={styles["again"]}>{t("word.again", { titles: before.again.join("; ") })}</p>
      ) : null}
      {made ? null : (
        <TextField
          label={t("word.year")}
          name="year"
          value={year}
          inputMode="numeric"
          maxLength={4}
          className={styles["year"]}
          onChange={changeYear}
        />
      )}
      <div className={styles["sides"]}>
        <section aria-labelledby="word-pieces">
          <h3 id="word-pieces">{t("word.pieces")}</h3>
          <ol ref={pieces} className={styles["pieces"]}>
            {plan.pieces.map((piece) => (
              <PieceRow
                key={piece.id}
                piece={piece}
                placing={placing}
                outline={outline}
                taken={taken}
                onPlace={(slot) => place(piece.id, slot)}
              />
            ))}
          </ol>
        </section>
        <section aria-labelledby="word-skeleton">
          <h3 id="word-skeleton">{t("word.skeleton")}</h3>
          <Received plan={plan} placing={placing} outline={outline} taken={taken} />
        </section>
      </div>
      <FieldChoices
        plan={plan}
        specs={fieldsOf(template, ruleSet).filter((spec) => made || spec.id !== "year")}
        chosen={placing.fields}
        reportYear={year}
        onChoose={(ids) => setPlacing((now) => ({ ...now, fields: ids }))}
      />
      <Years plan={plan} brought={brought} reportYear={year} titleOf={titlesOf(outline)} />
    </Dialog>
  );
}

/** What a person should know of the file: how much it holds, and what of it no report takes. */
function Notes({
  plan: { counts },
  listRef,
}: {
  readonly plan: ImportPlan;
  readonly listRef: RefObject<HTMLUListElement | null>;
}): ReactElement {
  const { t } = useTranslation("shell");
  const { paragraphs, tables, words, inserted, deleted } = counts;
  const kinds = ["pictures", "formulas", "objects", "symbols", "hidden", "prompts"] as const;
  const notes = [
    t("word.counts", { paragraphs, tables, words }),
    ...(counts.comments > 0 ? [t("word.comments", { count: counts.comments })] : []),
    ...(inserted + deleted > 0 ? [t("word.changes", { inserted, deleted })] : []),
    ...(counts.converted > 0 ? [t("word.converted", { count: counts.converted })] : []),
    ...kinds.flatMap((kind) => {
      const count = counts.leftOut[kind] ?? 0;
      return count > 0 ? [t(`word.${kind}`, { count })] : [];
    }),
  ];
  return (
    <ul ref={listRef} tabIndex={-1} className={styles["notes"]}>
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

/** Where years of the file still stand in the text: they are told, and left as they are. */
function Years({
  plan,
  brought,
  reportYear,
  titleOf,
}: {
  readonly plan: ImportPlan;
  readonly brought: Brought;
  readonly reportYear: string;
  readonly titleOf: ReadonlyMap<string, string>;
}): ReactElement | null {
  const { t } = useTranslation("shell");
  const years = standingYears(brought.slots, plan.year, reportYear);
  if (years.length === 0) return null;
  return (
    <section className={styles["years"]} aria-labelledby="word-years">
      <p id="word-years">{t("word.years", { from: plan.year ?? "", to: reportYear })}</p>
      <ul>
        {years.map(({ slot, block, words }, index) => (
          // The same words may stand twice in one paragraph.
          <li key={`${slot}-${block}-${index}`}>
            {t("word.yearAt", { slot: titleOf.get(slot) ?? slot, block, words })}
          </li>
        ))}
      </ul>
    </section>
  );
}

function titlesOf(outline: ReturnType<typeof numberOutline>): ReadonlyMap<string, string> {
  return new Map(outline.map(({ slot, entry }) => [slot.id, entry.title]));
}
