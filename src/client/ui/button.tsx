import type { ComponentProps, ReactElement, ReactNode } from "react";
import styles from "./button.module.css";
import { classNames } from "./class-names.ts";
import { ariaKeys } from "./keys.ts";
import { Spinner } from "./spinner.tsx";
import { Tooltip } from "./tooltip.tsx";

export type ButtonVariant = "primary" | "plain" | "quiet" | "danger";

export interface ButtonProps extends ComponentProps<"button"> {
  readonly variant?: ButtonVariant;
  readonly icon?: ReactNode;
  /** While true the button cannot be pressed and shows that something is under way; its words stay. */
  readonly busy?: boolean;
}

/** A button with words. At least 44 px high where a finger touches it. */
export function Button({
  variant = "plain",
  icon,
  busy,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps): ReactElement {
  return (
    <button
      type="button"
      {...rest}
      className={classNames(styles["button"], styles[variant], className)}
      disabled={disabled === true || busy === true}
      aria-busy={busy || undefined}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  );
}

export interface IconButtonProps extends ComponentProps<"button"> {
  /** What it does, in words: its accessible name and its tooltip. */
  readonly label: string;
  /** The keys that do the same; the first is shown in the tooltip. */
  readonly shortcut?: readonly string[];
  readonly variant?: ButtonVariant;
  /** True where it is a switch that is on; false for one that is off. Absent for a plain action. */
  readonly pressed?: boolean;
}

/** A square button that shows only an icon. */
export function IconButton({
  label,
  shortcut,
  variant = "quiet",
  pressed,
  className,
  children,
  ...rest
}: IconButtonProps): ReactElement {
  return (
    <Tooltip text={label} {...(shortcut?.[0] === undefined ? {} : { shortcut: shortcut[0] })}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        aria-keyshortcuts={shortcut && ariaKeys(shortcut)}
        {...rest}
        className={classNames(
          styles["button"],
          styles["icon"],
          styles[variant],
          pressed && styles["pressed"],
          className,
        )}
      >
        {children}
      </button>
    </Tooltip>
  );
}
