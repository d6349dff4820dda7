import { AtSign } from "lucide-react";
import type { ReactElement } from "react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/field.tsx";
import { useWorkspace } from "../workspace.tsx";
import { isMentioned } from "./thread-filter.ts";

/** On which text the comments are shown: the current one, or the draft that was sent out in a round. */
export function TextChoice(): ReactElement | null {
  const { t } = useTranslation("workspace");
  const { report, version, readVersion } = useWorkspace();
  if (report.rounds.length === 0) return null;
  const drafts = report.rounds.map((round) => ({
    value: round.version,
    label: t("thread.round", { number: round.number }),
  }));
  const other = version !== null && !drafts.some(({ value }) => value === version);
  return (
    <SelectField
      label={t("panel.onText")}
      value={version ?? ""}
      onChange={(value) => readVersion(value === "" ? null : value)}
      choices={[
        { value: "", label: t("panel.current") },
        ...drafts,
        ...(other ? [{ value: version, label: t("panel.otherVersion") }] : []),
      ]}
    />
  );
}

/** Only the comments in which one is mentioned, or all again; nothing where there are none. */
export function MentionChoice({
  mentioned,
  onChange,
}: {
  readonly mentioned: string;
  readonly onChange: (mentioned: string) => void;
}): ReactElement | null {
  const { t } = useTranslation("workspace");
  const { report, me } = useWorkspace();
  const count = useMemo(
    () => report.threads.filter((thread) => !thread.comment.withdrawn && isMentioned(thread, me.id)).length,
    [report.threads, me.id],
  );
  if (count === 0 && mentioned === "") return null;
  return (
    <Button icon={<AtSign />} aria-pressed={mentioned !== ""} onClick={() => onChange(mentioned === "" ? me.id : "")}>
      {t("mention.me", { count })}
    </Button>
  );
}
