import type { ReactElement, ReactNode } from "react";
import { useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Block, BlockChange, Comparison, ReportText, SlotChange } from "#model";
import { blockLabels, printedTitle, tablesBefore, titlesAbove } from "#model";
import { useLocalised } from "../../language/use-language.ts";
import { classNames } from "../../ui/class-names.ts";
import { Pill } from "../../ui/pill.tsx";
import { useWorkspace } from "../workspace.tsx";
import styles from "./changes.module.css";
import { PieceText } from "./piece-text.tsx";
import { countChanges, isChange, shownChanges } from "./shown-changes.ts";
import { TableChanges } from "./table-changes.tsx";

/** A comparison as text: words that came and went marked in it, slot by slot, with the counts above. */
export function Changes({
  comparison,
  before,
  after,
  onlyChanged,
  same,
}: {
  readonly comparison: Comparison;
  readonly before: ReportText;
  readonly after: ReportText;
  /** Leaves out the slots that did not change. */
  readonly onlyChanged: boolean;
  /** What is shown where nothing differs. */
  readonly same: ReactNode;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const labels = useLabels(before, after);
  const { outline } = useWorkspace();
  const above = useMemo(() => titlesAbove(outline), [outline]);
  const slots = useMemo(() => shownChanges(comparison), [comparison]);
  const counts = useMemo(() => countChanges(slots), [slots]);
  const nothing = counts.slots === 0 && comparison.fields.length === 0;
  const shown = onlyChanged ? slots.filter((slot) => slot.changed) : slots;
  return (
    // Reached by the keyboard, so that the arrow keys scroll it.
    <div className={styles["changes"]} role="region" aria-label={t("compare.result")} tabIndex={0}>
      <div role="status">
        {nothing ? (
          same
        ) : (
          <p className={styles["counts"]}>
            <b>{t("compare.sections", { count: counts.slots })}</b>
            <span>{t("compare.insertedBlocks", { number: counts.inserted })}</span>
            <span>{t("compare.deletedBlocks", { number: counts.deleted })}</span>
            <span>{t("compare.changedBlocks", { number: counts.changed })}</span>
            <span>{t("compare.movedBlocks", { number: counts.moved })}</span>
          </p>
        )}
      </div>
      {comparison.fields.length > 0 ? <Fields fields={comparison.fields} /> : null}
      {shown.map((slot) => (
        <Slot key={slot.slot} slot={slot} above={(above.get(slot.slot) ?? []).map(printedTitle)} labels={labels} />
      ))}
    </div>
  );
}

/** The numbers and signs of the blocks of both texts. */
function useLabels(before: ReportText, after: ReportText): ReadonlyMap<Block, string> {
  const { report, outline } = useWorkspace();
  const { ruleSet } = report;
  return useMemo(() => {
    const labels = new Map<Block, string>();
    for (const { slots } of [before, after]) {
      const tables = tablesBefore(outline, slots);
      for (const { slot, entry } of outline) {
        const blocks = slots[slot.id] ?? [];
        const ofBlocks = blockLabels(ruleSet, entry.path, blocks, tables.get(slot.id) ?? 0);
        for (const [at, block] of blocks.entries()) labels.set(block, ofBlocks[at] ?? "");
      }
    }
    return labels;
  }, [before, after, outline, ruleSet]);
}

function Fields({ fields }: { readonly fields: Comparison["fields"] }): ReactElement {
  const { t } = useTranslation("workspace");
  const { report } = useWorkspace();
  const localised = useLocalised();
  const heading = useId();
  return (
    <section className={styles["slot"]} aria-labelledby={heading}>
      <h3 id={heading} className={styles["title"]}>
        {t("compare.fields")}
      </h3>
      <dl className={styles["fields"]}>
        {fields.map(({ id, before, after }) => {
          const field = report.template.fields.find((candidate) => candidate.id === id);
          return (
            <div key={id}>
              <dt>{field ? localised(field.label) : id}</dt>
              <dd lang="vi">
                {before === "" ? t("compare.emptyValue") : <PieceText piece={{ text: before, kind: "deleted" }} />}
                {" → "}
                {after === "" ? t("compare.emptyValue") : <PieceText piece={{ text: after, kind: "inserted" }} />}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

function Slot({
  slot,
  above,
  labels,
}: {
  readonly slot: SlotChange;
  /** The titles the slot stands under: two slots may bear the same title. */
  readonly above: readonly string[];
  readonly labels: ReadonlyMap<Block, string>;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const { titleOf } = useWorkspace();
  const heading = useId();
  return (
    <section className={styles["slot"]} aria-labelledby={`${heading}-above ${heading}`}>
      <p id={`${heading}-above`} className={styles["above"]} lang="vi">
        {above.join(" › ")}
      </p>
      <div className={styles["head"]}>
        <h3 id={heading} className={styles["title"]} lang="vi">
          {titleOf(slot.slot)}
        </h3>
        {slot.changed ? null : <Pill>{t("compare.unchanged")}</Pill>}
      </div>
      {slot.blocks.length === 0 ? <p className={styles["nothing"]}>{t("compare.emptySlot")}</p> : null}
      {slot.blocks.map((change) => (
        <ChangedBlock
          // One slot may hold a deleted and a present block of the same derived id.
          key={`${change.kind === "deleted"} ${(change.after ?? change.before)?.id ?? ""}`}
          change={change}
          labels={labels}
        />
      ))}
    </section>
  );
}

function ChangedBlock({
  change,
  labels,
}: {
  readonly change: BlockChange;
  readonly labels: ReadonlyMap<Block, string>;
}): ReactElement {
  const block = change.after ?? change.before;
  const label = block ? labels.get(block) : "";
  const notes = useNotes(change);
  return (
    <div className={classNames(styles["row"], isChange(change) && styles["touched"])}>
      {notes.map((note) => (
        <span key={note} className={styles["note"]}>
          {note}
        </span>
      ))}
      <p className={classNames(styles["block"], block && styles[block.kind])} lang="vi">
        {label ? `${label} ` : ""}
        {change.pieces.map((piece, at) => (
          <PieceText key={at} piece={piece} />
        ))}
      </p>
      {change.table && change.table.rows.length > 0 ? <TableChanges table={change.table} /> : null}
    </div>
  );
}

/** What happened to the block beyond its words, each in a word or two. */
function useNotes({ kind, from, to, form }: BlockChange): string[] {
  const { t } = useTranslation("workspace");
  const { titleOf } = useWorkspace();
  const notes: string[] = [];
  if (kind === "inserted") notes.push(t("compare.inserted"));
  if (kind === "deleted") notes.push(t("compare.deleted"));
  if (kind === "moved") {
    notes.push(from === undefined ? t("compare.moved") : t("compare.movedFrom", { title: titleOf(from) }));
  }
  if (to !== undefined) notes.push(t("compare.movedTo", { title: titleOf(to) }));
  if (form) notes.push(t("compare.form"));
  return notes;
}
