import { ArrowDownUp, GitCompare, TriangleAlert, Undo2 } from "lucide-react";
import type { ReactElement } from "react";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { readText } from "#collab";
import type { BlockChange, ReportText, RestoreScope } from "#model";
import { compareTexts } from "#model";
import { problemText } from "../../app/errors.ts";
import { useFrozenBody } from "../../app/frozen-body.ts";
import { formatDateTime } from "../../language/format.ts";
import { useLanguage } from "../../language/use-language.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { SelectField } from "../../ui/field.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { useWorkspace } from "../workspace.tsx";
import { ChangeOverview } from "./change-overview.tsx";
import { ChangeStepper, useChangeSteps } from "./change-steps.tsx";
import type { ChangeActions } from "./changes.tsx";
import { Changes } from "./changes.tsx";
import styles from "./compare-dialog.module.css";
import { RestoreDialog } from "./restore-dialog.tsx";
import { countChanges, shownChanges } from "./shown-changes.ts";
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
 * what it begins with, ids of versions or null for the live text; the person may choose others. Where one of them is the
 * live text, its slots and blocks can be restored from the other.
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
  const { report, committee, titleOf } = useWorkspace();
  const [from, setFrom] = useState(before ?? CURRENT);
  const [to, setTo] = useState(after ?? CURRENT);
  const [onlyChanged, setOnlyChanged] = useState(true);
  const [restoring, setRestoring] = useState<RestoreScope | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const steps = useChangeSteps(list);
  const earlier = useSide(from);
  const later = useSide(to);
  const { template } = report;
  const comparison = useMemo(
    () => (earlier.text && later.text ? compareTexts(earlier.text, later.text, template, diffWords) : null),
    [earlier.text, later.text, template],
  );
  const slots = useMemo(() => (comparison ? shownChanges(comparison) : []), [comparison]);
  const { inserted, deleted, changed, moved, left } = countChanges(slots);
  const count = inserted + deleted + changed + moved + left + (comparison?.fields.length ?? 0);
  const version = report.versions.find(({ id }) => id === (to === CURRENT ? from : to));
  const restorable = committee && version !== undefined && (from === CURRENT) !== (to === CURRENT);
  const choices = [
    { value: CURRENT, label: t("compare.current") },
    ...newestFirst(report.versions).map(({ id, name, createdAt }) => ({
      value: id,
      label: `${name} · ${formatDateTime(language, createdAt)}`,
    })),
  ];
  const go = (slot: string): void => {
    const section = list.current?.querySelector<HTMLElement>(`[data-slot-changes="${CSS.escape(slot)}"]`);
    section?.focus({ preventScroll: true });
    section?.scrollIntoView({ block: "start" });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("compare.title")}
      size="l"
      footer={
        <div className={styles["footer"]}>
          <ChangeStepper steps={steps} count={count} />
          <Button onClick={onClose}>{t("compare.close")}</Button>
        </div>
      }
    >
      {/* The keys go from change to change wherever the focus is among them. */}
      <div ref={list} role="group" aria-label={t("compare.title")} onKeyDown={steps.onKeyDown}>
        <div className={styles["choices"]}>
          <SelectField label={t("compare.before")} value={from} onChange={setFrom} choices={choices} />
          <IconButton
            label={t("compare.swap")}
            variant="plain"
            className={styles["swap"]}
            onClick={() => {
              setFrom(to);
              setTo(from);
            }}
          >
            <ArrowDownUp />
          </IconButton>
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
        <Sides sides={[earlier, later]} />
        {comparison && earlier.text && later.text ? (
          <>
            {count === 0 ? (
              <div role="status">
                <EmptyState icon={<GitCompare />} title={t("compare.same")}>
                  {t("compare.sameText")}
                </EmptyState>
              </div>
            ) : null}
            <ChangeOverview comparison={comparison} slots={slots} onGo={go} />
            <Changes
              comparison={comparison}
              before={earlier.text}
              after={later.text}
              onlyChanged={onlyChanged}
              actions={restorable ? restoreActions(version.name, to === CURRENT, setRestoring, titleOf, t) : null}
            />
          </>
        ) : null}
      </div>
      {restoring && version ? (
        <RestoreDialog
          version={version}
          scope={restoring}
          onClose={() => setRestoring(null)}
          onDone={() => {
            setRestoring(null);
            onClose();
          }}
        />
      ) : null}
    </Dialog>
  );
}

/** The buttons that bring back a slot, or a block that the version has. */
function restoreActions(
  name: string,
  forward: boolean,
  restore: (scope: RestoreScope) => void,
  titleOf: (slot: string) => string,
  t: ReturnType<typeof useTranslation<"workspace">>["t"],
): ChangeActions {
  const blockOf = (slot: string, { before, after, from }: BlockChange): RestoreScope | null => {
    const block = forward ? before : after;
    return block ? { kind: "block", slot: forward ? (from ?? slot) : slot, block: block.id } : null;
  };
  return {
    slot: (slot) => (
      <Button
        variant="quiet"
        icon={<Undo2 />}
        aria-label={t("restore.slotName", { title: titleOf(slot), name })}
        onClick={() => restore({ kind: "slot", slot })}
      >
        {t("restore.slot")}
      </Button>
    ),
    block: (slot, change) => {
      const scope = blockOf(slot, change);
      return scope ? (
        <Button variant="quiet" onClick={() => restore(scope)}>
          {t("restore.block")}
        </Button>
      ) : null;
    },
  };
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

/** What there is to say of sides that are not here: that they come, or why they do not. */
function Sides({ sides }: { readonly sides: readonly Side[] }): ReactElement | null {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const failed = sides.filter((side) => side.error !== null);
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
  if (sides.every((side) => side.text !== null)) return null;
  return (
    <div className={styles["waiting"]}>
      <Spinner label={t("version.loading")} />
    </div>
  );
}
