import { WandSparkles } from "lucide-react";
import type { ReactElement } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { putComment, standingSpot } from "#comments";
import type { Outcome, ThreadRow } from "#model";
import { openRound, placeOfPart, threadState } from "#model";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { useToast } from "../../ui/toast.tsx";
import { useDesk } from "../workspace.tsx";
import { CommentComposer } from "./comment-composer.tsx";
import { DecisionForm } from "./decision-form.tsx";
import { MergedThreads, SimilarThreads } from "./merged-threads.tsx";
import type { Asked } from "./thread-acts.ts";
import { ThreadAnswer } from "./thread-answer.tsx";
import styles from "./thread-card.module.css";
import { ThreadReplies } from "./thread-replies.tsx";

/** All that one does about a comment: apply its wording, reply, answer it, and change or withdraw one's own. */
export function OpenThread({ row, asked }: { readonly row: ThreadRow; readonly asked: Asked | null }): ReactElement {
  const { t } = useTranslation("workspace");
  const { info, me, notes, live, editor, body } = useDesk();
  const thread = row.leading;
  const { comment, decision } = thread;
  const [editing, setEditing] = useState(false);
  const [withdrawing, setWithdrawing] = useState(false);
  const [deciding, setDeciding] = useState(false);
  const [applied, setApplied] = useState<Outcome | null>(null);
  const [turn, setTurn] = useState(0);
  if (asked && asked.turn !== turn) {
    setTurn(asked.turn);
    setDeciding(true);
  }
  const toast = useToast();
  const state = threadState(thread);
  // The committee's own comments outside any round can be changed at any time, the others while their round is open.
  const own = comment.author === me.id && (comment.round === 0 || comment.round === openRound(info.rounds)?.number);
  if (editing) return <CommentComposer target={comment.target} editing={comment} onDone={() => setEditing(false)} />;
  const apply = (): void => {
    const { proposal } = comment;
    const spot = standingSpot(body, thread);
    if (!spot || proposal === undefined) return;
    if (!editor?.applyProposal(spot.slot, spot.anchor, proposal)) {
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
  // A wording is for the first range: where that is gone it can be put nowhere, wherever the others stand.
  const first = placeOfPart(thread, 0);
  const placed = first !== null && first.uncertain !== true;
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
      <ThreadReplies thread={thread} />
      <MergedThreads row={row} />
      {comment.withdrawn ? null : decision !== null && !deciding ? (
        <ThreadAnswer row={row} onEdit={() => setDeciding(true)} />
      ) : (
        <DecisionForm
          key={`${decision?.proposedAt ?? ""}${applied ?? ""}`}
          row={row}
          preset={applied}
          asked={asked}
          onDone={() => {
            setDeciding(false);
            setApplied(null);
          }}
        />
      )}
      {comment.withdrawn ? null : <SimilarThreads row={row} />}
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
