import type { ReactElement } from "react";
import { Fragment, memo } from "react";
import { useTranslation } from "react-i18next";
import type { CommentThread, ThreadRow } from "#model";
import { cellPlace, cellPlaceWords, quotation, quotedWords, rowState } from "#model";
import { useLanguage } from "../../language/use-language.ts";
import { classNames } from "../../ui/class-names.ts";
import { useDesk, useWorkspace } from "../workspace.tsx";
import { OpenThread } from "./open-thread.tsx";
import type { Asked } from "./thread-acts.ts";
import { useThreadActs } from "./thread-acts.ts";
import styles from "./thread-card.module.css";
import { ThreadPlace } from "./thread-place.tsx";
import { ThreadHead } from "./thread-head.tsx";
import { MentionText } from "../../ui/mention-text.tsx";
import { WordingChange } from "../../ui/wording-change.tsx";

interface ThreadCardProps {
  readonly row: ThreadRow;
  readonly active: boolean;
  readonly selected: boolean;
  /** What a key asks for in this card, if anything. */
  readonly asked: Asked | null;
  readonly onOpen: (leading: string) => void;
}

/** One row of comments with everything that belongs to it. Closed it says what it is about; open, one answers it. */
export const ThreadCard = memo(
  function ThreadCard({ row, active, selected, asked, onOpen }: ThreadCardProps): ReactElement {
    const { t } = useTranslation("workspace");
    const { select } = useThreadActs();
    const thread = row.leading;
    const { comment, author } = thread;
    const open = (): void => {
      if (!active) onOpen(comment.id);
    };
    return (
      // The card itself takes the focus, as items of a feed do; its buttons are reached with Tab.
      <article
        className={classNames(
          styles["card"],
          active && styles["active"],
          selected && styles["selected"],
          comment.withdrawn && styles["withdrawn"],
        )}
        data-thread-card={comment.id}
        tabIndex={0}
        aria-label={t("thread.label", { name: author.name, state: t(`thread.state.${rowState(row)}`) })}
        aria-current={active ? "true" : undefined}
        onClick={open}
        onKeyDown={(event) => {
          if (event.target !== event.currentTarget || event.key !== "Enter" || active) return;
          if (event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          event.stopPropagation();
          open();
        }}
      >
        <ThreadHead
          row={row}
          before={
            comment.withdrawn ? undefined : (
              <input
                type="checkbox"
                className={styles["check"]}
                aria-label={t("bulk.select", { name: author.name })}
                checked={selected}
                onClick={(event) => event.stopPropagation()}
                onChange={(event) => select([comment.id], event.currentTarget.checked)}
              />
            )
          }
        />
        <Subject thread={thread} active={active} />
        {active ? <OpenThread row={row} asked={asked} /> : <ClosedPart row={row} />}
      </article>
    );
  },
  (a, b) =>
    a.active === b.active &&
    a.selected === b.selected &&
    a.asked === b.asked &&
    a.onOpen === b.onOpen &&
    sameRow(a.row, b.row),
);

/** Rows are made anew with the list; what they hold is not. */
function sameRow(a: ThreadRow, b: ThreadRow): boolean {
  return (
    a.leading === b.leading &&
    a.others.length === b.others.length &&
    a.others.every((thread, index) => thread === b.others[index])
  );
}

interface SubjectProps {
  readonly thread: CommentThread;
  readonly active: boolean;
}

function Subject({ thread, active }: SubjectProps): ReactElement {
  const { t } = useTranslation("workspace");
  const { info } = useDesk();
  const { target, text, proposal, kind } = thread.comment;
  return (
    <>
      {target.scope === "cell" ? <CellSubject thread={thread} active={active} /> : null}
      {target.scope === "range" ? (
        <blockquote className={classNames(styles["quote"], !active && styles["short"])}>
          {target.quote.exact}
        </blockquote>
      ) : null}
      <ThreadPlace thread={thread} />
      {target.scope === "range" || target.scope === "cell" ? null : (
        <p className={styles["about"]}>{target.scope === "slot" ? t("thread.wholeSlot") : t("thread.aboutReport")}</p>
      )}
      {target.scope === "range"
        ? target.also?.map((place, index) => (
            <Fragment key={place.anchor.start + place.anchor.end}>
              <blockquote className={classNames(styles["quote"], !active && styles["short"])}>
                {place.quote.exact}
              </blockquote>
              <ThreadPlace thread={thread} part={index + 1} />
            </Fragment>
          ))
        : null}
      <p className={classNames(styles["text"], !active && styles["short"])}>
        <span className={styles["kind"]}>{t(`thread.kind.${kind}`)}</span>{" "}
        <MentionText text={text} people={info.people} />
      </p>
      {proposal === undefined || target.scope !== "range" ? null : (
        <WordingChange from={target.quote.exact} to={proposal} />
      )}
    </>
  );
}

/** Where the cell stands, and its words; of one that is gone, what it was. */
function CellSubject({ thread, active }: SubjectProps): ReactElement {
  const { report } = useWorkspace();
  const language = useLanguage();
  const place = cellPlace(report, report.template, thread.place?.uncertain ? null : thread.place);
  const words = place ? (quotation(thread.comment)?.exact ?? "") : (quotedWords(thread.comment.target) ?? "");
  return (
    <>
      {place ? <p className={styles["about"]}>{cellPlaceWords(place, language)}</p> : null}
      {words === "" ? null : (
        <blockquote className={classNames(styles["quote"], !active && styles["short"])} lang="vi">
          {words}
        </blockquote>
      )}
    </>
  );
}

function ClosedPart({ row }: { readonly row: ThreadRow }): ReactElement | null {
  const { t } = useTranslation("workspace");
  const thread = row.leading;
  const names = row.others.map(({ author }) => author.name).join(", ");
  const replies = thread.replies.filter(({ reply }) => !reply.withdrawn).length;
  const { decision } = thread;
  if (names === "" && replies === 0 && (decision === null || decision.response === "")) return null;
  return (
    <p className={styles["brief"]}>
      {names === "" ? "" : `${t("merge.names", { names })} `}
      {decision?.response ?? ""}
      {replies > 0 ? ` ${t("thread.replies", { count: replies })}` : ""}
    </p>
  );
}
