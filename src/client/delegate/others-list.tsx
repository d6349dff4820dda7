import { CornerDownRight } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { OtherComment, OtherPerson } from "#comments";
import { quotedWords } from "#model";
import { formatDateTime } from "../language/format.ts";
import { useLanguage } from "../language/use-language.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Pill } from "../ui/pill.tsx";
import styles from "./own-comments.module.css";

/** Other delegates' comments, to be read: each says whose it is, or that names are not shown. */
export function OthersList({
  comments,
  chosen,
  placed,
  titleOf,
  onShow,
}: {
  readonly comments: readonly OtherComment[];
  readonly chosen: string | null;
  /** Those whose words stand in the draft that is shown. */
  readonly placed: ReadonlySet<string>;
  readonly titleOf: (slot: string) => string;
  readonly onShow: (comment: OtherComment) => void;
}): ReactElement {
  const { t } = useTranslation("delegate");
  if (comments.length === 0) return <EmptyState title={t("othersEmptyTitle")}>{t("othersEmptyText")}</EmptyState>;
  return (
    <ul className={styles["list"]}>
      {comments.map((other) => (
        <li key={other.id} className={chosen === other.id ? styles["chosen"] : undefined}>
          <OtherCard other={other} isPlaced={placed.has(other.id)} titleOf={titleOf} onShow={onShow} />
        </li>
      ))}
    </ul>
  );
}

function nameOf({ name, unit }: OtherPerson): string {
  return unit === "" ? name : `${name}, ${unit}`;
}

function OtherCard({
  other,
  isPlaced,
  titleOf,
  onShow,
}: {
  readonly other: OtherComment;
  readonly isPlaced: boolean;
  readonly titleOf: (slot: string) => string;
  readonly onShow: (comment: OtherComment) => void;
}): ReactElement {
  const { t } = useTranslation("delegate");
  const language = useLanguage();
  const { target, by, answer } = other;
  const quote = quotedWords(target);
  const when = other.createdAt === undefined ? "" : ` · ${formatDateTime(language, other.createdAt)}`;
  return (
    <article className={`${styles["card"]} ${styles["foreign"]}`} data-other={other.id}>
      <div className={styles["head"]}>
        <span className={styles["who"]}>{by === null ? t("otherUnnamed") : nameOf(by)}</span>
        {answer ? <Pill tone="ok">{t("stateAnswered")}</Pill> : null}
      </div>
      <span className={styles["time"]}>
        {t(`kind_${other.kind}`)}
        {when}
      </span>
      {quote === null ? (
        <p className={styles["about"]}>
          {target.scope === "slot" ? t("aboutSlot", { title: titleOf(target.slot) }) : t("aboutReport")}
        </p>
      ) : (
        <blockquote className={styles["quote"]}>{quote}</blockquote>
      )}
      {other.text === "" ? null : <p className={styles["text"]}>{other.text}</p>}
      {other.proposal === undefined ? null : (
        <p className={styles["proposal"]}>
          <span>{t("proposedWording")}: </span>
          {other.proposal}
        </p>
      )}
      {other.replies.map((reply) => (
        <p key={reply.id} className={styles["reply"]}>
          <CornerDownRight aria-hidden="true" />
          <span>
            <b>{reply.by.name}: </b>
            {reply.text}
          </span>
        </p>
      ))}
      {answer ? (
        <div className={styles["answer"]}>
          <b>{t("answerOf")}</b>
          <Pill tone={answer.outcome === "accept" || answer.outcome === "partly" ? "ok" : "none"}>
            {t(`outcome_${answer.outcome}`)}
          </Pill>
          <p>{answer.response.trim() === "" ? t("answerPlain") : answer.response}</p>
        </div>
      ) : null}
      {isPlaced ? (
        <div className={styles["row"]}>
          <Button variant="quiet" onClick={() => onShow(other)}>
            {t("showInText")}
          </Button>
        </div>
      ) : null}
    </article>
  );
}
