import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Comment, CommentTarget } from "#model";
import { quotedWords } from "#model";
import { Button } from "../ui/button.tsx";
import { useToast } from "../ui/toast.tsx";
import styles from "./own-comments.module.css";

/**
 * Comments that came too late: still on this device, to be copied, sent in the round that is open now, or deleted. A
 * withdrawal that came too late is told with the comment it was to take back.
 */
export function LateList({
  comments,
  taking,
  onResend,
  onForget,
}: {
  readonly comments: readonly Comment[];
  /** What the round that is shown takes now of this person. */
  readonly taking: "all" | "late" | "nothing";
  readonly onResend: (comment: Comment) => void;
  readonly onForget: (comment: Comment) => void;
}): ReactElement | null {
  const { t } = useTranslation("delegate");
  const toast = useToast();
  if (comments.length === 0) return null;
  const copy = async (comment: Comment): Promise<void> => {
    const words = quotedWords(comment.target);
    const quote = words === null ? "" : `“${words}”\n`;
    await navigator.clipboard.writeText(`${quote}${comment.text}\n${comment.proposal ?? ""}`.trim());
    toast({ title: t("lateCopied"), tone: "ok" });
  };
  return (
    <section aria-label={t("lateTitle")} className={styles["late"]}>
      <h2>{t("lateTitle")}</h2>
      <p>{t("late")}</p>
      <ul className={styles["list"]}>
        {comments.map((comment) => (
          <li key={comment.id} className={styles["card"]}>
            <Quote target={comment.target} />
            <p className={styles["text"]}>{comment.text}</p>
            {comment.proposal === undefined ? null : <p className={styles["text"]}>{comment.proposal}</p>}
            {comment.withdrawn ? <p>{t("lateWithdrawal")}</p> : null}
            <div className={styles["row"]}>
              <Button onClick={() => void copy(comment)}>{t("lateCopy")}</Button>
              {taking !== "nothing" && !comment.withdrawn ? (
                <Button variant="primary" onClick={() => onResend(comment)}>
                  {t(taking === "late" ? "lateSend" : "lateResend")}
                </Button>
              ) : null}
              <Button onClick={() => onForget(comment)}>{t("lateForget")}</Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Quote({ target }: { readonly target: CommentTarget }): ReactElement | null {
  const words = quotedWords(target);
  return words === null ? null : <blockquote className={styles["quote"]}>{words}</blockquote>;
}
