import type { FormEvent, ReactElement } from "react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Version } from "#model";
import { VERSION_NAME } from "#protocol";
import { api } from "../../app/api.ts";
import { problemText } from "../../app/errors.ts";
import { formatDateTime } from "../../language/format.ts";
import { useLanguage } from "../../language/use-language.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/field.tsx";
import { useToast } from "../../ui/toast.tsx";
import { saveVersion } from "../compare/saved-version.ts";
import { useWorkspace } from "../workspace.tsx";

/** Keeps the text as it is under a name; one is offered. */
export function SaveVersionDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const toast = useToast();
  const { live, refresh } = useWorkspace();
  const [offered] = useState(() => t("version.defaultName", { time: formatDateTime(language, live.clock.iso()) }));
  return (
    <NameDialog
      title={t("version.save")}
      text={t("version.saveText")}
      hint={t("version.nameHint")}
      first={offered}
      action={t("version.save")}
      onClose={onClose}
      run={async (name) => {
        const version = await saveVersion(live, name);
        await refresh();
        toast({ title: t("version.saved", { name: version.name }), tone: "ok" });
      }}
    />
  );
}

/** Gives a version another name. */
export function RenameVersionDialog({
  version,
  onClose,
}: {
  readonly version: Version;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const toast = useToast();
  const { report, refresh } = useWorkspace();
  return (
    <NameDialog
      title={t("version.renameName", { name: version.name })}
      text={t("version.renameText")}
      first={version.name}
      action={t("version.rename")}
      onClose={onClose}
      run={async (name) => {
        const renamed = await api.renameVersion(report.id, version.id, { name });
        await refresh();
        toast({ title: t("version.renamed", { name: renamed.name }), tone: "ok" });
      }}
    />
  );
}

function NameDialog({
  title,
  text,
  hint,
  first,
  action,
  onClose,
  run,
}: {
  readonly title: string;
  readonly text: string;
  readonly hint?: string;
  readonly first: string;
  readonly action: string;
  readonly onClose: () => void;
  readonly run: (name: string) => Promise<void>;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const toast = useToast();
  const form = useId();
  const [name, setName] = useState(first);
  const [busy, setBusy] = useState(false);
  const missing = name.trim() === "";
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy || missing) return;
    setBusy(true);
    try {
      await run(name.trim());
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
      title={title}
      description={text}
      size="s"
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button variant="primary" type="submit" form={form} busy={busy}>
            {action}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)} noValidate>
        <TextField
          label={t("version.name")}
          {...(hint === undefined ? {} : { hint })}
          error={missing ? t("version.nameMissing") : undefined}
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
