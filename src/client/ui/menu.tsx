import { Menu as BaseMenu } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { keyLabel } from "./keys.ts";
import styles from "./menu.module.css";

/** A list of actions that opens from `trigger`, a button element. Arrow keys, Home, End and first letters move in it. */
export function Menu({
  trigger,
  align = "end",
  children,
}: {
  readonly trigger: ReactElement;
  readonly align?: "start" | "end";
  readonly children: ReactNode;
}): ReactElement {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner className={styles["positioner"]} sideOffset={4} align={align} collisionPadding={8}>
          <BaseMenu.Popup className={styles["popup"]}>{children}</BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

/** One action of a {@link Menu}. */
export function MenuItem({
  icon,
  tone,
  shortcut,
  disabled = false,
  onSelect,
  children,
}: {
  readonly icon?: ReactNode;
  readonly tone?: "danger";
  readonly shortcut?: string;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <BaseMenu.Item className={classNames(styles["item"], tone && styles[tone])} disabled={disabled} onClick={onSelect}>
      <span className={styles["icon"]} aria-hidden="true">
        {icon}
      </span>
      <span className={styles["label"]}>{children}</span>
      {shortcut === undefined ? null : <kbd className={styles["key"]}>{keyLabel(shortcut)}</kbd>}
    </BaseMenu.Item>
  );
}

/** One of several values of which exactly one holds, in a {@link Menu}. */
export function MenuChoice({
  label,
  value,
  choices,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}): ReactElement {
  return (
    <BaseMenu.RadioGroup value={value} onValueChange={(next) => onChange(String(next))} aria-label={label}>
      {choices.map((choice) => (
        <BaseMenu.RadioItem key={choice.value} value={choice.value} className={styles["item"]} closeOnClick>
          <span className={styles["icon"]} aria-hidden="true">
            <BaseMenu.RadioItemIndicator>✓</BaseMenu.RadioItemIndicator>
          </span>
          <span className={styles["label"]}>{choice.label}</span>
        </BaseMenu.RadioItem>
      ))}
    </BaseMenu.RadioGroup>
  );
}

/** A named group of items. */
export function MenuGroup({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <BaseMenu.Group>
      <BaseMenu.GroupLabel className={styles["group"]}>{label}</BaseMenu.GroupLabel>
      {children}
    </BaseMenu.Group>
  );
}

/** A line between groups of items. */
export function MenuSeparator(): ReactElement {
  return <BaseMenu.Separator className={styles["separator"]} />;
}
