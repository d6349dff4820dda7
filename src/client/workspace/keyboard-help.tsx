import type { ReactElement } from "react";
import { Fragment, useId } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../ui/dialog.tsx";
import { keyLabel } from "../ui/keys.ts";
import styles from "./keyboard-help.module.css";
import type { ShortcutName } from "./shortcuts.ts";
import { keysOf, SHORTCUT_GROUPS } from "./shortcuts.ts";

const GROUPS = Object.keys(SHORTCUT_GROUPS) as (keyof typeof SHORTCUT_GROUPS)[];

/** All keys at a glance, from the tables by which they work. */
export function KeyboardHelp({
  open,
  onClose,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  return (
    <Dialog open={open} onOpenChange={onClose} title={t("help.title")} size="l">
      {/* Reached by the keyboard, so that the arrow keys scroll it. */}
      <div className={styles["groups"]} role="group" aria-label={t("help.title")} tabIndex={0}>
        {GROUPS.map((group) => (
          <Group key={group} title={t(`help.group.${group}`)} names={SHORTCUT_GROUPS[group]} />
        ))}
      </div>
    </Dialog>
  );
}

function Group({ title, names }: { readonly title: string; readonly names: readonly ShortcutName[] }): ReactElement {
  const { t } = useTranslation("workspace");
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className={styles["title"]}>
        {title}
      </h3>
      <dl className={styles["keys"]}>
        {names.map((name) => (
          <Fragment key={name}>
            <dt>
              {keysOf(name).map((key) => (
                <kbd key={key}>{keyLabel(key)}</kbd>
              ))}
            </dt>
            <dd>{t(`help.${name}`)}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}
