import { Check, CornerDownRight, MapPinOff, WandSparkles } from "lucide-react";
import type { KeyboardEvent, ReactElement } from "react";
import { memo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { putComment, putReply, validateDecision } from "#comments";
import type { CommentThread, Outcome } from "#model";
import { isUnplaced, openRound, threadState } from "#model";
import { problemText } from "../../app/errors.ts";
import { newId } from "../../app/new-id.ts";
import { formatDateTime } from "../../language/format.ts";
import { useLanguage } from "../../language/use-language.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { classNames } from "../../ui/class-names.ts";
import { TextField } from "../../ui/field.tsx";
import type { Tone } from "../../ui/pill.tsx";
import { Pill } from "../../ui/pill.tsx";
import { useToast } from "../../ui/toast.tsx";
import { useDesk } from "../workspace.tsx";
import { CommentComposer, LONGEST } from "./comment-composer.tsx";
import { DecisionForm } from "./decision-form.tsx";
import styles from "./thread-card.module.css";
import { WordingChange } from "./wording-change.tsx";

const TONES: Readonly<Record<ReturnType<typeof threadState>, Tone>> = {
  withdrawn: "none",
  open: "warn",
  proposed: "info",
  validated: "ok",
};

/** The outcome that each figure key stands for. */
const FIGURES: readonly Outcome[] = ["accept", "partly", "keep", "later"];

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
    const outcome = FIGURES[Number(event.key) - 1];
    if (event.key === "Enter" && !active) open();
    else if (event.key === "Enter") editor?.focus();
    else if (outcome !== undefined) {
      open();
      requestAnimationFrame(() => card.current?.querySelector<HTMLElement>(`[data-outcome="${outcome}"]`)?.click());
    } else if (event.key === "r") {
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
      <Head thread={thread} />
      <Subject thread={thread} active={active} />
      {active ? <OpenPart thread={thread} /> : <ClosedPart thread={thread} />}
    </article>
  );
});

function Head({ thread }: { readonly thread: CommentThread }): ReactElement {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const { comment, author } = thread;
  const about = [
    author.unit,
    comment.round === 0 ? t("thread.noRound") : t("thread.round", { number: comment.round }),
    formatDateTime(language, comment.editedAt ?? comment.createdAt),
  ];
  const state = threadState(thread);
  return (
    <div className={styles["head"]}>
      <Avatar id={author.id} name={author.name} />
      <div className={styles["who"]}>
        <b>{author.name}</b>
        <small>{about.filter((part) => part !== "").join(" · ")}</small>
      </div>
      <div className={styles["pills"]}>
        <Pill tone={TONES[state]}>
          {state === "proposed" || state === "validated"
            ? t(`decision.outcome.${thread.decision?.outcome ?? "later"}`)
            : t(`thread.state.${state}`)}
        </Pill>
        {isUnplaced(thread) && !comment.withdrawn ? (
          <Pill tone="danger">
            <MapPinOff aria-hidden="true" className={styles["pillIcon"]} /> {t("thread.state.unplaced")}
          </Pill>
        ) : null}
      </div>
    </div>
  );
}

