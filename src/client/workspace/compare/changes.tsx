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
import { isChange, shownChanges } from "./shown-changes.ts";
import { TableChanges } from "./table-changes.tsx";

/** What a person may do with a change: bring the slot or the block back as it was. Null where nothing can be. */
export interface ChangeActions {
  readonly slot: (slot: string) => ReactNode;
  readonly block: (slot: string, change: BlockChange) => ReactNode;
}

/**
 * A comparison as text: words that came and went marked in it, slot by slot. With `onlyChanged` slots without changes
 * are left out, and paragraphs without changes folded.
 */
export function Changes({
  comparison,
  before,
  after,
  onlyChanged,
  actions = null,
}: {
  readonly comparison: Comparison;
  readonly before: ReportText;
  readonly after: ReportText;
  readonly onlyChanged: boolean;
  readonly actions?: ChangeActions | null;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const labels = useLabels(before, after);
  const { outline } = useWorkspace();
  const above = useMemo(() => titlesAbove(outline), [outline]);
  const slots = useMemo(() => shownChanges(comparison), [comparison]);
  const shown = onlyChanged ? slots.filter((slot) => slot.changed) : slots;
  return (
    // Reached by the keyboard, so that the arrow keys scroll it.
    <div className={styles["changes"]} role="region" aria-label={t("compare.result")} tabIndex={0}>
      {comparison.fields.length > 0 ? <Fields fields={comparison.fields} /> : null}
      {shown.map((slot) => (
        <Slot
          key={slot.slot}
          slot={slot}
          above={(above.get(slot.slot) ?? []).map(printedTitle)}
          labels={labels}
          onlyChanged={onlyChanged}
          actions={actions}
        />
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
    <section className={styles["slot"]} aria-labelledby={heading} data-slot-changes="">
      <h3 id={heading} className={styles["title"]}>
        {t("compare.fields")}
      </h3>
      <dl className={styles["fields"]}>
        {fields.map(({ id, before, after }) => {
          const field = report.template.fields.find((candidate) => candidate.id === id);
          return (
            <div key={id} data-change="" tabIndex={-1} role="group" aria-label={field ? localised(field.label) : id}>
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
  onlyChanged,
  actions,
}: {
  readonly slot: SlotChange;
  /** The titles the slot stands under: two slots may bear the same title. */
  readonly above: readonly string[];
  readonly labels: ReadonlyMap<Block, string>;
  readonly onlyChanged: boolean;
  readonly actions: ChangeActions | null;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const { titleOf } = useWorkspace();
  const heading = useId();
  return (
    <section
      className={styles["slot"]}
      aria-labelledby={`${heading}-above ${heading}`}
      data-slot-changes={slot.slot}
      tabIndex={-1}
    >
      <p id={`${heading}-above`} className={styles["above"]} lang="vi">
        {above.join(" › ")}
      </p>
      <div className={styles["head"]}>
        <h3 id={heading} className={styles["title"]} lang="vi">
          {titleOf(slot.slot)}
        </h3>
        {slot.changed ? actions?.slot(slot.slot) : <Pill>{t("compare.unchanged")}</Pill>}
      </div>
      {slot.blocks.length === 0 ? <p className={styles["nothing"]}>{t("compare.emptySlot")}</p> : null}
      {stretches(slot.blocks, onlyChanged && slot.changed).map((stretch) => {
        const blocks = stretch.blocks.map((change) => (
          <ChangedBlock
            // One slot may hold a deleted and a present block of the same derived id.
            key={`${change.kind === "deleted" || change.kind === "left"} ${(change.after ?? change.before)?.id ?? ""}`}
            change={change}
            labels={labels}
            action={isChange(change) ? actions?.block(slot.slot, change) : null}
          />
        ));
        if (!stretch.folded) return blocks;
        return (
          <details key={`folded ${stretch.from}`} className={styles["folded"]}>
            <summary>{t("compare.folded", { count: stretch.blocks.length })}</summary>
            {blocks}
          </details>
        );
      })}
    </section>
  );
}

/** The blocks of a slot, those without changes that follow each other taken together to be folded. */
function stretches(
  blocks: readonly BlockChange[],
  fold: boolean,
): { readonly from: number; readonly folded: boolean; readonly blocks: BlockChange[] }[] {
  const found: { from: number; folded: boolean; blocks: BlockChange[] }[] = [];
  for (const [from, block] of blocks.entries()) {
    const folded = fold && !isChange(block);
    const last = found.at(-1);
    if (last?.folded === folded) last.blocks.push(block);
    else found.push({ from, folded, blocks: [block] });
  }
  return found;
}

function ChangedBlock({
  change,
  labels,
  action,
}: {
  readonly change: BlockChange;
  readonly labels: ReadonlyMap<Block, string>;
  readonly action: ReactNode;
}): ReactElement {
  const block = change.after ?? change.before;
  const label = block ? labels.get(block) : "";
  const notes = useNotes(change);
  const text = (
    <>
      <p className={classNames(styles["block"], block && styles[block.kind])} lang="vi">
        {label ? `${label} ` : ""}
        {change.pieces.map((piece, at) => (
          <PieceText key={at} piece={piece} />
        ))}
      </p>
      {change.table && change.table.rows.length > 0 ? <TableChanges table={change.table} /> : null}
    </>
  );
  if (!isChange(change)) return <div className={styles["row"]}>{text}</div>;
  return (
    <div
      className={classNames(styles["row"], styles["touched"], change.kind === "left" && styles["left"])}
      data-change=""
      tabIndex={-1}
      role="group"
      aria-label={notes.join(", ")}
    >
      <div className={styles["about"]}>
        <span className={styles["notes"]}>{notes.join(" · ")}</span>
        {action}
      </div>
      {text}
    </div>
  );
}

/** What happened to the block beyond its words, each in a word or two. */
function useNotes({ kind, from, to, form, pieces }: BlockChange): string[] {
  const { t } = useTranslation("workspace");
  const { titleOf } = useWorkspace();
  const notes: string[] = [];
  if (kind === "inserted") notes.push(t("compare.inserted"));
  if (kind === "deleted") notes.push(t("compare.deleted"));
  if (kind === "changed") notes.push(t("compare.changed"));
  if (kind === "moved") {
    notes.push(from === undefined ? t("compare.moved") : t("compare.movedFrom", { title: titleOf(from) }));
    if (pieces.some((piece) => piece.kind !== "same")) notes.push(t("compare.movedChanged"));
  }
  if (to !== undefined) notes.push(t("compare.movedTo", { title: titleOf(to) }));
  if (form) notes.push(t("compare.form"));
  return notes;
}
