import { CornerDownRight } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { putReply } from "#comments";
import type { CommentThread } from "#model";
import { withMentions } from "#model";
import { useKeptText } from "../../app/kept-text.ts";
import { newId } from "../../app/new-id.ts";
import { formatDateTime } from "../../language/format.ts";
import { useLanguage } from "../../language/use-language.ts";
import { Button } from "../../ui/button.tsx";
import { MentionText } from "../../ui/mention-text.tsx";
import { useColleagues } from "../use-colleagues.ts";
import { useDesk } from "../workspace.tsx";
import { LONGEST } from "./comment-composer.tsx";
import { MentionField } from "./mention-field.tsx";
import styles from "./thread-card.module.css";

/** The replies to a comment, and a field for one more where the person may write and the comment stands. */
export function ThreadReplies({ thread }: { readonly thread: CommentThread }): ReactElement {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const { notes, me, live, info } = useDesk();
  const [text, setText] = useKeptText(`reply.${me.id}.${thread.comment.id}`);
  const colleagues = useColleagues();
  return (
    <>
      {thread.replies
        .filter(({ reply }) => !reply.withdrawn)
        .map(({ reply, author }) => (
          <p key={reply.id} className={styles["reply"]}>
            <CornerDownRight aria-hidden="true" />
            <span>
              <b>{author.name}</b> <small>{formatDateTime(language, reply.createdAt)}</small>
              <br />
              <MentionText text={reply.text} people={info.people} />
            </span>
          </p>
        ))}
      {notes && !thread.comment.withdrawn ? (
        <form
          className={styles["replyBox"]}
          data-reply=""
          onSubmit={(event) => {
            event.preventDefault();
            const words = text.trim().normalize("NFC");
            if (words === "") return;
            putReply(notes, {
              id: newId(),
              comment: thread.comment.id,
              author: me.id,
              text: withMentions(words, colleagues),
              createdAt: live.clock.iso(),
              withdrawn: false,
            });
            setText("");
          }}
        >
          <MentionField
            label={t("thread.reply")}
            value={text}
            onChange={setText}
            people={colleagues}
            rows={1}
            maxLength={LONGEST}
          />
          {text.trim() === "" ? null : <Button type="submit">{t("thread.replySend")}</Button>}
        </form>
      ) : null}
    </>
  );
}