function Subject({ thread, active }: ThreadCardProps): ReactElement {
  const { t } = useTranslation("workspace");
  const { target, text, proposal, kind } = thread.comment;
  return (
    <>
      {target.scope === "range" ? (
        <blockquote className={classNames(styles["quote"], !active && styles["short"])}>
          {target.quote.exact}
        </blockquote>
      ) : (
        <p className={styles["about"]}>{target.scope === "slot" ? t("thread.wholeSlot") : t("thread.aboutReport")}</p>
      )}
      {text === "" ? null : (
        <p className={classNames(styles["text"], !active && styles["short"])}>
          <span className={styles["kind"]}>{t(`thread.kind.${kind}`)}</span> {text}
        </p>
      )}
      {proposal === undefined || target.scope !== "range" ? null : (
        <WordingChange from={target.quote.exact} to={proposal} />
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

function OpenPart({ thread }: { readonly thread: CommentThread }): ReactElement {
  const { t } = useTranslation("workspace");
  const { info, me, notes, live, editor } = useDesk();
  const { comment, decision } = thread;
  const [editing, setEditing] = useState(false);
  const [withdrawing, setWithdrawing] = useState(false);
  const [deciding, setDeciding] = useState(false);
  const [applied, setApplied] = useState<Outcome | null>(null);
  const toast = useToast();
  const state = threadState(thread);
  // The committee's own comments outside any round can be changed at any time, the others while their round is open.
  const own = comment.author === me.id && (comment.round === 0 || comment.round === openRound(info.rounds)?.number);
  if (editing) return <CommentComposer target={comment.target} editing={comment} onDone={() => setEditing(false)} />;
  const apply = (): void => {
    const { target, proposal } = comment;
    if (target.scope !== "range" || proposal === undefined) return;
    if (!editor?.applyProposal(target.slot, target.anchor, proposal)) {
      toast({ title: t("thread.cannotApply"), tone: "danger" });
      return;
    }
    setApplied("accept");
    setDeciding(true);
    toast({
      title: t("thread.applied"),
      tone: "ok",
      action: { label: t("toolbar.undo"), onSelect: () => editor.run("undo") },
    });
  };
  const placed = thread.place !== null;
  return (
    <>
      {comment.proposal === undefined || comment.withdrawn ? null : (
        <div className={styles["row"]}>
          <Button icon={<WandSparkles />} disabled={!placed} onClick={apply}>
            {t("thread.apply")}
          </Button>
          {placed ? null : <span className={styles["why"]}>{t("thread.cannotApply")}</span>}
        </div>
      )}
      <Replies thread={thread} />
      {comment.withdrawn ? null : decision !== null && !deciding ? (
        <Answer thread={thread} onEdit={() => setDeciding(true)} />
      ) : (
        <DecisionForm
          key={`${decision?.proposedAt ?? ""}${applied ?? ""}`}
          thread={thread}
          preset={applied}
          onDone={() => {
            setDeciding(false);
            setApplied(null);
          }}
        />
      )}
      {own && !comment.withdrawn && state !== "validated" && notes ? (
        <div className={styles["row"]}>
          <Button variant="quiet" onClick={() => setEditing(true)}>
            {t("thread.edit")}
          </Button>
          <Button variant="quiet" onClick={() => setWithdrawing(true)}>
            {t("thread.withdraw")}
          </Button>
          <ConfirmDialog
            open={withdrawing}
            onOpenChange={setWithdrawing}
            title={t("thread.withdrawTitle")}
            confirm={t("thread.withdraw")}
            onConfirm={() => putComment(notes, { ...comment, withdrawn: true, editedAt: live.clock.iso() })}
          >
            {t("thread.withdrawText")}
          </ConfirmDialog>
        </div>
      ) : null}
    </>
  );
}

function Answer({
  thread,
  onEdit,
}: {
  readonly thread: CommentThread;
  readonly onEdit: () => void;
}): ReactElement | null {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const toast = useToast();
  const { info, decisions, chair, me, live } = useDesk();
  const { decision, comment } = thread;
  if (!decision) return null;
  const nameOf = (id: string): string => info.people.find((person) => person.id === id)?.name ?? id;
  const by =
    decision.validatedBy === undefined
      ? t("decision.proposedBy", { name: nameOf(decision.proposedBy) })
      : t("decision.validatedBy", { name: nameOf(decision.validatedBy) });
  const validate = (): void => {
    if (!decisions) return;
    try {
      validateDecision(decisions, comment.id, me.id, live.clock.iso());
    } catch (error) {
      toast({ title: problemText(language, error), tone: "danger" });
    }
  };
  return (
    <div className={styles["answer"]}>
      <p>
        <b>{t(`decision.outcome.${decision.outcome}`)}</b>
        {decision.response === "" ? "" : `: ${decision.response}`}
      </p>
      <small>
        {by} · {formatDateTime(language, decision.validatedAt ?? decision.proposedAt)}
      </small>
      <div className={styles["row"]}>
        <Button variant="quiet" onClick={onEdit}>
          {t("decision.edit")}
        </Button>
        {chair && decision.validatedAt === undefined ? (
          <Button variant="primary" icon={<Check />} onClick={validate}>
            {t("decision.validate")}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function Replies({ thread }: { readonly thread: CommentThread }): ReactElement {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const { notes, me, live } = useDesk();
  const [text, setText] = useState("");
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
              {reply.text}
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
              text: words,
              createdAt: live.clock.iso(),
              withdrawn: false,
            });
            setText("");
          }}
        >
          <TextField label={t("thread.reply")} value={text} onChange={setText} rows={1} maxLength={LONGEST} />
          {text.trim() === "" ? null : <Button type="submit">{t("thread.replySend")}</Button>}
        </form>
      ) : null}
    </>
  );
}
