import { GitCompare, TriangleAlert } from "lucide-react";
import type { ReactElement } from "react";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { readText } from "#collab";
import type { ReportText, RestoreScope, Version } from "#model";
import { compareTexts, restoredText } from "#model";
import { VERSION_NAME } from "#protocol";
import type * as Y from "yjs";
import { problemText } from "../../app/errors.ts";
import { useFrozenBody } from "../../app/frozen-body.ts";
import { useLanguage } from "../../language/use-language.ts";
import { useReading } from "../../live/use-reading.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { useToast } from "../../ui/toast.tsx";
import { useWorkspace } from "../workspace.tsx";
import { ChangeOverview } from "./change-overview.tsx";
import { Changes } from "./changes.tsx";
import styles from "./restore-dialog.module.css";
import { saveVersion } from "./saved-version.ts";
import { shownChanges } from "./shown-changes.ts";
import { diffWords } from "./word-diff.ts";

/** How long the text must rest before what will change is worked out anew, in milliseconds. */
const LAG = 400;

/**
 * Asks before a version, a slot or a block of it is brought back, and says what will change. What is shown is what is
 * done: where somebody changes it meanwhile, it is shown anew first. The text as it is is saved as a version before.
 */
export function RestoreDialog({
  version,
  scope,
  onClose,
  onDone,
}: {
  readonly version: Version;
  readonly scope: RestoreScope;
  readonly onClose: () => void;
  /** The text was restored, and is to be seen. */
  readonly onDone: () => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const { report, body, titleOf } = useWorkspace();
  const { template } = report;
  const language = useLanguage();
  const { doc, error, again } = useFrozenBody(report.id, version.id);
  const read = useCallback((from: Y.Doc) => readText(from, template), [template]);
  const present = useReading(body, read, LAG);
  const frozen = useMemo(() => (doc ? readText(doc, template) : null), [doc, template]);
  const target = useMemo(
    () => (frozen ? restoredText(present, frozen, template, scope) : null),
    [frozen, present, template, scope],
  );
  const comparison = useMemo(
    () => (target ? compareTexts(present, target, template, diffWords) : null),
    [present, target, template],
  );
  const slots = useMemo(() => (comparison ? shownChanges(comparison) : []), [comparison]);
  const doubled = useMemo(
    () => (frozen && scope.kind === "slot" ? movedOut(frozen, present, template, scope.slot) : 0),
    [frozen, present, template, scope],
  );
  const { busy, changed, restore } = useRestore(version, scope, onDone);
  const differs = comparison !== null && (slots.some((slot) => slot.changed) || comparison.fields.length > 0);
  const title =
    scope.kind === "report"
      ? t("restore.title", { name: version.name })
      : t(scope.kind === "slot" ? "restore.titleSlot" : "restore.titleBlock", {
          title: titleOf(scope.slot),
          name: version.name,
        });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={t("restore.text")}
      size="l"
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            variant="primary"
            busy={busy}
            disabled={!differs || target === null}
            onClick={() => target && doc && void restore(present, target, doc)}
          >
            {t("restore.confirm")}
          </Button>
        </>
      }
    >
      <div role="alert">{changed ? <p className={styles["warning"]}>{t("restore.changed")}</p> : null}</div>
      {doubled > 0 ? <p className={styles["warning"]}>{t("restore.doubled", { count: doubled })}</p> : null}
      {error === null ? null : (
        <EmptyState
          icon={<TriangleAlert />}
          title={t("version.failed")}
          actions={<Button onClick={() => void again()}>{t("version.again")}</Button>}
        >
          {problemText(language, error)}
        </EmptyState>
      )}
      {comparison === null && error === null ? (
        <div className={styles["waiting"]}>
          <Spinner label={t("version.loading")} />
        </div>
      ) : null}
      {comparison && target && !differs ? (
        <EmptyState icon={<GitCompare />} title={t("restore.nothing")}>
          {t("restore.nothingText")}
        </EmptyState>
      ) : null}
      {comparison && target && differs ? (
        <>
          <ChangeOverview comparison={comparison} slots={slots} />
          <Changes comparison={comparison} before={present} after={target} onlyChanged />
        </>
      ) : null}
    </Dialog>
  );
}

/** How many blocks that the version has in a slot stand in others now: the slot alone cannot take them from there. */
function movedOut(
  version: ReportText,
  present: ReportText,
  template: Parameters<typeof compareTexts>[2],
  slot: string,
): number {
  const { slots } = compareTexts(version, present, template, () => []);
  return slots.find((change) => change.slot === slot)?.blocks.filter(({ kind }) => kind === "left").length ?? 0;
}

interface Restoring {
  readonly busy: boolean;
  /** True where the last attempt found something that the person had not seen. */
  readonly changed: boolean;
  readonly restore: (seen: ReportText, target: ReportText, frozen: Y.Doc) => Promise<void>;
}

/** Saves the text as it is as a version, then restores, and says so. */
function useRestore(version: Version, scope: RestoreScope, onDone: () => void): Restoring {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const toast = useToast();
  const { live, editor, refresh, readVersion } = useWorkspace();
  const [busy, setBusy] = useState(false);
  const [changed, setChanged] = useState(false);
  const restore = async (seen: ReportText, target: ReportText, frozen: Y.Doc): Promise<void> => {
    if (!editor) {
      toast({ title: t("restore.waiting"), tone: "danger" });
      return;
    }
    setBusy(true);
    try {
      const before = await saveVersion(
        live,
        t("restore.beforeName", { name: version.name }).slice(0, VERSION_NAME).trim(),
      );
      if (!editor.restore(seen, target, diffWords, frozen)) {
        setChanged(true);
        setBusy(false);
        return;
      }
      void refresh();
      readVersion(null);
      toast({
        title: t("restore.done", { name: version.name }),
        text: t("restore.doneText", { before: before.name }),
        tone: "ok",
      });
      onDone();
      if (scope.kind !== "report") editor.reveal(scope.slot);
    } catch (error) {
      toast({ title: problemText(language, error), tone: "danger" });
      setBusy(false);
    }
  };
  return { busy, changed, restore };
}
