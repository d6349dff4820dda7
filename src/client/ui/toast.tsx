import { Toast as BaseToast } from "@base-ui/react/toast";
import { X } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "./button.tsx";
import { classNames } from "./class-names.ts";
import styles from "./toast.module.css";

export interface ToastContent {
  readonly title: string;
  readonly text?: string;
  readonly tone?: "plain" | "ok" | "danger";
  /** One thing to do about it, such as undoing. The toast goes away once it is done. */
  readonly action?: { readonly label: string; readonly onSelect: () => void };
}

/** Carries the toasts of everything inside it. One stands at the root of the application. */
export function ToastProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const { t } = useTranslation("shell");
  return (
    <BaseToast.Provider limit={3}>
      {children}
      <BaseToast.Portal>
        <BaseToast.Viewport className={styles["viewport"]} aria-label={t("notices")}>
          <ToastList />
        </BaseToast.Viewport>
      </BaseToast.Portal>
    </BaseToast.Provider>
  );
}

function ToastList(): ReactElement[] {
  const { t } = useTranslation("shell");
  const { toasts } = BaseToast.useToastManager();
  return toasts.map((toast) => (
    <BaseToast.Root key={toast.id} toast={toast} className={classNames(styles["toast"], styles[toast.type ?? "plain"])}>
      <BaseToast.Content className={styles["content"]}>
        <div className={styles["text"]}>
          <BaseToast.Title className={styles["title"]} />
          <BaseToast.Description className={styles["description"]} />
        </div>
        {toast.actionProps ? <BaseToast.Action render={<Button />} /> : null}
        <BaseToast.Close render={<IconButton label={t("close")} />}>
          <X />
        </BaseToast.Close>
      </BaseToast.Content>
    </BaseToast.Root>
  ));
}

/** A function that shows a {@link ToastContent}. A toast is also read out; one with an action or an error stays longer. */
export function useToast(): (content: ToastContent) => void {
  const { add, close } = BaseToast.useToastManager();
  return useMemo(
    () => (content) => {
      const { action } = content;
      const id: string = add({
        title: content.title,
        type: content.tone ?? "plain",
        timeout: action !== undefined || content.tone === "danger" ? 12_000 : 5_000,
        priority: content.tone === "danger" ? "high" : "low",
        ...(content.text === undefined ? {} : { description: content.text }),
        ...(action === undefined
          ? {}
          : {
              actionProps: {
                children: action.label,
                onClick: () => {
                  action.onSelect();
                  close(id);
                },
              },
            }),
      });
    },
    [add, close],
  );
}
