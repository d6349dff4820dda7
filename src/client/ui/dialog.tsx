import { AlertDialog as BaseAlertDialog } from "@base-ui/react/alert-dialog";
import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactElement, ReactNode, RefObject } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "./button.tsx";
import { classNames } from "./class-names.ts";
import styles from "./dialog.module.css";

/**
 * A window over the page that keeps the focus inside until it is closed; Escape closes it and the focus returns to
 * where it was. On a phone it is a sheet from the bottom edge.
 */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  size = "m",
  footer,
  initialFocus,
  children,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly size?: "s" | "m" | "l";
  readonly footer?: ReactNode;
  readonly initialFocus?: RefObject<HTMLElement | null>;
  readonly children?: ReactNode;
}): ReactElement {
  const { t } = useTranslation("shell");
  return (
    <BaseDialog.Root open={open} onOpenChange={onOpenChange}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={styles["backdrop"]} />
        <BaseDialog.Popup
          className={classNames(styles["popup"], styles[size])}
          {...(initialFocus === undefined ? {} : { initialFocus })}
        >
          <div className={styles["head"]}>
            <div>
              <BaseDialog.Title className={styles["title"]}>{title}</BaseDialog.Title>
              {description === undefined ? null : (
                <BaseDialog.Description className={styles["description"]}>{description}</BaseDialog.Description>
              )}
            </div>
            <BaseDialog.Close render={<IconButton label={t("close")} />}>
              <X />
            </BaseDialog.Close>
          </div>
          <div className={styles["body"]}>{children}</div>
          {footer === undefined ? null : <div className={styles["footer"]}>{footer}</div>}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

/**
 * A question before something that cannot simply be undone. `onConfirm` may take its time: the dialog stays, busy, until
 * it is done, and stays open where it fails; the caller reports the failure.
 */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  children,
  confirm,
  tone = "danger",
  onConfirm,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  /** The words of the button that does it: a verb, never only "Yes". */
  readonly confirm: string;
  readonly tone?: "danger" | "primary";
  readonly onConfirm: () => void | Promise<void>;
}): ReactElement {
  const { t } = useTranslation("shell");
  const [busy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    setBusy(true);
    try {
      await onConfirm();
      onOpenChange(false);
    } finally {
      setBusy(false);
    }
  };
  return (
    <BaseAlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <BaseAlertDialog.Portal>
        <BaseAlertDialog.Backdrop className={styles["backdrop"]} />
        <BaseAlertDialog.Popup className={classNames(styles["popup"], styles["s"])}>
          <div className={styles["head"]}>
            <BaseAlertDialog.Title className={styles["title"]}>{title}</BaseAlertDialog.Title>
          </div>
          <BaseAlertDialog.Description render={<div />} className={styles["body"]}>
            {children}
          </BaseAlertDialog.Description>
          <div className={styles["footer"]}>
            <BaseAlertDialog.Close render={<Button />}>{t("cancel")}</BaseAlertDialog.Close>
            <Button variant={tone} busy={busy} onClick={() => void run()}>
              {confirm}
            </Button>
          </div>
        </BaseAlertDialog.Popup>
      </BaseAlertDialog.Portal>
    </BaseAlertDialog.Root>
  );
}
