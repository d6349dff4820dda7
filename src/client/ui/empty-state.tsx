import type { ReactElement, ReactNode } from "react";
import styles from "./empty-state.module.css";

/** What stands where nothing is yet, or where nothing can be: an icon, what it means, and what to do next. */
export function EmptyState({
  icon,
  title,
  children,
  actions,
}: {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}): ReactElement {
  return (
    <div className={styles["empty"]}>
      {icon === undefined ? null : (
        <div className={styles["icon"]} aria-hidden="true">
          {icon}
        </div>
      )}
      <h2 className={styles["title"]}>{title}</h2>
      {children === undefined ? null : <div className={styles["text"]}>{children}</div>}
      {actions === undefined ? null : <div className={styles["actions"]}>{actions}</div>}
    </div>
  );
}
