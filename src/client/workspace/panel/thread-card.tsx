import type { KeyboardEvent, ReactElement } from "react";
import { memo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { CommentThread } from "#model";
import { cellPlace, cellPlaceWords, OUTCOMES, quotation, quotedWords, threadState } from "#model";
import { useLanguage } from "../../language/use-language.ts";
import { classNames } from "../../ui/class-names.ts";
import { isPressed } from "../../ui/keys.ts";
import { LIST_SHORTCUTS } from "../shortcuts.ts";
import { useDesk, useWorkspace } from "../workspace.tsx";
import { OpenThread } from "./open-thread.tsx";
import styles from "./thread-card.module.css";
import { ThreadHead } from "./thread-head.tsx";
import { WordingChange } from "../../ui/wording-change.tsx";

interface ThreadCardProps {
  readonly thread: CommentThread;
  readonly active: boolean;
}

/** One comment with everything that belongs to it. Closed it says what it is about; open, one answers it. */
export const ThreadCard = memo(function ThreadCard({ thread, active }: ThreadCardProps): ReactElement {
  const { t } = useTranslation("workspace");
  const { activate, editor } = useDesk();
  const card = useRef<HTMLElement>(null);
  const { comment } = thread;
  const open = (): void => {
    if (!active) activate(comment.id, "list");
  };
  const keys = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.target !== card.current || event.ctrlKey || event.metaKey || event.altKey) return;
    const outcome = OUTCOMES.find((one) => isPressed(event.nativeEvent, LIST_SHORTCUTS[one]));
    if (event.key === "Enter" && !active) open();
    else if (event.key === "Enter") editor?.focus();
    else if (outcome !== undefined) {
      open();
      requestAnimationFrame(() => card.current?.querySelector<HTMLElement>(`[data-outcome="${outcome}"]`)?.click());
    } else if (isPressed(event.nativeEvent, LIST_SHORTCUTS.reply)) {
      open();
      requestAnimationFrame(() => card.current?.querySelector<HTMLElement>("[data-reply] textarea")?.focus());
    } else return;
    event.preventDefault();
  };
  return (
    // The card itself takes the focus, as items of a feed do; its buttons are reached with Tab.
    <article
      ref={card}
      className={classNames(styles["card"], active && styles["active"], comment.withdrawn && styles["withdrawn"])}
      data-thread-card={comment.id}
      tabIndex={0}
      aria-label={t("thread.label", { name: thread.author.name, state: t(`thread.state.${threadState(thread)}`) })}
      aria-current={active ? "true" : undefined}
      onClick={open}
      onKeyDown={keys}
    >
      <ThreadHead thread={thread} />
      <Subject thread={thread} active={active} />
      {active ? <OpenThread thread={thread} /> : <ClosedPart thread={thread} />}
    </article>
  );
});

function Subject({ thread, active }: ThreadCardProps): ReactElement {
  const { t } = useTranslation("workspace");
  const { target, text, proposal, kind } = thread.comment;
  return (
    <>
      {target.scope === "cell" ? <CellSubject thread={thread} active={active} /> : null}
      {target.scope === "range" ? (
        <blockquote className={classNames(styles["quote"], !active && styles["short"])}>
          {target.quote.exact}
        </blockquote>
      ) : null}
      {target.scope === "range" || target.scope === "cell" ? null : (
        <p className={styles["about"]}>{target.scope === "slot" ? t("thread.wholeSlot") : t("thread.aboutReport")}</p>
      )}
      {target.scope === "range"
        ? target.also?.map((place) => (
            <blockquote
              key={place.anchor.start + place.anchor.end}
              className={classNames(styles["quote"], !active && styles["short"])}
            >
              {place.quote.exact}
            </blockquote>
          ))
        : null}
      <p className={classNames(styles["text"], !active && styles["short"])}>
        <span className={styles["kind"]}>{t(`thread.kind.${kind}`)}</span> {text}
      </p>
      {proposal === undefined || target.scope !== "range" ? null : (
        <WordingChange from={target.quote.exact} to={proposal} />
      )}
    </>
  );
}

/** Where the cell stands, and its words; of one that is gone, what it was. */
function CellSubject({ thread, active }: ThreadCardProps): ReactElement {
  const { report } = useWorkspace();
  const language = useLanguage();
  const place = cellPlace(report, report.template, thread.place);
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

function ClosedPart({ thread }: { readonly thread: CommentThread }): ReactElement | null {
  const { t } = useTranslation("workspace");
  const replies = thread.replies.filter(({ reply }) => !reply.withdrawn).length;
  const { decision } = thread;
  if (replies === 0 && (decision === null || decision.response === "")) return null;
  return (
    <p className={styles["brief"]}>
      {decision?.response ?? ""}
      {replies > 0 ? ` ${t("thread.replies", { count: replies })}` : ""}
    </p>
  );
}
