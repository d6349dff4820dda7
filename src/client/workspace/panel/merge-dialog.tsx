import { Merge } from "lucide-react";
import type { ReactElement } from "react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ThreadRow } from "#model";
import { quotedWords, similarGroups, Similarity, threadRows, threadsOfRow } from "#model";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { useWorkspace } from "../workspace.tsx";
import styles from "./merge-dialog.module.css";
import { useThreadActs } from "./thread-acts.ts";

/** Comments that seem to say the same, group by group: the committee ticks those that do, and merges them. */
export function MergeDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation("workspace");
  const { report, titleOf } = useWorkspace();
  const groups = useMemo(
    () => similarGroups(threadRows(report.threads), new Similarity(report.threads)),
    [report.threads],
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("merge.title")}
      description={groups.length === 0 ? t("merge.noGroups") : t("merge.text")}
      size="l"
      footer={<Button onClick={onClose}>{t("merge.close")}</Button>}
    >
      <div className={styles["groups"]}>
        {groups.map((group) => {
          const { target } = group[0]?.leading.comment ?? { target: { scope: "report" } as const };
          return (
            <Group
              key={group[0]?.leading.comment.id}
              title={target.scope === "report" ? t("panel.wholeReport") : titleOf(target.slot)}
              rows={group}
            />
          );
        })}
      </div>
    </Dialog>
  );
}

function Group({ title, rows }: { readonly title: string; readonly rows: readonly ThreadRow[] }): ReactElement {
  const { t } = useTranslation("workspace");
  const { attempt } = useThreadActs();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const chosen = rows.filter(({ leading }) => !left.has(leading.comment.id));
  const [first] = chosen;
  return (
    <fieldset className={styles["group"]}>
      <legend>{title}</legend>
      {rows.map((row) => {
        const { comment } = row.leading;
        const quote = quotedWords(comment.target);
        return (
          <label key={comment.id} className={styles["row"]}>
            <input
              type="checkbox"
              checked={!left.has(comment.id)}
              onChange={(event) => {
                const next = new Set(left);
                if (event.currentTarget.checked) next.delete(comment.id);
                else next.add(comment.id);
                setLeft(next);
              }}
            />
            <span>
              <b>
                {threadsOfRow(row)
                  .map(({ author }) => author.name)
                  .join(", ")}
              </b>
              {quote === null ? null : <q lang="vi">{quote}</q>}
              <span lang="vi">{comment.text === "" ? (comment.proposal ?? "") : comment.text}</span>
            </span>
          </label>
        );
      })}
      <Button
        icon={<Merge />}
        disabled={chosen.length < 2}
        onClick={() => first && attempt((answering) => answering.merge(chosen, first))}
      >
        {t("merge.these", { count: chosen.length })}
      </Button>
    </fieldset>
  );
}
