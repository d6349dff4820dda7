import type { ReactElement } from "react";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../ui/dialog.tsx";
import styles from "./keyboard-help.module.css";

const KEYS = [
  ["Ctrl+Z", "help.undo"],
  ["Ctrl+Y", "help.redo"],
  ["Ctrl+B / I / U", "help.marks"],
  ["Ctrl+Alt+0", "help.paragraph"],
  ["Ctrl+Alt+1 / 2 / 3", "help.headings"],
  ["Ctrl+Shift+8 / 9", "help.items"],
  ["Tab / Shift+Tab", "help.levels"],
  ["/", "help.menu"],
  ["- + #", "help.rules"],
  ["Alt+↑ / ↓", "help.slots"],
  ["Ctrl+A", "help.selectAll"],
  ["Ctrl+F / H", "help.find"],
  ["Ctrl+Alt+M", "help.comment"],
  ["J / K", "help.threads"],
  ["1 2 3 4", "help.outcomes"],
  ["R", "help.reply"],
  ["Ctrl+Enter", "help.propose"],
  ["Ctrl+/", "help.title"],
] as const;

/** All keys at a glance. */
export function KeyboardHelp({
  open,
  onClose,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  return (
    <Dialog open={open} onOpenChange={onClose} title={t("help.title")}>
      <dl className={styles["keys"]}>
        {KEYS.map(([keys, text]) => (
          <Fragment key={text}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{t(text)}</dd>
          </Fragment>
        ))}
      </dl>
    </Dialog>
  );
}
