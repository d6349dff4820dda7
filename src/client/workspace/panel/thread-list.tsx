import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { ThreadRow } from "#model";
import { threadsOfRow } from "#model";
import styles from "./comments-tab.module.css";
import type { Asked } from "./thread-acts.ts";
import { useThreadActs } from "./thread-acts.ts";
import { ThreadCard } from "./thread-card.tsx";
import { bySlot } from "./thread-filter.ts";

/** The rows of comments under the titles of their slots, each with how many of its comments are answered. */
export function ThreadList({
  rows,
  active,
  selected,
  asked,
  titles,
  onOpen,
}: {
  readonly rows: readonly ThreadRow[];
  /** The comment that leads the row that is open. */
  readonly active: string | null;
  readonly selected: ReadonlySet<string>;
  readonly asked: Asked | null;
  readonly titles: ReadonlyMap<string, string>;
  readonly onOpen: (leading: string) => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const { select } = useThreadActs();
  return (
    <div role="group" aria-label={t("panel.comments")} className={styles["list"]}>
      {bySlot(rows).map(({ slot, rows: here }) => {
        const title = slot === null ? t("panel.wholeReport") : (titles.get(slot) ?? slot);
        const ids = here.filter(({ leading }) => !leading.comment.withdrawn).map(({ leading }) => leading.comment.id);
        const threads = here.flatMap(threadsOfRow).filter(({ comment }) => !comment.withdrawn);
        const answered = threads.filter(({ decision }) => decision !== null).length;
        const all = ids.length > 0 && ids.every((id) => selected.has(id));
        return (
          <div key={slot ?? ""} role="group" aria-label={title} className={styles["group"]}>
            <div className={styles["groupHead"]}>
              <h3>{title}</h3>
              <span className={styles["count"]} title={t("panel.answeredOf", { answered, count: threads.length })}>
                {answered}/{threads.length}
              </span>
              <input
                type="checkbox"
                aria-label={t("bulk.selectSlot", { title })}
                checked={all}
                disabled={ids.length === 0}
                onChange={() => select(ids, !all)}
              />
            </div>
            {here.map((row) => {
              const { comment, author } = row.leading;
              return (
                <ThreadCard
                  key={`${author.id}/${comment.id}`}
                  row={row}
                  active={comment.id === active}
                  selected={selected.has(comment.id)}
                  asked={comment.id === active ? asked : null}
                  onOpen={onOpen}
                />
              );
            })}
          </div>
        );
      })}
    </div>
  );
}
