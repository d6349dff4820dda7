import { ArrowLeft, BookOpen, GitCompare, History, MoreHorizontal, Pencil, Undo2 } from "lucide-react";
import type { ReactElement } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RestoreScope, Version } from "#model";
import { may } from "#protocol";
import { formatDateTime } from "../../language/format.ts";
import { useLanguage } from "../../language/use-language.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { Pill } from "../../ui/pill.tsx";
import { CompareDialog } from "../compare/compare-dialog.tsx";
import { RestoreDialog } from "../compare/restore-dialog.tsx";
import { newestFirst } from "../compare/version-order.ts";
import { useWorkspace } from "../workspace.tsx";
import { RenameVersionDialog, SaveVersionDialog } from "./version-name-dialog.tsx";
import styles from "./versions-tab.module.css";

/** The frozen states of the text, the newest first: to read one, to compare it with now, to make another. */
export function VersionsTab(): ReactElement {
  const { t } = useTranslation("workspace");
  const { report, me } = useWorkspace();
  const [saving, setSaving] = useState(false);
  const [compared, setCompared] = useState<string | null>(null);
  const [renamed, setRenamed] = useState<Version | null>(null);
  const [restored, setRestored] = useState<Version | null>(null);
  const save = may(me.role, "make-version") ? (
    <Button variant="primary" icon={<History />} onClick={() => setSaving(true)}>
      {t("version.save")}
    </Button>
  ) : null;
  return (
    <div className={styles["tab"]}>
      {report.versions.length === 0 ? (
        <EmptyState icon={<History />} title={t("version.empty")} actions={save}>
          {t("version.emptyText")}
        </EmptyState>
      ) : (
        <>
          {save}
          <ul className={styles["list"]} aria-label={t("version.list")}>
            {newestFirst(report.versions).map((version) => (
              <VersionRow
                key={version.id}
                version={version}
                onCompare={() => setCompared(version.id)}
                onRename={() => setRenamed(version)}
                onRestore={() => setRestored(version)}
              />
            ))}
          </ul>
        </>
      )}
      {saving ? <SaveVersionDialog onClose={() => setSaving(false)} /> : null}
      {renamed ? <RenameVersionDialog version={renamed} onClose={() => setRenamed(null)} /> : null}
      {restored ? (
        <RestoreDialog
          version={restored}
          scope={WHOLE}
          onClose={() => setRestored(null)}
          onDone={() => setRestored(null)}
        />
      ) : null}
      {compared === null ? null : <CompareDialog before={compared} after={null} onClose={() => setCompared(null)} />}
    </div>
  );
}

const WHOLE: RestoreScope = { kind: "report" };

function VersionRow({
  version,
  onCompare,
  onRename,
  onRestore,
}: {
  readonly version: Version;
  readonly onCompare: () => void;
  readonly onRename: () => void;
  readonly onRestore: () => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const { report, me, version: read, readVersion } = useWorkspace();
  const { name } = version;
  const time = formatDateTime(language, version.createdAt);
  const maker = report.people.find((person) => person.id === version.createdBy);
  const reading = read === version.id;
  return (
    <li className={classNames(styles["version"], reading && styles["reading"])}>
      <div className={styles["head"]}>
        <h3 className={styles["name"]} lang="vi">
          {name}
        </h3>
        <span className={styles["pills"]}>
          {version.round === undefined ? null : (
            <Pill tone="brand">{t("version.round", { number: version.round })}</Pill>
          )}
          {reading ? <Pill tone="info">{t("version.reading")}</Pill> : null}
        </span>
      </div>
      <p className={styles["made"]}>
        <time dateTime={version.createdAt}>{maker ? t("version.by", { time, name: maker.name }) : time}</time>
      </p>
      <div className={styles["actions"]}>
        {reading ? (
          <Button icon={<ArrowLeft />} onClick={() => readVersion(null)}>
            {t("version.back")}
          </Button>
        ) : (
          <Button
            icon={<BookOpen />}
            aria-label={t("version.readName", { name })}
            onClick={() => readVersion(version.id)}
          >
            {t("version.read")}
          </Button>
        )}
        <Button icon={<GitCompare />} aria-label={t("version.compareName", { name })} onClick={onCompare}>
          {t("version.compare")}
        </Button>
        {may(me.role, "rename-version") ? (
          <Menu
            trigger={
              <IconButton label={t("version.more", { name })}>
                <MoreHorizontal />
              </IconButton>
            }
          >
            <MenuItem icon={<Undo2 />} onSelect={onRestore}>
              {t("restore.action")}
            </MenuItem>
            {/* Delegates know the draft of a round by its name. */}
            {version.round === undefined ? (
              <MenuItem icon={<Pencil />} onSelect={onRename}>
                {t("version.rename")}
              </MenuItem>
            ) : null}
          </Menu>
        ) : null}
      </div>
    </li>
  );
}
