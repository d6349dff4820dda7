import { Plus } from "lucide-react";
import type { ReactElement } from "react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { LIMITS, putComment } from "#comments";
import type { Comment, CommentKind, CommentTarget } from "#model";
import {
  COMMENT_KINDS,
  openRound,
  plainMentions,
  quotedPlaces,
  quotedWords,
  roundState,
  withFirstRange,
  withMentions,
} from "#model";
import { newId } from "../../app/new-id.ts";
import { Button } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { SelectField, TextField } from "../../ui/field.tsx";
import { shortened } from "../../ui/shortened.ts";
import { useToast } from "../../ui/toast.tsx";
import { useColleagues } from "../use-colleagues.ts";
import { useWorkspace } from "../workspace.tsx";
import { keepComment, keptComment } from "./kept-comment.ts";
import { MentionField } from "./mention-field.tsx";
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
  const colleagues = useColleagues();
  const key = `${report.id}.${me.id}${editing ? `.${editing.id}` : ""}`;
  const [kept] = useState(() => keptComment(key));
  const [kind, setKind] = useState<CommentKind>(kept?.kind ?? editing?.kind ?? "clarify");
  const [text, setText] = useState(kept?.text ?? plainMentions(editing?.text ?? "", report.people));
  const [proposal, setProposal] = useState(kept?.proposal ?? editing?.proposal ?? "");
  const [part, setPart] = useState(kept?.part ?? 0);
  // Words without a subject are not kept: an empty form that was left is simply gone.
  useEffect(() => {
    const begun = text.trim() !== "" || proposal.trim() !== "";
    keepComment(key, begun ? { target, kind, text, proposal, part } : null);
  }, [key, target, kind, text, proposal, part]);
  const toast = useToast();
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLElement>(null);
  useEffect(() => field.current?.focus(), []);
  if (!notes) return null;
  const quote = quotedWords(target);
  const more = (): void => {
    const other = editor?.target();
    if (target.scope !== "range" || other?.scope !== "range" || (target.also?.length ?? 0) >= LIMITS.also) {
      toast({ title: t("thread.moreHow") });
      return;
    }
    const { slot, anchor, quote: words } = other;
    compose({ ...target, also: [...(target.also ?? []), { slot, anchor, quote: words }] });
  };
  const done = (): void => {
    keepComment(key, null);
    if (onDone) onDone();
    else compose(null);
  };
  const send = (): void => {
    const words = withMentions(text.trim().normalize("NFC"), colleagues);
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
      const about = wording === "" ? target : withFirstRange(target, part);
      putComment(notes, { id, author: me.id, round, target: about, createdAt: now, withdrawn: false, ...said });
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
      {target.scope === "range"
        ? quotedPlaces(target).map((words, index) => (
            <blockquote key={index} className={styles["quote"]}>
              {words}
            </blockquote>
          ))
        : null}
      {target.scope === "cell" ? <blockquote className={styles["quote"]}>{quote}</blockquote> : null}
      {target.scope === "range" && !editing ? (
        <Button variant="quiet" icon={<Plus />} onMouseDown={(event) => event.preventDefault()} onClick={more}>
          {t("thread.more")}
        </Button>
      ) : null}
      {quote !== null ? null : (
        <p className={styles["about"]}>
          {target.scope === "slot" ? t("thread.aboutSlot", { title: titleOf(target.slot) }) : t("thread.aboutReport")}
        </p>
      )}
      <div role="radiogroup" aria-label={t("panel.kind")} className={styles["kinds"]}>
        {COMMENT_KINDS.map((one) => (
          <label key={one} className={classNames(styles["choice"], kind === one && styles["chosen"])}>
            <input type="radio" name="kind" value={one} checked={kind === one} onChange={() => setKind(one)} />
            {t(`thread.kind.${one}`)}
          </label>
        ))}
      </div>
      <MentionField
        label={t("thread.text")}
        value={text}
        onChange={setText}
        people={colleagues}
        rows={3}
        maxLength={LONGEST}
        error={missing && text.trim() === "" ? t("thread.textMissing") : undefined}
        controlRef={field}
      />
      {quotedPlaces(target).length > 1 && !editing && proposal.trim() !== "" ? (
        <SelectField
          label={t("thread.proposalFor")}
          value={String(part)}
          onChange={(value) => setPart(Number(value))}
          choices={quotedPlaces(target).map((words, index) => ({
            value: String(index),
            label: t("thread.proposalPlace", { number: index + 1, quote: shortened(words) }),
          }))}
        />
      ) : null}
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
