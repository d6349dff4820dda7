import type { ReactElement } from "react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Comparison, SlotChange } from "#model";
import { useWorkspace } from "../workspace.tsx";
import { useCountsText } from "./change-counts.ts";
import styles from "./change-overview.module.css";
import { countChanges } from "./shown-changes.ts";

/** What changed at a glance: the sum in one sentence, then every slot that changed with its counts. */
export function ChangeOverview({
  comparison,
  slots,
  onGo,
}: {
  readonly comparison: Comparison;
  /** The slots as they are shown. */
  readonly slots: readonly SlotChange[];
  /** Goes to a slot below; the empty name is that of the fields. Absent where nothing is below. */
  readonly onGo?: (slot: string) => void;
}): ReactElement | null {
  const { t } = useTranslation("workspace");
  const { titleOf } = useWorkspace();
  const countsText = useCountsText();
  const heading = useId();
  const changed = slots.filter((slot) => slot.changed);
  const total = countChanges(slots);
  const fields = comparison.fields.length;
  if (changed.length === 0 && fields === 0) return null;
  const rows = [
    ...changed.map((slot) => ({ id: slot.slot, title: titleOf(slot.slot), counts: countsText(countChanges([slot])) })),
    ...(fields > 0
      ? [{ id: "", title: t("compare.fields"), counts: t("compare.countFields", { count: fields }) }]
      : []),
  ];
  const changes = countsText({ ...total, left: 0 });
  return (
    <section className={styles["overview"]} aria-labelledby={heading}>
      <h3 id={heading} className={styles["heading"]}>
        {t("compare.overview")}
      </h3>
      <p role="status" className={styles["total"]}>
        {changed.length > 0 ? t("compare.total", { count: changed.length, changes }) : rows[0]?.counts}
      </p>
      <ul className={styles["list"]}>
        {rows.map(({ id, title, counts }) => (
          <li key={id}>
            {onGo ? (
              <button type="button" className={styles["row"]} onClick={() => onGo(id)}>
                <span lang="vi">{title}</span>
                <span className={styles["counts"]}>{counts}</span>
              </button>
            ) : (
              <span className={styles["row"]}>
                <span lang="vi">{title}</span>
                <span className={styles["counts"]}>{counts}</span>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
