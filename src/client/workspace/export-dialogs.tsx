import type { ReactElement } from "react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Finding } from "#model";
import { useLanguage } from "../language/use-language.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Spinner } from "../ui/spinner.tsx";
import styles from "./export-menu.module.css";
import { findingText } from "./outline.tsx";
import { useWorkspace } from "./workspace.tsx";

/** How long an export may take before a person is shown that it goes on, in milliseconds. */
const PATIENCE = 400;

/** What a person should look at before a file is made. It can be made all the same. */
export function FindingsDialog({
  open,
  title,
  text,
  anyway,
  findings,
  onClose,
  onExport,
}: {
  readonly open: boolean;
  readonly title: string;
  readonly text: string;
  readonly anyway: string;
  readonly findings: readonly Finding[];
  readonly onClose: () => void;
  readonly onExport: () => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const { editor, activate } = useWorkspace();
  const language = useLanguage();
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={title}
      description={text}
      footer={
        <>
          <Button onClick={onClose}>{t("export.gapsBack")}</Button>
          <Button variant="primary" onClick={onExport}>
            {anyway}
          </Button>
        </>
      }
    >
      <ul className={styles["gaps"]}>
        {findings.map((finding, i) => (
          <li key={`${finding.code}-${finding.comment ?? finding.slot ?? i}`}>
            <span>{findingText(language, finding)}</span>
            {finding.slot === undefined && finding.comment === undefined ? null : (
              <Button
                onClick={() => {
                  onClose();
                  requestAnimationFrame(() => {
                    if (finding.comment !== undefined) activate(finding.comment, "text");
                    else if (finding.slot !== undefined) editor?.reveal(finding.slot);
                  });
                }}
              >
                {t("export.gapGo")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** Says why no PDF can be made here, what to install for it, and what one can do instead. */
export function NoOfficeDialog({
  open,
  onClose,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={t("noOffice.title")}
      description={t("noOffice.text")}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("noOffice.close")}
        </Button>
      }
    >
      <ul className={styles["steps"]}>
        <li>
          {t("noOffice.debian")} <code>sudo apt-get install libreoffice-writer-nogui fonts-liberation2</code>
        </li>
        <li>{t("noOffice.others")}</li>
        <li>
          {t("noOffice.elsewhere")} <code>SOFFICE_PATH</code>
        </li>
        <li>{t("noOffice.restart")}</li>
      </ul>
      <p>{t("noOffice.instead")}</p>
    </Dialog>
  );
}

/** Says that something is being made, once that takes long enough to wonder. */
export function Progress({ what }: { readonly what: string }): ReactElement | null {
  const { t } = useTranslation("workspace");
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), PATIENCE);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  return (
    <div className={styles["progress"]} role="status">
      <Spinner />
      <span>{t("export.working", { what })}</span>
    </div>
  );
}
