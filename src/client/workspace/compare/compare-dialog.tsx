import { GitCompare, TriangleAlert } from "lucide-react";
import type { ReactElement } from "react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { readText } from "#collab";
import type { ReportText } from "#model";
import { compareTexts } from "#model";
import { problemText } from "../../app/errors.ts";
import { useFrozenBody } from "../../app/frozen-body.ts";
import { formatDateTime } from "../../language/format.ts";
import { useLanguage } from "../../language/use-language.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { SelectField } from "../../ui/field.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { useWorkspace } from "../workspace.tsx";
import { Changes } from "./changes.tsx";
import styles from "./compare-dialog.module.css";
import { newestFirst } from "./version-order.ts";
import { diffWords } from "./word-diff.ts";

/** Stands for the live text in the lists of versions; no id of a version is empty. */
const CURRENT = "";

/** One side of a comparison as far as it is here. */
interface Side {
  readonly text: ReportText | null;
  readonly error: unknown;
  readonly again: () => Promise<void>;
}

/**
 * Two states of the report beside each other in one text: what came, what went, what moved. `before` and `after` are
 * what it begins with, ids of versions or null for the live text; the person may choose others.
 */
export function CompareDialog({
  before,
  after,
  onClose,
}: {
  readonly before: string | null;
  readonly after: string | null;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const { report } = useWorkspace();
  const [from, setFrom] = useState(before ?? CURRENT);
  const [to, setTo] = useState(after ?? CURRENT);
  const [onlyChanged, setOnlyChanged] = useState(true);
  const earlier = useSide(from);
  const later = useSide(to);
  const choices = [
    { value: CURRENT, label: t("compare.current") },
    ...newestFirst(report.versions).map(({ id, name, createdAt }) => ({
      value: id,
      label: `${name} · ${formatDateTime(language, createdAt)}`,
    })),
  ];
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("compare.title")}
      size="l"
      footer={<Button onClick={onClose}>{t("compare.close")}</Button>}
    >
      <div className={styles["choices"]}>
        <SelectField label={t("compare.before")} value={from} onChange={setFrom} choices={choices} />
        <SelectField label={t("compare.after")} value={to} onChange={setTo} choices={choices} />
        <label className={styles["only"]}>
          <input
            type="checkbox"
            checked={onlyChanged}
            onChange={(event) => setOnlyChanged(event.currentTarget.checked)}
          />
          {t("compare.onlyChanged")}
        </label>
      </div>
      <Result earlier={earlier} later={later} onlyChanged={onlyChanged} />
    </Dialog>
  );
}

/** The words of a version, or of the live text as it is now and as it goes on. */
function useSide(version: string): Side {
  const { report } = useWorkspace();
  const { template, slots, fields } = report;
  const { doc, error, again } = useFrozenBody(report.id, version === CURRENT ? null : version);
  const frozen = useMemo(() => (doc === null ? null : readText(doc, template)), [doc, template]);
  const live = useMemo(() => ({ slots, fields }), [slots, fields]);
  return { text: version === CURRENT ? live : frozen, error, again };
}

function Result({
  earlier,
  later,
  onlyChanged,
}: {
  readonly earlier: Side;
  readonly later: Side;
  readonly onlyChanged: boolean;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const { template } = useWorkspace().report;
  const before = earlier.text;
  const after = later.text;
  const comparison = useMemo(
    () => (before && after ? compareTexts(before, after, template, diffWords) : null),
    [before, after, template],
  );
  const failed = [earlier, later].filter((side) => side.error !== null);
  if (failed[0]) {
    return (
      <EmptyState
        icon={<TriangleAlert />}
        title={t("version.failed")}
        actions={<Button onClick={() => failed.forEach(({ again }) => void again())}>{t("version.again")}</Button>}
      >
        {problemText(language, failed[0].error)}
      </EmptyState>
    );
  }
  if (!before || !after || !comparison) {
    return (
      <div className={styles["waiting"]}>
        <Spinner label={t("version.loading")} />
      </div>
    );
  }
  return (
    <Changes
      comparison={comparison}
      before={before}
      after={after}
      onlyChanged={onlyChanged}
      same={
        <EmptyState icon={<GitCompare />} title={t("compare.same")}>
          {t("compare.sameText")}
        </EmptyState>
      }
    />
  );
}
