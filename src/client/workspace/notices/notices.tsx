import { GitCompare } from "lucide-react";
import type { ReactElement } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { may } from "#protocol";
import { api, saveFile } from "../../app/api.ts";
import { problemText } from "../../app/errors.ts";
import { formatDateTime } from "../../language/format.ts";
import { useLanguage } from "../../language/use-language.ts";
import { wouldLose } from "../../live/sync-state.ts";
import { useMissed, useStateOf } from "../../live/use-live.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useToast } from "../../ui/toast.tsx";
import { useWorkspace } from "../workspace.tsx";
import { MissedDialog } from "./missed-dialog.tsx";
import { copyAsFile, copyAsText } from "./report-copy.ts";

/** What a person must know about their work beyond the state line, each until it is over or put away. */
export function Notices(): ReactElement {
  return (
    <>
      <DeviceNotice />
      <RefusedNotice />
      <MissedNotice />
    </>
  );
}

/** Work is on this page alone: the server cannot be reached, and the device keeps nothing. */
function DeviceNotice(): ReactElement | null {
  const { t } = useTranslation("workspace");
  const { live } = useWorkspace();
  const device = useStateOf(live, (state) => (state.kind === "offline" && wouldLose(state) ? state.device : "good"));
  if (device === "good") return null;
  return (
    <Notice label={t("notice.label-device")} tone="danger" actions={<Copies />}>
      {t(`notice.device-${device}`)} {t("notice.device-do")}
    </Notice>
  );
}

/** The server does not take what stands here. */
function RefusedNotice(): ReactElement | null {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const toast = useToast();
  const { live, info, me, body, notes, decisions } = useWorkspace();
  const reason = useStateOf(live, (state) => (state.kind === "refused" ? (state.reason ?? "malformed") : null));
  const [merging, setMerging] = useState(false);
  if (reason === null) return null;
  const behind = reason === "foreign-client" || reason === "pending";
  const mayMerge = behind && may(me.role, "merge-archive");
  const merge = async (): Promise<void> => {
    setMerging(true);
    try {
      await api.mergeArchive(info.id, new Blob([copyAsFile(info, { body, notes, decisions })]));
      live.reconsider();
      toast({ title: t("notice.merged"), tone: "ok" });
    } catch (error) {
      toast({ title: problemText(language, error), tone: "danger" });
    } finally {
      setMerging(false);
    }
  };
  return (
    <Notice
      label={t("notice.label-refused")}
      tone="danger"
      actions={
        <>
          {mayMerge ? (
            <Button variant="primary" disabled={merging} onClick={() => void merge()}>
              {t("notice.merge")}
            </Button>
          ) : null}
          <Copies />
          {behind && !mayMerge ? <Button onClick={() => window.location.reload()}>{t("notice.reload")}</Button> : null}
        </>
      }
    >
      {t(mayMerge ? "notice.behind-chair" : behind ? "notice.behind" : "notice.refused")}
    </Notice>
  );
}

/** How many slots are named; the rest are counted. */
const NAMED = 3;

/** Others have changed the text while one was away. */
function MissedNotice(): ReactElement | null {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const { live, outline, titleOf } = useWorkspace();
  const missed = useMissed(live);
  const [comparing, setComparing] = useState(false);
  if (missed === null) return null;
  const slots = outline.map(({ slot }) => slot.id).filter((slot) => missed.slots.includes(slot));
  const names = slots.slice(0, NAMED).map(titleOf).join("; ");
  return (
    <Notice
      label={t("notice.label-missed")}
      tone="info"
      icon={<GitCompare />}
      actions={
        <>
          <Button onClick={() => setComparing(true)}>{t("notice.missed-compare")}</Button>
          <Button variant="quiet" onClick={() => live.dismissMissed()}>
            {t("notice.missed-seen")}
          </Button>
        </>
      }
    >
      {t("notice.missed", { time: formatDateTime(language, missed.since) })} {names}
      {slots.length > NAMED ? ` ${t("notice.missed-more", { count: slots.length - NAMED })}` : ""}
      {comparing ? <MissedDialog missed={missed} onClose={() => setComparing(false)} /> : null}
    </Notice>
  );
}

/** Takes what stands on this page away as a file. */
function Copies(): ReactElement {
  const { t } = useTranslation("workspace");
  const { info, body, notes, decisions, report, outline, live } = useWorkspace();
  const save = (bytes: BlobPart, ending: string, type: string): void => {
    const stamp = live.clock.iso().slice(0, 16).replaceAll(/[:T]/gu, "-");
    saveFile({ name: `${t("notice.copy-name")}-${stamp}.${ending}`, bytes: new Blob([bytes], { type }) });
  };
  return (
    <>
      <Button onClick={() => save(copyAsFile(info, { body, notes, decisions }), "tongket", "application/octet-stream")}>
        {t("notice.copy-file")}
      </Button>
      <Button onClick={() => save(copyAsText(report, outline), "txt", "text/plain;charset=utf-8")}>
        {t("notice.copy-text")}
      </Button>
    </>
  );
}
