import { GitCompare } from "lucide-react";
import type { ReactElement } from "react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { docFrom, readText } from "#collab";
import { compareTexts } from "#model";
import { formatDateTime } from "../../language/format.ts";
import { useLanguage } from "../../language/use-language.ts";
import type { Missed } from "../../live/absence.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ChangeOverview } from "../compare/change-overview.tsx";
import { Changes } from "../compare/changes.tsx";
import { shownChanges } from "../compare/shown-changes.ts";
import { diffWords } from "../compare/word-diff.ts";
import { useWorkspace } from "../workspace.tsx";

/** The text as it was when the connection was lost beside the text as it is now: one's own changes and the others'. */
export function MissedDialog({
  missed,
  onClose,
}: {
  readonly missed: Missed;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const { template, slots, fields } = useWorkspace().report;
  const before = useMemo(() => readText(docFrom(missed.before), template), [missed, template]);
  const after = useMemo(() => ({ slots, fields }), [slots, fields]);
  const comparison = useMemo(() => compareTexts(before, after, template, diffWords), [before, after, template]);
  const shown = useMemo(() => shownChanges(comparison), [comparison]);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("notice.missed-title", { time: formatDateTime(language, missed.since) })}
      size="l"
      footer={<Button onClick={onClose}>{t("compare.close")}</Button>}
    >
      {shown.some((slot) => slot.changed) || comparison.fields.length > 0 ? (
        <>
          <ChangeOverview comparison={comparison} slots={shown} />
          <Changes comparison={comparison} before={before} after={after} onlyChanged />
        </>
      ) : (
        <EmptyState icon={<GitCompare />} title={t("compare.same")}>
          {t("compare.sameText")}
        </EmptyState>
      )}
    </Dialog>
  );
}
