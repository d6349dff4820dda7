import { ArrowLeft, BookOpen, GitCompare, History } from "lucide-react";
import type { FormEvent, ReactElement } from "react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Version } from "#model";
import { may, VERSION_NAME } from "#protocol";
import { api } from "../../app/api.ts";
import { problemText } from "../../app/errors.ts";
import { formatDateTime } from "../../language/format.ts";
import { useLanguage } from "../../language/use-language.ts";
import { Button } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { TextField } from "../../ui/field.tsx";
import { Pill } from "../../ui/pill.tsx";
import { useToast } from "../../ui/toast.tsx";
import { CompareDialog } from "../compare/compare-dialog.tsx";
import { newestFirst } from "../compare/version-order.ts";
import { useWorkspace } from "../workspace.tsx";
import styles from "./versions-tab.module.css";

/** The frozen states of the text, the newest first: to read one, to compare it with now, to make another. */
export function VersionsTab(): ReactElement {
  const { t } = useTranslation("workspace");
  const { report, me } = useWorkspace();
  const [saving, setSaving] = useState(false);
  const [compared, setCompared] = useState<string | null>(null);
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
              <VersionRow key={version.id} version={version} onCompare={() => setCompared(version.id)} />
            ))}
          </ul>
        </>
      )}
      {saving ? <SaveDialog onClose={() => setSaving(false)} /> : null}
      {compared === null ? null : <CompareDialog before={compared} after={null} onClose={() => setCompared(null)} />}
    </div>
  );
}

function VersionRow({
  version,
  onCompare,
}: {
  readonly version: Version;
  readonly onCompare: () => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const { report, version: read, readVersion } = useWorkspace();
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
      </div>
    </li>
  );
}

function SaveDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const toast = useToast();
  const { report, refresh } = useWorkspace();
  const form = useId();
  const [name, setName] = useState("");
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const version = await api.makeVersion(report.id, { name: name.trim() });
      await refresh();
      toast({ title: t("version.saved", { name: version.name }), tone: "ok" });
      onClose();
    } catch (error) {
      toast({ title: problemText(language, error), tone: "danger" });
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (busy) return;
    if (name.trim() === "") setMissing(true);
    else void save();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("version.save")}
      description={t("version.saveText")}
      size="s"
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button variant="primary" type="submit" form={form} busy={busy}>
            {t("version.save")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate>
        <TextField
          label={t("version.name")}
          hint={t("version.nameHint")}
          error={missing && name.trim() === "" ? t("version.nameMissing") : undefined}
          required
          maxLength={VERSION_NAME}
          autoComplete="off"
          value={name}
          onChange={setName}
        />
      </form>
    </Dialog>
  );
}
