import { Merge, Split } from "lucide-react";
import type { ReactElement } from "react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { CommentThread, ThreadRow } from "#model";
import { quotedWords } from "#model";
import { Button } from "../../ui/button.tsx";
import { useThreadActs, useAllRows } from "./thread-acts.ts";
import styles from "./merged-threads.module.css";

/** How many similar comments are offered at once. */
const MOST = 5;

/** The comments answered together with the one that leads, each of which can be separated again. */
export function MergedThreads({ row }: { readonly row: ThreadRow }): ReactElement | null {
  const { t } = useTranslation("workspace");
  const { attempt } = useThreadActs();
  if (row.others.length === 0) return null;
  return (
    <section className={styles["part"]} aria-label={t("merge.with")}>
      <h4>{t("merge.with")}</h4>
      <ul>
        {row.others.map((thread) => (
          <li key={`${thread.author.id}/${thread.comment.id}`}>
            <Said thread={thread} quote={row.leading} />
            <Button
              variant="quiet"
              icon={<Split />}
              aria-label={t("merge.separateOf", { name: thread.author.name })}
              onClick={() => attempt((answering) => answering.separate(thread.comment.id))}
            >
              {t("merge.separate")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Comments that may say the same as an open one, to be merged with it. */
export function SimilarThreads({ row }: { readonly row: ThreadRow }): ReactElement | null {
  const { t } = useTranslation("workspace");
  const { attempt } = useThreadActs();
  const all = useAllRows();
  const found = useMemo(() => all.similarTo(row), [all, row]);
  if (found.length === 0) return null;
  const merge = (rows: readonly ThreadRow[]): void => {
    attempt((answering) => answering.merge(rows, row));
  };
  return (
    <section className={styles["part"]} aria-label={t("merge.similar")}>
      <h4>
        {t("merge.similar")}
        {found.length > 1 ? (
          <Button variant="quiet" onClick={() => merge(found)}>
            {t("merge.all", { count: found.length })}
          </Button>
        ) : null}
      </h4>
      <ul>
        {found.slice(0, MOST).map((other) => (
          <li key={`${other.leading.author.id}/${other.leading.comment.id}`}>
            <Said thread={other.leading} quote={row.leading} />
            <Button
              variant="quiet"
              icon={<Merge />}
              aria-label={t("merge.takeInOf", { name: other.leading.author.name })}
              onClick={() => merge([other])}
            >
              {t("merge.takeIn")}
            </Button>
          </li>
        ))}
      </ul>
      {found.length > MOST ? <small>{t("merge.more", { count: found.length - MOST })}</small> : null}
    </section>
  );
}

/** Who said what; the words it is about where they are others than those of `quote`. */
function Said({ thread, quote }: { readonly thread: CommentThread; readonly quote: CommentThread }): ReactElement {
  const { comment, author } = thread;
  const words = quotedWords(comment.target);
  return (
    <p>
      <b>{author.name}</b>
      {author.unit === "" ? "" : `, ${author.unit}`}
      {words === null || words === quotedWords(quote.comment.target) ? null : <q lang="vi">{words}</q>}
      <span lang="vi">{comment.text === "" ? (comment.proposal ?? "") : comment.text}</span>
    </p>
  );
}
