import { CornerDownRight } from "lucide-react";
import type { ReactElement } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Comment } from "#model";
import { quotedWords } from "#model";
import { formatDateTime } from "../language/format.ts";
import { useKeptText } from "../app/kept-text.ts";
import { useLanguage } from "../language/use-language.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { TextField } from "../ui/field.tsx";
import { Pill } from "../ui/pill.tsx";
import { MentionText } from "../ui/mention-text.tsx";
import { WordingChange } from "../ui/wording-change.tsx";
import type { OwnComment } from "./own-comment.ts";
import styles from "./own-comments.module.css";

export interface OwnCommentActions {
  readonly onShow: (comment: Comment) => void;
  readonly onEdit: (comment: Comment) => void;
  readonly onWithdraw: (comment: Comment) => void;
  readonly onReply: (comment: Comment, text: string) => void;
}

/** All of one's own comments, newest last, each with its answer. */
export function OwnComments({
  comments,
  chosen,
  ...actions
}: OwnCommentActions & { readonly comments: readonly OwnComment[]; readonly chosen: string | null }): ReactElement {
  const { t } = useTranslation("delegate");
  if (comments.length === 0) return <EmptyState title={t("mineEmptyTitle")}>{t("mineEmptyText")}</EmptyState>;
  return (
    <ul className={styles["list"]}>
      {comments.map((own) => (
        <li key={own.comment.id} className={chosen === own.comment.id ? styles["chosen"] : undefined}>
          <OwnCommentCard own={own} {...actions} />
        </li>
      ))}
    </ul>
  );
}

function StatePill({ own }: { readonly own: OwnComment }): ReactElement {
  const { t } = useTranslation("delegate");
  if (!own.received) return <Pill tone="warn">{t("stateWaiting")}</Pill>;
  if (own.comment.withdrawn) return <Pill>{t("stateWithdrawn")}</Pill>;
  return own.record?.decision ? <Pill tone="ok">{t("stateAnswered")}</Pill> : <Pill tone="info">{t("stateSent")}</Pill>;
}

function OwnCommentCard({ own, ...actions }: OwnCommentActions & { readonly own: OwnComment }): ReactElement {
  const { t } = useTranslation("delegate");
  const language = useLanguage();
  const [withdrawing, setWithdrawing] = useState(false);
  const { comment, record } = own;
  const { target } = comment;
  const quote = target.scope === "range" ? target.quote.exact : quotedWords(target);
  const decision = record?.decision ?? null;
  const others = (record?.replies ?? []).filter(({ reply }) => reply.author !== comment.author && !reply.withdrawn);
  const replies = [
    ...others.map(({ reply, author }) => ({ reply, name: author.name })),
    ...own.replies.filter((reply) => !reply.withdrawn).map((reply) => ({ reply, name: null })),
  ].sort((a, b) => a.reply.createdAt.localeCompare(b.reply.createdAt));
  return (
    <article className={styles["card"]} data-comment={comment.id}>
      <div className={styles["head"]}>
        <span className={styles["time"]}>
          {t(`kind_${comment.kind}`)} · {formatDateTime(language, comment.editedAt ?? comment.createdAt)}
        </span>
        {comment.late ? <Pill>{t("lateMark")}</Pill> : null}
        <StatePill own={own} />
      </div>
      {quote === null ? null : <blockquote className={styles["quote"]}>{quote}</blockquote>}
      {target.scope === "range"
        ? target.also?.map((place) => (
            <blockquote key={place.anchor.start + place.anchor.end} className={styles["quote"]}>
              {place.quote.exact}
            </blockquote>
          ))
        : null}
      {quote === null ? (
        <p className={styles["about"]}>
          {target.scope === "slot" ? t("aboutSlot", { title: own.slotTitle }) : t("aboutReport")}
        </p>
      ) : null}
      {comment.text === "" ? null : <p className={styles["text"]}>{comment.text}</p>}
      {comment.proposal === undefined ? null : (
        <div className={styles["proposal"]}>
          <span>{t("proposedWording")}</span>
          <WordingChange from={target.scope === "range" ? target.quote.exact : ""} to={comment.proposal} />
        </div>
      )}
      {replies.map(({ reply, name }) => (
        <p key={reply.id} className={styles["reply"]}>
          <CornerDownRight aria-hidden="true" />
          <span>
            {name === null ? null : <b>{name}: </b>}
            <MentionText text={reply.text} />
          </span>
        </p>
      ))}
      {decision ? (
        <div className={styles["answer"]}>
          <b>{t("answerOf")}</b>
          <Pill tone={decision.outcome === "accept" || decision.outcome === "partly" ? "ok" : "none"}>
            {t(`outcome_${decision.outcome}`)}
          </Pill>
          <p>{decision.response.trim() === "" ? t("answerPlain") : decision.response}</p>
        </div>
      ) : null}
      <div className={styles["row"]}>
        {own.placed ? (
          <Button variant="quiet" onClick={() => actions.onShow(comment)}>
            {t("showInText")}
          </Button>
        ) : quote !== null && !comment.withdrawn ? (
          <span className={styles["lost"]}>{t("lostPlace")}</span>
        ) : null}
        {own.editable && !comment.withdrawn ? (
          <>
            <Button onClick={() => actions.onEdit(comment)}>{t("edit")}</Button>
            <Button onClick={() => setWithdrawing(true)}>{t("withdraw")}</Button>
          </>
        ) : null}
      </div>
      {own.editable && !comment.withdrawn && others.length > 0 ? (
        <ReplyBox comment={comment.id} onReply={(text) => actions.onReply(comment, text)} />
      ) : null}
      <ConfirmDialog
        open={withdrawing}
        onOpenChange={setWithdrawing}
        title={t("withdrawTitle")}
        confirm={t("withdraw")}
        onConfirm={() => actions.onWithdraw(comment)}
      >
        {t("withdrawText")}
      </ConfirmDialog>
    </article>
  );
}

function ReplyBox({
  comment,
  onReply,
}: {
  readonly comment: string;
  readonly onReply: (text: string) => void;
}): ReactElement {
  const { t } = useTranslation("delegate");
  const [text, setText] = useKeptText(`reply.${comment}`);
  return (
    <form
      className={styles["replyBox"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === "") return;
        onReply(text.trim().normalize("NFC"));
        setText("");
      }}
    >
      <TextField label={t("replyLabel")} value={text} rows={2} maxLength={10_000} onChange={setText} />
      <Button type="submit" disabled={text.trim() === ""}>
        {t("replySend")}
      </Button>
    </form>
  );
}
