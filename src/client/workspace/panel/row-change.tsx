import { TriangleAlert } from "lucide-react";
import type { ReactElement } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ThreadRow } from "#model";
import { threadsOfRow } from "#model";
import { WordingChange } from "../../ui/wording-change.tsx";
import { useCarriedOut } from "../carried-out.tsx";
import { useDesk } from "../workspace.tsx";
import { RowEdits } from "./row-edits.tsx";
import styles from "./thread-card.module.css";

/** What of the text has changed where the comments of a row were made; that nothing has, where they were taken up. */
export function RowChange({ row }: { readonly row: ThreadRow }): ReactElement | null {
  const { t } = useTranslation("workspace");
  const { info } = useDesk();
  const changes = useCarriedOut();
  const [open, setOpen] = useState(false);
  const known = threadsOfRow(row).flatMap(({ comment }) => changes.get(comment.id) ?? []);
  const [first] = known;
  if (!first) return null;
  const version = info.versions.find(({ id }) => id === first.since)?.name ?? "";
  const lines = new Map(known.flatMap((change) => change.lines.map((line) => [JSON.stringify(line), line])));
  if (lines.size === 0) {
    return (
      <p className={styles["unchanged"]}>
        <TriangleAlert aria-hidden="true" className={styles["pillIcon"]} /> {t("carried.none", { version })}
      </p>
    );
  }
  return (
    <details className={styles["carried"]} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t("carried.made", { count: lines.size, version })}</summary>
      {[...lines].map(([key, { before, after }]) => (
        <WordingChange key={key} from={before ?? ""} to={after ?? ""} />
      ))}
      {open ? <RowEdits changes={known} /> : null}
    </details>
  );
}
