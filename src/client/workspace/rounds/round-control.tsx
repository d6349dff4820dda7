import type { ReactElement } from "react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { openRound, threadState } from "#model";
import { may } from "#protocol";
import { api } from "../../app/api.ts";
import { problemText } from "../../app/errors.ts";
import { useLanguage } from "../../language/use-language.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog, Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/field.tsx";
import { useToast } from "../../ui/toast.tsx";
import styles from "./round-control.module.css";
import { useFindings } from "../outline.tsx";
import { useWorkspace } from "../workspace.tsx";

/** Opens and closes the rounds in which delegates comment. Only the chair has it. */
export function RoundControl(): ReactElement | null {
  const { t } = useTranslation("workspace");
  const { report, me } = useWorkspace();
  const [asking, setAsking] = useState(false);
  if (!may(me.role, "open-round")) return null;
  const open = openRound(report.rounds);
  return (
    <>
      <Button onClick={() => setAsking(true)}>{open ? t("round.close") : t("round.openAction")}</Button>
      {open ? (
        <CloseDialog number={open.number} open={asking} onOpenChange={setAsking} />
      ) : asking ? (
        <OpenDialog onClose={() => setAsking(false)} />
      ) : null}
    </>
  );
}

function OpenDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const toast = useToast();
  const { report, refresh } = useWorkspace();
  const findings = useFindings();
  const [deadline, setDeadline] = useState("");
  const [busy, setBusy] = useState(false);
  const number = (report.rounds.at(-1)?.number ?? 0) + 1;
  const delegates = report.people.filter((person) => person.role === "delegate").length;
  const empty = findings.filter(({ code }) => code === "slot-empty").length;
  const open = async (): Promise<void> => {
    setBusy(true);
    try {
      // The field gives the person's own wall clock.
      await api.openRound(report.id, deadline === "" ? {} : { deadline: new Date(deadline).toISOString() });
      await refresh();
      toast({ title: t("round.opened", { number }), tone: "ok" });
      onClose();
    } catch (error) {
      toast({ title: problemText(language, error), tone: "danger" });
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("round.openTitle", { number })}
      description={t("round.openText")}
      size="s"
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button variant="primary" busy={busy} onClick={() => void open()}>
            {t("round.openAction")}
          </Button>
        </>
      }
    >
      <div className={styles["form"]}>
        <TextField
          label={t("round.deadline")}
          hint={t("round.deadlineHint")}
          type="datetime-local"
          value={deadline}
          onChange={setDeadline}
        />
        <p>{delegates === 0 ? t("round.noDelegates") : t("round.delegates", { count: delegates })}</p>
        {empty > 0 ? <p className={styles["warn"]}>{t("round.emptySlots", { count: empty })}</p> : null}
      </div>
    </Dialog>
  );
}

function CloseDialog({
  number,
  open,
  onOpenChange,
}: {
  readonly number: number;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const toast = useToast();
  const { report, refresh } = useWorkspace();
  const counts = useMemo(() => {
    const states = report.threads.filter(({ comment }) => comment.round === number).map(threadState);
    return {
      all: states.filter((state) => state !== "withdrawn").length,
      open: states.filter((state) => state === "open").length,
      proposed: states.filter((state) => state === "proposed").length,
    };
  }, [report.threads, number]);
  const close = async (): Promise<void> => {
    try {
      await api.closeRound(report.id, number);
      await refresh();
      toast({ title: t("round.closedDone", { number }), tone: "ok" });
    } catch (error) {
      toast({ title: problemText(language, error), tone: "danger" });
      throw error;
    }
  };
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("round.closeTitle", { number })}
      confirm={t("round.close")}
      tone="primary"
      onConfirm={close}
    >
      <div className={styles["form"]}>
        <p>{t("round.closeText")}</p>
        <p>{t("round.closeCount", { count: counts.all })}</p>
        {counts.open > 0 ? <p className={styles["warn"]}>{t("round.closeOpen", { count: counts.open })}</p> : null}
        {counts.proposed > 0 ? (
          <p className={styles["warn"]}>{t("round.closeProposed", { count: counts.proposed })}</p>
        ) : null}
      </div>
    </ConfirmDialog>
  );
}
