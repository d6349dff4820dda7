import type { ReactElement } from "react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { putComment } from "#comments";
import type { Comment, CommentKind, CommentTarget } from "#model";
import { COMMENT_KINDS, openRound, quotedWords, roundState } from "#model";
import { newId } from "../../app/new-id.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField, TextField } from "../../ui/field.tsx";
import { useWorkspace } from "../workspace.tsx";
import styles from "./thread-card.module.css";

/** The longest text the server takes, in characters. */
export const LONGEST = 10_000;

/** A new comment by a member of the committee, or one of their own that is edited. */
export function CommentComposer({
  target,
  editing,
  onDone,
}: {
  readonly target: CommentTarget;
  readonly editing?: Comment;
  readonly onDone?: () => void;
}): ReactElement | null {
  const { t } = useTranslation("workspace");
  const { notes, me, live, report, titleOf, compose, activate, editor } = useWorkspace();
  const [kind, setKind] = useState<CommentKind>(editing?.kind ?? "clarify");
  const [text, setText] = useState(editing?.text ?? "");
  const [proposal, setProposal] = useState(editing?.proposal ?? "");
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLElement>(null);
  useEffect(() => field.current?.focus(), []);
  if (!notes) return null;
  const quote = quotedWords(target);
  const done = (): void => {
    if (onDone) onDone();
    else compose(null);
  };
  const send = (): void => {
    const words = text.trim().normalize("NFC");
    const wording = target.scope === "range" ? proposal.trim().normalize("NFC") : "";
    if (words === "" && wording === "") {
      setMissing(true);
      field.current?.focus();
      return;
    }
    const now = live.clock.iso();
    const said = { kind, text: words, ...(wording === "" ? {} : { proposal: wording }) };
    if (editing) {
      const { proposal: _before, ...rest } = editing;
      putComment(notes, { ...rest, ...said, editedAt: now });
    } else {
      const id = newId();
      const open = openRound(report.rounds);
      // Outside a round that takes comments it is a note of the committee's own.
      const round = open && roundState(open, now) === "open" ? open.number : 0;
      putComment(notes, { id, author: me.id, round, target, createdAt: now, withdrawn: false, ...said });
      activate(id, "list");
    }
    done();
  };
  return (
    <form
      className={styles["composer"]}
      aria-label={editing ? t("thread.edit") : t("thread.new")}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <h3>{editing ? t("thread.edit") : t("thread.new")}</h3>
      {quote === null ? null : <blockquote className={styles["quote"]}>{quote}</blockquote>}
      {quote !== null ? null : (
        <p className={styles["about"]}>
          {target.scope === "slot" ? t("thread.aboutSlot", { title: titleOf(target.slot) }) : t("thread.aboutReport")}
        </p>
      )}
      <SelectField
        label={t("panel.kind")}
        value={kind}
        onChange={(value) => setKind(COMMENT_KINDS.find((known) => known === value) ?? "other")}
        choices={COMMENT_KINDS.map((one) => ({ value: one, label: t(`thread.kind.${one}`) }))}
      />
      <TextField
        label={t("thread.text")}
        value={text}
        onChange={setText}
        rows={3}
        maxLength={LONGEST}
        error={missing && text.trim() === "" ? t("thread.textMissing") : undefined}
        controlRef={field}
      />
      {target.scope === "range" ? (
        <TextField label={t("thread.proposal")} value={proposal} onChange={setProposal} rows={2} maxLength={LONGEST} />
      ) : null}
      <div className={styles["row"]}>
        <Button
          onClick={() => {
            done();
            editor?.focus();
          }}
        >
          {t("cancel")}
        </Button>
        <Button type="submit" variant="primary">
          {editing ? t("thread.save") : t("thread.send")}
        </Button>
      </div>
    </form>
  );
}
